"""The rate of each update (section 7.2), 2^-24."""

from __future__ import annotations

from dataclasses import dataclass

# Sequences from which on a training is middling, and long.
LENGTHS = (16384, 32768)


@dataclass
class Ramp:
    """A rate that stays, or with a number of updates one that falls to 0."""

    rate: int = 0
    done: int = 0
    updates: int = 0  # 0: the rate stays

    def now(self) -> int:
        if self.updates == 0:
            return self.rate
        return self.share(self.updates - self.done) if self.done < self.updates else 0

    def share(self, left: int) -> int:
        return self.rate * left // self.updates

    def advance(self) -> None:
        if self.done < self.updates:
            self.done += 1

    def length(self, batch: int) -> int:
        """0 short, 1 middling, 2 long."""
        return sum(batch * self.updates >= sequences for sequences in LENGTHS)

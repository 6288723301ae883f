"""The rate of each update (section 7.2), 2^-24."""

from __future__ import annotations

from dataclasses import dataclass

LONG_TRAINING = 32768  # sequences


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

    def is_long(self, batch: int) -> bool:
        return batch * self.updates >= LONG_TRAINING

"""Weights as conductances: the scale of a layer, and the pulses that move a memristor (sections 3 and 4)."""

from __future__ import annotations

from collections.abc import Sequence

from .arithmetic import clamp, divide_half_up
from .driver import Tile

UNIT_STEPS = 4096 * 25  # µV at the amplifier for Σ x·w = 1, a quarter of the verify reading of a whole window
VERIFY_STEPS = 16384 * 25  # µV for one line at full scale on a weight of one window
LONGEST_PULSE = 32767  # in steps of 20 ns


class Layer:
    """A matrix of weights on a tile."""

    def __init__(self, tile: Tile, rows: int, columns: int, window: int, headroom: int) -> None:
        self.tile = tile
        self.rows = rows
        self.columns = columns
        self.window = window  # UQ8.8
        self.headroom = headroom  # bits

    def write_scale(self) -> None:
        """The feedback resistors of both gains."""
        low, high = self.tile.read("CONDUCTANCE[0]"), self.tile.read("CONDUCTANCE[1]")
        divisor = self.full_current(high - low, self.tile.read("READ_VOLTAGE") * self.tile.full_scale)
        self.tile.unlock()
        for gain, microvolts in enumerate(self.full_signals()):
            self.tile.write(f"FEEDBACK[{gain}]", self.ohms(microvolts, divisor))
        self.tile.lock()

    def full_current(self, span: int, microvolts: int) -> int:
        """fA of a weight of one window, from the device's range in nS, at full scale."""
        return max(span * microvolts // (1 if self.tile.differential else 2), 1)

    def ohms(self, microvolts: int, femtoamperes: int) -> int:
        return clamp(divide_half_up(microvolts * 10**9, femtoamperes), 1, 0xFFFF_FFFF)

    def full_signals(self) -> tuple[int, int]:
        return (UNIT_STEPS * self.window) >> (8 + self.headroom), VERIFY_STEPS


class PulseTimes:
    """How long a memristor takes from the end of its range to each of 65 places, in sixteenths of 20 ns."""

    def __init__(self, set_times: Sequence[int], reset_times: Sequence[int], noisy: bool = False) -> None:
        self.set_times = list(set_times)
        self.reset_times = list(reset_times)
        self.noisy = noisy

    def time(self, table: Sequence[int], place: int) -> int:
        place = clamp(place, 0, 0x8000)
        index = min(place >> 9, 63)
        return table[index] + (((table[index + 1] - table[index]) * (place - 512 * index)) >> 9)

    def width(self, now: int, target: int, at_least_one: bool) -> int:
        """The pulse, in steps of 20 ns, positive as SET, that moves a memristor between two places."""
        if now == target:
            return 0
        table = self.set_times if target > now else self.reset_times
        duration = self.time(table, target) - self.time(table, now)
        magnitude = min(max((duration + 8) >> 4, 1 if at_least_one else 0), LONGEST_PULSE)
        return magnitude if target > now else -magnitude

    def place(self, share: int) -> int:
        return (0x8000 + share) >> 1

    @property
    def abrupt(self) -> bool:
        """One step of 20 ns takes a memristor all the way down, but not up: it is reset, then set in one pulse."""
        return self.reset_times[0] <= 16 and self.set_times[64] > 16

    def set_width(self, place: int) -> int:
        """The pulse from the bottom of the range."""
        return clamp((self.time(self.set_times, place) + 8) >> 4, 1, LONGEST_PULSE)

    def set_widths(self, share: int) -> tuple[int, int]:
        """The pulses of a memristor and of its partner that were reset."""
        place = self.place(clamp(share, -0x8000, 0x8000))
        return self.set_width(place), self.set_width(0x8000 - place)

    def synapse_widths(self, share: int, target: int, at_least_one: bool) -> tuple[int, int]:
        """The pulses of a memristor and of its partner between two weights, as shares of the window."""
        now, then = self.place(share), self.place(target)
        return (self.width(now, then, at_least_one), self.width(0x8000 - now, 0x8000 - then, at_least_one))

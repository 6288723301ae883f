"""How cells and their pulses differ (specification of the chip, 5.3, and of the devices, 6, 7)."""

from __future__ import annotations

from typing import NamedTuple

from .device import Device
from .elementary import rounded
from .philox import DEVIATION, PURPOSES, draw, gauss

LARGEST = 2147483647    # pS


def factor(deviate: int, sigma: float) -> float:
    """About 1, of relative deviation `sigma`, from a draw of `philox.gaussian`."""
    return max(0.05, 1 + (sigma * float(deviate)) / float(DEVIATION))


class Shares(NamedTuple):
    """0…1 each; the chip's configuration."""
    device_to_device: float = 0.0
    cycle_to_cycle: float = 0.0
    threshold_spread: float = 0.0
    bounds_spread: float = 0.0
    device_noise: float = 1.0
    program_error: float = 0.0
    stuck_low_resistance: float = 0.0
    stuck_high_resistance: float = 0.0


class Pulse(NamedTuple):
    """What a cell gets. `index` is that of the draws of this pulse."""
    polarity: str
    millivolts: float
    nanoseconds: int
    half_selected: bool
    operation: int
    cell: int
    index: int

    def purpose(self, what: str) -> int:
        return PURPOSES[self.polarity.lower() + what]


class Cells:
    """The cells of a tile, as they were made."""

    def __init__(self, device: Device, shares: Shares, seed: int, tile: int):
        self.device, self.shares, self.seed, self.tile = device, shares, seed, tile

    def gauss(self, purpose: int, operation: int, index: int) -> int:
        return gauss(self.seed, purpose, self.tile, operation, index)

    # Bounds

    def bounds(self, cell: int) -> tuple[int, int]:
        """The lowest and the highest pS; alike where a cell is stuck."""
        low, high = self.spread_bounds(cell)
        share = self.shares
        if share.stuck_low_resistance > 0 or share.stuck_high_resistance > 0:
            word = draw(self.seed, PURPOSES["stuck"], self.tile, 0, cell)[0]
            conducting = rounded(share.stuck_low_resistance * 2.0 ** 32)
            if word < conducting:
                return high, high
            if word < conducting + rounded(share.stuck_high_resistance * 2.0 ** 32):
                return low, low
        return low, high

    def spread_bounds(self, cell: int) -> tuple[int, int]:
        low, high, sigma = self.device.lowest, self.device.highest, self.shares.bounds_spread
        if sigma == 0:
            return low, high
        lower = low * factor(self.gauss(PURPOSES["lowBound"], 0, cell), sigma)
        upper = high * factor(self.gauss(PURPOSES["highBound"], 0, cell), sigma)
        own = rounded(min(lower, low + (high - low) / 2))
        return own, rounded(max(min(upper, 1.25 * high, LARGEST), own + (high - low) / 10))

    # Pulses

    def microvolts(self, polarity: str, millivolts: int, operation: int, row: int) -> int:
        """What the driver makes of an amplitude in a phase on a row."""
        sigma = self.shares.program_error
        if sigma == 0:
            return 1000 * millivolts
        deviate = self.gauss(PURPOSES[polarity.lower() + "Voltage"], operation, row)
        return rounded(1000.0 * millivolts * factor(deviate, sigma))

    def disturbed(self, millivolts: float) -> bool:
        """Whether some cell may move at half an amplitude."""
        return self.device.rate(millivolts) > 0 or self.shares.threshold_spread > 0

    def move(self, picosiemens: int, pulse: Pulse, bounds: tuple[int, int]) -> int:
        low, high = bounds
        dose = self.dose(pulse)
        if dose is None or low == high:
            return picosiemens
        lowest, highest = self.device.lowest, self.device.highest
        before = rounded(lowest + (picosiemens - low) * ((highest - lowest) / (high - low)))
        after = self.device.moved(before, pulse.polarity, dose, self.deviate(pulse))
        if after == before:
            return picosiemens
        return rounded(low + (after - lowest) * ((high - low) / (highest - lowest)))

    def dose(self, pulse: Pulse) -> float | None:
        share, level = self.shares, pulse.millivolts
        if share.threshold_spread > 0:
            level = level / factor(self.gauss(pulse.purpose("Threshold"), 0, pulse.cell), share.threshold_spread)
        rate = self.device.rate(level)
        if rate == 0:
            return None
        dose = rate * float(pulse.nanoseconds)
        if share.device_to_device > 0:
            dose = dose * factor(self.gauss(pulse.purpose("Rate"), 0, pulse.cell), share.device_to_device)
        if share.cycle_to_cycle > 0:
            purpose = pulse.purpose("Disturb" if pulse.half_selected else "Pulse")
            dose = dose * factor(self.gauss(purpose, pulse.operation, pulse.index), share.cycle_to_cycle)
        return dose

    def deviate(self, pulse: Pulse) -> float | None:
        """Of the model's own noise."""
        share = self.shares.device_noise
        if not self.device.noisy or share == 0:
            return None
        purpose = pulse.purpose("DisturbNoise" if pulse.half_selected else "Noise")
        return share * (self.gauss(purpose, pulse.operation, pulse.index) / DEVIATION)

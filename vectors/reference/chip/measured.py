"""Devices as measured: UMass 1T1R, and pulses by bin of conductance (specification of the devices, 4, 5)."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, sqrt

from .elementary import clamped, rounded
from .linear import nominal_pulses


@dataclass(frozen=True)
class Umass:
    """A transistor's gate voltage, in mV the dose, sets the conductance; RESET goes to the bottom."""
    noisy: bool = True
    deviation: float = 4_000_000        # pS

    def reached(self, gate: float) -> float:
        """pS at a gate voltage."""
        return 120_000_000 + 98_000 * gate

    @property
    def lowest(self) -> int:
        return rounded(self.reached(700))

    @property
    def highest(self) -> int:
        return rounded(self.reached(1600))

    def rate(self, millivolts: float) -> float:
        return 1 / 20.0 if millivolts > 1000 else 0.0

    def moved(self, picosiemens: int, polarity: str, dose: float, deviate: float | None = None) -> int:
        result = self.mean(picosiemens, polarity, dose)
        if deviate is None:
            return result
        return rounded(clamped(result + self.deviation * deviate, self.lowest, self.highest))

    def mean(self, picosiemens: int, polarity: str, dose: float) -> int:
        if dose <= 0:
            return picosiemens
        if polarity == "RESET":
            return self.lowest
        return rounded(clamped(max(self.reached(min(dose, 1600)), picosiemens), self.lowest, self.highest))


BINS = 10
WIDTH = 1_800_000       # pS
MEANS = {"SET": (325000, 250000, 237000, 143000, 86600, 59800, 53900, 35800, 18500, 19400),
         "RESET": (2800, 76400, 74400, 21900, 45400, 54100, 98700, 146000, 269000, 511000)}
DEVIATIONS = {"SET": (526000, 540000, 581000, 602000, 650000, 640000, 666000, 635000, 629000, 440000),
              "RESET": (380000, 518000, 443000, 499000, 592000, 562000, 648000, 682000, 795000, 906000)}


@dataclass(frozen=True)
class Measured:
    """A pulse's mean and deviation by bin of the conductance before it (STELLAR)."""
    lowest: int = 2_000_000
    highest: int = 20_000_000
    nanoseconds: int = 500
    noisy: bool = True

    def rate(self, millivolts: float) -> float:
        """Pulses a nanosecond."""
        return nominal_pulses(millivolts) / self.nanoseconds

    def bin(self, picosiemens: int, polarity: str) -> int:
        place = (picosiemens - self.lowest) / WIDTH
        return min(max(floor(place) if polarity == "SET" else ceil(place) - 1, 0), BINS - 1)

    def moved(self, picosiemens: int, polarity: str, dose: float, deviate: float | None = None) -> int:
        result = self.mean(picosiemens, polarity, dose)
        if deviate is None:
            return result
        deviation = DEVIATIONS[polarity][self.bin(picosiemens, polarity)]
        error = clamped(deviate * deviation / sqrt(2), -deviation, deviation)
        return rounded(clamped(result + error * sqrt(dose), self.lowest, self.highest))

    def mean(self, picosiemens: int, polarity: str, dose: float) -> int:
        """Bin after bin, each at its own step."""
        up = polarity == "SET"
        here, rest, place = float(picosiemens), dose, self.bin(picosiemens, polarity)
        while 0 <= place < BINS:
            edge = float(self.lowest + WIDTH * (place + up))
            step = MEANS[polarity][place]
            needed = abs(edge - here) / step
            if rest <= needed:
                here = here + (1.0 if up else -1.0) * step * rest
                break
            rest, here, place = rest - needed, edge, place + (1 if up else -1)
        return rounded(clamped(here, self.lowest, self.highest))

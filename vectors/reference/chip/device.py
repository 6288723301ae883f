"""How a pulse moves a conductance (specification 5.2, 5.3). One class a model, all in MODELS.

All doubles, each operation rounded on its own, in the written order.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Protocol, Sequence

from .philox import DEVIATION


def nearest(number: float) -> int:
    """Of a positive double, ties up; the difference is exact."""
    whole = floor(number)
    return whole + (number - whole >= 0.5)


def variation(sigma: float, deviate: int) -> float:
    """A factor around 1 of relative deviation `sigma`, from a draw of `philox.gaussian`."""
    return max(0.05, 1 + (sigma * float(deviate)) / float(DEVIATION))


class Device(Protocol):
    lowest: int         # pS
    highest: int        # pS

    def moves(self, polarity: str, millivolts: float) -> bool:
        """Whether a pulse of this voltage moves a cell at all."""

    def move(self, picosiemens: int, polarity: str, millivolts: float, nanoseconds: int,
             factors: Sequence[float] = ()) -> int:
        """The conductance after one pulse whose dose the factors multiply, in their order."""


@dataclass(frozen=True)
class Vteam:
    """Kvatinsky et al., "VTEAM: a general model for voltage-controlled memristors", TCAS-II 62 (2015)."""
    on_ohms: float = 10000.0
    off_ohms: float = 100000.0
    threshold_millivolts: float = 700.0
    speed: float = 6.43e-5 / 3          # of the state 0…1, per ns
    exponent: int = 3

    @property
    def lowest(self) -> int:
        return nearest(1e12 / self.off_ohms)

    @property
    def highest(self) -> int:
        return nearest(1e12 / self.on_ohms)

    def rate(self, millivolts: float) -> float:
        """Ohms a nanosecond; alike in both polarities."""
        overdrive = float(millivolts) / self.threshold_millivolts - 1
        if overdrive <= 0:
            return 0.0
        power = 1.0
        for _ in range(self.exponent):
            power = power * overdrive
        return ((self.off_ohms - self.on_ohms) * self.speed) * power

    def moves(self, polarity: str, millivolts: float) -> bool:
        return self.rate(millivolts) > 0

    def move(self, picosiemens: int, polarity: str, millivolts: float, nanoseconds: int,
             factors: Sequence[float] = ()) -> int:
        rate = self.rate(millivolts)
        if rate <= 0:
            return picosiemens
        dose = rate * float(nanoseconds)
        for factor in factors:
            dose = dose * factor
        ohms = 1e12 / float(picosiemens)
        ohms = ohms - dose if polarity == "SET" else ohms + dose
        return nearest(1e12 / min(max(ohms, self.on_ohms), self.off_ohms))


MODELS = {"vteam": Vteam}


def device_of(config: dict) -> Device:
    """From the `device` object of a vector: its model, and parameters other than the default ones."""
    parameters = {key: value for key, value in config.items() if key != "model"}
    return MODELS[config["model"]](**parameters)

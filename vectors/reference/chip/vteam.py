"""Kvatinsky et al., "VTEAM: a general model for voltage-controlled memristors", TCAS-II 62 (2015)
(specification of the chip, 5.2)."""

from __future__ import annotations

from dataclasses import dataclass

from .elementary import rounded


@dataclass(frozen=True)
class Vteam:
    on_ohms: float = 10000.0
    off_ohms: float = 100000.0
    threshold_millivolts: float = 700.0
    speed: float = 6.43e-5 / 3          # of the state 0…1, per ns
    exponent: int = 3
    noisy: bool = False

    @property
    def lowest(self) -> int:
        return rounded(1e12 / self.off_ohms)

    @property
    def highest(self) -> int:
        return rounded(1e12 / self.on_ohms)

    def rate(self, millivolts: float) -> float:
        """Ohms a nanosecond."""
        overdrive = float(millivolts) / self.threshold_millivolts - 1
        if overdrive <= 0:
            return 0.0
        power = 1.0
        for _ in range(self.exponent):
            power = power * overdrive
        return ((self.off_ohms - self.on_ohms) * self.speed) * power

    def moved(self, picosiemens: int, polarity: str, dose: float, deviate: float | None = None) -> int:
        ohms = 1e12 / float(picosiemens)
        ohms = ohms - dose if polarity == "SET" else ohms + dose
        return rounded(1e12 / min(max(ohms, self.on_ohms), self.off_ohms))

"""Devices whose step is linear in the state: linear step, NeuroSim (specification of the devices, 2, 3)."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from .elementary import clamped, exp, growth, log_ratio, rounded


class Law(NamedTuple):
    """The step of one pulse in the state 0 (where a polarity starts) to 1."""
    first: float
    slope: float

    @staticmethod
    def of_steps(low: float, high: float) -> "Law":
        """Pulse by pulse p → p + low + (high − low) p."""
        ratio = log_ratio(high - low)
        return Law(low * ratio, (high - low) * ratio)

    @staticmethod
    def of_pulses(pulses: int, curvature: float) -> "Law":
        """NeuroSim: a number of pulses through the whole range, and how even their steps are."""
        slope = -1 / (curvature * pulses)
        return Law(-slope / (1 - exp(-1 / curvature)), slope)

    def after(self, state: float, pulses: float) -> float:
        step = self.first + self.slope * state
        if step <= 0:
            return state
        return min(state + step * pulses * growth(self.slope * pulses), 1)


def nominal_pulses(millivolts: float) -> float:
    """Pulses' worth of a pulse; 1 at 1200 mV."""
    overdrive = (millivolts - 700) / 500
    return overdrive * overdrive * overdrive if overdrive > 0 else 0.0


@dataclass(frozen=True)
class Linear:
    """`deviation` of one pulse, as a share of the range."""
    lowest: int
    highest: int
    nanoseconds: int        # of a pulse as measured
    set_law: Law
    reset_law: Law
    deviation: float = 0.0

    @property
    def noisy(self) -> bool:
        return self.deviation > 0

    def rate(self, millivolts: float) -> float:
        """Pulses a nanosecond."""
        return nominal_pulses(millivolts) / self.nanoseconds

    def moved(self, picosiemens: int, polarity: str, dose: float, deviate: float | None = None) -> int:
        low, high = self.lowest, self.highest
        span = high - low
        if polarity == "SET":
            result = rounded(low + self.set_law.after((picosiemens - low) / span, dose) * span)
        else:
            result = rounded(high - self.reset_law.after((high - picosiemens) / span, dose) * span)
        if deviate is None:
            return result
        return rounded(clamped(result + self.deviation * span * sqrt(dose) * deviate, low, high))


def linear_step(low: float, high: float, step: float, up: float, down: float, nanoseconds: int) -> Linear:
    """Weights low…high; `up` and `down` say how much the step falls toward the end."""
    share = step / (high - low)
    return Linear(10_000_000, 100_000_000, nanoseconds,
                  Law.of_steps(share * (1 - up * low / high), share * (1 - up)),
                  Law.of_steps(share * (1 - down * high / low), share * (1 - down)))


def neurosim(lowest: int, highest: int, pulses: tuple[int, int], curvatures: tuple[float, float], deviation: float,
             nanoseconds: int) -> Linear:
    """SET, RESET; Chen, Peng, Yu, "NeuroSim", TCAD 37 (2018)."""
    laws = [Law.of_pulses(count, curvature) for count, curvature in zip(pulses, curvatures)]
    return Linear(lowest, highest, nanoseconds, laws[0], laws[1], deviation)


LINEAR = {
    "linear": linear_step(-1, 1, 1 / 48, 0.5, 0.5, 1000),
    "soft-bounds": linear_step(-1, 1, 1 / 64, 1, 1, 1000),
    "constant-step": linear_step(-1, 1, 0.0016, 0, 0, 100),
    "reram-sb": linear_step(-0.75, 1.25, 0.002, 1, 1, 100),
    "ecram": linear_step(-0.8276, 1.1724, 0.002, 0.1153, 0.5085, 100),
}
NEUROSIM = {
    "neurosim-taox": neurosim(1_000_000, 10_000_000, (128, 128), (31.566827, 1.997332), 0.037, 50),
    "neurosim-alox": neurosim(13_360_000, 59_170_000, (40, 40), (0.629249, 2.063266), 0.05, 1000),
    "neurosim-taox-tio2": neurosim(100_000, 200_000, (102, 102), (0.661941, 0.685502), 0.01, 1000),
    "neurosim-ag-si": neurosim(3_077, 38_462, (97, 100), (0.499181, 0.200303), 0.035, 1000),
    "neurosim-pcmo": neurosim(6_357, 43_478, (50, 50), (0.300644, 0.100251), 0.01, 1000),
    "neurosim-epiram": neurosim(245_930, 12_345_679, (64, 64), (2.519877, 2.519877), 0.02, 5000),
}

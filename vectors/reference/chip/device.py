"""The device models by name. All doubles, each operation rounded on its own, in the documented order."""

from __future__ import annotations

from typing import Protocol

from .linear import LINEAR, NEUROSIM
from .measured import Measured, Umass
from .vteam import Vteam


class Device(Protocol):
    lowest: int         # pS
    highest: int        # pS
    noisy: bool         # whether a pulse draws

    def rate(self, millivolts: float) -> float:
        """The dose of a nanosecond, alike in both polarities; 0: no effect at all."""

    def moved(self, picosiemens: int, polarity: str, dose: float, deviate: float | None = None) -> int:
        """The conductance after one pulse; with its own noise where there is a normal deviate."""


MODELS: dict[str, Device] = {"vteam": Vteam(), **LINEAR, **NEUROSIM, "umass": Umass(), "measured": Measured()}


def device_of(config: dict) -> Device:
    """From the `device` object of a vector."""
    if set(config) != {"model"}:
        raise ValueError("a device has a model and nothing else")
    return MODELS[config["model"]]

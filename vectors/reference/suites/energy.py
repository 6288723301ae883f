"""From what circuits did to joules."""

from __future__ import annotations

from typing import Iterator

from chip.energy import NODES, parts
from suites._sampler import Sampler

KIND = "value"
PURPOSE = "An implementation that passes accounts the energy of the system as specified, part by part, in every technology."
SPECIFICATION = {"energy": "3"}
FIELDS = {
    "technology": "180nm, 130nm, 65nm, 28nm or 22nm", "dacBits": "4…12", "adcBits": "5…16", "tile": "word lines, bit lines",
    "activity": "of the tile, as energy.md 1 has it", "scalarEvaluations": "at the scalar port", "accesses": "of the bus",
    "formedCells": "of an LSTM, by a cell unit; absent where there is none",
    "cycles": "of arrays, bus and controller; absent where they are not known",
    "attojoules": "low, nominal and high of each part that there is, rounded; right within a part in 10⁹ or 1",
}
# Of each count, where the middle of its magnitudes is.
BITS = {
    "driveConversions": 20, "conversions": 20, "amplifications": 20, "noiseGain": 62, "evaluations": 20, "wordLineSquares": 50,
    "bitLineSquares": 50, "charge": 62, "reading": 62, "selected": 62, "halfSelected": 62, "wordLinePulseSquares": 34,
    "bitLinePulseSquares": 36,
}


def evaluate(given: dict) -> dict:
    return {"attojoules": {name: [round(end * 1e18) for end in band] for name, band in parts(given).items()}}


def activity(sampler: Sampler, only: str | None = None) -> dict:
    counts = {name: sampler.integer(1 << bits - 3, 1 << bits) if only in (None, name) else 0 for name, bits in BITS.items()}
    return {**counts, "highestPulse": sampler.choice([0, 850, 899, 900, 1199, 1200, 1800, 3300])}


def draw(sampler: Sampler) -> dict:
    return drawn(sampler, sampler.choice(list(NODES)), sampler.choice([None, None, *BITS]))


def drawn(sampler: Sampler, technology: str, only: str | None) -> dict:
    given = {"technology": technology, "dacBits": sampler.integer(4, 12), "adcBits": sampler.integer(5, 16),
             "tile": [sampler.integer(1, 128), sampler.integer(1, 128)], "activity": activity(sampler, only),
             "scalarEvaluations": sampler.integer(0, 4000) if only is None else 0,
             "accesses": sampler.integer(0, 1 << 24) if only is None else 0}
    if sampler.integer(0, 2):
        given["cycles"] = [sampler.integer(0, 1 << size) for size in (22, 20, 24)]
    return given


def cases() -> Iterator[dict]:
    sampler = Sampler(17)
    for technology in NODES:
        for only in [None, None, None, *BITS]:
            given = drawn(sampler, technology, only)
            yield {"given": given, "expect": evaluate(given)}
    sampler = Sampler(18)
    for technology in NODES:
        given = {**drawn(sampler, technology, None), "formedCells": sampler.integer(1, 1 << 20)}
        yield {"given": given, "expect": evaluate(given)}

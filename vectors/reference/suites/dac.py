"""From DAC codes to microvolts."""

from __future__ import annotations

from typing import Iterator

from chip.readchain import Dac
from suites._sampler import Sampler

KIND = "value"
PURPOSE = "An implementation that passes drives a line with the voltage of its code, with offset and bow, at every width."
SPECIFICATION = {"chip": "3.3"}
FIELDS = {
    "bits": "4…12, sign included", "offsetMicrovolts": "added to every line, −10000…10000",
    "inlMicrovolts": "bow at half scale, −10000…10000", "codes": "−c_max…c_max, c_max = 2^(bits−1) − 1",
    "stepMicrovolts": "of one code", "microvolts": "on the line, one a code",
}


def evaluate(given: dict) -> dict:
    dac = Dac(given["bits"], given["offsetMicrovolts"], given["inlMicrovolts"])
    return {"stepMicrovolts": dac.step, "microvolts": [dac(code) for code in given["codes"]]}


def codes(sampler: Sampler, top: int) -> list[int]:
    if top <= 31:
        return list(range(-top, top + 1))
    half = top // 2
    return [-top, 1 - top, -half - 1, -half, -2, -1, 0, 1, 2, half, half + 1, top - 1, top,
            *sampler.integers(12, -top, top)]


def draw(sampler: Sampler) -> dict:
    bits = sampler.integer(4, 12)
    return {"bits": bits, "offsetMicrovolts": sampler.sized(13), "inlMicrovolts": sampler.sized(13),
            "codes": codes(sampler, (1 << bits - 1) - 1)}


def cases() -> Iterator[dict]:
    sampler = Sampler(3)
    shapes = [(0, 0), (10000, 0), (-10000, 0), (0, 10000), (0, -10000), (1, -1), (-37, 1), (0, 3)]
    for bits in range(4, 13):
        top = (1 << bits - 1) - 1
        for offset, bow in [*shapes, (sampler.sized(13), sampler.sized(13))]:
            given = {"bits": bits, "offsetMicrovolts": offset, "inlMicrovolts": bow, "codes": codes(sampler, top)}
            yield {"given": given, "expect": evaluate(given)}

"""Activation circuits: the shipped tables and any other."""

from __future__ import annotations

import zlib
from itertools import product
from struct import pack
from typing import Iterator

from chip.piecewise import CIRCUITS, FUNCTIONS, Piecewise, Segment, circuit
from suites._sampler import Sampler

KIND = "value"
PURPOSE = ("An implementation that passes has the shipped tables, finds the segment and the rails of a piecewise-linear "
           "function as the circuit does, and returns its slope, for all 65536 inputs.")
SPECIFICATION = {"chip": "1.4, 1.5"}
FIELDS = {
    "circuit": "hard, fiveSegment, plan or equalRipple", "function": "sigmoid or tanh",
    "inputs": "z, Q3.12 raw", "values": "y, Q0.15 raw", "slopes": "dy/dz, Q1.14 raw, 0 at a rail",
    "table": "true: the table itself is expected", "all": "true: a digest over every input is expected",
    "segments": "[breakpoint Q3.12, slope Q1.14, offset Q0.15]; the first breakpoint has no meaning",
    "rails": "[low, high], Q0.15; low is looked at first",
    "crc32": "CRC-32 (zlib) of value and slope, each as int16 little endian, of z = −32768…32767 in order",
}


def piecewise(given: dict) -> Piecewise:
    if "segments" in given:
        return Piecewise(tuple(Segment(*segment) for segment in given["segments"]), tuple(given["rails"]))
    return circuit(given["circuit"], given["function"])


def evaluate(given: dict) -> dict:
    function = piecewise(given)
    if given.get("table"):
        return {"segments": [list(segment) for segment in function.segments], "rails": list(function.rails)}
    if given.get("all"):
        return {"crc32": zlib.crc32(b"".join(pack("<hh", *function(z)) for z in range(-32768, 32768)))}
    values, slopes = zip(*(function(z) for z in given["inputs"]))
    return {"values": list(values), "slopes": list(slopes)}


def around(z: int) -> list[int]:
    return [each for each in (z - 1, z, z + 1) if -32768 <= each <= 32767]


def rail_inputs(function: Piecewise) -> list[int]:
    """The first input above the low rail and the last below the high one."""
    inside = [z for z in range(-32768, 32768) if function(z)[1] != 0]
    return [inside[0], inside[-1]]


def shipped(sampler: Sampler) -> Iterator[dict]:
    for name, function in product(CIRCUITS, FUNCTIONS):
        base, table = {"circuit": name, "function": function}, circuit(name, function)
        yield {**base, "table": True}
        yield {**base, "all": True}
        yield {**base, "inputs": [-32768, -32767, -4097, -4096, -1, 0, 1, 4095, 4096, 32766, 32767]}
        for z in [segment.breakpoint for segment in table.segments[1:]] + rail_inputs(table):
            yield {**base, "inputs": around(z)}
        for _ in range(5):
            yield {**base, "inputs": sampler.integers(12, -12000, 12000)}


def ties() -> Iterator[dict]:
    """slope · z an odd multiple of 2^10: half a step of the line."""
    for slope, z in ((1, 1024), (1, -1024), (-1, 1024), (-1, -1024), (1024, 1), (1024, -1), (1024, 3), (1024, -3),
                     (3072, 5), (3072, -5), (1, 1023), (1, 1025), (-1, 1025), (-1, 1023)):
        yield {"segments": [[0, slope, 100]], "rails": [-32768, 32767], "inputs": [z]}


def extremes() -> Iterator[dict]:
    ends = (-32768, 32767)
    for slope, offset in product((*ends, 0), (*ends, 0)):
        yield {"segments": [[0, slope, offset]], "rails": list(ends), "inputs": [-32768, -4096, -1, 0, 1, 4096, 32767]}
    for low, high in ((0, 0), (1, -1), (32767, -32768), (-1, 1), (-32768, -32768), (32767, 32767), (5, 4), (-5, -4)):
        yield {"segments": [[0, 16384, 0]], "rails": [low, high], "inputs": [-32768, -2, -1, 0, 1, 2, 32767]}
    for rail in (8, 16, -8):
        yield {"segments": [[0, 16384, 0]], "rails": [-rail, rail] if rail > 0 else [rail, 32767],
               "inputs": [-3, -2, -1, 0, 1, 2, 3]}


def odd_breakpoints() -> Iterator[dict]:
    """Equal, falling and outermost breakpoints: the scan stops at the first successor above z."""
    for starts in ((0, 0, 0), (0, 5, 5), (0, 5, 3), (0, 32767, -32768), (0, -32768, -32768), (0, -32768, 32767),
                   (32767, 0, 10), (7, 3, 5), (0, 10, -10, 5), (0, -10, 10, 0, 20)):
        segments = [[start, 1000 * (k + 1), 100 * k - 150] for k, start in enumerate(starts)]
        inputs = sorted({z for start in starts for z in around(start)} | {-32768, 32767, 0})
        yield {"segments": segments, "rails": [-32768, 32767], "inputs": inputs}


def drawn(sampler: Sampler) -> Iterator[dict]:
    for count in [*range(1, 17)] * 6:
        yield segmented(sampler, count)


def segmented(sampler: Sampler, count: int) -> dict:
    starts = sorted(sampler.integers(count, -32768, 32767))
    segments = [[start, sampler.sized(15), sampler.sized(15)] for start in starts]
    low, high = sorted(sampler.integers(2, -32768, 32767))
    inputs = sampler.integers(6, -32768, 32767) + [sampler.choice(around(sampler.choice(starts))) for _ in range(3)]
    return {"segments": segments, "rails": sampler.choice([[low, high], [-32768, 32767]]), "inputs": inputs}


def draw(sampler: Sampler) -> dict:
    if sampler.integer(0, 3):
        return segmented(sampler, sampler.integer(1, 16))
    return {"circuit": sampler.choice(list(CIRCUITS)), "function": sampler.choice(list(FUNCTIONS)),
            "inputs": sampler.integers(12, -32768, 32767)}


def cases() -> Iterator[dict]:
    sampler = Sampler(2)
    for givens in (shipped(sampler), ties(), extremes(), odd_breakpoints(), drawn(sampler)):
        for given in givens:
            yield {"given": given, "expect": evaluate(given)}

"""Rounding, conversion, saturated arithmetic, requantisation."""

from __future__ import annotations

from itertools import product
from typing import Iterator

from chip.fixed import FORMATS, MODES, Requantiser, add, convert, multiply, round_shift, subtract
from suites._sampler import Sampler

KIND = "value"
PURPOSE = ("An implementation that passes rounds in each of the five modes, saturates every narrowing, and multiplies "
           "by a rational number with one rounding, at ties and at the ends of every range.")
SPECIFICATION = {"chip": "1.1 to 1.3"}
FIELDS = {
    "op": "round: value / 2^shift; convert: value with `fraction` fraction bits to a format; add, subtract: of raw "
          "numbers of a format, saturated; multiply: exact product of raws of two formats, then one conversion; "
          "requantise: times numerator / denominator, saturated to 32 bits",
    "mode": "halfUp, halfToEven, halfAwayFromZero, down or towardZero",
    "value": "given: signed 64 bits (requantise: 32 bits); expect: the result, raw",
    "shift": "given: 0…63; expect: right shift after the product with the multiplier, 0…62",
    "fraction": "fraction bits of value, 0…63",
    "format": "Q3.12, Q0.15, Q0.7 or Q1.14", "formats": "of a and of b", "result": "format of the product",
    "a": "raw", "b": "raw",
    "numerator": "1…2^62−1", "denominator": "1…2^62−1",
    "multiplier": "2^30…2^31−1",
}
INT64 = -(1 << 63), (1 << 63) - 1
INT32 = -(1 << 31), (1 << 31) - 1


def evaluate(given: dict) -> dict:
    op = given["op"]
    if op == "round":
        return {"value": round_shift(given["value"], given["shift"], given["mode"])}
    if op == "convert":
        return {"value": convert(given["value"], given["fraction"], FORMATS[given["format"]], given["mode"])}
    if op == "multiply":
        formats = tuple(FORMATS[name] for name in given["formats"])
        return {"value": multiply(given["a"], given["b"], formats, FORMATS[given["result"]], given["mode"])}
    if op == "requantise":
        requantiser = Requantiser.of(given["numerator"], given["denominator"])
        return {**requantiser._asdict(), "value": requantiser.apply(given["value"])}
    combine = add if op == "add" else subtract
    return {"value": combine(given["a"], given["b"], FORMATS[given["format"]])}


def rounds() -> Iterator[dict]:
    """Halves, quarters around a tie, ends of 64 bits."""
    values = [(-3, 1), (-1, 1), (1, 1), (3, 1), (5, 1), (7, 0), (-5, 2), (-7, 2), (6, 2), (-6, 2), (2, 2), (-2, 2),
              (0x7FFF, 15), (-0x8000, 16), (0x17FFF, 16), (0x18000, 16), (0x18001, 16), (-0x17FFF, 16),
              (-0x18000, 16), (-0x18001, 16), (INT64[1], 1), (INT64[0], 1), (INT64[1], 62), (INT64[0], 62),
              (INT64[1], 63), (INT64[0], 63), (INT64[0] + 1, 63), (-(1 << 62), 63), (1 << 62, 63), ((1 << 62) - 1, 63)]
    for (value, shift), mode in product(values, MODES):
        yield {"op": "round", "mode": mode, "value": value, "shift": shift}


def conversions(sampler: Sampler) -> Iterator[dict]:
    for name, form in FORMATS.items():
        for fraction in (form.fraction + 3, form.fraction):
            unit = 1 << fraction - form.fraction
            for wide in (form.high * unit, form.high * unit + unit // 2, form.high * unit + unit // 2 - 1,
                         form.low * unit, form.low * unit - unit // 2, form.low * unit - unit // 2 - 1):
                yield {"op": "convert", "format": name, "value": wide, "fraction": fraction, "mode": "halfUp"}
        for wide, fraction in ((INT64[1], 0), (INT64[0], 0), (1, 0), (-1, 0), (3, form.fraction - 2),
                               (INT64[0], 63), (INT64[1], 63)):
            yield {"op": "convert", "format": name, "value": wide, "fraction": fraction, "mode": "halfUp"}
        for mode in MODES:
            fraction = sampler.integer(form.fraction + 1, 40)
            tie = (2 * sampler.integer(-50, -1) + 1) << fraction - form.fraction - 1
            yield {"op": "convert", "format": name, "value": tie, "fraction": fraction, "mode": mode}


def sums() -> Iterator[dict]:
    for name, form in FORMATS.items():
        ends = ((form.high, 1), (form.high, 0), (form.low, -1), (form.low, form.low), (form.high, form.low),
                (form.low, form.high), (form.high - 1, 1), (form.low, 1), (0, form.low), (-1, form.low))
        for (a, b), op in product(ends, ("add", "subtract")):
            yield {"op": op, "format": name, "a": a, "b": b}


def products(sampler: Sampler) -> Iterator[dict]:
    low = FORMATS["Q0.15"].low
    for formats, result, a, b in ((("Q0.15", "Q0.15"), "Q0.15", low, low), (("Q0.15", "Q0.15"), "Q0.7", low, low),
                                  (("Q0.15", "Q0.15"), "Q3.12", low, low),
                                  (("Q3.12", "Q3.12"), "Q3.12", 16384, 8192), (("Q3.12", "Q3.12"), "Q3.12", low, low),
                                  (("Q0.15", "Q3.12"), "Q3.12", low, low), (("Q0.15", "Q3.12"), "Q3.12", 16384, -3),
                                  (("Q1.14", "Q0.7"), "Q0.15", 1, 1), (("Q1.14", "Q0.7"), "Q0.15", -1, 32)):
        for mode in MODES:
            yield {"op": "multiply", "formats": list(formats), "result": result, "a": a, "b": b, "mode": mode}
    for _ in range(40):
        yield product_of(sampler)


def product_of(sampler: Sampler) -> dict:
    names = [sampler.choice(list(FORMATS)) for _ in range(3)]
    a, b = (sampler.integer(FORMATS[name].low, FORMATS[name].high) for name in names[:2])
    return {"op": "multiply", "formats": names[:2], "result": names[2], "a": a, "b": b, "mode": sampler.choice(MODES)}


def requantisations(sampler: Sampler) -> Iterator[dict]:
    top = (1 << 62) - 1
    ratios = [(1, 1), (1, 3), (2, 3), (3, 2), (1, 127), (127, 1), (top, 1 << 61), (top, top), (1, 1 << 32),
              (1 << 30, 1), ((1 << 30) + 1, 1), ((1 << 31) - 1, 1), ((1 << 31) - 1, 1 << 31), ((1 << 32) - 1, 1 << 32),
              ((1 << 33) - 1, 1 << 33), ((1 << 32) + 1, 1 << 32), ((1 << 31) + 1, 1 << 31), (3, 1 << 33), (7, 8)]
    values = [0, 1, -1, 2, -3, 100, -100, *INT32]
    for (numerator, denominator), value in product(ratios, values):
        yield {"op": "requantise", "numerator": numerator, "denominator": denominator, "value": value}
    for _ in range(60):
        yield requantisation(sampler)


def requantisation(sampler: Sampler) -> dict:
    numerator = sampler.integer(1, (1 << sampler.integer(2, 62)) - 1)
    size = numerator.bit_length()
    bits = sampler.integer(max(1, size - 29), min(62, size + 29))
    denominator = sampler.integer(1 << bits - 1, (1 << bits) - 1)
    return {"op": "requantise", "numerator": numerator, "denominator": denominator,
            "value": max(INT32[0], min(INT32[1], sampler.sized(31)))}


def draw(sampler: Sampler) -> dict:
    kind, name = sampler.integer(0, 4), sampler.choice(list(FORMATS))
    if kind == 0:
        return product_of(sampler)
    if kind == 1:
        return requantisation(sampler)
    if kind == 2:
        return {"op": sampler.choice(("add", "subtract")), "format": name,
                **{side: sampler.integer(FORMATS[name].low, FORMATS[name].high) for side in "ab"}}
    value = max(INT64[0], min(INT64[1], sampler.sized(63)))
    if kind == 3:
        return {"op": "convert", "format": name, "value": value, "fraction": sampler.integer(0, 63),
                "mode": sampler.choice(MODES)}
    return {"op": "round", "mode": sampler.choice(MODES), "value": value, "shift": sampler.integer(0, 63)}


def cases() -> Iterator[dict]:
    sampler = Sampler(1)
    for givens in (rounds(), conversions(sampler), sums(), products(sampler), requantisations(sampler)):
        for given in givens:
            yield {"given": given, "expect": evaluate(given)}

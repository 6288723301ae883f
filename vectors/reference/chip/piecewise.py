"""Activation circuits: piecewise-linear functions and the shipped tables (specification 1.4, 1.5)."""

from __future__ import annotations

from fractions import Fraction
from math import atanh, floor, tanh
from typing import NamedTuple

from .fixed import shift_half_up

CIRCUITS = ("hard", "fiveSegment", "plan", "equalRipple")
FUNCTIONS = ("sigmoid", "tanh")
RAILS = {"sigmoid": (0, 32767), "tanh": (-32768, 32767)}
MIDDLE = {"sigmoid": 16384, "tanh": 0}

# Equal-ripple approximation of tanh: chords through points `RIPPLE` above the curve at the knots.
RIPPLE = 0.0026168
RIPPLE_KNOTS = (0.320840, 0.568151, 0.802027, 1.049743, 1.335062, 1.695989, 2.223794)


class Segment(NamedTuple):
    breakpoint: int     # Q3.12; without meaning in the first segment
    slope: int          # Q1.14
    offset: int         # Q0.15


class Piecewise(NamedTuple):
    segments: tuple[Segment, ...]
    rails: tuple[int, int]      # Q0.15

    def __call__(self, z: int) -> tuple[int, int]:
        """(value Q0.15, slope Q1.14) at z in Q3.12."""
        k = 0
        while k + 1 < len(self.segments) and z >= self.segments[k + 1].breakpoint:
            k += 1
        _, slope, offset = self.segments[k]
        line = offset + shift_half_up(slope * z, 11)
        low, high = self.rails
        if line <= low:
            return low, 0
        if line >= high:
            return high, 0
        return line, slope


def nearest(number: Fraction | float) -> int:
    return floor(Fraction(number) + Fraction(1, 2))


def decimals(scale: int, *numbers: str) -> list[int]:
    """Exact decimals in raw numbers of a format."""
    return [nearest(Fraction(number) * scale) for number in numbers]


def plan_half(function: str) -> tuple[list[int], list[int], list[int]]:
    if function == "sigmoid":
        return decimals(4096, "1", "2.375"), decimals(16384, "1/4", "1/8", "1/32"), decimals(32768, "1/8", "11/32")
    return decimals(4096, "0.5", "1.1875"), decimals(16384, "1", "1/2", "1/8"), decimals(32768, "1/4", "11/16")


def five_segment_half(function: str) -> tuple[list[int], list[int], list[int]]:
    if function == "sigmoid":
        return decimals(4096, "1.12"), decimals(16384, "0.25", "0.0875"), decimals(32768, "0.182")
    return decimals(4096, "0.56"), decimals(16384, "1", "0.35"), decimals(32768, "0.364")


def equal_ripple_half(function: str) -> tuple[list[int], list[int], list[int]]:
    points = [(0.0, 0.0), *((x, tanh(x) + RIPPLE) for x in RIPPLE_KNOTS), (atanh(1 - RIPPLE), 1.0)]
    lines = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in zip(points, points[1:])]
    # sigmoid(x) = ½ + ½·tanh(x/2): knots twice as far, slopes a quarter.
    across, up = (8192, 4096) if function == "sigmoid" else (4096, 16384)
    knots = [nearest(Fraction(x) * across) for x in RIPPLE_KNOTS]
    slopes = [nearest(Fraction(line) * up) for line in lines]
    offsets, last = [], 0
    for k, knot in enumerate(knots):
        last = nearest(last + Fraction((slopes[k] - slopes[k + 1]) * knot, 2048))
        offsets.append(last)
    return knots, slopes, offsets


def mirrored(knots: list[int], slopes: list[int], offsets: list[int], function: str) -> Piecewise:
    """The odd (about the middle) function of a positive half."""
    middle, count, rises = MIDDLE[function], len(knots), [0, *offsets]
    segments = []
    for position in range(-count, count + 1):
        if position == -count:
            start = -32768
        else:
            start = knots[position - 1] if position > 0 else 1 - knots[-position]
        rise = rises[abs(position)] if position >= 0 else -rises[abs(position)]
        segments.append(Segment(start, slopes[abs(position)], middle + rise))
    return Piecewise(tuple(segments), RAILS[function])


def circuit(name: str, function: str) -> Piecewise:
    """A shipped table."""
    if name == "hard":
        return mirrored([], decimals(16384, "1/4" if function == "sigmoid" else "1"), [], function)
    half = {"fiveSegment": five_segment_half, "plan": plan_half, "equalRipple": equal_ripple_half}[name]
    return mirrored(*half(function), function)

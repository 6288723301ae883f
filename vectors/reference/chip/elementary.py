"""Elementary functions of doubles, the same bits everywhere (specification of the devices, 1).

Only + − × ÷ and scaling by powers of two, each rounded on its own, in the written order.
"""

from __future__ import annotations

from math import floor, inf, ldexp

LN2_HIGH = float.fromhex("0x1.62e42feep-1")
LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
LN2_INVERSE = float.fromhex("0x1.71547652b82fep+0")
TERMS = 14
LOGARITHM_TERMS = 101


def coefficients() -> list[float]:
    """1 / (k + 1)!"""
    found, factorial = [], 1.0
    for k in range(TERMS):
        factorial = factorial * (k + 1)
        found.append(1.0 / factorial)
    return found


COEFFICIENTS = coefficients()


def rounded(number: float) -> int:
    """The nearest integer, ties away from zero; the difference is exact."""
    size = abs(number)
    whole = floor(size)
    whole += size - whole >= 0.5
    return whole if number >= 0 else -whole


def clamped(number: float, low: float, high: float) -> float:
    return min(max(number, low), high)


def series(x: float) -> float:
    """(e^x − 1) / x about 0."""
    total = 0.0
    for coefficient in reversed(COEFFICIENTS):
        total = total * x + coefficient
    return total


def exp(x: float) -> float:
    if x < -708:
        return 0.0
    if x > 709:
        return inf
    k = rounded(x * LN2_INVERSE)
    rest = (x - k * LN2_HIGH) - k * LN2_LOW
    return ldexp(1 + rest * series(rest), k)


def growth(x: float) -> float:
    """(e^x − 1) / x anywhere."""
    return series(x) if abs(x) < 0.35 else (exp(x) - 1) / x


def log_ratio(x: float) -> float:
    """ln(1 + x) / x from −0.9 to 1."""
    ratio = x / (2 + x)
    square, total = ratio * ratio, 0.0
    for k in reversed(range(LOGARITHM_TERMS)):
        total = total * square + 1 / (2 * k + 1)
    return 2 / (2 + x) * total

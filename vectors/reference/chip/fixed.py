"""Fixed point: rounding, saturation, requantisation (specification 1.1 to 1.3)."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import NamedTuple

MODES = ("halfUp", "halfToEven", "halfAwayFromZero", "down", "towardZero")


def clamp(value: int, low: int, high: int) -> int:
    return min(max(value, low), high)


def signed16(word: int) -> int:
    """The low 16 bits as two's complement."""
    return (word & 0xFFFF ^ 0x8000) - 0x8000


def shift_half_up(value: int, shift: int) -> int:
    """value / 2^shift, ties toward +infinity."""
    return (value + (1 << shift >> 1)) >> shift


def divide_half_up(value: int, divisor: int) -> int:
    return (2 * value + divisor) // (2 * divisor)


def divide_toward_zero(value: int, divisor: int) -> int:
    return value // divisor if value >= 0 else -(-value // divisor)


def round_shift(value: int, shift: int, mode: str) -> int:
    """value / 2^shift in one of MODES, exact for every value."""
    unit = 1 << shift
    down, rest = divmod(value, unit)
    if mode == "halfUp":
        return down + (2 * rest >= unit)
    if mode == "halfToEven":
        return down + (2 * rest > unit or (2 * rest == unit and down % 2 == 1))
    if mode == "halfAwayFromZero":
        return down + (2 * rest > unit or (2 * rest == unit and value > 0))
    if mode == "down":
        return down
    if mode == "towardZero":
        return down + (rest > 0 and value < 0)
    raise ValueError(mode)


class Format(NamedTuple):
    """Qm.n: value = raw / 2^fraction, `bits` with the sign."""
    bits: int
    fraction: int

    @property
    def low(self) -> int:
        return -(1 << self.bits - 1)

    @property
    def high(self) -> int:
        return (1 << self.bits - 1) - 1

    def saturate(self, raw: int) -> int:
        return clamp(raw, self.low, self.high)


FORMATS = {"Q3.12": Format(16, 12), "Q0.15": Format(16, 15), "Q0.7": Format(8, 7), "Q1.14": Format(16, 14)}


def convert(wide: int, fraction: int, target: Format, mode: str) -> int:
    """A number with `fraction` fraction bits in another format, saturated."""
    shift = fraction - target.fraction
    return target.saturate(round_shift(wide, shift, mode) if shift >= 0 else wide << -shift)


def add(a: int, b: int, form: Format) -> int:
    return form.saturate(a + b)


def subtract(a: int, b: int, form: Format) -> int:
    return form.saturate(a - b)


def multiply(a: int, b: int, formats: tuple[Format, Format], result: Format, mode: str) -> int:
    return convert(a * b, formats[0].fraction + formats[1].fraction, result, mode)


class Requantiser(NamedTuple):
    """Multiplication by a positive rational: v · multiplier / 2^shift, one rounding, saturated to 32 bits."""
    multiplier: int
    shift: int

    @staticmethod
    def of(numerator: int, denominator: int) -> "Requantiser":
        ratio = Fraction(numerator, denominator)
        exponent = numerator.bit_length() - denominator.bit_length()
        if ratio < Fraction(2) ** exponent:
            exponent -= 1
        multiplier = floor(ratio * Fraction(2) ** (30 - exponent) + Fraction(1, 2))
        if multiplier == 1 << 31:
            return Requantiser(1 << 30, 29 - exponent)
        return Requantiser(multiplier, 30 - exponent)

    def apply(self, value: int) -> int:
        return clamp(shift_half_up(value * self.multiplier, self.shift), -(1 << 31), (1 << 31) - 1)

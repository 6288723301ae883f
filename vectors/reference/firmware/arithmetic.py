"""Integer arithmetic of the controller: rounding, saturation, packing."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple, Optional


def half_up(value: int, shift: int) -> int:
    """value / 2^shift, rounded half up."""
    return (value + ((1 << shift) >> 1)) >> shift


def divide_half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def truncate(numerator: int, denominator: int) -> int:
    """Division toward zero by a positive number."""
    return numerator // denominator if numerator >= 0 else -(-numerator // denominator)


def clamp(value: int, low: int, high: int) -> int:
    return min(max(value, low), high)


def saturate16(value: int) -> int:
    return clamp(value, -0x8000, 0x7FFF)


def saturate32(value: int) -> int:
    return clamp(value, -0x8000_0000, 0x7FFF_FFFF)


def signed16(word: int) -> int:
    return ((word & 0xFFFF) ^ 0x8000) - 0x8000


def signed32(word: int) -> int:
    return ((word & 0xFFFF_FFFF) ^ 0x8000_0000) - 0x8000_0000


def unsigned32(value: int) -> int:
    return value & 0xFFFF_FFFF


def pair(even: int, odd: int) -> int:
    """Two signed 16-bit numbers in a word, the even one in the low half."""
    return (even & 0xFFFF) | (odd & 0xFFFF) << 16


def pack(numbers: Sequence[int]) -> list[int]:
    """Signed 16-bit numbers, two a word; the last high half of an odd count is 0."""
    return [pair(*numbers[i : i + 2]) if i + 1 < len(numbers) else pair(numbers[i], 0)
            for i in range(0, len(numbers), 2)]


def unpack(words: Sequence[int], count: int) -> list[int]:
    return [signed16(words[i // 2] >> 16 * (i % 2)) for i in range(count)]


def pair_count(numbers: int) -> int:
    return (numbers + 1) // 2


class Requantizer(NamedTuple):
    """Multiplication by a positive rational, as multiplier / 2^shift."""

    multiplier: int
    shift: int

    def apply(self, value: int) -> int:
        return saturate32(half_up(value * self.multiplier, self.shift))


def requantizer(numerator: int, denominator: int) -> Optional[Requantizer]:
    """The multiplier in 2^30 ..< 2^31 nearest to the rational; none below 2^-32, where nothing would be left."""
    ratio = Fraction(numerator, denominator)
    exponent = numerator.bit_length() - denominator.bit_length()
    if ratio < Fraction(2) ** exponent:
        exponent -= 1
    mantissa = ratio / Fraction(2) ** exponent * 2**30
    multiplier = divide_half_up(mantissa.numerator, mantissa.denominator)
    shift = 30 - exponent
    if multiplier == 1 << 31:
        multiplier, shift = 1 << 30, shift - 1
    return Requantizer(multiplier, shift) if shift <= 62 else None

"""Loss of the outputs and its derivative (section 7.4). Losses have 16 fraction bits."""

from __future__ import annotations

from collections.abc import Sequence

from ..arithmetic import clamp, divide_half_up, half_up, saturate16
from .errors import FRACTION_FROM_SIGNAL

LARGEST_LOSS = 0xFFFF_FFFF
ONE = 32768
LOG2_E = 23637  # log2(e) / 4096 steps, 26 fraction bits
LN_2 = 45426  # 16 fraction bits
ROOT = 1062175491  # 2^(-1/64), 30 fraction bits


def power_table() -> list[int]:
    """2^(-k/64), k = 0 ... 64, 15 fraction bits."""
    table, power = [], 1 << 30
    for _ in range(65):
        table.append(half_up(power, 15))
        power = half_up(power * ROOT, 30)
    return table


class SoftMax:
    """Soft-max and cross-entropy by a table of powers of two."""

    def __init__(self) -> None:
        self.table = power_table()

    def exponent(self, distance: int, headroom: int) -> int:
        """How far an output lies below the largest one: binary logarithm, 16 fraction bits."""
        return half_up((distance << headroom) * LOG2_E, 10)

    def power(self, exponent: int) -> int:
        """2^-exponent, 15 fraction bits."""
        whole = exponent >> 16
        if whole >= 16:
            return 0
        place, fraction = exponent >> 10 & 63, exponent & 1023
        upper, lower = self.table[place], self.table[place + 1]
        return half_up(upper - half_up((upper - lower) * fraction, 10), whole)

    def log2(self, total: int) -> int:
        """Binary logarithm, 16 fraction bits, of a number with 15."""
        whole, mantissa = 0, total
        while mantissa > ONE:
            mantissa = half_up(mantissa, 1)
            whole += 1
        place = 0
        while place < 63 and self.table[place + 1] >= mantissa:
            place += 1
        upper, lower = self.table[place], self.table[place + 1]
        below = (upper - mantissa) * 1024 // (upper - lower)
        return whole * 65536 - (place * 1024 + below)

    def evaluate(self, outputs: Sequence[int], label: int, headroom: int) -> tuple[int, list[int]]:
        """The loss and the errors of the outputs."""
        peak = max(outputs)
        exponents = [self.exponent(peak - output, headroom) for output in outputs]
        powers = [self.power(exponent) for exponent in exponents]
        total = sum(powers)
        loss = self.loss(exponents[label] + self.log2(total))
        wanted = [ONE if index == label else 0 for index in range(len(outputs))]
        errors = [(self.probability(power, total) - want) * FRACTION_FROM_SIGNAL for power, want in zip(powers, wanted)]
        return loss, errors

    def loss(self, binary: int) -> int:
        return clamp(half_up(binary * LN_2, 16), 0, LARGEST_LOSS)

    def probability(self, power: int, total: int) -> int:
        return divide_half_up(power * ONE, total)


class SquaredError:
    """Half the squared distance of the outputs from Q0.15 targets."""

    def error(self, output: int, target: int, headroom: int) -> int:
        return saturate16((output << (3 + headroom)) - target)

    def evaluate(self, outputs: Sequence[int], targets: Sequence[int], headroom: int) -> tuple[int, list[int]]:
        errors = [self.error(output, target, headroom) for output, target in zip(outputs, targets)]
        loss = self.loss(sum(error * error for error in errors))
        return loss, [error * FRACTION_FROM_SIGNAL for error in errors]

    def loss(self, squares: int) -> int:
        return clamp(half_up(squares, 15), 0, LARGEST_LOSS)

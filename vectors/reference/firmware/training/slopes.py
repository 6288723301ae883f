"""The controller's copy of an activation circuit, for slopes from converted outputs (section 7.5)."""

from __future__ import annotations

from collections.abc import Sequence

from ..arithmetic import half_up, pair

Segment = tuple[int, int, int]  # break Q3.12, slope Q1.14, offset Q0.15


class Circuit:
    """Piecewise-linear, between two rails in Q0.15."""

    def __init__(self, low: int, high: int, segments: Sequence[Segment]) -> None:
        self.low = low
        self.high = high
        self.segments = list(segments)

    def words(self) -> list[int]:
        """What `setActivation` takes behind the bank: count, rails, breaks, lines."""
        return [len(self.segments), pair(self.low, self.high), *[segment[0] & 0xFFFF for segment in self.segments],
                *[pair(slope, offset) for _, slope, offset in self.segments]]

    def slope(self, output: int, adc_bits: int) -> int:
        """dy/dz, Q1.14, at a converted output in steps; 0 at what a converter makes of a rail."""
        if self.at_rail(output, adc_bits):
            return 0
        for index in range(len(self.segments) - 1, 0, -1):
            if output >= self.start(index):
                return self.segments[index][1]
        return self.segments[0][1]

    def at_rail(self, output: int, adc_bits: int) -> bool:
        return output <= self.converted(self.low, adc_bits) or output >= self.converted(self.high, adc_bits)

    def start(self, index: int) -> int:
        """The output where a segment begins."""
        first, slope, offset = self.segments[index]
        return offset + half_up(slope * first, 11)

    def converted(self, rail: int, adc_bits: int) -> int:
        shift = 16 - adc_bits
        return min(half_up(rail, shift), (1 << (adc_bits - 1)) - 1) << shift


SIGMOID, TANH = 0, 1


def hard_circuits() -> list[Circuit]:
    """The circuits after reset, sigmoid then tanh."""
    return [Circuit(0, 32767, [(-32768, 4096, 16384)]), Circuit(-32768, 32767, [(-32768, 16384, 0)])]

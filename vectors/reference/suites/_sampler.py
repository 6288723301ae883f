"""Pseudorandom choices that are the same everywhere: Philox words of a stream."""

from __future__ import annotations

from typing import Sequence, TypeVar

from chip.philox import philox

T = TypeVar("T")


class Sampler:
    """`stream` is that of a suite; with a seed, of 64 bits, its choices are others, and none of those without."""

    def __init__(self, stream: int, seed: int | None = None):
        self.stream, self.drawn = stream, 0
        self.seed = (0, 0, 0) if seed is None else (seed & 0xFFFFFFFF, seed >> 32, 1)

    def word(self) -> int:
        """64 bits."""
        low, high, _, _ = philox((self.drawn, *self.seed), (0x564543, self.stream))
        self.drawn += 1
        return low | high << 32

    def integer(self, low: int, high: int) -> int:
        """In low…high, both included."""
        return low + (self.word() << 64 | self.word()) % (high - low + 1)

    def integers(self, count: int, low: int, high: int) -> list[int]:
        return [self.integer(low, high) for _ in range(count)]

    def choice(self, values: Sequence[T]) -> T:
        return values[self.integer(0, len(values) - 1)]

    def sized(self, bits: int) -> int:
        """Signed, of any magnitude below 2^bits alike."""
        size = self.integer(0, (1 << self.integer(0, bits)) - 1)
        return size if self.word() & 1 else -size

"""Offset and gain of every ADC, from its conversions of 0 V and of the reference (section 8.1)."""

from __future__ import annotations

from .arithmetic import half_up, saturate16
from .driver import REFERENCE, ZERO, Tile

IDENTITY = 0x8000_0000
UNIT_GAIN = 0x8000  # UQ1.15
REFERENCE_STEPS = 16384


class Calibration:
    def calibrate(self, tile: Tile, samples_log2: int) -> tuple[int, int]:
        """Trims a tile; returns the largest offset and the largest distance of a gain from 1."""
        lines = max(tile.word_lines, tile.columns)
        tile.unlock()
        for line in range(lines):
            tile.write(f"TRIM[{line}]", IDENTITY)
        zeros = self.measure(tile, ZERO, lines, samples_log2)
        references = self.measure(tile, REFERENCE, lines, samples_log2)
        offsets = [self.offset(zero) for zero in zeros]
        gains = [self.gain(reference - zero) for zero, reference in zip(zeros, references)]
        for line in range(lines):
            tile.write(f"TRIM[{line}]", (offsets[line] & 0xFFFF) | gains[line] << 16)
        tile.lock()
        return max(map(abs, offsets)), max(abs(gain - UNIT_GAIN) for gain in gains)

    def measure(self, tile: Tile, start: int, lines: int, samples_log2: int) -> list[int]:
        sums = [0] * lines
        for _ in range(1 << samples_log2):
            tile.perform(start)
            sums = [total + steps for total, steps in zip(sums, tile.sense(0, lines))]
        return [half_up(total, samples_log2) for total in sums]

    def offset(self, zero: int) -> int:
        return saturate16(zero)

    def gain(self, swing: int) -> int:
        swing = max(swing, 1)
        return min((REFERENCE_STEPS * UNIT_GAIN + swing // 2) // swing, 0xFFFF)

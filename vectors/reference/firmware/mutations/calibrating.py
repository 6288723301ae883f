"""Mistakes in calibration."""

from __future__ import annotations

from ..arithmetic import half_up
from ..calibration import REFERENCE_STEPS, UNIT_GAIN, Calibration
from ..driver import ZERO

CALIBRATION = ("calibration",)


class OffsetSign(Calibration):
    """The offset has the wrong sign"""
    suites = CALIBRATION
    breaks = "FW-8.1.4"

    def offset(self, zero):
        return -super().offset(zero)


class GainRoundedDown(Calibration):
    """The gain is rounded down"""
    suites = CALIBRATION
    breaks = "FW-8.1.4"

    def gain(self, swing):
        return min(REFERENCE_STEPS * UNIT_GAIN // max(swing, 1), 0xFFFF)


class GainInverted(Calibration):
    """The gain repeats the error in place of correcting it"""
    suites = CALIBRATION
    breaks = "FW-8.1.4"

    def gain(self, swing):
        return min(half_up(max(swing, 1) * UNIT_GAIN, 14), 0xFFFF)


class GainSixteenOfSwing(Calibration):
    """The gain is that of a reference at full scale"""
    suites = CALIBRATION
    breaks = "FW-8.1.4"

    def gain(self, swing):
        return min((2 * REFERENCE_STEPS * UNIT_GAIN - 1 + swing // 2) // max(swing, 1), 0xFFFF)


class SwingFromGround(Calibration):
    """The gain ignores the offset"""
    suites = CALIBRATION
    breaks = "FW-8.1.4"

    def offset(self, zero):
        self.zeros = getattr(self, "zeros", []) + [zero]
        return super().offset(zero)

    def gain(self, swing):
        return super().gain(swing + self.zeros.pop(0))


class CalibrationSumsSamples(Calibration):
    """Samples are added without a mean"""
    suites = CALIBRATION
    breaks = "FW-8.1.2"

    def measure(self, tile, start, lines, samples_log2):
        return [mean << samples_log2 for mean in super().measure(tile, start, lines, samples_log2)]


class CalibrationMeanLast(Calibration):
    """Only one sample is taken"""
    suites = CALIBRATION
    breaks = "FW-8.1.2"

    def measure(self, tile, start, lines, samples_log2):
        return super().measure(tile, start, lines, 0)


class ReferenceMissing(Calibration):
    """Both measurements convert 0 V"""
    suites = CALIBRATION
    breaks = "FW-8.1.3"

    def measure(self, tile, start, lines, samples_log2):
        return super().measure(tile, ZERO, lines, samples_log2)


class TrimNotReset(Calibration):
    """The earlier trim stays while measuring"""
    suites = CALIBRATION
    breaks = "FW-8.1.1"

    def calibrate(self, tile, samples_log2):
        write = tile.write
        tile.write = lambda register, value: None if value == 0x8000_0000 and not self.ready else write(register, value)
        self.ready = False
        try:
            return super().calibrate(tile, samples_log2)
        finally:
            del tile.write

    def gain(self, swing):
        self.ready = True
        return super().gain(swing)


class ColumnsOnly(Calibration):
    """Only the converters of columns are trimmed"""
    suites = CALIBRATION
    breaks = "FW-8.1.1"

    def calibrate(self, tile, samples_log2):
        word_lines, tile.word_lines = tile.word_lines, tile.columns
        try:
            return super().calibrate(tile, samples_log2)
        finally:
            tile.word_lines = word_lines


class ReportOfLastOffset(Calibration):
    """The report's extremes keep their sign"""
    suites = CALIBRATION
    breaks = "FW-8.1.5"

    def calibrate(self, tile, samples_log2):
        self.offsets = []
        _, gain = super().calibrate(tile, samples_log2)
        return max(self.offsets), gain

    def offset(self, zero):
        self.offsets.append(super().offset(zero) & 0xFFFF)
        return super().offset(zero)

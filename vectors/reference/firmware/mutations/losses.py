"""Mistakes in losses and slopes."""

from __future__ import annotations

from ..arithmetic import half_up, saturate16
from ..training.losses import LOG2_E, ONE, ROOT, SoftMax, SquaredError
from ..training.slopes import Circuit

TRAINING = ("training_step",)


class SoftMaxExponentRoundedDown(SoftMax):
    """The exponent of soft-max is rounded down"""
    suites = TRAINING
    breaks = "FW-7.4.2"

    def exponent(self, distance, headroom):
        return (distance << headroom) * LOG2_E >> 10


class SoftMaxBaseTwo(SoftMax):
    """Soft-max has base 2"""
    suites = TRAINING
    breaks = "FW-7.4.2"

    def exponent(self, distance, headroom):
        return distance << headroom + 4


class SoftMaxWithoutHeadroom(SoftMax):
    """Soft-max ignores the headroom"""
    suites = TRAINING
    breaks = "FW-7.4.2"

    def exponent(self, distance, headroom):
        return super().exponent(distance, 0)


class PowersRoundedDown(SoftMax):
    """Powers of two are rounded down"""
    suites = TRAINING
    breaks = "FW-7.4.3"

    def power(self, value):
        whole, place, fraction = value >> 16, value >> 10 & 63, value & 1023
        upper, lower = self.table[place], self.table[place + 1]
        return upper - half_up((upper - lower) * fraction, 10) >> whole if whole < 16 else 0


class PowersNotInterpolated(SoftMax):
    """Powers of two are those of the table"""
    suites = TRAINING
    breaks = "FW-7.4.3"

    def power(self, value):
        return super().power(value & ~1023)


class PowersInterpolatedDown(SoftMax):
    """Powers of two are interpolated rounding down"""
    suites = TRAINING
    breaks = "FW-7.4.3"

    def power(self, value):
        whole, place, fraction = value >> 16, value >> 10 & 63, value & 1023
        upper, lower = self.table[place], self.table[place + 1]
        return half_up(upper - ((upper - lower) * fraction >> 10), whole) if whole < 16 else 0


class PowerTableRoundedDown(SoftMax):
    """The table of powers is rounded down"""
    suites = TRAINING
    breaks = "FW-7.4.1"

    def __init__(self):
        power, self.table = 1 << 30, []
        for _ in range(65):
            self.table.append(power >> 15)
            power = power * ROOT >> 30


class PowersCutEarly(SoftMax):
    """Powers below 2^-15 are 0 already"""
    suites = TRAINING
    breaks = "FW-7.4.3"

    def power(self, value):
        return super().power(value) if value >> 16 < 15 else 0


class LogarithmRoundedUp(SoftMax):
    """The logarithm's fraction is rounded the other way"""
    suites = TRAINING
    breaks = "FW-7.4.5"

    def log2(self, total):
        value = super().log2(total)
        return value - 1 if value & 1023 else value


class LogarithmOfTablePlace(SoftMax):
    """The logarithm is not interpolated"""
    suites = TRAINING
    breaks = "FW-7.4.5"

    def log2(self, total):
        return super().log2(total) + 1023 & ~1023


class LossInBits(SoftMax):
    """Cross-entropy has base 2"""
    suites = TRAINING
    breaks = "FW-7.4.6"

    def loss(self, binary):
        return max(binary, 0)


class LossMayBeNegative(SoftMax):
    """Cross-entropy is rounded down"""
    suites = TRAINING
    breaks = "FW-7.4.6"

    def loss(self, binary):
        return max(binary * 45426 >> 16, 0)


class ProbabilityRoundedDown(SoftMax):
    """Probabilities are rounded down"""
    suites = TRAINING
    breaks = "FW-7.4.4"

    def probability(self, power, total):
        return power * ONE // total


class ProbabilityOfOneMissing(SoftMax):
    """Probabilities have 32767 for 1"""
    suites = TRAINING
    breaks = "FW-7.4.4"

    def probability(self, power, total):
        return min(super().probability(power, total), 32767)


class ErrorsNegated(SoftMax):
    """Soft-max errors point uphill"""
    suites = TRAINING
    breaks = "FW-7.4.7"

    def evaluate(self, outputs, label, headroom):
        loss, errors = super().evaluate(outputs, label, headroom)
        return loss, [-error for error in errors]


class SquaredErrorWithoutHeadroom(SquaredError):
    """Squared error ignores the headroom"""
    suites = TRAINING
    breaks = "FW-7.4.8"

    def error(self, output, target, headroom):
        return super().error(output, target, 0)


class SquaredErrorUnlimited(SquaredError):
    """Errors of outputs are not saturated"""
    suites = TRAINING
    breaks = "FW-7.4.8"

    def error(self, output, target, headroom):
        return (output << 3 + headroom) - target


class OutputSaturatedFirst(SquaredError):
    """Outputs are saturated before the target is taken off"""
    suites = TRAINING
    breaks = "FW-7.4.8"

    def error(self, output, target, headroom):
        return saturate16(saturate16(output << 3 + headroom) - target)


class SquaredErrorNotHalved(SquaredError):
    """The loss is the whole squared error"""
    suites = TRAINING
    breaks = "FW-7.4.9"

    def loss(self, squares):
        return half_up(squares, 14)


class SquaredErrorRoundedDown(SquaredError):
    """The loss of squared error is rounded down"""
    suites = TRAINING
    breaks = "FW-7.4.9"

    def loss(self, squares):
        return squares >> 15


class SlopeAtRail(Circuit):
    """The slope at a rail is that of the last segment"""
    suites = TRAINING
    breaks = "FW-7.5.17"

    def at_rail(self, output, adc_bits):
        return False


class RailUnconverted(Circuit):
    """A rail is looked for where the circuit has it, not where the converter has"""
    suites = TRAINING
    breaks = "FW-7.5.17"

    def converted(self, rail, adc_bits):
        return rail


class RailExclusive(Circuit):
    """Only beyond a rail the slope is 0"""
    suites = TRAINING
    breaks = "FW-7.5.17"

    def at_rail(self, output, adc_bits):
        return output < self.converted(self.low, adc_bits) or output > self.converted(self.high, adc_bits)


class RailNotLimited(Circuit):
    """The converter's largest code is forgotten for the rail"""
    suites = TRAINING
    breaks = "FW-7.5.17"

    def converted(self, rail, adc_bits):
        return half_up(rail, 16 - adc_bits) << 16 - adc_bits


class SegmentStartExclusive(Circuit):
    """A segment begins beyond its first output"""
    suites = TRAINING
    breaks = "FW-7.5.18"

    def start(self, index):
        return super().start(index) + 1


class SegmentStartWithoutOffset(Circuit):
    """The search for a segment forgets the offset"""
    suites = TRAINING
    breaks = "FW-7.5.16"

    def start(self, index):
        return super().start(index) - self.segments[index][2]


class SegmentStartRoundedDown(Circuit):
    """The first output of a segment is rounded down"""
    suites = TRAINING
    breaks = "FW-7.5.16"

    def start(self, index):
        first, slope, offset = self.segments[index]
        return offset + (slope * first >> 11)

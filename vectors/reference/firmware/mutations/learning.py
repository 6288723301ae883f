"""Mistakes in losses, slopes, back-propagation and gradients."""

from __future__ import annotations

from ..arithmetic import half_up, saturate16, truncate
from ..training.backpropagation import BackPropagation
from ..training.errors import exponent, narrowed
from ..training.losses import LOG2_E, ONE, ROOT, SoftMax, SquaredError
from ..training.slopes import SIGMOID, Circuit
from ..training.state import LayerState
from ..training.trainer import Trainer
from ..training.transposed import ReadBackProduct, TransposedProduct

TRAINING = ("training_step",)


class SoftMaxExponentRoundedDown(SoftMax):
    """The exponent of soft-max is rounded down"""
    suites = TRAINING

    def exponent(self, distance, headroom):
        return (distance << headroom) * LOG2_E >> 10


class SoftMaxBaseTwo(SoftMax):
    """Soft-max has base 2"""
    suites = TRAINING

    def exponent(self, distance, headroom):
        return distance << headroom + 4


class SoftMaxWithoutHeadroom(SoftMax):
    """Soft-max ignores the headroom"""
    suites = TRAINING

    def exponent(self, distance, headroom):
        return super().exponent(distance, 0)


class PowersRoundedDown(SoftMax):
    """Powers of two are rounded down"""
    suites = TRAINING

    def power(self, value):
        whole, place, fraction = value >> 16, value >> 10 & 63, value & 1023
        upper, lower = self.table[place], self.table[place + 1]
        return upper - half_up((upper - lower) * fraction, 10) >> whole if whole < 16 else 0


class PowersNotInterpolated(SoftMax):
    """Powers of two are those of the table"""
    suites = TRAINING

    def power(self, value):
        return super().power(value & ~1023)


class PowersInterpolatedDown(SoftMax):
    """Powers of two are interpolated rounding down"""
    suites = TRAINING

    def power(self, value):
        whole, place, fraction = value >> 16, value >> 10 & 63, value & 1023
        upper, lower = self.table[place], self.table[place + 1]
        return half_up(upper - ((upper - lower) * fraction >> 10), whole) if whole < 16 else 0


class PowerTableRoundedDown(SoftMax):
    """The table of powers is rounded down"""
    suites = TRAINING

    def __init__(self):
        power, self.table = 1 << 30, []
        for _ in range(65):
            self.table.append(power >> 15)
            power = power * ROOT >> 30


class PowersCutEarly(SoftMax):
    """Powers below 2^-15 are 0 already"""
    suites = TRAINING

    def power(self, value):
        return super().power(value) if value >> 16 < 15 else 0


class LogarithmRoundedUp(SoftMax):
    """The logarithm's fraction is rounded the other way"""
    suites = TRAINING

    def log2(self, total):
        value = super().log2(total)
        return value - 1 if value & 1023 else value


class LogarithmOfTablePlace(SoftMax):
    """The logarithm is not interpolated"""
    suites = TRAINING

    def log2(self, total):
        return super().log2(total) + 1023 & ~1023


class LossInBits(SoftMax):
    """Cross-entropy has base 2"""
    suites = TRAINING

    def loss(self, binary):
        return max(binary, 0)


class LossMayBeNegative(SoftMax):
    """Cross-entropy is rounded down"""
    suites = TRAINING

    def loss(self, binary):
        return max(binary * 45426 >> 16, 0)


class ProbabilityRoundedDown(SoftMax):
    """Probabilities are rounded down"""
    suites = TRAINING

    def probability(self, power, total):
        return power * ONE // total


class ProbabilityOfOneMissing(SoftMax):
    """Probabilities have 32767 for 1"""
    suites = TRAINING

    def probability(self, power, total):
        return min(super().probability(power, total), 32767)


class ErrorsNegated(SoftMax):
    """Soft-max errors point uphill"""
    suites = TRAINING

    def evaluate(self, outputs, label, headroom):
        loss, errors = super().evaluate(outputs, label, headroom)
        return loss, [-error for error in errors]


class SquaredErrorWithoutHeadroom(SquaredError):
    """Squared error ignores the headroom"""
    suites = TRAINING

    def error(self, output, target, headroom):
        return super().error(output, target, 0)


class SquaredErrorUnlimited(SquaredError):
    """Errors of outputs are not saturated"""
    suites = TRAINING

    def error(self, output, target, headroom):
        return (output << 3 + headroom) - target


class OutputSaturatedFirst(SquaredError):
    """Outputs are saturated before the target is taken off"""
    suites = TRAINING

    def error(self, output, target, headroom):
        return saturate16(saturate16(output << 3 + headroom) - target)


class SquaredErrorNotHalved(SquaredError):
    """The loss is the whole squared error"""
    suites = TRAINING

    def loss(self, squares):
        return half_up(squares, 14)


class SquaredErrorRoundedDown(SquaredError):
    """The loss of squared error is rounded down"""
    suites = TRAINING

    def loss(self, squares):
        return squares >> 15


class SlopeAtRail(Circuit):
    """The slope at a rail is that of the last segment"""
    suites = TRAINING

    def at_rail(self, output, adc_bits):
        return False


class RailUnconverted(Circuit):
    """A rail is looked for where the circuit has it, not where the converter has"""
    suites = TRAINING

    def converted(self, rail, adc_bits):
        return rail


class RailExclusive(Circuit):
    """Only beyond a rail the slope is 0"""
    suites = TRAINING

    def at_rail(self, output, adc_bits):
        return output < self.converted(self.low, adc_bits) or output > self.converted(self.high, adc_bits)


class RailNotLimited(Circuit):
    """The converter's largest code is forgotten for the rail"""
    suites = TRAINING

    def converted(self, rail, adc_bits):
        return half_up(rail, 16 - adc_bits) << 16 - adc_bits


class SegmentStartExclusive(Circuit):
    """A segment begins beyond its first output"""
    suites = TRAINING

    def start(self, index):
        return super().start(index) + 1


class SegmentStartWithoutOffset(Circuit):
    """The search for a segment forgets the offset"""
    suites = TRAINING

    def start(self, index):
        return super().start(index) - self.segments[index][2]


class SegmentStartRoundedDown(Circuit):
    """The first output of a segment is rounded down"""
    suites = TRAINING

    def start(self, index):
        first, slope, offset = self.segments[index]
        return offset + (slope * first >> 11)


class ForgetGradientAfter(BackPropagation):
    """The forget gate's error takes the cell state after the step"""
    suites = TRAINING

    def forget_factor(self, step, k):
        return step.cell_after[k]


class CandidateSigmoidSlope(BackPropagation):
    """The candidate's slope is that of the sigmoid circuit"""
    suites = TRAINING

    def slope(self, circuit, output):
        return super().slope(SIGMOID, output)


class ProductsRoundedDown(BackPropagation):
    """Products of errors are rounded down"""
    suites = TRAINING

    def product(self, a, b, shift):
        return super().product(a * b >> shift, 1, 0)


class ProductsToZero(BackPropagation):
    """Products of errors are rounded toward zero"""
    suites = TRAINING

    def product(self, a, b, shift):
        return super().product(truncate(a * b, 1 << shift), 1, 0)


class ProductsOfErrorsWrap(BackPropagation):
    """Products of errors wrap"""
    suites = TRAINING

    def product(self, a, b, shift):
        return (half_up(a * b, shift) + (1 << 31) & 0xFFFFFFFF) - (1 << 31)


class CellErrorLost(BackPropagation):
    """The cell's error is not carried to the step before"""
    suites = TRAINING

    def cells(self, step, state_errors, cell_errors):
        gates, errors = super().cells(step, state_errors, cell_errors)
        return gates, [0] * len(errors)


class OutputGateLost(BackPropagation):
    """The output gate learns nothing"""
    suites = TRAINING

    def cells(self, step, state_errors, cell_errors):
        gates, errors = super().cells(step, state_errors, cell_errors)
        quarter = len(gates) // 4
        return gates[: 3 * quarter] + [0] * quarter, errors


class GradientGateOrder(BackPropagation):
    """Errors of gates are ordered i, f, o, g"""
    suites = TRAINING

    def cells(self, step, state_errors, cell_errors):
        gates, errors = super().cells(step, state_errors, cell_errors)
        h = len(gates) // 4
        return gates[: 2 * h] + gates[3 * h :] + gates[2 * h : 3 * h], errors


class TruncationIgnored(BackPropagation):
    """Errors go back to the first step"""
    suites = TRAINING

    def first_step(self, length):
        return 0


class TruncationOffByOne(BackPropagation):
    """Errors go back one step too far"""
    suites = TRAINING

    def first_step(self, length):
        return max(super().first_step(length) - 1, 0)


class TruncationZeroStopsAll(BackPropagation):
    """A truncation of 0 stops after one step"""
    suites = TRAINING

    def first_step(self, length):
        return super().first_step(length) or (length - 1 if self.state.settings.truncation == 0 else 0)


class GradientShiftOffByOne(BackPropagation):
    """Gradients are half as large"""
    suites = TRAINING

    def scaled(self, value, shift):
        return super().scaled(value, shift - 1)


class GradientRoundedDown(BackPropagation):
    """Contributions to gradients are rounded down"""
    suites = TRAINING

    def scaled(self, value, shift):
        return super().scaled(value << 10 >> 10, shift) if shift >= 10 else value >> 10 - shift


class GradientsWrap(BackPropagation):
    """Gradients wrap"""
    suites = TRAINING

    def accumulate(self, state, lines, errors):
        before, state.gradients = state.gradients, [0] * len(state.gradients)
        super().accumulate(state, lines, errors)
        state.gradients = [(a + b + (1 << 31) & 0xFFFFFFFF) - (1 << 31) for a, b in zip(before, state.gradients)]


class GradientsTransposed(BackPropagation):
    """The outer product is summed column by column"""
    suites = TRAINING

    def accumulate(self, state, lines, errors):
        rows, columns = state.layer.rows, state.layer.columns
        before, state.gradients = state.gradients, [0] * len(state.gradients)
        super().accumulate(state, lines, errors)
        found = [state.gradients[row * columns + column] for column in range(columns) for row in range(rows)]
        state.gradients = [a + b for a, b in zip(before, found)]


class ErrorsNotNarrowed(BackPropagation):
    """Errors enter the outer product with all their bits"""
    suites = TRAINING

    def accumulate(self, state, lines, errors):
        columns = state.layer.columns
        for row, line in enumerate(lines):
            for column, error in enumerate(errors):
                state.gradients[row * columns + column] += half_up(line * error, 10)


class NarrowedErrorsCarried(BackPropagation):
    """The dense errors are narrowed before they are carried back"""
    suites = TRAINING

    def outputs(self, lines, errors, state_errors):
        shift = exponent(errors, 127) or 0
        super().outputs(lines, [error << shift for error in narrowed(errors, shift)], state_errors)


class DenseErrorCarriedAlways(BackPropagation):
    """Dense errors of 0 are carried back as well"""
    suites = TRAINING

    def outputs(self, lines, errors, state_errors):
        if any(errors):
            super().outputs(lines, errors, state_errors)
        else:
            self.state.dense.layer.tile.drive_columns(errors)


class TransposedWithoutHeadroom(TransposedProduct):
    """The transposed product ignores the headroom"""
    suites = TRAINING

    def scaled(self, steps, full_scale, headroom, shift):
        return super().scaled(steps, full_scale, 0, shift)


class TransposedRoundedDown(TransposedProduct):
    """The transposed product is rounded down"""
    suites = TRAINING

    def scaled(self, steps, full_scale, headroom, shift):
        return steps * full_scale << headroom + shift >> 12


class TransposedOfPowerOfTwo(TransposedProduct):
    """Full scale is taken for a power of two in the transposed product"""
    suites = TRAINING

    def scaled(self, steps, full_scale, headroom, shift):
        return super().scaled(steps, full_scale + 1, headroom, shift)


class ReadBackWithoutWindow(ReadBackProduct):
    """Weights read back are taken for shares of 1"""
    suites = TRAINING

    def scaled(self, total, window):
        return half_up(total, 15)


class ReadBackRoundedOnce(ReadBackProduct):
    """The product with weights read back is rounded once"""
    suites = TRAINING

    def scaled(self, total, window):
        return half_up(total * window, 23)


class ReadBackSaturated(ReadBackProduct):
    """Weights read back are limited to the window"""
    suites = TRAINING

    def refresh(self, state):
        super().refresh(state)
        state.shares[:] = map(saturate16, state.shares)


class ReadBackOnce(Trainer):
    """Weights are not read back after an update"""
    suites = TRAINING

    def update(self, times):
        read_back, self.read_back = self.read_back, None
        super().update(times)
        self.read_back = read_back


class RecurrentRowsFromZero(LayerState):
    """The recurrent rows are taken from row 0 on"""
    suites = TRAINING

    def __init__(self, layer, recurrent_rows, settings):
        super().__init__(layer, range(len(recurrent_rows)), settings)


class SquaredErrorAtEndOnly(Trainer):
    """Squared error counts at the last step only"""
    suites = TRAINING

    def forward_to_targets(self, steps, take):
        loss, notes = super().forward_to_targets(steps, take)
        notes.output_errors = {steps - 1: notes.output_errors[steps - 1]}
        return loss, notes


class TargetsBeforeInputs(Trainer):
    """Targets are taken before the step's reading of the outputs"""
    suites = TRAINING

    def forward_to_targets(self, steps, take):
        queue = []

        def taken(count):
            if not queue:
                queue.extend([take(self.network.outputs), take(self.network.inputs)])
            return queue.pop()

        return super().forward_to_targets(steps, taken)

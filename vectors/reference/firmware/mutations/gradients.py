"""Mistakes in back-propagation and gradients."""

from __future__ import annotations

from ..arithmetic import half_up, saturate16, truncate
from ..training.backpropagation import BackPropagation
from ..training.errors import exponent, narrowed
from ..training.slopes import SIGMOID
from ..training.state import LayerState
from ..training.trainer import Trainer
from ..training.transposed import ReadBackProduct, TransposedProduct

TRAINING = ("training_step",)


class ForgetGradientAfter(BackPropagation):
    """The forget gate's error takes the cell state after the step"""
    suites = TRAINING
    breaks = "FW-7.5.10"

    def forget_factor(self, step, k):
        return step.cell_after[k]


class CandidateSigmoidSlope(BackPropagation):
    """The candidate's slope is that of the sigmoid circuit"""
    suites = TRAINING
    breaks = "FW-7.5.11"

    def slope(self, circuit, output):
        return super().slope(SIGMOID, output)


class ProductsRoundedDown(BackPropagation):
    """Products of errors are rounded down"""
    suites = TRAINING
    breaks = "FW-7.5.1"

    def product(self, a, b, shift):
        return super().product(a * b >> shift, 1, 0)


class ProductsToZero(BackPropagation):
    """Products of errors are rounded toward zero"""
    suites = TRAINING
    breaks = "FW-7.5.1"

    def product(self, a, b, shift):
        return super().product(truncate(a * b, 1 << shift), 1, 0)


class ProductsOfErrorsWrap(BackPropagation):
    """Products of errors wrap"""
    suites = TRAINING
    breaks = "FW-7.5.1"

    def product(self, a, b, shift):
        return (half_up(a * b, shift) + (1 << 31) & 0xFFFFFFFF) - (1 << 31)


class CellErrorLost(BackPropagation):
    """The cell's error is not carried to the step before"""
    suites = TRAINING
    breaks = "FW-7.5.13"

    def cells(self, step, state_errors, cell_errors):
        gates, errors = super().cells(step, state_errors, cell_errors)
        return gates, [0] * len(errors)


class OutputGateLost(BackPropagation):
    """The output gate learns nothing"""
    suites = TRAINING
    breaks = "FW-7.5.12"

    def cells(self, step, state_errors, cell_errors):
        gates, errors = super().cells(step, state_errors, cell_errors)
        quarter = len(gates) // 4
        return gates[: 3 * quarter] + [0] * quarter, errors


class GradientGateOrder(BackPropagation):
    """Errors of gates are ordered i, f, o, g"""
    suites = TRAINING
    breaks = "FW-7.5.14"

    def cells(self, step, state_errors, cell_errors):
        gates, errors = super().cells(step, state_errors, cell_errors)
        h = len(gates) // 4
        return gates[: 2 * h] + gates[3 * h :] + gates[2 * h : 3 * h], errors


class TruncationIgnored(BackPropagation):
    """Errors go back to the first step"""
    suites = TRAINING
    breaks = "FW-7.5.3"

    def first_step(self, length):
        return 0


class TruncationOffByOne(BackPropagation):
    """Errors go back one step too far"""
    suites = TRAINING
    breaks = "FW-7.5.3"

    def first_step(self, length):
        return max(super().first_step(length) - 1, 0)


class TruncationZeroStopsAll(BackPropagation):
    """A truncation of 0 stops after one step"""
    suites = TRAINING
    breaks = "FW-7.5.3"

    def first_step(self, length):
        return super().first_step(length) or (length - 1 if self.state.settings.truncation == 0 else 0)


class GradientShiftOffByOne(BackPropagation):
    """Gradients are half as large"""
    suites = TRAINING
    breaks = "FW-7.6.1"

    def scaled(self, value, shift):
        return super().scaled(value, shift - 1)


class GradientRoundedDown(BackPropagation):
    """Contributions to gradients are rounded down"""
    suites = TRAINING
    breaks = "FW-7.6.1"

    def scaled(self, value, shift):
        return super().scaled(value << 10 >> 10, shift) if shift >= 10 else value >> 10 - shift


class GradientsWrap(BackPropagation):
    """Gradients wrap"""
    suites = TRAINING
    breaks = "FW-7.6.2"

    def accumulate(self, state, lines, errors):
        before, state.gradients = state.gradients, [0] * len(state.gradients)
        super().accumulate(state, lines, errors)
        state.gradients = [(a + b + (1 << 31) & 0xFFFFFFFF) - (1 << 31) for a, b in zip(before, state.gradients)]


class GradientsTransposed(BackPropagation):
    """The outer product is summed column by column"""
    suites = TRAINING
    breaks = "FW-7.6.1"

    def accumulate(self, state, lines, errors):
        rows, columns = state.layer.rows, state.layer.columns
        before, state.gradients = state.gradients, [0] * len(state.gradients)
        super().accumulate(state, lines, errors)
        found = [state.gradients[row * columns + column] for column in range(columns) for row in range(rows)]
        state.gradients = [a + b for a, b in zip(before, found)]


class ErrorsNotNarrowed(BackPropagation):
    """Errors enter the outer product with all their bits"""
    suites = TRAINING
    breaks = "FW-7.5.2"

    def accumulate(self, state, lines, errors):
        columns = state.layer.columns
        for row, line in enumerate(lines):
            for column, error in enumerate(errors):
                state.gradients[row * columns + column] += half_up(line * error, 10)


class NarrowedErrorsCarried(BackPropagation):
    """The dense errors are narrowed before they are carried back"""
    suites = TRAINING
    breaks = "FW-7.5.5"

    def outputs(self, lines, errors, state_errors):
        shift = exponent(errors, 127) or 0
        super().outputs(lines, [error << shift for error in narrowed(errors, shift)], state_errors)


class DenseErrorCarriedAlways(BackPropagation):
    """Dense errors of 0 are carried back as well"""
    suites = TRAINING
    breaks = "FW-7.5.6"

    def outputs(self, lines, errors, state_errors):
        if any(errors):
            super().outputs(lines, errors, state_errors)
        else:
            self.state.dense.layer.tile.drive_columns(errors)


class TransposedWithoutHeadroom(TransposedProduct):
    """The transposed product ignores the headroom"""
    suites = TRAINING
    breaks = "FW-7.8.2"

    def scaled(self, steps, full_scale, headroom, shift):
        return super().scaled(steps, full_scale, 0, shift)


class TransposedRoundedDown(TransposedProduct):
    """The transposed product is rounded down"""
    suites = TRAINING
    breaks = "FW-7.8.2"

    def scaled(self, steps, full_scale, headroom, shift):
        return steps * full_scale << headroom + shift >> 12


class TransposedOfPowerOfTwo(TransposedProduct):
    """Full scale is taken for a power of two in the transposed product"""
    suites = TRAINING
    breaks = "FW-7.8.2"

    def scaled(self, steps, full_scale, headroom, shift):
        return super().scaled(steps, full_scale + 1, headroom, shift)


class ReadBackWithoutWindow(ReadBackProduct):
    """Weights read back are taken for shares of 1"""
    suites = TRAINING
    breaks = "FW-7.8.3"

    def scaled(self, total, window):
        return half_up(total, 15)


class ReadBackRoundedOnce(ReadBackProduct):
    """The product with weights read back is rounded once"""
    suites = TRAINING
    breaks = "FW-7.8.3"

    def scaled(self, total, window):
        return half_up(total * window, 23)


class ReadBackSaturated(ReadBackProduct):
    """Weights read back are limited to the window"""
    suites = TRAINING
    breaks = "FW-7.9.1"

    def refresh(self, state):
        super().refresh(state)
        state.shares[:] = map(saturate16, state.shares)


class ReadBackOnce(Trainer):
    """Weights are not read back after an update"""
    suites = TRAINING
    breaks = "FW-7.7.1"

    def update(self, times):
        read_back, self.read_back = self.read_back, None
        super().update(times)
        self.read_back = read_back


class RecurrentRowsFromZero(LayerState):
    """The recurrent rows are taken from row 0 on"""
    suites = TRAINING
    breaks = "FW-7.8.1"

    def __init__(self, layer, recurrent_rows, settings):
        super().__init__(layer, range(len(recurrent_rows)), settings)


class SquaredErrorAtEndOnly(Trainer):
    """Squared error counts at the last step only"""
    suites = TRAINING
    breaks = "FW-7.5.4"

    def forward_to_targets(self, steps, take):
        loss, notes = super().forward_to_targets(steps, take)
        notes.output_errors = {steps - 1: notes.output_errors[steps - 1]}
        return loss, notes


class TargetsBeforeInputs(Trainer):
    """Targets are taken before the step's reading of the outputs"""
    suites = TRAINING
    breaks = "FW-7.3.2"

    def forward_to_targets(self, steps, take):
        queue = []

        def taken(count):
            if not queue:
                queue.extend([take(self.network.outputs), take(self.network.inputs)])
            return queue.pop()

        return super().forward_to_targets(steps, taken)

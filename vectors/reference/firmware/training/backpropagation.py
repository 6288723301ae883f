"""Back-propagation through time (sections 7.5 and 7.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Union

from ..arithmetic import half_up, saturate32
from ..lstm import Step
from .errors import exponent, narrowed
from .slopes import SIGMOID, TANH, Circuit
from .state import LayerState, TrainingState
from .transposed import ReadBackProduct, TransposedProduct

NARROW = 32767
GRADIENT_SHIFT = 10  # from 2^-24 to the gradients' 2^-14


@dataclass
class Notes:
    """A forward pass as noted. The dense notes are by time step, only where there is a loss."""

    steps: list[Step] = field(default_factory=list)
    dense_lines: dict[int, list[int]] = field(default_factory=dict)
    output_errors: dict[int, list[int]] = field(default_factory=dict)


class BackPropagation:
    def __init__(self, state: TrainingState, circuits: Sequence[Circuit],
                 path: Union[TransposedProduct, ReadBackProduct]):
        self.state = state
        self.circuits = circuits
        self.path = path
        self.adc_bits = state.lstm.layer.tile.adc_bits

    def run(self, notes: Notes) -> None:
        hidden = len(notes.steps[0].cell_before)
        state_errors, cell_errors = [0] * hidden, [0] * hidden
        first = self.first_step(len(notes.steps))
        for time in range(len(notes.steps) - 1, first - 1, -1):
            if time in notes.output_errors:
                self.outputs(notes.dense_lines[time], notes.output_errors[time], state_errors)
            gates, cell_errors = self.cells(notes.steps[time], state_errors, cell_errors)
            self.accumulate(self.state.lstm, notes.steps[time].lines, gates)
            state_errors = [0] * hidden
            if time > first:
                self.path.add(self.state.lstm, gates, state_errors)

    def first_step(self, length: int) -> int:
        truncation = self.state.settings.truncation
        return max(length - truncation, 0) if truncation > 0 else 0

    def outputs(self, lines: Sequence[int], errors: Sequence[int], state_errors: list[int]) -> None:
        if any(errors):
            self.accumulate(self.state.dense, lines, errors)
            self.path.add(self.state.dense, errors, state_errors)

    def cells(self, step: Step, state_errors: Sequence[int], cell_errors: Sequence[int]) -> tuple[list[int], list[int]]:
        """The errors of the pre-activations, gates i, f, g, o, and of the cells one step before."""
        columns = [self.cell(step, k, *errors) for k, errors in enumerate(zip(state_errors, cell_errors))]
        return [column[gate] for gate in range(4) for column in columns], [column[4] for column in columns]

    def cell(self, step: Step, k: int, state_error: int, cell_error: int) -> tuple[int, ...]:
        i, f, g, o = step.input[k], step.forget[k], step.candidate[k], step.output[k]
        through_gate = self.product(state_error, o, 15)
        error = saturate32(cell_error + self.product(through_gate, step.tanh_slopes[k], 14))
        return (
            self.product(self.product(error, g, 15), self.slope(SIGMOID, i), 14),
            self.product(self.product(error, self.forget_factor(step, k), 12), self.slope(SIGMOID, f), 14),
            self.product(self.product(error, i, 15), self.slope(TANH, g), 14),
            self.product(self.product(state_error, step.tanh[k], 15), self.slope(SIGMOID, o), 14),
            self.product(error, f, 15),
        )

    def product(self, a: int, b: int, shift: int) -> int:
        return saturate32(half_up(a * b, shift))

    def forget_factor(self, step: Step, k: int) -> int:
        return step.cell_before[k]

    def slope(self, circuit: int, output: int) -> int:
        return self.circuits[circuit].slope(output, self.adc_bits)

    def accumulate(self, state: LayerState, lines: Sequence[int], errors: Sequence[int]) -> None:
        """Adds the outer product of line codes and errors to the gradients."""
        shift = exponent(errors, NARROW)
        if shift is None:
            return
        columns, numbers = state.layer.columns, narrowed(errors, shift)
        for row, line in enumerate(lines):
            for column, number in enumerate(numbers):
                place = row * columns + column
                state.gradients[place] = saturate32(state.gradients[place] + self.scaled(line * number, shift))

    def scaled(self, value: int, shift: int) -> int:
        shift -= GRADIENT_SHIFT
        return saturate32(value << shift) if shift >= 0 else half_up(value, -shift)

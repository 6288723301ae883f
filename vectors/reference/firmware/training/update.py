"""A step of stochastic gradient descent, with momentum, and its pulses (section 7.7)."""

from __future__ import annotations

from collections.abc import Sequence

from ..arithmetic import clamp, half_up, saturate32
from .rules import Rule
from .state import LayerState, TrainingState

LARGEST_RESIDUAL = 0x7FFF_FFFF


class Update:
    def run(self, state: TrainingState, rules: Sequence[Rule]) -> None:
        """`rules` are those of the LSTM's and of the dense layer."""
        state.pending = 0
        layers = (state.lstm, state.dense)
        for layer in layers:
            self.step(layer, state.settings.momentum)
        for layer, rule in zip(layers, rules):
            self.pulse(layer, rule)

    def step(self, state: LayerState, momentum: int) -> None:
        gradients, state.gradients = state.gradients, [0] * len(state.gradients)
        if state.scale is None:
            return
        for place, gradient in enumerate(gradients):
            if momentum > 0:
                gradient = state.velocities[place] = self.velocity(state.velocities[place], gradient, momentum)
            if gradient != 0:
                state.residuals[place] = self.residual(state.residuals[place], state.scale.apply(gradient))

    def velocity(self, velocity: int, gradient: int, momentum: int) -> int:
        return saturate32(velocity - half_up(velocity, momentum) + gradient)

    def residual(self, residual: int, step: int) -> int:
        return clamp(residual - step, -LARGEST_RESIDUAL, LARGEST_RESIDUAL)

    def pulse(self, state: LayerState, rule: Rule) -> None:
        columns = state.layer.columns
        state.layer.tile.unlock()
        for row in range(state.layer.rows):
            place = slice(row * columns, (row + 1) * columns)
            taken = [rule.take(residual) for residual in state.residuals[place]]
            state.residuals[place] = [left for _, left in taken]
            moves = [move for move, _ in taken]
            if any(moves):
                rule.pulse(row, moves)
        state.layer.tile.lock()

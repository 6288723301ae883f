"""Training of the network by sequences (sections 7.1 to 7.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Optional

from ..network import Network
from ..parts import Parts
from ..program_verify import Programmer
from ..weights import Layer, PulseTimes
from .backpropagation import BackPropagation, Notes
from .feedback import FeedbackLayer
from .feedback_rule import ErrorFeedback, FeedbackUpdate
from .losses import LARGEST_LOSS, SoftMax, SquaredError
from .ramp import Ramp
from .rules import Accumulate, FixedVoltage, Linear, Rule, Target
from .slopes import Circuit
from .state import CROSS_ENTROPY, ERROR_FEEDBACK, READ_BACK, LayerState, Settings, TrainingState
from .transposed import ReadBackProduct, TransposedProduct
from .update import Update

TakeSignals = Callable[[int], Sequence[int]]

RULES: tuple[type[Rule], ...] = (Accumulate, FixedVoltage, Linear, Target, ErrorFeedback)


class Trainer:
    def __init__(self, network: Network, circuits: Sequence[Circuit], settings: Settings, parts: Parts) -> None:
        self.network = network
        self.settings = settings
        self.parts = parts
        lstm, dense = network.lstm.layer, network.dense.layer
        rows = range(network.hidden)
        recurrent = range(network.inputs, network.inputs + network.hidden)
        self.state = parts[TrainingState](settings, self.layer(lstm, recurrent), self.layer(dense, rows))
        self.ramp: Ramp = parts[Ramp]()
        self.read_back: Optional[ReadBackProduct] = None
        if settings.path == READ_BACK:
            self.read_back = parts[ReadBackProduct](network.verifier)
            self.refresh()
        path = self.read_back or parts[TransposedProduct]()
        self.back_propagation = parts[BackPropagation](self.state, circuits, path)

    @property
    def has_feedback(self) -> bool:
        return self.settings.rule == ERROR_FEEDBACK

    def layer(self, layer: Layer, recurrent_rows: range) -> LayerState:
        if self.has_feedback:
            return self.parts[FeedbackLayer](layer, recurrent_rows, self.settings, self.parts)
        return self.parts[LayerState](layer, recurrent_rows, self.settings)

    def refresh(self) -> None:
        """Reads the recurrent weights back, if the errors go by them."""
        if self.read_back:
            for layer in (self.state.lstm, self.state.dense):
                self.read_back.refresh(layer)

    def set_rate(self, rate: int, done: int = 0, updates: int = 0) -> None:
        self.ramp = self.parts[Ramp](rate, done, updates)

    def report(self) -> list[int]:
        return self.state.lstm.report(self.ramp) + self.state.dense.report(self.ramp)

    def words_per_step(self) -> list[int]:
        """How many signals a step brings: inputs, and targets where there is an error at each step."""
        return [self.network.inputs] + ([self.network.outputs] if self.settings.loss != CROSS_ENTROPY else [])

    def train(self, steps: int, label: int, take: TakeSignals, times: PulseTimes) -> int:
        """One sequence; updates the weights when the batch is full. Returns the loss."""
        if self.settings.loss == CROSS_ENTROPY:
            loss, notes = self.forward_to_class(steps, label, take)
        else:
            loss, notes = self.forward_to_targets(steps, take)
        self.back_propagation.run(notes)
        self.state.pending += 1
        if self.batch_is_full():
            self.update(times)
        return loss

    def batch_is_full(self) -> bool:
        return self.state.pending == self.settings.batch

    def forward_to_class(self, steps: int, label: int, take: TakeSignals) -> tuple[int, Notes]:
        network, notes = self.network, Notes()
        network.lstm.reset()
        for _ in range(steps):
            notes.steps.append(network.lstm.step(take(network.inputs), with_slopes=True))
        outputs = network.dense.read(network.lstm.state)
        loss, errors = self.parts[SoftMax]().evaluate(outputs, label, network.dense.layer.headroom)
        notes.dense_lines[steps - 1] = network.dense.lines
        notes.output_errors[steps - 1] = errors
        return loss, notes

    def forward_to_targets(self, steps: int, take: TakeSignals) -> tuple[int, Notes]:
        network, notes, loss = self.network, Notes(), 0
        squared_error = self.parts[SquaredError]()
        network.lstm.reset()
        for time in range(steps):
            notes.steps.append(network.lstm.step(take(network.inputs), with_slopes=True))
            outputs = network.dense.read(network.lstm.state)
            targets = take(network.outputs)
            step_loss, errors = squared_error.evaluate(outputs, targets, network.dense.layer.headroom)
            loss = min(loss + step_loss, LARGEST_LOSS)
            notes.dense_lines[time] = network.dense.lines
            notes.output_errors[time] = errors
        return loss, notes

    def update(self, times: PulseTimes) -> None:
        layers = (self.state.lstm, self.state.dense)
        for layer in layers:
            layer.set_rate(self.ramp.now(), self.settings.batch)
        rules = [self.rule(layer.layer, times) for layer in layers]
        self.parts[FeedbackUpdate if self.has_feedback else Update]().run(self.state, rules)
        self.ramp.advance()
        self.refresh()

    def rule(self, layer: Layer, times: PulseTimes) -> Rule:
        programmer = self.parts[Programmer](layer, times, self.network.verifier, self.parts)
        return self.parts[RULES[self.settings.rule]](programmer, self.settings, self.ramp)

"""Training of the network by sequences (sections 7.1 to 7.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Optional

from ..network import Network
from ..parts import Parts
from ..program_verify import Programmer
from ..weights import PulseTimes
from .backpropagation import BackPropagation, Notes
from .losses import LARGEST_LOSS, SoftMax, SquaredError
from .rules import RULES
from .slopes import Circuit
from .state import CROSS_ENTROPY, READ_BACK, LayerState, Settings, TrainingState
from .transposed import ReadBackProduct, TransposedProduct
from .update import Update

TakeSignals = Callable[[int], Sequence[int]]


class Trainer:
    def __init__(self, network: Network, circuits: Sequence[Circuit], settings: Settings, parts: Parts) -> None:
        self.network = network
        self.settings = settings
        self.parts = parts
        lstm, dense = network.lstm.layer, network.dense.layer
        rows = range(network.hidden)
        recurrent = range(network.inputs, network.inputs + network.hidden)
        self.state = parts[TrainingState](settings, parts[LayerState](lstm, recurrent, settings),
                                          parts[LayerState](dense, rows, settings))
        self.read_back: Optional[ReadBackProduct] = None
        if settings.path == READ_BACK:
            self.read_back = parts[ReadBackProduct](network.verifier)
            self.refresh()
        path = self.read_back or parts[TransposedProduct]()
        self.back_propagation = parts[BackPropagation](self.state, circuits, path)

    def refresh(self) -> None:
        """Reads the recurrent weights back, if the errors go by them."""
        if self.read_back:
            for layer in (self.state.lstm, self.state.dense):
                self.read_back.refresh(layer)

    def set_rate(self, rate: int) -> None:
        for layer in (self.state.lstm, self.state.dense):
            layer.set_rate(rate, self.settings.batch)

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
        rule = self.parts[RULES[self.settings.rule]]
        layers = (self.state.lstm.layer, self.state.dense.layer)
        programmers = [self.parts[Programmer](layer, times, self.network.verifier, self.parts) for layer in layers]
        self.parts[Update]().run(self.state, [rule(programmer, self.settings) for programmer in programmers])
        self.refresh()

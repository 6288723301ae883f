"""The requests of training (sections 2.2 and 7)."""

from __future__ import annotations

from collections.abc import Mapping

from ..arithmetic import pair_count
from ..commands import Command
from ..controller import Controller
from ..network import Network
from ..requests import OUT_OF_MEMORY, Answer, Refusal, Request, need
from .state import MEMORY, Settings
from .trainer import Trainer

RATES = range(0x1000_0000)
UPDATES = range(1, 1 << 32)


class TrainingCommands:
    def __init__(self, controller: Controller) -> None:
        self.controller = controller

    def table(self) -> Mapping[int, Command]:
        return {11: self.configure_training, 12: self.set_rate, 13: self.train, 14: self.update,
                16: self.export_state, 17: self.import_state, 23: self.report}

    def network(self) -> Network:
        need(self.controller.network)
        return self.controller.network

    def trainer(self) -> Trainer:
        need(self.controller.trainer)
        return self.controller.trainer

    def configure_training(self, request: Request, answer: Answer) -> None:
        controller, network = self.controller, self.network()
        kind = controller.parts[Settings]
        rule = request.take_in(kind.RULES)
        settings = kind(rule, *[request.take_in(allowed) for allowed in kind.ranges(rule)])
        request.end()
        memory = settings.memory(network)
        if memory > MEMORY:
            raise Refusal(OUT_OF_MEMORY, [min(memory, 0xFFFF_FFFF), MEMORY])
        controller.drop_other_trainer()
        controller.trainer = controller.parts[Trainer](network, controller.circuits, settings, controller.parts)
        answer.done()

    def set_rate(self, request: Request, answer: Answer) -> None:
        rate = request.take_in(RATES)
        ramp = [request.take(), request.take_in(UPDATES)] if request.left else []
        request.end()
        self.network()
        self.trainer().set_rate(rate, *ramp)
        answer.done()

    def train(self, request: Request, answer: Answer) -> None:
        trainer, times = self.trainer(), self.controller.pulse_times
        need(times)
        steps = request.take_in(range(1, trainer.settings.longest + 1))
        label = request.take_in(range(self.network().outputs))
        request.expect_left(steps * sum(map(pair_count, trainer.words_per_step())))
        loss = trainer.train(steps, label, request.take_numbers, times)
        self.controller.expect_no_errors()
        answer.done(loss, self.network().dense.winner())

    def update(self, request: Request, answer: Answer) -> None:
        request.end()
        trainer, times = self.trainer(), self.controller.pulse_times
        need(times)
        if trainer.state.pending > 0:
            trainer.update(times)
        self.controller.expect_no_errors()
        answer.done()

    def report(self, request: Request, answer: Answer) -> None:
        request.end()
        self.network()
        answer.done(*self.trainer().report())

    def export_state(self, request: Request, answer: Answer) -> None:
        request.end()
        answer.done(*self.trainer().state.export())

    def import_state(self, request: Request, answer: Answer) -> None:
        state = self.trainer().state
        request.expect_left(state.size())
        state.load([request.take() for _ in range(state.size())])
        answer.done()

"""Mistakes in what training keeps and in its requests."""

from __future__ import annotations

from ..arithmetic import unsigned32
from ..training.commands import TrainingCommands
from ..training.state import Settings, TrainingState

TRAINING = ("training_step",)


class ExportByKind(TrainingState):
    """Residuals of both layers stand before velocities"""
    suites = TRAINING
    breaks = "FW-7.10.1"

    def export(self):
        layers, kinds = (self.lstm, self.dense), ("residuals", "velocities", "shares")
        return [unsigned32(number) for kind in kinds for layer in layers for number in getattr(layer, kind)]


class ExportWithoutShares(TrainingState):
    """Weights read back are not exported"""
    suites = TRAINING
    breaks = "FW-7.10.1"

    def export(self):
        return [word for layer in (self.lstm, self.dense) for word in layer.kept()]


class ImportKeepsGradients(TrainingState):
    """Gradients outlive an import"""
    suites = TRAINING
    breaks = "FW-7.10.2"

    def load(self, words):
        gradients = [self.lstm.gradients, self.dense.gradients]
        super().load(words)
        self.lstm.gradients, self.dense.gradients = gradients


class ImportKeepsPending(TrainingState):
    """The place in the batch outlives an import"""
    suites = TRAINING
    breaks = "FW-7.10.2"

    def load(self, words):
        pending = self.pending
        super().load(words)
        self.pending = pending


class TrainerLostByMemory(TrainingCommands):
    """Training that does not fit takes the earlier one away"""
    suites = TRAINING
    breaks = "FW-7.1.2"

    def configure_training(self, request, answer):
        self.controller.trainer = None
        super().configure_training(request, answer)


class RateOutlivesTraining(TrainingCommands):
    """A new training keeps the earlier rate"""
    suites = TRAINING
    breaks = "FW-7.1.3"

    def configure_training(self, request, answer):
        earlier = self.controller.trainer
        super().configure_training(request, answer)
        if earlier:
            self.controller.trainer.ramp = earlier.ramp


class EmptyUpdatePulses(TrainingCommands):
    """An update without sequences is carried out"""
    suites = TRAINING
    breaks = "FW-2.2.15"

    def update(self, request, answer):
        if self.controller.trainer and self.controller.pulse_times:
            self.controller.trainer.state.pending += 1
        super().update(request, answer)


class MemoryWithoutVelocities(Settings):
    """Velocities take no memory"""
    suites = TRAINING
    breaks = "FW-7.1.2"

    def memory(self, network):
        weights = sum(layer.rows * layer.columns for layer in network.layers)
        return super().memory(network) - (4 * weights if self.momentum > 0 else 0)


class MemoryWithoutShares(Settings):
    """Weights read back take no memory"""
    suites = TRAINING
    breaks = "FW-7.1.2"

    def shares(self, network):
        return 0


class MemoryOfSixHidden(Settings):
    """The notes of a step have six numbers a cell"""
    suites = TRAINING
    breaks = "FW-7.1.2"

    def notes(self, network):
        return super().notes(network) - 2 * self.longest * network.hidden

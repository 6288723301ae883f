"""Mistakes in what training keeps and in its requests."""

from __future__ import annotations

from ..training.commands import TrainingCommands
from ..training.state import READ_BACK, Settings, TrainingState

TRAINING = ("training_step",)


class ExportByKind(TrainingState):
    """Residuals of both layers stand before velocities"""
    suites = TRAINING
    breaks = "FW-7.10.1"

    def _lists(self):
        layers = [self.lstm, self.dense]
        kinds = ("residuals", "velocities", "shares")
        return [getattr(layer, kind) for kind in kinds for layer in layers]


class ExportWithoutShares(TrainingState):
    """Weights read back are not exported"""
    suites = TRAINING
    breaks = "FW-7.10.1"

    def _lists(self):
        return super()._lists()[:-2]


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
            for old, new in ((earlier.state.lstm, self.controller.trainer.state.lstm),
                             (earlier.state.dense, self.controller.trainer.state.dense)):
                new.scale = old.scale


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

    def memory(self, inputs, hidden, outputs):
        weights = 4 * hidden * (inputs + hidden + 1) + (hidden + 1) * outputs
        return super().memory(inputs, hidden, outputs) - (4 * weights if self.momentum > 0 else 0)


class MemoryWithoutShares(Settings):
    """Weights read back take no memory"""
    suites = TRAINING
    breaks = "FW-7.1.2"

    def memory(self, inputs, hidden, outputs):
        shares = 4 * hidden * (4 * hidden + outputs)
        return super().memory(inputs, hidden, outputs) - (shares if self.path == READ_BACK else 0)


class MemoryOfSixHidden(Settings):
    """The notes of a step have six numbers a cell"""
    suites = TRAINING
    breaks = "FW-7.1.2"

    def memory(self, inputs, hidden, outputs):
        return super().memory(inputs, hidden, outputs) - 2 * self.longest * hidden

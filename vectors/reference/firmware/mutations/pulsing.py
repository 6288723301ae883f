"""Mistakes in the update, its rules and the state of training."""

from __future__ import annotations

from fractions import Fraction

from ..arithmetic import Requantizer, requantizer, saturate16, saturate32
from ..training.commands import TrainingCommands
from ..training.rules import FRACTION, Accumulate, FixedVoltage, Linear, Target
from ..training.state import READ_BACK, LayerState, Settings, TrainingState
from ..training.trainer import Trainer
from ..training.update import Update

TRAINING = ("training_step",)


class ResidualExponentOffByOne(LayerState):
    """Steps are half as large"""
    suites = TRAINING

    def divisor(self, batch):
        return 2 * super().divisor(batch)


class BatchNotDivided(LayerState):
    """The batch does not divide the step"""
    suites = TRAINING

    def divisor(self, batch):
        return super().divisor(1)


class WindowNotDivided(LayerState):
    """The window does not divide the step"""
    suites = TRAINING

    def divisor(self, batch):
        return super().divisor(batch) // self.layer.window * 256


class FullScaleByPowerOfTwo(LayerState):
    """Full scale is taken for a power of two in the step"""
    suites = TRAINING

    def divisor(self, batch):
        return super().divisor(batch) // self.layer.tile.full_scale * (self.layer.tile.full_scale + 1)


class MultiplierRoundedDown(LayerState):
    """The multiplier of the step is rounded down"""
    suites = TRAINING

    def requantizer(self, rate, divisor):
        found = requantizer(rate, divisor)
        return found and Requantizer(int(Fraction(rate, divisor) * 2**found.shift), found.shift)


class MultiplierOfSixteenBits(LayerState):
    """The multiplier of the step has 16 bits"""
    suites = TRAINING

    def requantizer(self, rate, divisor):
        found = requantizer(rate, divisor)
        return found and Requantizer(found.multiplier + (1 << 14) >> 15 << 15, found.shift)


class StepRoundedDown(LayerState):
    """Steps are rounded down"""
    suites = TRAINING

    def requantizer(self, rate, divisor):
        found = requantizer(rate, divisor)
        return found and _FloorRequantizer(*found)


class _FloorRequantizer(Requantizer):
    """Rounds down."""

    def apply(self, value):
        return saturate32(value * self.multiplier >> self.shift)


class PartialBatchDivided(Trainer):
    """An unfinished batch divides by its own number"""
    suites = TRAINING

    def update(self, times):
        batch = self.settings.batch
        for layer in (self.state.lstm, self.state.dense):
            if layer.scale:
                rate = Fraction(layer.scale.multiplier, 2**layer.scale.shift) * batch / self.state.pending
                layer.kept, layer.scale = layer.scale, requantizer(rate.numerator, rate.denominator)
        super().update(times)
        for layer in (self.state.lstm, self.state.dense):
            layer.scale = getattr(layer, "kept", None)


class BatchOneTooLong(Trainer):
    """The batch is full one sequence late"""
    suites = TRAINING

    def batch_is_full(self):
        return self.state.pending > self.settings.batch


class StepUphill(Update):
    """The step is added"""
    suites = TRAINING

    def residual(self, residual, step):
        return super().residual(residual, -step)


class ResidualWraps(Update):
    """Residuals wrap"""
    suites = TRAINING

    def residual(self, residual, step):
        return (residual - step + (1 << 31) & 0xFFFFFFFF) - (1 << 31)


class ResidualLowest(Update):
    """Residuals may reach -2^31"""
    suites = TRAINING

    def residual(self, residual, step):
        return saturate32(residual - step)


class MomentumAfterScale(Update):
    """The velocity is that of the scaled step"""
    suites = TRAINING

    def step(self, state, momentum):
        if momentum > 0 and state.scale is not None:
            state.gradients = [state.scale.apply(gradient) for gradient in state.gradients]
            scale, state.scale = state.scale, Requantizer(1, 0)
            super().step(state, momentum)
            state.scale = scale
        else:
            super().step(state, momentum)


class MomentumIgnored(Update):
    """The velocity is the gradient"""
    suites = TRAINING

    def velocity(self, velocity, gradient, momentum):
        return gradient


class MomentumRoundedDown(Update):
    """What the velocity loses is rounded down"""
    suites = TRAINING

    def velocity(self, velocity, gradient, momentum):
        return saturate32(velocity - (velocity >> momentum) + gradient)


class MomentumAveraged(Update):
    """The gradient enters the velocity with the share it loses"""
    suites = TRAINING

    def velocity(self, velocity, gradient, momentum):
        return super().velocity(velocity, gradient >> momentum, momentum)


class VelocityWraps(Update):
    """Velocities wrap"""
    suites = TRAINING

    def velocity(self, velocity, gradient, momentum):
        kept = super().velocity(velocity, 0, momentum)
        return (kept + gradient + (1 << 31) & 0xFFFFFFFF) - (1 << 31)


class GradientsKept(Update):
    """Gradients outlive the update"""
    suites = TRAINING

    def step(self, state, momentum):
        gradients = list(state.gradients)
        super().step(state, momentum)
        state.gradients = gradients


class GradientsKeptWithoutRate(Update):
    """Without a rate gradients wait"""
    suites = TRAINING

    def step(self, state, momentum):
        if state.scale is not None:
            super().step(state, momentum)


class VelocityDecaysWithoutRate(Update):
    """Without a rate the velocity goes on"""
    suites = TRAINING

    def step(self, state, momentum):
        if state.scale is None and momentum > 0:
            state.velocities = [self.velocity(v, s, momentum) for v, s in zip(state.velocities, state.gradients)]
        super().step(state, momentum)


class NoPulsesWithoutRate(Update):
    """Without a rate the tiles are left alone"""
    suites = TRAINING

    def pulse(self, state, rule):
        if state.scale is not None:
            super().pulse(state, rule)


class DenseUpdatedFirst(Update):
    """The output layer is pulsed first"""
    suites = TRAINING

    def run(self, state, rules):
        state.lstm, state.dense = state.dense, state.lstm
        super().run(state, rules[::-1])
        state.lstm, state.dense = state.dense, state.lstm


class PendingKept(Update):
    """An update does not begin a new batch"""
    suites = TRAINING

    def run(self, state, rules):
        pending = state.pending
        super().run(state, rules)
        state.pending = pending


class LevelsRoundedDown(Accumulate):
    """Levels are cut off toward minus infinity"""
    suites = TRAINING

    def take(self, residual):
        quantum = FRACTION - self.settings.level_log2
        return residual >> quantum << quantum, residual & (1 << quantum) - 1


class LevelsTooFine(Accumulate):
    """A level is half as large"""
    suites = TRAINING

    def take(self, residual):
        quantum = FRACTION - self.settings.level_log2 - 1
        move = (abs(residual) >> quantum << quantum) * (1 if residual > 0 else -1)
        return move, residual - move


class RemainderLost(Accumulate):
    """What is left of a residual is lost"""
    suites = TRAINING

    def take(self, residual):
        return super().take(residual)[0], 0


class AccumulateMayVanish(Accumulate):
    """Accumulated moves may come out without a pulse"""
    suites = TRAINING

    def pulse(self, row, moves):
        self.pulse_toward(row, moves, at_least_one=False)


class MoveNotClamped(Accumulate):
    """Weights may be moved beyond the window"""
    suites = TRAINING

    def wanted(self, share, move):
        return share + (move + 2048 >> 12)


class MoveSaturated(Accumulate):
    """The wanted weight is at most 32767"""
    suites = TRAINING

    def wanted(self, share, move):
        return saturate16(super().wanted(share, move))


class MoveRoundedDown(Linear):
    """Moves are rounded down to shares"""
    suites = TRAINING

    def wanted(self, share, move):
        return max(min(share + (move >> 12), 32768), -32768)


class LinearAtLeastOne(Linear):
    """Linear moves have at least one step"""
    suites = TRAINING

    def pulse(self, row, moves):
        self.pulse_toward(row, moves, at_least_one=True)


class LinearRowAlwaysPulsed(Linear):
    """Rows are pulsed even if no width came out"""
    suites = TRAINING

    def pulse(self, row, moves):
        tile = self.layer.tile
        pulse = tile.pulse
        tile.pulse = lambda column, cell, partner: pulse(column, cell, partner) or True
        super().pulse(row, moves)
        tile.pulse = pulse


class LinearKeepsRemainder(Linear):
    """Linear moves leave what is below a share"""
    suites = TRAINING

    def take(self, residual):
        return residual, residual & 0xFFF


class ThresholdExclusive(FixedVoltage):
    """A step equal to the threshold does not count"""
    suites = TRAINING

    def take(self, residual):
        return super().take(residual) if abs(residual) != self.settings.threshold else (0, 0)


class SmallStepsWait(FixedVoltage):
    """Steps below the threshold wait"""
    suites = TRAINING

    def take(self, residual):
        move, _ = super().take(residual)
        return move, 0 if move else residual


class FixedVoltageByMagnitude(FixedVoltage):
    """The sign of the step is lost"""
    suites = TRAINING

    def take(self, residual):
        return abs(super().take(residual)[0]), 0


class FixedVoltagePartnerAlike(FixedVoltage):
    """The partner gets the same pulse"""
    suites = TRAINING

    def pulse(self, row, moves):
        tile = self.layer.tile
        pulse = tile.pulse
        tile.pulse = lambda column, cell, partner: pulse(column, cell, -partner)
        super().pulse(row, moves)
        tile.pulse = pulse


class FixedVoltageReads(FixedVoltage):
    """Rows are read before fixed pulses"""
    suites = TRAINING

    def pulse(self, row, moves):
        self.read_row(row)
        super().pulse(row, moves)


class TargetToleranceUnlimited(Target):
    """The tolerance of fine levels has no smallest value"""
    suites = TRAINING

    def tolerance(self):
        return 1 << 13 - self.settings.level_log2


class TargetToleranceDoubled(Target):
    """The tolerance is half a level"""
    suites = TRAINING

    def tolerance(self):
        return 1 << max(14 - self.settings.level_log2, 5)


class TargetOnlyMoved(Target):
    """Weights without a move are held at 0"""
    suites = TRAINING

    def wanted(self, share, move):
        return super().wanted(share, move) if move else 0


class TargetOneRound(Target):
    """One round of pulses is made"""
    suites = TRAINING

    def pulse(self, row, moves):
        self.pulse_toward(row, moves, at_least_one=True)


class TargetPrepares(Target):
    """Pairs are brought to the middle before a target is programmed"""
    suites = TRAINING

    def pulse(self, row, moves):
        self.programmer.prepare()
        super().pulse(row, moves)


class TargetFromResidual(Target):
    """Targets keep nothing below a level"""
    suites = TRAINING

    def take(self, residual):
        return super().take(residual)[0], 0


class ExportByKind(TrainingState):
    """Residuals of both layers stand before velocities"""
    suites = TRAINING

    def _lists(self):
        layers = [self.lstm, self.dense]
        return [layer.residuals for layer in layers] + [layer.velocities for layer in layers] + [layer.shares for layer in layers]


class ExportWithoutShares(TrainingState):
    """Weights read back are not exported"""
    suites = TRAINING

    def _lists(self):
        return super()._lists()[:-2]


class ImportKeepsGradients(TrainingState):
    """Gradients outlive an import"""
    suites = TRAINING

    def load(self, words):
        gradients = [self.lstm.gradients, self.dense.gradients]
        super().load(words)
        self.lstm.gradients, self.dense.gradients = gradients


class ImportKeepsPending(TrainingState):
    """The place in the batch outlives an import"""
    suites = TRAINING

    def load(self, words):
        pending = self.pending
        super().load(words)
        self.pending = pending


class TrainerLostByMemory(TrainingCommands):
    """Training that does not fit takes the earlier one away"""
    suites = TRAINING

    def configure_training(self, request, answer):
        trainer, self.controller.trainer = self.controller.trainer, None
        super().configure_training(request, answer)


class RateOutlivesTraining(TrainingCommands):
    """A new training keeps the earlier rate"""
    suites = TRAINING

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

    def update(self, request, answer):
        if self.controller.trainer and self.controller.pulse_times:
            self.controller.trainer.state.pending += 1
        super().update(request, answer)


class MemoryWithoutVelocities(Settings):
    """Velocities take no memory"""
    suites = TRAINING

    def memory(self, inputs, hidden, outputs):
        weights = 4 * hidden * (inputs + hidden + 1) + (hidden + 1) * outputs
        return super().memory(inputs, hidden, outputs) - (4 * weights if self.momentum > 0 else 0)


class MemoryWithoutShares(Settings):
    """Weights read back take no memory"""
    suites = TRAINING

    def memory(self, inputs, hidden, outputs):
        shares = 4 * hidden * (4 * hidden + outputs)
        return super().memory(inputs, hidden, outputs) - (shares if self.path == READ_BACK else 0)


class MemoryOfSixHidden(Settings):
    """The notes of a step have six numbers a cell"""
    suites = TRAINING

    def memory(self, inputs, hidden, outputs):
        return super().memory(inputs, hidden, outputs) - 2 * self.longest * hidden

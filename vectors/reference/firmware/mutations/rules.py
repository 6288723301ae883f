"""Mistakes in the rules that turn residuals into pulses."""

from __future__ import annotations

from ..arithmetic import saturate16
from ..training.rules import FRACTION, Accumulate, FixedVoltage, Linear, Target

TRAINING = ("training_step",)


class LevelsRoundedDown(Accumulate):
    """Levels are cut off toward minus infinity"""
    suites = TRAINING
    breaks = "FW-7.7.7"

    def take(self, residual):
        quantum = FRACTION - self.settings.level_log2
        return residual >> quantum << quantum, residual & (1 << quantum) - 1


class LevelsTooFine(Accumulate):
    """A level is half as large"""
    suites = TRAINING
    breaks = "FW-7.7.7"

    def take(self, residual):
        quantum = FRACTION - self.settings.level_log2 - 1
        move = (abs(residual) >> quantum << quantum) * (1 if residual > 0 else -1)
        return move, residual - move


class RemainderLost(Accumulate):
    """What is left of a residual is lost"""
    suites = TRAINING
    breaks = "FW-7.7.7"

    def take(self, residual):
        return super().take(residual)[0], 0


class AccumulateMayVanish(Accumulate):
    """Accumulated moves may come out without a pulse"""
    suites = TRAINING
    breaks = "FW-7.7.12"

    def pulse(self, row, moves):
        self.pulse_toward(row, moves, at_least_one=False)


class MoveNotClamped(Accumulate):
    """Weights may be moved beyond the window"""
    suites = TRAINING
    breaks = "FW-7.7.10"

    def wanted(self, share, move):
        return share + (move + 2048 >> 12)


class MoveSaturated(Accumulate):
    """The wanted weight is at most 32767"""
    suites = TRAINING
    breaks = "FW-7.7.10"

    def wanted(self, share, move):
        return saturate16(super().wanted(share, move))


class MoveRoundedDown(Linear):
    """Moves are rounded down to shares"""
    suites = TRAINING
    breaks = "FW-7.7.10"

    def wanted(self, share, move):
        return max(min(share + (move >> 12), 32768), -32768)


class LinearAtLeastOne(Linear):
    """Linear moves have at least one step"""
    suites = TRAINING
    breaks = "FW-7.7.12"

    def pulse(self, row, moves):
        self.pulse_toward(row, moves, at_least_one=True)


class LinearRowAlwaysPulsed(Linear):
    """Rows are pulsed even if no width came out"""
    suites = TRAINING
    breaks = "FW-7.7.12"

    def pulse(self, row, moves):
        tile = self.layer.tile
        pulse = tile.pulse
        tile.pulse = lambda column, cell, partner: pulse(column, cell, partner) or True
        super().pulse(row, moves)
        tile.pulse = pulse


class LinearKeepsRemainder(Linear):
    """Linear moves leave what is below a share"""
    suites = TRAINING
    breaks = "FW-7.7.9"

    def take(self, residual):
        return residual, residual & 0xFFF


class ThresholdExclusive(FixedVoltage):
    """A step equal to the threshold does not count"""
    suites = TRAINING
    breaks = "FW-7.7.8"

    def take(self, residual):
        return super().take(residual) if abs(residual) != self.settings.threshold else (0, 0)


class SmallStepsWait(FixedVoltage):
    """Steps below the threshold wait"""
    suites = TRAINING
    breaks = "FW-7.7.8"

    def take(self, residual):
        move, _ = super().take(residual)
        return move, 0 if move else residual


class FixedVoltageByMagnitude(FixedVoltage):
    """The sign of the step is lost"""
    suites = TRAINING
    breaks = "FW-7.7.8"

    def take(self, residual):
        return abs(super().take(residual)[0]), 0


class FixedVoltagePartnerAlike(FixedVoltage):
    """The partner gets the same pulse"""
    suites = TRAINING
    breaks = "FW-7.7.11"

    def pulse(self, row, moves):
        tile = self.layer.tile
        pulse = tile.pulse
        tile.pulse = lambda column, cell, partner: pulse(column, cell, -partner)
        super().pulse(row, moves)
        tile.pulse = pulse


class FixedVoltageReads(FixedVoltage):
    """Rows are read before fixed pulses"""
    suites = TRAINING
    breaks = "FW-7.7.11"

    def pulse(self, row, moves):
        self.read_row(row)
        super().pulse(row, moves)


class TargetToleranceUnlimited(Target):
    """The tolerance of fine levels has no smallest value"""
    suites = TRAINING
    breaks = "FW-7.7.13"

    def tolerance(self):
        return 1 << 13 - self.settings.level_log2


class TargetToleranceDoubled(Target):
    """The tolerance is half a level"""
    suites = TRAINING
    breaks = "FW-7.7.13"

    def tolerance(self):
        return 1 << max(14 - self.settings.level_log2, 5)


class TargetOnlyMoved(Target):
    """Weights without a move are held at 0"""
    suites = TRAINING
    breaks = "FW-7.7.13"

    def wanted(self, share, move):
        return super().wanted(share, move) if move else 0


class TargetOneRound(Target):
    """One round of pulses is made"""
    suites = TRAINING
    breaks = "FW-7.7.13"

    def pulse(self, row, moves):
        self.pulse_toward(row, moves, at_least_one=True)


class TargetPrepares(Target):
    """Pairs are brought to the middle before a target is programmed"""
    suites = TRAINING
    breaks = "FW-7.7.14"

    def pulse(self, row, moves):
        self.programmer.prepare()
        super().pulse(row, moves)


class TargetFromResidual(Target):
    """Targets keep nothing below a level"""
    suites = TRAINING
    breaks = "FW-7.7.7"

    def take(self, residual):
        return super().take(residual)[0], 0

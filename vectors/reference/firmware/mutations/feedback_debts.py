"""Mistakes in the words of weights that error feedback keeps."""

from __future__ import annotations

from ..arithmetic import clamp
from ..training.feedback import LARGEST_DEBT, Debt

TRAINING = ("training_step",)


class DebtOfAllBits(Debt):
    """Bit 0 stays part of a debt with fifteen writes"""
    suites = TRAINING
    breaks = "FW-7.12.1"

    def drop(self):
        if self.given_up:
            self.residual &= ~1


class DebtGivenUpByBitAlone(Debt):
    """Bit 0 gives a weight up after fourteen writes already"""
    suites = TRAINING
    breaks = "FW-7.12.1"

    def __init__(self, word):
        super().__init__(word)
        self.given_up = self.count >= 14 and word & 1 == 1


class DebtUnsigned(Debt):
    """Debts have no sign"""
    suites = TRAINING
    breaks = "FW-7.12.1"

    def __init__(self, word):
        super().__init__(word)
        self.residual &= 0x0FFF_FFFF


class DebtCountBelow(Debt):
    """The count is in the lowest bits"""
    suites = TRAINING
    breaks = "FW-7.12.1"

    def word(self):
        word = super().word()
        return word << 4 & 0xFFFF_FFFF | word >> 28


class DebtLowest(Debt):
    """Debts may reach -2^27"""
    suites = TRAINING
    breaks = "FW-7.12.7 FW-7.12.13"

    def owe(self, residual):
        self.residual = clamp(residual, -LARGEST_DEBT - 1, LARGEST_DEBT)
        self.drop()


class DebtWraps(Debt):
    """Debts wrap"""
    suites = TRAINING
    breaks = "FW-7.12.7 FW-7.12.13"

    def owe(self, residual):
        self.residual = (residual + (1 << 27) & 0x0FFF_FFFF) - (1 << 27)
        self.drop()


class DebtDroppedTowardZero(Debt):
    """Bit 0 is dropped toward zero"""
    suites = TRAINING
    breaks = "FW-7.12.7 FW-7.12.13"

    def drop(self):
        if self.count == 15 and self.residual & 1:
            self.residual -= 1 if self.residual > 0 else -1


class FifteenthGivesUp(Debt):
    """A weight is given up after fifteen writes"""
    suites = TRAINING
    breaks = "FW-7.12.17"

    def stayed(self):
        super().stayed()
        if self.count == 15:
            self.residual, self.given_up = 0, True


class FifteenthKeepsBit(Debt):
    """The fifteenth write leaves bit 0"""
    suites = TRAINING
    breaks = "FW-7.12.17"

    def stayed(self):
        residual = self.residual
        super().stayed()
        if not self.given_up:
            self.residual = residual


class GivenUpOwes(Debt):
    """What is given up keeps its debt"""
    suites = TRAINING
    breaks = "FW-7.12.17"

    def stayed(self):
        residual = self.residual
        super().stayed()
        self.residual = residual if self.given_up else self.residual


class NeverGivenUp(Debt):
    """The count of writes stays at fifteen"""
    suites = TRAINING
    breaks = "FW-7.12.17"

    def stayed(self):
        self.count = min(self.count + 1, 15)
        self.drop()


class CountWraps(Debt):
    """The sixteenth write begins anew"""
    suites = TRAINING
    breaks = "FW-7.12.17"

    def stayed(self):
        if self.count == 15:
            self.count, self.given_up = 0, False
        else:
            super().stayed()


class MovedCountsDown(Debt):
    """A weight that moves has one write less"""
    suites = TRAINING
    breaks = "FW-7.12.16"

    def moved(self):
        self.count, self.given_up = max(self.count - 1, 0), False


class MovedStaysGivenUp(Debt):
    """A weight that was given up and moves stays so"""
    suites = TRAINING
    breaks = "FW-7.12.16"

    def moved(self):
        if not self.given_up:
            super().moved()

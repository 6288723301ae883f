"""Mistakes in driving a tile and in its scale."""

from __future__ import annotations

from ..arithmetic import clamp, half_up, pack, truncate
from ..driver import READ_LINEAR, Tile
from ..program_verify import Verifier
from ..weights import UNIT_STEPS, VERIFY_STEPS, Layer

STEP = ("lstm_step",)
DENSE = ("dense",)


class DacCodeRoundedDown(Tile):
    """DAC codes are rounded down"""
    suites = STEP
    breaks = "FW-1.2.1"

    def code(self, signal):
        return signal * self.full_scale >> 15


class DacCodeRoundedToZero(Tile):
    """DAC codes are rounded toward zero"""
    suites = STEP
    breaks = "FW-1.2.1"

    def code(self, signal):
        return truncate(signal * self.full_scale, 32768)


class DacCodeByShift(Tile):
    """DAC codes are the signal's upper bits instead of a share of full scale"""
    suites = STEP
    breaks = "FW-1.2.1"

    def code(self, signal):
        return clamp(half_up(signal * (self.full_scale + 1), 15), -self.full_scale, self.full_scale)


class DacOfEightBits(Tile):
    """Full scale is always 127"""
    suites = STEP
    breaks = "FW-1.1.2"

    def __init__(self, bus, number):
        super().__init__(bus, number)
        self.full_scale = min(127, self.full_scale)


class AdcCodeNotScaled(Tile):
    """A converted code is taken for steps"""
    suites = STEP
    breaks = "FW-1.2.3"

    def steps(self, code):
        return code


class AdcOfTwelveBits(Tile):
    """A converted code is always 16 steps"""
    suites = STEP
    breaks = "FW-1.2.3"

    def steps(self, code):
        return code * 16


class SpareLinesLeft(Tile):
    """Lines beyond the network keep their earlier codes"""
    suites = STEP
    breaks = "FW-1.3.1"

    def fill(self, codes, lines):
        return list(codes)


class SenseFromLineZero(Tile):
    """A transposed reading is taken from line 0 on"""
    suites = ("training_step",)
    breaks = "FW-7.8.1"

    def sense(self, first, end):
        return super().sense(0, end - first)


class SenseIgnoresOddFirst(Tile):
    """An odd first line is taken from the even half of its word"""
    suites = ("training_step",)
    breaks = "FW-1.5.1"

    def sense(self, first, end):
        return super().sense(first & ~1, end)[: end - first]


class StatusPolled(Tile):
    """STATUS is polled in place of WAIT"""
    suites = STEP
    breaks = "FW-1.4.1"

    def perform(self, start):
        self.write("START", start)
        while self.read("STATUS") & 1:
            pass


class NoWait(Tile):
    """SENSE is read without waiting"""
    suites = STEP
    breaks = "FW-1.4.1"

    def perform(self, start):
        self.write("START", start)


class OddTailRepeated(Tile):
    """The unused half of the last word of an odd count repeats the other"""
    suites = STEP
    breaks = "FW-0.1"

    def drive(self, codes, lines):
        filled = self.fill(codes, lines)
        for index, word in enumerate(pack(filled + filled[-1:] * (len(filled) % 2))):
            self.write(f"DRIVE[{index}]", word)


class PairExchanged(Tile):
    """The widths of a memristor and its partner are exchanged"""
    suites = ("program_verify",)
    breaks = "FW-4.3.1"

    def pulse(self, column, cell, partner):
        return super().pulse(column, *((partner, cell) if self.differential else (cell, partner)))


class PartnerNotPulsed(Tile):
    """Only one memristor of a pair is pulsed"""
    suites = ("program_verify",)
    breaks = "FW-4.3.1"

    def pulse(self, column, cell, partner):
        return super().pulse(column, cell, 0)


class ZeroWidthsWritten(Tile):
    """Widths of 0 are written too"""
    suites = ("program_verify",)
    breaks = "FW-4.3.2"

    def pulse(self, column, cell, partner):
        lines = [(column, cell)] if not self.differential else [(2 * column, cell), (2 * column + 1, partner)]
        for line, width in lines:
            self.write(f"PULSE[{line}]", width & 0xFFFF)
        return any(width for _, width in lines)


class NeverUnlocked(Tile):
    """Programming is not unlocked"""
    suites = ("program_verify", "training_step")
    breaks = "FW-1.6.1"

    def unlock(self):
        pass


class NeverLocked(Tile):
    """Programming stays unlocked"""
    suites = ("program_verify", "training_step")
    breaks = "FW-1.6.1"

    def lock(self):
        pass


class ScaleOfPairs(Layer):
    """The scale of a reference synapse is that of a pair"""
    suites = STEP
    breaks = "FW-3.2"

    def full_current(self, span, microvolts):
        return span * microvolts


class ScaleOfReference(Layer):
    """The scale of a pair is that of a reference synapse"""
    suites = STEP
    breaks = "FW-3.2"

    def full_current(self, span, microvolts):
        return span * microvolts // 2


class ScaleWithoutHeadroom(Layer):
    """The headroom does not enter the feedback resistor"""
    suites = DENSE
    breaks = "FW-3.4"

    def full_signals(self):
        return UNIT_STEPS * self.window >> 8, VERIFY_STEPS


class VerifyScaleWithWindow(Layer):
    """The window enters the feedback resistor of gain 1"""
    suites = DENSE
    breaks = "FW-3.5"

    def full_signals(self):
        return UNIT_STEPS * self.window >> 8 + self.headroom, VERIFY_STEPS * self.window >> 8


class VerifyScaleWithHeadroom(Layer):
    """The headroom enters the feedback resistor of gain 1"""
    suites = DENSE
    breaks = "FW-3.5"

    def full_signals(self):
        return super().full_signals()[0], VERIFY_STEPS >> self.headroom


class ScaleRoundedDown(Layer):
    """The feedback resistor is rounded down"""
    suites = STEP
    breaks = "FW-3.3"

    def ohms(self, microvolts, femtoamperes):
        return clamp(microvolts * 10**9 // femtoamperes, 1, 0xFFFF_FFFF)


class ScaleOfTwentyFourBits(Layer):
    """The feedback resistor is limited to 24 bits"""
    suites = DENSE
    breaks = "FW-3.3"

    def ohms(self, microvolts, femtoamperes):
        return min(super().ohms(microvolts, femtoamperes), 0xFF_FFFF)


class ScaleOfHalfSpan(Layer):
    """A range of an odd number of nanosiemens is halved before the product"""
    suites = DENSE
    breaks = "FW-3.2"

    def full_current(self, span, microvolts):
        return super().full_current(span if self.tile.differential else span // 2 * 2, microvolts)


class ScaleRoundedUp(Layer):
    """The full signal is rounded up where the headroom divides it"""
    suites = DENSE
    breaks = "FW-3.4"

    def full_signals(self):
        return -(-UNIT_STEPS * self.window >> 8 + self.headroom), VERIFY_STEPS


class VerifyWithGainZero(Verifier):
    """Weights are read with gain 0"""
    suites = ("dense", "program_verify")
    breaks = "FW-1.4.4"

    def verify(self, tile, samples_log2):
        sums = [0] * tile.columns
        for _ in range(1 << samples_log2):
            tile.perform(READ_LINEAR)
            sums = [total + self.share(steps) for total, steps in zip(sums, tile.sense(0, tile.columns))]
        return [self.mean(total, samples_log2) for total in sums]


class ShareNotDoubled(Verifier):
    """A verify reading is taken for the share itself"""
    suites = ("dense", "program_verify")
    breaks = "FW-3.6"

    def share(self, steps):
        return steps


class MeanRoundedDown(Verifier):
    """The mean of verify readings is rounded down"""
    suites = ("dense",)
    breaks = "FW-5.2.2"

    def mean(self, total, samples_log2):
        return total >> samples_log2


class SumOfReadings(Verifier):
    """Verify readings are added without a mean"""
    suites = ("dense", "program_verify")
    breaks = "FW-5.2.2"

    def mean(self, total, samples_log2):
        return total


class RowsReversed(Verifier):
    """Rows are selected from the other end"""
    suites = ("dense", "program_verify")
    breaks = "FW-5.1.1"

    def select(self, tile, row):
        super().select(tile, tile.word_lines - 1 - row)


class OtherRowsKept(Verifier):
    """Selecting a row does not release the one before it"""
    suites = ("dense", "program_verify")
    breaks = "FW-5.1.1"

    def select(self, tile, row):
        tile.drive_word_lines([tile.full_scale] * (row + 1))

"""Mistakes with what a chip has more, and with its windows."""

from __future__ import annotations

from ..arithmetic import pack, pair
from ..dense import Dense
from ..driver import ONE, Tile
from ..lstm import LSTM
from ..program_verify import Verifier

FEATURES = ("features",)


class FeaturesNotAsked(Tile):
    """What the chip has more is not asked"""
    suites = FEATURES
    breaks = "FW-13.1"

    def read_features(self):
        return 0


class FeaturesAlwaysAsked(Tile):
    """Every chip is asked what it has more"""
    suites = FEATURES
    breaks = "FW-13.1"

    def __init__(self, bus, number):
        super().__init__(bus, number)
        self.read_features()


class FeaturesAskedOnce(Tile):
    """The second tile does not ask"""
    suites = FEATURES
    breaks = "FW-13.1"

    def read_features(self):
        return super().read_features() if self.number % 2 == 0 else self._bus.chip.peek(0x4000_0060)


class CodesSensed(Tile):
    """SENSE is read in spite of the window"""
    suites = FEATURES
    breaks = "FW-13.2"

    def sense(self, first, end):
        windows, self.has_windows = self.has_windows, False
        try:
            return super().sense(first, end)
        finally:
            self.has_windows = windows


class StepsShiftedTwice(Tile):
    """What the window gives is taken for codes"""
    suites = FEATURES
    breaks = "FW-13.2"

    def sense(self, first, end):
        found = super().sense(first, end)
        return [self.steps(steps) for steps in found] if self.has_windows else found


class GatesDrivenByCodes(LSTM):
    """The lines of the LSTM are driven by codes in spite of the window"""
    suites = FEATURES
    breaks = "FW-13.3"

    def drive(self, lines, signals):
        self.layer.tile.drive_word_lines(lines)


class DenseDrivenByCodes(Dense):
    """The lines of the dense layer are driven by codes in spite of the window"""
    suites = FEATURES
    breaks = "FW-13.3"

    def drive(self, state):
        self.layer.tile.drive_word_lines(self.lines)


class OneAsCode(LSTM):
    """The constant line has its code in the window"""
    suites = FEATURES
    breaks = "FW-13.3"

    def drive(self, lines, signals):
        tile = self.layer.tile
        if tile.has_windows:
            tile.drive_signals([*signals, *self.state, tile.full_scale])
        else:
            super().drive(lines, signals)


class OneAsHalf(Dense):
    """The constant line of the dense layer is 0x4000 in the window"""
    suites = FEATURES
    breaks = "FW-13.3"

    def drive(self, state):
        if self.layer.tile.has_windows:
            self.layer.tile.drive_signals([*state, 0x4000])
        else:
            super().drive(state)


class SpareSignalsLeft(Tile):
    """Lines beyond the network keep what the window gave them"""
    suites = FEATURES
    breaks = "FW-13.3"

    def drive_signals(self, signals):
        for index, word in enumerate(pack(signals)):
            self.write(f"DRIVE_SIGNALS[{index}]", word)


class RowsBySignals(Verifier):
    """A row is selected by the window"""
    suites = FEATURES
    breaks = "FW-13.4"

    def select(self, tile, row):
        if tile.has_windows:
            tile.drive_signals([0] * row + [ONE])
        else:
            super().select(tile, row)


class ColumnsBySignals(Tile):
    """Errors are driven by the window"""
    suites = FEATURES
    breaks = "FW-13.4"

    def drive_columns(self, codes):
        if self.has_windows:
            lines, self.word_lines = self.word_lines, self.columns
            self.drive_signals([code * 32768 // self.full_scale for code in codes])
            self.word_lines = lines
        else:
            super().drive_columns(codes)


class PairsOneByOne(Tile):
    """Widths of a pair are written one by one"""
    suites = FEATURES
    breaks = "FW-13.5"

    def pulse_pair(self, column, cell, partner):
        for line, width in ((2 * column, cell), (2 * column + 1, partner)):
            if width:
                self.write(f"PULSE[{line}]", width & 0xFFFF)
        return cell != 0 or partner != 0


class PairsOfZeros(Tile):
    """Pairs of zeros are written"""
    suites = FEATURES
    breaks = "FW-13.5"

    def pulse_pair(self, column, cell, partner):
        self.write(f"PULSE_PAIRS[{column}]", pair(cell, partner))
        return cell != 0 or partner != 0


class PairsOfBoth(Tile):
    """A pair with a zero is not written"""
    suites = FEATURES
    breaks = "FW-13.5"

    def pulse_pair(self, column, cell, partner):
        return super().pulse_pair(column, cell, partner) if cell and partner else False


class PairsBackward(Tile):
    """The partner stands first in the window"""
    suites = FEATURES
    breaks = "FW-13.5"

    def pulse_pair(self, column, cell, partner):
        return super().pulse_pair(column, partner, cell)


class PairsOfReferences(Tile):
    """Widths of a reference synapse go by the window"""
    suites = FEATURES
    breaks = "FW-13.5"

    def pulse(self, column, cell, partner):
        if self.differential or not self.has_windows:
            return super().pulse(column, cell, partner)
        if cell:
            self.write(f"PULSE_PAIRS[{column // 2}]", pair(cell, 0) if column % 2 == 0 else pair(0, cell))
        return cell != 0


class SignalsNoted(LSTM):
    """Training notes signals where there is a window"""
    suites = FEATURES
    breaks = "FW-13.6"

    def step(self, signals, with_slopes=False):
        state = self.state
        found = super().step(signals, with_slopes)
        if self.layer.tile.has_windows:
            found.lines = [*signals, *state, ONE]
        return found

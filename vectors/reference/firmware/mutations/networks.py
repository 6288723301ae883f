"""Mistakes in the layers."""

from __future__ import annotations

from ..arithmetic import half_up, pair, saturate16, signed16, truncate, unpack
from ..dense import Dense
from ..driver import READ, READ_LINEAR
from ..lstm import LSTM
from ..network import Network

STEP = ("lstm_step",)
DENSE = ("dense",)


class GatesOutputBeforeCandidate(LSTM):
    """Gates are ordered i, f, o, g"""
    suites = STEP
    breaks = "FW-6.1.1"

    def split(self, outputs):
        i, f, g, o = super().split(outputs)
        return [i, f, o, g]


class GatesForgetFirst(LSTM):
    """Gates are ordered f, i, g, o"""
    suites = STEP
    breaks = "FW-6.1.1"

    def split(self, outputs):
        i, f, g, o = super().split(outputs)
        return [f, i, g, o]


class GatesInterleaved(LSTM):
    """The four gates of a cell stand side by side"""
    suites = STEP
    breaks = "FW-6.1.1"

    def split(self, outputs):
        return [list(outputs[gate::4]) for gate in range(4)]


class CandidateCircuitMisplaced(Network):
    """The tanh circuit stands behind the fourth gate"""
    suites = STEP
    breaks = "FW-2.3.5"

    def circuit(self, gate):
        return 2 if gate == 3 else 1


class AllGatesSigmoid(Network):
    """Every gate has a sigmoid circuit"""
    suites = STEP
    breaks = "FW-2.3.5"

    def circuit(self, gate):
        return 1


class BiasMissing(LSTM):
    """The constant line of the recurrent layer is not driven"""
    suites = STEP
    breaks = "FW-6.1.3"

    def line_codes(self):
        return super().line_codes()[:-1] + [0]


class BiasFirst(LSTM):
    """The constant line is the first"""
    suites = STEP
    breaks = "FW-6.1.1"

    def line_codes(self):
        lines = super().line_codes()
        return lines[-1:] + lines[:-1]


class StateBeforeInputs(LSTM):
    """The hidden state stands before the inputs"""
    suites = STEP
    breaks = "FW-6.1.1"

    def line_codes(self):
        return self.state_codes + self.input_codes + [self.layer.tile.full_scale]


class NoRecurrence(LSTM):
    """The hidden state is not driven"""
    suites = STEP
    breaks = "FW-6.3.5"

    def line_codes(self):
        return self.input_codes + [0] * self.hidden + [self.layer.tile.full_scale]


class CellRoundedTwice(LSTM):
    """Both products of the cell state are rounded on their own"""
    suites = STEP
    breaks = "FW-6.3.3"

    def next_cell(self, cell, i, f, g):
        return saturate16(half_up(f * cell, 15) + half_up(i * g, 18))


class CellRoundedDown(LSTM):
    """The cell state is rounded down"""
    suites = STEP
    breaks = "FW-6.3.3"

    def next_cell(self, cell, i, f, g):
        return saturate16(8 * f * cell + i * g >> 18)


class CellRoundedToZero(LSTM):
    """The cell state is rounded toward zero"""
    suites = STEP
    breaks = "FW-6.3.3"

    def next_cell(self, cell, i, f, g):
        return saturate16(truncate(8 * f * cell + i * g, 1 << 18))


class CellWraps(LSTM):
    """The cell state wraps"""
    suites = STEP
    breaks = "FW-6.3.3"

    def next_cell(self, cell, i, f, g):
        return signed16(half_up(8 * f * cell + i * g, 18))


class CellLimitedToOne(LSTM):
    """The cell state has 15 fraction bits"""
    suites = STEP
    breaks = "FW-6.3.3"

    def next_cell(self, cell, i, f, g):
        return saturate16(half_up(f * cell + i * g, 15))


class StateRoundedDown(LSTM):
    """The hidden state is rounded down"""
    suites = STEP
    breaks = "FW-6.3.5"

    def next_state(self, o, tanh):
        return o * tanh >> 15


class StateRoundedToZero(LSTM):
    """The hidden state is rounded toward zero"""
    suites = STEP
    breaks = "FW-6.3.5"

    def next_state(self, o, tanh):
        return truncate(o * tanh, 1 << 15)


class TanhOneAtATime(LSTM):
    """The scalar circuit is used with one lane"""
    suites = STEP
    breaks = "FW-6.3.4"

    def scalar_tanh(self, cells, with_slopes):
        results = [super(TanhOneAtATime, self).scalar_tanh([cell], with_slopes) for cell in cells]
        values, slopes = ([number for result in results for number in result[kind]] for kind in (0, 1))
        return values, slopes


class TanhLanesExchanged(LSTM):
    """The lanes of the scalar circuit are exchanged"""
    suites = STEP
    breaks = "FW-6.3.4"

    def scalar_tanh(self, cells, with_slopes):
        swapped = [cells[k ^ 1] if k ^ 1 < len(cells) else 0 for k in range(len(cells) + 1 & ~1)]
        values, slopes = super().scalar_tanh(swapped, with_slopes)
        return values[: len(cells)], slopes[: len(cells)]


class ScalarSigmoid(LSTM):
    """The cell state goes through the sigmoid circuit"""
    suites = STEP
    breaks = "FW-6.3.4"

    def scalar_tanh(self, cells, with_slopes):
        values = []
        for k in range(0, len(cells), 2):
            self.bus.write("MBX.SCALAR_SIGMOID", pair(cells[k], cells[k + 1] if k + 1 < len(cells) else 0))
            values.append(self.bus.read("MBX.SCALAR_VALUE"))
        return unpack(values, len(cells)), [0] * len(cells)


class SlopesAlwaysRead(LSTM):
    """Slopes are read in inference too"""
    suites = STEP
    breaks = "FW-6.3.4"

    def scalar_tanh(self, cells, with_slopes):
        return super().scalar_tanh(cells, True)


class CellOutlivesSequence(LSTM):
    """The cell state is not reset"""
    suites = STEP
    breaks = "FW-6.2.1"

    def reset(self):
        self.cell, kept = getattr(self, "cell", [0] * self.hidden), 0
        self.state = [kept] * self.hidden
        self.state_codes = [kept] * self.hidden


class StateOutlivesSequence(LSTM):
    """The codes of the hidden state are not reset"""
    suites = STEP
    breaks = "FW-6.2.1"

    def reset(self):
        codes = getattr(self, "state_codes", [0] * self.hidden)
        super().reset()
        self.state_codes = codes


class GatesOfGainOne(LSTM):
    """Gates are read with gain 1"""
    suites = STEP
    breaks = "FW-1.4.2"

    def step(self, signals, with_slopes=False):
        tile = self.layer.tile
        perform = tile.perform
        tile.perform = lambda start: perform(start | 0x10 if start == READ else start)
        try:
            return super().step(signals, with_slopes)
        finally:
            tile.perform = perform


class DenseBiasMissing(Dense):
    """The constant line of the output layer is not driven"""
    suites = DENSE
    breaks = "FW-6.4.1"

    def line_codes(self, state):
        return super().line_codes(state)[:-1] + [0]


class DenseBiasFirst(Dense):
    """The constant line of the output layer is the first"""
    suites = DENSE
    breaks = "FW-6.1.2"

    def line_codes(self, state):
        lines = super().line_codes(state)
        return lines[-1:] + lines[:-1]


class DenseThroughCircuits(Dense):
    """The output layer does not bypass the circuits"""
    suites = DENSE
    breaks = "FW-1.4.3"

    def read(self, state):
        tile = self.layer.tile
        perform = tile.perform
        tile.perform = lambda start: perform(READ if start == READ_LINEAR else start)
        try:
            return super().read(state)
        finally:
            tile.perform = perform


class WinnerLast(Dense):
    """Of equal outputs the last wins"""
    suites = DENSE
    breaks = "FW-6.4.2"

    def winner(self):
        return len(self.outputs) - 1 - self.outputs[::-1].index(max(self.outputs))


class WinnerByMagnitude(Dense):
    """The output farthest from 0 wins"""
    suites = DENSE
    breaks = "FW-6.4.2"

    def winner(self):
        return max(range(len(self.outputs)), key=lambda k: abs(self.outputs[k]))

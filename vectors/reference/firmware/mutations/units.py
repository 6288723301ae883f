"""Mistakes with the cell unit."""

from __future__ import annotations

from ..arithmetic import pair_count, unpack
from ..cell_unit import CLEAR, STEP, CellUnit
from ..commands import NetworkCommands
from ..controller import Controller
from ..driver import READ
from ..network import Network
from ..requests import HARDWARE, Refusal
from ..training.trainer import Trainer

FEATURES = ("features",)


class UnitInTraining(Trainer):
    """A training clears the cells of the unit"""
    suites = FEATURES
    breaks = "FW-13.7"

    def train(self, steps, label, take, times):
        if self.network.cell_unit:
            self.network.cell_unit.begin()
        return super().train(steps, label, take, times)


class UnitInInferenceAlone(NetworkCommands):
    """A prediction is made without the unit"""
    suites = FEATURES
    breaks = "FW-13.7"

    def predict(self, request, answer):
        network = self.controller.serving
        unit = network.cell_unit if network else None
        if network:
            network.cell_unit = None
        try:
            super().predict(request, answer)
        finally:
            if network:
                network.cell_unit = unit


class CellsNotCounted(CellUnit):
    """The number of cells is written once"""
    suites = FEATURES
    breaks = "FW-13.8"

    def write(self, register, value):
        if register != "CELLS" or self.bus.chip.peek(0x4012_0000) != value:
            super().write(register, value)


class TargetsExchanged(CellUnit):
    """The dense tile is the first target"""
    suites = FEATURES
    breaks = "FW-13.8"

    def write(self, register, value):
        super().write({"TARGET[0]": "TARGET[1]", "TARGET[1]": "TARGET[0]"}.get(register, register), value)


class OutputsFromLineZero(CellUnit):
    """Outputs are driven where the inputs are"""
    suites = FEATURES
    breaks = "FW-13.8"

    def target(self, tile, line):
        return super().target(tile, 0)


class SourceOfSideZero(CellUnit):
    """Gates are always those of tile 0"""
    suites = FEATURES
    breaks = "FW-13.8"

    def write(self, register, value):
        super().write(register, 0 if register == "SOURCE" else value)


class TargetsOfSideZero(CellUnit):
    """Outputs are always driven on tiles 0 and 1"""
    suites = FEATURES
    breaks = "FW-13.8"

    def target(self, tile, line):
        return super().target(tile, line) & ~6


class ConstantNotDriven(CellUnit):
    """The constant line of the dense layer is not driven"""
    suites = FEATURES
    breaks = "FW-13.9"

    def drive_one(self, tile, line):
        if tile is self.layer.tile:
            super().drive_one(tile, line)


class ConstantByCodes(CellUnit):
    """The constant line is driven by its code in spite of the window"""
    suites = FEATURES
    breaks = "FW-13.9"

    def drive_one(self, tile, line):
        tile.drive_word_lines([0] * line + [tile.full_scale])


class CellsNotCleared(CellUnit):
    """Cells go on from the sequence before"""
    suites = FEATURES
    breaks = "FW-13.9"

    def write(self, register, value):
        if (register, value) != ("START", CLEAR):
            super().write(register, value)


class ClearedFirst(CellUnit):
    """Cells are cleared before the constant lines are driven"""
    suites = FEATURES
    breaks = "FW-13.9"

    def drive_one(self, tile, line):
        if tile is self.layer.tile:
            super().write("START", CLEAR)
        super().drive_one(tile, line)

    def write(self, register, value):
        if (register, value) != ("START", CLEAR):
            super().write(register, value)


class LastInputAlone(CellUnit):
    """The last of an odd number of inputs clears the first output"""
    suites = FEATURES
    breaks = "FW-13.10"

    def drive_inputs(self, index, word):
        if 2 * index + 1 == self.inputs:
            word &= 0xFFFF
            self.layer.tile.write(f"DRIVE[{index}]", self.layer.tile.code(unpack([word], 1)[0]) & 0xFFFF)
        else:
            super().drive_inputs(index, word)


class LastInputByWindow(CellUnit):
    """The last of an odd number of inputs is written by the window, as it came"""
    suites = FEATURES
    breaks = "FW-13.10"

    def drive_inputs(self, index, word):
        if 2 * index + 1 == self.inputs and self.layer.tile.has_windows:
            self.layer.tile.write(f"DRIVE_SIGNALS[{index}]", word)
        else:
            super().drive_inputs(index, word)


class EveryWordRead(CellUnit):
    """DRIVE is read before each pair of inputs"""
    suites = FEATURES
    breaks = "FW-13.10"

    def drive_inputs(self, index, word):
        if 2 * index + 1 != self.inputs:
            self.layer.tile.read(f"DRIVE[{index}]")
        super().drive_inputs(index, word)


class InputsByCodes(CellUnit):
    """Inputs are written by codes in spite of the window"""
    suites = FEATURES
    breaks = "FW-13.10"

    def drive_inputs(self, index, word):
        tile = self.layer.tile
        windows, tile.has_windows = tile.has_windows, False
        super().drive_inputs(index, word)
        tile.has_windows = windows


class GatesSensed(CellUnit):
    """Gates are sensed before the unit steps"""
    suites = FEATURES
    breaks = "FW-13.11"

    def write(self, register, value):
        if (register, value) == ("START", STEP):
            self.layer.tile.sense(0, 4 * self.hidden)
        super().write(register, value)


class SteppedFirst(CellUnit):
    """The unit steps before the gates are read"""
    suites = FEATURES
    breaks = "FW-13.11"

    def step(self, request):
        for index in range(pair_count(self.inputs)):
            self.drive_inputs(index, request.take())
        self.write("START", STEP)
        self.layer.tile.perform(READ)


class DenseDriven(Network):
    """The lines of the dense layer are driven behind the unit"""
    suites = FEATURES
    breaks = "FW-13.12"

    def outputs_now(self):
        return self.dense.read(self.lstm.state)


class UnitErrorsIgnored(NetworkCommands):
    """The unit's errors are not looked at"""
    suites = FEATURES
    breaks = "FW-13.13"

    def take_cell_errors(self, network):
        return 0


class UnitErrorsLeft(CellUnit):
    """The unit's errors are left"""
    suites = FEATURES
    breaks = "FW-13.13"

    def take_errors(self):
        return self.bus.read("CELL.ERROR")


class UnitErrorsAlwaysCleared(CellUnit):
    """No errors are cleared"""
    suites = FEATURES
    breaks = "FW-13.13"

    def take_errors(self):
        bits = self.bus.read("CELL.ERROR")
        self.write("ERROR", bits)
        return bits


class UnitErrorsOfPredictions(NetworkCommands):
    """A prediction looks at the unit's errors"""
    suites = FEATURES
    breaks = "FW-13.13"

    def predict(self, request, answer):
        super().predict(request, answer)
        if self.take_cell_errors(self.serving()):
            raise Refusal(HARDWARE)


class UnitErrorsFirst(Controller):
    """The unit's errors are looked at before those of tiles"""
    suites = FEATURES
    breaks = "FW-13.13"

    def expect_no_errors(self, network=None):
        if network and network.cell_unit:
            self.bus.read("CELL.ERROR")
        super().expect_no_errors(network)

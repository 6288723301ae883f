"""Sequences on a chip whose cell unit steps the cells and drives their outputs (section 13)."""

from __future__ import annotations

from .arithmetic import pack, pair_count, unpack
from .dense import Dense
from .driver import ONE, READ, Bus, Tile
from .requests import Request
from .weights import Layer

STEP, CLEAR = 1, 2
ENABLE = 1 << 31


class CellUnit:
    """Of one network; the state of its cells is in the unit."""

    def __init__(self, bus: Bus, layer: Layer, dense: Dense, inputs: int, hidden: int) -> None:
        self.bus, self.layer, self.dense = bus, layer, dense
        self.inputs, self.hidden = inputs, hidden

    def write(self, register: str, value: int) -> None:
        self.bus.write(f"CELL.{register}", value)

    def begin(self) -> None:
        """Of a sequence: whose cells they are, the constant lines, cells of 0."""
        lstm, dense = self.layer.tile, self.dense.layer.tile
        self.write("CELLS", self.hidden)
        self.write("SOURCE", lstm.number)
        self.write("TARGET[0]", self.target(lstm, self.inputs))
        self.write("TARGET[1]", self.target(dense, 0))
        self.drive_one(lstm, self.inputs + self.hidden)
        self.drive_one(dense, self.hidden)
        self.write("START", CLEAR)

    def target(self, tile: Tile, line: int) -> int:
        return ENABLE | line << 16 | tile.number

    def drive_one(self, tile: Tile, line: int) -> None:
        """The constant line alone."""
        if tile.has_windows:
            tile.drive_signals([0] * line + [ONE])
        else:
            tile.drive_word_lines([0] * line + [tile.full_scale])

    def step(self, request: Request) -> None:
        tile = self.layer.tile
        for index in range(pair_count(self.inputs)):
            self.drive_inputs(index, request.take())
        tile.perform(READ)
        self.write("START", STEP)

    def drive_inputs(self, index: int, word: int) -> None:
        """Two inputs, or the last one beside the first output, which stays."""
        tile = self.layer.tile
        codes = pack([tile.code(signal) for signal in unpack([word], 2)])[0]
        if 2 * index + 1 == self.inputs:
            kept = tile.read(f"DRIVE[{index}]")
            tile.write(f"DRIVE[{index}]", codes & 0xFFFF | kept & 0xFFFF_0000)
        elif tile.has_windows:
            tile.write(f"DRIVE_SIGNALS[{index}]", word)
        else:
            tile.write(f"DRIVE[{index}]", codes)

    def take_errors(self) -> int:
        """The unit's error bits, cleared as they are read."""
        bits = self.bus.read("CELL.ERROR")
        if bits:
            self.write("ERROR", bits)
        return bits

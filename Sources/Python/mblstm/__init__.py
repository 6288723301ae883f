"""MbLSTM: the memristor LSTM chip MBX, its tiles and its golden vectors, for a bench in Python.

    from mblstm import Chip

    with Chip(tiles=[[4, 3]], seed=1) as chip:
        tile = chip.tile(0)
        tile.unlock()
        tile.program_row(2, [0, 1000, 0])
        print(tile.read([0, 0, 127, 0]).tolist())

It is the very model of the command line, `mblstm`, which comes with it: the same seed gives the same bits, and logs are the same text.
"""

from . import _library, vectors
from ._header import Circuit, Conversion, Entry, Lines, Operation, Status, Supply
from ._library import BusError, ChipError, PowerError
from ._map import Registers
from ._version import VERSION as __version__
from .accesses import Access
from .chip import Chip, Levels, LogEntry
from .chip_tile import ChipTile, OperationError
from .field import Field
from .handle import Configuration, TileSize
from .log import Log, Record
from .register import Block, Bus, Register, RegisterArray
from .tile import Converted, Converters, Energy, Tile

registers = Registers()
"""All registers by name, on no bus: their addresses, fields, reset values and meanings."""

results_version: int = _library.library.mblstm_results_version()
"""The same chip and seed give the same bits while it stays."""

__all__ = [
    "Access", "Block", "Bus", "BusError", "Chip", "ChipError", "ChipTile", "Circuit", "Configuration", "Conversion", "Converted",
    "Converters", "Energy", "Entry", "Field", "Levels", "Lines", "Log", "LogEntry", "Operation", "OperationError", "PowerError", "Record",
    "Register", "RegisterArray", "Registers", "Status", "Supply", "Tile", "TileSize", "__version__", "registers", "results_version", "vectors",
]

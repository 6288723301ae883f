"""The chip on its board."""

from __future__ import annotations

import os
from ctypes import byref, c_uint8, c_uint32, c_uint64
from operator import index
from typing import Any, Callable, Iterable, NamedTuple, Optional, Union

from . import _header
from ._header import Entry, Level, Lines, Status
from ._library import fail, judge, library, path_of, unsigned
from ._map import Registers
from .accesses import Accesses
from .arrays import Array, Room, numbers
from .chip_tile import ChipTile
from .handle import Configuration, Handle, TileSize, file_of, text_from

_NEVER = (1 << 64) - 1


class LogEntry(NamedTuple):
    """An entry of the register log as it is made: ``line`` as the CSV has it; ``address`` and ``value`` of an access, else 0."""

    kind: Entry
    cycle: int
    address: int
    value: int
    line: str


class Levels(NamedTuple):
    """What is on the lines of a tile, int64, a line each: ``word_line_microvolts`` and ``column_microvolts`` as READ and READ_T drive
    them while they are under way; ``word_line_attoamperes`` and ``column_attoamperes`` into the amplifiers in the latest READ_T and
    READ; ``pulse_microvolts``, one number, across a selected cell, above 0 SET and below RESET."""

    word_line_microvolts: Array
    column_microvolts: Array
    word_line_attoamperes: Array
    column_attoamperes: Array
    pulse_microvolts: int


class Chip(Accesses, Registers):
    """The chip MBX and its tiles on their board, as after power-up, cycle by cycle and bit by bit.

    ``configuration`` is a dict of properties, a JSON text, the head of a log, or a path; properties can be told by name as well:
    ``Chip(tiles=[[25, 64]], adcBits=8, seed=3)``. `mblstm run --print-chip` writes them all. A path (``pathlib.Path``) may be of a
    chip file, which goes on where it was saved.

    Registers are attributes: ``chip.MBX0.STATUS.read()``. One thread at a time may call; two chips are independent.

    :raises ChipError: for what no chip can be, in the command line's words.
    """

    def __init__(self, configuration: Configuration = {}, **properties: Any) -> None:
        self._told: Optional[Any] = None
        file = file_of(configuration, properties)
        if file is not None:
            Handle.__init__(self, library.mblstm_chip_open, library.mblstm_chip_free, file)
        else:
            text = text_from(configuration, properties)
            Handle.__init__(self, library.mblstm_chip_new, library.mblstm_chip_free, text)
        Registers.__init__(self, self)

    # Time, lines and supply

    @property
    def cycle(self) -> int:
        """Core clock cycles of 10 ns since power-up."""
        cycle = c_uint64()
        judge(library.mblstm_chip_cycle(self._handle, byref(cycle)))
        return cycle.value

    def advance(self, cycle: int) -> None:
        """Lets time pass up to a cycle, not before now and below 2^61."""
        self._judge(library.mblstm_chip_advance(self._handle, unsigned(cycle, 64, "cycle")))

    @property
    def next_event(self) -> Optional[int]:
        """The first later cycle at which something happens by itself; None where nothing is to come."""
        cycle = c_uint64()
        judge(library.mblstm_chip_next_event(self._handle, byref(cycle)))
        return None if cycle.value == _NEVER else cycle.value

    @property
    def interrupts(self) -> Lines:
        """The interrupt lines that are up now."""
        lines = c_uint32()
        judge(library.mblstm_chip_interrupts(self._handle, byref(lines)))
        return Lines(lines.value)

    def reset(self, chip: bool = False, tiles: Iterable[int] = ()) -> None:
        """Resets MBX with all tiles and the flash, or tiles by themselves, without an access; cells and limits stay.

        :raises ChipError: for a tile that it does not have.
        """
        parts = self.MBX.RESET.CHIP.bits(int(bool(chip)))
        for tile in tiles:
            parts |= self.MBX.RESET.TILES.bits(1 << unsigned(tile, 3, "tile"))
        self._judge(library.mblstm_chip_reset(self._handle, parts))

    def power_cycle(self) -> None:
        """The power goes and comes again: cells and flash as they were left, all else as after power-up, the cycle 0.

        :raises ChipError: while a log is open.
        """
        judge(library.mblstm_chip_power_cycle(self._handle))

    def schedule(self, power_cut: Optional[int] = None, brown_out: Optional[int] = None) -> None:
        """Has the power go at a cycle, or the supplies of references and drivers fail, in place of what was scheduled before."""
        cycles = [_NEVER if cycle is None else unsigned(cycle, 64, "cycle") for cycle in (power_cut, brown_out)]
        judge(library.mblstm_chip_schedule(self._handle, *cycles))

    # State

    def snapshot(self) -> bytes:
        """The whole state, in the form of a chip file."""
        length = c_uint64()
        status = library.mblstm_chip_snapshot(self._handle, None, 0, byref(length))
        if status != Status.TOO_SHORT:
            fail(status)
        room = (c_uint8 * length.value)()
        judge(library.mblstm_chip_snapshot(self._handle, room, length.value, byref(length)))
        return bytes(room)

    def restore(self, snapshot: bytes) -> None:
        """The chip goes on where the snapshot was taken, as the chip that it was taken of.

        :raises ChipError: for what is no snapshot, and while a log is open.
        """
        taken = bytes(memoryview(snapshot))
        judge(library.mblstm_chip_restore(self._handle, (c_uint8 * len(taken)).from_buffer_copy(taken), len(taken)))

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """A snapshot as a file, for ``Chip(Path(…))`` and `mblstm run --load`. :raises ChipError: where it cannot be written."""
        judge(library.mblstm_chip_save(self._handle, path_of(path)))

    @property
    def tile_count(self) -> int:
        """The tiles that it has, 1 to 8."""
        tiles = c_uint32()
        judge(library.mblstm_chip_tiles(self._handle, byref(tiles)))
        return tiles.value

    def tile(self, number: int) -> ChipTile:
        """A tile by the chip's registers: codes, operations, cells. :raises ValueError: where there is none."""
        if not 0 <= index(number) < self.tile_count:
            raise ValueError(f"tile {number}, expected 0 to {self.tile_count - 1}")
        return ChipTile(self, index(number))

    def tile_size(self, tile: int) -> TileSize:
        """The lines of a tile. :raises ChipError: where there is none."""
        sizes = [c_uint32() for _ in TileSize._fields]
        judge(library.mblstm_chip_tile_size(self._handle, unsigned(tile, 32, "tile"), *map(byref, sizes)))
        return TileSize(*(size.value for size in sizes))

    def cells(self, tile: int = 0) -> Array:
        """Conductances of a tile's cells, picosiemens, int32, shape (word lines, bit lines); a copy."""
        size = self.tile_size(tile)
        room = Room("i", size.word_lines, size.bit_lines)
        judge(library.mblstm_chip_get_cells(self._handle, tile, 0, room.pointer, room.count))
        return room.array

    def set_cells(self, tile: int, picosiemens: Iterable[Any], first: int = 0) -> None:
        """Puts cells into a known state: an array, or any part of it row by row from cell ``first`` on.

        :raises ChipError: where one is outside of its device's bounds; none is changed then.
        """
        cells = numbers(picosiemens, "picosiemens")
        judge(library.mblstm_chip_set_cells(
            self._handle, unsigned(tile, 32, "tile"), unsigned(first, 64, "first"), cells, len(cells)))

    def levels(self, tile: int = 0) -> Levels:
        """What is on the lines of a tile now, without an access. :raises ChipError: where there is none."""
        size, lines = self.tile_size(tile), []
        for level, count in zip(Level, (size.word_lines, size.columns, size.word_lines, size.columns, 1)):
            room = Room("q", count)
            judge(library.mblstm_chip_levels(self._handle, tile, level, room.pointer, count))
            lines.append(room.array)
        return Levels(*lines[:-1], int(lines[-1][0]))

    # Logs

    def log_csv(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """From now on the register log goes to a file, which appears when the log is closed; `mblstm replay` takes it."""
        judge(library.mblstm_chip_log_csv(self._handle, path_of(path)))

    def log_vcd(self, path: Union[str, "os.PathLike[str]"], analog: bool = False) -> None:
        """The same as waves, from cycle 0 only; ``analog`` with volts and amperes."""
        judge(library.mblstm_chip_log_vcd(self._handle, path_of(path), int(bool(analog))))

    def log_callback(self, told: Callable[[LogEntry], object]) -> None:
        """From now on every entry is told, inside the call that makes it; this chip cannot be called from there.

        The first thing that it raises comes out of the call that made the entry, which has had its effect.
        """
        def entry(_: object, kind: int, cycle: int, address: int, value: int, line: bytes) -> None:
            if self._raised is None:
                try:
                    told(LogEntry(Entry(kind), cycle, address, value, line.decode("utf-8")))
                except BaseException as error:  # whatever it is: nothing may pass through C
                    self._raised = error
        if not callable(told):
            raise TypeError(f"{told!r} cannot be called")
        kept = _header.LOG_ENTRY(entry)
        judge(library.mblstm_chip_log_callback(self._handle, kept, None))
        self._told = kept
        self._judge(0)

    def log_close(self) -> None:
        """Makes all logs final and ends them. :raises ChipError: for the first thing that went wrong since they began."""
        status = library.mblstm_chip_log_close(self._handle)
        self._told = None
        self._judge(status)

    def __repr__(self) -> str:
        return "Chip, closed" if self.closed else f"Chip of {self.tile_count} tiles at cycle {self.cycle}"

"""A tile alone, below any register map."""

from __future__ import annotations

from ctypes import byref, c_int32, c_uint32, c_uint64
from typing import Any, Iterable, NamedTuple, Optional

from ._header import Circuit, Conversion, Supply
from ._library import judge, library, unsigned
from .arrays import Array, Room, flat, numbers
from .handle import Configuration, Handle, TileSize, text_from


class Converters(NamedTuple):
    """Codes of drive are symmetric; the smallest of sense is one less than the largest's negative. ``microvolts_per_code``: of a
    drive code of 1."""

    largest_drive: int
    largest_sense: int
    microvolts_per_code: int


class Converted(NamedTuple):
    """What a conversion gave: ``sense`` codes, int32, and ``saturated``, 0 or 1, a line each; ``cycles`` that it took."""

    sense: Array
    saturated: Array
    cycles: int


class Energy(NamedTuple):
    """Attojoules dissipated in the array since it was made."""

    read: int
    programmed: int


class Tile(Handle):
    """The array with its converters, supplies and pulse drivers, as a macro with pins is, for a digital side of your own.

    It is the tile of this ``number`` of the chip with the same ``configuration``, operation for operation; it has no registers,
    and its time is its own.

    :raises ChipError: for what no chip can be, in the command line's words, and for a number that it has no tile of.
    """

    def __init__(self, configuration: Configuration = {}, *, number: int = 0, **properties: Any) -> None:
        self._sensed = 0
        wanted = unsigned(number, 32, "number")

        def make(text: bytes, handle: Any) -> int:
            status: int = library.mblstm_tile_of(text, wanted, handle)
            return status

        Handle.__init__(self, make, library.mblstm_tile_free, text_from(configuration, properties))

    @property
    def size(self) -> TileSize:
        """Its lines."""
        sizes = [c_uint32() for _ in TileSize._fields]
        judge(library.mblstm_tile_size(self._handle, *map(byref, sizes)))
        return TileSize(*(size.value for size in sizes))

    @property
    def converters(self) -> Converters:
        """Its converters' codes."""
        values = [c_int32() for _ in Converters._fields]
        judge(library.mblstm_tile_converters(self._handle, *map(byref, values)))
        return Converters(*(value.value for value in values))

    def convert(self, conversion: Conversion, drive: Optional[Iterable[Any]] = None) -> Converted:
        """Drives lines with codes and converts what is sensed, linearly unless ``set_circuits`` or ``set_trims`` said otherwise.

        :param drive: a code for each line driven: word lines of READ, columns of READ_T; none of ZERO and REFERENCE.
        :returns: a code for each line sensed: columns of READ, word lines of READ_T, as many as the longer side of the others.
        :raises ChipError: for another count or a code out of range, and without settled references.
        """
        conversion, size = Conversion(conversion), self.size
        sensed = {Conversion.READ: size.columns, Conversion.READ_T: size.word_lines}.get(
            conversion, max(size.columns, size.word_lines))
        codes = numbers(drive if drive is not None else (), "codes")
        sense, saturated, cycles = Room("i", sensed), Room("B", sensed), c_uint64()
        judge(library.mblstm_tile_convert(
            self._handle, conversion, codes, len(codes), sense.pointer, sensed, saturated.pointer, byref(cycles)))
        if conversion in (Conversion.READ, Conversion.READ_T):
            self._sensed = sensed
        return Converted(sense.array, saturated.array, cycles.value)

    def read(self, drive: Iterable[Any]) -> Converted:
        """Word lines driven, columns sensed."""
        return self.convert(Conversion.READ, drive)

    def read_t(self, drive: Iterable[Any]) -> Converted:
        """Columns driven, word lines sensed: the transposed product."""
        return self.convert(Conversion.READ_T, drive)

    @property
    def currents(self) -> Array:
        """Attoamperes into the amplifiers in the latest READ or READ_T, int64, as many as it sensed.

        :raises ChipError: before there was one.
        """
        room = Room("q", max(self._sensed, 1))
        judge(library.mblstm_tile_currents(self._handle, room.pointer, self._sensed))
        return room.array

    def program_row(self, row: int, widths: Iterable[Any]) -> int:
        """Pulses on a word line, a width for each bit line in steps of 20 ns: above 0 SET, below RESET; the SETs come first.

        :returns: the cycles that it took.
        :raises ChipError: for another count, a row or a width out of range, and without supply of the drivers.
        """
        given, cycles = numbers(widths, "widths"), c_uint64()
        judge(library.mblstm_tile_program_row(
            self._handle, unsigned(row, 32, "row"), given, len(given), byref(cycles)))
        return cycles.value

    def erase(self, width: int) -> int:
        """A RESET of this width on every cell, 0 to 65 535 steps of 20 ns, word line by word line.

        :returns: the cycles that it took.
        """
        cycles = c_uint64()
        judge(library.mblstm_tile_erase(self._handle, unsigned(width, 32, "width"), byref(cycles)))
        return cycles.value

    def stop(self, cycles: int) -> None:
        """Has the next operation end early, with its effect of so many cycles, at most of those it takes.

        A conversion converts nothing then: its codes are those of the one before. It needs no settled references.
        """
        judge(library.mblstm_tile_stop(self._handle, unsigned(cycles, 64, "cycles")))

    def set_amplitudes(self, set: int, reset: int) -> None:
        """Amplitudes of the pulses, millivolts, at most the configuration's maximum."""
        judge(library.mblstm_tile_amplitudes(self._handle, unsigned(set, 32, "set"), unsigned(reset, 32, "reset")))

    def set_feedback(self, ohms: int) -> None:
        """Feedback resistor of the amplifiers, ohms, not 0."""
        judge(library.mblstm_tile_feedback(self._handle, unsigned(ohms, 32, "ohms")))

    def set_settle(self, cycles: int) -> None:
        """From when lines are driven to when converters sample, 1 to 255 cycles; a conversion lasts as much longer."""
        judge(library.mblstm_tile_settle(self._handle, unsigned(cycles, 32, "cycles")))

    def set_trims(self, words: Iterable[Any]) -> None:
        """Trims of the converters, as many as the longer side has lines: words of ``TRIM``, 0x80000000 for none.

        The lower half is what is taken off, in steps of 25 µV, the upper a gain of which 0x8000 is 1.
        """
        given = self._words(words)
        judge(library.mblstm_tile_trims(self._handle, given, len(given)))

    def set_circuits(self, circuits: Iterable[Any]) -> None:
        """The circuit behind each column in READ: ``Circuit``s, as many as there are columns."""
        given = self._words(circuits)
        judge(library.mblstm_tile_circuits(self._handle, given, len(given)))

    def set_bank(self, circuit: Circuit, words: Iterable[Any]) -> None:
        """The circuit SIGMOID or TANH by the words of its registers: COUNT (1 to 16), RAILS, 16 of BREAK, 16 of LINE."""
        given = self._words(words)
        judge(library.mblstm_tile_bank(self._handle, unsigned(circuit, 32, "circuit"), given, len(given)))

    @staticmethod
    def _words(values: Iterable[Any]) -> Any:
        words = [unsigned(value, 32, "word") for value in flat(values)]
        return (c_uint32 * len(words))(*words)

    @property
    def supplies(self) -> Supply:
        """The supplies that are there, and whether the references have settled.

        What it is set to is switched, of ANALOG and DRIVERS: analog first, the drivers once the references have settled; down the
        other way. :raises ChipError: otherwise.
        """
        present = c_uint32()
        judge(library.mblstm_tile_supplies(self._handle, byref(present)))
        return Supply(present.value)

    @supplies.setter
    def supplies(self, wanted: Supply) -> None:
        judge(library.mblstm_tile_set_supplies(self._handle, unsigned(wanted, 32, "supplies")))

    @property
    def cycle(self) -> int:
        """Its time in core clock cycles of 10 ns, 0 at first."""
        cycle = c_uint64()
        judge(library.mblstm_tile_cycle(self._handle, byref(cycle)))
        return cycle.value

    def advance(self, cycle: int) -> None:
        """Lets time pass up to a cycle, as for references to settle; not before now and below 2^61."""
        judge(library.mblstm_tile_advance(self._handle, unsigned(cycle, 64, "cycle")))

    @property
    def energy(self) -> Energy:
        """What was dissipated in the array."""
        read, programmed = c_uint64(), c_uint64()
        judge(library.mblstm_tile_energy(self._handle, byref(read), byref(programmed)))
        return Energy(read.value, programmed.value)

    @property
    def dissipated(self) -> int:
        """Attojoules dissipated in the array, both together: rounded down once, as ``ENERGY`` is."""
        attojoules = c_uint64()
        judge(library.mblstm_tile_dissipated(self._handle, byref(attojoules)))
        return attojoules.value

    @property
    def cells(self) -> Array:
        """Conductances, picosiemens, int32, shape (word lines, bit lines); a copy."""
        size = self.size
        room = Room("i", size.word_lines, size.bit_lines)
        judge(library.mblstm_tile_get_cells(self._handle, 0, room.pointer, room.count))
        return room.array

    def set_cells(self, picosiemens: Iterable[Any], first: int = 0) -> None:
        """Puts cells into a known state: an array, or any part of it row by row from cell ``first`` on.

        :raises ChipError: where one is outside of its device's bounds; none is changed then.
        """
        cells = numbers(picosiemens, "picosiemens")
        judge(library.mblstm_tile_set_cells(self._handle, unsigned(first, 64, "first"), cells, len(cells)))

    def __repr__(self) -> str:
        return "Tile, closed" if self.closed else "Tile of {} × {} lines".format(*self.size[:2])

"""A tile of a chip, by the chip's registers."""

from __future__ import annotations

from array import array
from itertools import chain
from typing import TYPE_CHECKING, Any, Iterable, List, Optional, Sequence, Tuple, cast

from ._header import Operation
from ._map import MBX0Block
from .arrays import Array, codes_of, halves, sixteen
from .handle import TileSize

if TYPE_CHECKING:
    from .chip import Chip, Levels

# What UNLOCK takes: "PROG" in ASCII.
KEY = 0x50524F47


class OperationError(Exception):
    """A tile refused an operation or a code, or ended it early: its ERROR has a bit set, which stays until it is cleared."""


class ChipTile:
    """A tile by the chip's registers: each method is the accesses that a controller makes, with their cycles and log.

    Codes are signed integers of the converters' bits, widths of pulses steps of 20 ns (SET above 0, RESET below),
    conductances picosiemens.
    """

    def __init__(self, chip: Chip, number: int) -> None:
        self.chip, self.number = chip, number

    @property
    def registers(self) -> MBX0Block:
        """Its block, ``chip.MBX0`` of tile 0."""
        return cast(MBX0Block, getattr(self.chip, f"MBX{self.number}"))

    @property
    def size(self) -> TileSize:
        """Its lines."""
        return self.chip.tile_size(self.number)

    @property
    def cells(self) -> Array:
        """Picosiemens, int32, shape (word lines, bit lines); a copy, without accesses."""
        return self.chip.cells(self.number)

    def set_cells(self, picosiemens: Iterable[Any], first: int = 0) -> None:
        """Puts cells into a known state, without accesses: :meth:`Chip.set_cells`."""
        self.chip.set_cells(self.number, picosiemens, first)

    @property
    def levels(self) -> Levels:
        """What is on its lines now, without an access: :meth:`Chip.levels`."""
        return self.chip.levels(self.number)

    def unlock(self) -> None:
        """Allows programming."""
        self.registers.UNLOCK.write(KEY)

    def lock(self) -> None:
        """Refuses programming, as after reset."""
        self.registers.UNLOCK.write(0)

    def drive(self, codes: Iterable[Any]) -> None:
        """Writes the codes of driven lines, from line 0 on; the lines beyond keep theirs, but one that shares a word."""
        place = self.registers.DRIVE
        given = sixteen(codes, 2 * len(place), "codes")
        self._write(place[0].address, halves(given))

    def sense(self, count: Optional[int] = None) -> Array:
        """Reads the codes of the first ``count`` converted lines, int32, shape (count); all columns unless told."""
        count = self.size.columns if count is None else count
        place = self.registers.SENSE
        if not 1 <= count <= 2 * len(place):
            raise ValueError(f"{count} codes, expected 1 to {2 * len(place)}")
        words = self._batch((Operation.READ32, place[0].address + 4 * word, 0) for word in range((count + 1) // 2))
        return codes_of(words, count)

    def operate(self, operation: str, *, gain: int = 0, linear: bool = True, row: int = 0) -> int:
        """Starts an operation by its name and waits for its end.

        :returns: the word of WAIT, which is that of STATUS.
        :raises OperationError: where its ERROR has a bit set behind it.
        """
        block = self.registers
        block.START.write(OPERATION=operation, GAIN=gain, LINEAR=int(linear), ROW=row)
        word = block.WAIT.read()
        errors = [name for name, bit in block.ERROR.decode(block.ERROR.peek()).items() if bit]
        if errors:
            raise OperationError(
                f"{block.name}: {operation} ended with {' and '.join(errors)} in ERROR, where it stays until ones are written")
        return word

    def read(self, codes: Iterable[Any], *, gain: int = 0, linear: bool = True) -> Array:
        """Drives every word line with a code and senses the columns.

        :param codes: shape (word lines).
        :returns: codes, int32, shape (columns).
        """
        size = self.size
        self.drive(self._all(codes, size.word_lines))
        self.operate("READ", gain=gain, linear=linear)
        return self.sense(size.columns)

    def read_t(self, codes: Iterable[Any], *, gain: int = 0) -> Array:
        """Drives every column with a code and senses the word lines: the transposed product, always linear.

        :param codes: shape (columns).
        :returns: codes, int32, shape (word lines).
        """
        size = self.size
        self.drive(self._all(codes, size.columns))
        self.operate("READ_T", gain=gain, linear=False)
        return self.sense(size.word_lines)

    def program_row(self, row: int, widths: Iterable[Any]) -> None:
        """Pulses a word line: SETs first, all at once, then RESETs. Needs :meth:`unlock` before.

        :param widths: shape (bit lines).
        """
        given = sixteen(self._all(widths, self.size.bit_lines), len(self.registers.PULSE), "widths")
        self._write(self.registers.PULSE[0].address, (width & 0xFFFF for width in given))
        self.operate("PROGRAM_ROW", linear=False, row=row)

    def erase(self, width: Optional[int] = None) -> None:
        """RESETs every cell, with ERASE_WIDTH unless another width is told. Needs :meth:`unlock` before."""
        if width is not None:
            self.registers.ERASE_WIDTH.write(WIDTH=width)
        self.operate("ERASE", linear=False)

    def _write(self, address: int, words: Iterable[int]) -> None:
        self._batch((Operation.WRITE32, address + 4 * place, word) for place, word in enumerate(words))

    def _batch(self, lines: Iterable[Tuple[int, int, int]]) -> Sequence[int]:
        """Makes accesses of a block that is there. :returns: the words read or written."""
        words = array("I", chain.from_iterable((*line, 0) for line in lines))
        self.chip.batch_words(words)
        return words[2::4]

    @staticmethod
    def _all(values: Iterable[Any], count: int) -> List[Any]:
        given = list(values)
        if len(given) != count:
            raise ValueError(f"{len(given)} numbers, expected one for each of {count} lines")
        return given

    def __repr__(self) -> str:
        return f"tile {self.number} of {self.chip!r}"

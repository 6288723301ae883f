"""Accesses to the chip's bus, and what is behind it."""

from __future__ import annotations

import ctypes
from array import array
from ctypes import byref, c_uint8, c_uint16, c_uint32
from itertools import chain
from typing import Any, Iterable, List, NamedTuple, Optional, Sequence, Union

from . import _header
from ._header import Operation, Status
from ._library import judge, library, unsigned
from .handle import Handle

_write32 = library.mblstm_chip_write32
_read32 = library.mblstm_chip_read32


class Access(NamedTuple):
    """A line of a batch: ``operation``, ``address`` (none of PASS) and ``value``, which is written, or what a read has got, or the
    cycles of PASS; ``status`` is how it ended."""

    operation: Operation
    address: int = 0
    value: int = 0
    status: Status = Status.OK


class Accesses(Handle):
    """What a :class:`~mblstm.Chip` has of its bus."""

    _raised: Optional[BaseException] = None

    def _judge(self, status: int) -> None:
        """Raises what a callback has raised, or what a status other than 0 stands for."""
        if self._raised is not None:
            raised, self._raised = self._raised, None
            raise raised
        judge(status)

    # The bus: one access of one cycle each, at the next cycle; a read of WAIT takes as long as the tile is busy.

    def read8(self, address: int) -> int:
        """Reads a byte: the UART's registers have 8 bits. :raises BusError: where there is none."""
        value = c_uint8()
        self._judge(library.mblstm_chip_read8(self._handle, unsigned(address, 32, "address"), byref(value)))
        return value.value

    def read16(self, address: int) -> int:
        """Reads a half word. :raises BusError: nothing on the board has that size; for benches that try it."""
        value = c_uint16()
        self._judge(library.mblstm_chip_read16(self._handle, unsigned(address, 32, "address"), byref(value)))
        return value.value

    def read32(self, address: int) -> int:
        """Reads a word. :raises BusError: where there is none."""
        value = c_uint32()
        try:
            if address >> 32:
                raise OverflowError
            status = _read32(self._handle, address, byref(value))
        except (ctypes.ArgumentError, OverflowError):
            status = _read32(self._handle, unsigned(address, 32, "address"), byref(value))
        if status or self._raised:
            self._judge(status)
        return value.value

    def write8(self, address: int, value: int) -> None:
        """Writes a byte. :raises BusError: where there is none."""
        self._judge(library.mblstm_chip_write8(
            self._handle, unsigned(address, 32, "address"), unsigned(value, 8, "value")))

    def write16(self, address: int, value: int) -> None:
        """Writes a half word. :raises BusError: nothing on the board has that size; for benches that try it."""
        self._judge(library.mblstm_chip_write16(
            self._handle, unsigned(address, 32, "address"), unsigned(value, 16, "value")))

    def write32(self, address: int, value: int) -> None:
        """Writes a word. What a block refuses (a busy tile, a reserved bit) sets its error bits and raises nothing.

        :raises BusError: where there is none.
        """
        # The shortest way, since benches do this most: both numbers are looked at together.
        try:
            if (address | value) >> 32:
                raise OverflowError
            status = _write32(self._handle, address, value)
        except (ctypes.ArgumentError, OverflowError):
            status = _write32(self._handle, unsigned(address, 32, "address"), unsigned(value, 32, "value"))
        if status or self._raised:
            self._judge(status)

    def read_register(self, address: int) -> int:
        """Reads in the size that registers there have, as golden vectors do, which name a register and no size.

        :raises BusError: where there is none.
        """
        value = c_uint32()
        self._judge(library.mblstm_chip_read_register(self._handle, unsigned(address, 32, "address"), byref(value)))
        return value.value

    def write_register(self, address: int, value: int) -> None:
        """Writes in the size that registers there have; bits beyond it are reserved ones, and refused as such.

        :raises BusError: where there is none.
        """
        self._judge(library.mblstm_chip_write_register(
            self._handle, unsigned(address, 32, "address"), unsigned(value, 32, "value")))

    def batch(self, accesses: Iterable[Union[Access, Sequence[int]]]) -> List[Access]:
        """All of them in their order, whatever becomes of each, in one call.

        :returns: the same with what was read and how each ended; an error of the bus is in its ``status`` and raises nothing.
        :raises ChipError: where a line was refused, as of time that no chip reaches; the others were done.
        """
        given = [access if type(access) is Access else Access(*access) for access in accesses]
        try:
            words = array("I", chain.from_iterable((line.operation, line.address, line.value, 0) for line in given))
        except OverflowError:
            raise ValueError("a line of a batch has a number that is no word of 32 bits") from None
        self.batch_words(words)
        ends = array("i", words.tobytes())
        return [Access(line.operation, line.address, words[place + 2], Status(ends[place + 3]) if ends[place + 3] else Status.OK)
                for place, line in zip(range(0, len(words), 4), given)]

    def batch_words(self, words: Any) -> Status:
        """A batch in place: any writable array of 32-bit words, shape (n, 4): operation, address, value, status.

        :returns: the first status of a line that is not OK.
        :raises ChipError: where a line was refused; the others were done.
        """
        view = memoryview(words).cast("B")
        if view.nbytes % ctypes.sizeof(_header.AccessLine) or view.readonly:
            raise ValueError(f"{view.nbytes} bytes, expected writable lines of four 32-bit words")
        count = view.nbytes // ctypes.sizeof(_header.AccessLine)
        lines = (_header.AccessLine * count).from_buffer(view) if count else (_header.AccessLine * 0)()
        status = library.mblstm_chip_batch(self._handle, lines, count)
        self._judge(status if status < 0 else next((line.status for line in lines if line.status < 0), 0) if status else 0)
        return Status(status)

    def peek(self, address: int) -> int:
        """What a read of a register or of a word of RAM would return, without effect, time or log.

        :raises BusError: where there is none.
        """
        value = c_uint32()
        judge(library.mblstm_chip_peek(self._handle, unsigned(address, 32, "address"), byref(value)))
        return value.value

    def poke(self, address: int, value: int) -> None:
        """Puts a word into a register or into RAM, without time or log; what follows from it follows.

        :raises ChipError: for what no chip can hold.
        """
        judge(library.mblstm_chip_poke(self._handle, unsigned(address, 32, "address"), unsigned(value, 32, "value")))

"""The chip in a cocotb bench (cocotb 2): behind a design's APB master, or beside a design's APB slave.

    agent = ApbChip(dut, dut.clk, Chip(tiles=[[4, 3]]))         # answers the master of the design
    cocotb.start_soon(agent.run())

    scoreboard = Scoreboard(dut, dut.clk, Chip(tiles=[[4, 3]])) # holds the slave of the design against the chip
    cocotb.start_soon(scoreboard.run())
    master = ApbMaster(dut, dut.clk)                            # or a master of the design's own
    await master.write(dut_address, 5)

Signals are those of APB: psel, penable, pwrite, paddr, pwdata, pready, prdata, pslverr, behind a prefix. Addresses are the board's.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Deque, List, Optional, Tuple

from cocotb.triggers import RisingEdge  # type: ignore[import-not-found, unused-ignore]

from ._library import BusError
from ._map import Registers
from .chip import Chip

_MAP = Registers()


class Mismatch(AssertionError):
    """A design answered otherwise than the chip."""


class _Apb:
    def __init__(self, dut: Any, clock: Any, prefix: str = "") -> None:
        self._clock = clock
        for name in ("psel", "penable", "pwrite", "paddr", "pwdata", "pready", "prdata", "pslverr"):
            setattr(self, name, getattr(dut, prefix + name))

    psel: Any
    penable: Any
    pwrite: Any
    paddr: Any
    pwdata: Any
    pready: Any
    prdata: Any
    pslverr: Any

    async def _edge(self) -> None:
        # What is read behind it are the values that the edge samples.
        await RisingEdge(self._clock)


def _access(chip: Chip, is_write: bool, address: int, value: int) -> Tuple[int, bool]:
    """Makes an access in the register's own size. :returns: the word read or written, and whether the bus ended it with an error."""
    try:
        if not is_write:
            return chip.read_register(address), False
        chip.write_register(address, value)
        return value, False
    except BusError:
        return value if is_write else 0, True


class ApbChip(_Apb):
    """Answers a master's transfers with the chip, and drives an interrupt line where one is told.

    ``chip`` may be exchanged between transfers. While ``clocked``, the chip's time is the clock's: a cycle an edge, and a transfer has
    as many wait states as the chip stalls (what happens to interrupts meanwhile is seen at their end); else the chip's time is that of its accesses alone, one after another, as in a script.
    """

    def __init__(self, dut: Any, clock: Any, chip: Chip, prefix: str = "", clocked: bool = True,
                 interrupt: Optional[Any] = None) -> None:
        super().__init__(dut, clock, prefix)
        self.chip, self.clocked, self.interrupt = chip, clocked, interrupt

    async def run(self) -> None:
        """Answers for ever."""
        now = self.chip.cycle
        self.pready.value = 0
        waits: Optional[int] = None
        while True:
            await self._edge()
            now += 1
            if waits is not None:
                # The edge of an access phase: over, where it was ready.
                if waits == 0:
                    self.pready.value = 0
                    waits = None
                else:
                    waits -= 1
                    self.pready.value = int(waits == 0)
            elif self.psel.value == 1 and self.penable.value == 0:
                waits = self._transfer(now)
                self.pready.value = int(waits == 0)
            if self.interrupt is not None:
                self._advance(now)
                # In wait states the chip is ahead, at the end of its stall.
                if not self.clocked or self.chip.cycle <= now:
                    self.interrupt.value = int(bool(self.chip.interrupts))

    def _advance(self, cycle: int) -> None:
        if self.clocked and cycle > self.chip.cycle:
            self.chip.advance(cycle)

    def _transfer(self, now: int) -> int:
        """Makes the access. :returns: the wait states that it has."""
        self._advance(now - 1)
        before = self.chip.cycle
        is_write = self.pwrite.value == 1
        value, is_error = _access(self.chip, is_write, int(self.paddr.value), int(self.pwdata.value) if is_write else 0)
        self.prdata.value = 0 if is_write else value
        self.pslverr.value = int(is_error)
        return self.chip.cycle - before - 1 if self.clocked else 0


class ApbMaster(_Apb):
    """Drives a slave of a design."""

    def __init__(self, dut: Any, clock: Any, prefix: str = "") -> None:
        super().__init__(dut, clock, prefix)
        self.psel.value = self.penable.value = 0

    async def read(self, address: int) -> int:
        """:returns: the word. :raises BusError: where the slave answers with an error."""
        return await self._transfer(False, address, 0)

    async def write(self, address: int, value: int) -> None:
        """:raises BusError: where the slave answers with an error."""
        await self._transfer(True, address, value)

    async def _transfer(self, is_write: bool, address: int, value: int) -> int:
        self.psel.value, self.penable.value, self.pwrite.value = 1, 0, int(is_write)
        self.paddr.value, self.pwdata.value = address, value
        await self._edge()
        self.penable.value = 1
        while True:
            await self._edge()
            if self.pready.value == 1:
                break
        word, is_error = int(self.prdata.value), self.pslverr.value == 1
        self.psel.value = self.penable.value = 0
        if is_error:
            raise BusError(1, f"the slave ended an access at {address:#010x} with an error")
        return word


class Scoreboard(_Apb):
    """Makes every transfer of a slave on the chip too, and compares words and errors.

    ``transfers`` counts them; a difference is raised, or kept in ``differences`` where ``raises`` is false.
    """

    def __init__(self, dut: Any, clock: Any, chip: Chip, prefix: str = "", raises: bool = True) -> None:
        super().__init__(dut, clock, prefix)
        self.chip, self.raises = chip, raises
        self.transfers = 0
        self.differences: List[str] = []
        self._latest: Deque[str] = deque(maxlen=20)

    async def run(self) -> None:
        """Watches for ever."""
        while True:
            await self._edge()
            if self.psel.value == 1 and self.penable.value == 1 and self.pready.value == 1:
                self._compare(self.pwrite.value == 1, int(self.paddr.value))

    def _compare(self, is_write: bool, address: int) -> None:
        self.transfers += 1
        got = int(self.pwdata.value) if is_write else int(self.prdata.value)
        wanted, is_error = _access(self.chip, is_write, address, got)
        name = _MAP.name_of(address)
        self._latest.append(f"{'W' if is_write else 'R'} {name} 0x{got:08x}")
        found = []
        if (self.pslverr.value == 1) != is_error:
            found.append(f"expected pslverr {int(is_error)}, got {int(not is_error)}")
        if wanted != got and not is_error:
            found.append(f"expected 0x{wanted:08x}, got 0x{got:08x}{_fields(address, wanted, got)}")
        if found:
            text = f"transfer {self.transfers}, {name}, cycle {self.chip.cycle}: {'; '.join(found)}. Behind: {', '.join(self._latest)}"
            self.differences.append(text)
            if self.raises:
                raise Mismatch(text)


def _fields(address: int, wanted: int, got: int) -> str:
    """The fields that differ, in words."""
    register = _MAP.at(address)
    fields = register.fields if register is not None else []
    texts = [f"{field.name} {field.of(wanted)}, got {field.of(got)}" for field in fields if field.of(wanted) != field.of(got)]
    return f" ({'; '.join(texts)})" if texts else ""

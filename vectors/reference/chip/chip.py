"""The whole chip on its bus."""

from __future__ import annotations

from typing import NamedTuple


class Transaction(NamedTuple):
    """One access; `cycle` is when it returned."""
    cycle: int
    kind: str           # "R" or "W"
    address: int
    value: int

    def text(self, stamped: bool = False) -> str:
        """`W MBX0.START 0x00000001`, behind `@105 ` when stamped."""
        raise NotImplementedError


class Event(NamedTuple):
    cycle: int
    block: str          # "MBX0" … "MBX7", or "MBX"
    text: str


class Chip:
    """`config` is the `chip` object of a vector; absent keys have their defaults."""

    transactions: list[Transaction]
    events: list[Event]
    cycle: int

    def __init__(self, config: dict):
        raise NotImplementedError

    def write(self, address: int, value: int) -> None:
        """One 32-bit bus write."""

    def read(self, address: int) -> int:
        """One 32-bit bus read; on WAIT it stalls."""

    def advance(self, cycle: int) -> None:
        """Lets time pass up to `cycle`, if that is not in the past."""

    def place(self, tile: int, picosiemens: list[int]) -> None:
        """Puts every cell of a tile, row-major, in a state."""

    def conductances(self, tile: int) -> list[int]:
        """Row-major picosiemens."""

    def counters(self, tile: int) -> dict[str, int]:
        """Live: reads, phases, pulses, programCycles, serialCycles, energyAttojoules."""

    def peek(self, address: int) -> int:
        """The readable state of a register, without side effect, time or log."""

    def post(self, words: list[int]) -> None:
        """Queues words for HOST.DATA; what the chip sends is in `self.sent`."""

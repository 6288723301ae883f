"""The board's flash memory: pages that stay without power (specification 7.5)."""

from __future__ import annotations

from .peripheral import Peripheral
from .registers import BLOCKS, Place, Refused

OPERATIONS = {1: "READ", 2: "PROGRAM", 3: "ERASE"}
KEY = 0x464C5348
PAGES, WORDS, BITS = 128, 256, 32
ERASED = 0xFFFFFFFF
CYCLES = {"PROGRAM": 32, "ERASE": 50}       # of a bit
READ_CYCLES = 256


class Flash(Peripheral):
    number = 8      # behind every tile where several end at once

    def __init__(self, endurance: int):
        super().__init__(BLOCKS["FLASH"])
        self.endurance = self.state["ENDURANCE"][0] = endurance
        self.pages = [[ERASED] * WORDS for _ in range(PAGES)]
        self.cycles = [0] * PAGES
        self.locked, self.last = True, 0
        self.operation: str | None = None       # under way
        self.page, self.begin, self.end = 0, 0, 0

    @property
    def busy(self) -> bool:
        return self.operation is not None

    @property
    def interrupt(self) -> bool:
        enabled = self.state["IRQ_ENABLE"][0]
        return bool(enabled & 1 and not self.busy or enabled & 2 and self.state["ERROR"][0])

    def status(self) -> int:
        return self.busy | self.locked << 1 | (self.state["ERROR"][0] != 0) << 2 | self.last << 4

    def raise_error(self, bit: str) -> None:
        self.state["ERROR"][0] |= self.block.register("ERROR").bit(bit)

    def peek(self, place: Place, cycle: int) -> int:
        return self.status() if place.register.name in ("STATUS", "WAIT") else super().peek(place, cycle)

    def write(self, place: Place, value: int, cycle: int) -> str | None:
        name = place.register.name
        if self.busy and name in ("START", "BUFFER"):
            raise Refused("BUSY", own=True)
        if name == "START":
            return self.start(value, cycle)
        if name == "ERROR":
            self.state[name][0] &= ~value
        elif name == "UNLOCK":
            self.locked = value != KEY
        else:
            super().write(place, value, cycle)
        return None

    def start(self, word: int, cycle: int) -> str:
        operation, page = OPERATIONS.get(word & 15), word >> 16
        if operation is None:
            raise Refused("OPERATION", own=True)
        if operation != "READ" and self.locked:
            raise Refused("LOCKED", own=True)
        if page >= PAGES:
            raise Refused("INDEX", own=True)
        if operation == "PROGRAM" and any(new & ~self.pages[page][place] for place, new in self.programmed()):
            raise Refused("ONES", own=True)
        if operation == "ERASE":
            self.cycles[page] += 1
        self.state["CYCLES"][0] = self.cycles[page]
        self.operation, self.page, self.last, self.begin = operation, page, word & 15, cycle
        self.end = cycle + self.duration()
        return f"started {operation} page={page}"

    def programmed(self) -> list[tuple[int, int]]:
        """Places and new values of the words to program."""
        return [(place, word) for place, word in enumerate(self.state["BUFFER"]) if word != ERASED]

    def duration(self) -> int:
        if self.operation == "READ":
            return READ_CYCLES
        return (WORDS if self.operation == "ERASE" else len(self.programmed())) * BITS * CYCLES[self.operation]

    @property
    def worn(self) -> bool:
        return self.cycles[self.page] > self.endurance

    def change(self, elapsed: int) -> None:
        """What so many cycles do to the page: bit after bit."""
        words = self.pages[self.page]
        if self.operation == "READ" or self.operation == "ERASE" and self.worn:
            return
        targets = [(place, ERASED) for place in range(WORDS)] if self.operation == "ERASE" else self.programmed()
        bits = elapsed // CYCLES[self.operation]
        for place, new in targets:
            part = (1 << max(min(bits, BITS), 0)) - 1
            words[place] = words[place] | part if self.operation == "ERASE" else words[place] & (new | ~part)
            bits -= BITS

    def finish(self) -> list[str]:
        """The end of the operation under way; texts of its events."""
        operation = self.operation
        self.change(self.end - self.begin)
        if operation == "READ":
            self.state["BUFFER"][:] = self.pages[self.page]
        failed = operation == "ERASE" and self.worn
        self.operation = None
        if failed:
            self.raise_error("WORN")
        return [f"finished {operation}", *["error WORN"] * failed]

    def cut(self, cycle: int) -> str:
        """Ends the operation under way; the text of its event."""
        operation = self.operation
        self.change(cycle - self.begin)
        self.operation = None
        return f"aborted {operation}"

    def reset(self) -> None:
        """All but the pages, once nothing is under way."""
        self.state.update(self.block.reset())
        self.state["ENDURANCE"][0] = self.endurance
        self.locked, self.last = True, 0

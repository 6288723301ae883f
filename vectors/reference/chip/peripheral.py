"""Blocks of registers: what all have in common, and those that are not the crossbar's (specification 7.4)."""

from __future__ import annotations

from collections import deque

from .registers import BLOCKS, Block, Place


class Peripheral:
    """Registers that keep what is written; blocks refine it. `state[name][index]` is each register."""

    def __init__(self, block: Block):
        self.block = block
        self.state = block.reset()

    def peek(self, place: Place, cycle: int) -> int:
        """What a read would return, without effect; 0 of a register that cannot be read."""
        return 0 if place.register.access == "wo" else self.state[place.register.name][place.index]

    def read(self, place: Place, cycle: int) -> int:
        return self.peek(place, cycle)

    def write(self, place: Place, value: int, cycle: int) -> str | None:
        """Acts at a cycle; the text of an event, if one follows."""
        self.state[place.register.name][place.index] = value
        return None


class Queue(Peripheral):
    """The two ends of a queue at DATA."""

    def __init__(self, block: Block):
        super().__init__(block)
        self.waiting: deque[int] = deque()
        self.sent: list[int] = []

    def read(self, place: Place, cycle: int) -> int:
        if place.register.name == "DATA":
            return self.waiting.popleft() if self.waiting else 0
        return self.peek(place, cycle)

    def write(self, place: Place, value: int, cycle: int) -> str | None:
        if place.register.name == "DATA":
            self.sent.append(value)
            return None
        return super().write(place, value, cycle)


class Host(Queue):
    def __init__(self):
        super().__init__(BLOCKS["HOST"])

    @property
    def interrupt(self) -> bool:
        return bool(self.waiting) and self.state["IRQ_ENABLE"][0] & 1 != 0

    def peek(self, place: Place, cycle: int) -> int:
        return len(self.waiting) if place.register.name == "LEVEL" else super().peek(place, cycle)


class Uart(Queue):
    """A 16550 (PC16550D data sheet) that sends in no time; nothing is received but what it sends in loopback."""

    def __init__(self):
        super().__init__(BLOCKS["UART"])
        self.divisor = {"DATA": 12, "IER": 0}
        self.sender_emptied = False

    def _word(self, name: str) -> int:
        return self.state[name][0]

    def _register(self, name: str, value: int) -> None:
        self.state[name][0] = value

    @property
    def _room(self) -> int:
        return 16 if self._word("FCR") & 1 else 1

    def _cause(self) -> int:
        """The identity of the most urgent cause that is enabled."""
        enabled = self._word("IER")
        if enabled & 1 and self.waiting:
            trigger = (1, 4, 8, 14)[self._word("FCR") >> 6]
            return 12 if self._word("FCR") & 1 and min(len(self.waiting), 16) < trigger else 4
        return 2 if enabled & 2 and self.sender_emptied else 1

    @property
    def interrupt(self) -> bool:
        return self._cause() != 1

    def peek(self, place: Place, cycle: int) -> int:
        name = place.register.name
        if name in self.divisor and self._word("LCR") & 0x80:
            return self.divisor[name]
        if name == "FCR":
            return self._cause() | (0xC0 if self._word("FCR") & 1 else 0)
        if name == "LSR":
            return place.register.reset | (1 if self.waiting else 0)
        if name == "MSR" and self._word("MCR") & 0x10:
            dtr, rts, out1, out2 = (self._word("MCR") >> bit & 1 for bit in range(4))
            return rts << 4 | dtr << 5 | out1 << 6 | out2 << 7
        return super().peek(place, cycle)

    def read(self, place: Place, cycle: int) -> int:
        name = place.register.name
        if name == "DATA" and not self._word("LCR") & 0x80:
            return super().read(place, cycle)
        value = self.peek(place, cycle)
        if name == "FCR" and value & 0x0F == 2:
            self.sender_emptied = False
        return value

    def write(self, place: Place, value: int, cycle: int) -> str | None:
        name = place.register.name
        if name in self.divisor and self._word("LCR") & 0x80:
            self.divisor[name] = value
        elif name == "DATA":
            self.sender_emptied = True
            if not self._word("MCR") & 0x10:
                self.sent.append(value)
            elif len(self.waiting) < self._room:
                self.waiting.append(value)
        elif name == "IER":
            self.sender_emptied |= bool(value & ~self._word("IER") & 2)
            self._register(name, value & 0x0F)
        elif name == "FCR":
            toggled = (value ^ self._word(name)) & 1
            if toggled or value & 2:
                self.waiting.clear()
            self.sender_emptied |= bool(toggled or value & 4)
            self._register(name, value & 0xC1)
        elif name == "MCR":
            self._register(name, value & 0x1F)
        else:
            return super().write(place, value, cycle)
        return None


class Clint(Peripheral):
    def __init__(self):
        super().__init__(BLOCKS["CLINT"])

    def peek(self, place: Place, cycle: int) -> int:
        if place.register.name == "MTIME":
            return cycle >> 32 * place.index & 0xFFFFFFFF
        return super().peek(place, cycle)


class Finisher(Peripheral):
    def __init__(self):
        super().__init__(BLOCKS["FINISHER"])
        self.status: int | None = None

    def write(self, place: Place, value: int, cycle: int) -> str | None:
        statuses = {0x5555: 0, 0x3333: value >> 16}
        self.status = statuses.get(value & 0xFFFF, self.status)
        return None

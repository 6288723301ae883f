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
    def __init__(self):
        super().__init__(BLOCKS["UART"])

    def peek(self, place: Place, cycle: int) -> int:
        if place.register.name == "LSR":
            return place.register.reset | (1 if self.waiting else 0)
        return super().peek(place, cycle)


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

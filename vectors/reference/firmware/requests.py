"""Requests of the host as the controller meets them, word by word (section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from .arithmetic import pack, pair_count, unpack
from .driver import Bus

DONE, UNKNOWN_COMMAND, BAD_LENGTH, BAD_ARGUMENT, NOT_CONFIGURED, DOES_NOT_FIT, HARDWARE, OUT_OF_MEMORY = range(8)
NO_RECORD, DAMAGED_RECORD, FOREIGN_RECORD, FLASH, OTHER_RECORD = range(8, 13)


class Refusal(Exception):
    """The end of a request that cannot be carried out."""

    def __init__(self, status: int, words: Sequence[int] = ()) -> None:
        super().__init__(status)
        self.status = status
        self.words = list(words)


class Request:
    """The words that follow a command; each is taken from the queue when it is needed."""

    def __init__(self, bus: Bus, count: int) -> None:
        self._bus = bus
        self.left = count

    def take(self) -> int:
        if self.left == 0:
            raise Refusal(BAD_LENGTH)
        self.left -= 1
        return self._bus.read("HOST.DATA")

    def take_in(self, allowed: range) -> int:
        word = self.take()
        if word not in allowed:
            raise Refusal(BAD_ARGUMENT)
        return word

    def take_numbers(self, count: int) -> list[int]:
        """Signed 16-bit numbers, two a word."""
        return unpack([self.take() for _ in range(pair_count(count))], count)

    def expect_left(self, count: int) -> None:
        if self.left != count:
            raise Refusal(BAD_LENGTH)

    def end(self) -> None:
        self.expect_left(0)

    def drop(self) -> None:
        while self.left > 0:
            self.take()


class Answer:
    """The words to the host; the status goes before the first of them."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def send(self, *words: int) -> None:
        for word in words:
            self._bus.write("HOST.DATA", word)

    def done(self, *words: int) -> None:
        self.send(DONE, *words)

    def send_numbers(self, numbers: Sequence[int]) -> None:
        self.send(*pack(numbers))


def need(condition: Optional[object]) -> None:
    if not condition:
        raise Refusal(NOT_CONFIGURED)

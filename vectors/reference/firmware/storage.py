"""The flash as the controller uses it, and the records in its two slots (section 10)."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Optional, Union

from .driver import Bus
from .requests import DAMAGED_RECORD, Refusal
from .sides import SIDES

FLASH_KEY = 0x464C5348
READ, PROGRAM, ERASE = 1, 2, 3
PAGE, SLOT_PAGES = 256, 64
BLANK = 0xFFFF_FFFF
MAGIC = 0x4D42_5232
SHORTEST, LONGEST = 7, PAGE * SLOT_PAGES


def checksum(words: list[int]) -> int:
    return zlib.crc32(b"".join(word.to_bytes(4, "little") for word in words))


@dataclass
class Head:
    slot: int
    sequence: int
    die: tuple[int, int]
    side: int


class Storage:
    def __init__(self, bus: Bus) -> None:
        self.bus = bus

    def perform(self, operation: int, page: int) -> None:
        self.bus.write("FLASH.START", operation | page << 16)
        self.bus.read("FLASH.WAIT")

    def unlock(self) -> None:
        self.bus.write("FLASH.UNLOCK", FLASH_KEY)

    def lock(self) -> None:
        self.bus.write("FLASH.UNLOCK", 0)

    def content(self, slot: int) -> Union[Head, str]:
        """What a slot holds: its record's head, "empty" or "damaged"."""
        reader = Reader(self, slot)
        words = [reader.next()]
        if words[0] == BLANK:
            return "empty"
        if words[0] != MAGIC:
            return "damaged"
        words.append(reader.next())
        if not SHORTEST <= words[1] <= LONGEST:
            return "damaged"
        words += [reader.next() for _ in range(words[1] - 3)]
        if reader.next() != self.checksum(words) or not self.is_side(words[5]):
            return "damaged"
        return Head(slot, words[2], (words[3], words[4]), words[5])

    def is_side(self, word: int) -> bool:
        return word in SIDES

    def checksum(self, words: list[int]) -> int:
        return checksum(words)

    def contents(self) -> list[Union[Head, str]]:
        return [self.content(slot) for slot in range(2)]

    def of_side(self, contents: list[Union[Head, str]], side: Optional[int]) -> list[Union[Head, str]]:
        """Without the records of the other side, if one is asked for."""
        return [content for content in contents if side is None or not isinstance(content, Head) or content.side == side]

    def newest(self, contents: list[Union[Head, str]]) -> Optional[Head]:
        heads = [content for content in contents if isinstance(content, Head)]
        return max(heads, key=lambda head: (head.sequence, head.slot)) if heads else None


class Reader:
    """The words of a slot in order."""

    def __init__(self, storage: Storage, slot: int) -> None:
        self.storage, self.slot = storage, slot
        self.go_to(0)

    def go_to(self, place: int) -> None:
        """The page of the next word is read before it."""
        self.place, self.due = place, True

    def next(self) -> int:
        page, index = divmod(self.place, PAGE)
        if self.due or index == 0:
            self.storage.perform(READ, self.slot * SLOT_PAGES + page)
            self.due = False
        self.place += 1
        return self.storage.bus.read(f"FLASH.BUFFER[{index}]")

    def take(self, count: int) -> list[int]:
        return [self.next() for _ in range(count)]

    def take_in(self, allowed: range) -> int:
        word = self.next()
        if word not in allowed:
            raise Refusal(DAMAGED_RECORD)
        return word


class Writer:
    """Puts words into a slot in order, and their checksum at the end."""

    def __init__(self, storage: Storage, slot: int) -> None:
        self.storage, self.slot = storage, slot
        self.words: list[int] = []

    def put(self, *words: int) -> None:
        for word in words:
            page, index = divmod(len(self.words), PAGE)
            if index == 0:
                self.storage.perform(ERASE, self.slot * SLOT_PAGES + page)
                self.storage.perform(READ, self.slot * SLOT_PAGES + page)
            self.storage.bus.write(f"FLASH.BUFFER[{index}]", word)
            self.words.append(word)
            if index == PAGE - 1:
                self.storage.perform(PROGRAM, self.slot * SLOT_PAGES + page)

    def finish(self) -> None:
        self.put(self.storage.checksum(self.words))
        if len(self.words) % PAGE:
            self.storage.perform(PROGRAM, self.slot * SLOT_PAGES + len(self.words) // PAGE)

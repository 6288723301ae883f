"""The flash as the controller uses it, and the records in its two slots (section 10)."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Optional, Union

from .driver import Bus

FLASH_KEY = 0x464C5348
READ, PROGRAM, ERASE = 1, 2, 3
PAGE, SLOT_PAGES = 256, 64
BLANK = 0xFFFF_FFFF
MAGIC = 0x4D42_5852
SHORTEST, LONGEST = 6, PAGE * SLOT_PAGES


def checksum(words: list[int]) -> int:
    return zlib.crc32(b"".join(word.to_bytes(4, "little") for word in words))


@dataclass
class Head:
    slot: int
    sequence: int
    die: tuple[int, int]


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
        if reader.next() != self.checksum(words):
            return "damaged"
        return Head(slot, words[2], (words[3], words[4]))

    def checksum(self, words: list[int]) -> int:
        return checksum(words)

    def contents(self) -> list[Union[Head, str]]:
        return [self.content(slot) for slot in range(2)]

    def newest(self, contents: list[Union[Head, str]]) -> Optional[Head]:
        heads = [content for content in contents if isinstance(content, Head)]
        return max(heads, key=lambda head: (head.sequence, head.slot)) if heads else None


class Reader:
    """The words of a slot in order."""

    def __init__(self, storage: Storage, slot: int) -> None:
        self.storage, self.slot, self.place = storage, slot, 0

    def next(self) -> int:
        index = self.place % PAGE
        if index == 0:
            self.storage.perform(READ, self.slot * SLOT_PAGES + self.place // PAGE)
        self.place += 1
        return self.storage.bus.read(f"FLASH.BUFFER[{index}]")

    def take(self, count: int) -> list[int]:
        return [self.next() for _ in range(count)]


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

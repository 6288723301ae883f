"""Records of commissioning in the flash: as a controller writes them, and as a bench puts them there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chip.chip import Chip
from firmware import host, storage
from firmware.mailbox import Mailbox
from suites import _bus as bus
from suites._controller import TIMES, Board, ChipBus, Words, circuits, post

COMMIT, BOOT = [host.COMMIT, 0], [host.BOOT]
RESET = "W MBX.RESET 0x00000002"
KEY = "W FLASH.UNLOCK 0x464c5348"
READ, PROGRAM, ERASE = 1, 2, 3
SIDE, SIZES = 5, 6  # places of a record


def flash(operation: int, page: int) -> list[str]:
    return [bus.write("FLASH.START", operation | page << 16), "R FLASH.WAIT"]


def programmed(page: int, words: dict[int, int]) -> list[str]:
    """What a bench does to put words into a page; the last page of the flash, which stays blank, clears the buffer."""
    return [KEY, *flash(READ, 127), *(bus.write(f"FLASH.BUFFER[{index}]", word) for index, word in words.items()),
            *flash(PROGRAM, page), "W FLASH.UNLOCK 0x00000000"]


def pages_after(chip: dict[str, Any], requests: list[Words], conductances: Mapping[str, list[int]]) -> list[list[int]]:
    """The flash once a controller has served requests."""
    made = Chip(chip)
    for tile, cells in conductances.items():
        made.place(int(tile), cells)
    mailbox = Mailbox(ChipBus(made))
    for request in requests:
        post(made, mailbox, request)
    return made.flash.pages


def written(pages: list[list[int]], page: int = 0) -> list[str]:
    return programmed(page, {index: word for index, word in enumerate(pages[0]) if word != storage.BLANK})


def sealed(words: Sequence[int]) -> list[int]:
    """A record with its checksum."""
    return [*words, storage.checksum(list(words))]


def changed(pages: list[list[int]], words: Mapping[int, int]) -> list[int]:
    """The record of the first page with other words, and their checksum."""
    record = pages[0][: pages[0][1] - 1]
    for index, word in words.items():
        record[index] = word
    return sealed(record)


def in_place(pages: list[list[int]], words: Mapping[int, int]) -> list[str]:
    """A record of one page that is there, with other words, and their checksum."""
    record = changed(pages, words)
    there = {index: word for index, word in enumerate(record) if word != pages[0][index]}
    return [KEY, *flash(READ, 0), *flash(ERASE, 0), *(bus.write(f"FLASH.BUFFER[{index}]", word) for index, word in there.items()),
            *flash(PROGRAM, 0), "W FLASH.UNLOCK 0x00000000"]


def put(record: Sequence[int], page: int = 0) -> list[str]:
    return programmed(page, dict(enumerate(record)))


def ready(board: Board, shipped: str = "hard", noisy: bool = False) -> list[Words]:
    return [board.configure(), *circuits(shipped), [host.CALIBRATE, 0], host.set_pulse_times(TIMES + [1] * noisy)]

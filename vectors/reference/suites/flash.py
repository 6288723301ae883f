"""The board's flash: pages, buffer, time, torn operations, wear, refusals; and what tells a die."""

from __future__ import annotations

from typing import Iterator

from chip.registers import BASES, BLOCKS, name as place
from suites import _bus as bus
from suites import _misuse as misuse
from suites._sampler import Sampler

KIND = "bus"
PURPOSE = ("An implementation that passes keeps pages of words: it erases and programs them in the time of their bits, leaves of an "
           "operation that a reset cuts just the bits that had their time, counts the cycles of a page and stops at its endurance, "
           "refuses what would make a one of a zero, what is locked and what is outside; and each die has an identity of its own.")
SPECIFICATION = {"chip": "4.2, 6.2, 7.5"}
FIELDS = {**bus.FIELDS, **bus.EVENTS_FIELD}
CHIP = {"tiles": [[1, 1]]}
READ, PROGRAM, ERASE = 1, 2, 3
KEY = "W FLASH.UNLOCK 0x464c5348"
RESET = "W MBX.RESET 0x00000002"
WAIT = "R FLASH.WAIT"
LOOK = ["R FLASH.STATUS", "R FLASH.ERROR", "R FLASH.CYCLES", "R MBX.ERROR", "R MBX.IRQ_PENDING"]
WORD, BIT = 1024, 32                        # cycles of a PROGRAM
ERASE_WORD, ERASE_BIT, ERASE_PAGE = 1600, 50, 409600


def evaluate(given: dict) -> dict:
    return bus.outcome(given, True, "events")


def start(operation: int, page: int = 0) -> list[str]:
    return [bus.write("FLASH.START", operation | page << 16)]


def done(operation: int, page: int = 0) -> list[str]:
    return [*start(operation, page), WAIT]


def buffer(words: dict[int, int]) -> list[str]:
    return [bus.write(f"FLASH.BUFFER[{index}]", word) for index, word in words.items()]


def blank(indices) -> list[str]:
    return buffer({index: 0xFFFFFFFF for index in indices})


def shown(page: int, indices) -> list[str]:
    return [*done(READ, page), *(f"R FLASH.BUFFER[{index}]" for index in indices)]


def cut(script: list[str], cycles: int) -> list[str]:
    """The operation that the last line starts is ended by a reset after some cycles."""
    begun = bus.made({"chip": CHIP, "script": script}).cycle
    return script + ([f"advance {begun + cycles - 1}"] if cycles > 1 else []) + [RESET]


def kept() -> Iterator[list[str]]:
    """Pages are apart, hold any word, take words in several goes, and outlive a reset."""
    sampler = Sampler(7100)
    words = {index: sampler.integer(0, 0xFFFFFFFF) for index in (0, 1, 7, 128, 254, 255)}
    for page in (0, 1, 127):
        yield [*LOOK, KEY, *buffer(words), *done(PROGRAM, page), *blank(words), *shown(page, words), *shown(page ^ 1, words), RESET,
               *shown(page, words), *LOOK]
    yield [KEY, *buffer({3: 0xFFFF0F0F}), *done(PROGRAM, 5), *buffer({3: 0x0FFF0F00, 4: 0x12345678}), *done(PROGRAM, 5),
           *shown(5, (2, 3, 4, 5)), *done(PROGRAM, 6), *shown(6, (3, 4)), *LOOK, *done(ERASE, 5), *shown(5, (3, 4)), *shown(6, (3, 4)), *LOOK]
    yield [KEY, *buffer({0: 0x0F}), *done(PROGRAM, 8), *buffer({0: 0xFFFFFFFF, 1: 0xF0}), *done(PROGRAM, 8), "R FLASH.BUFFER[0]",
           "R FLASH.BUFFER[1]", *shown(8, (0, 1)), *LOOK]
    yield [KEY, *done(PROGRAM, 9), *LOOK, *buffer({0: 0, 255: 1}), *done(PROGRAM, 9), *done(ERASE, 9), *shown(9, (0, 1, 255)), *LOOK]


def times() -> Iterator[list[str]]:
    for count in (0, 1, 2, 5):
        yield [KEY, *buffer({2 * index: index for index in range(count)}), *start(PROGRAM, 2), "R FLASH.STATUS", f"advance {count * WORD}",
               "R FLASH.STATUS", "R FLASH.STATUS", WAIT, WAIT]
    yield [*start(READ, 3), "R FLASH.STATUS", "advance 255", "R FLASH.STATUS", "R FLASH.STATUS", "R FLASH.STATUS"]
    yield [KEY, *start(ERASE, 3), WAIT, *start(ERASE, 3), f"advance {2 * ERASE_PAGE}", "R FLASH.STATUS", "R FLASH.STATUS", "R FLASH.STATUS", *LOOK]
    # A tile and the flash that end at once: the tile first.
    yield [*start(READ), "advance 226", "W MBX0.START 0x00000005", "R FLASH.WAIT", "R MBX0.WAIT", "R MBX.IRQ_PENDING"]
    yield [KEY, *buffer({0: 0}), *start(PROGRAM), "W MBX0.START 0x00000005", "R MBX0.WAIT", "W MBX0.START 0x00000006", "R FLASH.WAIT", "R MBX0.WAIT"]


def torn() -> Iterator[list[str]]:
    """By a reset at every edge of words and bits."""
    programmed = [KEY, *buffer({0: 0xFFFF0000, 1: 0x12345678, 9: 0, 255: 0x7FFFFFFE}), *start(PROGRAM, 4)]
    for cycles in (1, BIT - 1, BIT, BIT + 1, 16 * BIT, 17 * BIT, WORD - 1, WORD, WORD + 1, WORD + 9 * BIT, 2 * WORD + 5 * BIT + 3, 3 * WORD - 1,
                   3 * WORD, 3 * WORD + BIT, 4 * WORD - BIT, 4 * WORD - 1, 4 * WORD):
        yield cut(programmed, cycles) + [*LOOK, *shown(4, (0, 1, 2, 9, 254, 255)), *LOOK]
    written = [KEY, *buffer({0: 0, 1: 0xA5A5A5A5, 2: 0, 100: 0, 255: 0}), *done(PROGRAM, 4), *start(ERASE, 4)]
    for cycles in (1, ERASE_BIT - 1, ERASE_BIT, ERASE_BIT + 1, 31 * ERASE_BIT, ERASE_WORD - 1, ERASE_WORD, ERASE_WORD + 3 * ERASE_BIT,
                   2 * ERASE_WORD + 20 * ERASE_BIT, 100 * ERASE_WORD + 7 * ERASE_BIT, 255 * ERASE_WORD, ERASE_PAGE - ERASE_BIT, ERASE_PAGE - 1,
                   ERASE_PAGE):
        yield cut(written, cycles) + [*LOOK, *shown(4, (0, 1, 2, 100, 255)), *LOOK]
    for cycles in (1, 128, 255, 256):
        yield cut([KEY, *buffer({0: 1}), *done(PROGRAM, 4), *blank([0]), *start(READ, 4)], cycles) + ["R FLASH.BUFFER[0]", *LOOK]
    # Other resets leave the flash alone; a torn page takes what is still to be programmed.
    for word in ("0x00000100", "0x00000001", "0x00000000"):
        yield [*programmed, f"W MBX.RESET {word}", *LOOK, WAIT, *shown(4, (0, 1)), *LOOK]
    yield cut(programmed, WORD + 100) + [KEY, *buffer({0: 0xFFFF0000, 1: 0x12345678, 9: 0}), *done(PROGRAM, 4), *shown(4, (0, 1, 9))]


def worn() -> Iterator[list[str]]:
    """The erase beyond the endurance takes its time, counts and changes nothing, cut or not; other pages are not worn."""
    fill = [KEY, *buffer({0: 0x0000FFFF}), *done(PROGRAM, 1)]
    yield [*fill, *done(ERASE, 1), *LOOK, *fill, *done(ERASE, 1), *LOOK, *fill, *done(ERASE, 1), *LOOK, *shown(1, (0,)),
           "W FLASH.ERROR 0xffffffff", *LOOK, *done(ERASE, 2), *LOOK, *buffer({0: 0x000000FF}), *done(PROGRAM, 1), *shown(1, (0,)), *LOOK,
           *done(READ, 1), "R FLASH.CYCLES", "R FLASH.ENDURANCE"]
    yield [*fill, *done(ERASE, 1), *done(ERASE, 1), *fill, *start(ERASE, 1), "advance 1000000", RESET, *shown(1, (0,)), *LOOK]
    spent = [*fill, *done(ERASE, 1), *done(ERASE, 1), *fill, *start(ERASE, 1)]
    yield [*spent, RESET, "R FLASH.ENDURANCE", *LOOK, *shown(1, (0,)), *LOOK]


def refused() -> Iterator[list[str]]:
    sure = [KEY, *buffer({0: 0xFFFFFFF0, 1: 0xF0}), *done(PROGRAM, 1)]
    look = [*LOOK, *shown(1, (0, 1)), *LOOK, "W FLASH.ERROR 0xffffffff", *LOOK]
    for code in (0, 4, 15, 1 | 1 << 4, 1 | 1 << 15):
        yield [*sure, bus.write("FLASH.START", code), *look]
        yield [bus.write("FLASH.START", code), *LOOK]
    for operation in (READ, PROGRAM, ERASE):
        for page in (128, 0xFFFF):
            yield [*sure, *blank((0, 1)), *start(operation, page), *look]
        yield [*sure, *blank((0, 1)), *buffer({2: 0}), "W FLASH.UNLOCK 0x464c5349", *start(operation, 1), WAIT, *look]
        yield [*sure, *blank((0, 1)), "W FLASH.UNLOCK 0x00000000", *start(operation, 200), *look]
    for words in ({0: 0xFFFFFFF1}, {1: 0xFFFFFFFE}, {0: 0xFFFFFFF0, 1: 0x1F0}, {0: 0xFFFFFFF0, 1: 0xF0, 255: 0}, {0: 0, 1: 0}):
        yield [*sure, *blank((0, 1)), *buffer(words), *start(PROGRAM, 1), WAIT, *look]
    for line in (*start(READ), *buffer({5: 3}), "W FLASH.UNLOCK 0x00000000", "W FLASH.IRQ_ENABLE 0x00000003", "W FLASH.ERROR 0x00000001",
                 "R FLASH.BUFFER[5]", "R FLASH.CYCLES"):
        yield [*sure, *start(ERASE, 2), line, "R FLASH.STATUS", "R FLASH.ERROR", WAIT, "R FLASH.BUFFER[5]", "R FLASH.IRQ_ENABLE", *LOOK,
               *start(ERASE, 2), WAIT, *LOOK]
    for register in BLOCKS["FLASH"].registers:
        name = misuse.named("FLASH", register)
        reserved = [1 << bit for bit in range(32) if not register.mask >> bit & 1]
        writes = [bus.write(name, value) for value in ((0,) if register.access == "ro" else (reserved[:1] + reserved[-1:]))]
        yield [*writes, bus.read(name), *LOOK, "R MBX.ERROR_ADDRESS"]
    for offset in (0x28, 0x3FC, 0x800, 0xFFC, 0x1000, 1, 2, 0x402):
        hole = place(BASES["FLASH"] + offset)
        yield [f"W {hole} 0x00000001", f"R {hole}", *LOOK, "R MBX.ERROR_ADDRESS"]


def dies() -> Iterator[tuple[dict, list[str]]]:
    for seed in (0, 1, 2, 0x1_0000_0001, (1 << 64) - 1):
        yield {**CHIP, "seed": seed}, ["R MBX.DIE[0]", "R MBX.DIE[1]", RESET, "R MBX.DIE[0]", "R MBX.DIE[1]", "R MBX.VERSION"]


def cases() -> Iterator[dict]:
    for group, chip in ((kept, CHIP), (times, CHIP), (torn, CHIP), (worn, {**CHIP, "flashEndurance": 2}), (refused, CHIP)):
        for script in group():
            given = {"chip": chip, "script": script}
            yield {"given": given, "expect": evaluate(given)}
    for chip, script in dies():
        given = {"chip": chip, "script": script}
        yield {"given": given, "expect": evaluate(given)}

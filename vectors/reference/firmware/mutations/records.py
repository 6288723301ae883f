"""Mistakes in the commissioning record."""

from __future__ import annotations

from ..arithmetic import saturate16
from ..record import RecordCommands, Records, Sums
from ..requests import FOREIGN_RECORD, Refusal
from ..storage import ERASE, PAGE, PROGRAM, READ, SLOT_PAGES, Head, Storage, Writer, checksum

BOOT = ("boot",)


class OldestRecord(Storage):
    """Of two records the older counts"""
    suites = ("boot", "scrub")
    breaks = "FW-10.1.15"

    def newest(self, contents):
        heads = [content for content in contents if isinstance(content, Head)]
        return min(heads, key=lambda head: head.sequence) if heads else None


class FirstRecord(Storage):
    """The record of slot 0 counts, whatever its number"""
    suites = ("boot", "scrub")
    breaks = "FW-10.1.15"

    def newest(self, contents):
        return next((content for content in contents if isinstance(content, Head)), None)


class ChecksumBigEndian(Storage):
    """The checksum takes the high byte of a word first"""
    suites = BOOT
    breaks = "FW-10.1.12"

    def checksum(self, words):
        return checksum([int.from_bytes(word.to_bytes(4, "big"), "little") for word in words])


class ChecksumNotInverted(Storage):
    """The checksum is not inverted at its end"""
    suites = BOOT
    breaks = "FW-10.1.12"

    def checksum(self, words):
        return ~checksum(words) & 0xFFFF_FFFF


class ChecksumWithoutMagic(Storage):
    """The checksum leaves the first word out"""
    suites = BOOT
    breaks = "FW-10.1.12"

    def checksum(self, words):
        return checksum(words[1:])


class SecondSlotFirst(Storage):
    """The second slot is read first"""
    suites = BOOT
    breaks = "FW-10.1.15"

    def contents(self):
        return [self.content(slot) for slot in (1, 0)][::-1]


class FlashNotLocked(Storage):
    """The flash stays unlocked"""
    suites = BOOT
    breaks = "FW-10.2.6"

    def lock(self):
        pass


class PageNotErased(Writer):
    """Pages are written over"""
    suites = BOOT
    breaks = "FW-10.2.3"

    def put(self, *words):
        for word in words:
            page, index = divmod(len(self.words), PAGE)
            if index == 0:
                self.storage.perform(READ, self.slot * SLOT_PAGES + page)
            self.storage.bus.write(f"FLASH.BUFFER[{index}]", word)
            self.words.append(word)
            if index == PAGE - 1:
                self.storage.perform(PROGRAM, self.slot * SLOT_PAGES + page)


class BufferNotCleared(Writer):
    """What the buffer held goes into the rest of the page"""
    suites = BOOT
    breaks = "FW-10.2.3"

    def put(self, *words):
        for word in words:
            page, index = divmod(len(self.words), PAGE)
            if index == 0:
                self.storage.perform(ERASE, self.slot * SLOT_PAGES + page)
            self.storage.bus.write(f"FLASH.BUFFER[{index}]", word)
            self.words.append(word)
            if index == PAGE - 1:
                self.storage.perform(PROGRAM, self.slot * SLOT_PAGES + page)


class SecondPageLost(Writer):
    """Every page goes to the first"""
    suites = BOOT
    breaks = "FW-10.2.3"

    def put(self, *words):
        for word in words:
            index = len(self.words) % PAGE
            if index == 0:
                self.storage.perform(ERASE, self.slot * SLOT_PAGES)
                self.storage.perform(READ, self.slot * SLOT_PAGES)
            self.storage.bus.write(f"FLASH.BUFFER[{index}]", word)
            self.words.append(word)
            if index == PAGE - 1:
                self.storage.perform(PROGRAM, self.slot * SLOT_PAGES)


class SameSlot(RecordCommands):
    """The newest record is written over"""
    suites = BOOT
    breaks = "FW-10.2.1"

    def place(self, newest):
        slot, sequence = super().place(newest)
        return (newest.slot if newest else slot), sequence


class SequenceStays(RecordCommands):
    """The sequence number stays"""
    suites = BOOT
    breaks = "FW-10.2.1"

    def place(self, newest):
        return super().place(newest)[0], 1


class SequenceFromZero(RecordCommands):
    """The first record has number 0"""
    suites = BOOT
    breaks = "FW-10.2.1"

    def place(self, newest):
        slot, sequence = super().place(newest)
        return slot, sequence if newest else 0


class AnyDie(Records):
    """The record of any die is taken"""
    suites = ("boot", "scrub")
    breaks = "FW-10.3.2"

    def expect_own(self, head):
        self.die()


class HalfOfDie(Records):
    """Only the low word of the die is compared"""
    suites = ("boot", "scrub")
    breaks = "FW-10.3.2"

    def expect_own(self, head):
        if head.die[0] != self.die()[0]:
            raise Refusal(FOREIGN_RECORD)


class OneFeedback(RecordCommands):
    """Both gains get the first feedback resistor"""
    suites = BOOT
    breaks = "FW-10.3.5"

    def restore_tile(self, reader, tile):
        write = tile.write
        first = []

        def same(register, value):
            if register.startswith("FEEDBACK"):
                first.append(value)
                value = first[0]
            write(register, value)

        tile.write = same
        try:
            super().restore_tile(reader, tile)
        finally:
            del tile.write


class TrimOfColumns(RecordCommands):
    """Only the trims of columns are kept"""
    suites = BOOT
    breaks = "FW-10.1.10"

    def lines(self, tile):
        return tile.columns


class BanksExchanged(RecordCommands):
    """The banks are exchanged at the start"""
    suites = BOOT
    breaks = "FW-10.3.5"

    def restore_bank(self, reader, number, bank):
        super().restore_bank(reader, 1 - number, "TANH" if bank == "SIGMOID" else "SIGMOID")


class BitsFromRowOne(Sums):
    """Rows are numbered from 1"""
    suites = BOOT
    breaks = "FW-10.4.1"

    def driven(self, row, pattern):
        return super().driven(row + 1, pattern)


class OnePatternLess(Sums):
    """The highest bit of a row's number has no pattern"""
    suites = BOOT
    breaks = "FW-10.4.1"

    @property
    def patterns(self):
        return max(1, (self.layer.rows - 1).bit_length())


class SumsAtFullScale(Sums):
    """Sums are measured at full scale"""
    suites = BOOT
    breaks = "FW-10.4.3"

    def code(self):
        return self.layer.tile.full_scale


class SumsBelowFullScale(Sums):
    """Any sum may be as large as what is converted"""
    suites = BOOT
    breaks = "FW-10.4.3"

    def peak(self, code):
        return super().peak(code) * 3 // 4


class SumsRoundedDown(Sums):
    """Halves of sums are rounded down"""
    suites = BOOT
    breaks = "FW-10.4.4"

    def kept(self, pattern, code):
        return [saturate16(total >> 1) for total in self.measure(pattern, code)]


class PeakOfAllRows(Sums):
    """Only the sums of all rows decide the code"""
    suites = BOOT
    breaks = "FW-10.4.3"

    def peak(self, code):
        return max(abs(total) for total in self.measure(0, code))

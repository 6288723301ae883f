"""The commissioning record: written by `commit`, started from by `boot` (section 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Optional, Union

from .arithmetic import half_up, pack, pair_count, saturate16, signed16
from .commands import BANKS, BREAKS, HEADROOMS, LARGEST_SAMPLES, PULSE_TIMES, SEGMENTS, SIZES, WORD16, Command
from .controller import Controller
from .driver import Tile
from .network import Network, Shape
from .requests import (DAMAGED_RECORD, DOES_NOT_FIT, FLASH, FOREIGN_RECORD, NO_RECORD, Answer, Refusal, Request, need)
from .sides import SIDES
from .storage import MAGIC, Head, Reader, Storage, Writer
from .training.slopes import Circuit
from .weights import Layer, PulseTimes

LARGEST_SUM = 3 << 14


class Sums:
    """Sums of a layer's weights by column."""

    def __init__(self, network: Network, layer: Layer, samples_log2: int) -> None:
        self.network, self.layer, self.samples_log2 = network, layer, samples_log2

    @property
    def patterns(self) -> int:
        """All rows, and the rows that have each bit of a row's number."""
        return 1 + (self.layer.rows - 1).bit_length()

    @property
    def words(self) -> int:
        """That the record has of them."""
        return self.patterns * pair_count(self.layer.columns)

    def driven(self, row: int, pattern: int) -> bool:
        return pattern == 0 or bool(row >> (pattern - 1) & 1)

    def measure(self, pattern: int, code: int) -> list[int]:
        """Shares, of the columns that the layer has."""
        tile = self.layer.tile
        tile.drive_word_lines([code if self.driven(row, pattern) else 0 for row in range(self.layer.rows)])
        return self.network.verifier.verify(tile, self.samples_log2)[: self.layer.columns]

    def kept(self, pattern: int, code: int) -> list[int]:
        return [saturate16(half_up(total, 1)) for total in self.measure(pattern, code)]

    def code(self) -> int:
        code = self.layer.tile.full_scale
        while code > 1 and self.peak(code) >= LARGEST_SUM:
            code >>= 1
        return code

    def peak(self, code: int) -> int:
        return max(abs(total) for pattern in range(self.patterns) for total in self.measure(pattern, code))


class Records:
    """Those of the flash, as `boot` and `scrub` look for one."""

    def __init__(self, controller: Controller) -> None:
        self.bus = controller.bus
        self.storage: Storage = controller.parts[Storage](controller.bus)

    def die(self) -> tuple[int, int]:
        return self.bus.read("MBX.DIE[0]"), self.bus.read("MBX.DIE[1]")

    def newest(self, side: Optional[int]) -> Head:
        """Of this die; of any side unless one is asked for."""
        contents = self.storage.contents()
        head = self.storage.newest(self.storage.of_side(contents, side))
        if head is None:
            raise Refusal(self.missing(contents))
        self.expect_own(head)
        return head

    def missing(self, contents: Sequence[Union[Head, str]]) -> int:
        return DAMAGED_RECORD if "damaged" in contents else NO_RECORD

    def expect_own(self, head: Head) -> None:
        if head.die != self.die():
            raise Refusal(FOREIGN_RECORD)


class RecordCommands:
    def __init__(self, controller: Controller) -> None:
        self.controller = controller
        self.bus = controller.bus
        self.records: Records = controller.parts[Records](controller)
        self.storage = self.records.storage

    def table(self) -> Mapping[int, Command]:
        return {18: self.commit, 19: self.boot}

    # Writing

    def commit(self, request: Request, answer: Answer) -> None:
        samples_log2 = request.take_in(LARGEST_SAMPLES)
        request.end()
        need(self.controller.pulse_times)
        need(self.controller.network)
        slot, sequence = self.place(self.before())
        self.storage.unlock()
        writer: Writer = self.controller.parts[Writer](self.storage, slot)
        count = self.write(writer, sequence, samples_log2)
        try:
            self.controller.expect_no_errors()
            writer.finish()
        finally:
            self.storage.lock()
        if self.bus.read("FLASH.ERROR") != 0:
            raise Refusal(FLASH)
        head = self.storage.content(slot)
        if not isinstance(head, Head) or head.sequence != sequence:
            raise Refusal(FLASH)
        answer.done(sequence, count)

    def before(self) -> Optional[Head]:
        """The newest record, of either side."""
        return self.storage.newest(self.storage.contents())

    def side(self) -> int:
        """That the record is of."""
        return self.controller.worked_on

    def place(self, newest: Head | None) -> tuple[int, int]:
        """Slot and sequence number of the record to come."""
        return (1 - newest.slot, newest.sequence + 1) if newest else (0, 1)

    def write(self, writer: Writer, sequence: int, samples_log2: int) -> int:
        network, times = self.controller.network, self.controller.pulse_times
        die = self.records.die()
        counts = [self.bus.read(f"MBX.{bank}_COUNT") for bank in BANKS]
        sums = [self.controller.parts[Sums](network, layer, samples_log2) for layer in network.layers]
        count = self.length(sums, counts)
        writer.put(MAGIC, count, sequence, *die, self.side(), *network.shape.words())
        for bank, segments in zip(BANKS, counts):
            self.save_bank(writer, bank, segments)
        writer.put(*times.set_times, *times.reset_times, int(times.noisy))
        for tile in network.tiles:
            self.save_tile(writer, tile)
        for part in sums:
            self.save_sums(writer, part)
        return count

    def length(self, sums: Sequence[Sums], counts: Sequence[int]) -> int:
        parts = sum(3 + self.lines(part.layer.tile) + 1 + part.words for part in sums)
        return 12 + sum(2 + 2 * count for count in counts) + 131 + parts + 1

    def lines(self, tile: Tile) -> int:
        return max(tile.word_lines, tile.columns)

    def save_bank(self, writer: Writer, bank: str, segments: int) -> None:
        writer.put(segments)
        registers = ["RAILS", *(f"BREAK[{k}]" for k in range(segments)), *(f"LINE[{k}]" for k in range(segments))]
        for register in registers:
            writer.put(self.bus.read(f"MBX.{bank}_{register}"))

    def save_tile(self, writer: Writer, tile: Tile) -> None:
        for gain in range(2):
            writer.put(tile.read(f"FEEDBACK[{gain}]"))
        writer.put(self.lines(tile))
        for line in range(self.lines(tile)):
            writer.put(tile.read(f"TRIM[{line}]"))

    def save_sums(self, writer: Writer, sums: Sums) -> None:
        code = sums.code()
        writer.put(code)
        for pattern in range(sums.patterns):
            writer.put(*pack(sums.kept(pattern, code)))

    # Starting

    def boot(self, request: Request, answer: Answer) -> None:
        asked = request.take_in(SIDES) if request.left else None
        request.end()
        newest = self.records.newest(asked)
        side = self.controller.sides[newest.side]
        reader: Reader = self.controller.parts[Reader](self.storage, newest.slot)
        reader.take(6)
        shape = self.shape(reader)
        self.controller.make_network(shape, side)
        self.controller.take_over(side)
        self.controller.drop_trainers()
        try:
            self.restore(reader)
        except Refusal:
            self.controller.network = None
            raise
        self.controller.expect_no_errors()
        answer.done(newest.sequence, newest.side, *shape.words())

    def shape(self, reader: Reader) -> Shape:
        return Shape(*(reader.take_in(allowed) for allowed in (SIZES, SIZES, SIZES, WORD16, WORD16, HEADROOMS)))

    def restore(self, reader: Reader) -> None:
        """All but the network itself."""
        self.controller.network.write_circuits()
        for number, bank in enumerate(BANKS):
            self.restore_bank(reader, number, bank)
        times = [reader.take_in(PULSE_TIMES) for _ in range(130)]
        noisy = reader.take_in(range(2)) == 1
        self.controller.pulse_times = self.controller.parts[PulseTimes](times[:65], times[65:], noisy)
        for tile in self.controller.network.tiles:
            self.restore_tile(reader, tile)

    def restore_bank(self, reader: Reader, number: int, bank: str) -> None:
        count = reader.take_in(SEGMENTS)

        def move(register: str, allowed: range = range(1 << 32)) -> int:
            word = reader.take_in(allowed)
            self.bus.write(f"MBX.{bank}_{register}", word)
            return word

        rails = move("RAILS")
        breaks = [move(f"BREAK[{k}]", BREAKS) for k in range(count)]
        lines = [move(f"LINE[{k}]") for k in range(count)]
        self.bus.write(f"MBX.{bank}_COUNT", count)
        segments = [(signed16(start), signed16(line), signed16(line >> 16)) for start, line in zip(breaks, lines)]
        self.controller.circuits[number] = self.controller.parts[Circuit](signed16(rails), signed16(rails >> 16), segments)

    def restore_tile(self, reader: Reader, tile: Tile) -> None:
        feedback = reader.take(2)
        if reader.next() != self.lines(tile):
            raise Refusal(DOES_NOT_FIT)
        tile.unlock()
        for gain, ohms in enumerate(feedback):
            tile.write(f"FEEDBACK[{gain}]", ohms)
        for line in range(self.lines(tile)):
            tile.write(f"TRIM[{line}]", reader.next())
        tile.lock()

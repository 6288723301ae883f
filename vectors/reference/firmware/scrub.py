"""Finding a weight that is not what it was at commit, and writing it back (section 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .arithmetic import divide_half_up, pair_count, saturate16, unpack
from .commands import BANKS, LARGEST_SAMPLES, SEGMENTS, WORD16, Command
from .controller import Controller
from .network import Network
from .parts import Parts
from .program_verify import Plan, Programmer, Report
from .record import Records, Sums
from .requests import DAMAGED_RECORD, OTHER_RECORD, Answer, Refusal, Request, need
from .storage import Reader


class Deviation:
    """What the sums of a column have gained since commit, one a pattern, and what that tells."""

    def __init__(self, gains: Sequence[int], limit: int, rows: int, adc_bits: int) -> None:
        self.gains, self.limit, self.rows, self.adc_bits = list(gains), limit, rows, adc_bits

    @property
    def total(self) -> int:
        """Of all rows."""
        return self.gains[0]

    @property
    def is_off(self) -> bool:
        return any(abs(gain) > self.limit for gain in self.gains)

    @property
    def within(self) -> int:
        """How far gains may differ that are the same."""
        return max(abs(self.total) // 8, 1 << (17 - self.adc_bits))

    def is_all(self, gain: int) -> bool:
        return abs(gain - self.total) <= self.within

    def is_nothing(self, gain: int) -> bool:
        return abs(gain) <= self.within

    @property
    def row(self) -> int:
        """Whose bits are those of the patterns that have gained as much as all rows."""
        return sum(1 << bit for bit, gain in enumerate(self.gains[1:]) if self.is_all(gain))

    @property
    def is_single(self) -> bool:
        """Every pattern has gained all of it, or nothing."""
        return all(self.is_all(gain) or self.is_nothing(gain) for gain in self.gains[1:])

    @property
    def is_distinct(self) -> bool:
        """All of it and nothing can be told apart."""
        return abs(self.total) > 2 * self.within

    @property
    def is_located(self) -> bool:
        return self.is_off and self.is_distinct and self.is_single and self.row < self.rows


class Survey:
    """The sums of a layer beside those of its record."""

    def __init__(self, sums: Sums, code: int, tolerance: int, parts: Parts) -> None:
        self.sums, self.code, self.parts = sums, code, parts
        self.layer = sums.layer
        self.limit = max(self.scaled(tolerance), self.smallest)

    def scaled(self, tolerance: int) -> int:
        return tolerance * self.code // self.layer.tile.full_scale

    @property
    def smallest(self) -> int:
        """Four codes."""
        return 1 << (18 - self.layer.tile.adc_bits)

    def run(self, reader: Reader, report: Report) -> list[Deviation]:
        """One a column; the reader is at the first sum."""
        patterns = [self.gains(pattern, reader, report) for pattern in range(self.sums.patterns)]
        return [self.parts[Deviation](gains, self.limit, self.layer.rows, self.layer.tile.adc_bits) for gains in zip(*patterns)]

    def gains(self, pattern: int, reader: Reader, report: Report) -> list[int]:
        now = self.sums.kept(pattern, self.code)
        self.count(report)
        before = unpack(reader.take(pair_count(self.layer.columns)), self.layer.columns)
        return [new - old for new, old in zip(now, before)]

    def count(self, report: Report) -> None:
        report.reads += 1 << self.sums.samples_log2


class Repair:
    """Programs the located columns' weights anew."""

    def __init__(self, programmer: Programmer, code: int, plan: Plan) -> None:
        self.programmer, self.code, self.plan = programmer, code, plan
        self.layer = programmer.layer

    def run(self, deviations: Sequence[Deviation], report: Report) -> None:
        self.unlock()
        for row in self.rows(deviations):
            self.repair(row, deviations, report)
        self.lock()

    def unlock(self) -> None:
        self.layer.tile.unlock()

    def lock(self) -> None:
        self.layer.tile.lock()

    def rows(self, deviations: Sequence[Deviation]) -> list[int]:
        return sorted({deviation.row for deviation in deviations if deviation.is_located})

    def repair(self, row: int, deviations: Sequence[Deviation], report: Report) -> None:
        shares = self.read(row, report)
        targets = [self.target(share, deviation) if deviation.is_located and deviation.row == row else self.kept(share)
                   for share, deviation in zip(shares, deviations)]
        self.programmer.program_row(row, targets, self.plan, report)

    def read(self, row: int, report: Report) -> list[int]:
        self.programmer.verifier.select(self.layer.tile, row)
        return self.programmer.read(self.plan, report)

    def target(self, share: int, deviation: Deviation) -> int:
        return saturate16(share - self.gained(deviation.total))

    def kept(self, share: int) -> int:
        """Of a weight that has not changed."""
        return saturate16(share)

    def gained(self, total: int) -> int:
        """A share, of steps at a code."""
        return divide_half_up(2 * total * self.layer.tile.full_scale, self.code)


class ScrubCommands:
    def __init__(self, controller: Controller) -> None:
        self.controller = controller
        self.records: Records = controller.parts[Records](controller)

    def table(self) -> Mapping[int, Command]:
        return {20: self.scrub}

    def scrub(self, request: Request, answer: Answer) -> None:
        index = request.take_in(range(2))
        plan = Plan(request.take_in(range(0x8000)), request.take_in(WORD16), request.take_in(LARGEST_SAMPLES))
        request.end()
        need(self.controller.pulse_times)
        need(self.controller.network)
        reader, sums, report = self.reader(), self.sums(index, plan.samples_log2), Report()
        self.pass_to(reader, index)
        code = self.code(reader, sums)
        first = reader.place
        survey: Survey = self.controller.parts[Survey](sums, code, plan.tolerance, self.controller.parts)
        deviations = survey.run(reader, report)
        off = afterwards = self.off(deviations)
        cells = self.cells(deviations)
        if cells:
            self.repair(sums, code, plan).run(deviations, report)
            afterwards = self.off(self.again(survey, reader, first, report))
        self.controller.expect_no_errors()
        answer.done(off, cells, afterwards, report.rounds, report.reads)

    def again(self, survey: Survey, reader: Reader, first: int, report: Report) -> list[Deviation]:
        reader.go_to(first)
        return survey.run(reader, report)

    def cells(self, deviations: Sequence[Deviation]) -> int:
        """One in each located column."""
        return sum(deviation.is_located for deviation in deviations)

    def off(self, deviations: Sequence[Deviation]) -> int:
        return sum(deviation.is_off for deviation in deviations)

    def sums(self, index: int, samples_log2: int) -> Sums:
        return self.controller.parts[Sums](self.controller.network, self.controller.network.layers[index], samples_log2)

    def repair(self, sums: Sums, code: int, plan: Plan) -> Repair:
        parts, network = self.controller.parts, self.controller.network
        return parts[Repair](parts[Programmer](sums.layer, self.controller.pulse_times, network.verifier, parts), code, plan)

    def reader(self) -> Reader:
        """Behind the sizes of the record of this network."""
        newest = self.records.newest(self.controller.worked_on)
        reader: Reader = self.controller.parts[Reader](self.records.storage, newest.slot)
        reader.take(6)
        self.expect_same(reader.take(6), self.controller.network)
        return reader

    def expect_same(self, words: Sequence[int], network: Network) -> None:
        if list(words) != network.shape.words():
            raise Refusal(OTHER_RECORD)

    def pass_to(self, reader: Reader, index: int) -> None:
        """To the layer's code."""
        for _ in BANKS:
            reader.take(1 + 2 * reader.take_in(SEGMENTS))
        reader.take(131)
        for tile in self.controller.network.tiles:
            reader.take(2)
            lines = max(tile.word_lines, tile.columns)
            reader.take(reader.take_in(range(lines, lines + 1)))
        for layer in range(index):
            reader.take(1 + self.sums(layer, 0).words)

    def code(self, reader: Reader, sums: Sums) -> int:
        code = reader.next()
        if not 1 <= code <= sums.layer.tile.full_scale:
            raise Refusal(DAMAGED_RECORD)
        return code

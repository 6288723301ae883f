"""Mistakes in scrubbing."""

from __future__ import annotations

from ..arithmetic import truncate
from ..record import Sums
from ..requests import OTHER_RECORD, Refusal
from ..scrub import Deviation, Repair, ScrubCommands, Survey
from ..storage import PAGE, READ, SLOT_PAGES, Reader

SCRUB = ("scrub",)


# What is off

class LimitOfToleranceAlone(Survey):
    """The limit may be less than four codes"""
    suites = SCRUB
    breaks = "FW-12.7"

    smallest = 0


class LimitOfTwoCodes(Survey):
    """The limit is two codes at least"""
    suites = SCRUB
    breaks = "FW-12.7"

    @property
    def smallest(self):
        return 1 << (17 - self.layer.tile.adc_bits)


class LimitOfTwelveBits(Survey):
    """Codes are those of 12 bits"""
    suites = SCRUB
    breaks = "FW-12.7"

    smallest = 64


class LimitNotScaled(Survey):
    """The tolerance is not scaled to the code"""
    suites = SCRUB
    breaks = "FW-12.7"

    def scaled(self, tolerance):
        return tolerance


class LimitRoundedUp(Survey):
    """The limit is rounded up"""
    suites = SCRUB
    breaks = "FW-12.7"

    def scaled(self, tolerance):
        return -(-tolerance * self.code // self.layer.tile.full_scale)


class LimitIsOff(Deviation):
    """A sum at the limit is off"""
    suites = SCRUB
    breaks = "FW-12.8"

    @property
    def is_off(self):
        return any(abs(gain) >= self.limit for gain in self.gains)


class OffByTotal(Deviation):
    """Only the sum of all rows says that a column is off"""
    suites = SCRUB
    breaks = "FW-12.8"

    @property
    def is_off(self):
        return abs(self.total) > self.limit


class OffUpward(Deviation):
    """A sum that is too small is not off"""
    suites = SCRUB
    breaks = "FW-12.8"

    @property
    def is_off(self):
        return any(gain > self.limit for gain in self.gains)


# Which weight

class WithinQuarter(Deviation):
    """What is the same may differ by a quarter"""
    suites = SCRUB
    breaks = "FW-12.7"

    @property
    def within(self):
        return max(abs(self.total) // 4, 1 << (17 - self.adc_bits))


class WithinSixteenth(Deviation):
    """What is the same may differ by a sixteenth"""
    suites = SCRUB
    breaks = "FW-12.7"

    @property
    def within(self):
        return max(abs(self.total) // 16, 1 << (17 - self.adc_bits))


class WithinEighthAlone(Deviation):
    """What is the same may differ by less than two codes"""
    suites = SCRUB
    breaks = "FW-12.7"

    @property
    def within(self):
        return abs(self.total) // 8


class WithinFourCodes(Deviation):
    """What is the same may differ by four codes"""
    suites = SCRUB
    breaks = "FW-12.7"

    @property
    def within(self):
        return max(abs(self.total) // 8, 1 << (18 - self.adc_bits))


class WithinRoundedUp(Deviation):
    """An eighth of a fall is rounded up"""
    suites = SCRUB
    breaks = "FW-12.7"

    @property
    def within(self):
        return max(abs(self.total >> 3), 1 << (17 - self.adc_bits))


class RowBySign(Deviation):
    """A bit is 1 where the sum moved the same way"""
    suites = SCRUB
    breaks = "FW-12.9"

    @property
    def row(self):
        return sum(1 << bit for bit, gain in enumerate(self.gains[1:]) if gain * self.total > 0)


class RowByLimit(Deviation):
    """A bit is 1 where the sum is off"""
    suites = SCRUB
    breaks = "FW-12.9"

    @property
    def row(self):
        return sum(1 << bit for bit, gain in enumerate(self.gains[1:]) if abs(gain) > self.limit)


class RowOfRises(Deviation):
    """Only what has risen names a row"""
    suites = SCRUB
    breaks = "FW-12.9"

    @property
    def row(self):
        return sum(1 << bit for bit, gain in enumerate(self.gains[1:]) if gain > 0 and self.is_all(gain))


class RowReversed(Deviation):
    """The bits of the row are in falling order"""
    suites = SCRUB
    breaks = "FW-12.9"

    @property
    def row(self):
        return sum(1 << bit for bit, gain in enumerate(reversed(self.gains[1:])) if self.is_all(gain))


class RowThatIsNot(Deviation):
    """The row behind the last is taken for one"""
    suites = SCRUB
    breaks = "FW-12.10"

    @property
    def is_located(self):
        return self.is_off and self.is_distinct and self.is_single and self.row <= self.rows


class ManyAreOne(Deviation):
    """A column of which several weights have changed is located"""
    suites = SCRUB
    breaks = "FW-12.10"

    @property
    def is_single(self):
        return True


class NothingNotChecked(Deviation):
    """A sum without the row may have gained anything up to half"""
    suites = SCRUB
    breaks = "FW-12.10"

    def is_nothing(self, gain):
        return 2 * abs(gain) <= abs(self.total)


class LocatedIndistinctly(Deviation):
    """A column is located by a total of any size"""
    suites = SCRUB
    breaks = "FW-12.10"

    @property
    def is_distinct(self):
        return True


class LocatedAtFourCodes(Deviation):
    """A column is located by a total of four codes"""
    suites = SCRUB
    breaks = "FW-12.10"

    @property
    def is_distinct(self):
        return abs(self.total) >= 2 * self.within


class LocatedBeyondLimitAlone(Deviation):
    """A column is located only by a total beyond the limit"""
    suites = SCRUB
    breaks = "FW-12.10"

    @property
    def is_distinct(self):
        return abs(self.total) > self.limit


class LocatedThoughNotOff(Deviation):
    """A column that is not off is located"""
    suites = SCRUB
    breaks = "FW-12.10"

    @property
    def is_located(self):
        return self.is_distinct and self.is_single and self.row < self.rows


# Writing back

class TargetFurther(Repair):
    """What a weight has gained is added"""
    suites = SCRUB
    breaks = "FW-12.12"

    def gained(self, total):
        return -super().gained(total)


class TargetInSteps(Repair):
    """Half of what a weight has gained is taken off"""
    suites = SCRUB
    breaks = "FW-12.12"

    def gained(self, total):
        return super().gained(total) // 2


class TargetAtCode(Repair):
    """What a weight has gained is not scaled from the code"""
    suites = SCRUB
    breaks = "FW-12.12"

    def gained(self, total):
        return 2 * total


class TargetTruncated(Repair):
    """What a weight has gained is truncated"""
    suites = SCRUB
    breaks = "FW-12.12"

    def gained(self, total):
        return truncate(2 * total * self.layer.tile.full_scale, self.code)


class TargetBeyond(Repair):
    """A target may be beyond the ends"""
    suites = SCRUB
    breaks = "FW-12.12"

    def target(self, share, deviation):
        return share - self.gained(deviation.total)


class OthersBeyond(Repair):
    """The row's other weights may be kept beyond the ends"""
    suites = SCRUB
    breaks = "FW-12.12"

    def kept(self, share):
        return share


class OthersToMiddle(Repair):
    """The row's other weights go to the middle"""
    suites = SCRUB
    breaks = "FW-12.12"

    def kept(self, share):
        return 0


class OthersCorrected(Repair):
    """All located columns are corrected in every row"""
    suites = SCRUB
    breaks = "FW-12.12"

    def repair(self, row, deviations, report):
        shares = self.read(row, report)
        targets = [self.target(share, deviation) if deviation.is_located else self.kept(share)
                   for share, deviation in zip(shares, deviations)]
        self.programmer.program_row(row, targets, self.plan, report)


class RowsDescending(Repair):
    """The last row is written first"""
    suites = SCRUB
    breaks = "FW-12.12"

    def rows(self, deviations):
        return super().rows(deviations)[::-1]


class RowsByColumn(Repair):
    """Rows are written in the order of the columns that name them"""
    suites = SCRUB
    breaks = "FW-12.12"

    def rows(self, deviations):
        return list(dict.fromkeys(deviation.row for deviation in deviations if deviation.is_located))


class RowForEveryColumn(Repair):
    """A row is written once for each column that names it"""
    suites = SCRUB
    breaks = "FW-12.12"

    def rows(self, deviations):
        return sorted(deviation.row for deviation in deviations if deviation.is_located)


class FirstRowAlone(Repair):
    """One row is written back a request"""
    suites = SCRUB
    breaks = "FW-12.12"

    def rows(self, deviations):
        return super().rows(deviations)[:1]


class ScrubNotLocked(Repair):
    """The tile stays unlocked"""
    suites = SCRUB
    breaks = "FW-12.13"

    def lock(self):
        pass


class ScrubNotUnlocked(Repair):
    """The tile is not unlocked"""
    suites = SCRUB
    breaks = "FW-12.12"

    def unlock(self):
        pass


class UnlockedForEachRow(Repair):
    """The tile is locked and unlocked between rows"""
    suites = SCRUB
    breaks = "FW-12.13"

    def repair(self, row, deviations, report):
        super().repair(row, deviations, report)
        self.lock()
        self.unlock()


class ScrubPreparesPairs(Repair):
    """Pairs go to the middle of the range first"""
    suites = SCRUB
    breaks = "FW-12.13"

    def unlock(self):
        super().unlock()
        self.programmer.prepare()


# What is counted

class SurveyNotCounted(Survey):
    """The reads of sums are not counted"""
    suites = SCRUB
    breaks = "FW-12.5"

    def count(self, report):
        pass


class SurveyCountedOnce(Survey):
    """A sum counts as one read, whatever it averages"""
    suites = SCRUB
    breaks = "FW-12.5"

    def count(self, report):
        report.reads += 1


class RowReadNotCounted(Repair):
    """The read that targets come from is not counted"""
    suites = SCRUB
    breaks = "FW-12.12"

    def read(self, row, report):
        reads = report.reads
        shares = super().read(row, report)
        report.reads = reads
        return shares


class RowsAreCells(ScrubCommands):
    """Rows are counted for cells"""
    suites = SCRUB
    breaks = "FW-12.14"

    def cells(self, deviations):
        return len({deviation.row for deviation in deviations if deviation.is_located})


class SecondSurveyMissing(ScrubCommands):
    """The located columns are taken to be well afterwards"""
    suites = SCRUB
    breaks = "FW-12.15"

    def again(self, survey, reader, first, report):
        return []


class SurveyNotAveraged(ScrubCommands):
    """Sums are read once, however many reads are asked for"""
    suites = SCRUB
    breaks = "FW-12.5"

    def sums(self, index, samples_log2):
        return super().sums(index, 0)


class PatternsFromHighest(Survey):
    """The record has the sums of the highest bit first"""
    suites = SCRUB
    breaks = "FW-12.5"

    def gains(self, pattern, reader, report):
        return super().gains(self.sums.patterns - pattern if pattern else 0, reader, report)


class SumBeforeMeasured(Survey):
    """The record's sums are read before those of the array"""
    suites = SCRUB
    breaks = "FW-12.5"

    def gains(self, pattern, reader, report):
        columns = self.layer.columns
        words = reader.take((columns + 1) // 2)
        reader.take = lambda count: words
        try:
            return super().gains(pattern, reader, report)
        finally:
            del reader.take


# The record

class PageNotReadAnew(Reader):
    """The buffer is taken to have the page of the first sum"""
    suites = SCRUB
    breaks = "FW-12.6"

    def go_to(self, place):
        self.place, self.due = place, place == 0


class PageReadTwice(Reader):
    """A page that begins with the first sum is read twice"""
    suites = SCRUB
    breaks = "FW-12.6"

    def next(self):
        if self.due and self.place > 0 and self.place % PAGE == 0:
            self.storage.perform(READ, self.slot * SLOT_PAGES + self.place // PAGE)
        return super().next()


class SecondSurveyFromCode(ScrubCommands):
    """The second survey begins at the code"""
    suites = SCRUB
    breaks = "FW-12.6"

    def again(self, survey, reader, first, report):
        return super().again(survey, reader, first - 1, report)


class DenseFromFirstSums(ScrubCommands):
    """The dense layer's sums are taken where the LSTM's are"""
    suites = SCRUB
    breaks = "FW-12.3"

    def pass_to(self, reader, index):
        super().pass_to(reader, 0)


class DenseCodeForgotten(ScrubCommands):
    """The LSTM's code is not passed over"""
    suites = SCRUB
    breaks = "FW-12.3"

    def pass_to(self, reader, index):
        super().pass_to(reader, 0)
        for layer in range(index):
            reader.take(self.sums(layer, 0).words)


class SizesNotCompared(ScrubCommands):
    """The record of any network is taken"""
    suites = SCRUB
    breaks = "FW-12.2"

    def expect_same(self, words, network):
        pass


class WindowsNotCompared(ScrubCommands):
    """The record's windows may be others"""
    suites = SCRUB
    breaks = "FW-12.2"

    def expect_same(self, words, network):
        if list(words[:3]) != network.shape.words()[:3]:
            raise Refusal(OTHER_RECORD)


class CodeNotChecked(ScrubCommands):
    """Any code is taken"""
    suites = SCRUB
    breaks = "FW-12.4"

    def code(self, reader, sums):
        return reader.next()


class CodeIsFullScale(ScrubCommands):
    """Sums are measured at full scale"""
    suites = SCRUB
    breaks = "FW-12.5"

    def code(self, reader, sums):
        super().code(reader, sums)
        return sums.layer.tile.full_scale


class ScrubOfActive(ScrubCommands):
    """The active side is scrubbed"""
    suites = SCRUB
    breaks = "FW-12.1"

    def scrub(self, request, answer):
        worked_on, self.controller.worked_on = self.controller.worked_on, self.controller.active
        try:
            super().scrub(request, answer)
        finally:
            self.controller.worked_on = worked_on


class ScrubLooksAtItsTile(ScrubCommands):
    """Scrubbing looks at errors of its own tile alone"""
    suites = SCRUB
    breaks = "FW-12.16"

    def cells(self, deviations):
        network = self.controller.network
        tile = network.layers[1 if len(deviations) == network.outputs else 0].tile
        self.controller.expect_no_errors = lambda: self.controller.expect_no_error(tile)
        return super().cells(deviations)


class ScrubIgnoresErrors(ScrubCommands):
    """Scrubbing does not look at errors"""
    suites = SCRUB
    breaks = "FW-12.16"

    def cells(self, deviations):
        self.controller.expect_no_errors = lambda network=None: None
        return super().cells(deviations)


class ScrubWithoutTimes(ScrubCommands):
    """Scrubbing begins without pulse times"""
    suites = SCRUB
    breaks = "FW-2.2.21"

    def scrub(self, request, answer):
        times = self.controller.pulse_times
        self.controller.pulse_times = times or self.controller
        try:
            super().scrub(request, answer)
        finally:
            self.controller.pulse_times = times


class OtherRowsDriven(Sums):
    """Patterns drive the rows whose number lacks the bit"""
    suites = SCRUB
    breaks = "FW-10.4.1"

    def driven(self, row, pattern):
        return pattern == 0 or not super().driven(row, pattern)

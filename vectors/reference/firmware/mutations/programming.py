"""Mistakes in programming rows."""

from __future__ import annotations

from ..program_verify import Programmer

PROGRAM = ("program_verify",)


class NoPreparation(Programmer):
    """Pairs are not brought to the middle first"""
    suites = PROGRAM
    breaks = "FW-5.4.2"

    def prepare(self):
        pass


class PreparationOfReference(Programmer):
    """Reference synapses are brought to the middle too"""
    suites = PROGRAM
    breaks = "FW-5.4.2"

    def prepare(self):
        tile = self.layer.tile
        differential, tile.differential = tile.differential, True
        pulse = tile.pulse
        if not differential:
            tile.pulse = lambda column, cell, partner: tile.write(f"PULSE[{column}]", cell)
        super().prepare()
        tile.differential, tile.pulse = differential, pulse


class PreparationOfUsedRows(Programmer):
    """Only the network's rows are prepared"""
    suites = PROGRAM
    breaks = "FW-5.4.2"

    def prepare(self):
        tile = self.layer.tile
        word_lines, tile.word_lines = tile.word_lines, self.layer.rows
        super().prepare()
        tile.word_lines = word_lines


class PreparationOfUsedColumns(Programmer):
    """Only the network's columns are prepared"""
    suites = PROGRAM
    breaks = "FW-5.4.2"

    def prepare(self):
        tile = self.layer.tile
        columns, tile.columns = tile.columns, self.layer.columns
        super().prepare()
        tile.columns = columns


class PreparationNotDoubled(Programmer):
    """The first pulse of the preparation is just as long as the way"""
    suites = PROGRAM
    breaks = "FW-5.4.1"

    def prepare(self):
        tile = self.layer.tile
        pulse, top = tile.pulse, self.times.width(0, 0x8000, True)
        tile.pulse = lambda column, cell, partner: pulse(column, min(cell, top), min(partner, top))
        super().prepare()
        tile.pulse = pulse


class RowSelectedAgain(Programmer):
    """The row is selected before every reading"""
    suites = PROGRAM
    breaks = "FW-5.5.6"

    def program_row(self, row, targets, plan, report):
        self.row = row
        super().program_row(row, targets, plan, report)

    def read(self, plan, report):
        self.verifier.select(self.layer.tile, self.row)
        return super().read(plan, report)


class ReadsCountedOnce(Programmer):
    """A verification of several readings counts as one"""
    suites = PROGRAM
    breaks = "FW-5.5.2"

    def read(self, plan, report):
        shares = super().read(plan, report)
        report.reads += 1 - (1 << plan.samples_log2)
        return shares


class ReadsOfNetworkColumns(Programmer):
    """Only the network's columns are sensed"""
    suites = PROGRAM
    breaks = "FW-5.2.1"

    def read(self, plan, report):
        tile = self.layer.tile
        columns, tile.columns = tile.columns, self.layer.columns
        shares = super().read(plan, report)
        tile.columns = columns
        return shares


class WorstIncludesEveryRound(Programmer):
    """The worst error is that of any round"""
    suites = PROGRAM
    breaks = "FW-5.5.7"

    def check(self, columns, targets, shares, plan):
        self.worst = max([getattr(self, "worst", 0)] + [abs(t - s) for t, s in zip(targets, shares)])
        return super().check(columns, targets, shares, plan)

    def program_row(self, row, targets, plan, report):
        super().program_row(row, targets, plan, report)
        report.worst = self.worst


class WorstOfMissedOnly(Programmer):
    """Weights that settled do not count in the worst error"""
    suites = PROGRAM
    breaks = "FW-5.5.7"

    def program_row(self, row, targets, plan, report):
        worst, missed = report.worst, report.missed
        super().program_row(row, targets, plan, report)
        if report.missed == missed:
            report.worst = worst


class MissedByLastPulse(Programmer):
    """Whether a weight settled is not looked at after the last round"""
    suites = PROGRAM
    breaks = "FW-5.5.4"

    def check(self, columns, targets, shares, plan):
        self.rounds = getattr(self, "rounds", 0)
        if self.rounds == plan.rounds:
            return not all(column.settled for column in columns)
        self.rounds += 1
        return super().check(columns, targets, shares, plan)

    def program_row(self, row, targets, plan, report):
        self.rounds = 0
        super().program_row(row, targets, plan, report)


class SettledPulsedToo(Programmer):
    """Settled weights are pulsed with the others"""
    suites = PROGRAM
    breaks = "FW-5.5.5"

    def pulse(self, columns, targets, shares):
        for column in columns:
            column.settled = False
        super().pulse(columns, targets, shares)


class OneRoundMore(Programmer):
    """The limit of rounds is passed by one"""
    suites = PROGRAM
    breaks = "FW-5.5.4"

    def program_row(self, row, targets, plan, report):
        rounds, plan.rounds = plan.rounds, plan.rounds + 1
        super().program_row(row, targets, plan, report)
        plan.rounds = rounds


class RoundsOfAllRows(Programmer):
    """The limit of rounds is shared by all rows"""
    suites = PROGRAM
    breaks = "FW-5.5.4"

    def program_row(self, row, targets, plan, report):
        rounds, plan.rounds = plan.rounds, plan.rounds - report.rounds
        super().program_row(row, targets, plan, report)
        plan.rounds = rounds

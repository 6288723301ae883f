"""Golden vectors through Python: the answers, and the logs byte for byte."""

import json
import unittest

from mblstm import Chip, vectors
from support import InAFolder, REPOSITORY, mblstm

BUS = [name for name in vectors.names() if vectors.load(name).kind == "bus"]


class Forgetful(Chip):
    """A chip with a mistake: one register does not keep what is written."""

    def write_register(self, address, value):
        super().write_register(address, value & 0xFFFFFFFE if address == self.MBX0.WATCHDOG.address else value)


class Late(Chip):
    """A chip with a mistake: each read is a cycle late."""

    def read_register(self, address):
        self.advance(self.cycle + 1)
        return super().read_register(address)


class Worn(Chip):
    """A chip with a mistake: a cell that is another one."""

    def cells(self, tile=0):
        cells = super().cells(tile)
        cells[0, 0] += 1
        return cells


class VectorTests(InAFolder):
    def test_they_are_those_of_the_repository(self):
        kept = {path.name: path.read_bytes() for path in (REPOSITORY / "vectors/v1").glob("*.json")}
        self.assertEqual({path.name: path.read_bytes() for path in (vectors.folder() / "v1").glob("*.json")}, kept)
        self.assertEqual(vectors.names(), sorted(name[:-5] for name in kept if name != "schema.json"))

    def test_loading_a_suite_is_one_call(self):
        suite = vectors.load("mvm")
        self.assertEqual((suite.name, suite.kind, suite.provenance), ("mvm", "bus", "golden"))
        case = suite.cases[3]
        self.assertEqual((case.id, sorted(case.given), sorted(case.expect)),
                         (4, ["chip", "conductances", "script"], ["counters", "transactions"]))
        self.assertTrue(case.holds and suite.purpose and suite.fields["chip"])
        self.assertEqual((case.verdict, suite.version), ("valid", "1.1"))
        self.assertLessEqual(set(case.flags), set(suite.flags))
        self.assertEqual(vectors.load(vectors.folder() / "v1/mvm.json"), suite)
        for name in vectors.names():
            cases = vectors.load(name).cases
            self.assertEqual([case.id for case in cases], list(range(1, len(cases) + 1)), name)

    def test_a_file_that_is_not_in_the_format_is_refused_with_its_place(self):
        content = json.loads((vectors.folder() / "v1/program_row.json").read_text())
        content["cases"] = content["cases"][:1]
        changes = {
            "no vectors of format 2, found format 1": lambda file: file.update(format=1),
            ": the member 'suite' is missing": lambda file: file.pop("suite"),
            ".suite: expected one of fixed, .*, found 'wires'": lambda file: file.update(suite="wires"),
            ": the member 'more' is unknown": lambda file: file.update(more=1),
            ": case 1.verdict: expected one of valid, must-refuse, implementation-defined, found 'good'":
                lambda file: file["cases"][0].update(verdict="good"),
            ": case 1.id: expected a whole number from 1 to 9223372036854775807, found True": lambda file: file["cases"][0].update(id=True),
            ": case 1: expect.transactions: expected a list, found 3": lambda file: file["cases"][0]["expect"].update(transactions=3),
            ": case 1: given.chip.tiles\\[0\\]\\[1\\]: expected a whole number from 1 to 1024, found 0":
                lambda file: file["cases"][0]["given"]["chip"].update(tiles=[[1, 0]]),
            ": case 1: the member 'given' is missing": lambda file: file["cases"][0].pop("given"),
        }
        for words, change in changes.items():
            other = json.loads(json.dumps(content))
            change(other)
            path = self.folder / "other.json"
            path.write_text(json.dumps(other))
            self.assertRaisesRegex(ValueError, words, vectors.load, path)

    def test_a_chip_passes_every_case_of_accesses(self):
        reports = [vectors.check(Chip, name) for name in BUS]
        self.assertTrue(all(reports), "\n".join(map(str, reports)))
        self.assertEqual({report.suite: report.passed for report in reports}, {name: len(vectors.load(name).cases) for name in BUS})
        self.assertLessEqual({"registers", "mvm", "program_row"}, set(BUS))

    def test_mistakes_are_noticed_in_words(self):
        for chip, words in ((Forgetful, "access .*MBX0.WATCHDOG"), (Late, "access .*expected @"), (Worn, "cell 0 of tile 0")):
            report = vectors.check(chip, "registers")
            self.assertFalse(report)
            self.assertRegex(str(report), f"case [0-9]+: {words}")
            self.assertEqual(report.passed + len(report.differences), len(vectors.load("registers").cases))
        suite = vectors.load("program_row")
        other = {**suite.cases[0].expect, "counters": {"0": {"reads": 99}}}
        self.assertRegex(str(vectors.check(Chip, suite._replace(cases=(suite.cases[0]._replace(expect=other),)))), "counter reads")

    def test_logs_are_those_of_the_command_line(self):
        exported = mblstm("export", "logs", "--out", "expected", folder=self.folder)
        self.assertEqual(exported.returncode, 0, exported.stderr)
        (self.folder / "logs").mkdir()
        for name in BUS:
            for case in vectors.load(name).cases:
                with Chip(vectors.configuration(case.given["chip"])) as chip:
                    for tile, cells in case.given.get("conductances", {}).items():
                        chip.set_cells(int(tile), cells)
                    chip.log_csv(self.folder / f"logs/{name}-{case.id}.csv")
                    vectors.run(chip, case)
        expected = {path.name: path.read_bytes() for path in (self.folder / "expected").iterdir()}
        got = {path.name: path.read_bytes() for path in (self.folder / "logs").iterdir()}
        self.assertEqual(sorted(got), sorted(expected))
        self.assertEqual([name for name in got if got[name] != expected[name]], [])
        self.assertGreater(len(got), 1000)

    def test_what_is_no_suite_is_refused(self):
        self.assertRaisesRegex(ValueError, "expected one of abort, ", vectors.load, "mvn")
        self.assertRaisesRegex(ValueError, "of kind 'value'", vectors.check, Chip, "adc")
        (self.folder / "other.json").write_text("[1, 2]")
        self.assertRaisesRegex(ValueError, "format 2", vectors.load, self.folder / "other.json")
        self.assertRaises(FileNotFoundError, vectors.load, self.folder / "none.json")
        self.assertRaises(KeyError, vectors.address, "MBX0.NOTHING")


if __name__ == "__main__":
    unittest.main()

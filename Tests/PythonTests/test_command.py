"""The command line of the package, where nothing else of the product is."""

import csv
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

import mblstm
from support import HAS_FIRMWARE, InAFolder, REPOSITORY

SCRIPT = pathlib.Path(sys.executable).parent / "mblstm"


@unittest.skipUnless(SCRIPT.exists(), "the package is on the path and not installed")
class CommandTests(InAFolder):
    def run_in(self, folder, *words):
        return subprocess.run([SCRIPT, *words], cwd=folder, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"})

    def test_in_an_empty_folder_the_main_job_prints_what_the_manual_shows(self):
        ran = self.run_in(self.folder, "run", "digits")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        manual = (REPOSITORY / "README.md").read_text()
        shown = manual[manual.index("## What it prints"):]
        shown = [line[4:] for line in shown[:shown.index("\nIn situ")].splitlines() if line.startswith("    ")]
        self.assertGreater(len(shown), 10)
        self.assertEqual([line for line in shown if line != "…" and line not in ran.stdout.splitlines()], [])
        self.assertEqual(os.listdir(self.folder), [])

    def test_in_an_empty_folder_vectors_and_schemas_are_found(self):
        ran = self.run_in(self.folder, "check", "--trace")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn("$schema", self.run_in(self.folder, "export", "schema").stdout)
        self.assertIn("variation", self.run_in(self.folder, "reproduce", "--list").stdout)

    @unittest.skipUnless(HAS_FIRMWARE, "the package was built without the firmware")
    def test_in_an_empty_folder_the_firmware_is_found(self):
        ran = self.run_in(self.folder, "run", "digits", "--core", "rv32", "--limit", "2")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn("accuracy over 2 sequences", ran.stdout)
        ran = self.run_in(self.folder, "run", "digits", "--core", "rv32", "--wait", "sleep", "--limit", "1")
        self.assertEqual(ran.returncode, 0, ran.stderr)

    @unittest.skipUnless(HAS_FIRMWARE, "the package was built without the firmware")
    def test_in_an_empty_folder_cases_become_programs_that_pass(self):
        ran = self.run_in(self.folder, "export", "elf", "--out", "programs")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        with open(self.folder / "programs/index.csv", newline="") as index:
            rows = [row for row in csv.DictReader(index) if row["start"] == "reset"]
        self.assertGreater(len(rows), 300)
        for row in rows[::60]:
            ran = self.run_in(self.folder / "programs", "exec", row["program"], "--ram", "256", "--chip", row["chip"])
            self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
            self.assertRegex(ran.stdout, "passed, [0-9]+ reads compared\n$")

    def test_status_and_arguments_are_those_of_the_command_line(self):
        ran = self.run_in(self.folder, "run", "no such task")
        self.assertEqual(ran.returncode, 2)
        self.assertIn("'no such task', expected one of: digits", ran.stderr)
        version = self.run_in(self.folder, "version").stdout
        self.assertEqual(re.search(r"^mblstm (\S+)", version).group(1).replace("-dev", ".dev0"), mblstm.__version__)
        self.assertIn(f"results  {mblstm.results_version}\n", version)

    def test_without_its_program_it_says_so(self):
        package = shutil.copytree(pathlib.Path(mblstm.__file__).parent, self.folder / "mblstm")
        (package / "bin/mblstm").unlink()
        ran = subprocess.run([sys.executable, "-m", "mblstm", "version"], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(ran.returncode, 1)
        self.assertIn("bin/mblstm: No such file or directory; expected the command line of this package", ran.stderr)


class ExampleTests(InAFolder):
    def test_the_example_programs_a_row_and_reads_it(self):
        ran = subprocess.run([sys.executable, "-m", "mblstm.examples.program_row", "plot.svg"], cwd=self.folder, capture_output=True,
                             text=True)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        conductances = [float(word) for word in re.search(r"µS ([\d. ]+)", ran.stdout).group(1).split()]
        codes = [int(word) for word in re.search(r"codes ([-\d ]+)", ran.stdout).group(1).split()]
        self.assertEqual((len(conductances), len(codes)), (16, 16))
        self.assertEqual((conductances, codes), (sorted(conductances), sorted(codes)))
        self.assertGreater(conductances[-1], conductances[0])
        self.assertEqual((self.folder / "plot.svg").exists(), "no plot" not in ran.stdout)


if __name__ == "__main__":
    unittest.main()

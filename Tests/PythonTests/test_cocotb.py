"""The chip in cocotb benches, with Icarus Verilog: behind a master in Verilog, and beside a slave that has mistakes."""

import importlib.util
import os
import pathlib
import shutil
import sys
import unittest

from mblstm import vectors
from support import InAFolder, mblstm

BENCH = pathlib.Path(__file__).parent / "cocotb_bench"
HAS_TOOLS = importlib.util.find_spec("cocotb") and shutil.which("iverilog")
if HAS_TOOLS:
    sys.path.insert(0, str(BENCH))
    import bench_clocked
    import bench_master


@unittest.skipUnless(HAS_TOOLS, "cocotb or iverilog is missing")
class CocotbTests(InAFolder):
    def simulated(self, top, module, parameters={}, arguments=(), environment={}):
        """Runs a bench. Returns the tests that failed."""
        from cocotb_tools.check_results import get_results
        from cocotb_tools.runner import get_runner

        build = self.folder / f"{top}{''.join(map(str, parameters.values()))}"
        runner = get_runner("icarus")
        runner.build(sources=[BENCH / f"{top}.v"], hdl_toplevel=top, parameters=parameters, build_dir=build, always=True,
                     timescale=("1ns", "1ps"), log_file=self.folder / "build.log")
        path = os.pathsep.join([str(BENCH), *filter(None, sys.path)])
        results = runner.test(test_module=module, hdl_toplevel=top, build_dir=build, test_dir=build, plusargs=list(arguments),
                              extra_env={"PYTHONPATH": path, **environment}, log_file=self.folder / "test.log")
        count, failed = get_results(results)
        self.assertEqual(count, 1)
        return failed

    def play(self, module, script):
        """Has the master play a script."""
        (self.folder / "script.hex").write_text("\n".join(script) + "\n")
        failed = self.simulated("master", module, arguments=[f"+script={self.folder}/script.hex", f"+seen={self.folder}/seen.txt"],
                                environment={"MBLSTM_LOGS": str(self.folder / "logs")})
        self.assertEqual(failed, 0, (self.folder / "test.log").read_text()[-2000:])

    def test_a_slave_is_held_against_the_chip_and_its_mistakes_are_told(self):
        self.assertEqual(self.simulated("slave", "bench_slave"), 0)
        for mistake, words in ((1, "MBX.ID, cycle .*expected 0x4d425831, got 0x4d425832"), (2, r"MBX.IRQ_ENABLE, .*CHIP_ERROR 1, got 0"),
                               (3, r"MBX0.DRIVE\[3\], "), (4, "0x20000000, .*expected pslverr 1, got 0")):
            self.assertEqual(self.simulated("slave", "bench_slave", {"MISTAKE": mistake}), 1)
            self.assertRegex((self.folder / "test.log").read_text(), f"transfer [0-9]+, {words}")

    def test_on_one_clock_stalls_are_wait_states_and_interrupts_come_by_themselves(self):
        self.play("bench_clocked", bench_clocked.script())

    def test_a_master_in_verilog_makes_the_golden_accesses_with_the_logs_of_the_command_line(self):
        (self.folder / "logs").mkdir()
        self.play("bench_master", bench_master.script())
        exported = mblstm("export", "logs", "--out", "expected", *(vectors.folder() / f"v1/{name}.json" for name in bench_master.SUITES),
                          folder=self.folder)
        self.assertEqual(exported.returncode, 0, exported.stderr)
        expected = {path.name: path.read_bytes() for path in (self.folder / "expected").iterdir()}
        got = {path.name: path.read_bytes() for path in (self.folder / "logs").iterdir()}
        self.assertEqual(sorted(got), sorted(expected))
        self.assertEqual([name for name in got if got[name] != expected[name]], [])
        # What came to the master itself.
        wanted = [line.split()[-3:] for name in bench_master.SUITES for case in vectors.load(name).cases for line in case.expect["transactions"]]
        seen = [line.split() for line in (self.folder / "seen.txt").read_text().splitlines()]
        self.assertEqual([[words[0], f"0x{words[2]}"] for words in seen], [[words[0], words[2]] for words in wanted])


if __name__ == "__main__":
    unittest.main()

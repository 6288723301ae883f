"""Answers master.v with the chip, case after case of golden vectors. Run by test_cocotb."""

import os
import pathlib

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import FallingEdge, RisingEdge

from mblstm import Chip, vectors
from mblstm.cocotb import ApbChip

SUITES = ["registers", "mvm", "program_row"]


def steps():
    """What is to be done at each stop of the master, as script() made them."""
    for name in SUITES:
        for case in vectors.load(name).cases:
            yield lambda _, name=name, case=case: begun(name, case)
            for line in case.given["script"]:
                if line.startswith("advance"):
                    yield lambda chip, line=line: chip.advance(max(int(line.split()[1]), chip.cycle)) or chip
                elif line == "brown-out":
                    yield brown_out
            yield lambda chip: chip.close() or chip


def begun(name, case):
    chip = Chip(vectors.configuration(case.given["chip"]))
    for tile, cells in case.given.get("conductances", {}).items():
        chip.set_cells(int(tile), cells)
    chip.log_csv(pathlib.Path(os.environ["MBLSTM_LOGS"]) / f"{name}-{case.id}.csv")
    return chip


def brown_out(chip):
    chip.schedule(brown_out=chip.cycle)
    chip.advance(chip.cycle)
    return chip


def script():
    """The lines of the master's script for all cases."""
    for name in SUITES:
        for case in vectors.load(name).cases:
            yield "2" + "0" * 16
            for line in case.given["script"]:
                words = line.split()
                if words[0] in ("R", "W"):
                    value = int(words[2], 16) if words[0] == "W" else 0
                    yield f"{int(words[0] == 'W')}{vectors.address(words[1]):08x}{value:08x}"
                else:
                    yield "2" + "0" * 16
            yield "2" + "0" * 16
    yield "3" + "0" * 16


@cocotb.test()
async def cases(dut):
    dut.go.value = dut.irq.value = 0
    cocotb.start_soon(Clock(dut.clk, 10, "ns").start())
    agent = ApbChip(dut, dut.clk, Chip(), clocked=False)
    cocotb.start_soon(agent.run())
    for step in steps():
        while dut.mark.value != 1:
            await FallingEdge(dut.clk)
        agent.chip = step(agent.chip)
        dut.go.value = 1
        while dut.mark.value != 0:
            await FallingEdge(dut.clk)
        dut.go.value = 0
    await RisingEdge(dut.done)

"""master.v and the chip on one clock: wait states are the chip's stalls, and the interrupt comes by itself. Run by test_cocotb."""

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import FallingEdge

from mblstm import Chip, Entry, registers
from mblstm.cocotb import ApbChip

TILE = registers.MBX0
START = TILE.START.encode(OPERATION="ZERO", LINEAR=1)


def script():
    """Interrupts on, an operation that ends while the master stops, and one that it waits for."""
    writes = [(registers.MBX.IRQ_ENABLE, 1), (TILE.START, START)]
    yield from (f"1{register.address:08x}{value:08x}" for register, value in writes)
    yield "2" + "0" * 16
    yield f"0{TILE.STATUS.address:08x}{0:08x}"
    writes = [(registers.MBX.IRQ_PENDING, 1), (TILE.START, START)]
    yield from (f"1{register.address:08x}{value:08x}" for register, value in writes)
    yield f"0{TILE.WAIT.address:08x}{0:08x}"
    yield "3" + "0" * 16


@cocotb.test()
async def one_clock(dut):
    entries, edges, rose, ended = [], 0, [], []
    dut.go.value = dut.irq.value = 0
    chip = Chip(tiles=[[4, 3]])
    chip.log_callback(entries.append)
    cocotb.start_soon(Clock(dut.clk, 10, "ns").start())
    cocotb.start_soon(ApbChip(dut, dut.clk, chip, interrupt=dut.irq).run())
    was = 0
    while dut.done.value != 1:
        # What holds between two edges, behind the first of them.
        await FallingEdge(dut.clk)
        edges += 1
        if dut.irq.value == 1 and not was:
            rose.append(edges)
        was = int(dut.irq.value)
        dut.go.value = int(dut.mark.value == 1 and len(rose) == 1)
        if dut.psel.value == 1 and dut.penable.value == 1 and dut.pready.value == 1:
            ended.append((int(dut.paddr.value), edges))
    finished = [entry.cycle for entry in entries if entry.kind is Entry.EVENT and "finished" in entry.line]
    accesses = [(entry.address, entry.cycle) for entry in entries if entry.kind in (Entry.READ, Entry.WRITE)]
    assert rose == finished, (rose, finished)
    # A transfer's access phase is ready in the very cycle in which the chip's access is.
    assert ended == accesses, (ended, accesses)
    assert chip.cycle >= accesses[-1][1] > finished[0]

"""Holds slave.v against the chip. Run by test_cocotb."""

import random

import cocotb
from cocotb.clock import Clock

from mblstm import BusError, Chip, registers
from mblstm.cocotb import ApbMaster, Scoreboard


@cocotb.test()
async def random_transfers(dut):
    cocotb.start_soon(Clock(dut.clk, 10, "ns").start())
    with Chip(tiles=[[8, 8]]) as chip:
        scoreboard = Scoreboard(dut, dut.clk, chip)
        cocotb.start_soon(scoreboard.run())
        master = ApbMaster(dut, dut.clk)
        draw = random.Random(1)
        enable, drive = registers.MBX.IRQ_ENABLE, registers.MBX0.DRIVE[:4]
        for _ in range(300):
            place = draw.choice([registers.MBX.ID, enable, *drive, None])
            try:
                if place is None:
                    await master.read(0x20000000)  # no block is there
                elif place is registers.MBX.ID or draw.random() < 0.5:
                    await master.read(place.address)
                else:
                    await master.write(place.address, draw.getrandbits(17) if place is enable else draw.getrandbits(7) * 0x10001)
            except BusError:
                assert place is None
        assert scoreboard.transfers >= 299

"""What a register access costs from Python, of the thread's own time, the best of ten rounds: cost.py NANOSECONDS-FROM-C"""

import sys
import time

from mblstm import Access, Chip, Operation

CALLS = 100_000


def nanoseconds(call):
    begin = time.thread_time_ns()
    call()
    return (time.thread_time_ns() - begin) / CALLS


def main(from_c):
    with Chip(tiles=[[25, 64]]) as chip:
        address = chip.MBX0.DRIVE[0].address

        def writes(write=chip.write32):
            for _ in range(CALLS):
                write(address, 0x00010001)

        def reads(read=chip.read32):
            for _ in range(CALLS):
                read(address)

        lines = [Access(Operation.WRITE32, address, 0x00010001)] * CALLS
        for what, call in (("write", writes), ("read", reads), ("write in a batch", lambda: chip.batch(lines))):
            took = min(nanoseconds(call) for _ in range(10))
            print(f"a register {what} from Python: {took:.0f} ns, {took / from_c:.0f} times a write from C")


main(float(sys.argv[1]))

"""Interrupts of ends and of errors, tiles that overlap, and stalls that are bounded."""

from __future__ import annotations

from typing import Iterator

from suites import _bus as bus
from suites._sampler import Sampler

KIND = "bus"
PURPOSE = ("An implementation that passes pends an interrupt for the end of every operation and for every error, of a tile or of "
           "the bus, clears by all ones, ends operations of eight tiles in order, and gives a load of WAIT up at its limit.")
SPECIFICATION = {"chip": "6, 7"}
FIELDS = {**bus.FIELDS, **bus.EVENTS_FIELD}
PAIR = {"tiles": [[2, 2], [1, 1]]}
EIGHT = {"tiles": [[1, 1]] * 8}
PENDING = "R MBX.IRQ_PENDING"
CLEAR = "W MBX.IRQ_PENDING 0xffffffff"


def evaluate(given: dict) -> dict:
    return bus.outcome(given, True, "conductances", "events")


def errors() -> Iterator[list[str]]:
    """Of every kind, each pending by itself, again where its bit of ERROR is set already, and kept when that is cleared."""
    raising = ["W MBX0.START 0x00000000", "W MBX1.START 0x00000003", "R MBX1.SENSE[9]", "R MBX0.UNLOCK",
               "W MBX0.FEEDBACK[0] 0x00000001", "R MBX.SNAPSHOT", "R 0x00000000", "W MBX.TANH_COUNT 0x00000000",
               "W 0x80000001 0x00000000", "W HOST.LEVEL 0x00000000", "R MBX1.ERROR+2"]
    for line in raising:
        block = "MBX1" if "MBX1" in line else "MBX0" if "MBX0" in line else "MBX"
        yield [line, PENDING, f"W {block}.ERROR 0xffffffff", f"R {block}.ERROR", PENDING, CLEAR, PENDING, line, line, PENDING,
               CLEAR, PENDING, line, PENDING, "R MBX0.STATUS", "R MBX1.STATUS"]
    yield [*raising, PENDING, "W MBX.IRQ_PENDING 0x00010100", PENDING, "W MBX.IRQ_PENDING 0x00000200", PENDING]
    yield [*raising, CLEAR, PENDING, "W MBX.ERROR 0xffffffff", "W MBX0.ERROR 0xffffffff", "W MBX1.ERROR 0xffffffff",
           "R MBX.ERROR", "R MBX0.ERROR", "R MBX1.ERROR", "R MBX0.STATUS", PENDING]
    yield ["W MBX.IRQ_ENABLE 0x0001ffff", "R MBX.IRQ_ENABLE", "W MBX.IRQ_ENABLE 0x00020000", "R MBX.IRQ_ENABLE", PENDING,
           CLEAR, PENDING]
    yield [*bus.unlock(), "W MBX0.WATCHDOG 0x00000005", *bus.start(1), PENDING, "R MBX0.SENSE[0]", PENDING, CLEAR,
           "R MBX0.SENSE[0]", PENDING]


def stalls() -> Iterator[list[str]]:
    """A limit below, at and above what is left; a load that gives up, and is made again; another tile's end meanwhile."""
    for limit in (0, 1, 28, 29, 30, 31, 0xFFFFFFFF):
        yield [bus.write("MBX0.WAIT_LIMIT", limit), "W MBX0.START 0x00000005", "R MBX0.WAIT", "R MBX0.ERROR", PENDING,
               "R MBX0.WAIT", "R MBX0.ERROR", "R MBX0.WAIT", PENDING]
    yield ["W MBX0.WAIT_LIMIT 0x00000010", *bus.unlock(), "W MBX0.PULSE[0] 0x00000064", "W MBX1.START 0x00000005",
           "W MBX0.START 0x00000003", *["R MBX0.WAIT"] * 18, "R MBX0.ERROR", PENDING, "R MBX1.WAIT"]
    yield ["W MBX0.WAIT_LIMIT 0x00000005", "R MBX0.WAIT", "W MBX0.START 0x00000005", "W MBX0.WAIT_LIMIT 0x00000000",
           "R MBX0.ERROR", "R MBX0.WAIT", "R MBX0.ERROR"]


def overlapping(sampler: Sampler) -> Iterator[list[str]]:
    """Eight at once: all ends in one cycle, ends in the order of starts, in the reverse order, and any."""
    look = [PENDING, *(f"R MBX{tile}.STATUS" for tile in range(8))]
    for ends in ([100] * 8, [100 + tile for tile in range(8)], [100 - tile for tile in range(8)],
                 *([sampler.integer(60, 90) for _ in range(8)] for _ in range(6))):
        script = [line for tile in range(8) for line in bus.unlock(tile)]
        script += [bus.write(f"MBX{tile}.PULSE[0]", sampler.choice((1, -1)) * sampler.integer(40, 60) & 0xFFFF) for tile in range(8)]
        begin = len(script) + 8
        script += [bus.write(f"MBX{tile}.WATCHDOG", ends[tile] - tile) for tile in range(8)]
        order = list(range(8))
        script += [bus.write(f"MBX{tile}.START", 3) for tile in order]
        script += [f"advance {begin + min(ends)}", *look, "R MBX5.WAIT", *look, CLEAR, "R MBX0.WAIT", f"advance {begin + 200}", *look]
        yield script


def cases() -> Iterator[dict]:
    for scripts, chip in ((errors(), PAIR), (stalls(), PAIR), (overlapping(Sampler(12)), EIGHT)):
        for script in scripts:
            given = {"chip": chip, "script": script}
            yield {"given": given, "expect": evaluate(given)}

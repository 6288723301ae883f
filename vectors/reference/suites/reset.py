"""Resets of tiles and of the chip: what ends, what stays, and why it happened."""

from __future__ import annotations

from typing import Iterator

from suites import _bus as bus
from suites import _misuse as misuse

KIND = "bus"
PURPOSE = ("An implementation that passes ends what is under way with the effect of its time, resets what it should and keeps "
           "arrays, limits and what is left to pulse, goes on with its draws, and tells the causes of resets until they are cleared.")
SPECIFICATION = {"chip": "6.1, 6.2, 7"}
FIELDS = {**bus.FIELDS, **bus.COUNTERS_FIELD, **bus.EVENTS_FIELD}
TILE0, CHIP, HART = 0x100, 2, 1
SMALL = misuse.SMALL
CAUSE = "R MBX.RESET_CAUSE"
PENDING = "R MBX.IRQ_PENDING"
LOOK = [PENDING, "R MBX.ERROR", *(f"R MBX0.{name}" for name in (
    "STATUS", "ERROR", "PULSE[0]", "PULSE[1]", "ABORTED", "ABORTED_CYCLES", "AMPLITUDE", "ERASE_WIDTH", "DRIVE[0]", "SENSE[0]"))]


def evaluate(given: dict) -> dict:
    return bus.outcome(given, True, "conductances", "counters", "events")


def reset(word: int) -> str:
    return bus.write("MBX.RESET", word)


def busy(operation: int, cycles: int) -> list[str]:
    """An operation under way for some cycles at the next access."""
    setup = [*bus.unlock(), "W MBX0.ERASE_WIDTH 0x00000028", "W MBX0.AMPLITUDE 0x06400640", *bus.pulses([40, -30])]
    setup += ["W MBX0.DRIVE[0] 0x0040007f", *bus.start(6), bus.write("MBX0.START", operation | 1 << 16)]
    start = bus.made({"chip": SMALL, "script": setup}).cycle
    return setup + ([f"advance {start + cycles - 1}"] if cycles > 1 else [])


def ended() -> Iterator[list[str]]:
    """At every edge of an operation, by a reset of the tile and of the chip; then everything."""
    edges = {3: (1, 2, 41, 80, 81, 129, 130, 131, 171, 189, 239, 240), 4: (1, 80, 130, 131, 200, 259, 260), 1: (1, 10, 29, 30),
             2: (15,), 5: (7, 30), 6: (29,)}
    for operation, times in edges.items():
        for cycles in times:
            for word in (TILE0, CHIP):
                yield busy(operation, cycles) + [reset(word), CAUSE, *LOOK]


def kept() -> Iterator[list[str]]:
    used = [*bus.unlock(), "W MBX0.DRIVE[0] 0xfffb007f", "W MBX0.TRIM[1] 0x7fff0003", "W MBX0.ACTIVATION[0] 0x00000006",
            "W MBX0.WATCHDOG 0x00010000", "W MBX0.WAIT_LIMIT 0x00001000", "W MBX0.FEEDBACK[1] 0x00000007",
            "W MBX0.AMPLITUDE 0x03e803e8", "W MBX0.ERASE_WIDTH 0x00000010", "W MBX0.LIMIT_AMPLITUDE 0x04b003e9",
            "W MBX0.LIMIT_WIDTH 0x00001000", *bus.start(1), *bus.start(4), "W MBX0.PULSE[1] 0x00000009",
            "W MBX0.SNAPSHOT 0x00000000", "W MBX0.START 0x00000000", "W MBX.SCALAR_TANH 0x00100020",
            "W MBX.TANH_LINE[0] 0x00010002", "W MBX.IRQ_ENABLE 0x0001ffff", "W MBX.SNAPSHOT 0x00000000", "R 0x00000000"]
    for word in (TILE0, CHIP, HART, CHIP | HART, 0):
        yield used + [reset(word), CAUSE, *misuse.everything(), "W MBX0.SNAPSHOT 0x00000000", "R MBX0.READS[0]", *bus.unlock(),
                      "W MBX0.AMPLITUDE 0x04b004b0", "W MBX0.ERASE_WIDTH 0x00001001", "W MBX0.LIMIT_WIDTH 0x00000fff",
                      "R MBX0.ERROR", *bus.start(3), "R MBX0.ERROR"]


def causes() -> Iterator[list[str]]:
    yield [CAUSE, "W MBX.RESET_CAUSE 0xffffffff", CAUSE, reset(TILE0), CAUSE, reset(HART), CAUSE, reset(CHIP), CAUSE,
           "W MBX.RESET_CAUSE 0x00000100", CAUSE, "W MBX.RESET_CAUSE 0x00000003", CAUSE]
    for word in (0x200, 0x8000, 0xFF00, 0x102, 0x10000, 4, 0x300, 0xFFFFFFFF):
        yield [*bus.unlock(), reset(word), CAUSE, "R MBX.ERROR", "R MBX0.STATUS", PENDING]
    yield ["R MBX.RESET", "R MBX.ERROR", CAUSE]


def pairs() -> Iterator[list[str]]:
    """Of two tiles at work, the one that is reset ends; at the cycle of its own end it has ended before."""
    begin = ["W MBX0.START 0x00000005", "W MBX1.START 0x00000005"]
    for word in (0x100, 0x200, 0x300, CHIP, CHIP | 0x100):
        for time in (10, 31, 32):
            yield [*begin, f"advance {time - 1}", reset(word), PENDING, "R MBX0.WAIT", "R MBX1.WAIT", PENDING, "R MBX0.ABORTED",
                   "R MBX1.ABORTED", "R MBX0.ABORTED_CYCLES", "R MBX1.ABORTED_CYCLES", CAUSE]


def drawn() -> Iterator[list[str]]:
    """Draws go on: the pulse after a reset is another one."""
    pulse = [*bus.unlock(), "W MBX0.PULSE[0] 0x00000020", *bus.start(3)]
    for word in (0, TILE0, CHIP):
        yield pulse + [reset(word)] + pulse


def cases() -> Iterator[dict]:
    noisy = {"tiles": [[1, 1]], "cycleToCycle": 0.3}
    groups = ((ended(), SMALL), (kept(), SMALL), (causes(), SMALL), (pairs(), {"tiles": [[1, 1], [2, 2]]}), (drawn(), noisy))
    for scripts, chip in groups:
        for script in scripts:
            given = {"chip": chip, "script": script}
            yield {"given": given, "expect": evaluate(given)}

"""Operations that end early: the dose, the energy and the counts of the elapsed part, and what is left."""

from __future__ import annotations

from typing import Iterator

from chip.device import MODELS
from suites import _bus as bus
from suites._sampler import Sampler

KIND = "bus"
PURPOSE = ("An implementation that passes gives cells the dose of the time that an operation lasted, to the cycle, with the draws, "
           "the energy and the counts of that part; keeps in PULSE what is left, leaves phases and rows that were not begun "
           "alone, marks codes that are stale, and tells in ABORTED where it stood.")
SPECIFICATION = {"chip": "3.9, 5.4 to 6.1"}
FIELDS = {**bus.FIELDS, **bus.COUNTERS_FIELD, **bus.EVENTS_FIELD}
PROGRAM_ROW, ERASE = 3, 4
REST = 50       # cycles
TOLD = ["R MBX0.ABORTED", "R MBX0.ABORTED_CYCLES", "R MBX0.ERROR"]


def evaluate(given: dict) -> dict:
    return bus.outcome(given, True, "conductances", "counters", "events")


def watched(cycles: int, setup: list[str], operation: int, row: int = 0) -> list[str]:
    return [*bus.unlock(), bus.write("MBX0.WATCHDOG", cycles), *setup, *bus.start(operation, row=row), *TOLD]


def left(bit_lines: int) -> list[str]:
    return [f"R MBX0.PULSE[{j}]" for j in range(bit_lines)]


def spread(device: str, count: int) -> list[int]:
    low, high = MODELS[device].lowest, MODELS[device].highest
    return [low + (high - low) * i // max(1, count - 1) for i in range(count)]


def around(*cycles: int) -> list[int]:
    """Each cycle and its neighbours, of those that a watchdog can have."""
    return sorted({near for cycle in cycles for near in (cycle - 1, cycle, cycle + 1) if near > 0})


def phases() -> Iterator[dict]:
    """About every edge of a row: pulses that end, rests, the other phase, and half-selected cells that move too."""
    widths = [40, 25, -30, 1, 0, -7]
    first, second = 2 * 40 + REST, 2 * 30 + REST
    edges = around(1, 2, 2 * 25, 2 * 40, first, first + 2, first + 14, first + 60, first + second - 1)
    for cycles in (*edges, first + 17):
        setup = ["W MBX0.AMPLITUDE 0x06400640", *bus.pulses(widths)]
        yield {"chip": {"tiles": [[3, 6]], "cycleToCycle": 0.2}, "conductances": {"0": spread("vteam", 18)},
               "script": watched(cycles, setup, PROGRAM_ROW, 1) + left(6)}


def percents() -> Iterator[dict]:
    """A pulse cut at k % and a pulse of k %, alike but for PULSE and the rest, both polarities, every device."""
    for number, device in enumerate(MODELS):
        for sign in (1, -1):
            percent = 1 + (37 * number + 50 * (sign > 0)) % 99
            chip = {"tiles": [[2, 2]], "device": {"model": device}, "seed": number, "deviceToDevice": 0.1,
                    "cycleToCycle": 0.1}
            for cycles, steps in ((2 * percent, 100), (0, percent)):
                setup = ["W MBX0.AMPLITUDE 0x05dc05dc", *bus.pulses([sign * steps, 0])]
                yield {"chip": chip, "conductances": {"0": spread(device, 4)},
                       "script": watched(cycles, setup, PROGRAM_ROW, 1) + left(2)}


def restarted() -> Iterator[dict]:
    """What is left is given by the next start; a step begun is not given twice."""
    for cycles in (1, 39, 40, 41, 80, 131, 150):
        setup = bus.pulses([40, -20, 13])
        script = watched(cycles, setup, PROGRAM_ROW) + left(3) + ["W MBX0.WATCHDOG 0x00000000", *bus.start(PROGRAM_ROW)]
        yield {"chip": {"tiles": [[1, 3]]}, "conductances": {"0": spread("vteam", 3)}, "script": script + left(3) + TOLD}


def widest() -> Iterator[dict]:
    for cycles in (65535, 65536, 65537, 65536 + 49):
        yield {"chip": {"tiles": [[1, 2]]}, "conductances": {"0": spread("vteam", 2)},
               "script": watched(cycles, bus.pulses([-32768, -32767]), PROGRAM_ROW) + left(2)}


def erasures() -> Iterator[dict]:
    """Rows done, one partly done, rows not begun; disturb by the rows that were pulsed only."""
    row = 2 * 30 + REST
    setup = ["W MBX0.ERASE_WIDTH 0x0000001e", "W MBX0.AMPLITUDE 0x06400640", "W MBX0.PULSE[1] 0x00000007"]
    for cycles in (1, 31, 59, 60, 61, row - 1, row, row + 1, row + 33, 2 * row, 4 * row - 1, 4 * row):
        yield {"chip": {"tiles": [[4, 2]], "cycleToCycle": 0.3}, "conductances": {"0": spread("vteam", 8)},
               "script": watched(cycles, setup, ERASE) + ["R MBX0.PULSE[1]"]}


def conversions() -> Iterator[dict]:
    """Stale codes, marked until a conversion is done; the energy of the lines that were driven meanwhile."""
    look = ["R MBX0.STATUS", "R MBX0.SENSE[0]", "R MBX0.SENSE[1]", "R MBX0.SATURATED[0]", "R MBX0.ERROR",
            "W MBX0.ERROR 0xffffffff"]
    for operation in (1, 2, 5, 6):
        for cycles in (1, 10, 29, 30):
            script = [*bus.unlock(), "W MBX0.DRIVE[0] 0x007f0040", "W MBX0.TRIM[1] 0xffff8000", *bus.start(6), *look]
            script += watched(cycles, [], operation) + look + ["R MBX0.SENSE[0]", *bus.unlock(), *bus.start(PROGRAM_ROW),
                                                               *look, "W MBX0.WATCHDOG 0x00000000", *bus.start(5), *look]
            yield {"chip": {"tiles": [[2, 3]]}, "conductances": {"0": spread("vteam", 6)}, "script": script}


def kept() -> Iterator[dict]:
    """ABORTED stays until the next operation that ends early."""
    script = watched(33, bus.pulses([100]), PROGRAM_ROW, 1) + ["W MBX0.WATCHDOG 0x00000000", *bus.start(1), *TOLD]
    yield {"chip": {"tiles": [[2, 1]]}, "script": script + watched(7, [], 6) + left(1) + watched(9, [], ERASE)}


def drawn(sampler: Sampler) -> Iterator[dict]:
    for _ in range(24):
        yield draw(sampler)


def draw(sampler: Sampler) -> dict:
    device = sampler.choice(list(MODELS))
    word_lines, bit_lines = sampler.integer(1, 4), sampler.integer(1, 4)
    chip = {"tiles": [[word_lines, bit_lines]], "device": {"model": device}, "seed": sampler.word(),
            "deviceToDevice": sampler.integer(0, 30) / 100, "cycleToCycle": sampler.integer(0, 30) / 100,
            "programError": sampler.integer(0, 5) / 100}
    script = [*bus.unlock(), bus.write("MBX0.AMPLITUDE", sampler.integer(1100, 1800) * 0x10001),
              bus.write("MBX0.ERASE_WIDTH", sampler.integer(1, 80))]
    for _ in range(3):
        script += [bus.write("MBX0.WATCHDOG", sampler.integer(1, 200)),
                   *bus.pulses([sampler.sized(7) for _ in range(bit_lines)]),
                   *bus.start(sampler.choice((PROGRAM_ROW, PROGRAM_ROW, ERASE)), row=sampler.integer(0, word_lines - 1)),
                   *left(bit_lines), *TOLD]
    return {"chip": chip, "conductances": {"0": spread(device, word_lines * bit_lines)}, "script": script}


def cases() -> Iterator[dict]:
    for givens in (phases(), percents(), restarted(), widest(), erasures(), conversions(), kept(), drawn(Sampler(11))):
        for given in givens:
            yield {"given": given, "expect": evaluate(given)}

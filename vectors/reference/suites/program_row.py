"""Programming: row-parallel pulses, erasing, disturb, and what they cost."""

from __future__ import annotations

from itertools import product
from typing import Iterator

from suites import _bus as bus
from suites import _devices as devices
from suites._sampler import Sampler

KIND = "bus"
PURPOSE = ("An implementation that passes applies the SET phase before the RESET phase, disturbs half-selected cells in "
           "the same order and with the same draws, skips empty phases, and counts phases, pulses, cycles and energy; with every device model, its "
           "noise, and every variation.")
SPECIFICATION = {"chip": "5, 6", "devices": "1 to 7"}
FIELDS = {**bus.FIELDS, **bus.COUNTERS_FIELD,
          "free": "pulse-order: the PULSE writes between two other accesses may come in any order"}
LOWEST, HIGHEST = 10_000_000, 100_000_000
PROGRAM_ROW, ERASE = 3, 4


def evaluate(given: dict) -> dict:
    return bus.outcome(given, True, "conductances", "counters")


def amplitude(set_millivolts: int, reset_millivolts: int) -> str:
    return bus.write("MBX0.AMPLITUDE", set_millivolts | reset_millivolts << 16)


def program(row: int, widths: list[int], tile: int = 0) -> list[str]:
    return bus.pulses(widths, tile) + bus.start(PROGRAM_ROW, row=row, tile=tile)


def left(bit_lines: int) -> list[str]:
    """PULSE reads 0 afterwards."""
    return [f"R MBX0.PULSE[{j}]" for j in range(bit_lines)]


def chip_of(word_lines: int, bit_lines: int, **more: object) -> dict:
    return {"tiles": [[word_lines, bit_lines]], **more}


def spread(count: int) -> list[int]:
    return [LOWEST + (HIGHEST - LOWEST) * i // max(1, count - 1) for i in range(count)]


def rows() -> Iterator[dict]:
    """One row at the default amplitude: signs, zeroes, widths at both ends."""
    for widths in ([0, 0, 0], [50, 0, 0], [0, 0, -50], [50, -50, 0], [1, -1, 2], [300, 200, 100], [-300, -200, -100],
                   [32767, -32768, 0], [-32768, -32768, -32768], [32767, 32767, 32767], [100, -100, 100],
                   [5, 5, -5], [1, 0, -32768]):
        chip = chip_of(2, 3)
        for row in (0, 1):
            yield {"chip": chip, "conductances": {"0": spread(6)},
                   "script": bus.unlock() + program(row, widths) + left(3)}


def disturbs() -> Iterator[dict]:
    """Amplitudes of more than twice the threshold: neighbours move, and SET before RESET shows."""
    amplitudes = ((1600, 1600), (1400, 1400), (1401, 1401), (1600, 1000), (1000, 1600), (2600, 1800), (4095, 4095))
    for (up, down), widths in product(amplitudes, ([400, -400], [-400, 400], [900, 300], [-300, -900], [250, -7000])):
        for row in (0, 1):
            yield {"chip": chip_of(3, 2), "conductances": {"0": spread(6)},
                   "script": bus.unlock() + [amplitude(up, down)] + program(row, widths)}


def below_threshold() -> Iterator[dict]:
    """Pulses that move nothing cost time, counts and energy all the same."""
    for up, down in ((0, 0), (700, 700), (701, 700), (1, 4095)):
        yield {"chip": chip_of(2, 2), "conductances": {"0": spread(4)},
               "script": bus.unlock() + [amplitude(up, down)] + program(0, [500, -500]) + program(1, [-3, 9])}


def erasures() -> Iterator[dict]:
    for shape, width, down in product(([1, 1], [5, 3], [2, 4]), (0, 1, 9600, 65535), (1200, 1600, 600)):
        synapse = "differential" if shape == [2, 4] else "reference"
        script = bus.unlock() + [amplitude(1200, down), bus.write("MBX0.ERASE_WIDTH", width), "W MBX0.PULSE[0] 0x00000007"]
        yield {"chip": {"tiles": [shape], "synapse": synapse},
               "conductances": {"0": spread(shape[0] * shape[1])}, "script": script + bus.start(ERASE) + left(1)}


def varied(sampler: Sampler) -> Iterator[dict]:
    """Both variations, odd sizes, several rows in turn, pulses that repeat: each operation draws anew."""
    for number in range(44):
        yield varied_case(sampler, *((5, 3), (3, 4), (1, 6), (6, 1), (2, 2))[number % 5])


def varied_case(sampler: Sampler, word_lines: int, bit_lines: int) -> dict:
    synapse = "differential" if bit_lines % 2 == 0 and sampler.integer(0, 1) else "reference"
    chip = chip_of(word_lines, bit_lines, synapse=synapse, seed=sampler.word(),
                   deviceToDevice=sampler.integer(0, 40) / 100, cycleToCycle=sampler.integer(0, 40) / 100)
    script = bus.unlock()
    if sampler.integer(0, 1):
        script += [amplitude(sampler.integer(1401, 2200), sampler.integer(1401, 2200))]
    for _ in range(3):
        script += program(sampler.integer(0, word_lines - 1), [sampler.sized(9) for _ in range(bit_lines)])
    if sampler.integer(0, 3) == 0:
        script += [bus.write("MBX0.ERASE_WIDTH", sampler.integer(1, 500))] + bus.start(ERASE)
    return {"chip": chip, "script": script,
            "conductances": {"0": sampler.integers(word_lines * bit_lines, LOWEST, HIGHEST)}}


def draw(sampler: Sampler) -> dict:
    """As a device of any model, or as `varied`."""
    if sampler.integer(0, 1):
        return devices.draw(sampler)
    return varied_case(sampler, sampler.integer(1, 8), sampler.integer(1, 8))


def watched() -> Iterator[dict]:
    """A watchdog of exactly the duration, one less, one more; PULSE survives an abort, the draw is used up."""
    duration = 2 * 50 + 50
    for limit in (1, duration - 1, duration, duration + 1):
        script = bus.unlock() + [bus.write("MBX0.WATCHDOG", limit)] + program(0, [50, 20])
        script += ["R MBX0.ERROR", "W MBX0.WATCHDOG 0x00000000"] + left(2) + bus.start(PROGRAM_ROW, row=1)
        yield {"chip": chip_of(2, 2, cycleToCycle=0.3), "script": script}


def neighbours() -> Iterator[dict]:
    """Two tiles at once: each has its own draws, and the second is untouched by the first."""
    for tile in (0, 1, 7):
        chip = {"tiles": [[2, 2]] * (tile + 1), "deviceToDevice": 0.2, "cycleToCycle": 0.2}
        script = bus.unlock(tile) + program(1, [40, -40], tile)
        yield {"chip": chip, "script": script, "conductances": {str(tile): spread(4)}}


def free_orders() -> Iterator[dict]:
    """Row-parallel against one cell at a time: the same pulses, other counters."""
    widths = [30, -12, 0, 7]
    for order in ((0, 1, 3), (3, 1, 0), (1, 0, 3)):
        script = bus.unlock() + [bus.write(f"MBX0.PULSE[{j}]", widths[j] & 0xFFFF) for j in order]
        yield {"chip": chip_of(2, 4), "script": script + bus.start(PROGRAM_ROW, row=1)}
    serial = [line for j, width in enumerate(widths) if width
              for line in bus.pulses([0] * j + [width]) + bus.start(PROGRAM_ROW, row=1)]
    yield {"chip": chip_of(2, 4), "script": bus.unlock() + serial}


def rewritten() -> Iterator[dict]:
    """The last width written counts; zero takes a pulse away; PULSE needs no unlocking."""
    for last in (0, 5, -5):
        script = ["W MBX0.PULSE[0] 0x00000064", bus.write("MBX0.PULSE[0]", last & 0xFFFF), *bus.unlock(),
                  *bus.start(PROGRAM_ROW, row=0), "R MBX0.PULSE[0]"]
        yield {"chip": chip_of(1, 1), "script": script}


def cases() -> Iterator[dict]:
    sampler = Sampler(8)
    for givens in (rows(), disturbs(), below_threshold(), erasures(), watched(), neighbours(), rewritten(),
                   varied(sampler)):
        for given in givens:
            yield {"given": given, "expect": evaluate(given)}
    for given in free_orders():
        yield {"free": ["pulse-order"], "given": given, "expect": evaluate(given)}
    for given in devices.rows():
        yield {"given": given, "expect": evaluate(given)}

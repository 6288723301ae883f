"""Windows of a tile: DRIVE, SENSE and PULSE in the numbers of software; and what tells that a chip has more."""

from __future__ import annotations

from itertools import product
from typing import Iterator

from chip.registers import BASES, FEATURES, WINDOWED_BLOCK, name as place
from suites import _bus as bus
from suites._sampler import Sampler
from suites._windows import (CLEAR, LOOK, WINDOWS, draw_given, drives, pulse_pairs, read_both, signals, size, widths_of)

KIND = "bus"
PURPOSE = ("An implementation that passes says what a chip has more, and has a second way to DRIVE, SENSE and PULSE of a tile, two "
           "numbers of software a word, which the tile refuses as its other registers.")
SPECIFICATION = {"chip": "2, 6, 7.1, 7.2, 7.6, 7.7"}
FIELDS = {**bus.FIELDS, **bus.COUNTERS_FIELD, **bus.EVENTS_FIELD,
          "script": bus.FIELDS["script"] + "; brown-out: the supplies of references and drivers fail then"}
SYNAPSES = ("reference", "differential")
SMALL = {"tiles": [[2, 2]], **WINDOWS}
ODD = {"tiles": [[3, 3]], **WINDOWS}
STOP = "W MBX0.WATCHDOG 0x00000005"
Given = dict


def evaluate(given: dict) -> dict:
    return bus.outcome(given, True, "conductances", "counters", "events")


def features() -> Iterator[Given]:
    """Said by MBX and by every tile, through resets; nothing is written there."""
    tell = ["R MBX.VERSION", "R MBX.FEATURES", *(f"R MBX{tile}.CONVERTERS" for tile in range(3)), "R MBX.ERROR", "R MBX.ERROR_ADDRESS"]
    for said, synapse in product(FEATURES, SYNAPSES):
        chip = {"tiles": [[2, 4], [3, 2], [1, 2]], "synapse": synapse, "dacBits": 9, "adcBits": 14,
                **({} if said == "none" else {"features": said})}
        yield {"chip": chip, "script": [*tell, "W MBX.FEATURES 0x00000000", "W MBX.FEATURES+2 0x00000003", *tell, "W MBX.RESET 0x00000100",
                                        *tell, "W MBX.RESET 0x00000002", *tell]}
    yield {"chip": {"tiles": [[2, 2]]}, "script": ["W MBX.FEATURES 0xffffffff", *tell[:3], "R 0x40000064", *tell[-2:]]}


def absent() -> Iterator[Given]:
    """Where there are no windows, or no such tile, and between them."""
    offsets = (0x5000, 0x57FC, 0x6000, 0x6002, 0x7000, 0x7001)
    for said in ({}, {"features": "cell"}):
        script = [line for offset in offsets for line in (f"W {place(BASES['MBX0'] + offset)} 0x00010001",
                                                          f"R {place(BASES['MBX0'] + offset)}", *LOOK, CLEAR)]
        yield {"chip": {"tiles": [[2, 2]], **said}, "script": script}
    for offset in (0x5800, 0x5FFC, 0x6800, 0x7800, 0x7802, 0x8000, 0xFFFC):
        hole = f"0x{BASES['MBX0'] + offset:08x}"
        yield {"chip": SMALL, "script": [f"W {hole} 0x00010001", f"R {hole}", *LOOK]}
    for tile in (1, 7):
        names = [f"MBX{tile}.{name}" for name in ("DRIVE_SIGNALS[0]", "SENSE_SIGNALS[0]", "PULSE_PAIRS[0]")]
        yield {"chip": SMALL, "script": [line for name in names for line in (f"W {name} 0x00010001", f"R {name}", *LOOK)]}


def codes() -> Iterator[Given]:
    """Of signals at the ends, at ties and around them, in both lanes; then by plain codes, and the other way round."""
    for bits in range(4, 13):
        top = (1 << bits - 1) - 1
        around = sorted({(2 * k + 1) * 32768 // (2 * top) + more for k in (-top, -2, -1, 0, 1, top - 1) for more in (-1, 0, 1)})
        values = [-32768, -32767, -16385, -16384, -16383, -1, 0, 1, 16383, 16384, 16385, 32766, 32767,
                  *(value for value in around if -32768 <= value <= 32767)]
        script = [line for first, second in zip(values, values[1:] + values[:1])
                  for line in (bus.write("MBX0.DRIVE_SIGNALS[1]", bus.word(first, second)), "R MBX0.DRIVE[1]")]
        yield {"chip": {"tiles": [[4, 1]], "dacBits": bits, **WINDOWS}, "script": [*script, "R MBX0.DRIVE[0]", *LOOK]}


def converted() -> Iterator[Given]:
    """Codes of every width, both ways, of all lines and of some; the unused half of an odd number of lines."""
    for bits, synapse in product(range(5, 17), SYNAPSES):
        word_lines, bit_lines = (3, 4) if synapse == "differential" else (2, 3)
        chip = {"tiles": [[word_lines, bit_lines]], "synapse": synapse, "adcBits": bits, "adcOffsetMicrovolts": 900, "seed": bits, **WINDOWS}
        cells = {"0": [10_000_000 + 90_000_000 * k // (word_lines * bit_lines - 1) for k in range(word_lines * bit_lines)]}
        script = signals([32767, -20000, 9000]) + [line for operation in (1, 2, 5, 6) for line in (*bus.start(operation), *read_both(3))]
        yield {"chip": chip, "conductances": cells, "script": script}
    script = [*bus.unlock(), *(bus.write(f"MBX0.TRIM[{line}]", 0x80000000 | offset) for line, offset in enumerate((0x7FFF, 0x8001, 1, 0xFFFF)))]
    for bits in (5, 11, 16):
        yield {"chip": {"tiles": [[4, 2]], "adcBits": bits, **WINDOWS},
               "script": [*script, *bus.start(5), *read_both(4), *bus.start(1), *read_both(4)]}


def widths() -> Iterator[Given]:
    """Any pair of widths, on an even and an odd number of bit lines; they are pulsed as if they had been written one by one."""
    for bit_lines, synapse in ((2, "differential"), (4, "differential"), (2, "reference"), (3, "reference"), (1, "reference")):
        chip = {"tiles": [[2, bit_lines]], "synapse": synapse, **WINDOWS}
        for pair in ((40, -30), (0, 25), (-1, 0), (32767, -32768), (0, 0)):
            last = (bit_lines - 1) // 2
            script = [*bus.unlock(), *pulse_pairs({last: pair}), *widths_of(bit_lines), *bus.start(3, row=1), *widths_of(bit_lines), *LOOK]
            yield {"chip": chip, "script": script}
    one_by_one = [*bus.unlock(), *bus.pulses([5, -6, 7]), *pulse_pairs({0: (9, 0), 1: (-8, 77)}), *widths_of(3), *bus.start(3),
                  *pulse_pairs({1: (11, 0)}), *widths_of(3), *bus.start(3, row=2), *LOOK]
    yield {"chip": ODD, "script": one_by_one}


def limited() -> Iterator[Given]:
    """Both or neither of a pair; the lane that there is no bit line for is limited too; no key is needed."""
    locked = [*bus.unlock(), "W MBX0.ERASE_WIDTH 0x00000010", "W MBX0.LIMIT_WIDTH 0x00000064", "W MBX0.UNLOCK 0x00000000"]
    for chip, last in ((SMALL, 0), (ODD, 1)):
        for pair in ((100, -100), (101, 0), (0, 101), (-101, 3), (4, -101), (32767, 1), (1, -32768), (-32768, -32768)):
            yield {"chip": chip, "script": [*locked, *pulse_pairs({0: (7, 8)}), *pulse_pairs({last: pair}), *widths_of(chip["tiles"][0][1]), *LOOK]}
    yield {"chip": ODD, "script": [*bus.unlock(), *pulse_pairs({1: (90, -2000)}), "W MBX0.ERASE_WIDTH 0x00000010", "W MBX0.LIMIT_WIDTH 0x00000059",
                                   *LOOK, CLEAR, "W MBX0.LIMIT_WIDTH 0x0000005a", *LOOK, *pulse_pairs({1: (-90, 91)}), *LOOK]}


def refused() -> Iterator[Given]:
    """In the order of all refusals: place, kind of access, busy, element, limit."""
    names = ("DRIVE_SIGNALS", "SENSE_SIGNALS", "PULSE_PAIRS")
    for name in names:
        for beyond in (1, 2, 3):
            yield {"chip": SMALL, "script": [f"W MBX0.{name}[0]+{beyond} 0x00010001",
                                             f"R MBX0.{name}[511]+{beyond}", *LOOK]}
        wrong = f"W MBX0.{name}[%d] 0x7fff7fff" if name == "SENSE_SIGNALS" else f"R MBX0.{name}[%d]"
        yield {"chip": SMALL, "script": [*(wrong % index for index in (0, 1, 511)), *LOOK, CLEAR, "W MBX0.START 0x00000005", wrong % 0, *LOOK,
                                         "R MBX0.WAIT"]}
    for word_lines, bit_lines, synapse in ((1, 1, "reference"), (2, 2, "reference"), (3, 2, "reference"), (2, 5, "reference"),
                                           (2, 8, "differential"), (9, 2, "differential")):
        chip = {"tiles": [[word_lines, bit_lines]], "synapse": synapse, **WINDOWS}
        lines = size(chip)[2]
        script = [*bus.start(6)]
        for name, count in (("DRIVE_SIGNALS", (lines + 1) // 2), ("SENSE_SIGNALS", (lines + 1) // 2), ("PULSE_PAIRS", (bit_lines + 1) // 2)):
            for index in (count - 1, count, 511):
                access = f"R MBX0.{name}[{index}]" if name == "SENSE_SIGNALS" else bus.write(f"MBX0.{name}[{index}]", 0x00050003)
                script += [access, *LOOK[:2], CLEAR]
        yield {"chip": chip, "script": [*script, *drives(lines), *widths_of(bit_lines), *LOOK]}
    limit = [*bus.unlock(), "W MBX0.ERASE_WIDTH 0x00000000", "W MBX0.LIMIT_WIDTH 0x00000010"]
    for line in ("W MBX0.PULSE_PAIRS[0] 0x00110000", "W MBX0.PULSE_PAIRS[1] 0x00000011", "W MBX0.PULSE_PAIRS[0] 0x00010001",
                 "W MBX0.DRIVE_SIGNALS[0] 0x7fff7fff", "W MBX0.DRIVE_SIGNALS[1] 0x7fff7fff", "R MBX0.SENSE_SIGNALS[0]", "R MBX0.SENSE_SIGNALS[1]"):
        yield {"chip": SMALL, "script": [*limit, *signals([-9000, 300]), *bus.start(6), "W MBX0.START 0x00000001", line, *LOOK, "R MBX0.WAIT", CLEAR,
                                         line, *LOOK, *drives(2), *widths_of(2)]}


def stale() -> Iterator[Given]:
    """Codes of before, shifted, until a conversion is done: cut by the watchdog, a reset of another tile, a failing supply, unsettled."""
    look = [*read_both(3), *LOOK, CLEAR]
    for operation in (1, 2, 5, 6):
        script = [*bus.unlock(), *signals([20000, -20000, 32767]), *bus.start(6), *look, STOP, *bus.start(operation), *look,
                  "W MBX0.WATCHDOG 0x00000000", *bus.start(operation), *look]
        yield {"chip": {**ODD, "adcBits": 9}, "script": script}
    yield {"chip": ODD, "script": [*signals([1]), *bus.start(6), "W MBX0.START 0x00000001", "brown-out", *look, *drives(3),
                                   "W MBX0.SUPPLY 0x00000001", *bus.start(1), *look, "advance 3000", *bus.start(1), *look]}
    for word in (0x100, 2):
        yield {"chip": ODD, "script": [*signals([32767, 5]), *pulse_pairs({0: (6, -7)}), *bus.start(6), bus.write("MBX.RESET", word), *look,
                                       *drives(3), *widths_of(3)]}


def tiles() -> Iterator[Given]:
    """Each tile has its own."""
    shapes = [[1 + n % 3, 2 + n % 4] for n in range(8)]
    script = [line for tile in range(8) for line in (*signals([4000 * tile, -3000], tile), *pulse_pairs({0: (tile, -tile)}, tile))]
    script += [line for tile in range(8) for line in (f"R MBX{tile}.DRIVE[0]", f"R MBX{tile}.PULSE[0]", f"R MBX{tile}.PULSE[1]")]
    script += [line for tile in (7, 0, 4) for line in (*bus.start(6, tile=tile), f"R MBX{tile}.SENSE_SIGNALS[0]")]
    script += ["W MBX3.START 0x00000005", "W MBX3.DRIVE_SIGNALS[0] 0x00000001", "W MBX4.PULSE_PAIRS[511] 0x00000001", "R MBX3.SENSE_SIGNALS[0]",
               *(f"R MBX{tile}.ERROR" for tile in range(8)), "R MBX.IRQ_PENDING", "R MBX.ERROR"]
    yield {"chip": {"tiles": shapes, **WINDOWS}, "script": script}
    yield {"chip": {"tiles": shapes[:2], "features": "windows+cell"}, "script": script[:8] + ["R MBX1.DRIVE[0]", "R MBX.FEATURES"]}


def both_ways() -> Iterator[Given]:
    """The same work by codes and by signals: products, energy and draws are the same."""
    for synapse in SYNAPSES:
        chip = {"tiles": [[3, 4]], "synapse": synapse, "readNoisePicosiemens": 40000, "cycleToCycle": 0.2, "dacOffsetMicrovolts": 700,
                "dacBits": 6, "adcBits": 13, "seed": 4711, **WINDOWS}
        values, width = [30000, -12345, 8], [60, -50, 0, 33]
        work = bus.start(1) + read_both(4) + bus.start(2) + read_both(4) + bus.start(3, row=2)
        by_windows = signals(values) + pulse_pairs({0: (60, -50), 1: (0, 33)})
        by_codes = bus.drive([rounded(value, 31) for value in values]) + bus.pulses(width)
        for way in (by_windows, by_codes):
            yield {"chip": chip, "script": [*bus.unlock(), *way, *drives(4), *widths_of(4), *work, *bus.start(1), *read_both(4)]}


def rounded(signal: int, top: int) -> int:
    """Its code."""
    return (signal * top + 16384) // 32768


def untouched() -> Iterator[Given]:
    """A class of misuse on a tile in use, then every register of it."""
    used = [*bus.unlock(), *signals([32767, -9000, 77]), *pulse_pairs({0: (12, -13), 1: (14, 0)}), *bus.start(1), "W MBX0.TRIM[2] 0x7fff0003"]
    misuse = ["R MBX0.DRIVE_SIGNALS[0]", "R MBX0.PULSE_PAIRS[1]", "W MBX0.SENSE_SIGNALS[0] 0x00000000", "W MBX0.DRIVE_SIGNALS[2] 0x7fff7fff",
              "W MBX0.PULSE_PAIRS[2] 0x00010001", "R MBX0.SENSE_SIGNALS[2]", "W MBX0.DRIVE_SIGNALS[1]+1 0x00000000", "R 0x40015800"]
    everything = [f"R MBX0.{register.name}" + (f"[{index}]" if register.array else "") for register in WINDOWED_BLOCK.registers
                  if register.access != "wo" for index in range(min(register.count, 4))]
    yield {"chip": ODD, "script": [*used, *misuse, *everything, "R MBX.ERROR", "R MBX.ERROR_ADDRESS"]}
    yield {"chip": ODD, "script": [*used, "W MBX0.START 0x00000003", *misuse, *everything[:60], "R MBX0.WAIT", *everything]}


def drawn() -> Iterator[Given]:
    sampler = Sampler(0x77696e)
    for _ in range(20):
        yield draw_given(sampler, 30)


def draw(sampler: Sampler) -> Given:
    return draw_given(sampler, 60)


def cases() -> Iterator[dict]:
    for given in (*features(), *absent(), *codes(), *converted(), *widths(), *limited(), *refused(), *stale(), *tiles(), *both_ways(), *untouched(),
                  *drawn()):
        yield {"given": given, "expect": evaluate(given)}

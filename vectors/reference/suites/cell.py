"""The cell unit: cells of an LSTM from converted codes, their outputs on lines, and the bus that waits for it."""

from __future__ import annotations

from itertools import product
from typing import Iterator

from chip.piecewise import CIRCUITS
from chip.registers import CELL_BLOCK
from suites import _bus as bus
from suites import _misuse as misuse
from suites._cell import (CELL, CLEAR, FORGIVE, LOOK, STEP, TANH_PLAN, begin, cells, draw_given, drives, gates, kept, source, states, target)
from suites._sampler import Sampler
from suites._windows import number
from suites.mvm import bank

KIND = "bus"
PURPOSE = ("An implementation that passes forms cells and outputs of an LSTM with one rounding each from what a tile converted, drives "
           "them on the lines of its targets and on no other, holds the bus for just as long, and refuses what it cannot do.")
SPECIFICATION = {"chip": "1.4, 6, 7.1, 7.6, 7.8"}
FIELDS = {**bus.FIELDS, **bus.COUNTERS_FIELD, **bus.EVENTS_FIELD,
          "script": bus.FIELDS["script"] + "; brown-out: the supplies of references and drivers fail then"}
FINE = {"tiles": [[6, 8], [4, 3]], "adcBits": 16, **CELL}      # two cells at most, whose gates are steps
STOP = "W MBX0.WATCHDOG 0x00000005"
GO_ON = "W MBX0.WATCHDOG 0x00000000"
EDGES = (-32768, -32767, -16384, -1, 0, 1, 16384, 32766, 32767)
Given = dict


def evaluate(given: dict) -> dict:
    return bus.outcome(given, True, "conductances", "counters", "events")


def registers() -> Iterator[Given]:
    """As after reset; every bit; what is refused before the unit sees it."""
    yield {"chip": FINE, "script": [*misuse_dump(), *LOOK]}
    for register in CELL_BLOCK.registers:
        name = misuse.named("CELL", register)
        outside = [bit for bit in range(32) if not register.mask >> bit & 1]
        writes = [bus.write(name, 1 << bit) for bit in (outside[:1] + outside[-1:])] + [bus.write(name, 0xFFFFFFFF)]
        yield {"chip": FINE, "script": [*writes, bus.read(name), *LOOK]}
        yield {"chip": FINE, "script": [bus.write(name, 0), bus.read(name), f"W {name}+2 0x00000001", f"R {name}+1", *LOOK]}
    script = []
    for register in (each for each in CELL_BLOCK.registers if each.access == "rw" and each.name != "CELLS"):
        for value in (misuse.PATTERN & register.mask, ~misuse.PATTERN & register.mask):
            places = [misuse.named("CELL", register, index) for index in sorted({0, register.count - 1})]
            script += [bus.write(place, value ^ index & register.mask) for index, place in enumerate(places)] + [bus.read(place) for place in places]
    yield {"chip": FINE, "script": [*script, *misuse_dump(), *LOOK]}
    yield {"chip": FINE, "script": [line for value in (0, 1, 2, 255, 256, 257, 511, 512, 0x80000001)
                                    for line in (cells(value), "R CELL.CELLS", *LOOK, FORGIVE)]}


def misuse_dump() -> list[str]:
    return [bus.read(misuse.named("CELL", register, index)) for register in CELL_BLOCK.registers if register.access != "wo"
            for index in sorted({0, min(1, register.count - 1), register.count - 1})]


def holes() -> Iterator[Given]:
    """Between its registers and behind them; where there is no unit."""
    for offset in (0x1C, 0xFC, 0x500, 0x502, 0xFFC, 0x1000):
        hole = f"0x{0x40120000 + offset:08x}"
        yield {"chip": FINE, "script": [f"W {hole} 0x00000001", f"R {hole}", *LOOK]}
    for said in ({}, {"features": "windows"}):
        script = [line for offset in (0, 4, 0x10, 0x14, 0x101, 0x300) for line in (f"W 0x{0x40120000 + offset:08x} 0x00000001",
                                                                                   f"R 0x{0x40120000 + offset:08x}", *LOOK[1:])]
        yield {"chip": {"tiles": [[2, 4]], **said}, "script": ["R MBX.FEATURES", *script]}


def stepped(values: list[int], before: list[int], count: int, more: list[str] = []) -> list[str]:
    """A step of some cells, driven on both tiles."""
    return [*gates(values), cells(count), target(0, 0, 1), target(1, 1, 0), *states(before), *more, begin(), *kept(count), *drives(6), *drives(4, 1)]


def sums() -> Iterator[Given]:
    """Ends and ties of the cell, with one rounding of both products; its saturation both ways."""
    ties = [(1024, 128), (-1024, 128), (1024, 384), (-1024, 384), (1024, -640), (1024, 127), (-1024, 129)]
    for first, second in zip(ties, ties[1:] + ties[:1]):
        yield {"chip": FINE, "script": stepped([first[0], second[0], 16384, -16384, first[1], second[1], 32767, 32767], [1, 3], 2)}
    for i, f in product((32767, -32768), EDGES[::2]):
        yield {"chip": FINE, "script": stepped([i, -i - 1, f, f, 32767, i, 32767, -32768], [32767, -32768], 2)}
    for before in EDGES:
        yield {"chip": FINE, "script": stepped([0, 1, 32767, -32768, 77, -1, 32767, 20000], [before, before], 2)}


def outputs() -> Iterator[Given]:
    """Ends and ties of the output; circuits; a state that only the bank can tell."""
    for o, c in ((2048, 1), (-2048, 1), (6144, 1), (-6144, 1), (2048, -1), (2047, 1), (-32768, -32768), (32767, -32768), (-32768, 32767),
                 (32767, 4095)):
        yield {"chip": FINE, "script": stepped([0, 0, 32767, 32767, 0, 0, o, -1], [c, 4 * c // 5], 2)}
    for circuit in CIRCUITS:
        script = [*bank("tanh", circuit), *gates([3000, -20000, 30000, 31000, 25000, 32767, 32767, -20000]), cells(2), target(1, 1, 1)]
        script += [line for state in (0, 300, -2500, 4400, -9000, 32767)
                   for line in (*states([state, -state]), begin(), *kept(2), *drives(4, 1), "R MBX.SCALAR_VALUE", "R MBX.SCALAR_SLOPE")]
        yield {"chip": FINE, "script": ["W MBX.SCALAR_TANH 0x12345678", "R MBX.SCALAR_VALUE", *script]}
    script = [*TANH_PLAN, *stepped([100, 200, 32767, 32767, 0, 0, 32767, 32767], [3000, -3000], 2), "W MBX.TANH_COUNT 0x00000002",
              "W MBX.TANH_RAILS 0x10000000", begin(), *kept(2), *bank("sigmoid", "plan"), begin(), *kept(2)]
    yield {"chip": FINE, "script": script}


def converters() -> Iterator[Given]:
    """Codes of every width, in and out; of pairs as of references."""
    for bits in range(5, 17):
        differential = bits % 2 == 0
        chip = {**FINE, "tiles": [[6, 16 if differential else 8], [4, 4]], "synapse": "differential" if differential else "reference",
                "adcBits": bits, "dacBits": 4 + bits % 9}
        values = [30000, -9000, 32767, -32768, -12345, 23456, 32767, 15000]
        yield {"chip": chip, "script": [*stepped(values, [1500, -700], 2), begin(), *kept(2), *drives(6), "R MBX0.SENSE[0]", "R MBX0.SENSE[3]"]}


def lines() -> Iterator[Given]:
    """Even and odd numbers of cells on even and odd lines; the lines and cells beside them keep what they have."""
    chip = {"tiles": [[9, 12], [5, 2], [7, 3]], "adcBits": 16, "dacBits": 12, **CELL}
    fill = [line for tile, count in ((0, 12), (1, 5), (2, 7)) for line in bus.drive([100 * tile + k + 1 for k in range(count)], tile)]
    values = [3000 * k - 16000 for k in range(12)]
    look = [*kept(4), *drives(12), *drives(5, 1), *drives(7, 2)]
    for count, (first, second) in product((1, 2, 3), ((0, 1), (1, 2), (5, 0), (9, 2))):
        script = [*fill, *gates(values), cells(count), *states([4000, -3000, 2000, -1000]), target(0, 0, first), target(1, 1, second)]
        yield {"chip": chip, "script": [*script, begin(), *look, cells(1), begin(CLEAR), *look]}
    both = [*fill, *gates(values), cells(3), *states([4000, -3000, 2000])]
    for targets in (((0, 0, 2), (1, 0, 3)), ((0, 2, 4), (1, 2, 2)), ((0, 2, 0), (1, 2, 0))):        # the second where both are
        yield {"chip": chip, "script": [*both, *(target(*each) for each in targets), begin(), *look, begin(), *look]}
    for enable in ((0, 0), (1, 0), (0, 1)):
        yield {"chip": chip, "script": [*both, target(0, 1, 1, enable[0]), target(1, 2, 3, enable[1]), begin(), *look, begin(CLEAR), *look]}


def sizes() -> Iterator[Given]:
    """As many cells as there can be, and one more."""
    chip = {"tiles": [[1, 1024], [256, 1]], "adcBits": 16, "seed": 3, **CELL}
    sampler = Sampler(0xce11)
    values = [number(sampler) for _ in range(1024)]
    some = [f"R CELL.{name}[{index}]" for name in ("STATE", "OUTPUT") for index in (0, 1, 63, 126, 127)]
    look = [*some, "R MBX0.DRIVE[383]", "R MBX0.DRIVE[384]", "R MBX0.DRIVE[511]", "R MBX1.DRIVE[0]", "R MBX1.DRIVE[127]", "R CLINT.MTIME[0]", *LOOK]
    script = [*gates(values), cells(256), target(0, 0, 768), target(1, 1, 0)]
    yield {"chip": chip, "script": [*script, begin(), *look, begin(), *look, begin(CLEAR), *look]}
    for wrong in (target(0, 0, 769), target(1, 1, 1), cells(257), source(1)):
        yield {"chip": chip, "script": [cells(256), target(0, 0, 768), target(1, 1, 0), wrong, begin(), *LOOK, "R CELL.CELLS"]}
    for tile, count in product(((4, 7), (8, 8), (3, 4), (20, 3)), (1, 2)):
        small = {"tiles": [list(tile), [1, 1]], **CELL}
        for line in (max(tile) - count, max(tile) - count + 1):
            yield {"chip": small, "script": [cells(count), target(1, 0, line), begin(CLEAR), *LOOK, FORGIVE, begin(), *LOOK]}
    for count in (1, 2):        # columns, not bit lines
        pairs = {"tiles": [[3, 8], [2, 2]], "synapse": "differential", **CELL}
        yield {"chip": pairs, "script": [cells(count), target(0, 0, 4 - count), begin(), *LOOK, FORGIVE, target(0, 0, 5 - count), begin(CLEAR), *LOOK]}


PREPARED = [*gates([9000, -8000, 32767, 32767, 7000, 6000, 32767, 20000]), *gates([1, 2, 3, 4], 1), cells(2), target(0, 0, 2), target(1, 1, 1),
            *states([1234, -4321]), *bus.drive([5, 6, 7, 8, 9, 10]), *bus.drive([11, 12, 13, 14], 1)]
SHOWN = [*LOOK, *kept(2), *drives(6), *drives(4, 1)]


def refused() -> Iterator[Given]:
    """Each by itself, the first of several, and what a CLEAR or a target that is not enabled does not ask for."""
    wrong = {"operation": begin(3), "source": source(2), "gates": cells(3), "target": target(0, 2, 0), "line": target(1, 1, 3),
             "both lines": target(0, 0, 1023)}
    for line in (begin(0), begin(3), *list(wrong.values())[1:]):
        again = [] if line.startswith("W CELL.START") else [begin(), *LOOK, begin(CLEAR)]
        yield {"chip": FINE, "script": [*PREPARED, line, *again, *SHOWN, FORGIVE, *LOOK]}
    busy = {tile: bus.write(f"MBX{tile}.START", 6) for tile in (0, 1)}
    for tile, operation, enabled in product((0, 1), (STEP, CLEAR), ((0, 0), (1, 0), (0, 1), (1, 1))):
        targets = [target(0, 0, 2, enabled[0]), target(1, 1, 1, enabled[1])]
        yield {"chip": FINE, "script": [*PREPARED, *targets, busy[tile], begin(operation), *SHOWN, f"R MBX{tile}.WAIT", begin(operation), *SHOWN]}
    cut = [STOP, *bus.start(1), GO_ON]
    for operation in (STEP, CLEAR):
        yield {"chip": FINE, "script": [*PREPARED, *cut, begin(operation), *SHOWN, "R MBX0.STATUS", *bus.start(5), FORGIVE, begin(operation), *SHOWN]}
    for tile in (0, 1):     # stale, and under way, unsettled
        supply = [bus.write(f"MBX{tile}.SUPPLY", word) for word in (1, 0, 1)]
        yield {"chip": FINE, "script": [*PREPARED, *supply, bus.write(f"MBX{tile}.START", 1), begin(), "R CELL.ERROR", f"R MBX{tile}.WAIT", begin(),
                                        *SHOWN, "advance 3000", *bus.start(6, tile=tile), FORGIVE, begin(), *SHOWN]}
    # Which comes first: OPERATION, INDEX of anything, BUSY of anything, STALE.
    troubles = [[*cut], [busy[1]], [busy[0]], [target(1, 1, 3)], [source(7)]]
    for first in range(len(troubles)):
        script = [line for trouble in troubles[:first + 1] for line in trouble]
        yield {"chip": FINE, "script": [*PREPARED, *script, begin(), "R CELL.ERROR", begin(3), "R CELL.ERROR", begin(CLEAR), *SHOWN]}
    for disabled in (target(0, 7, 1023, 0), target(1, 2, 4, 0)):
        yield {"chip": FINE, "script": [*PREPARED, disabled, begin(), *SHOWN, source(7), begin(CLEAR), *SHOWN]}
    errors = [begin(0), cells(0), target(0, 3, 0), begin(), target(0, 0, 0), busy[0], begin(), "R MBX0.WAIT", *cut, begin()]
    yield {"chip": FINE, "script": [*PREPARED, "W MBX.IRQ_ENABLE 0x0001ffff", *errors, *(line for bit in (1, 16, 0, 0xE, 0xFFFFFFFF) for line in (
        "R CELL.ERROR", bus.write("CELL.ERROR", bit))), *LOOK]}


def held() -> Iterator[Given]:
    """The bus waits 2·H + 4 cycles; what ends until then ends in its time, also at the last cycle and at the first behind it."""
    chip = {"tiles": [[3, 12], [2, 2], [4, 3]], "adcBits": 16, "flashEndurance": 5, **CELL}
    for count, operation in product((1, 2, 3), (STEP, CLEAR)):
        yield {"chip": chip, "script": [*gates([5] * 12), cells(count), target(0, 1, 0, 0), begin(operation), "R MBX.TILES", begin(operation),
                                        "W MBX.SNAPSHOT 0x00000000", "R MBX.CYCLES[0]", begin(0), "R CLINT.MTIME[0]"]}
    ready = [*gates([-7] * 12), cells(3), target(0, 0, 4)]
    ends = ["R MBX.IRQ_PENDING", "R MBX2.STATUS", "R MBX2.SENSE[0]", "R MBX2.ERROR", "R MBX2.ABORTED", "R MBX2.ABORTED_CYCLES", "R MBX1.STATUS"]
    for limit in range(9, 15):      # the START is the second access behind that of tile 2; it returns 10 cycles later
        script = [*ready, *bus.unlock(2), bus.write("MBX2.WATCHDOG", limit), "W MBX2.START 0x00000005", "W MBX1.START 0x00000006", begin(), *ends]
        yield {"chip": chip, "script": script}
    for wait in range(18, 31, 2):   # an operation of 34 cycles
        start = bus.made({"chip": chip, "script": [*ready, "W MBX2.START 0x00000006"]}).cycle
        yield {"chip": chip, "script": [*ready, "W MBX2.START 0x00000006", f"advance {start + wait}", begin(), *ends, "R MBX2.WAIT"]}
    waking = [*ready, "W MBX2.SUPPLY 0x00000001", "W MBX2.SUPPLY 0x00000000", "W MBX2.SUPPLY 0x00000001"]
    start = bus.made({"chip": chip, "script": waking}).cycle
    for early in (0, 1, 5, 11):
        yield {"chip": chip, "script": [*waking, f"advance {start + 1000 - 11 + early - 1}", begin(), "R MBX2.SUPPLY_STATE", *ends[:2]]}
    flash = ["W FLASH.START 0x00030001", "W MBX2.START 0x00000005", "advance 300"]
    yield {"chip": chip, "script": [*ready, *flash, begin(), "R FLASH.STATUS", begin(CLEAR), "R FLASH.STATUS", *ends]}
    start = bus.made({"chip": chip, "script": [*ready, flash[0]]}).cycle
    for early in (0, 5, 10):
        yield {"chip": chip, "script": [*ready, flash[0], f"advance {start + 256 - 11 + early}", begin(), "R FLASH.STATUS", "R CELL.ERROR"]}


def resets() -> Iterator[Given]:
    """Of the chip and of tiles; supplies that fail before, between and behind."""
    used = [*PREPARED, begin(), begin(0), *SHOWN]
    for word in (0x100, 0x300, 1, 2, 0x102):
        yield {"chip": FINE, "script": [*used, bus.write("MBX.RESET", word), *misuse_dump(), *SHOWN, "R MBX.RESET_CAUSE", cells(2), begin(), *SHOWN]}
    yield {"chip": FINE, "script": [*used, "brown-out", *SHOWN, begin(), *SHOWN, begin(CLEAR), *SHOWN]}
    for tile in (0, 1):
        yield {"chip": FINE, "script": [*PREPARED, bus.write(f"MBX{tile}.START", 1), "brown-out", begin(), *SHOWN, "R MBX0.STATUS", "R MBX1.STATUS",
                                        begin(CLEAR), *SHOWN]}
    start = bus.made({"chip": FINE, "script": PREPARED}).cycle
    for later in (1, 9, 10):        # nothing fails while the bus is held, only behind it
        yield {"chip": FINE, "script": [*PREPARED, begin(), f"advance {start + later}", "brown-out", *SHOWN, "R MBX.RESET_CAUSE"]}


def networks() -> Iterator[Given]:
    """Steps of an LSTM on two tiles, gates behind circuits; several tiles, each as source and target."""
    for inputs, hidden, said in ((3, 2, "cell"), (2, 3, "windows+cell"), (1, 1, "cell")):
        chip = {"tiles": [[inputs + hidden + 1, 4 * hidden], [hidden + 1, 2]], "dacBits": 7, "adcBits": 11, "seed": 5, "features": said}
        sampler = Sampler(0xce120 + inputs)
        cells_of = {str(n): [sampler.integer(10_000_000, 100_000_000) for _ in range(w * b)] for n, (w, b) in enumerate(chip["tiles"])}
        circuits = sum((2 if column // hidden == 2 else 1) << 2 * column for column in range(4 * hidden))
        script = [*bank("sigmoid", "plan"), *TANH_PLAN, bus.write("MBX0.ACTIVATION[0]", circuits), cells(hidden), target(0, 0, inputs),
                  target(1, 1, 0), begin(CLEAR), *bus.drive([0] * (inputs + hidden) + [63]), *bus.drive([0] * hidden + [63], 1)]
        for _ in range(4):
            script += [*bus.drive(sampler.integers(inputs // 2 * 2, -63, 63)), *bus.start(1), begin(), *kept(hidden), *drives(inputs + hidden + 1),
                       *bus.start(1, linear=True, tile=1), "R MBX1.SENSE[0]"]
        yield {"chip": chip, "conductances": cells_of, "script": script}
    chip = {"tiles": [[4, 8]] * 8, "adcBits": 16, "synapse": "differential", **CELL}
    script = [line for tile in (7, 3) for line in gates([1000 * tile + k for k in range(4)], tile)]
    script += [*states([20000]), source(7), target(0, 3, 2), target(1, 5, 3), begin(), *kept(1), source(3), target(1, 6, 0), begin(), *kept(1)]
    yield {"chip": chip, "script": [*script, *(line for tile in range(8) for line in drives(4, tile)), *LOOK]}


def drawn() -> Iterator[Given]:
    sampler = Sampler(0xce11d)
    for _ in range(20):
        yield draw_given(sampler, 60)


def draw(sampler: Sampler) -> Given:
    return draw_given(sampler, 90)


def cases() -> Iterator[dict]:
    for given in (*registers(), *holes(), *sums(), *outputs(), *converters(), *lines(), *sizes(), *refused(), *held(), *resets(),
                  *networks(), *drawn()):
        yield {"given": given, "expect": evaluate(given)}

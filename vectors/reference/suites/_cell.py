"""Accesses of the cell unit, gates that a bench puts into SENSE, and scripts that are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from chip.chip import Chip
from chip.piecewise import CIRCUITS
from suites import _bus as bus
from suites._sampler import Sampler
from suites._windows import drawn_chip, number
from suites.mvm import bank

CELL = {"features": "cell"}
STEP, CLEAR = 1, 2
ERRORS = {"OPERATION": 1, "INDEX": 2, "BUSY": 4, "STALE": 8, "CODE": 16}
LOOK = ["R CELL.ERROR", "R MBX.ERROR", "R MBX.ERROR_ADDRESS", "R MBX.IRQ_PENDING"]
FORGIVE = "W CELL.ERROR 0xffffffff"
TANH_PLAN = bank("tanh", "plan")
Script = list[str]


def trim(value: int) -> int:
    """The word of TRIM with which ZERO converts to a value, 16 bits."""
    return 0x7FFF | 0x8001 << 16 if value == -32768 else -value & 0xFFFF | 0x8000 << 16


def gates(values: Sequence[int], tile: int = 0) -> Script:
    """Puts values into SENSE, as an ADC of 16 bits converts them, line by line."""
    return [*bus.unlock(tile), *(bus.write(f"MBX{tile}.TRIM[{line}]", trim(value)) for line, value in enumerate(values)), *bus.start(5, tile=tile)]


def cells(count: int) -> str:
    return bus.write("CELL.CELLS", count)


def source(tile: int) -> str:
    return bus.write("CELL.SOURCE", tile)


def target(number: int, tile: int, line: int, enable: int = 1) -> str:
    return bus.write(f"CELL.TARGET[{number}]", enable << 31 | line << 16 | tile)


def begin(operation: int = STEP) -> str:
    return bus.write("CELL.START", operation)


def states(values: Sequence[int]) -> Script:
    return [bus.write(f"CELL.STATE[{index}]", word) for index, word in enumerate(bus.pairs(list(values)))]


def kept(count: int) -> Script:
    """State and output of so many cells."""
    return [f"R CELL.{name}[{index}]" for name in ("STATE", "OUTPUT") for index in range((count + 1) // 2)]


def drives(lines: int, tile: int = 0) -> Script:
    return [f"R MBX{tile}.DRIVE[{index}]" for index in range((lines + 1) // 2)]


def seldom(sampler: Sampler) -> bool:
    return sampler.integer(0, 15) == 0


def drawn_target(sampler: Sampler, lines: Sequence[int]) -> str:
    """Mostly of a tile that is there, and where a cell or two have lines."""
    tile = 2 if seldom(sampler) else sampler.integer(0, 1)
    last = 1023 if tile == 2 or seldom(sampler) else max(lines[tile] - 2, 0)
    return target(sampler.integer(0, 1), tile, sampler.integer(0, last), sampler.integer(0, 3) > 0)


def drawn_step(sampler: Sampler, cycle: int, lines: Sequence[int]) -> Script:
    """`lines` of both tiles."""
    kind, tile = sampler.integer(0, 19), sampler.choice((0, 0, 0, 1))
    if kind < 5:
        return [begin(sampler.choice((*[STEP] * 8, CLEAR, CLEAR, 0, 3)))]
    if kind < 7:
        return [drawn_target(sampler, lines)]
    if kind < 9:
        return [cells(sampler.integer(0, 511) if seldom(sampler) else sampler.integer(1, lines[0] // 4))]
    if kind < 12:
        begun = [bus.write(f"MBX{tile}.START", sampler.choice((1, 1, 2, 5, 5, 6)))]
        return begun + ([f"R MBX{tile}.WAIT"] if sampler.integer(0, 2) else [])
    if kind < 14:
        return [bus.write(f"CELL.STATE[{sampler.integer(0, 2)}]", bus.word(number(sampler), number(sampler)))]
    return {14: [source(sampler.integer(1, 7) if seldom(sampler) else 0)], 15: [f"R MBX{tile}.WAIT"], 16: [f"advance {cycle + sampler.integer(1, 40)}"],
            17: [*LOOK[:1], FORGIVE], 18: [bus.write(f"MBX{tile}.WATCHDOG", sampler.choice((0, 0, sampler.integer(1, 40)))), *kept(2)],
            19: [bus.write(f"MBX{tile}.DRIVE[{sampler.integer(0, 2)}]", bus.word(sampler.sized(3), sampler.sized(3)))]}[kind]


def draw_given(sampler: Sampler, length: int) -> dict:
    """Gates of any values in the first tile, then use and misuse in any order."""
    chip = drawn_chip(sampler, sampler.choice(("cell", "cell", "windows+cell")))
    bits, columns = 2 if chip["synapse"] == "differential" else 1, sampler.integer(4, 12)
    chip["tiles"] = [[sampler.integer(1, 9), columns * bits], [sampler.integer(1, 5), 2]]
    lines = [max(word_lines, bit_lines // bits) for word_lines, bit_lines in chip["tiles"]]
    script = bank("tanh", sampler.choice(CIRCUITS)) + gates([number(sampler) for _ in range(lines[0])])
    script += [*bus.unlock(1), cells(columns // 4), drawn_target(sampler, lines), drawn_target(sampler, lines)]
    made = Chip(chip)
    made.run(script)
    while len(script) < length + lines[0]:
        made.run(part := drawn_step(sampler, made.cycle, lines))
        script += part
    return {"chip": chip, "script": [*script, "advance 1000000", *kept(6), *drives(lines[0]), *drives(lines[1], 1), *LOOK, "R MBX0.STATUS", "R MBX1.STATUS"]}

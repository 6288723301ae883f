"""Scripts of drawn accesses: use and misuse in any order."""

from __future__ import annotations

from typing import Iterator

from chip.chip import Chip
from chip.registers import BASES, BLOCKS, name
from suites import _bus as bus
from suites._misuse import APART
from suites._sampler import Sampler

CHIP = {"tiles": [[3, 4], [2, 2]], "synapse": "differential", "adcBits": 10, "seed": 99,
        "cycleToCycle": 0.1, "readNoisePicosiemens": 20000, "adcOffsetMicrovolts": 500}
AVOIDED = {"FINISH", "MTIME", "RESET", *APART}


def place(sampler: Sampler) -> tuple[str, int]:
    """A register's name, often of the first elements, and its mask."""
    block = sampler.choice(("MBX0", "MBX0", "MBX0", "MBX1", "MBX1", "MBX", "MBX", "HOST", "CLINT"))
    register = sampler.choice([each for each in BLOCKS[block].registers if each.name not in AVOIDED])
    index = sampler.integer(0, min(register.count, 4) - 1)
    return f"{block}.{register.name}" + (f"[{index}]" if register.array else ""), register.mask


def value(sampler: Sampler, mask: int) -> int:
    kind = sampler.integer(0, 4)
    if kind == 0:
        return sampler.integer(0, 0xFFFFFFFF)
    small = bus.word(sampler.sized(7), sampler.sized(7))
    return (small if kind < 3 else sampler.integer(0, 40)) & mask


def step(sampler: Sampler, cycle: int) -> list[str]:
    kind, tile = sampler.integer(0, 15), sampler.integer(0, 1)
    if kind < 3:
        row = sampler.integer(0, 3) << 16 if sampler.integer(0, 1) else 0
        return [bus.write(f"MBX{tile}.START", sampler.integer(1, 6) | row | sampler.integer(0, 3) << 4)]
    if kind == 3:
        return bus.unlock(tile)
    if kind == 4:
        return [f"R MBX{tile}.WAIT"]
    if kind == 5:
        return [f"advance {cycle + sampler.integer(1, 60)}"]
    if kind == 6:
        hole = BASES[sampler.choice(("MBX0", "MBX", "MBX2", "HOST"))] + sampler.integer(0, 0x240)
        return [f"R {name(hole)}"]
    if kind < 9:
        return [bus.write(f"MBX{tile}.ERASE_WIDTH", sampler.integer(0, 20)),
                bus.write(f"MBX{tile}.PULSE[{sampler.integer(0, 4)}]", sampler.sized(6) & 0xFFFF)]
    target, mask = place(sampler)
    return [bus.read(target)] if sampler.integer(0, 2) == 0 else [bus.write(target, value(sampler, mask))]


def script_for(sampler: Sampler, configuration: dict) -> list[str]:
    """For a chip of two tiles."""
    script, chip = [], Chip(configuration)
    while len(script) < 60:
        lines = step(sampler, chip.cycle)
        chip.run(lines)
        script += lines
    return script + ["advance 40000000"] + [f"R MBX{tile}.{each}" for tile in (0, 1) for each in (
        "STATUS", "ERROR", "DRIVE[0]", "SENSE[0]", "PULSE[0]", "PULSE[1]", "SATURATED[0]")]


def stress(sampler: Sampler) -> Iterator[tuple[list[str], str, dict]]:
    for _ in range(40):
        yield script_for(sampler, CHIP), "drawn", CHIP

"""Accesses of windows, and scripts of them that are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chip.chip import Chip
from suites import _bus as bus
from suites._sampler import Sampler

WINDOWS = {"features": "windows"}
LOOK = ["R MBX0.ERROR", "R MBX0.STATUS", "R MBX.ERROR", "R MBX.ERROR_ADDRESS", "R MBX.IRQ_PENDING"]
CLEAR = "W MBX0.ERROR 0xffffffff"
Script = list[str]


def signals(values: Sequence[int], tile: int = 0) -> Script:
    """Q0.15, by the window."""
    return [bus.write(f"MBX{tile}.DRIVE_SIGNALS[{index}]", word) for index, word in enumerate(bus.pairs(list(values)))]


def pulse_pairs(widths: Mapping[int, tuple[int, int]], tile: int = 0) -> Script:
    return [bus.write(f"MBX{tile}.PULSE_PAIRS[{index}]", bus.word(*pair)) for index, pair in widths.items()]


def drives(lines: int, tile: int = 0) -> Script:
    return [bus.read(f"MBX{tile}.DRIVE[{index}]") for index in range((lines + 1) // 2)]


def widths_of(bit_lines: int, tile: int = 0) -> Script:
    return [bus.read(f"MBX{tile}.PULSE[{line}]") for line in range(bit_lines)]


def read_both(lines: int, tile: int = 0) -> Script:
    """What was converted, as codes and by the window."""
    return [bus.read(f"MBX{tile}.{name}[{index}]") for index in range((lines + 1) // 2) for name in ("SENSE", "SENSE_SIGNALS")]


def size(chip: Mapping) -> tuple[int, int, int]:
    """Word lines, bit lines and lines of the first tile."""
    word_lines, bit_lines = chip["tiles"][0]
    return word_lines, bit_lines, max(word_lines, bit_lines // (2 if chip.get("synapse") == "differential" else 1))


def drawn_chip(sampler: Sampler, features: str) -> dict:
    synapse = sampler.choice(("reference", "differential"))
    bit_lines = sampler.integer(1, 7) if synapse == "reference" else 2 * sampler.integer(1, 4)
    return {"tiles": [[sampler.integer(1, 7), bit_lines], [sampler.integer(1, 3), 2]], "synapse": synapse, "dacBits": sampler.integer(4, 12),
            "adcBits": sampler.integer(5, 16), "seed": sampler.word(), "cycleToCycle": sampler.integer(0, 20) / 100,
            "readNoisePicosiemens": sampler.integer(0, 30000), "features": features}


def number(sampler: Sampler) -> int:
    """16 bits: any, or near an end or 0."""
    return sampler.choice((sampler.integer(-32768, 32767), sampler.sized(6), 32767 - sampler.integer(0, 3), -32768 + sampler.integer(0, 3)))


def step(sampler: Sampler, cycle: int, lines: int, bit_lines: int) -> Script:
    kind, tile = sampler.integer(0, 19), sampler.choice((0, 0, 0, 1))
    index = sampler.integer(0, (lines + 1) // 2)
    if kind < 4:
        return [bus.write(f"MBX{tile}.DRIVE_SIGNALS[{index}]", bus.word(number(sampler), number(sampler)))]
    if kind < 7:
        width = sampler.integer(4, 9)
        pair = bus.word(sampler.sized(width), sampler.sized(width))
        return [bus.write(f"MBX{tile}.PULSE_PAIRS[{sampler.integer(0, (bit_lines + 1) // 2)}]", pair)]
    if kind < 10:
        return [f"R MBX{tile}.SENSE_SIGNALS[{index}]"]
    if kind < 14:
        return [bus.write(f"MBX{tile}.START", sampler.choice((1, 1, 2, 5, 6, 3)) | sampler.integer(0, 1) << 4)]
    return {14: bus.unlock(tile), 15: [f"R MBX{tile}.WAIT"], 16: [f"advance {cycle + sampler.integer(1, 40)}"],
            17: [f"R MBX{tile}.DRIVE[{index}]", f"R MBX{tile}.SENSE[{index}]"],
            18: [bus.write(f"MBX{tile}.ERASE_WIDTH", sampler.integer(0, 60)), bus.write(f"MBX{tile}.LIMIT_WIDTH", sampler.integer(100, 700))],
            19: [bus.write(f"MBX{tile}.WATCHDOG", sampler.choice((0, 0, sampler.integer(1, 40))))]}[kind]


def draw_given(sampler: Sampler, length: int) -> dict:
    chip = drawn_chip(sampler, sampler.choice(("windows", "windows", "windows+cell")))
    _, bit_lines, lines = size(chip)
    made, script = Chip(chip), []
    while len(script) < length:
        made.run(part := step(sampler, made.cycle, lines, bit_lines))
        script += part
    return {"chip": chip, "script": [*script, "advance 1000000", *drives(lines), *widths_of(bit_lines), *read_both(lines), *LOOK]}

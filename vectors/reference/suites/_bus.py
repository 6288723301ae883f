"""Scripts of bus accesses, and what a chip does with them."""

from __future__ import annotations

from chip.chip import Chip

KEY = "0x50524f47"

FIELDS = {
    "chip": "what is fixed when the chip is made; an absent key has its default",
    "conductances": "pS of every cell of a tile, row-major; given: a tile absent here is as after reset",
    "script": "bus accesses in order: W NAME VALUE, R NAME; a place without a name is its address; "
              "advance N lets time pass until the cycle counter is at least N",
    "transactions": "every access of the script with the word written or returned; @N: the cycle at which it returned",
}
COUNTERS_FIELD = {"counters": "live counters of each tile after the script: operations that convert, pulse phases, "
                              "cell pulses, cycles (10 ns) of phases, cycles one cell at a time, attojoules"}
EVENTS_FIELD = {"events": "what the chip did: @cycle, block, text"}


def made(given: dict) -> Chip:
    """The chip after its script."""
    chip = Chip(given["chip"])
    for tile, cells in given.get("conductances", {}).items():
        chip.place(int(tile), cells)
    chip.run(given["script"])
    return chip


def outcome(given: dict, stamped: bool, *keys: str) -> dict:
    """The `expect` of a case with these optional keys."""
    chip = made(given)
    tiles = range(len(chip.tiles))
    parts = {"conductances": lambda: {str(tile): chip.conductances(tile) for tile in tiles},
             "counters": lambda: {str(tile): chip.counters(tile) for tile in tiles},
             "events": lambda: [event.text() for event in chip.events]}
    return {"transactions": [transaction.text(stamped) for transaction in chip.transactions],
            **{key: parts[key]() for key in keys}}


def word(even: int, odd: int = 0) -> int:
    return even & 0xFFFF | (odd & 0xFFFF) << 16


def write(name: str, value: int) -> str:
    return f"W {name} 0x{value & 0xFFFFFFFF:08x}"


def read(name: str) -> str:
    return f"R {name}"


def pairs(values: list[int]) -> list[int]:
    """Words of two lanes."""
    return [word(*values[i:i + 2]) for i in range(0, len(values), 2)]


def drive(codes: list[int], tile: int = 0) -> list[str]:
    return [write(f"MBX{tile}.DRIVE[{i}]", lanes) for i, lanes in enumerate(pairs(codes))]


def start(operation: int, gain: int = 0, linear: bool = False, row: int = 0, tile: int = 0) -> list[str]:
    """Starts an operation and waits for its end."""
    return [write(f"MBX{tile}.START", operation | gain << 4 | linear << 5 | row << 16), read(f"MBX{tile}.WAIT")]


def sensed(lines: int, tile: int = 0) -> list[str]:
    return [read(f"MBX{tile}.SENSE[{i}]") for i in range((lines + 1) // 2)]


def saturated(lines: int, tile: int = 0) -> list[str]:
    return [read(f"MBX{tile}.SATURATED[{i}]") for i in range((lines + 31) // 32)]


def unlock(tile: int = 0) -> list[str]:
    return [f"W MBX{tile}.UNLOCK {KEY}"]


def pulses(widths: list[int], tile: int = 0) -> list[str]:
    """PULSE writes, in 20 ns steps; a zero is not written."""
    return [write(f"MBX{tile}.PULSE[{j}]", width & 0xFFFF) for j, width in enumerate(widths) if width]

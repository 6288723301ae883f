"""What must hold in every bus case, whatever the values: python3 vectors/reference/properties.py

A refused access leaves everything but error registers alone, time never runs backward, conductances stay in range. A controller
answers the same, and leaves the same cells, whatever its chip has more.
Status: 0 all hold, 1 one does not.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from chip.chip import Chip
from chip.registers import BASES, EVERY
from suites import features
from suites._controller import Scenario

VECTORS = Path(__file__).resolve().parent.parent / "v1"
REPORTING = {"ERROR", "IRQ_PENDING", "ERROR_ADDRESS", "STATUS", "WAIT", "MTIME"}
PLACES = [BASES[block] + offset for block in ("MBX", "MBX0", "CLINT", "UART", "HOST", "FLASH", "CELL")
          for offset, place in EVERY[block].places.items()
          if place.register.name not in REPORTING and place.index < 4]


def visible(chip: Chip) -> list[object]:
    return [[chip.peek(place) for place in PLACES], chip.counters(0), chip.conductances(0), dict(chip.ram), chip.host.sent[:]]


def refused(events: list[str]) -> bool:
    """Only an error, and not one that an operation's end or a stall brings."""
    return bool(events) and all(event.startswith("error") and event not in ("error WATCHDOG", "error WAIT", "error WORN")
                                for event in events)


def fault(given: dict) -> str | None:
    chip = Chip(given["chip"])
    for tile, cells in given.get("conductances", {}).items():
        chip.place(int(tile), cells)
    for line in given["script"]:
        before, events, cycle = visible(chip), len(chip.events), chip.cycle
        chip.run([line])
        if refused([event.event for event in chip.events[events:]]) and visible(chip) != before:
            return f"{line} changed more than an error"
        if chip.cycle < cycle:
            return f"{line} took time back"
    for tile in range(len(chip.tiles)):
        bounds = chip.tiles[tile].path.array.bounds
        if not all(low <= cell <= high for cell, (low, high) in zip(chip.conductances(tile), bounds)):
            return f"tile {tile} has a conductance out of range"
    return None


def otherwise(scenario: Scenario) -> str | None:
    """What a chip without features does in another way, unless a bench meddles: what the unit finds, no tile tells."""
    if scenario.accesses and any("MBX0.SUPPLY" in line or "WATCHDOG" in line or "CELL" in line
                                 for lines in scenario.accesses.values() for line in lines):
        return None
    plain = replace(scenario, chip={key: value for key, value in scenario.chip.items() if key != "features"})
    found, due = scenario.expect(()), plain.expect(())
    return next((f"other {key} without" for key in due if key != "transactions" and found[key] != due[key]), None)


def main() -> int:
    for suite in ("registers", "program_row", "flash", "windows", "cell"):
        for case in json.loads((VECTORS / f"{suite}.json").read_text())["cases"]:
            if found := fault(case["given"]):
                print(f"{suite} {case['id']}: {found}")
                return 1
    for scenario in features.scenarios():
        if found := otherwise(scenario):
            print(f"features, {scenario.note}: {found}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

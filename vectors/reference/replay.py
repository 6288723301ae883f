"""Derives a register log anew: python3 vectors/reference/replay.py LOG.csv …

The accesses of a log are made on the reference's chip, at the log's cycles; every value that was read and everything
that the chip did by itself is compared. Accesses outside MBX, its tiles, FLASH and CELL are passed over, as `mblstm replay` does;
what is refused of them, the chip notes. A log that begins with a chip that was not fresh, or that is filtered, is not derived.
Status: 0 no difference, 1 a difference, 2 no log of a chip that the reference can make.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from chip.chip import Chip, Event, Transaction, block_of
from chip.device import device_of
from chip.registers import BASES, Refused, address as address_of

SIGNATURE = "# mblstm register log, version "
VERSION = "4"
RESULTS = "3"
# As the head of a log calls what a vector's `chip` object holds.
KEYS = {"seed": "seed", "dac-bits": "dacBits", "adc-bits": "adcBits", "d2d": "deviceToDevice",
        "c2c": "cycleToCycle", "threshold-spread": "thresholdSpread", "bounds-spread": "boundsSpread",
        "device-noise": "deviceNoise", "program-error": "programError", "stuck-lrs": "stuckLRS",
        "stuck-hrs": "stuckHRS", "bandwidth-khz": "bandwidthKilohertz", "settle-cycles": "settleCycles",
        "sample-cycles": "sampleCycles", "adc-offset-uv": "adcOffsetMicrovolts",
        "adc-gain-ppm": "adcGainPpm", "dac-offset-uv": "dacOffsetMicrovolts", "dac-inl-uv": "dacInlMicrovolts",
        "flash-endurance": "flashEndurance"}
CHIP = (range(BASES["MBX"], BASES["MBX7"] + 0x10000), range(BASES["FLASH"], BASES["FLASH"] + 0x1000),
        range(BASES["CELL"], BASES["CELL"] + 0x1000))
START = address_of("CELL.START")


class Unusable(Exception):
    """Why a file cannot be derived anew."""


class Entry(NamedTuple):
    """What happened at a cycle: an access (`address` is not None) or an event."""
    cycle: int
    address: int | None
    kind: str           # "R", "W", or the block of an event; "R8" and the like where the bus refused the size
    text: str           # the word, or the event's text

    def __str__(self) -> str:
        what = f"{self.kind} {self.text}" if self.address is None else f"{self.kind} 0x{self.address:08x} {self.text}"
        return f"@{self.cycle} {what}"


def number(text: str) -> int | float:
    return float(text) if set(text) & set(".en") else int(text)


def chip_of(head: list[str]) -> dict:
    """The `chip` object of the head's lines."""
    config: dict = {"tiles": []}
    noise = 0.0
    for line in head:
        kind, *items = line.split()
        if kind == "state":
            raise Unusable("it begins with a chip that is not fresh, which the reference does not read")
        if kind == "filtered":
            raise Unusable("it is filtered")
        values = dict(item.split("=", 1) for item in items if "=" in item)
        if kind == "tile":
            config["tiles"].append((int(values["word-lines"]), int(values["bit-lines"])))
        elif kind == "results" and values.get("version") != RESULTS:
            raise Unusable(f"its results are of version {values.get('version')}, expected {RESULTS}")
        elif kind == "chip":
            for name, value in values.items():
                if name in ("synapse", "features"):
                    config[name] = value
                elif name == "device":
                    config["device"] = {"model": value}
                elif name == "read-noise":
                    noise = float(value)
                elif name in KEYS:
                    config[KEYS[name]] = number(value)
                else:
                    raise Unusable(f"the reference's chip has no '{name}'")
    if not config["tiles"]:
        raise Unusable("its head describes no chip")
    # A share of the highest conductance, rounded half away from zero.
    if noise:
        config["readNoisePicosiemens"] = int(noise * device_of(config.get("device", {"model": "vteam"})).highest + 0.5)
    return config


def entries(lines: Iterator[str]) -> Iterator[Entry]:
    """The entries of a log that concern the chip, in order."""
    outside = None
    for line in lines:
        if line.startswith("#"):
            continue
        cycle, _, kind, place, value, block, event = line.rstrip("\n").split(",")[:7]
        if kind == "event":
            if outside and block == "MBX" and event.startswith("error"):
                yield outside
            outside = None
            yield Entry(int(cycle), None, block, event)
            continue
        outside = None
        size = kind.removeprefix("read").removeprefix("write")
        made = Entry(int(cycle), int(place, 16), ("R" if kind.startswith("read") else "W") + size, value)
        if any(int(place, 16) in part for part in CHIP):
            yield made
        else:
            # Only where it is refused.
            outside = made._replace(kind="outside")


class Derivation:
    """A fresh chip, and what it has done that the log has not told yet."""

    def __init__(self, config: dict):
        self.chip = Chip(config)
        self.untold: deque[Entry] = deque()
        self.accesses = self.events = 0
        self.outside: Entry | None = None

    def access(self, entry: Entry) -> None:
        if len(entry.kind) == 1:
            self.chip.access(entry.kind, entry.address, int(entry.text, 16))
            return
        # The bus refuses it before any block.
        self.chip.advance(entry.cycle)
        value = 0 if entry.kind[0] == "R" else int(entry.text, 16)
        self.chip.transactions.append(Transaction(entry.cycle, entry.kind, entry.address, value))
        bit = "MISALIGNED" if block_of(entry.address) in self.chip.peripherals else "UNMAPPED"
        self.refuse(entry.address, bit, entry.cycle)

    def held(self, entry: Entry) -> int:
        """For how many cycles a START of the cell unit held the bus before it returned; 0 of what is refused, or of another
        access. What is not refused so long before is not refused later either, since nothing else was made meanwhile."""
        if (entry.kind, entry.address) != ("W", START) or "CELL" not in self.chip.peripherals or int(entry.text, 16) > 3:
            return 0
        cell = self.chip.cell
        begun = entry.cycle - 2 * cell.count - 4
        if begun <= self.chip.cycle:
            return 0
        self.chip.advance(begun)
        self.chip.cycle = begun - 1
        try:
            return cell.hold(int(entry.text, 16))
        except Refused:
            return 0

    def refuse(self, address: int, bit: str, cycle: int) -> None:
        self.chip.mbx.raise_error(bit, address)
        self.chip.events.append(Event(cycle, "MBX", f"error {bit}"))

    def collect(self) -> None:
        """Events come in the order of the log: those of an access stand behind it, those before it in front."""
        chip = self.chip
        made = [Entry(t.cycle, t.address, t.kind, f"0x{t.value:08x}") for t in chip.transactions]
        told = [Entry(e.cycle, None, e.block, e.event) for e in chip.events]
        at = made[0].cycle if made else chip.cycle
        starts = ("error", "started", "supply")
        before = [e for e in told if not made or e.cycle < at or e.cycle == at and not e.text.startswith(starts)
                  or e.text in ("error WATCHDOG", "error WORN")]
        self.untold += before + made + [e for e in told if e not in before]
        chip.transactions.clear()
        chip.events.clear()

    def follow(self, entry: Entry) -> str | None:
        """The first difference that the entry shows."""
        if entry.kind == "outside":
            self.outside = entry
            return None
        if entry.address is not None:
            self.chip.advance(entry.cycle - 1 - self.held(entry))
            self.access(entry)
            self.accesses += 1
        else:
            if not self.untold:
                # What ends by then, ends; the access that waited for it is still to come.
                before = self.chip.cycle
                self.chip.advance(entry.cycle)
                if entry.text == "power off":
                    self.chip.cut_power()
                elif entry.text == "brown-out":
                    self.chip.brown_out()
                elif self.outside and self.outside.cycle == entry.cycle:
                    self.refuse(self.outside.address, entry.text.removeprefix("error "), entry.cycle)
                self.chip.cycle = before
            self.outside = None
            self.events += 1
        self.collect()
        if not self.untold:
            return f"the log has {entry}, the reference did nothing"
        got = self.untold.popleft()
        return None if got == entry else f"the log has {entry}, the reference {got}"


def difference(path: Path) -> str | None:
    with path.open() as lines:
        if not (first := next(lines, "")).startswith(SIGNATURE):
            raise Unusable("is no register log")
        if (version := first[len(SIGNATURE):].strip()) != VERSION:
            raise Unusable(f"is a log of version {version}, expected {VERSION}")
        head = []
        for line in lines:
            if not line.startswith("#"):
                break
            head.append(line[1:].strip())
        derivation = Derivation(chip_of([line for line in head if line]))
        for entry in entries(lines):
            if found := derivation.follow(entry):
                return found
        print(f"{path}: no difference in {derivation.accesses} accesses and {derivation.events} events")
        return f"the log ends, the reference did {derivation.untold[0]}" if derivation.untold else None


def main() -> int:
    paths = [Path(name) for name in sys.argv[1:]]
    if not paths:
        print(__doc__.splitlines()[0], file=sys.stderr)
        return 2
    for path in paths:
        try:
            found = difference(path)
        except (Unusable, OSError, ValueError, KeyError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 2
        if found:
            print(f"{path}: {found}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

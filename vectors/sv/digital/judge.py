#!/usr/bin/env python3
"""Compares what the RTL did with the golden cases.

    judge.py VECTORS CASES RESULT [CASES RESULT …]

A RESULT is what digital/cases.sv writes of the CASES. Of each case are compared every reply with its cycle (where the golden case
has one), the cells and counters at its end, and the events of each cycle. Status: 0 no difference, 1 a difference, of which a case
that the RTL did not end is one.
"""

import collections
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / ".ci/c"), str(ROOT / "vectors/reference")]
from chip.registers import address  # noqa: E402

OPERATIONS = {1: "READ", 2: "READ_T", 3: "PROGRAM_ROW", 4: "ERASE", 5: "ZERO", 6: "REFERENCE"}
CONVERSIONS = {1, 2, 5, 6}
COUNTERS = ["reads", "phases", "pulses", "programCycles", "serialCycles", "energyAttojoules"]
SHOWN = 5


def place(name):
    if name.startswith("0x"):
        return int(name, 16)
    name, _, beyond = name.partition("+")
    return address(name) + int(beyond or 0)


def ended(operation, early, unsettled, saturated):
    if early:
        return f"aborted {OPERATIONS[operation]}"
    how = " unsettled" if unsettled else " saturated" if saturated and operation in CONVERSIONS else ""
    return f"finished {OPERATIONS[operation]}{how}"


def started(word):
    operation, gain, linear, row = word & 15, word >> 4 & 1, word >> 5 & 1, word >> 16 & 1023
    return (f"started {OPERATIONS[operation]}" + (f" gain={gain}" if gain or operation in (1, 2) else "") +
            (" linear" if linear else "") + (f" row={row}" if row or operation == 3 else ""))


class Result:
    """What the RTL did in a case."""

    def __init__(self):
        self.accesses, self.cells, self.counters, self.events = [], {}, {}, []

    def take(self, words):
        kind, rest = words[0], words[1:]
        if kind in ("R", "W"):
            self.accesses.append((kind, int(rest[0], 16), int(rest[1], 16), int(rest[2])))
        elif kind == "cells":
            self.cells[rest[0]] = [int(word) for word in rest[1:]]
        elif kind == "counters":
            self.counters[rest[0]] = dict(zip(COUNTERS, map(int, rest[1:])))
        elif kind == "end":
            self.events.append(f"@{rest[0]} MBX{rest[1]} {ended(*map(int, rest[2:]))}")
        elif kind == "start":
            self.events.append(f"@{rest[0]} MBX{rest[1]} {started(int(rest[2]))}")
        elif kind == "supply":
            self.events.append(f"@{rest[0]} MBX{rest[1]} supply ANALOG={rest[2]} DRIVERS={rest[3]}")
        elif kind == "settled":
            self.events.append(f"@{rest[0]} MBX{rest[1]} settled")
        elif kind == "error":
            block = "MBX" if rest[1] == "-" else f"MBX{rest[1]}"
            self.events.append(f"@{rest[0]} {block} error {rest[2].removeprefix('CHIP_')}")
        else:
            sys.exit(f"what is '{' '.join(words)}'")


def results(path):
    """Each case by its name; one that was not ended is not there."""
    found, name = {}, None
    for line in pathlib.Path(path).read_text().splitlines():
        if line.startswith("case "):
            name, one = line.split()[1], Result()
        elif line == "end of case":
            found[name] = one
        else:
            one.take(line.split())
    return found


def planned(path):
    return [line.split()[1] for line in pathlib.Path(path).read_text().splitlines() if line.startswith("case ")]


def differences(one, expected):
    counted = collections.Counter()
    for number, line in enumerate(expected["transactions"]):
        words = line.split()
        cycle = int(words.pop(0)[1:]) if words[0].startswith("@") else None
        wanted = (words[0], place(words[1]), int(words[2], 16))
        if number >= len(one.accesses):
            return counted, f"{line}: was not made"
        got = one.accesses[number]
        if got[:3] != wanted or cycle not in (None, got[3]):
            return counted, f"{line}: the RTL's {got[0]} 0x{got[1]:08x} 0x{got[2]:08x} at cycle {got[3]}"
        counted["replies"] += 1
        counted["with their cycle"] += cycle is not None
    for what, got in (("conductances", one.cells), ("counters", one.counters)):
        for tile, wanted in expected.get(what, {}).items():
            if got.get(tile) != wanted:
                return counted, f"{what} of tile {tile} are {got.get(tile)}, expected {wanted}"
            counted[what] += 1
    if "events" in expected:
        told, wanted = sorted(one.events), sorted(expected["events"])
        if told != wanted:
            strange = sorted(set(told) ^ set(wanted))
            return counted, f"events: {', '.join(strange[:SHOWN]) or 'as often'} on one side alone"
        counted["events"] += len(wanted)
    return counted, None


def main(vectors, *paths):
    golden, counted, passed, failed = {}, collections.Counter(), collections.Counter(), 0
    made = [(name, found.get(name)) for cases, path in zip(paths[::2], paths[1::2]) for found in [results(path)]
            for name in planned(cases)]
    for name, one in made:
        suite, number = name.rsplit("-", 1)
        if suite not in golden:
            cases = json.loads((pathlib.Path(vectors) / f"{suite}.json").read_text())["cases"]
            golden[suite] = {str(case["id"]): case["expect"] for case in cases}
        more, what = differences(one, golden[suite][number]) if one else ({}, "was not ended")
        counted.update(more)
        if what is None:
            passed[suite] += 1
            continue
        failed += 1
        if failed <= SHOWN:
            print(f"{name}: {what}")
    print(f"passed: {', '.join(f'{count} of {suite}' for suite, count in sorted(passed.items())) or 'none'}; compared: "
          + ", ".join(f"{count} {what}" for what, count in sorted(counted.items())))
    if failed:
        print(f"{failed} cases are not as the golden ones")
    return 1 if failed or not passed else 0


sys.exit(main(*sys.argv[1:]))

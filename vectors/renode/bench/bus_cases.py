#!/usr/bin/env python3
"""Makes the accesses of golden cases through a simulation's socket, a simulation for each case, and leaves its register logs.

    bus_cases.py PROGRAM LIBRARY CASES DIR

CASES is what .ci/c/cases.py prints. Cells are put into a chip file, by the library; time passes by ticks. A case whose supply fails is
left out: Renode has no message for it. Messages have 24 and 20 bytes in turns, and a tenth of the simulations find out which.
"""

import ctypes
import pathlib
import sys

sys.dont_write_bytecode = True
from renode import Renode  # noqa: E402


def cases(path):
    """Name and lines of each."""
    lines = pathlib.Path(path).read_text().splitlines()
    starts = [place for place, line in enumerate(lines) if line.startswith("case ")]
    for place, end in zip(starts, [*starts[1:], len(lines)]):
        yield lines[place].split()[1], lines[place + 1:end - 1]


def made(library, lines, path):
    """The chip of a case, as a file; the lines behind it."""
    chip, configuration = ctypes.c_uint64(), lines[0].split(" ", 1)[1].encode()
    statuses = [library.mblstm_chip_new(configuration, ctypes.byref(chip))]
    rest = lines[1:]
    while rest and rest[0].startswith("cells "):
        tile, *cells = map(int, rest.pop(0).split()[1:])
        statuses.append(library.mblstm_chip_set_cells(
            chip, ctypes.c_uint32(tile), ctypes.c_uint64(0), (ctypes.c_int32 * len(cells))(*cells), ctypes.c_uint64(len(cells))))
    statuses += [library.mblstm_chip_save(chip, str(path).encode()), library.mblstm_chip_free(chip)]
    if any(statuses):
        raise SystemExit(f"{path}: statuses {statuses}")
    return rest


def play(renode, lines):
    """Makes accesses. Returns how many."""
    accesses = ticks = 0
    for line in lines:
        what, *words = line.split()
        if what == "advance":
            if int(words[0]) > ticks:
                renode.tick(int(words[0]) - ticks)
                ticks = int(words[0])
            continue
        width = int(what[1:]) if what[1:] else None
        address, accesses = int(words[0], 16), accesses + 1
        if what[0] == "R":
            renode.read(width, address)
        else:
            renode.write(width, address, int(words[1], 16))
    return accesses


def main(program, library, path, folder):
    library, folder = ctypes.CDLL(library), pathlib.Path(folder)
    chip, played, accesses, left = folder.parent / "chip.mbx", 0, 0, 0
    for name, lines in cases(path):
        if "brown-out" in lines:
            left += 1
            continue
        lines = made(library, lines, chip)
        size = (24, 20)[played % 2]
        told = [] if played % 10 < 2 and played < 200 else ["--message", str(size)]
        renode = Renode(program, ["--chip", str(chip), "--base", "0", "--log", str(folder / f"{name}.csv"), *told], size)
        accesses += play(renode, lines)
        renode.disconnect()
        status, said = renode.ended()
        if status != 0 or said:
            raise SystemExit(f"{name}: exit status {status}, '{said.strip()}'")
        played += 1
    if played == 0:
        raise SystemExit(f"{path}: no case")
    print(f"{played} cases, {accesses} accesses; {left} whose supply fails are left out")


main(*sys.argv[1:])

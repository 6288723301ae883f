#!/usr/bin/env python3
"""Divides the golden cases of bus accesses among builds of the digital side.

    plan.py CASES OUT SUITE,… TILES:LINES…

CASES is what .ci/c/cases.py prints. A case goes to the first build whose silicon has as many tiles as its chip and as many lines as
its longest side has; OUT gets a file for each, TILES-LINES.txt. Printed is how many go where, and how many of which class are left.
"""

import collections
import json
import pathlib
import sys


def blocks(path):
    lines = []
    for line in pathlib.Path(path).read_text().splitlines(keepends=True):
        lines.append(line)
        if line == "end\n":
            yield lines[0].split()[1], json.loads(lines[1].removeprefix("chip ")), "".join(lines)
            lines = []


def main(path, out, suites, *builds):
    sizes = [tuple(map(int, build.split(":"))) for build in builds]
    files, counts, left = {size: [] for size in sizes}, collections.Counter(), collections.Counter()
    for name, chip, text in blocks(path):
        suite = name.rsplit("-", 1)[0]
        if suite not in suites.split(","):
            continue
        tiles, lines = len(chip["tiles"]), max(max(tile) for tile in chip["tiles"])
        fitting = next((size for size in sizes if tiles <= size[0] and lines <= size[1]), None)
        if fitting is None:
            left[suite] += 1
            continue
        files[fitting].append(text)
        counts[fitting, suite] += 1
    for size, texts in files.items():
        pathlib.Path(out, f"{size[0]}-{size[1]}.txt").write_text("".join(texts))
        print(f"silicon of {size[0]} tiles and {size[1]} lines: "
              + ", ".join(f"{counts[size, suite]} of {suite}" for suite in suites.split(",")))
    if left:
        widest = " or ".join(f"{tiles} tiles of {lines} lines" for tiles, lines in sizes)
        counts = ", ".join(f"{left[suite]} of {suite}" for suite in suites.split(","))
        print(f"left out, of chips that are no part of {widest}: {counts}")


main(*sys.argv[1:])

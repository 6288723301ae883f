#!/usr/bin/env python3
"""Every case of bus accesses among the golden vectors, as accesses that a bench without JSON can read.

    .ci/c/cases.py vectors/v1 >cases.txt

A case is a line `case NAME`, its chip as the configuration of one line, cells of tiles, then an access a line and `end`:

    case mvm-17
    chip {"tiles": [[2, 2]], "dacBits": 4}
    cells 0 100000000 10000000 …
    W32 0x40010018 0x50524f47
    R32 0x40010010
    advance 1000
    brown-out
    end

Addresses are those of the reference's own map. The UART's registers are reached by bytes, all others by words; a write of
more than a byte to the UART, which no access of a byte can be, is one of a register without a size: `W 0x10000000 0x00000100`.
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "vectors/reference"))
from chip.registers import address  # noqa: E402

UART = range(0x1000_0000, 0x1000_0100)
# Of the usual device, picosiemens: a configuration has read noise as a share of it.
HIGHEST = 100_000_000


def configuration(chip):
    chip = dict(chip)
    noise = chip.pop("readNoisePicosiemens", None)
    if noise is not None:
        if "device" in chip and chip["device"] != "vteam":
            raise SystemExit(f"read noise of {chip['device']}: its highest conductance is not known here")
        chip["readNoise"] = noise / HIGHEST
    return json.dumps(chip)


def place(name):
    if name.startswith("0x"):
        return int(name, 16)
    name, _, beyond = name.partition("+")
    return address(name) + int(beyond or 0)


def access(line):
    words = line.split()
    if words[0] not in "RW":
        return line
    at = place(words[1])
    size = "" if len(words) > 2 and at in UART and int(words[2], 16) > 0xff else 8 if at in UART else 32
    return " ".join([f"{words[0]}{size}", f"0x{at:08x}"] + words[2:])


def main(folder):
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        if path.name == "schema.json":
            continue
        suite = json.loads(path.read_text())
        if suite["kind"] != "bus":
            continue
        for case in suite["cases"]:
            given = case["given"]
            print(f"case {suite['suite']}-{case['id']}")
            print("chip", configuration(given["chip"]))
            for tile, cells in given.get("conductances", {}).items():
                print("cells", tile, *cells)
            for line in given["script"]:
                print(access(line))
            print("end")


main(sys.argv[1])

#!/usr/bin/env python3
"""The register map for a digital side that serves arrays of any size up to a number of lines.

    family.py board.rdl LINES family.rdl >mbx_map_pkg.sv

board.rdl is `mblstm map --systemrdl`, of no chip in particular: sizes and what else only a chip knows are given by the hardware.
family.rdl is the same with as many elements of what a tile has for its lines as LINES need, SETTLE as after reset, registers
that a reset of MBX or of a tile leaves alone on a reset of their own, and none that only some chips have. Printed is a package:
what is at an address of the whole map, whatever storage there is for it.
"""

import pathlib
import re
import sys

from systemrdl import RDLCompiler
from systemrdl.node import RegNode

# Elements of a tile's registers for so many lines (chip.md 7.2).
ELEMENTS = {"ACTIVATION": lambda lines: -(-lines // 16), "SATURATED": lambda lines: -(-lines // 32),
            "DRIVE": lambda lines: (lines + 1) // 2, "SENSE": lambda lines: (lines + 1) // 2, "PULSE": lambda lines: lines,
            "TRIM": lambda lines: lines}
# What stays through a write of MBX.RESET (chip.md 6.2).
KEPT = {"mbx": ["RESET_CAUSE"], "mbx_tile": ["PULSE", "LIMIT_AMPLITUDE", "LIMIT_WIDTH", "SUPPLY"]}
# Without a chip SETTLE has no reset value that is one.
USUAL_SETTLE = "0x0000000a"
BLOCKS = ["finisher", "clint", "uart", "mbx", "mbx_tile", "host"]


def narrowed(text, lines):
    kept = None
    out = []
    for line in text.splitlines():
        if opened := re.match(r"addrmap (\w+) \{", line):
            kept = KEPT.get(opened[1], [])
        out.append(line)
        if re.match(r"  default accesswidth", line) and kept:
            out.append('  signal { desc = "Power comes."; activehigh; sync; } power_up;')
        closed = re.match(r"  \} (\w+)(?:\[\d+\])? @ ", line)
        if not closed:
            continue
        name = closed[1]
        start = max(place for place, one in enumerate(out) if one in ("  reg {", "  external reg {"))
        if any(one.startswith("    needs = ") for one in out[start:]):
            del out[start:]
            continue
        if kept and name in kept:
            out[start:] = [re.sub(r" reset = (0x\w+);", r" reset = \1; resetsignal = power_up;", one)
                           if "hw = w;" not in one else one for one in out[start:]]
        if name == "SETTLE":
            out[start:] = [re.sub(r"reset = 0x\w+;", f"reset = {USUAL_SETTLE};", one) for one in out[start:]]
        if kept and "PULSE" in kept and name in ELEMENTS:
            out[-1] = re.sub(r"\[\d+\]", f"[{ELEMENTS[name](lines)}]", out[-1])
    return "\n".join(out) + "\n"


class Place:
    def __init__(self, block, node):
        self.name = f"{block.upper()}_{node.inst_name}"
        self.offset = node.raw_address_offset
        self.count = node.array_dimensions[0] if node.is_array else 1
        self.bytes = node.get_property("regwidth") // 8
        fields = list(node.fields())
        written = [field for field in fields if field.is_sw_writable]
        self.readable = any(field.is_sw_readable for field in fields)
        self.writable = bool(written)
        taken = sum(((1 << field.width) - 1) << field.low for field in written)
        # A register whose fields are all cleared by ones takes every word.
        if written and all(field.get_property("onwrite") is not None for field in written):
            taken = (1 << 32) - 1
        self.reserved = (1 << 32) - 1 & ~taken

    def at(self, condition, index):
        access = f"1'b{int(self.readable)}, 1'b{int(self.writable)}"
        return f"    if ({condition}) found = '{{{self.name}, 16'({index}), {access}, 32'h{self.reserved:08x}}};"

    def text(self):
        if self.count == 1:
            return self.at(f"offset == 16'h{self.offset:04x}", "0")
        end = self.offset + self.count * self.bytes
        return self.at(f"offset >= 16'h{self.offset:04x} && 17'(offset) < 17'h{end:05x}",
                       f"(offset - 16'h{self.offset:04x}) / {self.bytes}")


def package(top):
    blocks = {}
    for block in top.children():
        kind = block.orig_type_name
        if kind in BLOCKS and kind not in blocks:
            blocks[kind] = [Place(kind, node) for node in block.children(unroll=False)
                            if isinstance(node, RegNode) and not node.get_property("needs", default=None)]
    names = ["NOWHERE"] + [place.name for places in blocks.values() for place in places]
    lines = ["// Printed by vectors/sv/digital/family.py: what is at an address.", "package mbx_map_pkg;",
             f"  typedef enum logic [7:0] {{{', '.join(names)}}} register_t;",
             "  // reserved: bits that no write has as ones.",
             "  typedef struct packed {", "    register_t register;", "    logic [15:0] index;", "    logic readable, writable;",
             "    logic [31:0] reserved;", "  } place_t;"]
    for kind, places in blocks.items():
        lines += [f"  function automatic place_t {kind}_at(input logic [15:0] offset);", "    place_t found;",
                  "    found = '{NOWHERE, '0, 1'b0, 1'b0, '1};", *(place.text() for place in places), "    return found;",
                  "  endfunction"]
    return "\n".join(lines + ["endpackage"])


def main(path, lines, out):
    compiler = RDLCompiler()
    compiler.compile_file(path)
    print(package(compiler.elaborate(top_def_name="board").top))
    pathlib.Path(out).write_text(narrowed(pathlib.Path(path).read_text(), int(lines)))


main(*sys.argv[1:])

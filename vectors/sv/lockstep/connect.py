#!/usr/bin/env python3
"""Connects the RTL that PeakRDL makes of the register map with a bench.

    peakrdl regblock board.rdl --top BLOCK --cpuif apb4-flat --default-reset rst -o RTL      # each block
    connect.py board.rdl RTL >RTL/registers_rtl.sv

What is printed are a package, the table of all registers, and a module: the blocks behind one APB, and the hardware's side
of each as words, a register a place of the table. Nothing in it decides anything but which block an address is of
(chip.md 7.1): what a register stores and answers is the generated RTL's, what the hardware gives is the bench's.
"""

import pathlib
import re
import sys

from systemrdl import RDLCompiler
from systemrdl.node import RegNode

# Bytes that the chip's decoder gives a block (chip.md 7.1).
SPANS = {"finisher": 0x1000, "clint": 0x10000, "uart": 0x100, "mbx": 0x10000, "mbx_tile": 0x10000, "host": 0x1000,
         "flash": 0x1000}


class Register:
    """An element of the table: a register, or one of an array."""

    def __init__(self, node, block):
        self.block = block
        self.address = node.absolute_address
        index = f"[{node.current_idx[0]}]" if node.is_array else ""
        self.path = node.inst_name + index
        self.external = node.external
        self.fields = list(node.fields())
        self.replaced = self.flags = self.strobes = self.given = 0
        for field in self.fields:
            mask = ((1 << field.width) - 1) << field.low
            if self.external or not field.implements_storage:
                self.given |= mask if field.is_hw_writable and not self.external else 0
            elif field.get_property("onwrite") is not None:
                self.flags |= mask
            elif not field.is_sw_readable:
                self.strobes |= mask
            else:
                self.replaced |= mask


def registers(block):
    for node in block.children(unroll=True):
        if isinstance(node, RegNode):
            yield Register(node, block)


def table(every):
    def words(name, value):
        return f"  localparam bit [31:0] {name} [COUNT] = '{{" + ", ".join(f"32'h{value(one):08x}" for one in every) + "};"

    return "\n".join([
        "// Of the registers of a board, in order of address.", "package registers_table;",
        f"  localparam int COUNT = {len(every)};", words("ADDRESS", lambda one: one.address),
        "  // Bits that a register holds: those that a write replaces, that written ones clear, and that only tell of a write.",
        words("REPLACED", lambda one: one.replaced), words("FLAGS", lambda one: one.flags),
        words("STROBES", lambda one: one.strobes),
        "  // Bits that the hardware gives.", words("GIVEN", lambda one: one.given),
        "  // Whether it answers itself, which the hardware does.",
        f"  localparam bit EXTERNAL [COUNT] = '{{" + ", ".join(f"1'b{int(one.external)}" for one in every) + "};",
        "endpackage"])


def wires(place, one):
    """The hardware's side of a register."""
    inside, outside = f"in_{one.block.inst_name}.{one.path}", f"out_{one.block.inst_name}.{one.path}"
    if one.external:
        if any(field.is_sw_readable for field in one.fields):
            yield f"assign {inside}.rd_ack = {outside}.req && !{outside}.req_is_wr;"
            yield f"assign {inside}.rd_data = answer;" if one.block.inst_name != "UART" else f"assign {inside}.rd_data = answer[7:0];"
        if any(field.is_sw_writable for field in one.fields):
            yield f"assign {inside}.wr_ack = {outside}.req && {outside}.req_is_wr;"
        yield f"assign held[{place}] = 0;"
        return
    unheld = (1 << 32) - 1
    for field in one.fields:
        bits = f"[{field.high}:{field.low}]"
        if field.is_hw_writable:
            source = "raised" if field.get_property("onwrite") is not None else "given"
            yield f"assign {inside}.{field.inst_name}.next = {source}[{place}]{bits};"
        if field.get_property("we"):
            yield f"assign {inside}.{field.inst_name}.we = changed[{place}];"
        if field.implements_storage:
            yield f"assign held[{place}]{bits} = {outside}.{field.inst_name}.value;"
            unheld &= ~(((1 << field.width) - 1) << field.low)
    for bit in (bit for bit in range(32) if unheld >> bit & 1):
        yield f"assign held[{place}][{bit}] = 0;"


def instance(block, folder):
    """A block's select, its RTL, and what it answers."""
    kind, name = block.orig_type_name, block.inst_name
    package = (folder / f"{kind}_pkg.sv").read_text()
    size = f"{kind}_pkg::{kind.upper()}_SIZE"
    bits = 8 if "UART" in name else 32
    ports = {"clk": "clock", "rst": "reset", "s_apb_psel": f"select_{name}", "s_apb_penable": "enable", "s_apb_pwrite": "writes",
             "s_apb_pprot": "3'b0", "s_apb_paddr": f"address[{kind}_pkg::{kind.upper()}_MIN_ADDR_WIDTH-1:0]",
             "s_apb_pwdata": f"data[{bits - 1}:0]", "s_apb_pstrb": "1'b1" if bits == 8 else "4'hf", "s_apb_pready": f"ready_{name}",
             "s_apb_prdata": f"got_{name}", "s_apb_pslverr": ""}
    span = next(SPANS[known] for known in sorted(SPANS, key=len, reverse=True) if kind.startswith(known))
    yield f"wire at_{name} = address - 32'h{block.absolute_address:08x} < 32'h{span:x};"
    aligned = "" if bits == 8 else " && address[1:0] == 0"
    yield f"wire select_{name} = select && at_{name} && address - 32'h{block.absolute_address:08x} < {size}{aligned};"
    yield f"wire ready_{name};"
    yield f"wire [{bits - 1}:0] got_{name};"
    for direction, name_of in (("in", "hwif_in"), ("out", "hwif_out")):
        if f"{kind}__{direction}_t" in package:
            yield f"{kind}_pkg::{kind}__{direction}_t {direction}_{name};"
            ports[name_of] = f"{direction}_{name}"
    if re.search(r"logic accepts;", package):
        yield f"assign in_{name}.accepts = accepts;"
    yield f"{kind} {name} ({', '.join(f'.{port}({wire})' for port, wire in ports.items())});"


def module(blocks, every, folder):
    names = [block.inst_name for block in blocks]
    words = [name for name in names if name != "UART"]
    lines = [line for block in blocks for line in instance(block, folder)]
    lines += [line for place, one in enumerate(every) for line in wires(place, one)]
    lines += [
        "wire selected = " + " || ".join(f"select_{name}" for name in names) + ";",
        "assign ready = selected ? " + " || ".join(f"select_{name} && ready_{name}" for name in names) + " : enable;",
        "assign got = " + " | ".join([f"(select_{name} ? got_{name} : 0)" for name in words] + ["(select_UART ? {24'b0, got_UART} : 0)"]) + ";",
        "// Of the bus: no block there, or a block of words between two of them.",
        "assign failed = !(" + " || ".join(f"at_{name}" + ("" if name == "UART" else " && address[1:0] == 0") for name in names) + ");"]
    return "\n".join([
        "// The registers of a board, each block as PeakRDL makes it, behind one APB; the hardware's side as words.",
        "module registers_rtl import registers_table::*; (",
        "  input logic clock, reset, select, enable, writes,", "  input logic [31:0] address, data,",
        "  output logic ready, failed,", "  output logic [31:0] got,",
        "  input logic accepts,                 // the write at hand is taken by what holds it",
        "  input logic [31:0] answer,           // of registers that answer themselves",
        "  input logic [31:0] given [COUNT],    // what software reads, and what stands in place of what it has written",
        "  input logic [31:0] raised [COUNT],   // flags, for a cycle",
        "  input logic changed [COUNT],         // given is to be stored, for a cycle",
        "  output logic [31:0] held [COUNT]", ");"] + ["  " + line for line in lines] + ["endmodule"])


def main(path, folder):
    compiler = RDLCompiler()
    compiler.compile_file(path)
    blocks = list(compiler.elaborate(top_def_name="board").top.children(unroll=True))
    every = [one for block in blocks for one in registers(block)]
    print("// Printed by vectors/sv/lockstep/connect.py.")
    print(table(every), module(blocks, every, pathlib.Path(folder)), sep="\n\n")


main(*sys.argv[1:])

#!/usr/bin/env python3
"""Holds the SystemRDL of the map against its SVD, each by a reader of its own, and against what PeakRDL made of it.

    agree.py board.rdl board.svd board.xml board_uvm.sv HTML
"""

import pathlib
import re
import sys
import xml.etree.ElementTree as tree

from peakrdl_ipxact.importer import IPXACTImporter
from systemrdl import RDLCompiler
from systemrdl.node import RegNode
from systemrdl.rdltypes import OnReadType, OnWriteType


def kind(field):
    """As SVD has it: access, effect of a write, effect of a read."""
    reads, writes = field.is_sw_readable, field.is_sw_writable
    access = "read-write" if reads and writes else "read-only" if reads else "write-only"
    write = {OnWriteType.woclr: "oneToClear", OnWriteType.woset: "oneToSet"}.get(field.get_property("onwrite"))
    return access, write, "clear" if field.get_property("onread") == OnReadType.rclr else None


def rdl(top):
    """Address → name, bits, what is known after reset, and the same of each field."""
    registers = {}
    for node in top.descendants(unroll=True):
        if not isinstance(node, RegNode):
            continue
        value = mask = 0
        fields = {}
        for field in node.fields():
            bits = ((1 << field.width) - 1) << field.low
            reset = field.get_property("reset")
            if reset is not None and field.is_sw_readable:
                value, mask = value | reset << field.low, mask | bits
            fields[field.inst_name] = (field.low, field.width) + kind(field)
        registers[node.absolute_address] = (node.inst_name, node.get_property("regwidth"), value, mask, fields)
    return registers


def elements(node, name):
    count = int(node.findtext("dim") or 1)
    step = int(node.findtext("dimIncrement") or 0)
    return [(name.replace("%s", str(at)), at * step) for at in range(count)]


def svd(path):
    """The same, and the addresses of arrays."""
    registers, arrays, kept = {}, set(), {}
    for block in tree.parse(path).iter("peripheral"):
        name, base = block.findtext("name"), int(block.findtext("baseAddress"), 0)
        kept[name] = block = kept.get(block.get("derivedFrom"), block)
        for one in block.iter("register"):
            fields = {}
            for field in one.iter("field"):
                about = (int(field.findtext("bitWidth")), field.findtext("access"), field.findtext("modifiedWriteValues"),
                         field.findtext("readAction"))
                for field_name, shift in elements(field, field.findtext("name")):
                    fields[field_name] = (int(field.findtext("bitOffset")) + shift,) + about
            if not fields:
                fields["VALUE"] = (0, 32, one.findtext("access"), one.findtext("modifiedWriteValues"), one.findtext("readAction"))
            for _, shift in elements(one, one.findtext("name")):
                address = base + int(one.findtext("addressOffset"), 0) + shift
                if one.find("dim") is not None:
                    arrays.add(address)
                registers[address] = (
                    one.findtext("name").split("[")[0], int(one.findtext("size")), int(one.findtext("resetValue"), 0),
                    int(one.findtext("resetMask"), 0), fields)
    return registers, arrays


def same(what, got, expected):
    for address in sorted(got.keys() | expected.keys()):
        if got.get(address) != expected.get(address):
            sys.exit(f"{what}: 0x{address:08x} is {got.get(address)}, expected {expected.get(address)}")


def comparable(registers, others, is_narrower):
    """Fields of the ends of a queue have an effect that SystemRDL has no word for. Reset values that the chip may have otherwise
    are not known to SVD, and of an array whose elements differ not to SystemRDL."""
    made = {}
    for address, (name, bits, value, mask, fields) in registers.items():
        fields = {field: about[:4] + (None if about[4] == "modify" else about[4],) for field, about in fields.items()}
        other = others.get(address)
        known = other[3] if other and is_narrower(address, other) else mask
        made[address] = (name, bits, value & known, mask & known, fields)
    return made


def main(rdl_path, svd_path, xml_path, uvm_path, html_path):
    compiler = RDLCompiler()
    compiler.compile_file(rdl_path)
    top = compiler.elaborate(top_def_name="board").top
    described = rdl(top)
    expected, arrays = svd(svd_path)
    same("SVD", comparable(described, expected, lambda *_: True),
         comparable(expected, described, lambda address, other: address in arrays and not other[3]))
    other = RDLCompiler()
    IPXACTImporter(other).import_file(xml_path)
    imported = rdl(other.elaborate().top)
    if (described.keys(), [one[0] for _, one in sorted(described.items())]) != (imported.keys(), [one[0] for _, one in sorted(imported.items())]):
        sys.exit("IP-XACT has registers of other names or at other addresses")
    same("IP-XACT", {at: one[4].keys() for at, one in imported.items()}, {at: one[4].keys() for at, one in described.items()})
    kinds = {node.inst_name for node in top.descendants(unroll=False) if isinstance(node, RegNode)}
    uvm = pathlib.Path(uvm_path).read_text()
    missing = [name for name in sorted(kinds) if not re.search(rf"\b{name}\b", uvm)]
    if missing or uvm.count("extends uvm_reg;") < len(kinds):
        sys.exit(f"the register model of UVM lacks {missing or 'registers'}")
    pages = list(pathlib.Path(html_path).rglob("*.html"))
    print(f"{len(described)} registers, {sum(len(one[4]) for one in described.values())} fields: SVD and IP-XACT have the same; "
          f"UVM {uvm.count('extends uvm_reg;')} classes, HTML {len(pages)} pages")


main(*sys.argv[1:])

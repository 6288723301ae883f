#!/usr/bin/env python3
"""Makes mistakes in the RTL that PeakRDL makes, all in one copy, each behind a switch.

    mutants.py RTL OUT COUNT SEED >LIST

RTL is a folder of blocks as `peakrdl regblock` writes them; OUT gets them with COUNT mistakes, as many of each kind, drawn by
SEED. In a simulation `+mutant=17` switches the 17th on, and nothing without. A line of what is printed is a mistake's number,
its kind, the register that has it, and what it is.
"""

import collections
import pathlib
import random
import re
import sys

BLOCKS = {"mbx_tile": "MBX0"}
# What no bench can tell from nothing: the library has no host that sends words.
ALWAYS_0 = {"host": ["DATA", "LEVEL"]}
STORED = r"field_storage\.((\w+)(?:\[i0\])?\.(\w+))\.value"
PACKAGE = (pathlib.Path(__file__).resolve().parents[1] / "mutants_pkg.sv").read_text()


class Mistake:
    """One place, and the text that has the mistake behind a switch. On of the switch: `NUMBER`."""

    def __init__(self, kind, register, what, start, end, text):
        self.kind, self.register, self.what = kind, register, what
        self.start, self.end, self.text = start, end, text


def one_bit(draw, width):
    bit = draw.randrange(width)
    return bit, f"{width}'h{1 << bit:x}"


def resets(source, draw):
    for place in re.finditer(STORED + r" <= (\d+)'h[0-9a-f]+;", source):
        bit, mask = one_bit(draw, int(place[4]))
        text = place[0][:-1] + f" ^ (mutants_pkg::chosen == NUMBER ? {mask} : '0);"
        yield Mistake("reset", place[2], f"bit {bit} of {place[3]} is another after reset", *place.span(), text)


def accesses(source, draw):
    data = r"decoded_wr_data(\[\d+:\d+\])"
    forms = {
        "replaces": r"next_c = \(" + STORED + r" & ~decoded_wr_biten\[\d+:\d+\]\) \| \(" + data + r" & decoded_wr_biten\[\d+:\d+\]\);",
        "clears": r"next_c = " + STORED + r" & ~\(" + data + r" & decoded_wr_biten\[\d+:\d+\]\);"}
    others = {"is read only": "{held}", "sets": "{held} | {data}", "clears": "{held} & ~{data}", "replaces": "{data}"}
    for kind, form in forms.items():
        for place in re.finditer(form, source):
            wrong = draw.choice([name for name in others if name != kind])
            text = others[wrong].format(held=f"field_storage.{place[1]}.value", data=f"decoded_wr_data{place[4]}")
            yield Mistake("access", place[2], f"a write of {place[3]} {wrong}", place.start(), place.end(),
                          f"{place[0]}\n                if(mutants_pkg::chosen == NUMBER) next_c = {text};")


def positions(source, draw):
    """A field takes the bits beside its own, or is read there."""
    for place in re.finditer(r"\(decoded_wr_data\[(\d+):(\d+)\] & decoded_wr_biten\[\d+:\d+\]\)", source):
        high, low = int(place[1]), int(place[2])
        if high - low == 31 or not (behind := re.search(STORED, source[source.rindex("next_c", 0, place.start()):place.start()])):
            continue
        by = draw.choice([by for by in (-1, 1) if low + by >= 0 and high + by < 32])
        wrong = f"(mutants_pkg::chosen == NUMBER ? decoded_wr_data[{high + by}:{low + by}] : decoded_wr_data[{high}:{low}])"
        yield Mistake("position", behind[2], f"a write of {behind[3]} takes bits {high + by} to {low + by}", *place.span(),
                      place[0].replace(f"decoded_wr_data[{high}:{low}]", wrong))
    for place in re.finditer(r"readback_data_var\[(\d+)(?::(\d+))?\] = " + STORED + ";", source):
        high = int(place[1])
        low = int(place[2] or high)
        if high - low == 31:
            continue
        by = draw.choice([by for by in (-1, 1) if low + by >= 0 and high + by < 32])
        text = (f"{place[0]}\n            if(mutants_pkg::chosen == NUMBER) begin readback_data_var[{high}:{low}] = '0; "
                f"readback_data_var[{high + by}:{low + by}] = field_storage.{place[3]}.value; end")
        yield Mistake("position", place[4], f"{place[5]} is read at bits {high + by} to {low + by}", *place.span(), text)


def occupied(source):
    """Every address that a register of the block has."""
    lines = re.findall(r"decoded_reg_strb\.(\w+)(?:\[i0\])? = cpuif_req_masked & \(cpuif_addr == (\d+)'h([0-9a-f]+)(?: \+ \(\d+\)'\(i0\) \* \d+'h([0-9a-f]+))?\)", source)
    counts = dict(re.findall(r"logic (\w+)\[(\d+)\];", source[:source.index("decoded_reg_strb_t;")]))
    return {name: [int(base, 16) + at * int(step or "0", 16) for at in range(int(counts.get(name, 1)) if step else 1)]
            for name, _, base, step in lines}


def addresses(source, draw):
    """A register is written, or read, at an address where none is."""
    every = occupied(source)
    taken = {address for one in every.values() for address in one}
    stored = {name for _, name, _ in re.findall(STORED, source)} | set(re.findall(r"hwif_out\.(\w+)\.req = ", source))
    forms = [("written", r"decoded_reg_strb\.(\w+)(?:\[i0\])? = cpuif_req_masked & \(cpuif_addr == (\d+)'h([0-9a-f]+)"),
             ("read", r"if\(rd_mux_addr == (\d+)'h([0-9a-f]+)[^\n]*\n\s*readback_data_var")]
    for way, form in forms:
        for place in re.finditer(form, source):
            width, base = place.groups()[-2:]
            name = place[1] if way == "written" else next(name for name, one in every.items() if int(base, 16) == one[0])
            lowest = 0 if "[7:0] decoded_wr_data" in source else 2
            bits = [bit for bit in range(lowest, int(width)) if all(one ^ 1 << bit not in taken for one in every[name])]
            if not bits or way == "written" and name not in stored:
                continue
            bit = draw.choice(bits)
            right = f"{width}'h{base}"
            wrong = f"({right} ^ (mutants_pkg::chosen == NUMBER ? {width}'h{1 << bit:x} : {width}'h0))"
            yield Mistake("address", name, f"is {way} at an address with another bit {bit}", *place.span(),
                          place[0].replace(right, wrong, 1))


def stuck(source, draw):
    for place in re.finditer("(" + STORED + r") <= (field_combo\.\S+\.next);", source):
        width = int(re.search(re.escape(place[1]) + r" <= (\d+)'h", source)[1])
        bit, mask = one_bit(draw, width)
        level = draw.randrange(2)
        wrong = f"{place[5]} | {mask}" if level else f"{place[5]} & ~{mask}"
        yield Mistake("stuck", place[3], f"bit {bit} of {place[4]} is stuck at {level}", *place.span(),
                      f"{place[1]} <= mutants_pkg::chosen == NUMBER ? {wrong} : {place[5]};")


def late(source, draw):
    form = (r"always_ff @\(posedge clk\) begin\n(\s+if\(rst\) begin\n\s+" + STORED + r" <= (\d+)'h[0-9a-f]+;\n\s+end else begin\n"
            r"\s+)if\((field_combo\.\S+)\.load_next\) begin\n\s+(field_storage\.\S+) <= field_combo\.\S+;")
    for place in re.finditer(form, source):
        load, stored, width = place[6], place[7], int(place[5])
        text = (f"logic late_NUMBER;\n        logic [{width - 1}:0] next_NUMBER;\n        always_ff @(posedge clk) begin\n"
                f"            late_NUMBER <= {load}.load_next && !rst;\n            next_NUMBER <= {load}.next;\n        end\n        "
                f"always_ff @(posedge clk) begin\n{place[1]}if(mutants_pkg::chosen == NUMBER ? late_NUMBER : {load}.load_next) begin\n"
                f"                    {stored} <= mutants_pkg::chosen == NUMBER ? next_NUMBER : {load}.next;")
        yield Mistake("late", place[3], f"{place[4]} is stored a clock late", *place.span(), text)


KINDS = [resets, accesses, positions, addresses, stuck, late]


def drawn(sources, count, draw):
    """As many of each kind, of as many registers as there are; no two at one place, each being woven into what stands there."""
    chosen = []
    for number, kind in enumerate(KINDS):
        places = [(block, one) for block in sorted(sources) for one in kind(sources[block], draw)
                  if one.register not in ALWAYS_0.get(block, [])]
        draw.shuffle(places)
        seen = collections.Counter()
        ranks = []
        for block, one in places:
            seen[block, one.register] += 1
            ranks.append(seen[block, one.register])
        places = [place for _, place in sorted(zip(ranks, places), key=lambda ranked: ranked[0])]
        wanted = count // len(KINDS) + (number < count % len(KINDS))
        for block, one in places:
            if wanted and all(other != block or one.end <= had.start or had.end <= one.start for other, had in chosen):
                chosen.append((block, one))
                wanted -= 1
        if wanted:
            sys.exit(f"{kind.__name__}: {wanted} more than there are places for")
    return chosen


def main(folder, out, count, seed):
    sources = {path.stem: path.read_text() for path in pathlib.Path(folder).glob("*.sv")
               if not path.stem.endswith("_pkg") and path.stem != "registers_rtl"}
    chosen = drawn(sources, int(count), random.Random(int(seed)))
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for path in pathlib.Path(folder).glob("*.sv"):
        (out / path.name).write_text(path.read_text())
    (out / "mutants_pkg.sv").write_text(PACKAGE)
    numbered = [(number + 1, block, one) for number, (block, one) in enumerate(chosen)]
    for number, block, one in numbered:
        print(number, one.kind, f"{BLOCKS.get(block, block.upper())}.{one.register}", one.what)
    for block, source in sources.items():
        for number, _, one in sorted((entry for entry in numbered if entry[1] == block), key=lambda entry: -entry[2].start):
            source = source[:one.start] + one.text.replace("NUMBER", str(number)) + source[one.end:]
        (out / f"{block}.sv").write_text(source)


main(*sys.argv[1:])

"""Scripts of the `registers` suite: every access kind, and everything that is refused."""

from __future__ import annotations

from typing import Iterator

from chip.registers import BASES, BLOCKS, TILE_BLOCK, Register, name as place
from suites import _bus as bus

Script = list[str]
ERRORS = ["R MBX0.ERROR", "R MBX0.STATUS", "R MBX.ERROR", "R MBX.ERROR_ADDRESS"]
SMALL = {"tiles": [[2, 2]]}
PATTERN = 0xA5C3_96E1
SCRATCH = ("UART", "MBX", "MBX0", "CLINT", "HOST")
APART = {"FEATURES"}      # what is refused of it is in the suite `windows`


def limit(register: Register) -> int:
    """Elements of an array register on a tile of 2 word lines and 2 bit lines."""
    return {"DRIVE": 1, "SENSE": 1, "PULSE": 2, "TRIM": 2, "ACTIVATION": 1, "SATURATED": 1}.get(
        register.name, register.count)


def named(block: str, register: Register, index: int = 0) -> str:
    return f"{block}.{register.name}" + (f"[{index}]" if register.array else "")


def dump(block: str) -> Script:
    """Reads of every readable register of a block."""
    return [bus.read(named(block, register, index)) for register in BLOCKS[block].registers
            if register.access not in ("wo", "port") and register.name != "MTIME"
            for index in range(limit(register))]


def everything() -> Script:
    return [line for block in ("MBX", "MBX0", "CLINT", "UART", "HOST") for line in dump(block)]


def wrong_access() -> Iterator[tuple[Script, str]]:
    """A write to each read-only register, a read of each write-only one."""
    for block in ("FINISHER", "CLINT", "UART", "MBX", "MBX0", "HOST"):
        for register in (each for each in BLOCKS[block].registers if each.name not in APART):
            name = named(block, register)
            if register.access == "ro":
                yield [bus.write(name, 0), bus.read(name), *ERRORS], "write of a read-only register"
            elif register.access == "wo":
                yield [bus.read(name), *ERRORS], "read of a write-only register"


def reserved() -> Iterator[tuple[Script, str]]:
    """The lowest and the highest bit outside every field, alone and with all the others."""
    for block in ("CLINT", "UART", "MBX", "MBX0", "HOST"):
        for register in BLOCKS[block].registers:
            outside = [bit for bit in range(32) if not register.mask >> bit & 1]
            if register.access == "ro" or not outside:
                continue
            name = named(block, register)
            lines = [bus.write(name, 1 << outside[0]), bus.write(name, 1 << outside[-1]), bus.write(name, 0xFFFFFFFF)]
            look = [bus.read(name)] if register.access in ("rw", "w1c") else []
            yield lines + look + ERRORS, "bits outside every field" + " clear nothing" * (register.access == "w1c")


def stored() -> Iterator[tuple[Script, str]]:
    """Every bit of every rw register, one element of an array not touching the next."""
    for block in SCRATCH:
        for register in BLOCKS[block].registers:
            if (register.access != "rw" or register.name in ("DRIVE", "ACTIVATION")
                    or register.name.startswith("LIMIT") or register.name == "SUPPLY" or register.name.endswith("_COUNT")):
                continue
            count, mask = limit(register), register.mask
            script = bus.unlock()
            for value in (PATTERN & mask, ~PATTERN & mask, mask):
                script += [bus.write(named(block, register, index), value) for index in sorted({0, count - 1})]
                script += [bus.read(named(block, register, index)) for index in range(count)]
            yield script + ERRORS, "all bits kept"


def misaligned() -> Iterator[tuple[Script, str]]:
    for base, block in ((BASES["MBX0"], "MBX0"), (BASES["MBX"], "MBX"), (BASES["HOST"], "HOST"),
                        (BASES["CLINT"], "CLINT"), (BASES["FINISHER"], "FINISHER"), (0x80000000, "RAM")):
        for beyond in (1, 2, 3):
            script = [f"W {place(base + beyond)} 0x00000001", f"R {place(base + beyond)}", *ERRORS]
            yield script, f"misaligned in {block}"
    for offset in (0x0011, 0x0012, 0x1001, 0x5001, 0xFFFF):
        yield [f"R {place(BASES['MBX0'] + offset)}", *ERRORS], "misaligned in a tile"


def unmapped() -> Iterator[tuple[Script, str]]:
    holes = [*(BASES["MBX0"] + offset for offset in (0x0038, 0x003C, 0x005C, 0x0064, 0x0098, 0x0280, 0x1800, 0x2800,
                                                     0x5000, 0xFFFC)),
             *(BASES["MBX"] + offset for offset in (0x0024, 0x0030, 0x0064, 0x0108, 0x02C0, 0xFFFC)),
             BASES["HOST"] + 0xC, BASES["HOST"] + 0xFFC, BASES["CLINT"] + 4, BASES["CLINT"] + 0xBFF4,
             BASES["CLINT"] + 0xC000, BASES["FINISHER"] + 4, BASES["UART"] + 8, BASES["UART"] + 0xFF,
             0x00000000, 0x00000001, 0x000FFFFC, 0x00101000, 0x10000100, 0x3FFFFFFC, 0x40090000, 0x400FFFFC,
             0x40101000, 0x7FFFFFFC, 0x80040000, 0x80040002, 0xFFFFFFFC, BASES["MBX1"], BASES["MBX1"] + 0x1001,
             BASES["MBX7"] + 8]
    for hole in holes:
        yield [f"W {place(hole)} 0xffffffff", f"R {place(hole)}", *ERRORS], "no register there"


def indices() -> Iterator[tuple[Script, str, dict]]:
    """The last element of each array that a tile has, and the first that it has not."""
    shapes = ({"tiles": [[5, 3]]}, {"tiles": [[3, 34]]}, {"tiles": [[1, 34]], "synapse": "differential"},
              {"tiles": [[33, 1]]})
    for chip in shapes:
        word_lines, bit_lines = chip["tiles"][0]
        columns = bit_lines // 2 if "synapse" in chip else bit_lines
        lines = max(word_lines, columns)
        counts = {"DRIVE": (lines + 1) // 2, "SENSE": (lines + 1) // 2, "PULSE": bit_lines, "TRIM": lines,
                  "ACTIVATION": (columns + 15) // 16, "SATURATED": (lines + 31) // 32}
        for name, count in counts.items():
            register = TILE_BLOCK.register(name)
            script = []
            for index in sorted({count - 1, min(count, register.count - 1), register.count - 1}):
                target = named("MBX0", register, index)
                script += ([] if register.access == "ro" else [*bus.unlock(), bus.write(target, 1)]) + [bus.read(target), "R MBX0.ERROR"]
            yield script + ERRORS, "elements beyond the tile's lines", chip


def codes() -> Iterator[tuple[Script, str, dict]]:
    for bits in (4, 8, 12):
        top = (1 << bits - 1) - 1
        lanes = [(top, -top), (top + 1, 0), (0, top + 1), (-top - 1, 0), (0, -top - 1), (-32768, -32768), (1, -1)]
        script = [line for pair in lanes for line in (bus.write("MBX0.DRIVE[0]", bus.word(*pair)), "R MBX0.DRIVE[0]",
                                                      "R MBX0.ERROR", "W MBX0.ERROR 0x00000004")]
        yield script, "codes at and beyond the converter's range", {"tiles": [[1, 1]], "dacBits": bits}
    pairs = (0, 1, 2, 3, 0x80000000, 0xC0000000, 0xAAAAAAAA, 0x5555555D, 0xFFFFFFFF, 0x99999999)
    yield [line for value in pairs for line in (bus.write("MBX0.ACTIVATION[0]", value), "R MBX0.ACTIVATION[0]",
                                                "R MBX0.ERROR", "W MBX0.ERROR 0x00000004")], "circuit 3", SMALL
    yield bus.unlock() + [line for value in (1, 0, 0xFFFFFF, 0x1000000, 0xFFFFFFFF) for gain in (0, 1) for line in (
        bus.write(f"MBX0.FEEDBACK[{gain}]", value), f"R MBX0.FEEDBACK[{gain}]", "R MBX0.ERROR",
        "W MBX0.ERROR 0x00000004")], "0 ohms", SMALL
    for bank in ("SIGMOID", "TANH"):
        yield [line for value in (16, 0, 17, 31, 32, 1) for line in (
            bus.write(f"MBX.{bank}_COUNT", value), f"R MBX.{bank}_COUNT", "R MBX.ERROR", "R MBX.ERROR_ADDRESS",
            "W MBX.ERROR 0x0000001f")], "segments outside 1 to 16", SMALL


def starts() -> Iterator[tuple[Script, str]]:
    for operation in (0, *range(7, 16)):
        yield [bus.write("MBX0.START", operation), *ERRORS], "no such operation"
    unlocked = bus.unlock()
    for word in (0x00000003, 0x00000004, 0x00020003, 0x03FF0003):
        yield [bus.write("MBX0.START", word), *ERRORS], "locked"
    for word in (0x00020003, 0x03FF0003, 0x0002000F, 0x03FF003F):
        yield [*unlocked, bus.write("MBX0.START", word), *ERRORS], "no such row, or no such operation"
    for word in (0x00000041, 0x04000003, 0x00008001, 0x80000000, 0x00000049):
        yield [bus.write("MBX0.START", word), *ERRORS], "bits outside every field come first"
    for word in (0x03FF0001, 0x03FF0035, 0x03FF0036, 0x00010002, 0x00000032):
        yield [bus.write("MBX0.START", word), "R MBX0.WAIT", *ERRORS], "fields without meaning are ignored"
    for word in (0x03FF0034, 0x00020034):
        yield [*unlocked, "W MBX0.ERASE_WIDTH 0x00000001", bus.write("MBX0.START", word), "R MBX0.WAIT",
               *ERRORS], "fields without meaning are ignored"


def busy() -> Iterator[tuple[Script, str]]:
    """A write to each register while an operation is under way."""
    for register in TILE_BLOCK.registers:
        if register.access == "ro":
            continue
        name = named("MBX0", register)
        look = [bus.read(name)] if register.access != "wo" else []
        yield [*bus.unlock(), "W MBX0.DRIVE[0] 0x0001007f", "W MBX0.START 0x00000001", bus.write(name, 1), *look, *ERRORS,
               "R MBX0.WAIT", *look, "R MBX0.SENSE[0]", "R MBX0.ERROR"], "written while busy"
    yield ["W MBX0.DRIVE[0] 0x0001007f", "W MBX0.START 0x00000001", "R MBX0.SENSE[0]", "R MBX0.WAIT",
           "R MBX0.SENSE[0]", "R MBX0.ERROR", "W MBX0.DRIVE[0] 0x00000000", "W MBX0.START 0x00000001",
           "R MBX0.SENSE[0]", "R MBX0.SENSE[1]", *ERRORS, "R MBX0.WAIT", "R MBX0.SENSE[0]"], "SENSE read while busy"
    for line in ("W MBX0.DRIVE[1] 0x00000001", "W MBX0.DRIVE[0] 0x7fff7fff", "W MBX0.START 0x0000000f",
                 "W MBX0.START 0x00000040", "W MBX0.STATUS 0x00000000", "W MBX0.FEEDBACK[0] 0x00000000",
                 "W MBX0.ERROR 0x00000800", "W MBX0.DRIVE[0]+2 0x00000000", "W 0x40010038 0x00000000"):
        yield ["W MBX0.START 0x00000001", line, *ERRORS, "R MBX0.WAIT", "R MBX0.ERROR"], "which error comes first"

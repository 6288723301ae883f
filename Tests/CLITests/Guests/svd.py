"""Reads an SVD file by cmsis-svd: refuses what generators of register code would stumble over, compares it with the C
header, and writes a C table of every register that can be read, with its value after reset and the bits that count.

    python3 svd.py MAP.svd mblstm.h table.h
"""

import os
import re
import subprocess
import sys

import cmsis_svd
from cmsis_svd.parser import SVDParser

map_file, header_file, table_file = sys.argv[1:]
problems = []


def check(holds, text):
    if not holds:
        problems.append(text)


def unique(names, where):
    names = list(names)
    for name in sorted({name for name in names if names.count(name) > 1}):
        check(False, f"{where}: {name} is there twice")


def identifier(name, where):
    check(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name), f"{where}: '{name}' is no identifier")


schema = os.path.join(os.path.dirname(cmsis_svd.__file__), "schemas", "CMSIS-SVD_1_3_11.xsd")
valid = subprocess.run(["xmllint", "--noout", "--schema", schema, map_file], capture_output=True, text=True)
check(valid.returncode == 0, valid.stderr)

device = SVDParser.for_xml_file(map_file).get_device()
check(device.cpu.endian.value == "little" and device.cpu.name.value == "other", "cpu")
interrupts = {}
for peripheral in device.get_peripherals():
    for interrupt in peripheral.interrupts or []:
        check(interrupts.setdefault(interrupt.name, interrupt.value) == interrupt.value, f"{interrupt.name} has two numbers")
check(interrupts == {"MachineSoft": 3, "MachineTimer": 7, "MachineExternal": 11}, f"interrupts {interrupts}")

# Registers of each peripheral, arrays element by element.
header = open(header_file).read()
tile_base = re.search(r"#define MBX_TILE_BASE\(n\) \((0x\w+)u \+ \(n\) \* (0x\w+)u\)", header)
rows = []
fields_compared = names_compared = 0
unique((p.name for p in device.get_peripherals()), "device")
for peripheral in device.get_peripherals():
    tile = re.fullmatch(r"MBX(\d)", peripheral.name)
    prefix = "MBX_TILE" if tile else peripheral.name
    if tile:
        base = int(tile_base[1], 16) + int(tile[1]) * int(tile_base[2], 16)
    else:
        base = int(re.search(rf"#define {prefix}_BASE (0x\w+)u", header)[1], 16)
    check(peripheral.base_address == base, f"{peripheral.name} is at {peripheral.base_address:#x}, header {base:#x}")
    unique((r.name for r in peripheral.get_registers()), peripheral.name)
    used = {}
    for register in peripheral.get_registers():
        where = f"{peripheral.name}.{register.name}"
        array = re.fullmatch(r"(\w+)\[(\d+)\]", register.name)
        stem, index = (array[1], int(array[2])) if array else (register.name, 0)
        identifier(stem, where)
        macro = re.search(
            rf"#define {prefix}_{stem}(?:\([ni, ]+\))? MBLSTM_(WORD|BYTE)\(\S+ \+ (0x\w+)u(?: \+ \(i\) \* (\d)u)?\)", header)
        check(macro, f"{where} is not in the header")
        if not macro:
            continue
        size = 32 if macro[1] == "WORD" else 8
        offset = int(macro[2], 16) + index * int(macro[3] or 0)
        check(register.size == size and register.address_offset == offset, f"{where} is elsewhere in the header")
        check(offset not in used, f"{where} and {used.get(offset)} are at one address")
        used[offset] = where
        check(register.reset_value & ~register.reset_mask == 0, f"{where}: a reset value outside its mask")
        check(max(register.reset_value, register.reset_mask) < 1 << size, f"{where}: wider than its size")
        if register.access.value != "write-only":
            rows.append((base + offset, register.reset_value, register.reset_mask, size // 8, where))
        seen = 0
        unique((f.name for f in register.get_fields()), where)
        for field in register.get_fields():
            place = f"{where}.{field.name}"
            identifier(field.name, place)
            mask = ((1 << field.bit_width) - 1) << field.bit_offset
            check(seen & mask == 0 and mask < 1 << size, f"{place} overlaps or leaves the register")
            seen |= mask
            check(field.access is not None, f"{place} has no access")
            values = [value for group in field.enumerated_values or [] for value in group.enumerated_values]
            unique((value.name for value in values), place)
            unique((value.value for value in values), place)
            for value in values:
                identifier(value.name, place)
                check(value.value < 1 << field.bit_width, f"{place}: {value.name} does not fit")
                group = {"OPERATION": "FLASH_OPERATION" if prefix == "FLASH" else "MBX_OPERATION", "COLUMN": "MBX_CIRCUIT"}
                name = group.get(field.name.rstrip("0123456789"))
                code = name and re.search(rf"#define {name}_{value.name} (\d+)u", header)
                if name and value.name != "NONE":
                    check(code and int(code[1]) == value.value, f"{place}: {value.name} is another in the header")
                    names_compared += 1
            constraint = field.write_constraint
            if constraint:
                check(field.access.value != "read-only", f"{place} is constrained, and cannot be written")
                check(not constraint.use_enumerated_values or values, f"{place} is constrained to names it does not have")
            if field.name.startswith("COLUMN"):
                continue
            macro = re.search(
                rf"#define {prefix}_{stem}_{field.name}\(x\) \(\(\(uint32_t\)\(x\) << (\d+)\) & (0x\w+)u\)", header)
            check(
                macro and int(macro[1]) == field.bit_offset and int(macro[2], 16) == mask, f"{place} is another in the header")
            fields_compared += 1

with open(table_file, "w") as out:
    for address, value, mask, size, where in rows:
        out.write(f"{{{address:#010x}u, {value:#010x}u, {mask:#010x}u, {size}}}, // {where}\n")
for problem in problems:
    print(problem)
print(
    f"{len(device.get_peripherals())} peripherals, {len(rows)} registers, {fields_compared} fields, {names_compared} names;",
    f"{len(problems)} problems")
sys.exit(bool(problems))

"""The register map as Python classes, from what `mblstm map` prints.

The structure is that of `--svd`; what SVD cannot say, signs of fields and kinds of access, is that of `--markdown`.
"""

import re
import xml.etree.ElementTree as ElementTree

BLOCK = re.compile(r"^## (\w+?)(n)?(?: \(.*\))?$")
ROW = re.compile(r"^\| `0x\w+` \| `(\w+)(?:\[\d+\])?` \| (\w+) \|")
SIGNED = re.compile(r"`(\w+)` \[[\d:]+\] signed")


def told(markdown):
    """Of (block, register), blocks of tiles being MBX0: the kind of access, and the names of signed fields."""
    block, answers = None, {}
    for line in markdown.splitlines():
        if line.startswith("## "):
            found = BLOCK.match(line)
            block = found and found.group(1) + ("0" if found.group(2) else "")
        elif block and (row := ROW.match(line)):
            answers[block, row.group(1)] = row.group(2), set(SIGNED.findall(line))
    return answers


def number(node, name, otherwise=None):
    text = node.findtext(name)
    return otherwise if text is None else int(text, 0)


def plain(name):
    return name.replace("[%s]", "")


def meaning(node):
    return repr(" ".join(node.findtext("description").split()))


def fields(register, signed):
    """`NAME = FieldAt(…)` of each field, one of an array for each of its numbers."""
    for field in register.findall("fields/field"):
        name, low, width = field.findtext("name"), number(field, "bitOffset"), number(field, "bitWidth")
        values = {value.findtext("name"): number(value, "value") for value in field.iter("enumeratedValue")}
        more = (", signed=True" if name in signed else "") + (f", values={values}" if values else "")
        for each in range(number(field, "dim", 1)):
            place = low + each * number(field, "dimIncrement", 0)
            yield f"    {name.replace('%s', str(each))} = FieldAt({place}, {width}, {meaning(field)}{more})"


def register(block, node, access):
    """What stands in the block for a register, or for an array of them."""
    name, count = plain(node.findtext("name")), number(node, "dim")
    reset = node.findtext("resetValue") if number(node, "resetMask") else None
    rest = f'{node.findtext("addressOffset")}, {number(node, "size")}, "{access}", {reset})'
    if count is None:
        return f"    {name} = RegisterAt({block}_{name}, {rest}"
    if number(node, "dimIncrement") != 4:
        raise SystemExit(f"{block}.{name}: elements are not 4 bytes apart")
    return f"    {name} = ArrayAt({block}_{name}, {count}, {rest}"


def python(svd, markdown):
    """The module `_map`."""
    tells = told(markdown)
    lines = ['"""The register map of the board, from `mblstm map`; firmware/REGISTERS.md is the same as a manual."""', "",
             "from .field import FieldAt", "from .register import ArrayAt, Block, BlockAt, RegisterAt, Register, RegisterMap", ""]
    places = []
    for peripheral in ElementTree.fromstring(svd).find("peripherals"):
        name = peripheral.findtext("name")
        places.append(f"    {name} = BlockAt({peripheral.get('derivedFrom', name)}Block, {peripheral.findtext('baseAddress')})")
        if peripheral.get("derivedFrom"):
            continue
        registers = peripheral.findall("registers/register")
        for node in registers:
            _, signed = tells[name, plain(node.findtext("name"))]
            lines += ["", f"class {name}_{plain(node.findtext('name'))}(Register):", f"    {meaning(node)}"]
            lines += [*fields(node, signed), ""]
        lines += ["", f"class {name}Block(Block):"]
        lines += [register(name, node, tells[name, plain(node.findtext("name"))][0]) for node in registers] + [""]
    return "\n".join(lines + ["", "class Registers(RegisterMap):",
                              '    """All registers by name, on a bus of yours or on none: `Registers(bus).MBX0.STATUS.read()`."""', "",
                              *places]) + "\n"

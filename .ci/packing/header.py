"""mblstm_model.h as Python: its numbers and the types of its functions."""

import re

NUMBER = {"int32_t": "c_int32", "uint32_t": "c_uint32", "uint64_t": "c_uint64", "uint16_t": "c_uint16", "uint8_t": "c_uint8",
          "int64_t": "c_int64"}
FLAGS = {"lines", "supply"}


def enumerations(text):
    """Each `enum mblstm_NAME`: its name, and its members with number and comment."""
    for name, body in re.findall(r"^enum mblstm_(\w+) \{\n(.*?)^\};", text, re.MULTILINE | re.DOTALL):
        comment, members = "", []
        for note, member, number in re.findall(r"/\*(.*?)\*/|MBLSTM_(\w+) = (-?\d+)", body, re.DOTALL):
            if not member:
                comment = " ".join(note.split())
                continue
            members.append((member, int(number), comment))
            comment = ""
        yield name, members


def members_of(name, members):
    """Without the prefix that all have: LINE_MBX of lines is MBX."""
    prefix = {"lines": "LINE_", "supply": "SUPPLY_", "entry": "ENTRY_", "level": "LEVEL_"}.get(name, "")
    for member, number, comment in members:
        if not member.startswith(prefix):
            raise SystemExit(f"mblstm_model.h: {member} of enum mblstm_{name} does not begin with {prefix}")
        yield member[len(prefix):], number, comment


def kind(declaration):
    """The ctypes type of a parameter."""
    words = re.sub(r"\w+$", "", declaration).replace("const", "").split()
    base, pointer = words[0].rstrip("*"), "*" in declaration
    if base == "char" and pointer:
        return "c_char_p"
    if base == "void" and pointer:
        return "c_void_p"
    if base == "mblstm_log_entry":
        return "LOG_ENTRY"
    number = "AccessLine" if base == "mblstm_access" else NUMBER[base]
    return f"POINTER({number})" if pointer else number


def functions(text):
    """Each function: its name, and the types of its result and parameters."""
    flat = re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL)
    for result, name, parameters in re.findall(r"^([\w ]+?[ *]+)(mblstm_\w+)\(([^)]*)\);", flat, re.MULTILINE):
        each = [] if parameters.strip() == "void" else [kind(" ".join(one.split())) for one in parameters.split(",")]
        yield name, kind(result + "result"), each


def python(text):
    """The module `_header`."""
    version = re.search(r"^#define MBLSTM_ABI_VERSION (0x\w+)u$", text, re.MULTILINE).group(1)
    lines = ['"""Numbers and functions of libmblstm, from mblstm_model.h, which says more of each."""', "",
             "from ctypes import (CFUNCTYPE, POINTER, Structure, c_char_p, c_int32, c_int64, c_uint8, c_uint16, c_uint32, c_uint64,",
             "                    c_void_p)", "from enum import IntEnum, IntFlag", "from typing import Any, Dict, List, Tuple", "",
             f"ABI_VERSION = {version}", ""]
    for name, members in enumerations(text):
        base = "IntFlag" if name in FLAGS else "IntEnum"
        lines += ["", f"class {name.title().replace('_', '')}({base}):", f'    """`enum mblstm_{name}`."""', ""]
        for member, number, comment in members_of(name, members):
            lines += [f"    # {comment}"] if comment else []
            lines += [f"    {member} = {number}"]
        lines += [""]
    structure = re.search(r"typedef struct mblstm_access \{(.*?)\}", text, re.DOTALL).group(1)
    fields = re.findall(r"^\s+(\w+) (\w+);", structure, re.MULTILINE)
    lines += ["", "class AccessLine(Structure):", '    """`mblstm_access`."""', "",
              "    _fields_ = [" + ", ".join(f'("{name}", {NUMBER[base]})' for base, name in fields) + "]", "", ""]
    entry = re.search(r"typedef void \(\*mblstm_log_entry\)\((.*?)\);", text, re.DOTALL).group(1)
    parameters = ", ".join(kind(" ".join(one.split())) for one in entry.split(","))
    lines += [f"LOG_ENTRY = CFUNCTYPE(None, {parameters})", "", "FUNCTIONS: Dict[str, Tuple[Any, List[Any]]] = {"]
    lines += [f'    "{name}": ({result}, [{", ".join(each)}]),' for name, result, each in functions(text)]
    return "\n".join(lines + ["}"]) + "\n"

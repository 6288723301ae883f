"""The loader for Python: what types there are, as `TypedDict`s for people and as a table for `reading.py`."""

from __future__ import annotations

from schema_types import Choice, Integer, List, Map, Plain, Schema, Struct

PLAIN = {"text": "str", "flag": "bool", "real": "float"}
HEAD = '''"""What the files of golden vectors are made of. Written by vectors/loaders/generate.py from vectors/v1/schema.json: do not edit it.

``given`` and ``expect`` of a case are dictionaries of these types, by the suite:

{shapes}
"""

from typing import Any, Dict, List, Literal, Mapping, NamedTuple, Optional, Tuple, TypedDict, Union

FORMAT = {format}
# Of each suite its kind, and the types of `given` and `expect`.
SUITES: Dict[str, Tuple[str, str, str]] = {{
{suites}
}}


class Case(NamedTuple):
    """A case: what is ``given``, what an implementation has to answer, and the sentences of the specification that it holds.

    ``verdict`` is `valid`, `must-refuse` or `implementation-defined`, empty where nobody has said; ``flags`` are the kinds of mistakes
    that the case notices, which :attr:`Suite.flags` explains. `vectors/specification/format.md` says what is in ``given`` and
    ``expect``; :attr:`Suite.fields` says it in short.
    """

{case}
    given: Mapping[str, Any]
    expect: Mapping[str, Any]


class Suite(NamedTuple):
    """A file of cases. ``kind`` is `value`, `bus` or `firmware`; ``purpose`` what an implementation that passes has shown; ``version``
    that of the set, empty of recorded files."""

{suite}
    cases: Tuple[Case, ...]
'''
SUITE = {"suite": "name", "version": "version", "kind": "kind", "provenance": "provenance", "purpose": "purpose", "flags": "flags",
         "fields": "fields"}


def annotation(kind: object) -> str:
    if isinstance(kind, Plain):
        return PLAIN[kind.name]
    if isinstance(kind, Integer):
        return "int"
    if isinstance(kind, Choice):
        return "Literal[" + ", ".join(f'"{text}"' for text in kind.texts) + "]"
    if isinstance(kind, Struct):
        return f'Union[str, "{kind.name}"]' if kind.text else "Dict[str, Any]" if kind.others else f'"{kind.name}"'
    if isinstance(kind, Map):
        return f"Dict[str, {annotation(kind.item)}]"
    found = f"List[{annotation(kind.item)}]"
    return f"Optional[{found}]" if kind.optional else found


def row(kind: object) -> tuple:
    """As `reading.py` has it."""
    if isinstance(kind, Plain):
        return (kind.name,)
    if isinstance(kind, Integer):
        return ("integer", kind.low, kind.high)
    if isinstance(kind, Choice):
        return ("choice", *kind.texts)
    if isinstance(kind, Struct):
        return ("struct", kind.name)
    return ("map" if isinstance(kind, Map) else "list or null" if kind.optional else "list", row(kind.item))


def typed(struct: Struct) -> list[str]:
    """A `TypedDict`; what may be missing in one of its own below, which inherits."""
    if struct.others:
        return []
    lines: list[str] = []
    if any(not member.key.isidentifier() for member in struct.members):
        fields = ", ".join(f'"{member.key}": {annotation(member.type)}' for member in struct.members)
        return ["", "", f'{struct.name} = TypedDict("{struct.name}", {{{fields}}}, total=False)']
    base, rest = "TypedDict", [member for member in struct.members if not member.is_required]
    needed = [member for member in struct.members if member.is_required]
    if needed:
        base = f"_{struct.name}" if rest else struct.name
        lines += ["", "", f"class {base}(TypedDict):"] + [f"    {each.key}: {annotation(each.type)}" for each in needed]
    if rest:
        lines += ["", "", f"class {struct.name}({base}, total=False):"]
        lines += [f"    {each.key}: {annotation(each.type)}" for each in rest]
    return lines


def table(schema: Schema) -> list[str]:
    lines = ["", "", "# For reading: of each structure its members, their types and whether they have to be there; whether a text may stand in",
             "# its place; whether there may be further members, numbers or tables of them.",
             "STRUCTURES: Dict[str, Tuple[Dict[str, Tuple[Tuple[Any, ...], bool]], bool, bool]] = {"]
    structs = [*schema.structs.values(), Struct("Case", schema.case), Struct("File", schema.head)]
    for struct in structs:
        lines.append(f'    "{struct.name}": ({{')
        lines += [f'        "{member.key}": ({row(member.type)!r}, {member.is_required}),' for member in struct.members]
        lines.append(f"    }}, {struct.text}, {struct.others}),")
    return lines + ["}"]


def module(schema: Schema) -> str:
    shapes = [f"{', '.join(shape.suites)}: :class:`{shape.given.name}`, :class:`{shape.expect.name}`" for shape in schema.shapes]
    suites = [f'    "{suite}": ("{shape.kind}", "{shape.given.name}", "{shape.expect.name}"),'
              for shape in schema.shapes for suite in shape.suites]
    kinds = {"id": "int", "note": "str", "verdict": "str", "free": "Tuple[Any, ...]"}
    case = [f"    {member.key}: {kinds.get(member.key, 'Tuple[str, ...]')}" for member in schema.case]
    known = {member.key: member for member in schema.head}
    suite = [f"    {name}: {'Mapping[str, str]' if isinstance(known[key].type, Map) else 'str'}" for key, name in SUITE.items()]
    text = HEAD.format(shapes="\n".join(f"* {each}" for each in shapes), format=schema.format, suites="\n".join(suites),
                       case="\n".join(case), suite="\n".join(suite))
    lines = [line for struct in schema.structs.values() for line in typed(struct)]
    return text + "\n".join([*lines, *table(schema)]) + "\n"

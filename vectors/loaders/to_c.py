"""The loader for C and C++, one header: structures and tables from the schema, and `reader.h`, which reads by the tables."""

from __future__ import annotations

from pathlib import Path

from schema_types import Choice, Integer, List, Map, Plain, Schema, Struct

READER = Path(__file__).resolve().parent / "reader.h"
PLAIN = {"text": "const char *", "flag": "char", "real": "double"}
HEAD = """\
/* Golden vectors of the MbLSTM chip in C11 and C++11. Written by vectors/loaders/generate.py from vectors/v1/schema.json: do not
   edit it. Header only; needs the standard library alone.

     char error[200];
     mbv_file *file = mbv_load("mvm.json", error, sizeof error);
     for (size_t n = 0; file && n < file->count; n++) {
       const mbv_bus_given *given = file->cases[n].bus.given;     by the kind or, of values, the suite; the others are NULL
       for (size_t line = 0; line < given->script.count; line++) puts(given->script.items[line]);
     }
     mbv_close(file);

   A file of another format, an unknown or a missing member, and a value of another type or out of its range are errors. What may
   be missing has a flag `has_`; a list that may be null has no items then. vectors/specification/format.md says what things mean. */

#ifndef MBLSTM_VECTORS_H
#define MBLSTM_VECTORS_H

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

"""
TYPES = """\
typedef enum mbv_kind { MBV_INT64, MBV_UINT64, MBV_REAL, MBV_FLAG, MBV_TEXT, MBV_LIST, MBV_MAP, MBV_STRUCT } mbv_kind;

#define MBV_REQUIRED ((size_t)-1)

struct mbv_type;

typedef struct mbv_member {
  const char *key;
  size_t offset, has; /* has: where the flag is, MBV_REQUIRED of what has none */
  const struct mbv_type *type;
} mbv_member;

typedef struct mbv_type {
  mbv_kind kind;
  size_t size;
  int64_t low;                /* of whole numbers */
  uint64_t high;
  const char *const *choices; /* of texts, NULL behind the last; NULL for any */
  const struct mbv_type *item;
  int optional;               /* a list that may be null */
  const mbv_member *members;
  size_t count;
  size_t text, others;        /* of structures: where a text in their place and further members go, or MBV_REQUIRED */
} mbv_type;

"""


def snake(name: str) -> str:
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_")


def field(member) -> str:
    return "_".join(member.words)


class Header:
    def __init__(self, schema: Schema):
        self.schema = schema
        self.text: list[str] = []       # structures
        self.tables: list[str] = []
        self.declared: set[str] = set()
        self.tabled: dict[object, str] = {}

    def slug(self, kind: object) -> str:
        if isinstance(kind, Plain):
            return kind.name
        if isinstance(kind, Integer):
            return "int64" if kind.is_signed else "uint64"
        if isinstance(kind, Choice):
            return "text"
        if isinstance(kind, Struct):
            return snake(kind.name)
        return self.slug(kind.item) + ("_list" if isinstance(kind, List) else "_map")

    def declaration(self, kind: object) -> str:
        """The type in C, whose structures are written before."""
        if isinstance(kind, Plain):
            return PLAIN[kind.name]
        if isinstance(kind, Integer):
            return self.slug(kind) + "_t"
        if isinstance(kind, Choice):
            return PLAIN["text"]
        name = "mbv_" + self.slug(kind)
        if name not in self.declared:
            self.declared.add(name)
            if isinstance(kind, Struct):
                self.structure(name, kind)
            else:
                item = self.declaration(kind.item)
                keys = "  const char **keys;\n" if isinstance(kind, Map) else ""
                star = "" if item.endswith("*") else " "
                self.text.append(f"typedef struct {name} {{\n  size_t count;\n{keys}  {item}{star}*items;\n}} {name};\n")
        return name

    def fields(self, members) -> list[str]:
        lines = []
        for member in members:
            kind = self.declaration(member.type)
            space = "" if kind.endswith("*") else " "
            lines.append(f"  {kind}{space}{field(member)};")
        lines += [f"  char has_{field(member)};" for member in members if not member.is_required]
        return lines

    def structure(self, name: str, struct: Struct) -> None:
        lines = self.fields(struct.members)
        lines += ["  const char *text; /* in the place of all others, or NULL */"] * struct.text
        if struct.others:
            kind = self.declaration(Map(List(List(Plain("real")))))
            lines.append(f"  {kind} others; /* further members: a number is a table of one */")
        self.text.append(f"typedef struct {name} {{\n" + "\n".join(lines) + f"\n}} {name};\n")

    def table(self, kind: object) -> str:
        """The name of a type's table, which is written before."""
        if kind not in self.tabled:
            row = self.row(kind)
            name = "mbv_type_" + self.slug(kind)
            if name in self.tabled.values():
                name += f"_{len(self.tabled)}"
            self.tabled[kind] = name
            self.tables.append(f"static const mbv_type {name} = {{{row}}};\n")
        return self.tabled[kind]

    def row(self, kind: object) -> str:
        low, high, choices, item, optional = "0", "0", "NULL", "NULL", 0
        if isinstance(kind, Struct):
            members = self.members("mbv_members_" + self.slug(kind), "mbv_" + self.slug(kind), kind.members)
            ends = [f"offsetof(mbv_{self.slug(kind)}, {name})" if there else "MBV_REQUIRED"
                    for name, there in (("text", kind.text), ("others", kind.others))]
            rest = f"{members}, {len(kind.members)}, {', '.join(ends)}"
        else:
            rest = "NULL, 0, MBV_REQUIRED, MBV_REQUIRED"
        if isinstance(kind, Integer):
            low = "INT64_MIN" if kind.low == -1 << 63 else f"INT64_C({kind.low})"
            high = f"UINT64_C({kind.high})"
        elif isinstance(kind, Choice):
            choices = f"mbv_choices_{len(self.tabled)}"
            texts = ", ".join(f'"{text}"' for text in kind.texts)
            self.tables.append(f"static const char *const {choices}[] = {{{texts}, NULL}};\n")
        elif isinstance(kind, (List, Map)):
            item, optional = "&" + self.table(kind.item), int(getattr(kind, "optional", False))
        kinds = {Struct: "STRUCT", List: "LIST", Map: "MAP", Choice: "TEXT"}
        name = kinds.get(type(kind)) or self.slug(kind).upper()
        return f"MBV_{name}, sizeof({self.declaration(kind)}), {low}, {high}, {choices}, {item}, {optional}, {rest}"

    def members(self, name: str, owner: str, members) -> str:
        rows = []
        for member in members:
            has = "MBV_REQUIRED" if member.is_required else f"offsetof({owner}, has_{field(member)})"
            rows.append(f'  {{"{member.key}", offsetof({owner}, {field(member)}), {has}, &{self.table(member.type)}}},')
        self.tables.append(f"static const mbv_member {name}[] = {{\n" + "\n".join(rows) + "\n};\n")
        return name


def header(schema: Schema) -> str:
    made = Header(schema)
    made.declaration(Map(List(List(Plain("real")))))
    for shape in schema.shapes:
        made.declaration(shape.given)
        made.declaration(shape.expect)
    case_fields, file_fields = made.fields(schema.case), made.fields(schema.head)
    for shape in schema.shapes:
        case_fields.append(f"  struct {{\n    const mbv_{snake(shape.given.name)} *given;\n"
                           f"    const mbv_{snake(shape.expect.name)} *expect;\n  }} {shape.name};")
    file_fields += ["  size_t count;", "  const mbv_case *cases;", "  const struct mbv_shape *shape;", "  struct mbv_block *blocks;"]
    made.text.append("typedef struct mbv_case {\n" + "\n".join(case_fields) + "\n} mbv_case;\n")
    made.text.append("struct mbv_shape;\nstruct mbv_block;\n")
    made.text.append("typedef struct mbv_file {\n" + "\n".join(file_fields) + "\n} mbv_file;\n")
    made.table(Plain("real"))
    made.table(List(List(Plain("real"))))
    for name, members in (("case", schema.case), ("file", schema.head)):
        rows = made.members(f"mbv_members_{name}", f"mbv_{name}", members)
        made.tables.append(f"static const mbv_type mbv_type_{name} = {{MBV_STRUCT, sizeof(mbv_{name}), 0, 0, NULL, NULL, 0, {rows}, "
                           f"{len(members)}, MBV_REQUIRED, MBV_REQUIRED}};\n")
    rows = []
    for shape in schema.shapes:
        given, expect = made.table(shape.given), made.table(shape.expect)
        rows += [f'  {{"{suite}", offsetof(mbv_case, {shape.name}), &{given}, &{expect}}},' for suite in shape.suites]
    made.tables.append("/* What the cases of a suite give and expect. */\ntypedef struct mbv_shape {\n  const char *suite;\n"
                       "  size_t offset;\n  const mbv_type *given, *expect;\n} mbv_shape;\n")
    made.tables.append("static const mbv_shape mbv_shapes[] = {\n" + "\n".join(rows) + "\n  {NULL, 0, NULL, NULL},\n};\n")
    version = f"#define MBV_FORMAT {schema.format}\n\n"
    return HEAD + version + "\n".join(made.text) + "\n" + TYPES + "\n".join(made.tables) + "\n" + READER.read_text() + "\n#endif\n"

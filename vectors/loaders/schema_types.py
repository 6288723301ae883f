"""What schema.json says, as types that a programming language has."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

SCHEMA = Path(__file__).resolve().parent.parent / "v1" / "schema.json"
PLAIN = {"string": "text", "boolean": "flag", "number": "real"}


@dataclass(frozen=True)
class Plain:
    """`text`, `flag`, `real`."""
    name: str


@dataclass(frozen=True)
class Integer:
    low: int
    high: int

    @property
    def is_signed(self) -> bool:
        return self.high < 1 << 63


@dataclass(frozen=True)
class Choice:
    """One of some texts."""
    texts: tuple[str, ...]


@dataclass(frozen=True)
class List:
    """In JSON an array; with `optional`, null stands for none."""
    item: object
    optional: bool = False


@dataclass(frozen=True)
class Map:
    """In JSON an object with any names."""
    item: object


@dataclass(frozen=True)
class Member:
    key: str
    type: object
    is_required: bool

    @property
    def words(self) -> list[str]:
        """`pulse-width` and `adcBits` in words."""
        return re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", self.key).replace("-", " ").lower().split()


@dataclass(frozen=True)
class Struct:
    """In JSON an object. `text`: or a text in its place. `others`: or further members, numbers or lists of lists of them."""
    name: str
    members: tuple[Member, ...]
    text: bool = False
    others: bool = False


@dataclass(frozen=True)
class Shape:
    """What cases of some suites give and expect."""
    name: str
    kind: str
    suites: tuple[str, ...]
    given: Struct
    expect: Struct


class Schema:
    def __init__(self, path: Path = SCHEMA):
        self.root = json.loads(path.read_text(encoding="ascii"))
        self.definitions = self.root["$defs"]
        self.format = self.root["properties"]["format"]["const"]
        self.suites = self.root["properties"]["suite"]["enum"]
        self.structs: dict[str, Struct] = {}
        self.shapes = [self.shape(rule) for rule in self.root["allOf"] if "suite" in rule["if"]["properties"]]
        case = self.root["properties"]["cases"]["items"]
        rest = {key: value for key, value in case["properties"].items() if key not in ("given", "expect")}
        self.case = self.members("Case", rest, case["required"])
        head = {key: value for key, value in self.root["properties"].items() if key != "cases"}
        self.head = self.members("File", head, self.root["required"])

    def shape(self, rule: dict) -> Shape:
        suite = rule["if"]["properties"]["suite"]
        name = rule["then"]["properties"]["cases"]["items"]["$ref"].rpartition("/")[2]
        definition = self.definitions[name]
        alternatives = [each["properties"] for each in definition.get("oneOf", [definition])]
        parts = [self.merged(name.capitalize() + part.capitalize(), [each[part] for each in alternatives])
                 for part in ("given", "expect")]
        kind = rule["then"]["properties"]["kind"]["const"]
        return Shape(name, kind, tuple(suite.get("enum", [suite.get("const")])), *parts)

    def merged(self, name: str, nodes: list[dict]) -> Struct:
        """One of several objects: all their members, required where all of them require them."""
        nodes = [self.resolved(node) for node in nodes]
        properties: dict[str, dict] = {}
        for node in nodes:
            for key, value in node["properties"].items():
                known = properties.get(key, value)
                properties[key] = value if known == value else self.both(known, value)
        required = set.intersection(*(set(node.get("required", ())) for node in nodes))
        return self.struct(name, properties, required)

    def both(self, one: dict, other: dict) -> dict:
        first, second = self.type(one, ""), self.type(other, "")
        if first == second:
            return one
        if isinstance(first, Integer) and isinstance(second, Integer):
            return {"type": "integer", "minimum": min(first.low, second.low), "maximum": max(first.high, second.high)}
        if isinstance(first, Choice) and isinstance(second, Choice):
            return {"enum": list(dict.fromkeys((*first.texts, *second.texts)))}
        raise ValueError(f"alternatives differ: {one}, {other}")

    def resolved(self, node: dict) -> dict:
        while "$ref" in node:
            node = self.definitions[node["$ref"].rpartition("/")[2]]
        return node

    def members(self, name: str, properties: dict, required) -> tuple[Member, ...]:
        return tuple(Member(key, self.type(node, name + key[0].upper() + key[1:]), key in required)
                     for key, node in properties.items())

    def struct(self, name: str, properties: dict, required, **more: bool) -> Struct:
        return self.structs.setdefault(name, Struct(name, self.members(name, properties, required), **more))

    def type(self, node: dict, name: str) -> object:
        """Of a node; `name` for an object that has none of its own."""
        if "$ref" in node:
            name = node["$ref"].rpartition("/")[2]
            name = name[0].upper() + name[1:]
        node = self.resolved(node)
        if "const" in node:
            node = {"type": "boolean"} if node["const"] is True else {"enum": [node["const"]]}
        if "enum" in node:
            values = node["enum"]
            return Integer(min(values), max(values)) if isinstance(values[0], int) else Choice(tuple(values))
        if "oneOf" in node or "anyOf" in node:
            return self.alternatives(node.get("oneOf") or node["anyOf"], name)
        kind = node["type"]
        if kind == "integer":
            return Integer(node.get("minimum", -1 << 63), node.get("maximum", (1 << 63) - 1))
        if kind in PLAIN:
            return Plain(PLAIN[kind])
        if kind == "array":
            return List(self.type(node["items"], name.removesuffix("s")))
        if "properties" not in node:
            return Map(self.type(node["additionalProperties"], name.removesuffix("s")))
        others = node.get("additionalProperties") == {"type": "number"}
        return self.struct(name, node["properties"], node.get("required", ()), others=others)

    def alternatives(self, nodes: list[dict], name: str) -> object:
        types = [None if node == {"type": "null"} else self.type(node, name) for node in nodes]
        if all(isinstance(each, Integer) for each in types):
            return Integer(min(each.low for each in types), max(each.high for each in types))
        if types[0] is None and isinstance(types[1], List):
            return List(types[1].item, optional=True)
        if isinstance(types[0], Choice) and isinstance(types[1], Struct):
            members = tuple(Member(each.key, each.type, False) for each in types[1].members)
            self.structs[name] = Struct(name, members, text=True)
            return self.structs[name]
        raise ValueError(f"no type is {nodes}")

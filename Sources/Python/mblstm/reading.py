"""Reading a file of golden vectors by the tables of :mod:`mblstm.vector_types`."""

from __future__ import annotations

from typing import Any, Dict, Tuple

from .vector_types import FORMAT, STRUCTURES, SUITES, Case, Suite

Kind = Tuple[Any, ...]


def suite(content: Any, path: str) -> Suite:
    """A file by its parsed content.

    :raises ValueError: for another format, an unknown or a missing member, a value of another type or out of its range.
    """
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        found = f"format {content['format']}" if isinstance(content, dict) and "format" in content else "none"
        raise ValueError(f"{path}: no vectors of format {FORMAT}, found {found}")
    head = {key: value for key, value in content.items() if key != "cases"}
    _check(head, ("struct", "File"), path)
    if "cases" not in content:
        raise ValueError(f"{path}: the member 'cases' is missing")
    name = head["suite"]
    cases = tuple(_case(each, name, f"{path}: case {place}") for place, each in enumerate(content["cases"], 1))
    return Suite(name, head.get("version", ""), head["kind"], head["provenance"], head["purpose"], head.get("flags", {}), head["fields"],
                 cases)


def _case(content: Any, suite: str, place: str) -> Case:
    if not isinstance(content, dict):
        raise ValueError(f"{place}: expected an object")
    _check({key: value for key, value in content.items() if key not in ("given", "expect")}, ("struct", "Case"), place)
    for key, kind in zip(("given", "expect"), SUITES[suite][1:]):
        if key not in content:
            raise ValueError(f"{place}: the member '{key}' is missing")
        _check(content[key], ("struct", kind), f"{place}: {key}")
    return Case(content["id"], content.get("note", ""), content.get("verdict", ""), tuple(content.get("flags", ())),
                tuple(content.get("holds", ())), tuple(content.get("free", ())), content["given"], content["expect"])


def _check(value: Any, kind: Kind, place: str) -> None:
    name = kind[0]
    if name == "struct":
        _check_structure(value, kind[1], place)
    elif name == "map" and isinstance(value, dict):
        for key, item in value.items():
            _check(item, kind[1], f"{place}.{key}")
    elif name in ("list", "list or null") and isinstance(value, list):
        for index, item in enumerate(value):
            _check(item, kind[1], f"{place}[{index}]")
    elif not _is(value, kind):
        raise ValueError(f"{place}: expected {_words(kind)}, found {value!r}")


def _is(value: Any, kind: Kind) -> bool:
    """Whether it is a plain value of a kind."""
    name = kind[0]
    if name == "integer":
        return type(value) is int and bool(kind[1] <= value <= kind[2])
    if name == "real":
        return type(value) in (int, float)
    if name == "flag":
        return isinstance(value, bool)
    if name == "choice":
        return value in kind[1:]
    return isinstance(value, str) if name == "text" else name == "list or null" and value is None


def _words(kind: Kind) -> str:
    if kind[0] == "integer":
        return f"a whole number from {kind[1]} to {kind[2]}"
    if kind[0] == "choice":
        return "one of " + ", ".join(kind[1:])
    return {"real": "a number", "flag": "true or false", "text": "a text", "map": "an object"}.get(kind[0], "a list")


def _check_structure(value: Any, name: str, place: str) -> None:
    members, may_be_text, has_others = STRUCTURES[name]
    if may_be_text and isinstance(value, str):
        return
    if not isinstance(value, dict):
        raise ValueError(f"{place}: expected an object, found {value!r}")
    for key, item in value.items():
        if key in members:
            _check(item, members[key][0], f"{place}.{key}")
        elif has_others:
            _check(item, ("list", ("list", ("real",))) if isinstance(item, list) else ("real",), f"{place}.{key}")
        else:
            raise ValueError(f"{place}: the member '{key}' is unknown")
    missing: Dict[str, Any] = {key: kind for key, (kind, is_needed) in members.items() if is_needed and key not in value}
    if missing:
        raise ValueError(f"{place}: the member '{next(iter(missing))}' is missing")

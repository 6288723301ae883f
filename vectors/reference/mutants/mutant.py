"""One plausible mistake."""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    suites: tuple[str, ...]     # each of them has to notice
    what: str
    file: str                   # in `chip`
    old: str                    # occurs once
    new: str


def group(suites: str, file: str, *rows: tuple[str, str, str]) -> list[Mutant]:
    return [Mutant(tuple(suites.split()), what, file, old, new) for what, old, new in rows]

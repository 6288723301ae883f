"""One plausible mistake."""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    suites: tuple[str, ...]     # each of them has to notice
    breaks: tuple[str, ...]     # sentences of the specification
    what: str
    file: str                   # in `chip`
    old: str                    # occurs once
    new: str


def group(suites: str, file: str, *rows: tuple[str, str, str, str]) -> list[Mutant]:
    return [Mutant(tuple(suites.split()), tuple(breaks.split()), what, file, old, new) for breaks, what, old, new in rows]

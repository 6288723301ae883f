"""Plausible wrong implementations, each a subclass of what it gets wrong. Filled below; see `firmware_mutations`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .parts import Parts


class Mutation(NamedTuple):
    name: str
    description: str
    suites: tuple[str, ...]
    base: type
    wrong: type


MUTATIONS: list[Mutation] = []


def firmware_mutations() -> list[tuple[str, str, tuple[str, ...]]]:
    """Name, description, suites that should notice."""
    return [(mutation.name, mutation.description, mutation.suites) for mutation in MUTATIONS]


def mutated(names: Iterable[str]) -> Parts:
    """The parts of a controller with these mistakes."""
    wanted = set(names)
    chosen = [mutation for mutation in MUTATIONS if mutation.name in wanted]
    bases = {mutation.base for mutation in chosen}
    return Parts({base: [mutation.wrong for mutation in chosen if mutation.base is base] for base in bases})

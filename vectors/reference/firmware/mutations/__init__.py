"""Plausible wrong controllers. Each mutation is a subclass of the part it gets wrong: its name the class's, its
description the doc string, `suites` the suites that notice it, `breaks` the sentences of the specification that it breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import ModuleType
from typing import NamedTuple

from ..parts import Parts
from . import (calibrating, devices, feedback, feedback_debts, feedback_means, feedback_updates, feedback_writes, gradients,
               losses, mailbox, networks, programming, ramps, records, rules, scrubs, sides, states, tiles, units, updates, widths, windows)

MODULES: tuple[ModuleType, ...] = (tiles, networks, calibrating, widths, programming, devices, mailbox, records, sides, scrubs, windows, units,
                                   losses, gradients, updates, rules, states, ramps, feedback_debts, feedback_means,
                                   feedback, feedback_updates, feedback_writes)


def wrong_parts() -> dict[str, type]:
    """By name, in the order of the modules."""
    found = [part for module in MODULES for part in vars(module).values()
             if isinstance(part, type) and part.__module__ == module.__name__ and not part.__name__.startswith("_")]
    named = {re.sub(r"(?<!^)(?=[A-Z])", "-", part.__name__).lower(): part for part in found}
    assert len(named) == len(found), "two mistakes have one name"
    return named


class Mutation(NamedTuple):
    name: str
    what: str
    suites: tuple[str, ...]     # each of them has to notice
    breaks: tuple[str, ...]     # sentences of the specification


def firmware_mutations() -> list[Mutation]:
    return [Mutation(name, part.__doc__, part.suites, tuple(part.breaks.split())) for name, part in wrong_parts().items()]


def mutated(names: Iterable[str]) -> Parts:
    """The parts of a controller with these mistakes."""
    every = wrong_parts() if names else {}
    chosen = [every[name] for name in names]
    bases = {part.__bases__[0] for part in chosen}
    return Parts({base: [part for part in chosen if part.__bases__[0] is base] for base in bases})

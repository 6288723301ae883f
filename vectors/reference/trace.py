"""Which sentences of the specification each case holds: those of every mistake that it notices.

    python3 vectors/reference/trace.py                      measure the cases that do not say yet, and write what they hold
    python3 vectors/reference/trace.py --all --suite adc    measure every case of a suite anew
    python3 vectors/reference/trace.py --check              compare with what the files say instead

A mistake (`mutants/`, `firmware/mutations/`) names the sentences that it breaks; a case that fails with it would not have
passed with them broken. Sentences that no mistake breaks are named by hand: `HOLDS` of a suite, or `holds` of a case.
Status: 0 done or alike, 1 different, 2 bad arguments.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import generate
from firmware.mutations import firmware_mutations
from firmware.mutations.__main__ import Suites
from mutants import MUTANTS
from mutations import cases_of, caught
from sentences import place, sentences

Noticing = Callable[[list[dict]], Iterator[tuple[int, str]]]


def mistakes(suite: str) -> Iterator[tuple[tuple[str, ...], Noticing]]:
    """What is broken by each mistake of a suite, and which of some cases notice."""
    for mutant in MUTANTS:
        if suite in mutant.suites:
            yield mutant.breaks, partial(caught, mutant, suite)
    scenarios = Suites()
    for mutation in firmware_mutations():
        if suite in mutation.suites:
            yield mutation.breaks, partial(scenarios.noticed, suite, mutation.name)


def measured(suite: str, cases: list[dict]) -> dict[int, set[str]]:
    """The sentences that each case holds. Of the mistakes that break one the first noticed is enough."""
    holds: dict[int, set[str]] = {case["id"]: set() for case in cases}
    for breaks, noticing in mistakes(suite):
        wanted = [case for case in cases if not holds[case["id"]].issuperset(breaks)]
        for number, _ in noticing(wanted) if wanted else ():
            holds[number].update(breaks)
    return holds


def broken() -> set[str]:
    """Sentences that some mistake breaks."""
    every = [each.breaks for each in (*MUTANTS, *firmware_mutations())]
    return {number for breaks in every for number in breaks}


def problem(numbers: Iterable[str]) -> str | None:
    """What is wrong with sentences named by hand or by a mistake."""
    unknown = sorted(set(numbers) - set(sentences()))
    return f"the specification has no sentence {unknown[0]}" if unknown else None


def by_hand(suite: str) -> dict[int, set[str]]:
    return {number: set(case.get("holds", ())) for number, case in enumerate(generate.suite(suite).cases(), 1)}


def misplaced(suite: str) -> str | None:
    """A sentence named by hand although mistakes tell who holds it."""
    named = set(getattr(generate.suite(suite), "HOLDS", ())).union(*by_hand(suite).values())
    told = sorted(named & broken())
    return f"{suite}: {told[0]} is named by hand, but there are mistakes that break it" if told else problem(named)


def traced(suite: str, cases: list[dict]) -> dict[int, list[str]]:
    hand, found = by_hand(suite), measured(suite, cases)
    return {number: sorted(holds | hand[number], key=place) for number, holds in found.items()}


def write(suite: str, every: bool) -> None:
    cases = cases_of(suite)
    wanted = [case for case in cases if every or "holds" not in case]
    found = traced(suite, wanted) if wanted else {}
    holds = {generate.identity(case): found.get(case["id"], case.get("holds")) for case in cases}
    (generate.VECTORS / f"{suite}.json").write_bytes(generate.document(suite, holds).encode("ascii"))
    print(f"{suite}: {len(wanted)} cases measured", file=sys.stderr)


def difference(suite: str) -> str | None:
    cases = cases_of(suite)
    found = traced(suite, cases)
    for case in cases:
        if case.get("holds") != found[case["id"]]:
            return f"{suite} {case['id']}: holds {case.get('holds')}, measured {found[case['id']]}"
    return None


def main() -> int:
    names = generate.suite_names()
    parser = argparse.ArgumentParser(description="Measures which sentences the cases hold.")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--all", action="store_true", help="measure cases too that say what they hold")
    parser.add_argument("--suite", choices=names, action="append", help="only this suite")
    options = parser.parse_args()
    sys.dont_write_bytecode = True
    found = problem(broken())
    for suite in options.suite or names:
        found = found or misplaced(suite)
        if found is None and options.check:
            found = difference(suite)
        elif found is None:
            write(suite, options.all)
    if found:
        print(found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Whether the vectors notice plausible mistakes: python3 vectors/reference/mutations.py [--suite NAME]

Each mutant of `mutants.py` is a copy of the reference with one piece of text replaced. It has to fail a case of its
suite; the first one is printed. Status: 0 all caught, 1 one survives, 2 bad arguments.
"""

from __future__ import annotations

import argparse
import importlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from mutants import MUTANTS, Mutant

REFERENCE = Path(__file__).resolve().parent
VECTORS = REFERENCE.parent / "v1"


def mutated(mutant: Mutant, place: Path) -> None:
    """A copy of the reference with the mistake in it."""
    for package in ("chip", "suites"):
        shutil.copytree(REFERENCE / package, place / package, ignore=shutil.ignore_patterns("__pycache__"))
    path = place / "chip" / mutant.file
    text = path.read_text(encoding="utf-8")
    if text.count(mutant.old) != 1:
        raise ValueError(f"{mutant.what}: {mutant.file} has {text.count(mutant.old)} times {mutant.old!r}")
    path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")


def forget() -> None:
    """What was imported of a copy, or of the original."""
    for name in [name for name in sys.modules if name.split(".")[0] in ("chip", "suites")]:
        del sys.modules[name]
    importlib.invalidate_caches()


def loaded(place: Path, suite: str) -> ModuleType:
    """The suite as it is in a copy."""
    forget()
    sys.path.insert(0, str(place))
    try:
        return importlib.import_module(f"suites.{suite}")
    finally:
        sys.path.remove(str(place))


def caught(mutant: Mutant, suite: str, cases: list[dict]) -> Iterator[tuple[int, str]]:
    """The cases that a mutant fails, and how."""
    with tempfile.TemporaryDirectory() as directory:
        mutated(mutant, Path(directory))
        module = loaded(Path(directory), suite)
        for case in cases:
            try:
                if module.evaluate(case["given"]) != case["expect"]:
                    yield case["id"], "differs"
            except Exception as error:      # a mutant may break in any way
                yield case["id"], type(error).__name__
        forget()


def cases_of(suite: str) -> list[dict]:
    return json.loads((VECTORS / f"{suite}.json").read_text())["cases"]


def main() -> int:
    suites = sorted({suite for mutant in MUTANTS for suite in mutant.suites})
    parser = argparse.ArgumentParser(description="Applies each mutant; its suite has to notice.")
    parser.add_argument("--suite", choices=suites, help="only this suite's")
    options = parser.parse_args()
    sys.dont_write_bytecode = True
    survivors = 0
    for mutant in MUTANTS:
        for suite in mutant.suites:
            if options.suite in (None, suite):
                found = next(caught(mutant, suite, cases_of(suite)), None)
                survivors += found is None
                print(f"{suite:12} {'case %d %s' % found if found else 'SURVIVES':24} {mutant.what}")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())

"""Whether the vectors notice plausible mistakes of a controller:

    cd vectors/reference && python3 -m firmware.mutations [--markdown] [name ...]

Each mutation has to change a case of every suite it names; the first is printed. Status: 0 all noticed, 1 one survives.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator, Sequence
from typing import Optional

from . import firmware_mutations

Noticed = tuple[int, str]


class Suites:
    """The scenarios of a suite, and what they should give."""

    def __init__(self) -> None:
        self.scenarios: dict[str, list] = {}
        self.expected: dict[str, list] = {}

    def noticed(self, suite: str, mutation: str, cases: Optional[Sequence[dict]] = None) -> Iterator[Noticed]:
        """The cases that change, of some or of all, and their notes."""
        wanted = None if cases is None else {case["id"] for case in cases}
        if suite not in self.expected:
            self.scenarios[suite] = importlib.import_module(f"suites.{suite}").scenarios()
            self.expected[suite] = [scenario.expect(()) for scenario in self.scenarios[suite]]
        for number, (scenario, expected) in enumerate(zip(self.scenarios[suite], self.expected[suite]), 1):
            if wanted is not None and number not in wanted:
                continue
            try:
                if scenario.expect([mutation]) != expected:
                    yield number, scenario.note
            except Exception as error:  # a mistake may break in any way
                yield number, f"{scenario.note}: {type(error).__name__}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Applies each mutation; its suites have to notice.")
    parser.add_argument("--markdown", action="store_true", help="print a table")
    parser.add_argument("names", nargs="*", help="only these")
    options = parser.parse_args()
    suites, survivors = Suites(), 0
    if options.markdown:
        print("| mutation | mistake | suite | case | of |\n|---|---|---|---|---|")
    for name, description, noticing, _ in firmware_mutations():
        for suite in noticing if not options.names or name in options.names else ():
            found = next(suites.noticed(suite, name), None)
            survivors += found is None
            case, note = found or ("SURVIVES", "")
            cells = (name, description, suite, str(case), note)
            row = "| " + " | ".join(cells) + " |"
            print(row if options.markdown else f"{suite:15} {case!s:>8}  {name}: {description}")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())

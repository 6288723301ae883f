"""Writes the golden vectors, vectors/v1/*.json, one file a module in `suites`.

    python3 vectors/reference/generate.py                                    write all
    python3 vectors/reference/generate.py --suite adc                        write one
    python3 vectors/reference/generate.py --set-version 1.1                  write all, whose cases are others than before
    python3 vectors/reference/generate.py --check                            compare with what is there instead
    python3 vectors/reference/generate.py --random 1000 --seed 7 --suite mvm >drawn.json
                                                                             other cases, as many as are asked for

Drawn cases are for `mblstm check drawn.json`; the same seed gives the same ones, and more of them begin with the same.
Status: 0 done or alike, 1 different, 2 bad arguments.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterator
from itertools import zip_longest
from os.path import commonprefix
from pathlib import Path
from types import ModuleType
from zlib import crc32

import edition
import kinds
from sentences import place
from suites._sampler import Sampler
from verdicts import verdict

REFERENCE = Path(__file__).resolve().parent
VECTORS = REFERENCE.parent / "v1"
FORMAT = 2


def suite_names() -> list[str]:
    return sorted(path.stem for path in (REFERENCE / "suites").glob("[a-z]*.py"))


def suite(name: str) -> ModuleType:
    return importlib.import_module(f"suites.{name}")


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def specification(sections: dict[str, str]) -> str:
    """Files and their sections."""
    return "; ".join(f"vectors/specification/{file}.md {places}" for file, places in sections.items())


def header(name: str, module: ModuleType, version: str, flags: set[str], command: str = "") -> dict:
    holds = {"holds": sorted(module.HOLDS, key=place)} if hasattr(module, "HOLDS") and not command else {}
    return {"format": FORMAT, "version": version, "suite": name, "kind": module.KIND,
            "provenance": getattr(module, "PROVENANCE", "golden"), "purpose": module.PURPOSE,
            "source": {"generator": "vectors/reference/generate.py" + command,
                       "specification": specification(module.SPECIFICATION)},
            **holds, "flags": kinds.meanings(flags), "fields": module.FIELDS}


def identity(case: dict) -> str:
    return compact([case["given"], case["expect"]])


def held(name: str) -> dict[str, list[str]]:
    """The sentences that the cases of a suite's file name. They are measured by `trace.py`, which takes minutes, and stay
    with a case for as long as it is the same."""
    path = VECTORS / f"{name}.json"
    cases = json.loads(path.read_text(encoding="ascii"))["cases"] if path.exists() else []
    return {identity(case): case["holds"] for case in cases if "holds" in case}


def told(case: dict, kind: str, known: list[str] | None) -> dict:
    """A case with its verdict, and with what is known of the mistakes that it notices."""
    order = ("note", "verdict", "flags", "holds", "free", "given", "expect")
    flags = {} if known is None else {"flags": kinds.flags(known), "holds": known}
    case = {**case, "verdict": verdict(kind, case), **flags}
    return {key: case[key] for key in order if key in case}


def document(name: str, holds: dict[str, list[str]] | None = None, version: str | None = None) -> str:
    """The file of a suite, one case a line."""
    module, holds = suite(name), held(name) if holds is None else holds
    cases = []
    for case in module.cases():
        known = holds.get(identity(case))
        cases.append(told(case, module.KIND, case.get("holds") if known is None else known))
    return file_text(name, module, version or edition.current()["version"], cases)


def file_text(name: str, module: ModuleType, version: str, cases: list[dict], command: str = "") -> str:
    flags = {flag for case in cases for flag in case.get("flags", ())}
    head = json.dumps(header(name, module, version, flags, command), indent=2).removesuffix("\n}")
    lines = (compact({"id": number, **case}) for number, case in enumerate(cases, 1))
    return head + ',\n  "cases": [\n    ' + ",\n    ".join(lines) + "\n  ]\n}\n"


def complete(module: ModuleType, drawn: dict) -> dict:
    """A case of what a suite drew: all of one, or what it gives."""
    return drawn if "expect" in drawn else {"given": drawn, "expect": module.evaluate(drawn)}


def drawn(name: str, count: int, seed: int) -> str:
    """A file of so many cases of a suite, none of them in the set; what they notice has not been measured."""
    module = suite(name)
    sampler = getattr(module, "Numbers", Sampler)(crc32(name.encode("ascii")), seed)
    cases = [told(complete(module, module.draw(sampler)), module.KIND, None) for _ in range(count)]
    return file_text(name, module, edition.current()["version"], cases, f" --random {count} --seed {seed} --suite {name}")


def untold(name: str, text: str) -> str | None:
    """The first case that does not say what it holds."""
    for case in json.loads(text)["cases"]:
        if "holds" not in case:
            return f"{VECTORS / name}.json: case {case['id']} names no sentences: python3 vectors/reference/trace.py --suite {name}"
    return None


def digest(text: str) -> str:
    return edition.digest([identity(case) for case in json.loads(text)["cases"]])


def difference(path: Path, text: str) -> str | None:
    """Where a file first differs from what it should be."""
    if not path.exists():
        return f"{path}: missing"
    found = path.read_bytes().decode("utf-8", "replace")
    for number, (there, due) in enumerate(zip_longest(found.split("\n"), text.split("\n"), fillvalue=""), 1):
        if there != due:
            column = len(commonprefix((there, due)))
            begin = max(0, column - 60)
            return (f"{path}:{number}:{column + 1}: differs\n  there: {there[begin:column + 60]}\n"
                    f"  due:   {due[begin:column + 60]}")
    return None


def stray(names: list[str]) -> str | None:
    known = {f"{name}.json" for name in names} | {"schema.json"}
    unknown = sorted(path for path in VECTORS.glob("*.json") if path.name not in known)
    return f"{unknown[0]}: no suite writes it" if unknown else None


def checked(documents: Iterator[tuple[str, str]]) -> str | None:
    """The first difference of the files, or of their cases from those of the set's version."""
    known = edition.current()
    for name, due in documents:
        if found := difference(VECTORS / f"{name}.json", due):
            return found
        if found := changed(name, due, known):
            return found
    return None


def changed(name: str, due: str, known: dict) -> str | None:
    if digest(due) == known["cases"].get(name):
        return None
    return (f"{name}: its cases are not those of version {known['version']} of the set: --set-version, the first number raised "
            "where a case is another or gone, the second where cases came")


def written(documents: Iterator[tuple[str, str]], version: str | None) -> str | None:
    """Writes the files, and with a version what their cases are now; without one they have to be the same."""
    known, digests = edition.current(), {}
    for name, due in documents:
        if version is None and (found := changed(name, due, known)):
            return found
        digests[name] = digest(due)
        (VECTORS / f"{name}.json").write_bytes(due.encode("ascii"))
        print(f"{name}: {due.count(chr(10) + '    {')} cases, {len(due)} bytes", file=sys.stderr)
    if version is not None:
        edition.write(version, digests)
    return None


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Writes, checks or draws golden vectors.")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--suite", choices=suite_names(), help="only this suite")
    parser.add_argument("--set-version", metavar="N.M", help="the version of the set whose cases these are")
    parser.add_argument("--random", type=int, metavar="N", help="print a file of N drawn cases of a suite")
    parser.add_argument("--seed", type=int, metavar="S", help="of the draws, 0 to 2^64 - 1 (default 1)")
    options = parser.parse_args()
    if options.random is not None:
        if options.suite is None or options.check or options.set_version:
            parser.error("--random needs --suite, and goes with --seed alone")
        if not hasattr(suite(options.suite), "draw"):
            able = ", ".join(name for name in suite_names() if hasattr(suite(name), "draw"))
            parser.error(f"cases of {options.suite} cannot be drawn, only those of {able}")
        if options.random < 1 or not 0 <= (1 if options.seed is None else options.seed) < 1 << 64:
            parser.error("expected --random N of at least 1 and --seed S of 0 to 2^64 - 1")
    elif options.seed is not None:
        parser.error("--seed needs --random")
    if options.set_version is not None:
        if options.suite or options.check:
            parser.error("--set-version is of all suites, and goes alone")
        try:
            if edition.numbers(options.set_version) <= edition.numbers(edition.current()["version"]):
                parser.error(f"version {options.set_version} is not after {edition.current()['version']}")
        except ValueError as error:
            parser.error(str(error))
    return options


def main() -> int:
    options = arguments()
    if options.random is not None:
        print(drawn(options.suite, options.random, 1 if options.seed is None else options.seed), end="")
        return 0
    names = [options.suite] if options.suite else suite_names()
    documents = ((name, document(name, version=options.set_version)) for name in names)
    found = checked(documents) if options.check else written(documents, options.set_version)
    for name in names if found is None else ():
        if problem := untold(name, (VECTORS / f"{name}.json").read_text(encoding="ascii")):
            print(problem, file=sys.stderr)
    if found is None and options.check and not options.suite:
        found = stray(names)
    if found:
        print(found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

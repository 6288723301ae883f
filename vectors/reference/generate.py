"""Writes the golden vectors, vectors/v1/*.json, one file a module in `suites`.

    python3 vectors/reference/generate.py                 write all
    python3 vectors/reference/generate.py --suite adc     write one
    python3 vectors/reference/generate.py --check         compare with what is there instead

Status: 0 done or alike, 1 different, 2 bad arguments.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from itertools import zip_longest
from os.path import commonprefix
from pathlib import Path
from types import ModuleType

from sentences import place

REFERENCE = Path(__file__).resolve().parent
VECTORS = REFERENCE.parent / "v1"
FORMAT = 1


def suite_names() -> list[str]:
    return sorted(path.stem for path in (REFERENCE / "suites").glob("[a-z]*.py"))


def suite(name: str) -> ModuleType:
    return importlib.import_module(f"suites.{name}")


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def specification(sections: dict[str, str]) -> str:
    """Files and their sections."""
    return "; ".join(f"vectors/specification/{file}.md {places}" for file, places in sections.items())


def header(name: str, module: ModuleType) -> dict:
    holds = {"holds": sorted(module.HOLDS, key=place)} if hasattr(module, "HOLDS") else {}
    return {"format": FORMAT, "suite": name, "kind": module.KIND,
            "provenance": getattr(module, "PROVENANCE", "golden"), "purpose": module.PURPOSE,
            "source": {"generator": "vectors/reference/generate.py",
                       "specification": specification(module.SPECIFICATION)},
            **holds, "fields": module.FIELDS}


def identity(case: dict) -> str:
    return compact([case["given"], case["expect"]])


def held(name: str) -> dict[str, list[str]]:
    """The sentences that the cases of a suite's file name. They are measured by `trace.py`, which takes minutes, and stay
    with a case for as long as it is the same."""
    path = VECTORS / f"{name}.json"
    cases = json.loads(path.read_text(encoding="ascii"))["cases"] if path.exists() else []
    return {identity(case): case["holds"] for case in cases if "holds" in case}


def document(name: str, holds: dict[str, list[str]] | None = None) -> str:
    """The file of a suite, one case a line."""
    module, holds = suite(name), held(name) if holds is None else holds
    order = ("note", "holds", "free", "given", "expect")
    cases = []
    for number, case in enumerate(module.cases(), 1):
        if (known := holds.get(identity(case))) is not None:
            case = {**case, "holds": known}
        cases.append(compact({"id": number, **{key: case[key] for key in order if key in case}}))
    head = json.dumps(header(name, module), indent=2).removesuffix("\n}")
    return head + ',\n  "cases": [\n    ' + ",\n    ".join(cases) + "\n  ]\n}\n"


def untold(name: str, text: str) -> str | None:
    """The first case that does not say what it holds."""
    for case in json.loads(text)["cases"]:
        if "holds" not in case:
            return f"{VECTORS / name}.json: case {case['id']} names no sentences: python3 vectors/reference/trace.py --suite {name}"
    return None


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


def main() -> int:
    parser = argparse.ArgumentParser(description="Writes or checks the golden vectors.")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--suite", choices=suite_names(), help="only this suite")
    options = parser.parse_args()
    names = [options.suite] if options.suite else suite_names()
    for name in names:
        path, text = VECTORS / f"{name}.json", document(name)
        if options.check:
            if found := difference(path, text):
                print(found)
                return 1
        else:
            VECTORS.mkdir(exist_ok=True)
            path.write_bytes(text.encode("ascii"))
            print(f"{name}: {text.count(chr(10) + '    {')} cases, {len(text)} bytes", file=sys.stderr)
        if found := untold(name, text):
            print(found, file=sys.stderr)
    if options.check and not options.suite and (found := stray(names)):
        print(found)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

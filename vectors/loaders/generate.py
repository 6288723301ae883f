#!/usr/bin/env python3
"""Writes the loaders of the golden vectors from vectors/v1/schema.json.

    python3 vectors/loaders/generate.py            write them
    python3 vectors/loaders/generate.py --check    compare with what is there instead: status 1 where one differs
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import to_c
import to_python
import to_swift
from schema_types import Schema

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def loaders() -> dict[Path, str]:
    schema = Schema()
    return {
        HERE / "mblstm_vectors.h": to_c.header(schema),
        HERE / "GoldenVectors.swift": to_swift.source(schema),
        ROOT / "Sources/Python/mblstm/vector_types.py": to_python.module(schema),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="Writes or checks the loaders.")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args()
    sys.dont_write_bytecode = True
    for path, text in loaders().items():
        if not options.check:
            path.write_bytes(text.encode("utf-8"))
        elif not path.exists() or path.read_bytes() != text.encode("utf-8"):
            print(f"{path.relative_to(ROOT)}: not what the schema makes: python3 vectors/loaders/generate.py")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

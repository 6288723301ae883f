"""The version of the set of golden vectors, and what its cases are.

Its first number is raised when a case is another or gone, so that what passed may fail; the second when cases came. `edition.json`
has a digest of the cases of each suite, by which a change without another version is noticed.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

EDITION = Path(__file__).resolve().parent / "edition.json"


def numbers(version: str) -> tuple[int, int]:
    """Of `1.10`. Raises ValueError for what is no version."""
    if not re.fullmatch(r"(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)", version):
        raise ValueError(f"'{version}' is no version of the set, expected two numbers, as 1.10")
    first, second = version.split(".")
    return int(first), int(second)


def current() -> dict:
    """`version`, and `cases`: the digest of each suite."""
    return json.loads(EDITION.read_text(encoding="ascii"))


def digest(identities: list[str]) -> str:
    """Of what the cases of a suite give and expect, in their order."""
    return sha256("\n".join(identities).encode("ascii")).hexdigest()[:16]


def write(version: str, digests: dict[str, str]) -> None:
    text = json.dumps({"version": version, "cases": dict(sorted(digests.items()))}, indent=2)
    EDITION.write_bytes((text + "\n").encode("ascii"))

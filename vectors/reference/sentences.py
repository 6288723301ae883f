"""The normative sentences of the specification, each with a number of its own behind it: `… nothing wraps. [CHIP-1.1.1]`.

A number is that of the section and, last, a running one in it. It stays with its sentence: a new one goes to the end of its
section's numbering, wherever it stands in the text. What has no number explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

SPECIFICATION = Path(__file__).resolve().parent.parent / "specification"
FILES = {"CHIP": "chip", "DEV": "devices", "FW": "firmware", "FMT": "format", "NRG": "energy"}
HEADING = re.compile(r"#+ (?:(\d+(?:\.\d+)*)\.? )?")
BEGINNING = re.compile(r"\s*(?:[-*] |\d+\. |\| )")        # of a list's item or a table's row
MARK = re.compile(r"\[([A-Z]+)-((?:\d+\.)+)(\d+)\]")


def marked(name: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    """The sentences of a file by number. A mark closes what stands before it, back to the one before or to the beginning
    of its paragraph, item or row."""
    section, begun = "0", ""
    for number, line in enumerate(lines, 1):
        if heading := HEADING.match(line):
            section, begun = heading[1] or section, ""
            continue
        if not line.strip() or BEGINNING.match(line):
            begun = ""
        begin = 0
        for mark in MARK.finditer(line):
            if mark[1] != name or mark[2] != section + ".":
                raise ValueError(f"{FILES[name]}.md:{number}: {mark[0]} stands in {name}-{section}")
            yield mark[0][1:-1], plain(begun + line[begin:mark.start()])
            begun, begin = "", mark.end()
        begun += line[begin:] + " "


def plain(text: str) -> str:
    """On one line, without what begins an item or a row and what makes bold."""
    if begin := BEGINNING.match(text):
        text = text[begin.end():]
    return " ".join(text.replace("**", "").split()).lstrip("*;:,. ")


def sentences() -> dict[str, str]:
    """All of them, in the order of the files and of their numbers."""
    found: dict[str, str] = {}
    for name, file in FILES.items():
        for number, text in marked(name, (SPECIFICATION / f"{file}.md").read_text(encoding="utf-8").split("\n")):
            if number in found or not text:
                raise ValueError(f"{file}.md: {number} {'is there twice' if number in found else 'has no words'}")
            found[number] = text
    return {number: found[number] for number in sorted(found, key=place)}


def place(number: str) -> tuple[int, list[int]]:
    """The order of sentences: files, sections, running numbers."""
    name, numbers = number.split("-")
    return list(FILES).index(name), [int(part) for part in numbers.split(".")]

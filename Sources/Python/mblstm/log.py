"""The register log: what `--log`, :meth:`Chip.log_csv` and :meth:`Chip.log_callback` write."""

from __future__ import annotations

import csv
import os
import pathlib
from typing import Iterable, List, NamedTuple, Optional, Sequence, Union, overload

VERSION = 4
_FIRST = "# mblstm register log, version "


class Record(NamedTuple):
    """A line of a log: an access or an event.

    ``initiator`` is who made it, ``kind`` `read`, `write` (with the size where the bus refused it for that: `read8`) or `event`.
    ``address`` and ``value`` are words, None of an event; ``register`` names the register, or the block of an event; ``detail`` has
    the fields, or what happened. ``pc`` and ``symbol`` are of a program's accesses.
    """

    cycle: int
    initiator: str
    kind: str
    address: Optional[int]
    value: Optional[int]
    register: str
    detail: str
    pc: Optional[int] = None
    symbol: str = ""


class Log(Sequence[Record]):
    """The records of a register log in their order, and its ``head``: lines of text without the `# ` before them."""

    def __init__(self, head: Sequence[str], records: Iterable[Record]) -> None:
        self.head: List[str] = list(head)
        self._records: List[Record] = list(records)

    @classmethod
    def read(cls, path: Union[str, "os.PathLike[str]"]) -> Log:
        """Reads a file. :raises ValueError: naming file and line, where it is no log of this version."""
        return cls.parse(pathlib.Path(path).read_text(encoding="utf-8"), named=os.fspath(path))

    @classmethod
    def parse(cls, text: str, named: str = "log") -> Log:
        """Reads a text; ``named`` is what errors call it."""
        lines = text.splitlines()
        if not lines or lines[0] != f"{_FIRST}{VERSION}":
            raise ValueError(f"{named}:1: expected '{_FIRST}{VERSION}'")
        names: Optional[List[str]] = None
        head, records = [], []
        for number, line in enumerate(lines, 1):
            if line.startswith("#"):
                if names is None:
                    head.append(line[2:])
                continue
            try:
                cells = next(csv.reader([line]))
                if names is None:
                    names = cells
                    if names[:7] != list(Record._fields[:7]):
                        raise ValueError(f"expected the columns {','.join(Record._fields[:7])}")
                else:
                    records.append(_record(dict(zip(names, cells))))
            except (KeyError, ValueError, StopIteration) as error:
                raise ValueError(f"{named}:{number}: {error}") from None
        return cls(head, records)

    @property
    def configuration(self) -> str:
        """The chip that made it, as ``Chip`` takes it; the log's beginning may be in the middle of its life, which `mblstm replay`
        follows."""
        return "\n".join(line for line in self.head[1:] if line.split(" ")[0] in ("results", "chip", "tile")) + "\n"

    def of(self, register: str) -> List[Record]:
        """The records of a register (`MBX0.STATUS`), of all of an array (`MBX0.DRIVE`) or of a block (`MBX0`)."""
        return [record for record in self._records
                if record.register == register or record.register.startswith((register + "[", register + "."))]

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> List[Record]: ...
    def __getitem__(self, place: Union[int, slice]) -> Union[Record, List[Record]]:
        return self._records[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Log) and self.head == other.head and self._records == other._records

    def __repr__(self) -> str:
        return f"Log of {len(self)} records"


def _record(cells: "dict[str, str]") -> Record:
    def word(name: str) -> Optional[int]:
        return int(cells[name], 16) if cells.get(name) else None

    return Record(int(cells["cycle"]), cells["initiator"], cells["kind"], word("address"), word("value"), cells["register"],
                  cells["detail"], word("pc"), cells.get("symbol", ""))

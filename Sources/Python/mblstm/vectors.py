"""The golden vectors that come with the package, and the check of a chip against those of bus accesses.

    from mblstm import Chip, vectors

    for case in vectors.load("mvm").cases: ...
    print(vectors.check(Chip, "registers"))
"""

from __future__ import annotations

import json
import os
import pathlib
from functools import lru_cache

from typing import Any, Callable, Dict, Iterator, List, Mapping, NamedTuple, Optional, Protocol, Sequence, Tuple, Union

from . import reading
from ._header import Entry
from ._library import BusError
from ._map import Registers
from .chip import Chip, LogEntry
from .vector_types import Case, Suite

_MAP = Registers()
# Of the usual device, picosiemens: a configuration has read noise as a share of it.
_HIGHEST = 100_000_000
_COUNTERS = {"reads": "READS", "phases": "PHASES", "pulses": "PULSES", "programCycles": "PROGRAM_CYCLES",
             "serialCycles": "SERIAL_CYCLES", "energyAttojoules": "ENERGY"}


class Difference(NamedTuple):
    """Where a chip answered otherwise."""

    case: int
    text: str


class Report(NamedTuple):
    """What a check found. It is true where there was no difference."""

    suite: str
    passed: int
    differences: Tuple[Difference, ...]

    def __bool__(self) -> bool:
        return not self.differences

    def __str__(self) -> str:
        lines = [f"{self.suite}: {self.passed} of {self.passed + len(self.differences)} cases passed"]
        return "\n".join(lines + [f"  case {each.case}: {each.text}" for each in self.differences])


class Bench(Protocol):
    """What a chip under check has: the methods of :class:`~mblstm.Chip` of these names. ``log_callback`` and ``peek`` may be
    missing; events and counters are not compared then."""

    @property
    def cycle(self) -> int: ...
    def read_register(self, address: int) -> int: ...
    def write_register(self, address: int, value: int) -> None: ...
    def advance(self, cycle: int) -> None: ...
    def schedule(self, power_cut: Optional[int] = None, brown_out: Optional[int] = None) -> None: ...
    def cells(self, tile: int) -> Any: ...
    def set_cells(self, tile: int, picosiemens: Sequence[int]) -> None: ...
    def close(self) -> None: ...


def folder() -> pathlib.Path:
    """Where the vectors of the package are: `v1`, `specification`, `tasks`."""
    return pathlib.Path(__file__).parent / "vectors"


def names() -> List[str]:
    """All suites."""
    return sorted(path.stem for path in (folder() / "v1").glob("*.json") if path.stem != "schema")


def load(suite: Union[str, "os.PathLike[str]"]) -> Suite:
    """A suite by its name, or a file of vectors by its path.

    :raises ValueError: for a name that no suite has, or a file that is not in the format.
    """
    path = pathlib.Path(suite)
    if isinstance(suite, str) and path.suffix != ".json":
        if suite not in names():
            raise ValueError(f"no suite is called {suite!r}, expected one of {', '.join(names())}")
        path = folder() / "v1" / f"{suite}.json"
    return reading.suite(json.loads(path.read_text(encoding="utf-8")), str(path))


def configuration(chip: Mapping[str, Any]) -> Dict[str, Any]:
    """The `chip` of a case as :class:`~mblstm.Chip` takes it, which has read noise as a share of the highest conductance."""
    taken = dict(chip)
    noise = taken.pop("readNoisePicosiemens", None)
    if noise is not None:
        if taken.get("device", {"model": "vteam"}) != {"model": "vteam"}:
            raise ValueError(f"read noise of {taken['device']}: its highest conductance is not known here")
        taken["readNoise"] = noise / _HIGHEST
    return taken


@lru_cache(maxsize=None)
def address(place: str) -> int:
    """The address of a place in a script: `MBX0.DRIVE[3]`, `UART.LSR+1`, `0x40000000`."""
    if place.startswith("0x"):
        return int(place, 16)
    name, _, beyond = place.partition("+")
    return _MAP.find(name).address + int(beyond or 0)


def run(chip: Bench, case: Case) -> List[str]:
    """Makes the accesses of a case's script. :returns: them with what was read: `R MBX0.WAIT 0x00000010`, with cycles in front
    as far as the case has them."""
    timed = any(line.startswith("@") for line in case.expect["transactions"])
    done = []
    for line in case.given["script"]:
        words = line.split()
        if words[0] in ("R", "W"):
            value = _access(chip, words)
            done.append(f"@{chip.cycle} " * timed + f"{words[0]} {_name(address(words[1]))} 0x{value:08x}")
        elif words[0] == "advance":
            chip.advance(max(int(words[1]), chip.cycle))
        else:
            chip.schedule(brown_out=chip.cycle)
            chip.advance(chip.cycle)
    return done


def check(chip: Callable[[Dict[str, Any]], Bench] = Chip, suite: Union[str, Suite] = "registers") -> Report:
    """Runs all cases of a suite of bus accesses, each on a chip of its own, and compares all that it expects.

    :param chip: makes a chip from a configuration: :class:`~mblstm.Chip`, or a bench of yours around another model.
    :raises ValueError: for a suite of another kind.
    """
    suite = load(suite) if isinstance(suite, str) else suite
    if suite.kind != "bus":
        raise ValueError(f"{suite.name} is of kind {suite.kind!r}, expected a suite of bus accesses: 'mblstm check' has the others")
    differences = [Difference(case.id, text) for case in suite.cases for text in [_difference(chip, case)] if text]
    return Report(suite.name, len(suite.cases) - len(differences), tuple(differences))


def _access(chip: Bench, words: Sequence[str]) -> int:
    """Makes an access. :returns: the word read or written; errors of the bus are answers too."""
    place, written = address(words[1]), int(words[2], 16) if len(words) > 2 else 0
    try:
        if words[0] == "R":
            return chip.read_register(place)
        chip.write_register(place, written)
    except BusError:
        pass
    return written


_name = lru_cache(maxsize=None)(_MAP.name_of)


def _named(line: str) -> str:
    """An access with the name that its place has on a chip that has everything: a case of another has its address."""
    *front, place, word = line.split()
    return " ".join([*front, _name(address(place)), word])


def _difference(make: Callable[[Dict[str, Any]], Bench], case: Case) -> str:
    """What a chip did otherwise; empty where nothing."""
    chip = make(configuration(case.given["chip"]))
    try:
        for tile, cells in case.given.get("conductances", {}).items():
            chip.set_cells(int(tile), cells)
        events: List[str] = []
        is_told = "events" in case.expect and hasattr(chip, "log_callback")
        if is_told:
            chip.log_callback(lambda entry: events.extend(_event(entry)))  # type: ignore[attr-defined]
        found = list(_unequal("access", [_named(line) for line in case.expect["transactions"]], run(chip, case)))
        if is_told:
            found += _unequal("event", case.expect["events"], events)
        found += _differences_of_state(chip, case)
        return found[0] if found else ""
    finally:
        chip.close()


def _event(entry: LogEntry) -> Iterator[str]:
    if entry.kind is Entry.EVENT:
        cells = entry.line.split(",")
        yield f"@{entry.cycle} {cells[5]} {cells[6]}"


def _unequal(what: str, expected: Sequence[str], got: Sequence[str]) -> Iterator[str]:
    for place in range(max(len(expected), len(got))):
        wanted = expected[place] if place < len(expected) else "nothing more"
        other = got[place] if place < len(got) else "nothing more"
        if wanted != other:
            yield f"{what} {place + 1}: expected {wanted}, got {other}"
            return


def _differences_of_state(chip: Bench, case: Case) -> Iterator[str]:
    for tile, cells in case.expect.get("conductances", {}).items():
        got = [cell for row in chip.cells(int(tile)).tolist() for cell in row]
        for place, (wanted, other) in enumerate(zip(cells, got)):
            if wanted != other:
                yield f"cell {place} of tile {tile}: expected {wanted} pS, got {other} pS"
                return
    for tile, counters in case.expect.get("counters", {}).items() if hasattr(chip, "peek") else ():
        block = f"MBX{tile}"
        chip.write_register(address(f"{block}.SNAPSHOT"), 0)
        for name, wanted in counters.items():
            low, high = (chip.peek(address(f"{block}.{_COUNTERS[name]}[{half}]")) for half in (0, 1))  # type: ignore[attr-defined]
            if low | high << 32 != wanted:
                yield f"counter {name} of tile {tile}: expected {wanted}, got {low | high << 32}"
                return

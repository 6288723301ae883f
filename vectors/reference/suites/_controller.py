"""Cases of kind "firmware": a chip, and a controller that serves requests."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chip.chip import Chip
from chip.device import Device, device_of
from chip.piecewise import CIRCUITS, circuit
from chip.registers import address
from firmware import host
from firmware.mailbox import Mailbox
from firmware.mutations import mutated
from firmware.training.slopes import Circuit
from suites._sampler import Sampler

FIELDS = {
    "chip": "the chip; an absent key has its default",
    "conductances": "pS of every cell of a tile, row-major: in given before the first request (absent tile: as after "
                    "reset), in expect after the last (absent tile: not compared)",
    "requests": "what the host posts, one at a time: command, argument words; their count goes between the two",
    "replies": "per request: status, answer words",
    "transactions": "per request: the accesses of the controller to MBX, MBXn and FLASH; null: not compared (set-up)",
}
LOW, HIGH = 10_000_000, 100_000_000  # pS, the default device
TIMES = host.pulse_times()
SHARE_LIMIT = 32768
CHIP = ("MBX", "FLASH", "CELL")  # blocks whose accesses are compared
Words = list[int]


class Numbers(Sampler):
    def signals(self, count: int, limit: int = 32767) -> list[int]:
        return self.integers(count, -limit - 1, limit)

    def sequence(self, steps: int, inputs: int, limit: int = 32767) -> list[list[int]]:
        return [self.signals(inputs, limit) for _ in range(steps)]


@dataclass
class Board:
    """A network and the chip it is on; `spare` adds word lines and columns to the LSTM's and the dense tile."""

    inputs: int = 3
    hidden: int = 2
    outputs: int = 2
    differential: bool = False
    spare: tuple[int, int, int, int] = (0, 0, 0, 0)
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Word lines and columns of both tiles."""
        rows, columns, dense_rows, dense_columns = self.spare
        return [(self.inputs + self.hidden + 1 + rows, 4 * self.hidden + columns),
                (self.hidden + 1 + dense_rows, self.outputs + dense_columns)]

    @property
    def kind(self) -> str:
        return "pairs" if self.differential else "reference"

    @property
    def bits(self) -> int:
        return 2 if self.differential else 1

    def chip(self) -> dict[str, Any]:
        chip: dict[str, Any] = {"tiles": [[rows, columns * self.bits] for rows, columns in self.sizes]}
        if self.differential:
            chip["synapse"] = "differential"
        return {**chip, **self.options}

    def configure(self, lstm_window: int = 256, dense_window: int = 256, headroom: int = 1) -> Words:
        return [host.CONFIGURE, self.inputs, self.hidden, self.outputs, lstm_window, dense_window, headroom]

    def cells(self, tile: int) -> int:
        rows, columns = self.sizes[tile]
        return rows * columns * self.bits

    @property
    def device(self) -> Device:
        return device_of(self.options.get("device", {"model": "vteam"}))

    def random(self, numbers: Numbers, low: int = 0, high: int = 0) -> dict[str, list[int]]:
        """Any conductances, of the device's range unless another is given."""
        low, high = low or self.device.lowest, high or self.device.highest
        return {str(tile): [numbers.integer(low, high) for _ in range(self.cells(tile))] for tile in range(2)}

    def extreme(self, numbers: Numbers) -> dict[str, list[int]]:
        """Only the ends of the range."""
        return {str(tile): [numbers.choice((LOW, HIGH)) for _ in range(self.cells(tile))] for tile in range(2)}

    def shares(self, tile: int, rows: Sequence[Sequence[int]]) -> list[int]:
        """Conductances of a network's weights, given as shares of the window; spare cells are in the middle."""
        lines, columns = self.sizes[tile]
        placed = []
        for row in range(lines):
            for column in range(columns):
                inside = row < len(rows) and column < len(rows[row])
                share = rows[row][column] if inside else 0
                placed += [conductance(share), conductance(-share)][: self.bits]
        return placed

    def random_shares(self, numbers: Numbers, limit: int = 24000) -> dict[str, list[int]]:
        """Weights within a part of the window."""
        return {str(tile): self.shares(tile, [[numbers.integer(-limit, limit) for _ in range(columns)]
                                              for _ in range(rows)]) for tile, (rows, columns) in enumerate(self.sizes)}

    def same(self, share: int) -> dict[str, list[int]]:
        """All weights alike."""
        return {str(tile): self.shares(tile, [[share] * columns] * rows)
                for tile, (rows, columns) in enumerate(self.sizes)}


def drawn_board(numbers: Numbers) -> Board:
    """Any small network, on tiles with lines to spare, behind any converters, with some of their imperfections."""
    imperfect = {"dacOffsetMicrovolts": numbers.sized(13), "dacInlMicrovolts": numbers.sized(13),
                 "adcOffsetMicrovolts": numbers.integer(1, 5000), "adcGainPpm": numbers.integer(1, 20000),
                 "readNoisePicosiemens": numbers.integer(1, 400000)}
    options = {"dacBits": numbers.integer(4, 12), "adcBits": numbers.integer(5, 16), "seed": numbers.word(),
               **{key: value for key, value in imperfect.items() if numbers.integer(0, 3) == 0}}
    inputs, hidden, outputs = numbers.integer(1, 6), numbers.integer(1, 4), numbers.integer(1, 4)
    rows, columns, dense_rows, dense_columns = numbers.integers(4, 0, 3)
    return Board(inputs, hidden, outputs, numbers.choice((False, True)), (rows, columns, dense_rows, dense_columns), options)


@dataclass
class Sides:
    """A chip with a network on each side; `more` tiles behind. What is not tiles is that of the first board."""

    first: Board
    second: Board
    more: list[list[int]] = field(default_factory=list)

    def chip(self) -> dict[str, Any]:
        chip = self.first.chip()
        return {**chip, "tiles": [*chip["tiles"], *self.second.chip()["tiles"], *self.more]}

    def cells(self, first: Mapping[str, list[int]], second: Mapping[str, list[int]]) -> dict[str, list[int]]:
        return {**first, **{str(int(tile) + 2): cells for tile, cells in second.items()}}

    def random(self, numbers: Numbers) -> dict[str, list[int]]:
        return self.cells(self.first.random(numbers), self.second.random(numbers))

    def random_shares(self, numbers: Numbers, limit: int = 24000) -> dict[str, list[int]]:
        return self.cells(self.first.random_shares(numbers, limit), self.second.random_shares(numbers, limit))


def conductance(share: int) -> int:
    return LOW + (HIGH - LOW) * (share + SHARE_LIMIT) // (2 * SHARE_LIMIT)


def circuits(shipped: str) -> list[Words]:
    """The requests that set a shipped pair of circuits."""
    assert shipped in CIRCUITS
    pieces = [circuit(shipped, function) for function in ("sigmoid", "tanh")]
    return [host.set_activation(bank, Circuit(*piece.rails, piece.segments)) for bank, piece in enumerate(pieces)]


@dataclass
class Scenario:
    note: str
    chip: dict[str, Any]
    requests: list[Words]
    conductances: Mapping[str, list[int]] = field(default_factory=dict)
    setup: int = 0  # the first requests, whose transactions are not compared
    unseen: Collection[int] = ()  # further requests whose transactions are not compared
    tiles: Collection[int] = ()  # whose conductances are compared at the end
    gradients: bool = False
    accesses: Mapping[str, list[str]] = field(default_factory=dict)  # of the bench, before a request

    def case(self, mutations: Collection[str] = ()) -> dict[str, Any]:
        given: dict[str, Any] = {"chip": self.chip, "conductances": dict(self.conductances), "requests": self.requests}
        if self.accesses:
            given["accesses"] = dict(self.accesses)
        return {"note": self.note, "given": given, "expect": self.expect(mutations)}

    def expect(self, mutations: Collection[str]) -> dict[str, Any]:
        chip = Chip(self.chip)
        for tile, cells in self.conductances.items():
            chip.place(int(tile), cells)
        parts = mutated(mutations)
        mailbox: Mailbox = parts[Mailbox](ChipBus(chip), parts)
        replies, transactions = [], []
        for index, request in enumerate(self.requests):
            chip.run(self.accesses.get(str(index), []))
            reply, accesses = post(chip, mailbox, request)
            compared = index >= self.setup and index not in self.unseen
            replies.append(reply)
            transactions.append(accesses if compared else None)
        expect: dict[str, Any] = {"replies": replies, "transactions": transactions,
                                  "conductances": {str(tile): chip.conductances(tile) for tile in self.tiles}}
        if self.gradients and mailbox.controller.trainer:
            state = mailbox.controller.trainer.state
            expect["gradients"] = {"lstm": state.lstm.gradients, "dense": state.dense.gradients}
        return expect


class ChipBus:
    """Registers by name."""

    def __init__(self, chip: Chip) -> None:
        self.chip = chip

    def write(self, register: str, value: int) -> None:
        self.chip.write(address(register), value)

    def read(self, register: str) -> int:
        return self.chip.read(address(register))


def post(chip: Chip, mailbox: Mailbox, request: Words) -> tuple[Words, list[str]]:
    """One request; its reply, and the controller's accesses to the chip."""
    seen, answered = len(chip.transactions), len(chip.sent)
    chip.post([request[0], len(request) - 1, *request[1:]])
    mailbox.serve()
    texts = [access.text() for access in chip.transactions[seen:] if access.name.startswith(CHIP)]
    return chip.sent[answered:], texts


def evaluated(scenarios: Sequence[Scenario], mutations: Collection[str]) -> list[dict[str, Any]]:
    return [scenario.case(mutations) for scenario in scenarios]

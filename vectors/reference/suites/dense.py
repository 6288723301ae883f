"""The output layer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from firmware import host
from suites._controller import FIELDS, Board, Numbers, Scenario, circuits, drawn_board, evaluated

KIND = "firmware"
PURPOSE = ("Codes of the hidden state, scale with headroom, conversion at every resolution, winner and outputs of the "
           "linear layer, and its weights as read.")
SPECIFICATION = {"firmware": "1, 3, 5.6, 6.4 to 6.6", "devices": "8"}

SHAPES = [(1, 1, 1), (1, 1, 2), (1, 2, 3), (2, 3, 5), (2, 4, 4), (1, 5, 7)]
READ = [host.READ_WEIGHTS, 1, 0]


def scenario(note: str, board: Board, conductances: dict[str, list[int]], requests: Sequence[list[int]],
             window: int = 256, headroom: int = 1, compared: bool = False) -> Scenario:
    """The configuration is compared where it matters, plan circuits are set."""
    before = [*circuits("plan"), board.configure(256, window, headroom)]
    return Scenario(note, board.chip(), before + list(requests), conductances, setup=2 if compared else 3)


def shapes() -> list[Scenario]:
    found = []
    for index, (inputs, hidden, outputs) in enumerate(SHAPES):
        for differential in (False, True):
            numbers, board = Numbers(1000 + index), Board(inputs, hidden, outputs, differential)
            found.append(scenario(f"{inputs}-{hidden}-{outputs}, {board.kind}", board, board.random(numbers),
                                  [host.infer(numbers.sequence(1, inputs)), READ]))
    return found


def scales() -> list[Scenario]:
    found = []
    for headroom in range(9):
        numbers, board = Numbers(1100 + headroom), Board(1, 3, 3, headroom % 2 == 1)
        found.append(scenario(f"headroom {headroom}", board, board.random(numbers), [host.infer([[20000], [-9000]])],
                              headroom=headroom, compared=True))
    for index, (window, headroom) in enumerate([(1, 0), (1, 8), (3, 2), (100, 0), (255, 3), (777, 1), (43, 8), (211, 6),
                                                (234, 6), (65535, 0), (65535, 8)]):
        numbers, board = Numbers(1120 + index), Board(1, 2, 2, index % 2 == 1)
        found.append(scenario(f"window {window}/256, headroom {headroom}", board, board.random(numbers),
                              [host.infer([[-30000]]), READ], window, headroom, compared=True))
    return found


def converters() -> list[Scenario]:
    found = []
    for bits in range(4, 13):
        numbers, board = Numbers(1200 + bits), Board(1, 3, 3, options={"dacBits": bits})
        found.append(scenario(f"DAC of {bits} bits", board, board.random(numbers),
                              [host.infer([[30000], [9000]]), READ],
                              compared=True))
    for bits in range(5, 17):
        numbers, board = Numbers(1220 + bits), Board(1, 3, 3, bits % 3 == 0, options={"adcBits": bits})
        found.append(scenario(f"ADC of {bits} bits", board, board.random(numbers),
                              [host.infer([[30000], [9000]]), READ]))
    return found


def ranges() -> list[Scenario]:
    """Devices whose ranges need feedback resistors of more than 24 bits, up to the limit of 32, or are odd in nS."""
    found = []
    for index, (name, window) in enumerate([("neurosim-taox-tio2", 256), ("neurosim-ag-si", 256), ("neurosim-pcmo", 700),
                                            ("neurosim-ag-si", 65535), ("umass", 256), ("neurosim-taox-tio2", 65535)]):
        numbers = Numbers(1260 + index)
        board = Board(1, 2, 2, index % 3 == 2, options={"device": {"model": name}})
        found.append(scenario(f"{name}, window {window}/256", board, board.random(numbers),
                              [host.infer([[20000], [-9000]]), READ], window, headroom=0, compared=True))
    return found


def winners() -> list[Scenario]:
    """Equal outputs, and outputs at the rails."""
    found = []
    for note, columns in (("all alike", [9000] * 4), ("the last two alike", [0, -500, 9000, 9000]),
                          ("all negative", [-9000, -8000, -20000, -8000]), ("all zero", [0] * 4),
                          ("all at the upper rail", [32767] * 4), ("all at the lower rail", [-32768] * 4),
                          ("first and last alike", [5000, 100, 200, 5000])):
        board = Board(1, 2, 4)
        placed = {**board.same(0), "1": board.shares(1, [[0] * 4, [0] * 4, columns])}
        window = 8192 if "rail" in note else 256
        found.append(scenario(f"bias weights {note}", board, placed, [host.infer([[1000]])], window, headroom=0))
    return found


def spare_lines() -> list[Scenario]:
    found = []
    for spare in ((0, 0, 1, 0), (0, 0, 0, 3), (0, 0, 5, 5), (2, 2, 2, 1)):
        for differential in (False, True):
            numbers, board = Numbers(1300 + sum(spare)), Board(1, 2, 3, differential, spare)
            found.append(scenario(f"tiles with {spare} spare lines and columns, {board.kind}", board,
                                  board.random(numbers), [host.infer([[-7000]]), READ, [host.READ_WEIGHTS, 0, 0]]))
    return found


def readings() -> list[Scenario]:
    """Weights as read, with the mean of several readings."""
    found = []
    for samples in range(4):
        numbers = Numbers(1400 + samples)
        board = Board(1, 1, 3, samples == 2,
                      options={"readNoisePicosiemens": 400000, "seed": 9 + samples, "adcBits": 16})
        found.append(scenario(f"{1 << samples} noisy readings", board, board.random(numbers),
                              [[host.READ_WEIGHTS, 1, samples]]))
    for share in (-32768, -32767, -1, 0, 1, 32767):
        board = Board(1, 1, 3, share in (-1, 32767), options={"adcBits": 16, "dacBits": 12})
        found.append(scenario(f"every weight at share {share}", board, board.same(share), [READ]))
    numbers, board = Numbers(1420), Board(1, 2, 3, options={"adcOffsetMicrovolts": 60000, "adcGainPpm": 90000})
    found.append(scenario("readings beyond the window", board, board.extreme(numbers), [READ]))
    return found


def predictions() -> list[Scenario]:
    found = []
    for index, (inputs, hidden, outputs) in enumerate(SHAPES):
        numbers, board = Numbers(1500 + index), Board(inputs, hidden, outputs, index % 2 == 0)
        sequence = host.infer(numbers.sequence(2, inputs), host.PREDICT)
        found.append(scenario(f"{inputs}-{hidden}-{outputs}, an output at every step", board, board.random(numbers),
                              [sequence]))
    return found


def scenarios() -> list[Scenario]:
    return [*shapes(), *scales(), *converters(), *winners(), *spare_lines(), *readings(), *predictions(), *ranges()]


def draw(numbers: Numbers) -> dict[str, Any]:
    board = drawn_board(numbers)
    requests = [host.infer(numbers.sequence(numbers.integer(1, 3), board.inputs), numbers.choice((host.INFER, host.PREDICT))),
                [host.READ_WEIGHTS, 1, numbers.integer(0, 3)]]
    return scenario("drawn", board, board.random(numbers), requests, numbers.integer(1, 2048), numbers.integer(0, 8), True).case()


def cases(mutations: Collection[str] = ()) -> list[dict[str, Any]]:
    return evaluated(scenarios(), mutations)

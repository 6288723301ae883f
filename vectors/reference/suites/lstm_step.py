"""Time steps of the recurrent layer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from firmware import host
from suites._controller import FIELDS, Board, Numbers, Scenario, circuits, drawn_board, evaluated

KIND = "firmware"
PURPOSE = ("Codes of the word lines, order of gates, cell state with one rounding and saturation, tanh of the cell and "
           "hidden state, for both synapses, all circuits and converters, over several steps.")
SPECIFICATION = {"firmware": "1, 2.3, 3, 6.1 to 6.3"}

SHAPES = [(3, 2, 2), (5, 3, 3), (1, 1, 2), (2, 4, 1), (4, 1, 3), (6, 5, 2)]
EDGES = [-32768, -32767, -16385, -16384, -129, -1, 0, 1, 128, 16384, 32766, 32767]


def sequences(board: Board, numbers: Numbers, steps: int, limit: int = 32767) -> list[list[int]]:
    return [host.infer(numbers.sequence(steps, board.inputs, limit))]


def scenario(note: str, board: Board, conductances: dict[str, list[int]], requests: list[list[int]],
             setup: list[list[int]] = [], window: int = 256) -> Scenario:
    """The configuration is not compared."""
    before = [board.configure(window), *setup]
    return Scenario(note, board.chip(), before + requests, conductances, setup=len(before))


def configured() -> list[Scenario]:
    """With every access of the configuration compared."""
    found = []
    for index, (inputs, hidden, outputs) in enumerate(SHAPES):
        for differential in (False, True):
            numbers = Numbers(100 + index)
            board = Board(inputs, hidden, outputs, differential)
            requests = [board.configure(), *sequences(board, numbers, 2)]
            found.append(Scenario(f"{inputs}-{hidden}-{outputs}, {board.kind}, any conductances", board.chip(),
                                  requests, board.random(numbers)))
    return found


def converters() -> list[Scenario]:
    found = []
    for bits in range(4, 13):
        numbers, board = Numbers(200 + bits), Board(options={"dacBits": bits})
        found.append(scenario(f"DAC of {bits} bits", board, board.random(numbers), sequences(board, numbers, 3)))
    for bits in range(5, 17):
        numbers, board = Numbers(220 + bits), Board(options={"adcBits": bits})
        found.append(scenario(f"ADC of {bits} bits", board, board.random(numbers), sequences(board, numbers, 3)))
    for seed in range(4):
        numbers, board = Numbers(250 + seed), Board(2, 4, 1, seed == 3, options={"adcBits": 16, "dacBits": 12})
        found.append(scenario(f"the finest converters, {seed}", board, board.random(numbers),
                              sequences(board, numbers, 4), circuits("equalRipple")))
    for bits in (5, 8, 16):
        numbers, board = Numbers(240 + bits), Board(1, 3, 1, True, options={"adcBits": bits, "dacBits": 10})
        found.append(scenario(f"ADC of {bits} bits behind pairs", board, board.random(numbers),
                              sequences(board, numbers, 3), circuits("plan")))
    return found


def activations() -> list[Scenario]:
    found = []
    for shipped in ("hard", "fiveSegment", "plan", "equalRipple"):
        for window in (256, 700, 2048):
            numbers, board = Numbers(300 + window), Board(2, 2, 1)
            found.append(scenario(f"{shipped} circuits, window {window}/256", board, board.random(numbers),
                                  sequences(board, numbers, 3), circuits(shipped), window))
    for window in (1, 7, 65535):
        numbers, board = Numbers(330 + window), Board(2, 1, 1)
        found.append(scenario(f"window {window}/256", board, board.random(numbers), sequences(board, numbers, 2),
                              window=window))
    return found


def saturating() -> list[Scenario]:
    """Cells that leave 8."""
    found = []
    for sign, gates in ((1, (1, 1, 1, 1)), (-1, (1, 1, -1, 1)), (-1, (1, 1, -1, -1)), (1, (1, -1, 1, 1))):
        for differential in (False, True):
            board = Board(1, 1, 1, differential)
            row = [32767 * gate for gate in gates]
            placed = {"0": board.shares(0, [row, [0] * 4, row])}
            sequence = [[32767] if step % 6 else [32767 - 77 * step] for step in range(11)]
            found.append(scenario(f"gates i f g o toward {gates}, {board.kind}, the cell grows", board, placed,
                                  [host.infer(sequence)], window=1024))
    numbers, board = Numbers(350), Board(1, 2, 1)
    found.append(scenario("extreme conductances", board, board.extreme(numbers), [host.infer([[32767]] * 10)],
                          window=900))
    for seed in (351, 352, 353):
        numbers, board = Numbers(seed), Board(2, 3, 2, seed == 353)
        found.append(scenario(f"extreme conductances, any inputs {seed}", board, board.extreme(numbers),
                              sequences(board, numbers, 4), window=512))
    return found


def edges() -> list[Scenario]:
    found = []
    for bits in (4, 8, 12):
        numbers, board = Numbers(400 + bits), Board(1, 2, 1, options={"dacBits": bits, "adcBits": 16})
        found.append(scenario(f"inputs at the ends and at ties of a DAC of {bits} bits", board,
                              board.random_shares(numbers, 9000), [host.infer([[edge] for edge in EDGES])]))
    ties = [[(2 * code + 1) * 32768 // 254 + step] for code in (-100, -2, -1, 0, 1, 99) for step in (0, 1)]
    numbers, board = Numbers(410), Board(1, 1, 1)
    found.append(scenario("inputs about half a DAC code", board, board.random(numbers), [host.infer(ties)]))
    return found


def spare_lines() -> list[Scenario]:
    found = []
    for spare in ((1, 0, 0, 0), (4, 3, 1, 2), (0, 9, 0, 0), (7, 12, 3, 3), (2, 25, 0, 0)):
        for differential in (False, True):
            numbers = Numbers(500 + sum(spare))
            board = Board(3, 2, 2, differential, spare)
            requests = [board.configure(), *sequences(board, numbers, 2)]
            found.append(Scenario(f"tiles with {spare} spare lines and columns, {board.kind}", board.chip(), requests,
                                  board.random(numbers, 20_000_000, 90_000_000)))
    numbers, board = Numbers(530), Board(2, 1, 2, spare=(4, 6, 2, 2))
    small = [host.CONFIGURE, 1, 1, 1, 256, 256, 1]
    found.append(Scenario("a smaller network after a larger one on the same tiles", board.chip(),
                          [board.configure(), host.infer([[30000, -30000]]), [host.ERASE, 1], small,
                           host.infer([[12345]])],
                          board.random(numbers), unseen=(2,)))
    return found


def imperfect() -> list[Scenario]:
    options: list[dict[str, Any]] = [
        {"dacOffsetMicrovolts": 4000}, {"dacOffsetMicrovolts": -9000, "dacBits": 5}, {"dacInlMicrovolts": 3000},
        {"dacInlMicrovolts": -2500, "dacBits": 10}, {"adcOffsetMicrovolts": 2000}, {"adcGainPpm": 20000},
        {"adcOffsetMicrovolts": 1500, "adcGainPpm": 9000, "seed": 77}, {"readNoisePicosiemens": 200000, "seed": 5},
        {"readNoisePicosiemens": 900000, "seed": 2**63 + 11, "adcBits": 14},
    ]
    found = []
    for index, option in enumerate(options):
        numbers, board = Numbers(600 + index), Board(2, 2, 2, index % 2 == 1, options=option)
        found.append(scenario(", ".join(f"{key} {value}" for key, value in option.items()),
                              board, board.random(numbers), sequences(board, numbers, 3), circuits("equalRipple")))
    return found


def resets() -> list[Scenario]:
    """State does not outlive a request."""
    found = []
    for index, (inputs, hidden, outputs) in enumerate(SHAPES[:4]):
        numbers, board = Numbers(700 + index), Board(inputs, hidden, outputs)
        sequence = numbers.sequence(2, inputs)
        found.append(scenario(f"{inputs}-{hidden}-{outputs}, the same sequence twice", board, board.random(numbers),
                              [host.infer(sequence), host.infer(sequence)], circuits("plan")))
    return found


def scenarios() -> list[Scenario]:
    return [*configured(), *converters(), *activations(), *saturating(), *edges(), *spare_lines(), *imperfect(),
            *resets()]


def draw(numbers: Numbers) -> dict[str, Any]:
    board = drawn_board(numbers)
    shipped, window = numbers.choice(("hard", "fiveSegment", "plan", "equalRipple")), numbers.integer(1, 2048)
    return scenario("drawn", board, board.random(numbers), sequences(board, numbers, numbers.integer(1, 5)),
                    circuits(shipped), window).case()


def cases(mutations: Collection[str] = ()) -> list[dict[str, Any]]:
    return evaluated(scenarios(), mutations)

"""A controller on a chip with windows, with a cell unit, and with both."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import product
from typing import Any

from chip.piecewise import CIRCUITS
from firmware import host
from firmware.training.state import (ACCUMULATE, ERROR_FEEDBACK, FIXED_VOLTAGE, LINEAR, READ_BACK, READ_TRANSPOSED, SQUARED_ERROR, TARGET)
from suites import _controller
from suites._controller import TIMES, Board, Numbers, Scenario, Sides, circuits, drawn_board, evaluated
from suites._record import BOOT, COMMIT
from suites._training import EXPORT, Training
from suites._training import scenario as trained
from suites.scrub import pulses, scrub

KIND = "firmware"
PURPOSE = ("A controller that passes asks each chip what it has more, and uses it: signals and pairs of widths by windows, sequences by the "
           "cell unit; with the answers, conductances and draws of a chip without.")
SPECIFICATION = {"firmware": "1 to 7, 10 to 13"}
FIELDS = {**_controller.FIELDS,
          "transactions": "per request: the accesses of the controller to MBX, MBXn, FLASH and CELL; null: not compared (set-up)",
          "accesses": "optional: bus accesses of the test bench right before the request of this index",
          "gradients": "after the last request: row-major sums of both layers, 2^-14 of error times code"}
KINDS = ("windows", "cell", "windows+cell")
SHAPES = ((3, 2, 2), (2, 3, 3), (1, 1, 1), (4, 1, 2), (5, 3, 1), (6, 2, 2))
PULSES = host.set_pulse_times(TIMES)


def with_features(board: Board, features: str) -> Board:
    return replace(board, options={**board.options, "features": features})


def signals(board: Board, numbers: Numbers, steps: int, command: int = host.INFER, limit: int = 32767) -> list[int]:
    return host.infer(numbers.sequence(steps, board.inputs, limit), command)


def served(board: Board, numbers: Numbers, steps: int = 2) -> list[list[int]]:
    """An inference, a prediction, and another inference."""
    return [signals(board, numbers, steps), signals(board, numbers, 2, host.PREDICT), signals(board, numbers, 1)]


def shapes() -> list[Scenario]:
    """Even and odd inputs and cells, both synapses; every access."""
    found = []
    for index, (shape, features) in enumerate(product(SHAPES, KINDS)):
        numbers, board = Numbers(8000 + index), with_features(Board(*shape, index % 2 == 1), features)
        found.append(Scenario(f"{features}, {shape[0]}-{shape[1]}-{shape[2]}, {board.kind}", board.chip(),
                              [board.configure(512), *served(board, numbers)], board.random(numbers)))
    return found


def converters() -> list[Scenario]:
    found = []
    for index, (dac, adc) in enumerate(((4, 16), (5, 5), (6, 15), (7, 9), (9, 8), (10, 14), (12, 13), (11, 7))):
        numbers, features = Numbers(8100 + index), KINDS[index % 3]
        options = {"dacBits": dac, "adcBits": adc, "readNoisePicosiemens": 30000 * (index % 2), "seed": 80 + index, "features": features}
        board = Board(3, 2, 2, index % 4 > 1, options=options)
        found.append(Scenario(f"{features}, DAC of {dac} bits, ADC of {adc} bits, {board.kind}", board.chip(),
                              [board.configure(400), *circuits(CIRCUITS[index % 4]), *served(board, numbers)], board.random(numbers), setup=3))
    return found


def spare() -> list[Scenario]:
    """Tiles larger than the network; networks in turn on them."""
    found = []
    for index, features in enumerate(KINDS):
        numbers, board = Numbers(8150 + index), with_features(Board(3, 2, 2, index == 1, (4, 5, 3, 2)), features)
        smaller = [host.CONFIGURE, 2, 1, 1, 256, 256, 1]
        requests = [board.configure(), *served(board, numbers), smaller, host.infer([[30000, -30000], [1, 2]]), board.configure(),
                    signals(board, numbers, 2)]
        found.append(Scenario(f"{features}, spare lines, {board.kind}", board.chip(), requests, board.random(numbers)))
    return found


def extreme() -> list[Scenario]:
    """Cells that grow to their ends, inputs at theirs; sequences that begin anew."""
    found = []
    for index, features in enumerate(KINDS):
        numbers, board = Numbers(8200 + index), with_features(Board(1, 2, 1, options={"adcBits": 16}), features)
        found.append(Scenario(f"{features}, extreme conductances", board.chip(),
                              [board.configure(900), host.infer([[32767]] * 10), host.infer([[-32768]] * 3, host.PREDICT), host.infer([[0]])],
                              board.extreme(numbers), setup=1))
        board = with_features(Board(2, 1, 1, options={"dacBits": 4 + 4 * index, "adcBits": 16}), features)
        edges = [[-32768, 32767], [-16384, 16384], [-1, 1], [0, -32767], [16383, -16385]]
        requests = [board.configure(), host.infer(edges), host.infer(edges[::-1], host.PREDICT)]
        found.append(Scenario(f"{features}, inputs at ends and ties", board.chip(), requests, board.random_shares(numbers, 9000),
                              setup=1))
    return found


def made_ready() -> list[Scenario]:
    """Calibrated, programmed, read back, committed, started from the record, scrubbed."""
    found = []
    for index, (features, differential) in enumerate(product(KINDS, (False, True))):
        options = {"adcOffsetMicrovolts": 1200, "seed": index, "features": features}
        numbers, board = Numbers(8250 + index), Board(1, 1, 1, differential, options=options)
        rows = [[numbers.signals(columns, 20000) for _ in range(count)] for count, columns in ((3, 4), (2, 1))]
        requests = [board.configure(), [host.CALIBRATE, 1], PULSES, host.program(0, 250, 4, 0, rows[0]), host.program(1, 250, 4, 1, rows[1]),
                    [host.READ_WEIGHTS, 0, 1], [host.READ_WEIGHTS, 1, 0], *served(board, numbers), COMMIT, [host.IDENTIFY], BOOT,
                    signals(board, numbers, 1), scrub(), [host.ERASE, 1]]
        found.append(Scenario(f"{features}, made ready, {board.kind}", board.chip(), requests, board.random_shares(numbers), tiles=[0, 1],
                              accesses={"14": pulses(1, {2: -2500})}, unseen=(2,)))
    return found


def trainings() -> list[Scenario]:
    """Every rule, both losses and paths, both synapses; inference between the sequences and behind them."""
    rules = ((ACCUMULATE, 0, READ_TRANSPOSED), (LINEAR, SQUARED_ERROR, READ_TRANSPOSED), (FIXED_VOLTAGE, 0, READ_BACK), (TARGET, 0, READ_TRANSPOSED),
             (ERROR_FEEDBACK, 0, READ_TRANSPOSED), (ACCUMULATE, SQUARED_ERROR, READ_BACK))
    found = []
    for index, ((rule, loss, path), features) in enumerate(product(rules, KINDS)):
        if features == "cell" and index % 2:
            continue
        numbers, board = Numbers(8300 + index), with_features(Board(1 + index % 2, 1 + index // 3 % 2, 2, index % 3 != 0), features)
        training = Training(rule, loss, path, level_log2=5 if rule == TARGET else 7)
        sequences = training.sequences(board, numbers, (2, 1))
        requests = [sequences[0], signals(board, numbers, 2), sequences[1], EXPORT, signals(board, numbers, 1, host.PREDICT)]
        found.append(trained(f"{features}, {training.note}, {board.kind}", board, training, requests, board.random_shares(numbers),
                             compare_ready=path == READ_BACK))
    for index, features in enumerate(KINDS):
        numbers, board = Numbers(8350 + index), with_features(Board(3, 2, 2, index == 2, options={"dacBits": 10, "adcBits": 9}), features)
        training = Training(loss=index % 2, batch=9)
        found.append(trained(f"{features}, gradients, {training.note}", board, training, training.sequences(board, numbers, (3, 2)),
                             board.random_shares(numbers), gradients=True))
    return found


def on_sides() -> list[Scenario]:
    """Two networks on four tiles: each with the cells of its own."""
    found = []
    for index, features in enumerate(KINDS):
        numbers = Numbers(8400 + index)
        sides = Sides(with_features(Board(1, 2, 2), features), Board(2, 1, 1), [[3, 3]])
        first, second = sides.first, sides.second
        requests = [first.configure(300), [host.WORK_ON, 1], second.configure(400), signals(first, numbers, 2), [host.SWITCH_TO, 1],
                    *served(second, numbers), [host.CALIBRATE, 0], [host.SWITCH_TO, 0], *served(first, numbers)]
        found.append(Scenario(f"{features}, on both sides in turn", sides.chip(), requests, sides.random(numbers)))
        sides = Sides(with_features(Board(1, 1, 1), features), Board(3, 2, 2))
        training = Training()
        requests = [[host.WORK_ON, 1], sides.second.configure(512), PULSES, *training.words, [host.SWITCH_TO, 1], *served(sides.second, numbers),
                    *training.sequences(sides.second, numbers, (2,)), signals(sides.second, numbers, 1)]
        found.append(Scenario(f"{features}, trained on side 1 alone", sides.chip(), requests, sides.random_shares(numbers), setup=3, tiles=(2, 3)))
    return found


def hardware() -> list[Scenario]:
    """Errors of tiles and of the unit: what is looked at, what is told, what is left for the next request."""
    cut = ["W MBX0.UNLOCK 0x50524f47", "W MBX0.WATCHDOG 0x00000005", "W MBX0.UNLOCK 0x00000000"]
    whole = ["W MBX0.UNLOCK 0x50524f47", "W MBX0.WATCHDOG 0x00000000", "W MBX0.UNLOCK 0x00000000"]
    off, on = [f"W MBX0.SUPPLY 0x{word:08x}" for word in (1, 0)], ["W MBX0.SUPPLY 0x00000001", "advance 100000", "W MBX0.SUPPLY 0x00000003"]
    left = ["W CELL.START 0x00000000", "W CELL.CELLS 0x00000000"]
    found = []
    for features, note, before, behind in ((KINDS[1], "the unit had errors", left, []), (KINDS[2], "the unit had errors", left, []),
                                           (KINDS[1], "a reading is cut", cut, whole), (KINDS[2], "a reading is cut", cut, whole),
                                           (KINDS[1], "references are off", off, on),
                                           (KINDS[2], "references are off", off, on),
                                           (KINDS[0], "references are off", off, on),
                                           (KINDS[1], "the unit and a tile had errors", [*left, "W MBX1.START 0x00000000"], [])):
        numbers, board = Numbers(8450), with_features(Board(1, 1, 2), features)
        requests = [board.configure(), signals(board, numbers, 2), signals(board, numbers, 2), signals(board, numbers, 1), signals(board, numbers, 1)]
        found.append(Scenario(f"{features}, {note}", board.chip(), requests, board.random(numbers), setup=1,
                              accesses={"2": before, "3": behind} if behind else {"2": before}))
    numbers, board = Numbers(8460), with_features(Board(2, 1, 2), "cell")
    training = Training()
    requests = [board.configure(), PULSES, *training.words, signals(board, numbers, 1, host.PREDICT), *training.sequences(board, numbers, (1,)),
                board.configure(), signals(board, numbers, 1), signals(board, numbers, 1)]
    found.append(Scenario("cell, the unit's errors are looked at by infer alone", board.chip(), requests, board.random_shares(numbers), setup=4,
                          accesses={"4": left}))
    return found


def statuses() -> list[Scenario]:
    """Nothing is written before the checks are passed; words that are too few or too many."""
    found = []
    for features in KINDS:
        board = with_features(Board(1, 1, 2), features)
        infer = host.infer([[5000]])
        wrong = [[7, 0], [7, 2, 1], [7], [15, 0], [15, 1], [15, 2, 3], [7, 1, 2, 3]]
        requests = [infer, board.configure(), infer, *wrong, infer, [2, 9, 9, 9, 256, 256, 1], infer]
        found.append(Scenario(f"{features}, refused requests", board.chip(), requests, board.same(6000)))
    numbers, board = Numbers(8481), Board(3, 2, 2)
    found.append(Scenario("neither: nothing is asked", board.chip(), [board.configure(), *served(board, numbers)], board.random(numbers)))
    numbers, board = Numbers(8480), with_features(Board(28, 16, 10), "windows+cell")
    found.append(Scenario("windows+cell, 28-16-10", board.chip(), [board.configure(), signals(board, numbers, 2)], board.random(numbers)))
    return found


def scenarios() -> list[Scenario]:
    return [*shapes(), *converters(), *spare(), *extreme(), *made_ready(), *trainings(), *on_sides(), *hardware(), *statuses()]


def draw(numbers: Numbers) -> dict[str, Any]:
    """Sequences by both requests, with a training between them at times."""
    board = with_features(drawn_board(numbers), numbers.choice(KINDS))
    window, steps = numbers.integer(1, 2048), numbers.integer(1, 4)
    requests = [board.configure(window), *circuits(numbers.choice(CIRCUITS)), *served(board, numbers, steps)]
    if numbers.integer(0, 2) == 0:
        training = Training(numbers.integer(0, 4), numbers.integer(0, 1), numbers.integer(0, 1))
        requests += [PULSES, *training.words, *training.sequences(board, numbers, (2,)), EXPORT, *served(board, numbers)]
    return Scenario("drawn", board.chip(), requests, board.random(numbers), setup=3, tiles=[0, 1]).case()


def cases(mutations: Collection[str] = ()) -> list[dict[str, Any]]:
    return evaluated(scenarios(), mutations)

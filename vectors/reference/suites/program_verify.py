"""Weights programmed by pulses and readings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from firmware import host
from suites._controller import FIELDS, TIMES, Board, Numbers, Scenario, evaluated

KIND = "firmware"
PURPOSE = ("Pulse widths from the table of times, damping, settling, limits of rounds, the preparation of pairs "
           "and the report, with devices that obey the table and devices that do not.")
SPECIFICATION = {"firmware": "4, 5", "devices": "8"}

Rows = Sequence[Sequence[int]]


def targets(numbers: Numbers, rows: int, columns: int, limit: int = 30000) -> list[list[int]]:
    return [[numbers.integer(-limit, limit) for _ in range(columns)] for _ in range(rows)]


def scenario(note: str, board: Board, program: list[int], conductances: dict[str, list[int]] = {},
             times: Sequence[int] = TIMES, following: Sequence[list[int]] = (), window: int = 256) -> Scenario:
    requests = [board.configure(window, window), host.set_pulse_times(times), program, *following]
    return Scenario(note, board.chip(), requests, conductances, setup=2, tiles=[program[1]])


def scaled(part: float) -> list[int]:
    """Times that are wrong by a factor."""
    return [int(time * part) for time in TIMES]


def layers() -> list[Scenario]:
    found = []
    for inputs, hidden, outputs in ((1, 1, 2), (2, 1, 1), (1, 2, 3), (3, 2, 2), (1, 3, 1)):
        for differential in (False, True):
            for layer in (0, 1):
                if layer == 0 and hidden > 1 and differential:
                    continue
                numbers = Numbers(3000 + inputs * 16 + hidden * 4 + layer)
                board = Board(inputs, hidden, outputs, differential)
                shape = (inputs + hidden + 1, 4 * hidden) if layer == 0 else (hidden + 1, outputs)
                program = host.program(layer, 131, 8, 0, targets(numbers, *shape))
                start = {} if inputs == 1 else board.random(numbers)
                found.append(scenario(f"{inputs}-{hidden}-{outputs}, {board.kind}, layer {layer}", board, program,
                                      start))
    return found


def plans() -> list[Scenario]:
    found = []
    for tolerance, rounds, samples in ((0, 6, 0), (8, 12, 1), (31, 3, 2), (131, 1, 0), (400, 40, 3), (3000, 40, 0),
                                       (32767, 40, 0), (0, 1, 0), (64, 2, 1)):
        for differential in (False, True):
            numbers, board = Numbers(3100 + tolerance), Board(1, 1, 3, differential, options={"adcBits": 16})
            program = host.program(1, tolerance, rounds, samples, targets(numbers, 2, 3))
            found.append(scenario(f"tolerance {tolerance}, {rounds} rounds, {1 << samples} readings, {board.kind}",
                                  board, program, board.random(numbers)))
    return found


def ends() -> list[Scenario]:
    """Targets at the ends and in the middle of the range, from either end."""
    found = []
    rows = [[-32768, 32767, 0], [-1, 1, 32767]]
    for differential in (False, True):
        for share in (-32768, 0, 32767):
            board = Board(1, 1, 3, differential, options={"adcBits": 14})
            found.append(scenario(f"{board.kind} from share {share} to the ends", board,
                                  host.program(1, 40, 6, 0, rows),
                                  board.same(share)))
    for differential in (False, True):
        options = {"adcBits": 16, "adcGainPpm": 60000, "adcOffsetMicrovolts": 20000, "seed": 25}
        board = Board(1, 1, 4, differential, options=options)
        placed = {"1": board.shares(1, [[-32768] * 4, [32767] * 4])}
        found.append(scenario(f"{board.kind} read as beyond the ends, targets at the ends", board,
                              host.program(1, 0, 3, 0, [[-32768] * 4, [32767] * 4]), placed))
    board = Board(1, 1, 3, options={"adcBits": 14})
    rows = [[1001, 1000, 999], [1002, 998, 2000]]
    found.append(scenario("targets about the present weights", board, host.program(1, 0, 3, 0, rows), board.same(1000)))
    return found


def wrong_times() -> list[Scenario]:
    """Too long, pulses overshoot and are damped; too short, they grow."""
    found = []
    for part in (0.02, 0.1, 0.4, 2.0, 6.0, 40.0):
        numbers, board = Numbers(3200), Board(1, 1, 2, options={"adcBits": 14})
        found.append(scenario(f"times {part} of the device's", board,
                              host.program(1, 60, 14, 0, targets(numbers, 2, 2, 20000)), board.random(numbers),
                              times=scaled(part)))
    for part in (0.49, 0.5, 0.51):
        numbers, board = Numbers(3205), Board(1, 1, 8, options={"adcBits": 16, "dacBits": 12})
        rows = [[target | row for target in numbers.integers(8, -600, 600)] for row in (0, 1)]
        found.append(scenario(f"times {part} of the device's, errors that halve", board, host.program(1, 0, 7, 0, rows),
                              board.same(0), times=scaled(part)))
    limit, falling = [0x3FFFFFFF * (k > 32) for k in range(65)], [TIMES[64::-1], TIMES[:64:-1]]
    tables = {"all zero but one": [0] * 65 + [17] + [0] * 64, "at their limit": [*limit, 17, *limit[1:]],
              "falling where they should rise": [*falling[0], 17, *falling[1][1:]],
              "all zero": [0] * 130, "at their limit, abrupt": [*limit, 16, *limit[1:]],
              "of one sixteenth": list(range(65)) + list(range(64, -1, -1))}
    for note, times in tables.items():
        for differential in (False, True):
            numbers, board = Numbers(3210), Board(1, 1, 2, differential, options={"adcBits": 14})
            found.append(scenario(f"times {note}, {board.kind}", board,
                                  host.program(1, 60, 5, 0, targets(numbers, 2, 2, 20000)), board.random(numbers),
                                  times))
    return found


def varying() -> list[Scenario]:
    options: list[dict[str, Any]] = [
        {"deviceToDevice": 0.3, "seed": 11}, {"cycleToCycle": 0.3, "seed": 12},
        {"readNoisePicosiemens": 1000000, "seed": 13},
        {"deviceToDevice": 0.2, "cycleToCycle": 0.1, "readNoisePicosiemens": 400000, "seed": 14},
        {"adcOffsetMicrovolts": 20000, "seed": 15}, {"adcGainPpm": 60000, "seed": 16}, {"dacOffsetMicrovolts": 5000},
        {"dacBits": 4}, {"dacBits": 12, "adcBits": 16}, {"adcBits": 5}, {"adcBits": 8},
    ]
    found = []
    for index, option in enumerate(options):
        numbers, board = Numbers(3300 + index), Board(1, 1, 2, index % 2 == 1, options=option)
        program = host.program(1, host.default_tolerance(option.get("adcBits", 12)), 9, index % 3,
                               targets(numbers, 2, 2))
        found.append(scenario(", ".join(f"{key} {value}" for key, value in option.items()), board, program,
                              board.random(numbers)))
    for seed in range(4):
        options_noisy = {"readNoisePicosiemens": 3000000, "seed": 30 + seed}
        numbers, board = Numbers(3350 + seed), Board(1, 1, 3, seed == 3, options=options_noisy)
        found.append(scenario(f"noise about the tolerance, seed {30 + seed}", board,
                              host.program(1, 700, 8, 0, targets(numbers, 2, 3, 20000)), board.random(numbers)))
    return found


def spare_lines() -> list[Scenario]:
    found = []
    for spare in ((0, 0, 2, 0), (0, 0, 0, 2), (1, 1, 1, 1)):
        for differential in (False, True):
            numbers, board = Numbers(3400 + sum(spare)), Board(1, 1, 3, differential, spare)
            found.append(scenario(f"tiles with {spare} spare lines and columns, {board.kind}", board,
                                  host.program(1, 200, 4, 0, targets(numbers, 2, 3)), board.random(numbers),
                                  following=[[host.READ_WEIGHTS, 1, 0]]))
    return found


def erased() -> list[Scenario]:
    found = []
    for layer in (0, 1):
        numbers, board = Numbers(3500), Board(1, 1, 2, layer == 1)
        found.append(scenario(f"layer {layer} erased after programming", board,
                              host.program(1, 300, 5, 0, targets(numbers, 2, 2)), board.random(numbers),
                              following=[[host.ERASE, layer], [host.READ_WEIGHTS, layer, 0]]))
    return found


def refused() -> list[Scenario]:
    board = Board(1, 1, 2)
    rows = [[100, 200], [300, 400]]
    program, times = host.program(1, 300, 2, 0, rows), host.set_pulse_times(TIMES)
    bad = [[6, 2, 1, 1, 0, 7, 8], [6, 1, 32768, 1, 0, 7], [6, 1, 1, 0, 0, 7], [6, 1, 1, 65536, 0, 7],
           [6, 1, 1, 1, 9, 7],
           program[:-1], [*program, 5], program[:3], [6], [5], times[:-1], [*times, 2], [*times, 0, 0], [9], [9, 2], [9, 0, 0],
           [8, 0, 9],
           [8, 2, 0], [8, 0], [8, 0, 0, 0]]
    ready = [board.configure(), program, times, program, *bad, program]
    late = [times[:100] + [0x40000000] + times[101:], program, [*times, 2], program, [*times, 0], program, [8, 1, 0]]
    return [Scenario("refused before configuration", board.chip(), [program, times, program, [9, 0], [8, 0, 0]]),
            Scenario("refused without pulse times and with bad words", board.chip(), ready, setup=1, tiles=[1]),
            Scenario("a pulse time beyond its limit", board.chip(), [board.configure(), *late], setup=1, tiles=[1])]


def devices() -> list[Scenario]:
    """Noisy and abrupt devices: two passes from the bottom, tolerances that widen, damping after an overshoot."""
    found = []
    plans = [("umass", 300, 6), ("umass", 600, 24), ("umass", 700, 16), ("umass", 0, 2), ("neurosim-alox", 500, 24),
             ("neurosim-alox", 700, 16), ("neurosim-alox", 200, 15), ("neurosim-alox", 900, 40), ("measured", 700, 16),
             ("neurosim-pcmo", 150, 18)]
    for index, (model, tolerance, rounds) in enumerate(plans):
        numbers = Numbers(3600 + index)
        board = Board(1, 1, 2, index % 2 == 1, options={"device": {"model": model}, "adcBits": 14, "seed": 60 + index})
        program = host.program(1, tolerance, rounds, 0, targets(numbers, 2, 2))
        found.append(scenario(f"{model}, tolerance {tolerance}, {rounds} rounds, {board.kind}", board, program,
                              board.random(numbers), host.noisy_pulse_times(model)))
    for model in ("umass", "neurosim-alox"):
        numbers, board = Numbers(3620), Board(1, 1, 2, options={"device": {"model": model}, "seed": 77})
        found.append(scenario(f"{model}, not said to be noisy", board, host.program(1, 400, 16, 0, targets(numbers, 2, 2)),
                              board.random(numbers), host.pulse_times(model)))
    return found


def scenarios() -> list[Scenario]:
    return [*layers(), *plans(), *ends(), *wrong_times(), *varying(), *spare_lines(), *erased(), *refused(), *devices()]


def cases(mutations: Collection[str] = ()) -> list[dict[str, Any]]:
    return evaluated(scenarios(), mutations)

"""Training: losses, gradients, updates."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from firmware import host
from firmware.arithmetic import half_up
from firmware.training.slopes import Circuit
from firmware.training.state import ACCUMULATE, FIXED_VOLTAGE, LINEAR, READ_BACK, SQUARED_ERROR, TARGET
from suites import _controller
from suites._controller import TIMES, Board, Numbers, Scenario, circuits, evaluated
from suites._training import EXPORT, PATH_NAMES, Training, memory, scenario
from suites._training_feedback import feedback
from suites._training_updates import batches, imperfect, pulses

KIND = "firmware"
PURPOSE = ("Loss, back-propagated errors and gradients of sequences, momentum, batches, truncation, and the "
           "pulses of the five rules, with both losses and both ways of carrying errors back; rates that fall from "
           "update to update; debts of weights and what is given up; the state exported, imported and told.")
SPECIFICATION = {"firmware": "7"}
FIELDS = {**_controller.FIELDS,
          "gradients": "after the last request: row-major sums of both layers, 2^-14 of error times code"}


def rules() -> list[Scenario]:
    """Every rule with every loss, path and with momentum."""
    found, seed = [], 5000
    for rule in range(4):
        for loss in range(2):
            for path in range(2):
                for momentum in (0, 3):
                    seed += 1
                    numbers = Numbers(seed)
                    board = Board(1, 2 if rule == FIXED_VOLTAGE else 1, 2, seed // 2 % 2 == 1)
                    training = Training(rule, loss, path, momentum=momentum, level_log2=5 if rule == TARGET else 7)
                    requests = [*training.sequences(board, numbers, (2, 1)), EXPORT]
                    found.append(scenario(f"{training.note}, momentum {momentum}, {board.kind}", board, training,
                                          requests, board.random_shares(numbers), compare_ready=path == READ_BACK))
    return found


def gradients() -> list[Scenario]:
    """Sums of an unfinished batch."""
    found = []
    shapes = [(3, 2, 2), (1, 1, 1), (5, 3, 3), (2, 4, 1), (1, 2, 5), (2, 1, 3)]
    for index, shape in enumerate(shapes):
        for loss in range(2):
            numbers, board = Numbers(5100 + index), Board(*shape, index % 2 == 1)
            training = Training(loss=loss, path=index // 2 % 2, batch=9)
            found.append(scenario(f"gradients, {training.note}, {shape[0]}-{shape[1]}-{shape[2]}", board, training,
                                  training.sequences(board, numbers, (3, 2)), board.random_shares(numbers),
                                  gradients=True))
    for truncation in (1, 2, 3, 4, 5, 9):
        numbers, board = Numbers(5150 + truncation), Board(2, 2, 2)
        training = Training(loss=truncation % 2, batch=9, truncation=truncation)
        found.append(scenario(f"gradients, errors stop after {truncation} of 4 steps, {training.note}", board, training,
                              training.sequences(board, numbers, (4,)), board.random_shares(numbers), gradients=True))
    for bits in (4, 6, 10, 12):
        numbers, board = Numbers(5160 + bits), Board(2, 2, 2, bits == 6, options={"dacBits": bits})
        training = Training(loss=bits // 2 % 2, batch=9)
        found.append(scenario(f"gradients, DAC of {bits} bits", board, training,
                              training.sequences(board, numbers, (3,)),
                              board.random_shares(numbers), gradients=True))
    for bits in (5, 8, 16):
        for shipped in ("hard", "equalRipple"):
            numbers, board = Numbers(5180 + bits), Board(2, 2, 2, options={"adcBits": bits})
            training = Training(loss=bits % 2, batch=9)
            found.append(scenario(f"gradients, {shipped} circuits behind an ADC of {bits} bits", board, training,
                                  training.sequences(board, numbers, (3, 1)), board.random_shares(numbers), shipped,
                                  windows=(700, 512, 1), gradients=True))
    for headroom in (0, 2, 5, 8):
        numbers, board = Numbers(5190 + headroom), Board(2, 2, 4)
        training = Training(loss=headroom // 5, batch=9)
        found.append(scenario(f"gradients, headroom {headroom}", board, training,
                              training.sequences(board, numbers, (2,)),
                              board.random_shares(numbers), windows=(512, 2048, headroom), gradients=True))
    for path, dac_bits, seed in ((0, 8, 5711), (0, 8, 5712), (0, 12, 5708), (0, 12, 5726), (1, 8, 5706), (1, 8, 5709),
                                 (1, 12, 5705), (1, 12, 5708)):
        numbers, board = Numbers(seed), Board(2, 2, 2, seed % 2 == 1, options={"dacBits": dac_bits, "adcBits": 16})
        training, placed = Training(path=path, batch=9), board.random_shares(numbers)
        found.append(scenario(f"gradients, the finest conversion, DAC of {dac_bits} bits, {PATH_NAMES[path]}, {seed}",
                              board, training, training.sequences(board, numbers, (3, 3)), placed,
                              windows=(512, 2048, 0), gradients=True))
    return [*found, *segments()]


def segments() -> list[Scenario]:
    """Outputs where one segment ends and the next begins."""
    found = []
    for start in (2048, 2047, 2049, 2050, -1):
        numbers, board = Numbers(5195), Board(1, 2, 2, options={"adcBits": 16})
        # The first segment is level, one step below the second's first output if that is rounded half up.
        slope, offset = 4099, 3000
        level = offset + half_up(slope * start, 11) - 1
        pieces = [Circuit(-30000, 30000, [(-32768, 0, level), (start, slope, offset)])] * 2
        training = Training(batch=9)
        requests = [host.set_activation(bank, piece) for bank, piece in enumerate(pieces)]
        found.append(scenario(f"gradients, a level segment before one from {start}", board, training,
                              [*requests, *training.words, *training.sequences(board, numbers, (3, 3))],
                              board.random_shares(numbers), gradients=True))
    return found


def extremes() -> list[Scenario]:
    """Numbers at the ends of their ranges."""
    found = []
    numbers, board = Numbers(5200), Board(1, 1, 2, options={"dacBits": 12})
    training = Training(loss=SQUARED_ERROR, batch=9, longest=80)
    ends = [host.train([[32767]] * 72, 0, [[-32768, 32767]] * 72)]
    found.append(scenario("gradients that saturate", board, training, ends * 2, board.same(20000),
                          windows=(700, 65535, 8), gradients=True, unseen=(6, 7)))
    training = Training(loss=SQUARED_ERROR, momentum=15, rate=5, longest=80)
    found.append(scenario("velocities that saturate", board, training, [*ends * 2, EXPORT], board.same(20000),
                          windows=(700, 65535, 8), unseen=(6, 7)))
    for rate, seed in ((0x0ABCDEF1, 5809), (0x0ABCDEF1, 5822), (0x0ABCDEF1, 5829)):
        numbers, board = Numbers(seed), Board(1, 1, 2, options={"dacBits": 12})
        training = Training(loss=SQUARED_ERROR, level_log2=1, rate=rate)
        found.append(scenario(f"steps of 30 bits, {seed}", board, training,
                              [*training.sequences(board, numbers, (20,)), EXPORT], board.random_shares(numbers),
                              windows=(65535, 65535, 8), unseen=(6,)))
    board = Board(1, 1, 2, options={"dacBits": 12})
    for momentum in (0, 15, 1):
        training = Training(ACCUMULATE, SQUARED_ERROR, momentum=momentum, rate=0x0FFFFFFF, level_log2=1)
        train = host.train([[32767]] * 9, 0, [[-32768, 32767]] * 9)
        found.append(scenario(f"residuals that saturate, momentum {momentum}", board, training, [train, train, EXPORT],
                              board.same(20000), windows=(1, 1, 8), unseen=(6, 7)))
    for seed in (5210, 5211):
        numbers, board = Numbers(seed), Board(1, 2, 2, seed % 2 == 1)
        training = Training(path=READ_BACK, loss=SQUARED_ERROR, batch=9)
        found.append(scenario(f"errors that saturate on the way back, {board.kind}", board, training,
                              training.sequences(board, numbers, (5,), 300), board.random_shares(numbers, 32000),
                              windows=(256, 65535, 0), gradients=True))
        training = Training(loss=SQUARED_ERROR, batch=9)
        found.append(scenario(f"extreme conductances, {board.kind}", board, training,
                              training.sequences(board, numbers, (4,)), board.extreme(numbers), "equalRipple",
                              windows=(300, 512, 2), gradients=True))
    for shipped, window, seed in (("hard", 512, 5740), ("hard", 512, 5745), ("plan", 1024, 5740)):
        numbers, board = Numbers(seed), Board(1, 2, 2, seed % 2 == 1)
        training = Training(path=READ_BACK, loss=SQUARED_ERROR, batch=9)
        found.append(scenario(f"products of errors that saturate, {shipped} circuits, {seed}", board, training,
                              training.sequences(board, numbers, (6,)), board.random_shares(numbers, 32000), shipped,
                              windows=(window, 65535, 0), gradients=True))
    return found


def soft_max() -> list[Scenario]:
    found = []
    for distance in (0, 1, 60, 400, 2000, 8000, 30000):
        board = Board(1, 1, 3)
        placed = {**board.same(0), "1": board.shares(1, [[0] * 3, [distance, 0, -distance // 2]])}
        training = Training(batch=9)
        trains = [host.train([[100]], label) for label in range(3)]
        found.append(scenario(f"soft-max of outputs {distance} apart", board, training, trains, placed,
                              windows=(256, 2048, 1), gradients=True))
    board = Board(1, 1, 2)
    placed = {**board.same(0), "1": board.shares(1, [[0] * 2, [32767, -32768]])}
    found.append(scenario("soft-max of outputs as far apart as can be", board, Training(batch=9),
                          [host.train([[100]], label) for label in range(2)], placed, windows=(256, 65535, 8),
                          gradients=True))
    board = Board(1, 1, 1)
    found.append(scenario("one output: no error, nothing to carry back", board, Training(), [host.train([[5000]], 0)],
                          board.same(3000)))
    return found


def states() -> list[Scenario]:
    """Exported, imported, and with numbers no training makes."""
    found = []
    for path in range(2):
        for momentum in (0, 4):
            numbers, board = Numbers(5500 + momentum), Board(1, 1, 2)
            training = Training(path=path, momentum=momentum, batch=2, level_log2=6)
            size = (12 + 4) * (2 if momentum else 1) + (6 if path == READ_BACK else 0)
            state = [numbers.word() & 0xFFFFFFFF for _ in range(size - 2)] + [0x80000000, 0x7FFFFFFF]
            trains = training.sequences(board, numbers, (1, 2, 1))
            requests = [trains[0], [host.IMPORT_STATE, *state], EXPORT, *trains[1:], EXPORT]
            found.append(scenario(f"import of any words, {PATH_NAMES[path]}, momentum {momentum}", board, training,
                                  requests, board.random_shares(numbers)))
    numbers, board = Numbers(5520), Board(1, 1, 2)
    training = Training(batch=2)
    train, infer = training.sequences(board, numbers, (1,))[0], host.infer([[7000]])
    for note, between in (("inference", infer), ("weights read", [host.READ_WEIGHTS, 0, 0]),
                          ("the same training configured", training.words[0]), ("circuits set", circuits("plan")[0]),
                          ("a network configured", board.configure(512, 512))):
        found.append(scenario(f"{note} between the sequences of a batch", board, training,
                              [train, between, train, EXPORT],
                              board.random_shares(numbers)))
    again = [training.words[0], train, train, EXPORT]
    found.append(scenario("the same training configured again without a rate", board, training, [train, *again],
                          board.random_shares(numbers)))
    again = [board.configure(512, 512), *training.words, train, train, EXPORT]
    found.append(scenario("circuits and pulse times outlive a configuration", board, training, [train, *again],
                          board.random_shares(numbers), "equalRipple"))
    return found


def refused() -> list[Scenario]:
    board, numbers = Board(1, 1, 2), Numbers(5600)
    training = Training(batch=3, longest=4)
    words, train = training.words[0], training.sequences(board, numbers, (2,))[0]
    limits = [(0, 4), (0, 1), (0, 1), (1, 65535), (0, 65535), (1, 65535), (0, 15), (1, 12), (1, 32767), (0, 0x7FFFFFFF)]
    wrong = [words[: place + 1] + [value & 0xFFFFFFFF] + words[place + 2 :] for place, (low, high) in enumerate(limits)
             for value in (low - 1, high + 1)]
    shares = board.random_shares(numbers)
    steps = [[host.TRAIN, 0, 0], [host.TRAIN, 5, 0, 1, 2, 3, 4, 5], [host.TRAIN, 2, 2, 7, 8], train[:-1], [*train, 0],
             [host.TRAIN], [host.TRAIN, 1], [host.SET_RATE], [host.SET_RATE, 0x10000000], [host.SET_RATE, 5, 6],
             [host.UPDATE, 1], [host.EXPORT_STATE, 1], [host.IMPORT_STATE], [host.IMPORT_STATE] + [0] * 15,
             [host.IMPORT_STATE] + [0] * 17]
    bare = [board.configure(), [host.SET_RATE, 5], train, [host.UPDATE], EXPORT, [host.IMPORT_STATE, 1], words, train,
            [host.UPDATE], EXPORT, host.set_pulse_times(TIMES), train, EXPORT]
    return [
        scenario("training out of range, with the words it drops", board, training,
                 [train, *wrong, words[:-1], [*words, 1], train],
                 shares, gradients=True),
        scenario("sequences and other words out of range", board, training, [train, *steps, train], shares,
                 gradients=True),
        Scenario("before training is configured, before pulse times, before a rate", board.chip(), bare, shares,
                 setup=1),
        memory("", Training(batch=2), 14 * 8), memory(" and velocities", Training(momentum=2, batch=2), 14 * 12),
        memory(" and weights", Training(path=READ_BACK, batch=2), 14 * 8 + 20), targets_missing(),
    ]


def targets_missing() -> Scenario:
    board, numbers = Board(1, 1, 3), Numbers(5620)
    training = Training(loss=SQUARED_ERROR, batch=3)
    train = training.sequences(board, numbers, (2,))[0]
    requests = [train[:-2], [host.TRAIN, 2, 3, *train[3:]], train, [*train, 4]]
    return scenario("targets missing, a label out of range although unused", board, training, requests,
                    board.random_shares(numbers), gradients=True)


def abrupt() -> list[Scenario]:
    """Devices that are set from the bottom, in pairs and alone."""
    found = []
    for index, rule in enumerate((ACCUMULATE, LINEAR, TARGET)):
        for differential in (False, True):
            numbers = Numbers(5900 + index)
            board = Board(1, 1, 2, differential, options={"device": {"model": "umass"}, "seed": 40 + index})
            training = Training(rule, level_log2=5 if rule == TARGET else 7)
            requests = training.sequences(board, numbers, (2,))
            found.append(scenario(f"umass, {training.note}, {board.kind}", board, training, requests,
                                  board.random(numbers), times=host.noisy_pulse_times("umass")))
    return found


def scenarios() -> list[Scenario]:
    return [*rules(), *gradients(), *extremes(), *soft_max(), *batches(), *pulses(), *imperfect(), *states(),
            *refused(), *abrupt(), *feedback()]


def cases(mutations: Collection[str] = ()) -> list[dict[str, Any]]:
    return evaluated(scenarios(), mutations)

"""Cases of training whose weights are updated."""

from __future__ import annotations

from typing import Any

from firmware import host
from firmware.training.state import ACCUMULATE, FIXED_VOLTAGE, LINEAR, READ_BACK, SQUARED_ERROR, TARGET
from suites._controller import Board, Numbers, Scenario
from suites._training import EXPORT, ONE, RULE_NAMES, Training, scenario


def batches() -> list[Scenario]:
    found = []
    for batch in (2, 3):
        for rule in range(4):
            numbers, board = Numbers(5300 + batch * 8 + rule), Board(1, 1, 2)
            training = Training(rule, rule // 2, rule % 2, batch=batch, momentum=rule, level_log2=5)
            requests = [*training.sequences(board, numbers, [1] * (batch + 1)), EXPORT, [host.UPDATE], [host.UPDATE],
                        EXPORT]
            found.append(scenario(f"batch of {batch}, {training.note}, then a part of a batch", board, training,
                                  requests, board.random_shares(numbers)))
    for windows in ((1, 300, 1), (65535, 65535, 0), (256, 100, 3)):
        numbers, board = Numbers(5330 + windows[0]), Board(1, 1, 2)
        training = Training(batch=2, rate=0x0FFFFFFF if windows[0] > 256 else ONE // 3)
        requests = [*training.sequences(board, numbers, (2, 2)), EXPORT]
        found.append(scenario(f"windows {windows}", board, training, requests, board.random_shares(numbers),
                              windows=windows))
    for rate in (0, 1, 1000, 0x0FFFFFFF):
        for momentum in (0, 2):
            numbers, board = Numbers(5340 + rate % 7), Board(1, 1, 2)
            training = Training(FIXED_VOLTAGE, batch=1, rate=rate, momentum=momentum, threshold=0 if rate else 5)
            requests = [*training.sequences(board, numbers, (2,)), EXPORT, [host.SET_RATE, ONE],
                        *training.sequences(board, numbers, (1,)), EXPORT]
            found.append(scenario(f"rate {rate} of 2^24, then 1, momentum {momentum}", board, training, requests,
                                  board.random_shares(numbers)))
    for batch, window in ((65535, 65535), (1, 65535), (1000, 2000)):
        numbers, board = Numbers(5360), Board(1, 1, 2)
        training = Training(LINEAR, SQUARED_ERROR, batch=batch, rate=1)
        requests = [*training.sequences(board, numbers, (2,)), [host.UPDATE], EXPORT]
        found.append(scenario(f"rate 2^-24, batch {batch}, window {window}: a scale too small or hardly large enough",
                              board, training, requests, board.random_shares(numbers), windows=(window, window, 8)))
    return found


def pulses() -> list[Scenario]:
    """Residuals given by import, so that every move is known."""
    found = []
    for index, (rule, level) in enumerate([(ACCUMULATE, 1), (ACCUMULATE, 12), (LINEAR, 7), (TARGET, 1), (TARGET, 4),
                                           (TARGET, 12), (FIXED_VOLTAGE, 7)]):
        for differential in (False, True):
            numbers, board = Numbers(5400 + index), Board(1, 1, 1, differential)
            training = Training(rule, batch=2, level_log2=level, threshold=1 << 25)
            state = [numbers.choice([0, 1, -1, 1 << 15, -(1 << 15), 1 << 23, -(1 << 24) - 1, 1 << 25, 1 - (1 << 25),
                                     1 << 26,
                                     -(1 << 26), -(1 << 27), 0x7FFFFFFF, -0x7FFFFFFF]) & 0xFFFFFFFF for _ in range(14)]
            requests = [[host.IMPORT_STATE, *state], *training.sequences(board, numbers, (1,)), [host.UPDATE], EXPORT]
            found.append(scenario(f"{RULE_NAMES[rule]}, level 2^-{level}, {board.kind}, given residuals", board,
                                  training, requests, board.random_shares(numbers, 32000)))
    for rule in (ACCUMULATE, LINEAR, TARGET):
        for differential in (False, True):
            options = {"adcBits": 16, "adcGainPpm": 60000, "adcOffsetMicrovolts": 20000, "seed": 25}
            numbers, board = Numbers(5425), Board(1, 1, 1, differential, options=options)
            training = Training(rule, batch=2, level_log2=4)
            state = [numbers.choice([1 << 26, -(1 << 26), 1 << 25, -(1 << 25)]) & 0xFFFFFFFF for _ in range(14)]
            requests = [[host.IMPORT_STATE, *state], *training.sequences(board, numbers, (1,)), [host.UPDATE], EXPORT]
            found.append(scenario(f"{RULE_NAMES[rule]}, weights read as beyond the window, {board.kind}", board,
                                  training, requests, board.extreme(numbers)))
    for threshold in (0, 1000, 0x7FFFFFFF):
        board, numbers = Board(1, 1, 1), Numbers(5420)
        training = Training(FIXED_VOLTAGE, batch=2, pulse_width=32767 if threshold else 1, threshold=threshold)
        state = [step & 0xFFFFFFFF for step in (1000, -1000, 999, -999, 0, 1, -1, 1001, -0x7FFFFFFF, 0x7FFFFFFF, 0, 0,
                                                0, 0)]
        requests = [[host.IMPORT_STATE, *state], *training.sequences(board, numbers, (1,)), [host.UPDATE], EXPORT]
        found.append(scenario(f"fixed voltage, threshold {threshold}", board, training, requests,
                              board.random_shares(numbers)))
    for spare in ((2, 3, 1, 2), (0, 1, 2, 0)):
        for differential in (False, True):
            numbers, board = Numbers(5430), Board(1, 1, 2, differential, spare)
            training = Training(TARGET if differential else ACCUMULATE, path=READ_BACK, level_log2=5)
            requests = [*training.sequences(board, numbers, (2,)), EXPORT]
            found.append(scenario(f"{training.note}, tiles with {spare} spare lines and columns, {board.kind}", board,
                                  training, requests, board.random_shares(numbers, 15000)))
    return found


def imperfect() -> list[Scenario]:
    """Chips that do not do what they are told."""
    options: list[dict[str, Any]] = [
        {"deviceToDevice": 0.4, "seed": 51}, {"cycleToCycle": 0.5, "seed": 52},
        {"readNoisePicosiemens": 1500000, "seed": 53},
        {"deviceToDevice": 0.3, "cycleToCycle": 0.3, "readNoisePicosiemens": 300000, "seed": 54},
        {"adcOffsetMicrovolts": 8000, "adcGainPpm": 20000, "seed": 55},
        {"dacOffsetMicrovolts": 3000, "dacInlMicrovolts": 2000},
    ]
    found = []
    for index, option in enumerate(options):
        for rule in (TARGET, ACCUMULATE, LINEAR)[: 3 - index % 2]:
            numbers, board = Numbers(5450 + index), Board(1, 1, 2, index % 2 == 0, options=option)
            training = Training(rule, path=index % 2, level_log2=4, rate=3 * ONE)
            requests = [*training.sequences(board, numbers, (2,)), EXPORT]
            text = ", ".join(f"{key} {value}" for key, value in option.items())
            found.append(scenario(f"{RULE_NAMES[rule]}, {text}, {board.kind}", board, training, requests,
                                  board.random_shares(numbers)))
    return found

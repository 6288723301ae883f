"""Cases of rates that fall from update to update, of every rule."""

from __future__ import annotations

from firmware import host
from firmware.training.state import SQUARED_ERROR
from suites._controller import Board, Numbers, Scenario
from suites._feedback import SMALL
from suites._training import EXPORT, ONE, REPORT, RULE_NAMES, Training, scenario

MOST, ENDLESS = 0x0FFFFFFF, 0xFFFFFFFF  # rate, updates


def ramps() -> list[Scenario]:
    """Rates that fall to 0, of every rule."""
    found = []
    for rule in range(5):
        for done, updates in ((0, 3), (1, 3))[: 2 - rule % 4 % 2]:
            numbers, board = Numbers(8500 + rule), Board(1, 1, 2)
            training = Training(rule, rate=ONE + 1, level_log2=5, threshold=0, ramp=(done, updates))
            trains = training.sequences(board, numbers, [1] * 4)
            requests = [REPORT, *trains[:2], EXPORT, *trains[2:], EXPORT, REPORT]
            found.append(scenario(f"{RULE_NAMES[rule]}, a ramp of {updates} updates, {done} done", board, training,
                                  requests, board.random_shares(numbers)))
    for rule, rate, done, updates in ((0, ONE, 5, 5), (2, ONE, 6, 5), (4, ONE, ENDLESS, 1), (2, MOST, 0, ENDLESS),
                                      (4, MOST, ENDLESS - 2, ENDLESS), (2, MOST, 0xF0000000, ENDLESS), (0, ONE, 0, 1),
                                      (2, 999, 1, 1000)):
        numbers = Numbers(8520 + rule)
        training = Training(rule, SQUARED_ERROR, rate=rate, threshold=0, ramp=(done, updates))
        requests = [*training.sequences(SMALL, numbers, (1, 2)), EXPORT]
        found.append(scenario(f"{RULE_NAMES[rule]}, rate {rate} of 2^24, {done} of {updates} updates done", SMALL,
                              training, requests, SMALL.random_shares(numbers), windows=(512, 100, 1)))
    for rule in (0, 4):
        numbers, board = Numbers(8540 + rule), Board(1, 1, 2)
        training = Training(rule, batch=2, rate=ONE, threshold=0, momentum=0 if rule else 2, ramp=(0, 4))
        trains = training.sequences(board, numbers, [1] * 6)
        requests = [[host.UPDATE], trains[0], [host.UPDATE], [host.UPDATE], EXPORT, trains[1],
                    [host.SET_RATE, ONE // 3], trains[2], trains[3], EXPORT, trains[4], [host.SET_RATE, ONE, 1, 2],
                    [host.UPDATE], trains[5], [host.UPDATE], EXPORT]
        found.append(scenario(f"{RULE_NAMES[rule]}, parts of batches on a ramp, other rates between", board, training,
                              requests, board.random_shares(numbers)))
        training = Training(rule, SQUARED_ERROR, batch=65535, rate=31 if rule else 999, threshold=0, ramp=(0, 3))
        trains = training.sequences(board, numbers, [1] * 3)
        requests = [*[word for train in trains for word in (train, [host.UPDATE])], EXPORT, REPORT]
        found.append(scenario(f"{RULE_NAMES[rule]}, a ramp that gives only one layer a step", board, training, requests,
                              board.random_shares(numbers), windows=(65535, 1, 8)))
    return found

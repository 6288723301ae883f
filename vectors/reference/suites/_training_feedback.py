"""Cases of error feedback: what it learns, keeps, tells and refuses."""

from __future__ import annotations

from dataclasses import replace

from firmware import host
from firmware.training.state import READ_BACK, SQUARED_ERROR
from suites._controller import Board, Numbers, Scenario, Words, circuits
from suites._feedback import HALF, SHORT, SMALL, WHOLE, Feedback, Kept, debt, given_up, imported
from suites._training import EXPORT, ONE, REPORT, RULE_NAMES, Training, memory, scenario
from suites._training_debts import debts, given_up_cells, imperfect, lengths, thresholds
from suites._training_ramps import ramps


def learning() -> list[Scenario]:
    found = []
    for index in range(8):
        loss, path, differential = index & 1, index >> 1 & 1, index >> 2 == 1
        numbers, board = Numbers(8000 + index), Board(1 + index % 3, 1, 2, differential)
        training = Feedback(loss=loss, path=path, rate=ONE // 8)
        requests = [*training.sequences(board, numbers, (2, 1, 3)), EXPORT, REPORT]
        found.append(scenario(f"{training.note}, {board.kind}", board, training, requests, board.random_shares(numbers),
                              compare_ready=path == READ_BACK))
    for batch in (2, 3):
        numbers, board = Numbers(8010 + batch), Board(1, 2, 2)
        training = Feedback(loss=batch % 2, batch=batch, rate=ONE // 4)
        requests = [*training.sequences(board, numbers, [1] * (batch + 1)), EXPORT, [host.UPDATE], [host.UPDATE], EXPORT,
                    REPORT]
        found.append(scenario(f"batch of {batch}, {training.note}, then a part of a batch", board, training, requests,
                              board.random_shares(numbers)))
    for windows, rate in (((1, 300, 1), 0x0FFFFFFF), ((1, 1, 8), 3 << 16), ((65535, 65535, 0), 0x0FFFFFFF),
                          ((65535, 2048, 0), 31), ((2048, 2047, 0), 1), ((65535, 32767, 8), 32 * 17)):
        numbers, board = Numbers(8020 + rate % 97), Board(1, 1, 2)
        training = Feedback(loss=SQUARED_ERROR, rate=rate)
        requests = [*training.sequences(board, numbers, (2, 1)), EXPORT, REPORT]
        found.append(scenario(f"error feedback, windows {windows}, rate {rate} of 2^24", board, training, requests,
                              board.random_shares(numbers), windows=windows))
    numbers, board = Numbers(8035), Board(1, 1, 2)
    training = Feedback(rate=0, batch=2)
    trains = training.sequences(board, numbers, [1] * 5)
    requests = [*trains[:2], REPORT, trains[2], [host.UPDATE], EXPORT, [host.SET_RATE, ONE], *trains[3:], EXPORT, REPORT]
    found.append(scenario("error feedback, rate 0, then 1", board, training, requests, board.random_shares(numbers)))
    for bits in (4, 12):
        numbers, board = Numbers(8040 + bits), Board(1, 1, 2, options={"dacBits": bits, "adcBits": 16})
        training = Feedback(batch=2, rate=ONE)
        requests = [*training.sequences(board, numbers, (2, 2, 1, 1)), EXPORT, REPORT]
        found.append(scenario(f"error feedback, DAC of {bits} bits", board, training, requests,
                              board.random_shares(numbers)))
    for spare in ((2, 3, 1, 2), (0, 1, 2, 0)):
        for differential in (False, True):
            numbers, board = Numbers(8050), Board(1, 1, 2, differential, spare)
            training = Feedback(path=READ_BACK, rate=ONE // 2)
            requests = [*training.sequences(board, numbers, (2, 1)), EXPORT, REPORT]
            found.append(scenario(f"{training.note}, tiles with {spare} spare lines and columns, {board.kind}", board,
                                  training, requests, board.random_shares(numbers, 15000)))
    return found


def means() -> list[Scenario]:
    """Steps from means that are given; pulse times that leave the weights alone."""
    found = []
    board = Board(1, 1, 2)
    given = [("of nothing", Kept(), Kept()),
             ("of 127 updates", Kept(rows=(5000, 900, 70000), columns=(20000, 3, 1), updates=126),
              Kept(updates=127, rows=(1,), columns=(1 << 20,))),
             ("of very many updates", Kept(updates=0xFFFFFFFF, rows=(1 << 14,), columns=(1 << 13,)),
              Kept(updates=0xFFFFFFFE, writes=0xFFFFFFFF, rows=(1 << 31, 1), columns=(1, 1 << 31))),
             ("as large as can be", Kept(rows=(0xFFFFFFFF, 1 << 31, 0x80000001), columns=(0xFFFFFFFF,), updates=0),
              Kept(rows=(0x7FFFFFFF,), columns=(0x80000000,), updates=200, error=0xFFFFFFFF)),
             ("rows far apart", Kept(rows=(1 << 31, 0, 0), columns=(0,), updates=5000),
              Kept(rows=(0, 1 << 31), columns=(0,), updates=5000)),
             ("columns far apart", Kept(rows=(0,), columns=(1 << 31, 0, 1 << 20, 7), updates=70),
              Kept(rows=(3,), columns=(0, 1 << 31), updates=64)),
             ("no square", Kept(rows=(2, 3, 5), columns=(6, 7, 11, 10), updates=3),
              Kept(rows=(99, 101), columns=(98, 102), updates=2))]
    for index, (note, lstm, dense) in enumerate(given):
        for rate, window in ((ONE, 512), (0x0FFFFFFF, 1), (40, 300))[: 3 if index in (0, 2) else 2]:
            numbers = Numbers(8100 + index)
            training = Feedback(loss=index % 2, batch=2, rate=rate, threshold=WHOLE - 1)
            requests = [imported(board, lstm, dense), *training.sequences(board, numbers, (2, 1)), EXPORT,
                        *training.sequences(board, numbers, (1, 1)), EXPORT, REPORT]
            found.append(scenario(f"means given: {note}; rate {rate}, window {window}", board, training, requests,
                                  board.random_shares(numbers), windows=(window, window, 1), times=SHORT))
    for batch, loss, rows, columns in ((65535, 0, (0,), (0,)), (65535, 1, (1 << 31, 0, 0), (0,)),
                                       (900, 0, (40000, 0, 0), (1 << 17,)), (900, 1, (0, 30000, 0), (1 << 17,))):
        numbers, board = Numbers(8120 + loss + batch), Board(1, 1, 3)
        training = Feedback(loss=loss, batch=batch, rate=ONE // 4, threshold=WHOLE - 1)
        trains = training.sequences(board, numbers, [1] * 4, 900)
        kept = Kept(rows=rows, columns=columns, updates=2000 if any(rows) else 0)
        requests = [imported(board, kept), *[word for train in trains for word in (train, [host.UPDATE])], EXPORT]
        note = f"small mean gradients, {training.note}, batch of {batch}, roots of rows {rows}"
        found.append(scenario(note, board, training, requests, board.random_shares(numbers, 9000), times=SHORT))
    numbers = Numbers(8130)
    for error, note in ((1, "up"), (-1, "down")):
        ends = Board(1, 1, 2, options={"dacBits": 4})
        training = Feedback(loss=SQUARED_ERROR, longest=80, rate=ONE, threshold=WHOLE - 1)
        train = host.train([[32767]] * 72, 0, [[-32768 * error - (error < 0), 32767 * error]] * 72)
        kept = Kept(rows=(1 << 31, 0), columns=(0,), updates=500)
        requests = [train, EXPORT, imported(ends, kept), train, train, EXPORT, REPORT]
        found.append(scenario(f"mean gradients at their ends, {note}", ends, training, requests, ends.same(20000),
                              windows=(700, 65535, 8), unseen=(6, 9, 10)))
    numbers, silent = Numbers(8140), Board(2, 1, 2)
    kept = Kept(debts=(debt(-WHOLE), debt(-WHOLE, 15), given_up(-WHOLE), debt(WHOLE - 1), debt(-WHOLE, 3)))
    training = Feedback(rate=ONE // 4, batch=2, threshold=WHOLE - 1)
    requests = [imported(silent, kept), *[host.train([[0, 9000]], label) for label in (0, 1)], EXPORT, REPORT]
    found.append(scenario("weights without a gradient keep their words", silent, training, requests,
                          silent.random_shares(numbers), times=SHORT))
    found.append(scenario("one output: no error, no step", SMALL, Feedback(), [host.train([[5000]], 0), EXPORT, REPORT],
                          SMALL.same(3000)))
    return found


def reports() -> list[Scenario]:
    found = []
    for rule in range(5):
        numbers = Numbers(8600 + rule)
        training = Training(rule, threshold=HALF, rate=ONE)
        requests = [REPORT, *training.sequences(SMALL, numbers, (1, 1)), REPORT, [*REPORT, 1], REPORT]
        found.append(scenario(f"report of {RULE_NAMES[rule]}", SMALL, training, requests, SMALL.random_shares(numbers)))
    training = Feedback()
    requests = [REPORT, [*REPORT, 0], SMALL.configure(), REPORT, [*REPORT, 0], *training.words, REPORT,
                circuits("plan")[0], REPORT, training.words[0], REPORT, SMALL.configure(), REPORT,
                [host.SET_RATE, 5, 6, 7]]
    found.append(Scenario("report without a network, without a trainer", SMALL.chip(), requests))
    words = [given_up(0), debt(0, 15), debt(1, 14), given_up(6), debt(-1)]
    training = Feedback(rate=0)
    lstm = Kept(words, updates=7, writes=9, error=5)
    dense = Kept(words[1:], updates=0xFFFFFFFF, writes=0xFFFFFFFE, error=1 << 29)
    found.append(scenario("report of what was imported", SMALL, training, [imported(SMALL, lstm, dense), REPORT, EXPORT],
                          SMALL.same(0)))
    return found


def states() -> list[Scenario]:
    """Exported, and imported again into a new training."""
    found = []
    for path in range(2):
        numbers, board = Numbers(8650 + path), Board(1, 1, 2)
        training = Feedback(path=path, batch=2, rate=ONE // 2)
        trains = training.sequences(board, numbers, [1] * 5)
        cells = board.random_shares(numbers)
        exported = scenario("", board, training, [*trains[:2], EXPORT], cells).expect(())["replies"][-1][1:]
        again = [host.IMPORT_STATE, *exported]
        requests = [*trains[:2], EXPORT, *training.words, EXPORT, again, EXPORT, REPORT, *trains[2:4], EXPORT, trains[4],
                    again, [host.UPDATE], EXPORT, again[:-1], [*again, 0], REPORT]
        found.append(scenario(f"an export imported into a new training, {training.note}", board, training, requests, cells))
        words = [numbers.word() & 0xFFFFFFFF for _ in exported]
        found.append(scenario(f"import of any words, {training.note}", board, training,
                              [[host.IMPORT_STATE, *words], EXPORT, *trains[:2], EXPORT, REPORT], cells))
    return found


def refused() -> list[Scenario]:
    board, numbers = Board(1, 1, 2), Numbers(8700)
    training = Feedback(batch=3, longest=4, rate=ONE)
    words, train = training.words[0], training.sequences(board, numbers, (2,))[0]

    def other(place: int, value: int) -> Words:
        return [*words[: place + 1], value, *words[place + 2 :]]

    wrong = [other(6, 1), other(6, 15), other(6, 16), other(9, 0x08000000), other(9, 0x7FFFFFFF), other(0, 5), words[:-1],
             [*words, 0], other(1, 2), other(2, 2), other(3, 0), other(5, 0), other(7, 0), other(7, 13), other(8, 0),
             other(8, 32768), [*words[:6], 0, 9], words[:7]]
    rates = [[host.SET_RATE, ONE, 0], [host.SET_RATE, ONE, 0, 0], [host.SET_RATE, ONE, 0, 1, 0],
             [host.SET_RATE, ONE, 0, 0, 0], [host.SET_RATE, 0x10000000, 0, 1], [host.SET_RATE, 0x10000000, 0, 0]]
    shares = board.random_shares(numbers)
    found = [scenario("error feedback out of range, with the words it drops", board, training,
                      [train, *wrong, train, REPORT, train, REPORT, EXPORT], shares),
             scenario("error feedback, thresholds at the end", board, training,
                      [other(9, 0x07FFFFFF), REPORT, other(9, 1), REPORT, words, REPORT], shares)]
    for rule in (2, 4):
        kept = replace(training, rule=rule, batch=1)
        requests = [*rates, train, EXPORT, [host.SET_RATE, ONE, 1, 1], *rates, train, EXPORT]
        found.append(scenario(f"{RULE_NAMES[rule]}, rates refused", board, kept, requests, shares))
    return [*found, memory(" and means", Feedback(batch=2, rate=ONE), 14 * 8 + 40),
            memory(", means and weights, in pairs", Feedback(path=READ_BACK, batch=2, rate=ONE), 14 * 8 + 40 + 20,
                   differential=True)]


def feedback() -> list[Scenario]:
    return [*learning(), *means(), *thresholds(), *debts(), *given_up_cells(), *imperfect(), *ramps(), *reports(),
            *states(), *refused(), *lengths()]

"""Cases of error feedback whose debts are given: what is due, what is written, what is given up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from firmware import host
from firmware.arithmetic import unpack
from firmware.training.feedback import FIRST_ERROR
from firmware.training.state import SQUARED_ERROR
from suites._controller import TIMES, Board, Numbers, Scenario
from suites._feedback import (HALF, HIGH, LOW, PAIRS, SHORT, SMALL, WHOLE, Feedback, Kept, debt, given_up, imported,
                              written)
from suites._training import EXPORT, ONE, REPORT, scenario


def thresholds() -> list[Scenario]:
    found = []
    for index, error in enumerate((0, 3355442, 3355443, 3355444, FIRST_ERROR, 6710887, 6710889, 1 << 28, 0xFFFFFFFF)):
        own = min(max(min(error, 1 << 28) * 5 // 4, LOW), HIGH)
        sizes = [own, own - 1, 1 - own, -own, own + 1, 0, -own - 1]
        kept = Kept(debts=[debt(size) for size in sizes], error=error)
        found.append(written(f"debts about the threshold, write error {error}", (SMALL, PAIRS)[index % 2], kept,
                             Numbers(8200 + index)))
    for threshold in (1, 1 << 20, HALF + 1, WHOLE - 1):
        sizes = [threshold, threshold - 1, 1 - threshold, -threshold, threshold // 2, HALF, -HALF]
        words = [debt(sizes[0]), given_up(HALF), debt(sizes[1]), given_up(2 - HALF), debt(sizes[2]), given_up(-HALF),
                 debt(sizes[3]), given_up(HALF - 2), debt(sizes[4]), given_up(LOW), debt(HALF, 15), debt(-HALF, 14),
                 given_up(WHOLE - 2)]
        found.append(written(f"debts about a threshold of {threshold}, some given up", SMALL, Kept(debts=words),
                             Numbers(8220), training=Feedback(threshold=threshold)))
    found += [ramped(batch, updates) for batch, updates in ((2, 16384), (2, 16383), (1, 32768), (1, 32767), (65535, 1),
                                                            (65535, 0xFFFFFFFF))]
    training = Feedback(rate=0, ramp=(0, 100000), threshold=12345)
    found.append(scenario("a threshold given in a long training", SMALL, training, [REPORT, training.words[1], REPORT],
                          SMALL.same(0)))
    words = [debt(residual) for residual in (9000000, -8350000, 8300000, 8500000, -8280000, 8380000, 8320000)]
    found.append(written("the write error changes from row to row", Board(3, 1, 2), Kept(debts=words, error=6900000),
                         Numbers(8250), times=[time // 3 for time in TIMES]))
    return found


def ramped(batch: int, updates: int, error: int = HIGH) -> Scenario:
    """Debts about the own threshold of a training so long."""
    numbers = Numbers(8240)
    training = Feedback(batch=batch, rate=0, ramp=(0, updates))
    sequences = batch * updates
    least, most = (LOW, HIGH) if sequences < 16384 else (HIGH, WHOLE // 12) if sequences < 32768 else (HIGH, 2 * HIGH)
    size = min(max(error + error // 4 << (sequences >= 32768), least), most)
    kept = Kept(debts=[debt(size), debt(1 - size), debt(-size), debt(size // 2)], error=error)
    requests = [REPORT, imported(SMALL, kept), REPORT, *training.sequences(SMALL, numbers, (1,)), [host.UPDATE],
                EXPORT, REPORT, [host.SET_RATE, 0], REPORT, [host.SET_RATE, 0, 5, 32768], REPORT]
    note = "" if error == HIGH else f", write error {error}"
    return scenario(f"a ramp of {updates} updates of {batch} sequences{note}", SMALL, training, requests,
                    SMALL.random_shares(numbers))


def lengths() -> list[Scenario]:
    """Trainings that are short, middling and long, and write errors between their limits."""
    found = [ramped(batch, updates) for batch, updates in ((1, 16384), (1, 16383), (4, 4096))]
    for batch, updates in ((4, 4095), (4, 4096), (8, 4096)):
        found += [ramped(batch, updates, error) for error in (LOW, FIRST_ERROR, 7000001, 8947851)]
    return found


def debts() -> list[Scenario]:
    """Pulses from debts that are given."""
    found = []
    sizes = [HIGH + 1, -HIGH - 3, 1 << 24, -(1 << 24) - 4097, HALF, -HALF, WHOLE - 1, -WHOLE, 12345679, -12345681, 0, 1,
             -1]
    counts = (0, 14, 15, 1, 15, 14, 0, 15, 14, 15)
    words = [debt(size & -2 if count == 15 else size, count, count == 15 and place % 3 == 0)
             for place, (size, count) in enumerate(zip(sizes * 2, counts * 3))]
    for board in (SMALL, PAIRS):
        for note, times in (("of the device", TIMES), ("far too long", [8 * time for time in TIMES]),
                            ("too short", [time // 12 for time in TIMES]), ("a step", SHORT)):
            found.append(written(f"debts given, pulses {note}, {board.kind}", board, Kept(debts=words), Numbers(8300), 2,
                                 times=times))
    for board in (SMALL, PAIRS):
        small = [debt(size, count) for size in (1, 2047, 2048, -2048, -2049, 4096, -4096, 6143, -8192)
                 for count in (0, 15)]
        small = [word & ~1 if word >> 28 == 15 else word for word in small]
        found.append(written(f"debts below what is read, {board.kind}", board, Kept(debts=small), Numbers(8310), 2,
                             training=Feedback(threshold=1)))
    long = [place << 20 for place in range(65)]
    for board in (SMALL, PAIRS):
        options = {"adcBits": 16, "adcGainPpm": 60000, "adcOffsetMicrovolts": 20000, "seed": 25}
        beyond = replace(board, options=options)
        numbers = Numbers(8320)
        for note, times in (("", TIMES), (", RESET far too long", [*TIMES[:65], *long[::-1]]),
                            (", SET far too long", [*long, *TIMES[65:]])):
            kept = Kept([debt(-HALF), given_up(-HALF), debt(HALF), debt(HALF, 15), debt(-LOW), debt(-LOW, 15), debt(LOW),
                         debt(-(1 << 24), 14), debt(1 << 24, 14)])
            found.append(written(f"weights read as beyond the window{note}, {board.kind}", beyond, kept, numbers, 2,
                                 training=Feedback(threshold=1 << 20), cells=beyond.extreme(numbers), times=times))
    found.append(written("writes without end", SMALL, Kept(debts=(debt(HALF),), writes=0xFFFFFFFD), Numbers(8330)))
    numbers = Numbers(8340)
    words = [debt(1001 + place, place % 16) & (~1 if place % 16 == 15 else -1) for place in range(14)]
    found.append(written("odd debts, counts of any size", SMALL, Kept(debts=words), numbers, 2, rate=ONE // 16))
    words = [numbers.word() & 0xFFFFFFFF for _ in range(14)]
    found.append(written("debts of any words", SMALL, Kept(debts=words), numbers, 2, rate=ONE // 16))
    return [*found, *eighths()]


def eighths() -> list[Scenario]:
    """A pulse of one step moves a weight by d, whatever is wanted: eight times d, one more, one less."""
    found = []
    for board in (replace(SMALL, options={"adcBits": 16}), replace(PAIRS, options={"adcBits": 16})):
        for sign, note in ((1, "up"), (-1, "down")):
            numbers = Numbers(8350)
            cells = board.random_shares(numbers, 20000)
            moves = moved(written("", board, Kept([debt(sign * HALF)]), numbers, cells=cells, times=SHORT))
            wanted = [8 * move + more for move, more in zip(moves, (0, 1, -1, 0, 2, -2, 0) * 2)]
            kept = Kept([debt(want << 12, place % 2 * 14) for place, want in enumerate(wanted)])
            found.append(written(f"an eighth of the way {note}, or a little less, {board.kind}", board, kept,
                                 Numbers(8350), training=Feedback(threshold=1), cells=cells, times=SHORT))
    return found


def moved(update: Scenario) -> list[int]:
    """How far an update moves the weights of 1-1-1."""
    reads, first = [[host.READ_WEIGHTS, layer, 0] for layer in range(2)], len(update.requests) - 5
    requests = [*update.requests[:first], *reads, *update.requests[first:], *reads]
    replies = replace(update, requests=requests).expect(())["replies"]
    before, after = (unpack(lstm[1:], 12) + unpack(dense[1:], 4)[::2] for lstm, dense in
                     (replies[first : first + 2], replies[-2:]))
    return [new - old for old, new in zip(before, after)]


def given_up_cells() -> list[Scenario]:
    """Cells that no pulse moves."""
    found = []
    for board, share in ((SMALL, {"stuckHRS": 0.3, "stuckLRS": 0.2}), (PAIRS, {"stuckHRS": 0.4, "stuckLRS": 0.4}),
                         (SMALL, {"stuckLRS": 1.0})):
        stuck = replace(board, options={**share, "seed": 61})
        words = [debt(HALF, 13), debt(-HALF, 14), debt(HALF, 15), given_up(-HALF), debt(-HALF)]
        text = ", ".join(f"{key} {value}" for key, value in share.items())
        found.append(written(f"{text}, {board.kind}", stuck, Kept(debts=words), Numbers(8400), 4, cells={}))
        numbers = Numbers(8410)
        training = Feedback(loss=SQUARED_ERROR, rate=ONE // 2)
        trains = training.sequences(stuck, numbers, [1] * 24)
        unseen = [6 + place for place in range(24) if place not in (15, 16)]
        requests = [*trains[:17], EXPORT, REPORT, *trains[17:], EXPORT, REPORT]
        found.append(scenario(f"{text}, {board.kind}: given up after sixteen writes, tried again", stuck, training,
                              requests, {}, windows=(256, 256, 1), unseen=unseen))
    for board in (SMALL, PAIRS):
        numbers = Numbers(8420)
        training = Feedback(rate=0)
        trains = training.sequences(board, numbers, [1] * 18)
        kept = Kept(debts=[debt(HALF), debt(-HALF - 1), debt(HIGH - 1), debt(1 - WHOLE)])
        found.append(scenario(f"pulses of a step, eighteen times, {board.kind}", board, training,
                              [imported(board, kept), *trains[:15], EXPORT, trains[15], EXPORT, *trains[16:], EXPORT, REPORT],
                              board.random_shares(numbers, 12000), times=SHORT, unseen=range(8, 21)))
    return found


def imperfect() -> list[Scenario]:
    found = []
    options: list[dict[str, Any]] = [
        {"deviceToDevice": 0.4, "seed": 71}, {"cycleToCycle": 0.6, "seed": 72},
        {"readNoisePicosiemens": 1500000, "seed": 73},
        {"deviceToDevice": 0.3, "cycleToCycle": 0.3, "readNoisePicosiemens": 300000, "seed": 74},
        {"adcOffsetMicrovolts": 8000, "adcGainPpm": 20000, "seed": 75},
    ]
    for index, option in enumerate(options):
        numbers, board = Numbers(8450 + index), Board(1, 1, 2, index % 2 == 0, options=option)
        training = Feedback(path=index % 2, rate=ONE)
        requests = [*training.sequences(board, numbers, (2, 1, 1)), EXPORT, REPORT]
        text = ", ".join(f"{key} {value}" for key, value in option.items())
        found.append(scenario(f"error feedback, {text}, {board.kind}", board, training, requests,
                              board.random_shares(numbers)))
    for differential in (False, True):
        board = Board(1, 1, 1, differential, options={"device": {"model": "umass"}, "seed": 76})
        numbers, times = Numbers(8460), host.noisy_pulse_times("umass")
        kept = Kept([debt(HALF), debt(-HALF, 14), debt(HALF, 15), given_up(-HALF), debt(HIGH - 1), debt(-WHOLE),
                     debt(3 << 22, 3)])
        found.append(written(f"umass, debts given, {board.kind}", board, kept, numbers, 2, cells=board.random(numbers),
                             times=times))
        kept = Kept([debt(1, 5), debt(-2047, 5), debt(2048, 15), debt(-2, 15), debt(100)])
        found.append(written(f"umass, debts below what is read, {board.kind}", board, kept, numbers,
                             training=Feedback(threshold=1), cells=board.random(numbers), times=times))
    return found

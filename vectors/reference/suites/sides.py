"""Two networks on the two sides of a chip: one worked on, one active."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from firmware import host
from firmware.training.state import READ_BACK, SQUARED_ERROR
from suites import _controller
from suites._controller import TIMES, Board, Numbers, Scenario, Sides, Words, circuits, evaluated
from suites._record import BOOT, COMMIT, RESET, SIDE, SIZES, changed, pages_after, programmed, put, ready, written
from suites._training import EXPORT, Training

KIND = "firmware"
PURPOSE = ("Two networks on four tiles: a controller that passes makes one ready while the other serves, lets it take over between two "
           "requests, keeps their weights, circuits, trainers and errors apart, and starts the side of the record.")
SPECIFICATION = {"firmware": "10, 11"}
FIELDS = {**_controller.FIELDS,
          "accesses": "optional: bus accesses of the test bench right before the request of this index"}

ZERO, ONE = [host.WORK_ON, 0], [host.WORK_ON, 1]
TO_ZERO, TO_ONE = [host.SWITCH_TO, 0], [host.SWITCH_TO, 1]
ALL = (0, 1, 2, 3)
PULSES = host.set_pulse_times(TIMES)
DRIVE = "W MBX%d.DRIVE[0] 0x00000080"  # refused: a code that there is not
SMALL = Board(1, 1, 1)


def weights(layer: int) -> Words:
    return [host.READ_WEIGHTS, layer, 0]


def signals(board: Board, numbers: Numbers, steps: int = 1, command: int = host.INFER) -> Words:
    return host.infer(numbers.sequence(steps, board.inputs), command)


def program(layer: int, board: Board, numbers: Numbers, tolerance: int = 300, rounds: int = 3) -> Words:
    rows, columns = ((board.inputs + board.hidden + 1, 4 * board.hidden), (board.hidden + 1, board.outputs))[layer]
    return host.program(layer, tolerance, rounds, 0, [numbers.signals(columns, 20000) for _ in range(rows)])


def both(sides: Sides, *second: Words) -> list[Words]:
    """Both configured, with pulse times; side 0 is worked on and active."""
    return [sides.first.configure(), PULSES, ONE, sides.second.configure(400, 300, 2), *second, ZERO]


def refused() -> list[Scenario]:
    bad = [[host.WORK_ON], [host.WORK_ON, 2], [host.WORK_ON, 2, 0], [host.WORK_ON, 0xFFFFFFFF], [host.WORK_ON, 1, 0], [host.WORK_ON, 0, 0],
           [host.SWITCH_TO], [host.SWITCH_TO, 2], [host.SWITCH_TO, 2, 0], [host.SWITCH_TO, 1, 1], [host.SWITCH_TO, 0, 0]]
    infer, sides = host.infer([[9000]]), Sides(SMALL, SMALL)
    cells = SMALL.random(Numbers(7700))
    states = [ZERO, ONE, TO_ZERO, TO_ONE, SMALL.configure(), infer, ONE, TO_ONE, TO_ZERO, infer, weights(1)]
    found = [Scenario("two tiles have one side", SMALL.chip(), [*bad, *states], cells)]
    for tiles in ([[2, 1]], [[3, 4], [2, 1], [3, 4]]):
        found.append(Scenario(f"{len(tiles)} tiles", {"tiles": tiles}, [ZERO, ONE, TO_ONE, SMALL.configure(), ONE, TO_ONE, infer, weights(1)]))
    found.append(Scenario("bad words with two networks", sides.chip(), [*both(sides), *bad, infer, weights(1)],
                          sides.random(Numbers(7701)), setup=5))
    found.append(Scenario("nothing is configured", sides.chip(),
                          [TO_ZERO, TO_ONE, infer, ONE, TO_ONE, weights(0), [host.CALIBRATE, 0], [host.ERASE, 1], COMMIT, PULSES, COMMIT,
                           [host.PREDICT, 1, 1]], unseen=(9,)))
    found.append(Scenario("a network on side 1 alone", sides.chip(),
                          [ONE, SMALL.configure(), infer, [host.PREDICT, 1, 1], TO_ZERO, weights(1), TO_ONE, infer, [host.PREDICT, 1, 1], ZERO,
                           weights(1), [host.CALIBRATE, 0], infer, TO_ZERO, infer, ONE, weights(1)], sides.random(Numbers(7702))))
    found.append(Scenario("a network on side 0 alone", sides.chip(),
                          [SMALL.configure(), ONE, infer, weights(1), [host.ERASE, 0], TO_ONE, infer, ZERO, weights(1)],
                          sides.random(Numbers(7703)), tiles=ALL))
    return found


def fits() -> list[Scenario]:
    large, infer = Board(2, 2, 2), host.infer([[9000]])
    found = []
    for first, second, note in ((SMALL, large, "side 1 alone"), (large, SMALL, "side 0 alone")):
        sides = Sides(first, second)
        configures = [large.configure(), SMALL.configure(), large.configure()]
        found.append(Scenario(f"a network that fits {note}", sides.chip(),
                              [*configures, weights(1), ONE, *configures, weights(1), ZERO, weights(1), TO_ONE, infer, TO_ZERO, infer],
                              sides.random(Numbers(7710))))
    for note, tiles in (("tile 2 has too few columns", [[5, 7], [3, 2]]), ("tile 3 has too few word lines", [[5, 8], [2, 2]])):
        chip = {"tiles": [[5, 8], [3, 2], *tiles]}
        found.append(Scenario(note, chip, [large.configure(), ONE, large.configure(), weights(1), TO_ONE, SMALL.configure(), TO_ONE, infer]))
    return found


def made_ready() -> list[Scenario]:
    """A network is made ready on side 1 while side 0 serves, takes over, and gives back."""
    found = []
    mismatch = {"adcOffsetMicrovolts": 1500, "adcGainPpm": 5000, "deviceToDevice": 0.1}
    cases = (((3, 2, 2), (1, 1, 3), False, "hard", {}), ((1, 1, 1), (3, 2, 2), True, "plan", mismatch),
             ((1, 1, 2), (1, 1, 2), False, "hard", mismatch), ((2, 1, 1), (1, 2, 1), False, "equalRipple", {"adcBits": 9}))
    for index, (one, two, differential, shipped, options) in enumerate(cases):
        numbers = Numbers(7720 + index)
        first = Board(*one, differential, (1, 0, 0, 1) if index == 3 else (0, 0, 0, 0), options={**options, "seed": 100 + index})
        second = Board(*two, differential, (0, 2, 2, 0) if index == 3 else (0, 0, 0, 0))
        sides = Sides(first, second, [[2, 2]] * (index == 2))
        infer, predict = signals(first, numbers), signals(first, numbers, 2, host.PREDICT)
        other, others = signals(second, numbers, 2), signals(second, numbers, 2, host.PREDICT)
        begin = ready(first, shipped)
        requests = [*begin, infer, ONE, infer, second.configure(400, 300, 2), infer, [host.CALIBRATE, 1], infer,
                    program(0, second, numbers), infer, predict, program(1, second, numbers), weights(1), infer, TO_ONE, other, others,
                    weights(0), ZERO, weights(1), other, [host.CALIBRATE, 0], other, TO_ZERO, infer, predict, ONE, weights(1), infer]
        found.append(Scenario(f"{'-'.join(map(str, one))} gives way to {'-'.join(map(str, two))}, {first.kind}, {shipped} circuits",
                              sides.chip(), requests, sides.random(numbers), setup=len(begin), tiles=ALL,
                              unseen=(len(begin) + 7,) if index else ()))
    return found


def apart() -> list[Scenario]:
    """What is done to one side, the other does not notice."""
    found = []
    for worked, note in ((0, "side 0"), (1, "side 1")):
        for layer in (0, 1):
            numbers, sides = Numbers(7740 + 2 * worked + layer), Sides(Board(1, 1, 2), Board(2, 1, 1))
            requests = [*both(sides), [host.WORK_ON, worked], [host.SWITCH_TO, 1 - worked],
                        signals((sides.second, sides.first)[worked], numbers), [host.ERASE, layer], weights(layer),
                        signals((sides.second, sides.first)[worked], numbers)]
            found.append(Scenario(f"layer {layer} of {note} erased while the other serves", sides.chip(), requests, sides.random(numbers),
                                  setup=5, tiles=ALL))
    options = {"adcOffsetMicrovolts": 8000, "adcGainPpm": 20000, "seed": 110}
    numbers, sides = Numbers(7750), Sides(Board(1, 1, 2, options=options), Board(1, 1, 2))
    infer = signals(sides.first, numbers)
    found.append(Scenario("calibration of one side", sides.chip(),
                          [*both(sides), infer, ONE, [host.CALIBRATE, 0], infer, TO_ONE, infer, ZERO, [host.CALIBRATE, 2], infer, TO_ZERO,
                           infer], sides.random(numbers), setup=5))
    numbers, sides = Numbers(7751), Sides(Board(1, 1, 2), Board(1, 1, 2))
    infer = signals(sides.first, numbers, 2)
    found.append(Scenario("circuits and pulse times are of both sides", sides.chip(),
                          [*both(sides), infer, ONE, *circuits("plan"), host.set_pulse_times([time // 2 for time in TIMES]), infer, TO_ONE, infer,
                           ZERO, program(1, sides.first, numbers), sides.first.configure(), TO_ZERO, infer],
                          sides.random(numbers), setup=5, unseen=(9,), tiles=ALL))
    numbers, sides = Numbers(7752), Sides(Board(2, 1, 2), Board(1, 1, 1))
    smaller = Board(1, 1, 2)
    found.append(Scenario("another configuration of the side that serves", sides.chip(),
                          [*both(sides), signals(sides.first, numbers), smaller.configure(), signals(smaller, numbers),
                           signals(sides.first, numbers), ONE, weights(1), sides.second.configure(), signals(smaller, numbers)],
                          sides.random(numbers), setup=5))
    return found


def training() -> list[Scenario]:
    found = []
    kind = Training(batch=2)
    one, rate = kind.words
    beyond = Training(longest=65535).words[0]
    sides = Sides(Board(1, 1, 2), Board(2, 1, 3))
    numbers = Numbers(7760)
    first, second = kind.sequences(sides.first, numbers, [2, 1, 2]), kind.sequences(sides.second, numbers, [2, 1, 2])
    infer, other = signals(sides.first, numbers), signals(sides.second, numbers)
    found.append(Scenario("a trainer stays while the other side is worked on", sides.chip(),
                          [*both(sides), one, rate, first[0], ONE, EXPORT, second[0], rate, [host.UPDATE], [host.IMPORT_STATE, 1],
                           sides.second.configure(), program(1, sides.second, numbers), ZERO, EXPORT, first[1], EXPORT, TO_ONE, first[2], other,
                           [host.UPDATE]], sides.random_shares(numbers), setup=5, tiles=ALL))
    found.append(Scenario("a trainer drops that of the other side, once its words are taken", sides.chip(),
                          [*both(sides), one, rate, first[0], ONE, beyond, [host.CONFIGURE_TRAINING, 5], one[:-1], ZERO, EXPORT, ONE, one, EXPORT,
                           second[0], ZERO, EXPORT, first[0], [host.UPDATE], rate, ONE, rate, second[1], EXPORT, ZERO, beyond, ONE, EXPORT],
                          sides.random_shares(numbers), setup=5, tiles=ALL))
    for at, note in ((ZERO, "side 0"), (ONE, "side 1")):
        back = ONE if at == ZERO else ZERO
        requests = [*both(sides), at, one, rate, back, circuits("plan")[0], EXPORT, at, EXPORT, rate, one, circuits("plan")[1], EXPORT,
                    one, back, [host.SET_ACTIVATION, 0, 17], [host.SET_ACTIVATION, 1, 2, 0], at, EXPORT, back,
                    [host.SET_ACTIVATION, 0, 1, 0x7FFF0000, 0x10000, 0], at, EXPORT]
        found.append(Scenario(f"circuits drop a trainer of {note}, refused ones do not", sides.chip(), requests, sides.random(numbers), setup=5))
        requests = [*both(sides), at, one, rate, back, (sides.first if back == ZERO else sides.second).configure(), at, EXPORT,
                    (sides.first if at == ZERO else sides.second).configure(), EXPORT]
        found.append(Scenario(f"a configuration drops the trainer of its own side, of {note}", sides.chip(), requests, sides.random(numbers),
                              setup=5))
    for index, kind in enumerate((Training(path=READ_BACK, momentum=2), Training(rule=3, loss=SQUARED_ERROR, level_log2=5))):
        numbers = Numbers(7770 + index)
        sequences = kind.sequences(sides.second, numbers, [2, 1])
        infer = signals(sides.first, numbers)
        found.append(Scenario(f"{kind.note}, on side 1 while side 0 serves", sides.chip(),
                              [*both(sides, *circuits("plan")), infer, ONE, *kind.words, infer, sequences[0], infer, sequences[1], infer, EXPORT,
                               TO_ONE, signals(sides.second, numbers), sequences[0], signals(sides.second, numbers)],
                              sides.random_shares(numbers), setup=7, tiles=ALL))
    return found


def hardware() -> list[Scenario]:
    """Errors of the tiles of the side that a request is of."""
    found = []
    sides = Sides(Board(1, 1, 2), Board(1, 1, 1))
    for tile in ALL:
        numbers = Numbers(7780)
        infer, predict = signals(sides.first, numbers), signals(sides.first, numbers, 1, host.PREDICT)
        requests = [*both(sides), infer, predict, ONE, infer, [host.ERASE, 1], infer, ZERO, [host.ERASE, 0], infer, [host.ERASE, 0], TO_ONE,
                    infer, [host.ERASE, 0], infer, ONE, [host.ERASE, 1]]
        found.append(Scenario(f"an error of tile {tile}", sides.chip(), requests, sides.random(numbers), setup=5,
                              accesses={str(place): [DRIVE % tile] for place in (5, 8, 15)}))
    for tile in ALL:
        numbers = Numbers(7785)
        kind = Training()
        training = [*kind.words, *kind.sequences(sides.second, numbers, [1]), [host.UPDATE]]
        requests = [*both(sides), ONE, sides.second.configure(), program(0, sides.second, numbers, 2000), *training, COMMIT,
                    [host.SCRUB, 1, 100, 1, 0], BOOT, [host.BOOT, 1], signals(sides.second, numbers)]
        places = [6, 7, 10, 11, 12]
        found.append(Scenario(f"an error of tile {tile}, requests of side 1", sides.chip(), requests, sides.random(numbers), setup=6,
                              unseen=(7, 10, 12), accesses={str(place): [DRIVE % tile] for place in places}))
    return found


def commissioned() -> list[Scenario]:
    found = []
    sides = Sides(Board(1, 1, 2, options={"adcOffsetMicrovolts": 1500, "seed": 120}), Board(2, 1, 1))
    numbers = Numbers(7800)
    cells = sides.random(numbers)
    infer, other = signals(sides.first, numbers), signals(sides.second, numbers)
    setup = [*ready(sides.first), ONE, sides.second.configure(400, 300, 2), [host.CALIBRATE, 0]]
    begin, boots = len(setup), [[host.BOOT, 0], [host.BOOT, 1]]
    chip = sides.chip()
    found.append(Scenario("commit on side 1, reset, boot", chip,
                          [*setup, COMMIT, BOOT, other, weights(1), boots[0], other, weights(1), ZERO, weights(1), TO_ZERO, infer, COMMIT,
                           *boots, other], cells, setup=begin, accesses={str(begin + 1): [RESET]}, unseen=(begin + 4, begin + 10, begin + 11)))
    one = pages_after(chip, [*setup, COMMIT], cells)
    found.append(Scenario("a record of side 1, no request before", chip, [BOOT, other, weights(0), TO_ZERO, ZERO, weights(0), COMMIT, other], cells,
                          accesses={"0": written(one)}))
    found.append(Scenario("side 0 asked for, a record of side 1", chip, [boots[0], other, ZERO, weights(1), boots[1], other], cells,
                          accesses={"0": written(one)}))
    twice = [*setup, ZERO, COMMIT, ONE, COMMIT]
    found.append(Scenario("commit 0, commit 1, boot, boot 0, boot 1", chip,
                          [*twice, BOOT, other, weights(1), boots[0], infer, weights(1), boots[1], other, ONE, TO_ZERO, infer, TO_ONE, other,
                           ZERO, COMMIT, BOOT, boots[1], infer], cells, setup=len(twice), unseen=(len(twice) + 14, len(twice) + 16),
                          accesses={str(len(twice)): [RESET], str(len(twice) + 3): [RESET]}))
    pages = pages_after(chip, twice, cells)
    words = [pages[0][: pages[0][1]], pages[64][: pages[64][1]]]

    def slots(first: list[int], second: list[int]) -> list[str]:
        return [*put(first), *put(second, 64)]

    torn = [[words[0][0], *words[0][1:-1], words[0][-1] ^ 1], [*words[1][:-1], words[1][-1] ^ 1]]
    for note, first, second in (("the record of side 0 is damaged", torn[0], words[1]), ("the record of side 1 is damaged", words[0], torn[1]),
                                ("both records are damaged", *torn)):
        found.append(Scenario(note, chip, [*boots, BOOT, infer, other], cells, accesses={"0": slots(first, second)}, unseen=(1,)))
    swapped = slots(words[1], words[0])
    found.append(Scenario("the newer record in the first slot", chip, [BOOT, other, boots[0], infer, boots[1], other], cells,
                          accesses={"0": swapped}, unseen=(0, 1)))
    where = SIZES + 6 + 8 + 131 + 2
    for note, replaced in (("lines that are not those of the tile", {where: words[1][where] + 1}), ("a network that does not fit", {SIZES: 3}),
                           ("a network that fits side 0 alone", {SIZES: 1, SIZES + 2: 2}), ("another die", {3: words[1][3] ^ 1})):
        wrong = changed([words[1]], replaced)
        found.append(Scenario(f"side 1: {note}", chip, [boots[0], BOOT, infer, other, weights(1), ONE, weights(1), ZERO, weights(1), TO_ZERO, infer],
                              cells, accesses={"0": slots(words[0], wrong)}, unseen=(0,)))
    moved = changed([words[0]], {SIDE: 1})
    found.append(Scenario("the record of side 0 says side 1", chip, [BOOT, other, infer], cells, accesses={"0": put(moved)}))
    for tile in ALL:
        found.append(Scenario(f"an error of tile {tile} as side 1 is started", chip, [boots[0], boots[1], other, [host.ERASE, 0]], cells,
                              accesses={"0": slots(*words), "1": [DRIVE % tile]}, unseen=(0,)))
    training = Training().words[0]
    found.append(Scenario("no trainer behind a start, of either side", chip,
                          [*setup, COMMIT, ZERO, training, EXPORT, boots[0], EXPORT, BOOT, EXPORT, ZERO, EXPORT, training, BOOT, ONE, training,
                           BOOT, EXPORT], cells, setup=begin + 1, unseen=(begin + 4, begin + 6, begin + 11, begin + 14)))
    small = {**chip, "tiles": chip["tiles"][:2]}
    found.append(Scenario("a record of side 1 on two tiles", small, [BOOT, *boots, sides.first.configure(), infer, BOOT, infer],
                          {"0": cells["0"], "1": cells["1"]}, accesses={"0": written(one)}))
    found.append(Scenario("an update that fails leaves the record before", chip,
                          [*setup, ZERO, COMMIT, ONE, COMMIT, BOOT, infer, ONE, weights(1), COMMIT, BOOT, other], cells, setup=begin + 3,
                          unseen=(begin + 8,), accesses={str(begin + 3): [DRIVE % 3], str(begin + 4): [RESET], str(begin + 9): [RESET]}))
    found.append(Scenario("two records of one side", chip, [*setup, COMMIT, COMMIT, boots[0], boots[1], other, infer], cells, setup=begin,
                          unseen=(begin,)))
    found.append(Scenario("blank, with two sides", chip, [BOOT, *boots]))
    found.append(Scenario("a damaged slot and a blank one", chip, [*boots, BOOT], accesses={"0": programmed(64, {0: 1})}))
    return found


def scenarios() -> list[Scenario]:
    return [*refused(), *fits(), *made_ready(), *apart(), *training(), *hardware(), *commissioned()]


def cases(mutations: Collection[str] = ()) -> list[dict[str, Any]]:
    return evaluated(scenarios(), mutations)

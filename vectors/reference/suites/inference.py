"""Whole requests: sequences of any length, chips made ready, refusals."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from firmware import host
from firmware.arithmetic import pair
from firmware.training.slopes import hard_circuits
from suites import _controller
from suites._controller import TIMES, Board, Numbers, Scenario, circuits, drawn_board, evaluated

KIND = "firmware"
PURPOSE = ("The mailbox from end to end: configuration, circuits, calibration, programming, inference and "
           "prediction of sequences of any length, and every status with the words it drops.")
SPECIFICATION = {"firmware": "2, 6, 8.2, 8.4"}
FIELDS = {**_controller.FIELDS,
          "accesses": "optional: bus accesses of the test bench right before the request of this index"}


def lengths() -> list[Scenario]:
    found = []
    for steps in (1, 2, 5, 9):
        for differential in (False, True):
            numbers, board = Numbers(4000 + steps), Board(2, 2, 3, differential)
            requests = [board.configure(), host.infer(numbers.sequence(steps, 2))]
            found.append(Scenario(f"{steps} steps, {board.kind}", board.chip(), requests, board.random(numbers),
                                  setup=1))
    numbers, board = Numbers(4020), Board(3, 2, 2)
    sequences = [host.infer(numbers.sequence(steps, 3)) for steps in (3, 1, 2)]
    found.append(Scenario("sequences of several lengths", board.chip(), [board.configure(), *sequences],
                          board.random(numbers), setup=1))
    numbers, board = Numbers(4021), Board(3, 2, 2)
    requests = [host.infer(numbers.sequence(2, 3), command) for command in (host.PREDICT, host.INFER, host.PREDICT)]
    found.append(Scenario("prediction and inference in turn", board.chip(), [board.configure(), *requests],
                          board.random(numbers), setup=1))
    numbers, board = Numbers(4022), Board(1, 1, 1)
    found.append(Scenario("100 steps", board.chip(), [board.configure(300), host.infer(numbers.sequence(100, 1)),
                                                      host.infer([[0]])], board.random(numbers), setup=1, unseen=(1,)))
    return found


def large() -> list[Scenario]:
    numbers, board = Numbers(4100), Board(28, 16, 10)
    return [Scenario("28-16-10", board.chip(), [board.configure(), host.infer(numbers.sequence(3, 28))],
                     board.random(numbers))]


def made_ready() -> list[Scenario]:
    """What the host does with a trained model, every access compared but those of the pulse times."""
    found = []
    for index, (shape, differential, shipped) in enumerate([((3, 2, 2), False, "hard"), ((1, 1, 2), True, "plan"),
                                                            ((2, 1, 1), False, "equalRipple"),
                                                            ((1, 2, 1), False, "fiveSegment")]):
        numbers = Numbers(4200 + index)
        board = Board(*shape, differential,
                      options={"adcOffsetMicrovolts": 1500, "adcGainPpm": 5000, "seed": 90 + index})
        rows, hidden = shape[0] + shape[1] + 1, shape[1]
        lstm = [numbers.signals(4 * hidden, 20000) for _ in range(rows)]
        dense = [numbers.signals(shape[2], 20000) for _ in range(hidden + 1)]
        requests = [host.configure(*shape, 1.0, 1.0), *circuits(shipped), [host.CALIBRATE, 0],
                    host.set_pulse_times(TIMES), host.program(0, 200, 3, 0, lstm), host.program(1, 200, 3, 0, dense),
                    host.infer(numbers.sequence(2, shape[0])), [host.STOP]]
        found.append(Scenario(f"{shape[0]}-{shape[1]}-{shape[2]}, {board.kind}, {shipped} circuits, made ready",
                              board.chip(), requests, tiles=[0, 1]))
    board = Board()
    ready = host.make_ready((3, 2, 2), (1.0, 1.0), hard_circuits(), TIMES)
    lstm = [[(row * 8 + column) * 1009 % 40001 - 20000 for column in range(8)] for row in range(6)]
    dense = [[(row * 2 + column) * 7919 % 40001 - 20000 for column in range(2)] for row in range(3)]
    requests = [*ready, host.program(0, 131, 4, 0, lstm), host.program(1, 131, 4, 0, dense),
                host.infer([[16384, -8192, 0]])]
    found.append(Scenario("3-2-2, reference, hard circuits, ideal converters, made ready", board.chip(), requests,
                          setup=1))
    return found


def tables() -> list[Scenario]:
    """Circuits of any number of segments, also such that no one would make."""
    found = []
    for count in (1, 2, 3, 7, 16):
        numbers, board = Numbers(4300 + count), Board(1, 2, 1)
        requests = [board.configure(700)]
        for bank in (0, 1):
            breaks = sorted(numbers.integer(-20000, 20000) for _ in range(count))
            lines = [pair(numbers.integer(0, 16384), numbers.integer(-20000, 20000)) for _ in range(count)]
            requests.append([host.SET_ACTIVATION, bank, count, pair(-30000 * bank, 29000),
                             *[b & 0xFFFF for b in breaks], *lines])
        requests.append(host.infer(numbers.sequence(2, 1)))
        found.append(Scenario(f"circuits of {count} segments", board.chip(), requests, board.random(numbers)))
    numbers, board = Numbers(4330), Board(1, 2, 1)
    requests = [*circuits("plan"), board.configure(), host.infer([[20000]]), *circuits("fiveSegment"),
                host.infer([[20000]]), board.configure(512), host.infer([[20000]])]
    found.append(Scenario("circuits changed, kept by a new configuration", board.chip(), requests,
                          board.random(numbers)))
    return found


def reconfigured() -> list[Scenario]:
    found = []
    for outputs, headroom in ((1, 0), (2, 3)):
        numbers, board = Numbers(4400 + outputs), Board(3, 2, 3, spare=(2, 4, 2, 2))
        smaller = [host.CONFIGURE, 1, 2, outputs, 512, 300, headroom]
        requests = [board.configure(), host.infer([[1000, 2000, 3000]]), smaller, host.infer([[32767], [-32768]])]
        found.append(Scenario(f"a network of {outputs} outputs in place of a larger one", board.chip(), requests,
                              board.random(numbers)))
    return found


def refused(note: str, requests: Sequence[list[int]], board: Board = Board(1, 1, 2), configured: bool = True,
            signals: int = 1) -> Scenario:
    """A good inference before and after, where there is a network."""
    good = [host.infer([[5000] * signals])]
    around = [board.configure(), *good, *requests, *good] if configured else list(requests)
    return Scenario(note, board.chip(), around, board.same(6000), setup=1 if configured else 0)


def statuses() -> list[Scenario]:
    board = Board(1, 1, 2)
    good = board.configure()
    bounds = [(1, 1024)] * 3 + [(1, 65535)] * 2 + [(0, 8)]
    wrong = [good[: place + 1] + [value] + good[place + 2 :] for place, (low, high) in enumerate(bounds)
             for value in (low - 1 & 0xFFFFFFFF, high + 1)]
    infer = host.infer([[1], [2]])
    found = [
        refused("identify, and stop with a word too many", [[1], [1, 0], [10, 1], [1]]),
        refused("unknown commands with any number of words", [[0], [24, 1, 2, 3], [0xFFFFFFFF], [99] + [7] * 20]),
        refused("before configuration", [[1], infer, [15, 1, 0], [7], [7, 0], [15, 0], [11, 9], [12, 5], [14], [16],
                                         [17, 1], [13, 1], [4, 0], [9, 1]], configured=False),
        refused("configurations out of range, with the words they drop", wrong),
        refused("configurations of a wrong length", [good[:place] for place in range(1, 7)] + [[*good, 1]]),
        refused("networks that do not fit",
                [[2, 2, 1, 2, 256, 256, 1], [2, 1, 2, 2, 256, 256, 1], [2, 1, 1, 3, 256, 256, 1],
                                             [2, 1024, 1024, 1024, 256, 256, 1]]),
        refused("inference of a wrong length", [infer[:-1], [*infer, 3], [7, 0], [7, 0, 1], [7], [7, 0x80000000, 5],
                                                [7, 0x10001, 5]]),
        refused("more steps than a word can count", [[7, 0x80000000], [7, 0x80000001, 5, 6]], Board(3, 1, 2),
                signals=3),
        refused("prediction of a wrong length", [[15, 2, 5], [15, 1, 5, 6], [15, 0], [15, 65536, 1], [15]]),
        refused("circuits out of range", [[3, 2, 1, 0, 0, 0], [3, 0, 0, 0], [3, 0, 17, *[0] * 35], [3, 0, 1, 0, 0],
                                          [3, 1, 1, 0, 0, 0, 0], [3], [3, 0]]),
    ]
    one = Board(1, 1, 2).chip()
    found.append(Scenario("a chip of one tile", {**one, "tiles": one["tiles"][:1]}, [good, infer]))
    narrow = Board(1, 1, 2, True)
    found.append(Scenario("pairs need twice the bit lines", {**narrow.chip(), "tiles": [[3, 6], [2, 4]]}, [good, [1]]))
    three = {**one, "tiles": [[3, 4], [2, 2], [5, 5]]}
    found.append(Scenario("a chip of three tiles", three, [good, infer]))
    return found


def hardware() -> list[Scenario]:
    """Errors that the controller finds on a tile: reported, cleared, and gone."""
    found = []
    for note, accesses in (("the LSTM's tile", ["W MBX0.START 0x0000000f"]),
                           ("the dense tile", ["W MBX1.START 0x00000003"]),
                           ("both tiles", ["W MBX0.DRIVE[0] 0x00000080", "W MBX1.FEEDBACK[0] 0x00000000"])):
        numbers, board = Numbers(4500), Board(1, 1, 2)
        infer = host.infer([[12000]])
        requests = [board.configure(), infer, infer, [host.ERASE, 0], infer]
        found.append(Scenario(f"an error on {note}", board.chip(), requests, board.random(numbers), setup=1,
                              accesses={"1": accesses, "3": accesses}))
    numbers, board = Numbers(4510), Board(1, 1, 2)
    program = host.program(1, 300, 1, 0, [[1000, 2000], [3000, 4000]])
    requests = [board.configure(), host.set_pulse_times(TIMES), program, program, program, [host.UPDATE],
                board.configure(), host.infer([[12000]])]
    found.append(Scenario("programming looks at its own tile, configuration at both", board.chip(), requests,
                          board.random(numbers), setup=2, accesses={"2": ["W MBX0.FEEDBACK[0] 0x00000000"],
                                                                    "4": ["R MBX1.START"],
                                                                    "6": ["W MBX0.GEOMETRY 0x00000001"]}))
    return found


def scenarios() -> list[Scenario]:
    return [*lengths(), *large(), *made_ready(), *tables(), *reconfigured(), *statuses(), *hardware()]


def request(numbers: Numbers, board: Board) -> list[int]:
    """Mostly a sequence; or one with a word less or more, or any command with any words."""
    sequence = host.infer(numbers.sequence(numbers.integer(1, 4), board.inputs), numbers.choice((host.INFER, host.PREDICT)))
    kind = numbers.integer(0, 9)
    if kind < 5:
        return sequence
    if kind == 5:
        return sequence[:numbers.integer(1, len(sequence) - 1)]
    if kind == 6:
        return [*sequence, numbers.integer(0, 0xFFFFFFFF)]
    if kind == 7:
        return numbers.choice(circuits(numbers.choice(("hard", "fiveSegment", "plan", "equalRipple"))))
    if kind == 8:
        return board.configure(numbers.integer(1, 2048), numbers.integer(1, 2048), numbers.integer(0, 9))
    words = [numbers.integer(0, numbers.choice((1, 3, 0xFFFFFFFF))) for _ in range(numbers.integer(0, 3))]
    return [numbers.integer(0, 30), *words]


def draw(numbers: Numbers) -> dict[str, Any]:
    """Requests in any order, right and wrong ones."""
    board = drawn_board(numbers)
    requests = [board.configure(), *(request(numbers, board) for _ in range(8))]
    return Scenario("drawn", board.chip(), requests, board.random(numbers), tiles=[0, 1]).case()


def cases(mutations: Collection[str] = ()) -> list[dict[str, Any]]:
    return evaluated(scenarios(), mutations)

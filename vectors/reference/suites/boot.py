"""The commissioning record: what commit writes, what boot starts from and what it refuses."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from chip.chip import Chip
from firmware import host, storage
from firmware.mailbox import Mailbox
from suites import _bus as bus
from suites import _controller
from suites._controller import TIMES, Board, ChipBus, Numbers, Scenario, Words, circuits, evaluated, post

KIND = "firmware"
PURPOSE = ("The record in the flash: a controller that passes writes it, word by word, into the slot that does not hold the newest, "
           "starts from the newest whole one after a reset as it was commissioned, and refuses one that is missing, damaged or of "
           "another die.")
SPECIFICATION = {"firmware": "10", "chip": "7.5"}
FIELDS = {**_controller.FIELDS,
          "accesses": "optional: bus accesses of the test bench right before the request of this index"}
COMMIT, BOOT = [host.COMMIT, 0], [host.BOOT]
RESET = "W MBX.RESET 0x00000002"
KEY = "W FLASH.UNLOCK 0x464c5348"
READ, PROGRAM, ERASE = 1, 2, 3


def flash(operation: int, page: int) -> list[str]:
    return [bus.write("FLASH.START", operation | page << 16), "R FLASH.WAIT"]


def programmed(page: int, words: dict[int, int]) -> list[str]:
    """What a bench does to put words into a page; the last page of the flash, which stays blank, clears the buffer."""
    return [KEY, *flash(READ, 127), *(bus.write(f"FLASH.BUFFER[{index}]", word) for index, word in words.items()),
            *flash(PROGRAM, page), "W FLASH.UNLOCK 0x00000000"]


def pages_after(chip: dict[str, Any], requests: list[Words], conductances: dict[str, list[int]]) -> list[list[int]]:
    """The flash once a controller has served requests."""
    made = Chip(chip)
    for tile, cells in conductances.items():
        made.place(int(tile), cells)
    mailbox = Mailbox(ChipBus(made))
    for request in requests:
        post(made, mailbox, request)
    return made.flash.pages


def written(pages: list[list[int]], page: int = 0) -> list[str]:
    return programmed(page, {index: word for index, word in enumerate(pages[0]) if word != storage.BLANK})


def ready(board: Board, shipped: str = "hard", noisy: bool = False) -> list[Words]:
    return [board.configure(), *circuits(shipped), [host.CALIBRATE, 0], host.set_pulse_times(TIMES + [1] * noisy)]


def restored() -> list[Scenario]:
    """Commissioned, committed, reset, and started from the record: the same answers."""
    found = []
    mismatch = {"adcOffsetMicrovolts": 1500, "adcGainPpm": 5000}
    for index, (shape, differential, spare, shipped, options) in enumerate((
            ((1, 1, 2), False, (0, 0, 0, 0), "hard", {}), ((3, 2, 2), False, (0, 0, 0, 0), "plan", mismatch),
            ((2, 1, 3), True, (1, 2, 0, 1), "fiveSegment", mismatch), ((1, 2, 1), False, (4, 0, 2, 0), "equalRipple", {"adcBits": 7}),
            ((5, 3, 1), True, (0, 0, 0, 0), "hard", {"dacBits": 4}))):
        numbers, board = Numbers(7200 + index), Board(*shape, differential, spare, {**options, "seed": 70 + index})
        setup = ready(board, shipped, noisy=index % 2 == 1)
        infer = host.infer(numbers.sequence(2, shape[0]))
        requests = [*setup, infer, COMMIT, infer, BOOT, infer, [host.READ_WEIGHTS, 1, 0], COMMIT, [host.EXPORT_STATE]]
        found.append(Scenario(f"{'-'.join(map(str, shape))}, {board.kind}, {shipped} circuits: commit, reset, boot", board.chip(),
                              requests, board.random(numbers), setup=len(setup), accesses={str(len(setup) + 3): [RESET]}))
    numbers, board = Numbers(7210), Board(8, 16, 10)
    setup = ready(board)
    found.append(Scenario("8-16-10, a record of two pages", board.chip(), [*setup, COMMIT, BOOT, host.infer(numbers.sequence(1, 8))],
                          board.random(numbers), setup=len(setup), accesses={str(len(setup) + 1): [RESET]}))
    return found


def slots() -> list[Scenario]:
    numbers, board = Numbers(7300), Board(1, 1, 1)
    setup = ready(board)
    wider = board.configure(512, 300, 2)
    requests = [*setup, BOOT, COMMIT, COMMIT, BOOT, wider, COMMIT, BOOT, COMMIT, BOOT, host.infer([[9000]])]
    found = [Scenario("each record in the slot that the newest is not in", board.chip(), requests, board.random(numbers), setup=len(setup),
                      accesses={str(len(requests) - 2): [RESET]})]
    for note, sum_code in (("sums of shares beyond what is converted", 32767), ("small sums", 900)):
        numbers, board = Numbers(7310), Board(6, 1, 1)
        found.append(Scenario(note, board.chip(), [*ready(board), [host.COMMIT, 1]], board.same(sum_code), setup=6))
    noisy = Board(2, 1, 1, options={"readNoisePicosiemens": 400000, "adcBits": 16, "seed": 73})
    found.append(Scenario("sums of noisy reads, averaged", noisy.chip(), [*ready(noisy), [host.COMMIT, 2], [host.COMMIT, 0]],
                          noisy.random(Numbers(7315)), setup=5))
    times = Board(1, 1, 1)
    program = host.program(1, 200, 2, 0, [[12000], [-9000]])
    found.append(Scenario("pulse times come back too", times.chip(), [*ready(times), COMMIT, BOOT, program], times.random(Numbers(7320)),
                          setup=5, tiles=[1], accesses={"6": [RESET]}))
    return found


def refused() -> list[Scenario]:
    board = Board(1, 1, 1)
    setup, numbers = ready(board), Numbers(7400)
    cells = board.random(numbers)
    found = [Scenario("before configuration, and bad words", board.chip(),
                      [COMMIT, BOOT, [host.COMMIT], [host.COMMIT, 9], [host.COMMIT, 0, 0], [host.BOOT, 1], host.set_pulse_times(TIMES), COMMIT,
                       board.configure(), COMMIT, host.infer([[5]])], cells, unseen=(6, 8)),
             Scenario("no pulse times", board.chip(), [board.configure(), COMMIT, BOOT], cells, setup=1)]
    pages = pages_after(board.chip(), [*setup, COMMIT], cells)
    count = pages[0][1]

    def cleared(index: int, page: int = 0, of: list[list[int]] = pages) -> list[str]:
        word = of[page][index]
        return programmed(page, {index: word & word - 1})

    for index in (0, 1, 2, 3, 5, 12, 40, count - 2, count - 1):
        if pages[0][index] == 0:
            continue
        found.append(Scenario(f"a bit of word {index} lost", board.chip(), [*setup, COMMIT, BOOT, host.infer([[5]]), COMMIT, BOOT], cells,
                              setup=len(setup) + 1, accesses={str(len(setup) + 1): [*cleared(index), RESET]}))
    for word in (0, 5, storage.LONGEST + 1, 0x80000000 | count):
        begin = {0: storage.MAGIC, 1: word, 2: 1}
        found.append(Scenario(f"a length of {word}", board.chip(), [BOOT], accesses={"0": programmed(0, begin)}))
    die = pages[0][3:5]
    for low, high, note in ((die[0], 2, "the same low word"), (1, die[1], "the same high word"), (die[1], die[0], "its words exchanged")):
        shortest = [storage.MAGIC, 6, 7, low, high]
        words = dict(enumerate([*shortest, storage.checksum(shortest)]))
        found.append(Scenario(f"a head alone, of a die with {note}", board.chip(), [BOOT], accesses={"0": programmed(64, words)}))
    twice = pages_after(board.chip(), [*setup, COMMIT, COMMIT], cells)
    for page, note in ((0, "the older of two"), (64, "the newer of two")):
        found.append(Scenario(f"a bit lost of {note}", board.chip(), [*setup, COMMIT, COMMIT, BOOT, COMMIT, BOOT], cells,
                              setup=len(setup) + 2, accesses={str(len(setup) + 2): [*cleared(count - 1, page, twice), RESET]}))
    for erased, note in (((0,), "the older of two is erased"), ((64,), "the newer of two is erased"), ((0, 64), "both are erased")):
        lines = [KEY, *(line for page in erased for line in flash(ERASE, page)), "W FLASH.UNLOCK 0x00000000"]
        found.append(Scenario(note, board.chip(), [*setup, COMMIT, COMMIT, BOOT, BOOT], cells, setup=len(setup) + 2,
                              accesses={str(len(setup) + 2): [*lines, RESET]}))
    return found


def dies() -> list[Scenario]:
    board, other = Board(1, 1, 1), Board(1, 1, 1, options={"seed": 2})
    cells = board.random(Numbers(7500))
    pages = pages_after(other.chip(), [*ready(other), COMMIT], cells)
    found = [Scenario("the record of another die", board.chip(), [BOOT, host.infer([[5]]), *ready(board), COMMIT, BOOT], cells,
                      unseen=range(2, 7), accesses={"0": written(pages)})]
    larger = Board(1, 1, 1, spare=(3, 0, 0, 0))
    own = pages_after(larger.chip(), [*ready(larger), COMMIT], larger.random(Numbers(7501)))
    found.append(Scenario("the record of a die with other tiles", board.chip(), [board.configure(), BOOT, host.infer([[5]])], cells, setup=1,
                          accesses={"1": written(own)}))
    wide = Board(1, 2, 1)
    own = pages_after(wide.chip(), [*ready(wide), COMMIT], wide.random(Numbers(7502)))
    found.append(Scenario("the record of a network that does not fit", board.chip(), [board.configure(), BOOT, host.infer([[5]])], cells,
                          setup=1, accesses={"1": written(own)}))
    return found


def failures() -> list[Scenario]:
    """A worn page, an error of a tile: refused, and the record before stays."""
    board = Board(1, 1, 1, options={"flashEndurance": 1})
    setup, cells = ready(board), board.random(Numbers(7600))
    worn = Scenario("worn pages", board.chip(), [*setup, COMMIT, COMMIT, COMMIT, BOOT, COMMIT, BOOT], cells, setup=len(setup))
    plain = Board(1, 1, 1)
    accesses = {str(len(setup) + place): ["W MBX1.DRIVE[0] 0x00000080"] for place in (1, 3)}
    hardware = Scenario("an error of a tile", plain.chip(), [*setup, COMMIT, BOOT, BOOT, COMMIT, BOOT], cells, setup=len(setup), accesses=accesses)
    busy = Scenario("an error of the flash", plain.chip(), [*setup, COMMIT, COMMIT, BOOT], cells, setup=len(setup),
                    accesses={str(len(setup)): ["W FLASH.START 0x00000000"]})
    return [worn, hardware, busy]


def scenarios() -> list[Scenario]:
    return [*restored(), *slots(), *refused(), *dies(), *failures()]


def cases(mutations: Collection[str] = ()) -> list[dict[str, Any]]:
    return evaluated(scenarios(), mutations)

"""The commissioning record: what commit writes, what boot starts from and what it refuses."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from firmware import host, storage
from suites import _controller
from suites._controller import TIMES, Board, Numbers, Scenario, evaluated
from suites._record import (BOOT, COMMIT, ERASE, KEY, RESET, SIDE, SIZES, changed, flash, pages_after, programmed, put, ready, sealed,
                            written)

KIND = "firmware"
PURPOSE = ("The record in the flash: a controller that passes writes it, word by word, into the slot that does not hold the newest, "
           "starts from the newest whole one after a reset as it was commissioned, and refuses one that is missing, damaged or of "
           "another die.")
SPECIFICATION = {"firmware": "10", "chip": "7.5"}
FIELDS = {**_controller.FIELDS,
          "accesses": "optional: bus accesses of the test bench right before the request of this index"}


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
                      [COMMIT, BOOT, [host.COMMIT], [host.COMMIT, 9], [host.COMMIT, 0, 0], host.set_pulse_times(TIMES), COMMIT,
                       board.configure(), COMMIT, host.infer([[5]])], cells, unseen=(5, 7)),
             Scenario("sides that there are not, and words too many", board.chip(),
                      [[host.BOOT, 2], [host.BOOT, 0xFFFFFFFF], [host.BOOT, 0, 0], [host.BOOT, 2, 0], [host.BOOT, 1], [host.BOOT, 0]]),
             Scenario("no pulse times", board.chip(), [board.configure(), COMMIT, BOOT], cells, setup=1)]
    pages = pages_after(board.chip(), [*setup, COMMIT], cells)
    count = pages[0][1]

    def cleared(index: int, page: int = 0, of: list[list[int]] = pages) -> list[str]:
        word = of[page][index]
        return programmed(page, {index: word & word - 1})

    for index in (0, 1, 2, 3, 6, 12, 40, count - 2, count - 1):
        if pages[0][index] == 0:
            continue
        found.append(Scenario(f"a bit of word {index} lost", board.chip(), [*setup, COMMIT, BOOT, host.infer([[5]]), COMMIT, BOOT], cells,
                              setup=len(setup) + 1, accesses={str(len(setup) + 1): [*cleared(index), RESET]}))
    for word in (0, 6, storage.LONGEST + 1, 0x80000000 | count):
        begin = {0: storage.MAGIC, 1: word, 2: 1}
        found.append(Scenario(f"a length of {word}", board.chip(), [BOOT], accesses={"0": programmed(0, begin)}))
    die = pages[0][3:5]
    for low, high, note in ((die[0], 2, "the same low word"), (1, die[1], "the same high word"), (die[1], die[0], "its words exchanged")):
        found.append(Scenario(f"a head alone, of a die with {note}", board.chip(), [BOOT],
                              accesses={"0": put(sealed([storage.MAGIC, 7, 7, low, high, 0]), 64)}))
    for word in (0x4D425852, 0x4D425233):
        found.append(Scenario(f"a first word of 0x{word:08x}", board.chip(), [BOOT], accesses={"0": put(changed(pages, {0: word}))}))
    twice = pages_after(board.chip(), [*setup, COMMIT, COMMIT], cells)
    for page, note in ((0, "the older of two"), (64, "the newer of two")):
        found.append(Scenario(f"a bit lost of {note}", board.chip(), [*setup, COMMIT, COMMIT, BOOT, COMMIT, BOOT], cells,
                              setup=len(setup) + 2, accesses={str(len(setup) + 2): [*cleared(count - 1, page, twice), RESET]}))
    for erased, note in (((0,), "the older of two is erased"), ((64,), "the newer of two is erased"), ((0, 64), "both are erased")):
        lines = [KEY, *(line for page in erased for line in flash(ERASE, page)), "W FLASH.UNLOCK 0x00000000"]
        found.append(Scenario(note, board.chip(), [*setup, COMMIT, COMMIT, BOOT, BOOT], cells, setup=len(setup) + 2,
                              accesses={str(len(setup) + 2): [*lines, RESET]}))
    return found


def sides() -> list[Scenario]:
    """A side asked for, and the side of a record."""
    board = Board(1, 1, 1)
    setup, cells = ready(board), board.random(Numbers(7450))
    pages = pages_after(board.chip(), [*setup, COMMIT], cells)
    infer, none, one = host.infer([[5]]), [host.BOOT, 0], [host.BOOT, 1]
    found = [Scenario("a side asked for, of which there is one record or two", board.chip(), [*setup, COMMIT, none, infer, one, COMMIT, none, one,
                                                                                              infer], cells, setup=len(setup) + 1,
                      unseen=range(len(setup) + 4, len(setup) + 8))]
    torn = programmed(64, {0: 0})
    found.append(Scenario("a side asked for, beside a damaged record", board.chip(), [none, one, BOOT, infer], cells, unseen=(2,),
                          accesses={"0": [*written(pages), *torn]}))
    found.append(Scenario("a side asked for, a damaged record alone", board.chip(), [none, one, BOOT], cells, accesses={"0": torn}))
    for side in (2, 0xFFFFFFFF):
        found.append(Scenario(f"a record of side {side}", board.chip(), [BOOT, none, one], cells, setup=0 if side == 2 else 3,
                              accesses={"0": put(changed(pages, {SIDE: side}))}))
        found.append(Scenario(f"a record of side {side} behind one of side 0", board.chip(), [BOOT, infer], cells, setup=side != 2,
                              accesses={"0": [*written(pages), *put(changed(pages, {2: 2, SIDE: side}), 64)]}))
    second = changed(pages, {2: 2, SIDE: 1})
    three = {**board.chip(), "tiles": [*board.chip()["tiles"], [3, 4]]}
    for chip in (board.chip(), three):
        found.append(Scenario(f"a record of side 1 on {len(chip['tiles'])} tiles", chip, [BOOT, none, infer, one, infer, COMMIT, none, BOOT],
                              cells, unseen=(3, 5, 6, 7) if chip is three else range(8), accesses={"0": [*written(pages), *put(second, 64)]}))
    found.append(Scenario("only a record of side 1", board.chip(), [none, BOOT, one, infer], cells, unseen=(2,), accesses={"0": put(second)}))
    found.append(Scenario("sizes of a record that do not fit", board.chip(), [board.configure(), BOOT, infer], cells, setup=1,
                          accesses={"1": put(changed(pages, {SIZES: 2}))}))
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


def numbers_of_records() -> list[Scenario]:
    """Numbers that no request would have been taken with, under a right checksum."""
    board = Board(1, 1, 1)
    setup, cells = ready(board), board.random(Numbers(7460))
    pages = pages_after(board.chip(), [*setup, COMMIT], cells)
    bank, times = SIZES + 6, SIZES + 6 + 2 * 4
    found = []
    for place, word, note in ((SIZES, 0, "no inputs"), (SIZES + 1, 1025, "1025 hidden cells"), (SIZES + 2, 0xFFFFFFFF, "many outputs"),
                              (SIZES + 3, 0, "no LSTM window"), (SIZES + 4, 65536, "a dense window of 65536"), (SIZES + 5, 9, "a headroom of 9"),
                              (bank, 0, "no segments"), (bank, 17, "17 segments"), (bank + 2, 0x10000, "a break of 65536"),
                              (bank + 4, 0, "no segments of tanh"), (times, 0x40000000, "a SET time of 2^30"),
                              (times + 129, 0x80000000, "a RESET time of 2^31"), (times + 130, 2, "pulses that are noisy by 2"),
                              (times + 133, 9, "another number of lines")):
        found.append(Scenario(f"a record of {note}", board.chip(), [board.configure(), BOOT, host.infer([[5]]), [host.CALIBRATE, 0]], cells,
                              setup=1, unseen=(3,), accesses={"1": put(changed(pages, {place: word}))}))
    return found


def scenarios() -> list[Scenario]:
    return [*restored(), *slots(), *refused(), *sides(), *numbers_of_records(), *dies(), *failures()]


def cases(mutations: Collection[str] = ()) -> list[dict[str, Any]]:
    return evaluated(scenarios(), mutations)

"""Weights that are not what they were at commit: found by the record's column sums, and written back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Optional

from firmware import host
from firmware.arithmetic import pack, pair, pair_count, unpack
from suites import _bus as bus
from suites import _controller
from suites._controller import TIMES, Board, Numbers, Scenario, Sides, Words, evaluated
from suites._record import BOOT, COMMIT, ERASE, KEY, SIDE, SIZES, flash, in_place, pages_after, programmed, ready, written
from suites._training import Training

KIND = "firmware"
PURPOSE = ("The array beside the sums of its record: a controller that passes tells every column that is off, finds the one weight of a column "
           "that has changed and programs it back, its row as it was, and leaves alone and tells what is not of one weight.")
SPECIFICATION = {"firmware": "10.4, 12", "devices": "8"}
FIELDS = {**_controller.FIELDS,
          "accesses": "optional: bus accesses of the test bench right before the request of this index"}
PROGRAM_ROW = 3
LSTM, DENSE = 0, 1

Cells = Mapping[str, list[int]]


def scrub(layer: int = LSTM, tolerance: int = 200, rounds: int = 8, samples_log2: int = 0) -> Words:
    return [host.SCRUB, layer, tolerance, rounds, samples_log2]


def pulses(row: int, widths: Mapping[int, int], tile: int = 0) -> list[str]:
    """What changes memristors of a row from outside, by bit line."""
    lines = [bus.write(f"MBX{tile}.PULSE[{line}]", width & 0xFFFF) for line, width in widths.items()]
    return [*bus.unlock(tile), *lines, *bus.start(PROGRAM_ROW, row=row, tile=tile), f"W MBX{tile}.UNLOCK 0x00000000"]


def scenario(note: str, board: Board, accesses: Sequence[str], cells: Cells, request: Optional[Words] = None,
             following: Sequence[Words] = (), setup: Sequence[Words] = (), commit: Words = COMMIT, tiles: Collection[int] = (0, 1),
             seen: int = 1) -> Scenario:
    """Committed, changed, scrubbed; the accesses of the first `seen` requests then are compared."""
    before = [*(setup or ready(board)), commit]
    return Scenario(note, board.chip(), [*before, request or scrub(), *following], cells, setup=len(before) + (seen == 0),
                    unseen=range(len(before) + seen, len(before) + 1 + len(following)), tiles=tiles,
                    accesses={str(len(before)): list(accesses)} if accesses else {})


# Weights that change

def single() -> list[Scenario]:
    """One cell, of every row, down and up."""
    found = []
    board, numbers = Board(1, 1, 1), Numbers(7900)
    cells = board.random_shares(numbers, 16000)
    found.append(scenario("nothing has changed", board, [], cells, following=[scrub(DENSE), scrub(LSTM, 0, 1)], seen=2))
    for row in range(3):
        width = (2500, -2500)[row % 2]
        found.append(scenario(f"LSTM, a weight of row {row}", board, pulses(row, {row: width}), cells))
        found.append(scenario(f"LSTM, a weight of row {row}, the other way", board, pulses(row, {3 - row: -width}), cells, seen=0))
    for row in range(2):
        for width in (3000, -3000):
            found.append(scenario(f"dense, row {row}, pulse of {width}", board, pulses(row, {0: width}, 1), cells, scrub(DENSE), seen=width > 0))
    board, numbers = Board(2, 2, 3, options={"adcBits": 14}), Numbers(7901)
    cells = board.random_shares(numbers, 8000)
    for row in (0, 3, 4):
        found.append(scenario(f"2-2-3, LSTM, a weight of row {row}", board, pulses(row, {7 - row: 1800}), cells, scrub(LSTM, 60, 12), seen=row == 4))
    for row in range(3):
        found.append(scenario(f"2-2-3, dense, a weight of row {row}", board, pulses(row, {row: -1800}, 1), cells, scrub(DENSE, 60, 12),
                              seen=row == 1))
    return found


def several() -> list[Scenario]:
    found = []
    board, numbers = Board(1, 1, 1), Numbers(7910)
    cells = board.random_shares(numbers, 14000)
    torn = pulses(1, {0: 1500, 1: -2500, 2: 2500, 3: -1500})
    found.append(scenario("a row that was torn", board, torn, cells, following=[scrub()]))
    apart = [*pulses(2, {0: 2500}), *pulses(0, {1: -2500, 3: 2500}), *pulses(1, {2: 2000})]
    found.append(scenario("several columns of different rows", board, apart, cells, following=[scrub()]))
    two = [*pulses(0, {1: 2500}), *pulses(2, {1: 2500})]
    found.append(scenario("two weights of one column", board, two, cells, following=[scrub()], seen=0))
    found.append(scenario("two weights of one column, one of another", board, [*two, *pulses(1, {3: -2500})], cells, following=[scrub()]))
    found.append(scenario("two weights of one column, whose rows together name a third", Board(2, 1, 1),
                          [*pulses(1, {0: 2500}), *pulses(2, {0: 2500})], Board(2, 1, 1).same(2000), seen=0))
    ends = {"0": board.shares(0, [[0] * 4, [0, 0, 0, 9000], [0] * 4]), "1": cells["1"]}
    found.append(scenario("two weights of one column, one up, one down", board, [*pulses(0, {0: 1500}), *pulses(2, {0: -1500})], ends,
                          scrub(LSTM, 200), seen=0))
    found.append(scenario("three weights of one column, whose bits name a row that there is not", board,
                          [*pulses(0, {2: -2000}), *pulses(1, {2: 2000}), *pulses(2, {2: 2000})], board.same(0), scrub(LSTM, 100), seen=0))
    found.append(scenario("a second weight changed by little", board, [*pulses(0, {0: 3000}), *pulses(1, {0: 90})], board.same(0),
                          scrub(LSTM, 100), following=[scrub(LSTM, 100)]))
    found.append(scenario("a weight changed too little", board, pulses(1, {1: 40}), board.same(0), scrub(LSTM, 2000), following=[scrub(LSTM, 0)]))
    found.append(scenario("no rounds left to write it back", board, pulses(2, {0: 4000, 2: -3000}), cells, scrub(LSTM, 0, 1), following=[scrub()]))
    dense = Board(1, 2, 3)
    cells = dense.random_shares(Numbers(7911), 12000)
    found.append(scenario("dense, a row that was torn and a weight of another", dense, [*pulses(2, {0: 3000, 1: -3000}, 1), *pulses(1, {2: 2000}, 1)],
                          cells, scrub(DENSE), following=[scrub(LSTM)]))
    found.append(scenario("changes of the other layer", dense, [*pulses(2, {0: 3000}, 1)], cells, scrub(LSTM), following=[scrub(DENSE)]))
    ends = {"0": board.shares(0, [[32767, -32768, 20000, 0]] * 3), "1": board.shares(1, [[0]] * 2)}
    found.append(scenario("weights at the ends", board, pulses(1, {0: -9000, 1: 9000, 2: 9000, 3: -9000}), ends, seen=0))
    ends = {**ends, "0": board.shares(0, [[30000, -30000, 0, 0], [18000, -18000, 0, 0], [-32768, 32767, -32768, 32767]])}
    found.append(scenario("sums that became larger than what is converted", board, pulses(2, {0: 9600, 1: -9600, 2: 9600, 3: -9600}), ends))
    ends = {**ends, "0": board.shares(0, [[0] * 4, [0, 32767, -32768, 32767], [0] * 4])}
    board = Board(1, 1, 1, options={"adcGainPpm": 60000, "adcOffsetMicrovolts": 20000, "seed": 25})
    setup = [request for request in ready(board) if request[0] != host.CALIBRATE]
    found.append(scenario("weights of the row that are read as beyond the ends", board, pulses(1, {0: 2500}), ends, scrub(LSTM, 100, 2), setup=setup))
    return found


def scaled() -> list[Scenario]:
    """Sums too large for the whole code; converters of few and many bits; pairs; lines to spare."""
    found = []
    for limit, note in ((30000, "large"), (-30000, "large negative")):
        board = Board(6, 1, 1, options={"adcBits": 14})
        cells = board.same(limit)
        widths = {1: -3000 if limit > 0 else 3000}
        found.append(scenario(f"{note} sums, at a smaller code", board, pulses(5, widths), cells, scrub(LSTM, 600), following=[scrub(LSTM, 600)]))
    board = Board(5, 1, 1, options={"adcBits": 16, "dacBits": 12})
    found.append(scenario("12 bits to drive, 16 to convert", board, [*pulses(6, {0: 2200}), *pulses(0, {2: -2200})], board.same(15000),
                          scrub(LSTM, 100, 12)))
    for bits, dac, width in ((5, 8, 6000), (7, 4, 4000), (10, 4, 2500)):
        board = Board(1, 1, 1, options={"adcBits": bits, "dacBits": dac})
        cells = board.random_shares(Numbers(7920 + bits), 10000)
        found.append(scenario(f"{bits} bits to convert, {dac} to drive", board, [*pulses(1, {0: width, 3: 300})], cells, scrub(LSTM, 2000)))
    for index, (lines, note) in enumerate((({2: 2500}, "a memristor"), ({3: -2500}, "a partner"), ({0: 1500, 1: -1500}, "both of a weight"),
                                           ({4: 1000, 5: 1000}, "both, the weight as it was"))):
        board = Board(1, 1, 1, True)
        cells = board.random_shares(Numbers(7930 + index), 14000)
        found.append(scenario(f"pairs, {note}", board, pulses(index % 3, lines), cells))
    board = Board(1, 1, 2, True, (2, 1, 1, 2), {"adcOffsetMicrovolts": 1500, "adcGainPpm": 5000, "seed": 130})
    cells = board.random_shares(Numbers(7935), 14000)
    found.append(scenario("pairs on larger tiles", board, [*pulses(2, {2: 2500}, 0), *pulses(4, {0: 2500}, 0)], cells))
    board = Board(2, 1, 2, False, (1, 2, 2, 1), {"adcOffsetMicrovolts": 1500, "adcGainPpm": 5000, "seed": 131})
    cells = board.random_shares(Numbers(7936), 14000)
    found.append(scenario("larger tiles", board, [*pulses(1, {0: 2500, 2: 3000}, 1), *pulses(3, {0: 3000}, 1)], cells, scrub(DENSE),
                          following=[scrub(LSTM)]))
    return found


def varying() -> list[Scenario]:
    """Noisy reads, averaged; noisy and abrupt devices."""
    found = []
    for index, (samples, noise, bits, seen) in enumerate(((2, 200000, 16, 1), (3, 500000, 12, 0), (0, 500000, 14, 1))):
        board = Board(1, 1, 1, options={"readNoisePicosiemens": noise, "adcBits": bits, "seed": 140 + index})
        cells = board.random_shares(Numbers(7940 + index), 12000)
        found.append(scenario(f"noisy reads, {1 << samples} a sum", board, pulses(index, {index: 3000}), cells,
                              scrub(LSTM, 600, 4, samples), following=[scrub(DENSE, 600, 4, samples)], commit=[host.COMMIT, samples],
                              seen=seen))
    for index, (model, width, tolerance, rounds) in enumerate((("umass", 1500, 900, 6), ("umass", -1200, 900, 16), ("neurosim-alox", 60, 500, 16),
                                                               ("measured", -3000, 900, 5))):
        board = Board(1, 1, 1, options={"device": {"model": model}, "adcBits": 14, "seed": 150 + index})
        times = host.set_pulse_times(host.noisy_pulse_times(model))
        found.append(scenario(f"{model}, a weight changed", board, pulses(1, {2: width}), board.random(Numbers(7950 + index)),
                              scrub(LSTM, tolerance, rounds), setup=[*ready(board)[:-1], times]))
    board = Board(1, 1, 1, True, options={"device": {"model": "umass"}, "adcBits": 14, "seed": 155})
    times = host.set_pulse_times(host.noisy_pulse_times("umass"))
    found.append(scenario("umass, a pair changed", board, pulses(2, {6: 1500, 7: -1200}), board.random(Numbers(7955)), scrub(LSTM, 900, 5),
                          setup=[*ready(board)[:-1], times]))
    return found


# Records that differ from what the array gives: changes of any size

def code_place(record: Sequence[int], board: Board, layer: int = LSTM) -> int:
    place = SIZES + 6
    for _ in range(2):
        place += 2 + 2 * record[place]
    place += 131
    for _ in range(2):
        place += 3 + record[place + 2]
    rows, columns = board.inputs + board.hidden + 1, 4 * board.hidden
    return place + layer * (1 + (1 + (rows - 1).bit_length()) * pair_count(columns))


def with_gains(pages: list[list[int]], board: Board, gains: Sequence[Sequence[int]], layer: int = LSTM, odd: int = 0) -> dict[int, int]:
    """Words of the record, sums such that the array has gained so much, by column and pattern; `odd` stands in the last high half."""
    columns = len(gains)
    place, words = code_place(pages[0], board, layer) + 1, {}
    for pattern in range(len(gains[0])):
        first = place + pattern * pair_count(columns)
        sums = unpack(pages[0][first : first + pair_count(columns)], columns)
        less = [total - column[pattern] for total, column in zip(sums, gains)]
        assert all(-0x8000 <= total <= 0x7FFF for total in less)
        numbers = pack(less)
        if columns % 2:
            numbers[-1] = pair(less[-1], odd)
        words.update({first + index: word for index, word in enumerate(numbers)})
    return words


def recorded(note: str, board: Board, cells: Cells, gains: Sequence[Sequence[int]], request: Words, layer: int = LSTM, odd: int = 0,
             seen: int = 0) -> Scenario:
    pages = pages_after(board.chip(), [*ready(board), COMMIT], cells)
    return scenario(note, board, in_place(pages, with_gains(pages, board, gains, layer, odd)), cells, request, seen=seen)


def edges() -> list[Scenario]:
    """About the limit, and about what counts as the same."""
    board = Board(1, 1, 1)
    cells, found = board.same(3000), []

    def add(note: str, gains: Sequence[Sequence[int]], tolerance: int = 0, rounds: int = 1) -> None:
        found.append(recorded(note, board, cells, gains, scrub(LSTM, tolerance, rounds), seen=note.startswith("rows named")))

    for limit, tolerance in ((64, 0), (64, 64), (65, 65), (700, 700)):
        add(f"tolerance {tolerance}, at the limit and beyond it", [[change, 0, 0] for change in (limit, limit + 1, -limit, -limit - 1)], tolerance)
        add(f"tolerance {tolerance}, rows of some bits beyond the limit",
            [[0, limit + 1, 0], [0, 0, -limit - 1], [limit, limit + 1, limit], [-limit, 0, -limit - 1]], tolerance)
    add("within an eighth of all or nothing", [[1007, 1007 - 125, 125], [-1007, -1007 + 125, -125], [1007, 1007 + 125, -125],
                                                 [-1007, -125, -1007 - 125]])
    add("beyond an eighth", [[1007, 1007 - 126, 0], [-1007, 0, -1007 - 126], [1007, -126, 0], [-1007, 0, 126]])
    add("within two codes of all or nothing", [[70, 38, 32], [-70, -32, -102], [70, 102, -32], [-255, -32, -223]])
    add("beyond two codes", [[70, 37, 0], [-70, 0, -103], [70, 0, 33], [-255, -33, 0]])
    add("two codes and an eighth", [[264, 33, 0], [263, 0, 33], [-264, 0, -297], [-263, 0, -296]])
    add("bits of rows that there are, and are not", [[2000, 2000, 0], [2000, 0, 2000], [2000, 2000, 2000], [-2000, -2000, -2000]])
    add("by the sign of the change", [[-2000, 2000, 0], [2000, -2000, 0], [-2000, 0, 0], [-2000, -2000, 0]])
    add("rows named in falling order", [[1500, 0, 1500], [-1500, -1500, 0], [1500, 0, 0], [-1500, 0, -1500]])
    add("targets beyond the ends", [[20000, 0, 0], [-20000, 0, 0], [0, 0, 0], [16000, 16000, 0]], 100, 4)
    add("equal changes, up and down", [[0, 1200, -1200], [0, -1200, 0], [0, 0, 1200], [0, 1200, 1200]], 100)
    four = Board(1, 2, 1)
    found.append(recorded("every row of four", four, four.same(-2000),
                          [[900, *(900 * (row >> bit & 1) for bit in range(2))] for row in (3, 1, 2, 0, 0, 1, 3, 2)], scrub(LSTM, 100, 1), seen=1))
    three = Board(1, 1, 3)
    for odd in (0, 0x7FFF):
        found.append(recorded(f"dense, an odd number of columns, the last high half {odd}", three, three.same(5000),
                              [[0, 0], [0, 0], [1800, 1800]], scrub(DENSE, 100, 1), DENSE, odd))
    large = Board(6, 1, 1)
    for change, tolerance in ((59, 500), (64, 500), (236, 2000), (237, 2000), (-237, 2000), (1000, 100)):
        gains = [[change, 0, 0, 0], [0] * 4, [0, 0, 0, -change], [change, change, change, 0]]
        found.append(recorded(f"sums at a smaller code, tolerance {tolerance}, gained {change}", large, large.same(30000), gains,
                              scrub(LSTM, tolerance, 1), seen=change == -237))
    return found


# Where the record lies

def circuit(bank: int, count: int) -> Words:
    lines = [pair(1000 + 100 * place, 300 * place) for place in range(count)]
    return [host.SET_ACTIVATION, bank, count, pair(-30000 * bank, 30000), *(2000 * place - 16000 & 0xFFFF for place in range(count)), *lines]


def pages() -> list[Scenario]:
    """Sums on more than one page of the flash."""
    found = []
    for spare, note in (((14, 0, 19, 0), "the first sum is the first word of a page"), ((15, 0, 19, 0), "the code is the first word of a page"),
                        ((12, 0, 19, 0), "a page ends within the sums"), ((11, 0, 15, 0), "the first sum of the dense layer begins a page")):
        board = Board(1, 1, 1, False, spare)
        setup = [board.configure(), circuit(0, 16), circuit(1, 16), [host.CALIBRATE, 0], host.set_pulse_times(TIMES)]
        cells = board.random_shares(Numbers(7960), 14000)
        layer = DENSE if "dense" in note else LSTM
        found.append(scenario(note, board, pulses(1, {0: 2500}, layer), cells, scrub(layer, 300, 2), setup=setup))
    board, numbers = Board(8, 16, 10), Numbers(7965)
    cells = board.random_shares(numbers, 9000)
    found.append(scenario("8-16-10, dense", board, [*pulses(16, {9: 3000}, 1), *pulses(0, {0: -3000}, 1)], cells, scrub(DENSE, 400, 1)))
    found.append(scenario("8-16-10, LSTM, over two pages", board, pulses(24, {63: 3000, 5: -3000}), cells, scrub(LSTM, 400, 1), tiles=(0,)))
    board = Board(1, 1, 1)
    pages = pages_after(board.chip(), [*ready(board), COMMIT], cells := board.random_shares(Numbers(7966), 14000))
    found.append(scenario("the record is in the second slot", board, pulses(0, {3: 2500}), cells, setup=[*ready(board), COMMIT]))
    place = code_place(pages[0], board)
    for code in (0, 128, 0xFFFFFFFF, 0x10001):
        found.append(scenario(f"a code of {code}", board, in_place(pages, {place: code}), cells, following=[scrub(DENSE)], seen=code == 0))
    found.append(scenario("a code of 128 of the dense layer", board, in_place(pages, {code_place(pages[0], board, DENSE): 128}), cells,
                          scrub(DENSE), following=[scrub()]))
    for code in (1, 63):
        found.append(scenario(f"sums of another code, {code}", board, in_place(pages, {place: code}), cells, scrub(LSTM, 300, 1), seen=0))
    return found


# What is refused

def refused() -> list[Scenario]:
    board, numbers = Board(1, 1, 1), Numbers(7970)
    cells, setup = board.random_shares(numbers, 14000), ready(board)
    count = len(setup)
    good, infer = scrub(), host.infer([[5]])
    bad = [[20], [20, 2], [20, 0], [20, 0, 32768], [20, 0, 5], [20, 0, 5, 0], [20, 0, 5, 65536], [20, 0, 5, 1], [20, 0, 5, 1, 9],
           [20, 0, 5, 1, 0, 0], [20, 2, 5, 1, 0], [20, 0, 0x80000000, 1, 0], [20, 0, 5, 1, 0xFFFFFFFF]]
    found = [Scenario("bad words", board.chip(), [*bad, *setup, *bad, good, COMMIT, *bad, infer], cells,
                      unseen=[*range(len(bad), len(bad) + count), 2 * len(bad) + count + 1]),
             Scenario("not configured, and no pulse times", board.chip(),
                      [good, board.configure(), good, [20, 0, 5, 1, 9], COMMIT, setup[-1], good, board.configure(), good], cells, unseen=(1, 5, 7)),
             Scenario("pulse times alone", board.chip(), [setup[-1], good, infer], cells, setup=1)]
    pages = pages_after(board.chip(), [*setup, COMMIT], cells)
    found.append(Scenario("no record, then one", board.chip(), [*setup, good, COMMIT, good], cells, setup=count, unseen=(count + 1, count + 2)))
    torn = programmed(64, {0: 0})
    found.append(Scenario("a damaged record", board.chip(), [*setup, good, COMMIT, good], cells, setup=count, unseen=(count + 1, count + 2),
                          accesses={str(count): torn}))
    newer = [KEY, *flash(ERASE, 64), "W FLASH.UNLOCK 0x00000000"]
    found.append(Scenario("the older of two records", board.chip(), [*setup, COMMIT, COMMIT, good], cells, setup=count + 2, tiles=(0,),
                          accesses={str(count + 1): pulses(0, {0: 2500}), str(count + 2): newer}))
    found.append(Scenario("the newer of two records", board.chip(), [*setup, COMMIT, COMMIT, good], cells, setup=count + 2, tiles=(0,),
                          unseen=(count + 2,), accesses={str(count + 1): pulses(0, {0: 2500}), str(count + 2): pulses(1, {1: 2500})}))
    for words, note in (({3: pages[0][3] ^ 1}, "low"), ({4: pages[0][4] ^ 0x80000000}, "high")):
        found.append(scenario(f"another die, by its {note} word", board, in_place(pages, words), cells, following=[infer], seen=note == "low"))
    for place, note in enumerate(("inputs", "hidden", "outputs", "LSTM window", "dense window", "headroom")):
        word = pages[0][SIZES + place]
        found.append(scenario(f"a record of other {note}", board, in_place(pages, {SIZES + place: word + 1}), cells, seen=place == 0))
    bank = SIZES + 6
    for place, word, note in ((bank, 0, "no segments"), (bank + 4, 17, "17 segments of tanh"), (bank + 8 + 133, 7, "another number of lines"),
                              (bank + 8 + 133 + 7, 3, "another number of lines of the dense layer")):
        found.append(scenario(f"a record of {note}", board, in_place(pages, {place: word}), cells, seen=1))
    wider = board.configure(512)
    found.append(Scenario("configured otherwise since", board.chip(), [*setup, COMMIT, wider, good, board.configure(), good], cells,
                          setup=count + 2, unseen=(count + 3, count + 4)))
    found.append(scenario("another die and other sizes", board, in_place(pages, {3: pages[0][3] ^ 1, SIZES: 2}), cells, seen=0))
    for side in (1, 2):
        found.append(scenario(f"a record of side {side} alone", board, in_place(pages, {SIDE: side}), cells, seen=side == 1))
    return found


def hardware() -> list[Scenario]:
    found, board = [], Board(1, 1, 1)
    cells = board.random_shares(Numbers(7980), 14000)
    for tile in (0, 1):
        error = f"W MBX{tile}.DRIVE[0] 0x00000080"
        found.append(scenario(f"an error of tile {tile}, nothing to do", board, [error], cells, following=[scrub()], seen=tile))
        found.append(scenario(f"an error of tile {tile}, a weight written back", board, [error, *pulses(1, {2: 2500})], cells, following=[scrub()]))
    return found


# With the rest

def with_others() -> list[Scenario]:
    found, board = [], Board(1, 1, 2)
    cells, setup = board.random_shares(Numbers(7990), 14000), ready(board)
    infer, training = host.infer([[12000]]), Training()
    count = len(setup)
    found.append(Scenario("started from the record, changed, scrubbed", board.chip(), [*setup, COMMIT, infer, BOOT, infer, scrub(), infer, scrub()],
                          cells, setup=count + 1, unseen=(count + 2, count + 6), tiles=(0, 1), accesses={str(count + 3): pulses(1, {3: 4000})}))
    sequence = training.sequences(board, Numbers(7991), [2])[0]
    found.append(Scenario("a trainer stays", board.chip(), [*setup, COMMIT, *training.words, scrub(), sequence, [host.EXPORT_STATE]], cells,
                          setup=count + 1, unseen=(count + 1, count + 2, count + 4), tiles=(0, 1),
                          accesses={str(count + 3): pulses(0, {2: 2500})}))
    sides = Sides(Board(1, 1, 1), Board(1, 1, 2))
    numbers = Numbers(7995)
    cells = sides.random_shares(numbers, 8000)
    one, zero = [host.WORK_ON, 1], [host.WORK_ON, 0]
    setup = [*ready(sides.first), one, sides.second.configure(), COMMIT]
    count, chip = len(setup), sides.chip()
    change = pulses(2, {1: 2500}, 2)
    infer = host.infer([[12000]])
    found.append(Scenario("side 1 while side 0 serves", chip, [*setup, infer, scrub(), infer, scrub(DENSE), zero, scrub(), infer], cells, setup=count,
                          unseen=(count + 3,), tiles=range(4), accesses={str(count + 1): change, str(count + 3): pulses(1, {0: -2500}, 3)}))
    setup = [*setup, zero, COMMIT]
    count = len(setup)
    found.append(Scenario("a record of each side", chip, [*setup, scrub(), one, scrub(), [host.SWITCH_TO, 1], zero, scrub(DENSE), infer], cells,
                          setup=count, tiles=range(4), accesses={str(count): [*change, *pulses(0, {3: 2500}, 0)]}))
    both = pages_after(chip, setup, cells)
    found.append(Scenario("the record of this side is damaged, the other is whole", chip, [*setup, scrub(), one, scrub()], cells, setup=count,
                          unseen=(count + 2,), accesses={str(count): programmed(64, {0: both[64][0] & both[64][0] - 1})}))
    for tile in range(4):
        found.append(Scenario(f"an error of tile {tile}, side 1", chip, [*setup, one, scrub(DENSE), scrub(DENSE)], cells, setup=count + 1,
                              unseen=(count + 1, count + 2)[tile == 2:], accesses={str(count + 1): [f"W MBX{tile}.DRIVE[0] 0x00000080"]}))
    single = pages_after(chip, setup[:-2], cells)
    found.append(Scenario("a record of the other side alone", chip, [*setup[:5], scrub(), one, sides.second.configure(), scrub()], cells, setup=5,
                          unseen=(6, 7), accesses={"5": written(single)}))
    return found


def scenarios() -> list[Scenario]:
    return [*single(), *several(), *scaled(), *varying(), *edges(), *pages(), *refused(), *hardware(), *with_others()]


def cases(mutations: Collection[str] = ()) -> list[dict[str, Any]]:
    return evaluated(scenarios(), mutations)

"""One move of a cell's conductance."""

from __future__ import annotations

from itertools import product
from typing import Iterator

from chip.device import device_of
from chip.variations import Cells, Pulse, Shares
from suites import _devices as devices
from suites._sampler import Sampler

KIND = "value"
PURPOSE = ("An implementation that passes moves a conductance by one pulse exactly, in doubles of the documented order, "
           "at and below threshold, at both ends of the range, with both variations and their draws, of "
           "every device model, without the model's own noise.")
SPECIFICATION = {"chip": "5.2, 5.3", "devices": "1 to 6"}
FIELDS = {
    "device": "the device model; its own noise is left out (as with a deviceNoise of 0)",
    "deviceToDevice": "relative standard deviation, 0…1", "cycleToCycle": "relative standard deviation, 0…1",
    "seed": "of the chip, unsigned 64 bits", "tile": "0…7", "operation": "operation number of the tile",
    "cell": "index of the cell, and of every draw (as of a half-selected cell when word line 0 has the pulse)",
    "polarity": "SET raises the conductance, RESET lowers it",
    "halfSelected": "the cell gets half the amplitude, and its cycle-to-cycle draw is that of a disturbed cell",
    "millivolts": "amplitude of the pulse; what the cell gets if not half-selected",
    "nanoseconds": "how long", "picosiemens": "given: conductances, each moved on its own; expect: after the move",
}
LOWEST, HIGHEST = 10_000_000, 100_000_000
LADDER = [LOWEST, LOWEST + 1, 10_070_797, 20_000_000, 33_333_333, 50_000_000, 77_777_777, HIGHEST - 1, HIGHEST]


def evaluate(given: dict) -> dict:
    device, half, cell = device_of(given["device"]), given["halfSelected"], given["cell"]
    shares = Shares(given["deviceToDevice"], given["cycleToCycle"], device_noise=0.0)
    cells = Cells(device, shares, given["seed"], given["tile"])
    voltage = given["millivolts"] / 2 if half else float(given["millivolts"])
    pulse = Pulse(given["polarity"], voltage, given["nanoseconds"], half, given["operation"], cell, cell)
    return {"picosiemens": [cells.move(before, pulse, cells.bounds(cell)) for before in given["picosiemens"]]}


def move(polarity: str, millivolts: int, nanoseconds: int, cells: list[int] = LADDER, half: bool = False,
         device_to_device: float = 0.0, cycle_to_cycle: float = 0.0, seed: int = 1, tile: int = 0, operation: int = 1,
         cell: int = 0) -> dict:
    return {"device": {"model": "vteam"}, "deviceToDevice": device_to_device, "cycleToCycle": cycle_to_cycle,
            "seed": seed, "tile": tile, "operation": operation, "cell": cell, "polarity": polarity,
            "halfSelected": half, "millivolts": millivolts, "nanoseconds": nanoseconds, "picosiemens": cells}


def exact() -> Iterator[dict]:
    """Thresholds (700 mV on the cell), widths from one step to past the whole range."""
    for polarity in ("SET", "RESET"):
        for millivolts in (0, 1, 699, 700, 701, 800, 1000, 1199, 1200, 1201, 1399, 1400, 1401, 2000, 4095):
            yield move(polarity, millivolts, 1000)
            yield move(polarity, millivolts, 20000, half=True)
        for nanoseconds in (0, 1, 20, 40, 100, 10000, 127980, 128020, 192000, 655340, 655360):
            yield move(polarity, 1200, nanoseconds)


def varied(sampler: Sampler) -> Iterator[dict]:
    for polarity, half, (own, cycle) in product(("SET", "RESET"), (False, True), ((0.1, 0.0), (0.0, 0.1), (0.1, 0.2),
                                                                                 (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))):
        for cell in (0, 1, 2):
            yield move(polarity, 2400 if half else 1200, 1000, LADDER[::2], half, own, cycle, operation=7, cell=cell)
    for _ in range(90):
        yield drawn(sampler)


def drawn(sampler: Sampler) -> dict:
    half = sampler.choice((False, True))
    return move(sampler.choice(("SET", "RESET")), sampler.integer(1401 if half else 701, 3000 if half else 1500),
                20 * sampler.integer(1, 3000), sampler.integers(5, LOWEST, HIGHEST), half,
                sampler.integer(0, 50) / 100, sampler.integer(0, 50) / 100, sampler.word(), sampler.integer(0, 7),
                sampler.integer(1, 1 << 40), sampler.integer(0, (1 << 20) - 1))


def draw(sampler: Sampler) -> dict:
    given, name = drawn(sampler), sampler.choice(list(devices.MODELS))
    device = devices.MODELS[name]
    return {**given, "device": {"model": name}, "picosiemens": sampler.integers(5, device.lowest, device.highest)}


def chains() -> Iterator[dict]:
    """A staircase: each pulse starts from the rounded result of the one before."""
    for polarity, cell in (("SET", LOWEST), ("RESET", HIGHEST)):
        for _ in range(12):
            given = move(polarity, 1200, 7640, [cell])
            yield given
            cell = evaluate(given)["picosiemens"][0]


def modelled() -> Iterator[dict]:
    """The other device models."""
    for index, (name, polarity, millivolts, nanoseconds, half, cells, sigma) in enumerate(devices.moves()):
        given = move(polarity, millivolts, nanoseconds, cells, half, sigma, sigma, operation=index, cell=index % 12)
        yield {**given, "device": {"model": name}}


def cases() -> Iterator[dict]:
    for givens in (exact(), varied(Sampler(5)), chains(), modelled()):
        for given in givens:
            yield {"given": given, "expect": evaluate(given)}

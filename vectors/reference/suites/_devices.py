"""Cases of every device model, shared by the suites `pulse`, `program_row` and `mvm`."""

from __future__ import annotations

from itertools import product
from typing import Iterator

from chip.device import MODELS, Device
from chip.measured import BINS, WIDTH
from suites import _bus as bus
from suites._sampler import Sampler

OTHERS = [name for name in MODELS if name != "vteam"]
POLARITIES = ("SET", "RESET")
STEP = 20                   # ns of a width of 1
PROGRAM_ROW, ERASE = 3, 4
WHOLE = {"vteam": 9600, "umass": 1600}  # steps of 20 ns about through the range; others: 60 nominal pulses
EVERYTHING = {"deviceToDevice": 0.2, "cycleToCycle": 0.1, "thresholdSpread": 0.1, "boundsSpread": 0.2,
              "deviceNoise": 0.5, "programError": 0.05, "stuckLRS": 0.1, "stuckHRS": 0.15}
ALONE = [{"deviceToDevice": 0.4}, {"cycleToCycle": 0.4}, {"thresholdSpread": 0.2}, {"boundsSpread": 0.3},
         {"deviceNoise": 0.0}, {"deviceNoise": 0.4}, {"programError": 0.15}]


def whole(name: str) -> int:
    """Steps of 20 ns that go about through the range."""
    return WHOLE.get(name) or 60 * MODELS[name].nanoseconds // STEP


def ladder(name: str) -> list[int]:
    """pS: both ends, and between."""
    device = MODELS[name]
    low, span = device.lowest, device.highest - device.lowest
    return [low, low + 1, low + span // 7, low + span // 2, low + 5 * span // 7, low + span - 1, low + span]


def edges() -> list[int]:
    """pS about the edges of the bins of `measured`."""
    low = MODELS["measured"].lowest
    return [low + WIDTH * place + beyond for place in (1, 5, BINS - 1) for beyond in (-1, 0, 1)]


# pulse: (model, polarity, millivolts, nanoseconds, half-selected, cells, sigma of both factors)

Move = tuple[str, str, int, int, bool, list[int], float]


def moves() -> Iterator[Move]:
    for name, polarity in product(OTHERS, POLARITIES):
        cells, threshold, long = ladder(name), 1000 if name == "umass" else 700, STEP * whole(name)
        for millivolts, nanoseconds, half, sigma in (
                (threshold - 300, long, False, 0.0), (threshold, long, False, 0.0), (threshold + 1, long, False, 0.0),
                (2 * threshold, long, True, 0.0),
                (2 * threshold + 1, long, True, 0.0), (1200, STEP, False, 0.0), (1200, long // 60, False, 0.0),
                (1200, long // 7, False, 0.0), (1200, 655360, False, 0.0), (1337, long // 9, False, 0.0),
                (2468, long // 5, True, 0.0), (1200, long // 8, False, 0.3), (2600, long // 4, True, 0.3)):
            yield name, polarity, millivolts, nanoseconds, half, cells, sigma
    for polarity, nanoseconds in product(POLARITIES, (20, 500, 2500, 20000, 100000, 1000000)):
        yield "measured", polarity, 1200, nanoseconds, False, edges(), 0.0
    for polarity, nanoseconds in product(POLARITIES, (13980, 14000, 14020, 23160, 31980, 32000, 32020)):
        yield "umass", polarity, 1200, nanoseconds, False, [188600000, 200000000, 232568000, 276800000], 0.0


# program_row

def amplitude(millivolts: int) -> str:
    return bus.write("MBX0.AMPLITUDE", millivolts | millivolts << 16)


def program(row: int, widths: list[int]) -> list[str]:
    return bus.pulses(widths) + bus.start(PROGRAM_ROW, row=row)


def erase(width: int) -> list[str]:
    return [bus.write("MBX0.ERASE_WIDTH", width), *bus.start(ERASE)]


def chip_of(name: str, sampler: Sampler, word_lines: int = 3, bit_lines: int = 4, **more: object) -> dict:
    pairs = {"synapse": "differential"} if sampler.integer(0, 1) else {}
    device = {} if name == "vteam" else {"device": {"model": name}}
    return {"tiles": [[word_lines, bit_lines]], **pairs, **device, "seed": sampler.integer(0, 1 << 40), **more}


def widths(sampler: Sampler, name: str, count: int, positive: bool = False) -> list[int]:
    most = whole(name)
    found = [sampler.integer(most // 20, most) * sampler.choice((1, 1, 1, 0) if positive else (1, 1, -1, -1, 0))
             for _ in range(count)]
    return found if any(found) else [most] * count


def placed(sampler: Sampler, device: Device, count: int) -> dict[str, list[int]]:
    return {"0": sampler.integers(count, device.lowest, device.highest)}


def noises(sampler: Sampler) -> Iterator[dict]:
    """Each model as it is, its own noise too: selected alone, then with half-selected cells that move."""
    for name, (word_lines, bit_lines) in product(MODELS, ((3, 4), (2, 2))):
        chip = chip_of(name, sampler, word_lines, bit_lines)
        script = bus.unlock() + program(0, widths(sampler, name, bit_lines))
        script += [amplitude(2100 if name == "umass" else 1600)] + program(1, widths(sampler, name, bit_lines))
        yield {"chip": chip, "conductances": placed(sampler, MODELS[name], word_lines * bit_lines), "script": script}


def alone(sampler: Sampler) -> Iterator[dict]:
    """One variation at a time, from the state after reset, up and down again."""
    for variation, name in product(ALONE, ("vteam", "neurosim-alox", "umass", "measured")):
        chip = chip_of(name, sampler, 3, 4, **variation)
        high = amplitude(2100 if name == "umass" else 1450)
        yield {"chip": chip, "script": bus.unlock() + program(1, widths(sampler, name, 4, True)) + [high]
               + program(0, widths(sampler, name, 4, True)) + program(1, widths(sampler, name, 4))}


def together(sampler: Sampler) -> Iterator[dict]:
    for name in MODELS:
        millivolts = sampler.integer(*(2050, 2400) if name == "umass" else (1250, 1700))
        script = bus.unlock() + [amplitude(millivolts)] + erase(whole(name) // 10)
        script += program(2, widths(sampler, name, 4, True))
        yield {"chip": chip_of(name, sampler, 3, 4, **EVERYTHING),
               "script": script + program(0, widths(sampler, name, 4)) + program(2, widths(sampler, name, 4))}


def stuck(sampler: Sampler) -> Iterator[dict]:
    """Stuck cells stay, whatever is done; others end in their own bounds."""
    shares = ({"stuckLRS": 0.3}, {"stuckHRS": 0.3}, {"stuckLRS": 0.25, "stuckHRS": 0.35},
              {"stuckLRS": 0.5, "stuckHRS": 0.5},
              {"stuckLRS": 1.0}, {"stuckHRS": 1.0}, {"stuckLRS": 0.3, "stuckHRS": 0.2, "boundsSpread": 0.4})
    for index, share in enumerate(shares):
        for name in ("vteam", "neurosim-taox-tio2") if index % 2 else ("measured", "umass"):
            chip = chip_of(name, sampler, 3, 4, **share)
            yield {"chip": chip, "script": bus.unlock() + program(0, [32767] * 4) + erase(whole(name) // 3)
                   + program(1, widths(sampler, name, 4, True)) + program(1, widths(sampler, name, 4))}


def thresholds(sampler: Sampler) -> Iterator[dict]:
    """Below the nominal threshold, and of half-selected cells, only some move."""
    for name, millivolts in (("vteam", 690), ("soft-bounds", 1200), ("umass", 980), ("neurosim-ag-si", 1380),
                             ("ecram", 1410)):
        chip = chip_of(name, sampler, 3, 4, thresholdSpread=0.5)
        script = bus.unlock() + [amplitude(millivolts)] + program(1, [32767] * 4)
        yield {"chip": chip, "script": script + program(0, [-900, 0, 700, -800])}


def drivers(sampler: Sampler) -> Iterator[dict]:
    """One error a phase: of every row of ERASE, of SET and RESET of one operation; odd microvolts are halved down."""
    for name in ("vteam", "linear", "neurosim-pcmo"):
        width = whole(name) // 6
        chip = chip_of(name, sampler, 3, 4, programError=0.1)
        script = bus.unlock() + program(0, [width] * 4) + program(0, [width, -width, width, -width])
        script += [amplitude(1700)] + program(2, [width, -width, 0, width])
        yield {"chip": chip, "script": script + erase(width // 2)}
    yield {"chip": {"tiles": [[1, 2]], "programError": 1.0}, "script": bus.unlock() + program(0, [900, -900]) * 4}


def bounds(sampler: Sampler) -> Iterator[dict]:
    """Up to the top and down to the bottom of cells whose bounds differ much."""
    for name, spread in (("vteam", 1.0), ("linear", 0.5), ("neurosim-epiram", 0.7), ("umass", 1.0), ("measured", 0.3)):
        chip = chip_of(name, sampler, 3, 4, boundsSpread=spread, deviceNoise=0.0)
        script = bus.unlock() + program(0, [32767] * 4) + program(1, [32767] * 4)
        yield {"chip": chip, "script": script + program(1, [-32768] * 4) + program(2, widths(sampler, name, 4, True))}


def binned(sampler: Sampler) -> Iterator[dict]:
    """Noise from the very edges of the bins."""
    device = MODELS["measured"]
    for sign in (1, -1):
        cells = [device.lowest + WIDTH * place for place in (*range(BINS + 1), 5)]
        script = [line for row in range(3) for line in program(row, [25 * sign] * 4)]
        yield {"chip": {"tiles": [[3, 4]], "device": {"model": "measured"}, "seed": sampler.integer(0, 1 << 40)},
               "conductances": {"0": cells}, "script": bus.unlock() + script}


def draw(sampler: Sampler) -> dict:
    """A model with some of the variations; those with bounds of their own begin as after reset."""
    name = sampler.choice(list(MODELS))
    word_lines, bit_lines = sampler.integer(1, 6), 2 * sampler.integer(1, 3)
    variations = {key: value for key, value in EVERYTHING.items() if sampler.integer(0, 2) == 0}
    begun = {} if variations.keys() & {"boundsSpread", "stuckLRS", "stuckHRS"} or sampler.integer(0, 1) else {
        "conductances": placed(sampler, MODELS[name], word_lines * bit_lines)}
    script = bus.unlock() + [amplitude(sampler.integer(1100, 2200))]
    for _ in range(3):
        script += program(sampler.integer(0, word_lines - 1), widths(sampler, name, bit_lines))
    script += erase(whole(name) // 10) if sampler.integer(0, 3) == 0 else []
    return {"chip": chip_of(name, sampler, word_lines, bit_lines, **variations), **begun, "script": script}


def rows() -> Iterator[dict]:
    sampler = Sampler(21)
    for group in (noises, alone, together, stuck, thresholds, drivers, bounds, binned):
        yield from group(sampler)


# mvm

def products() -> Iterator[tuple[dict, dict[str, list[int]] | None]]:
    """A chip of each model, and its cells; some as after reset with bounds of their own."""
    sampler = Sampler(22)
    for index, name in enumerate(OTHERS):
        chip = {**chip_of(name, sampler, 3, 4), "synapse": ("reference", "differential")[index % 2], "adcBits": 16}
        yield chip, placed(sampler, MODELS[name], 12)
    for name in ("neurosim-taox", "umass"):
        chip = chip_of(name, sampler, 3, 4, boundsSpread=0.5, stuckLRS=0.3)
        yield {**chip, "synapse": "reference", "adcBits": 16}, None

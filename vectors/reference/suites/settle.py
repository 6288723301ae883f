"""Amplifiers that need their time, and the time that software and the converters' bits give them."""

from __future__ import annotations

from itertools import product
from typing import Iterator

from suites import _bus as bus
from suites._sampler import Sampler
from suites.mvm import HIGHEST, LOWEST, READ, READ_T, REFERENCE, SIZES, SYNAPSES, ZERO, bank, cells, observed, top_of

KIND = "bus"
PURPOSE = ("An implementation that passes samples an amplifier where it has come to by then, by the load of its whole line, and "
           "takes SETTLE and a cycle a bit for a conversion.")
SPECIFICATION = {"chip": "3.5, 6"}
FIELDS = {**bus.FIELDS, **bus.COUNTERS_FIELD}
TIMES = (1, 2, 3, 5, 10, 20, 46, 93, 255)       # cycles
BANDWIDTHS = (1, 1000, 20_000, 100_000, 500_000, 10_000_000)        # kHz
LOOK = ["R MBX0.SETTLE", "R MBX0.TIMING", "R MBX0.ERROR", "W MBX0.ERROR 0xffffffff"]


def evaluate(given: dict) -> dict:
    return bus.outcome(given, True, "counters")


def settle(cycles: int) -> list[str]:
    return [bus.write("MBX0.SETTLE", cycles)]


def converted(chip: dict, operation: int, **options: int) -> list[str]:
    return bus.start(operation, **options) + observed(operation, chip)


def drawn(sampler: Sampler) -> Iterator[dict]:
    """Every feature of a read, with amplifiers of any speed in any time."""
    for number in range(72):
        yield drawn_case(sampler, SIZES[number % len(SIZES)], SYNAPSES[number // len(SIZES) % 2])


def draw(sampler: Sampler) -> dict:
    return drawn_case(sampler, (sampler.integer(1, 20), sampler.integer(1, 20)), sampler.choice(SYNAPSES))


def drawn_case(sampler: Sampler, size: tuple[int, int], synapse: str) -> dict:
    word_lines, bit_lines = size
    if synapse == "differential":
        bit_lines = 2 * ((bit_lines + 1) // 2)
    chip = {"tiles": [[word_lines, bit_lines]], "synapse": synapse, "dacBits": sampler.integer(4, 12),
            "adcBits": sampler.integer(5, 16), "seed": sampler.word(),
            "bandwidthKilohertz": sampler.choice(BANDWIDTHS[1:-1]) + sampler.integer(0, 999)}
    features = {"readNoisePicosiemens": sampler.integer(1, 400000), "adcOffsetMicrovolts": sampler.integer(0, 20000),
                "dacOffsetMicrovolts": sampler.sized(13), "settleCycles": sampler.choice(TIMES),
                "sampleCycles": sampler.choice((1, 8, 100, 239))}
    chip.update({key: value for key, value in features.items() if sampler.integer(0, 3) == 0})
    return {"chip": chip, "conductances": {"0": cells(sampler, word_lines * bit_lines)},
            "script": drawn_script(sampler, chip)}


def drawn_script(sampler: Sampler, chip: dict) -> list[str]:
    (word_lines, bit_lines), top = chip["tiles"][0], top_of(chip["dacBits"])
    lines = max(word_lines, bit_lines // (2 if chip["synapse"] == "differential" else 1))
    script = bus.unlock() + [bus.write(f"MBX0.FEEDBACK[{gain}]", sampler.choice((1, 3000, 11380, 50000, 400000, 4294967295)))
                             for gain in (0, 1)]
    script += bank("sigmoid", "plan") + [bus.write("MBX0.ACTIVATION[0]", sampler.choice((0, 0x24924924 & 0xAAAAAAAA, 0x55555555)))]
    script += bus.drive(sampler.integers(lines, -top, top)) + converted(chip, READ)
    for operation in (READ, READ_T, sampler.choice((READ, READ_T, ZERO, REFERENCE))):
        script += settle(sampler.choice(TIMES)) + converted(chip, operation, gain=sampler.integer(0, 1), linear=sampler.integer(0, 1))
    return script


def times() -> Iterator[dict]:
    """The same read at every time that can be set, both ways: it comes nearer, and stops."""
    for synapse, operation in product(SYNAPSES, (READ, READ_T)):
        chip = {"tiles": [[4, 4]], "synapse": synapse, "adcBits": 16, "bandwidthKilohertz": 20_000}
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", 11380)] + bus.drive([127, -50, 90, 11])
        for cycles in (*range(1, 40), 60, 100, 254, 255):
            script += settle(cycles) + bus.start(operation) + bus.sensed(2)
        yield {"chip": chip, "conductances": {"0": [HIGHEST, LOWEST, 80_000_000, 30_000_000] * 4}, "script": script}


def loads() -> Iterator[dict]:
    """Lines of equal current and other loads: cells that are not driven weigh as those that are, and so do references."""
    for synapse, cell, gain in product(SYNAPSES, (LOWEST, 55_000_000, HIGHEST), (0, 1)):
        chip = {"tiles": [[8, 2]], "synapse": synapse, "adcBits": 16, "bandwidthKilohertz": 100_000}
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", 60_000), bus.write("MBX0.FEEDBACK[1]", 6_000)]
        script += bus.drive([127] + [0] * 7) + settle(4) + bus.start(READ, gain=gain) + bus.sensed(2)
        script += bus.start(READ_T, gain=gain) + bus.sensed(8)
        yield {"chip": chip, "conductances": {"0": [HIGHEST, LOWEST] + [cell] * 14}, "script": script}


def limited() -> Iterator[dict]:
    """What would leave the range once settled has not left it yet."""
    for cycles in (1, 2, 3, 4, 6, 10, 30):
        chip = {"tiles": [[16, 2]], "adcBits": 12, "bandwidthKilohertz": 50_000}
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", 40_000)] + bus.drive([127] * 16) + settle(cycles)
        yield {"chip": chip, "conductances": {"0": [HIGHEST, 60_000_000] * 16}, "script": script + converted(chip, READ)}


def durations() -> Iterator[dict]:
    """A cycle a bit behind those of sampling; and SETTLE, whatever the amplifiers are."""
    for bits, sample, bandwidth in product((5, 12, 16), (1, 8, 239), (0, 1000)):
        chip = {"tiles": [[1, 1]], "adcBits": bits, "sampleCycles": sample, "bandwidthKilohertz": bandwidth}
        script = ["R MBX0.TIMING", "R MBX0.SETTLE", "W MBX0.DRIVE[0] 0x0000007f"]
        for cycles in (10, 1, 255):
            script += settle(cycles)
            for operation in (READ, READ_T, ZERO, REFERENCE):
                script += bus.start(operation) + bus.sensed(1)
        yield {"chip": chip, "script": script + ["W MBX0.WATCHDOG 0x00000000"]}


def misuse() -> Iterator[dict]:
    """SETTLE needs no key, takes 1 to 255, not while busy; a reset brings the data sheet's back."""
    chip = {"tiles": [[2, 2]], "bandwidthKilohertz": 30_000, "settleCycles": 77}
    for value in (0, 1, 255, 256, 0x80000000, 78):
        yield {"chip": chip, "script": LOOK + settle(value) + LOOK + bus.start(ZERO) + LOOK}
    yield {"chip": chip, "script": settle(5) + ["W MBX0.START 0x00000001", *settle(9), *LOOK, "R MBX0.WAIT", "R MBX0.SENSE[0]", *settle(9), *LOOK]}
    yield {"chip": chip, "script": settle(5) + ["W MBX.RESET 0x00000100", *LOOK] + settle(6) + ["W MBX.RESET 0x00000002", *LOOK]}


def ends() -> Iterator[dict]:
    """The slowest and the fastest amplifiers, the heaviest and the lightest lines."""
    for bandwidth, (size, operation), ohms in product((1, 10_000_000), (([1024, 1], READ), ([1, 1024], READ_T), ([1, 1], READ)),
                                                     (1, 80, 4294967295)):
        chip = {"tiles": [size], "dacBits": 12, "adcBits": 16, "bandwidthKilohertz": bandwidth}
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", ohms)] + bus.drive([2047] * max(size))
        for cycles in (1, 255):
            script += settle(cycles) + bus.start(operation) + ["R MBX0.SENSE[0]", "R MBX0.SATURATED[0]"]
        yield {"chip": chip, "script": script}


def cases() -> Iterator[dict]:
    for given in (*drawn(Sampler(0x5e771e)), *times(), *loads(), *limited(), *durations(), *misuse(), *ends()):
        yield {"given": given, "expect": evaluate(given)}

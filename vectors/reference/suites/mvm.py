"""Products of the array with a vector, forward and transposed, through the whole read chain."""

from __future__ import annotations

from itertools import product
from typing import Iterator

from chip.device import device_of
from chip.piecewise import circuit
from suites import _bus as bus
from suites import _devices as devices
from suites._sampler import Sampler

KIND = "bus"
PURPOSE = ("An implementation that passes computes both products exactly, also where 32 bits overflow, for both "
           "synapses, odd sizes and every converter width, with noise, mismatch, trims, circuits and energy.")
SPECIFICATION = {"chip": "3"}
FIELDS = {**bus.FIELDS, **bus.COUNTERS_FIELD}
LOWEST, HIGHEST, STEP, MIDDLE = 10_000_000, 100_000_000, 3815, 14417     # pS; code of the reference
SIZES = [(1, 1), (5, 3), (3, 5), (2, 8), (8, 2), (7, 6), (16, 4), (1, 9), (9, 1), (33, 2), (4, 34), (17, 16)]
READ, READ_T, ZERO, REFERENCE = 1, 2, 5, 6
SYNAPSES = ("reference", "differential")


def evaluate(given: dict) -> dict:
    return bus.outcome(given, False, "counters")


def top_of(bits: int) -> int:
    return (1 << bits - 1) - 1


def columns_of(chip: dict) -> int:
    return chip["tiles"][0][1] // (2 if chip.get("synapse") == "differential" else 1)


def observed(operation: int, chip: dict) -> list[str]:
    """Reads of every code and flag that an operation may change."""
    lines = max(chip["tiles"][0][0], columns_of(chip))
    return bus.sensed(lines) + bus.saturated(lines)


def operated(chip: dict, operation: int, **options: int) -> list[str]:
    return bus.start(operation, **options) + observed(operation, chip)


def bank(function: str, name: str) -> list[str]:
    """Writes of a shipped table."""
    table, block = circuit(name, function), f"MBX.{function.upper()}"
    lines = [bus.write(f"{block}_COUNT", len(table.segments)), bus.write(f"{block}_RAILS", bus.word(*table.rails))]
    for k, segment in enumerate(table.segments):
        lines += [bus.write(f"{block}_BREAK[{k}]", segment.breakpoint & 0xFFFF),
                  bus.write(f"{block}_LINE[{k}]", bus.word(segment.slope, segment.offset))]
    return lines


def cells(sampler: Sampler, count: int) -> list[int]:
    kind = sampler.integer(0, 3)
    if kind == 0:
        return [sampler.choice((LOWEST, HIGHEST)) for _ in range(count)]
    if kind == 1:       # near a tie of the conductance code
        return [STEP * sampler.integer(2630, 26200) + STEP // 2 + sampler.integer(0, 1) for _ in range(count)]
    return sampler.integers(count, LOWEST, HIGHEST)


def feedback(sampler: Sampler, driven: int) -> int:
    """Ohms that bring a typical product of so many lines to a third of the range, or far below or above."""
    return max(1, int(sampler.choice((800, 30000, 30000, 54000, 200000)) / driven ** 0.5))


def drawn(sampler: Sampler) -> Iterator[dict]:
    """Every feature at once, in varying company."""
    for number in range(96):
        yield drawn_case(sampler, SIZES[number % len(SIZES)], SYNAPSES[number // len(SIZES) % 2])


def drawn_case(sampler: Sampler, size: tuple[int, int], synapse: str) -> dict:
    word_lines, bit_lines = size
    if synapse == "differential":
        bit_lines = 2 * ((bit_lines + 1) // 2)
    chip = {"tiles": [[word_lines, bit_lines]], "synapse": synapse, "dacBits": sampler.integer(4, 12),
            "adcBits": sampler.integer(5, 16), "seed": sampler.word()}
    features = {"readNoisePicosiemens": sampler.integer(1, 400000), "adcOffsetMicrovolts": sampler.integer(0, 20000),
                "adcGainPpm": sampler.integer(0, 50000), "dacOffsetMicrovolts": sampler.sized(13),
                "dacInlMicrovolts": sampler.sized(13)}
    chip.update({key: value for key, value in features.items() if sampler.integer(0, 2) == 0})
    return {"chip": chip, "conductances": {"0": cells(sampler, word_lines * bit_lines)},
            "script": drawn_script(sampler, chip)}


def draw(sampler: Sampler) -> dict:
    return drawn_case(sampler, (sampler.integer(1, 20), sampler.integer(1, 20)), sampler.choice(SYNAPSES))


def drawn_script(sampler: Sampler, chip: dict) -> list[str]:
    (word_lines, _), columns, top = chip["tiles"][0], columns_of(chip), top_of(chip["dacBits"])
    lines = max(word_lines, columns)
    script = bus.unlock() + [bus.write(f"MBX0.FEEDBACK[{gain}]", feedback(sampler, lines)) for gain in (0, 1)]
    script += bus.drive(sampler.integers(lines, -top, top))
    if sampler.integer(0, 1):
        script += [bus.write(f"MBX0.ACTIVATION[{i}]", sum(sampler.integer(0, 2) << 2 * j for j in range(16)))
                   for i in range((columns + 15) // 16)]
        script += bank("sigmoid", sampler.choice(("plan", "fiveSegment")))
    for line in range(lines):
        if sampler.integer(0, 7) == 0:
            script.append(bus.write(f"MBX0.TRIM[{line}]", bus.word(sampler.sized(12), 0x8000 + sampler.sized(13))))
    for operation in (READ, READ_T, sampler.choice((READ, READ_T, ZERO, REFERENCE))):
        script += operated(chip, operation, gain=sampler.integer(0, 1), linear=sampler.integer(0, 1))
    return script + bus.drive(sampler.integers(lines, -top, top)) + operated(chip, READ)


def widths() -> Iterator[dict]:
    """Every pair of converter widths at its ends, on the smallest arrays."""
    for synapse, dac_bits, adc_bits in product(SYNAPSES, (4, 8, 12), (5, 12, 16)):
        chip = {"tiles": [[2, 2]], "synapse": synapse, "dacBits": dac_bits, "adcBits": adc_bits}
        top = top_of(dac_bits)
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", 20000)]
        for codes in ([top, top], [-top, -top], [top, -top], [1, 0], [0, -1], [0, 0]):
            script += bus.drive(codes) + operated(chip, READ) + operated(chip, READ_T)
        yield {"chip": chip, "conductances": {"0": [HIGHEST, LOWEST, 55_000_000, 12_345_678]}, "script": script}


def overflows() -> Iterator[dict]:
    """Sums of code · weight beyond 31 and 32 bits whose amplifier output is still in range."""
    top = top_of(12)
    for (word_lines, bit_lines), synapse, level in product(((128, 1), (256, 2)), SYNAPSES, (top, -top)):
        if synapse == "differential":
            bit_lines = 2
        chip = {"tiles": [[word_lines, bit_lines]], "synapse": synapse, "dacBits": 12, "adcBits": 16}
        pair = [HIGHEST, LOWEST][:bit_lines]
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", 300 if word_lines == 128 else 150)]
        script += bus.drive([level] * word_lines) + operated(chip, READ)[:6]
        yield {"chip": chip, "conductances": {"0": pair * word_lines}, "script": script}


def transposed_overflows() -> Iterator[dict]:
    top = top_of(12)
    for synapse, level in product(SYNAPSES, (top, -top)):
        columns, bit_lines = 160, 160 if synapse == "reference" else 320
        chip = {"tiles": [[1, bit_lines]], "synapse": synapse, "dacBits": 12, "adcBits": 16}
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", 200)] + bus.drive([level] * columns) + operated(chip, READ_T)[:4]
        yield {"chip": chip, "conductances": {"0": [HIGHEST, LOWEST] * (bit_lines // 2)}, "script": script}


def largest() -> Iterator[dict]:
    """1024 lines, cells as after reset: about 2.5e10 codes · weight."""
    for shape, operation in (([1024, 1], READ), ([1, 1024], READ_T)):
        chip = {"tiles": [shape], "dacBits": 12, "adcBits": 16}
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", 80)] + bus.drive([2047] * 1024) + bus.start(operation)
        yield {"chip": chip, "script": script + ["R MBX0.SENSE[0]", "R MBX0.SATURATED[0]"]}


def limits() -> Iterator[dict]:
    """Amplifier outputs around both rails, behind every circuit: which of them are flagged."""
    current = 127 * 1575 * (26212 - MIDDLE) * STEP
    for target, kind in product((32766, 32767, 32768, 32769, 40000, 10 ** 6), (0, 1, 2)):
        chip = {"tiles": [[1, 1]], "adcBits": 16}
        ohms = -(-(2 * target - 1) * 25 * 10 ** 12 // (2 * current))
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", ohms), bus.write("MBX0.ACTIVATION[0]", kind)]
        for code in (127, -127):
            script += bus.drive([code]) + operated(chip, READ)
        yield {"chip": chip, "conductances": {"0": [HIGHEST]},
               "script": script + operated(chip, READ, linear=1) + operated(chip, READ_T)}


def low_limits() -> Iterator[dict]:
    current = 127 * 1575 * (26212 - MIDDLE) * STEP
    for target in (32767, 32768, 32769):       # magnitude, of a negative output
        chip = {"tiles": [[1, 1]], "adcBits": 16}
        for ohms in (-(-(2 * target - 1) * 25 * 10 ** 12 // (2 * current)), (2 * target + 1) * 25 * 10 ** 12 // (2 * current)):
            script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", ohms)] + bus.drive([-127]) + operated(chip, READ)
            yield {"chip": chip, "conductances": {"0": [HIGHEST]}, "script": script}


def amplifier_ties() -> Iterator[dict]:
    """64 · 1575 µV · 160 · 3815 pS · 5^10 ohm = 24034.5 steps."""
    for code, weight in ((64, 160), (-64, 160), (64, -160), (-64, -160), (32, 320), (-32, 320), (16, 480), (-16, 480)):
        chip = {"tiles": [[1, 1]], "adcBits": 16}
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", 5 ** 10)] + bus.drive([code]) + operated(chip, READ)
        yield {"chip": chip, "conductances": {"0": [STEP * (MIDDLE + weight)]}, "script": script}


def resistors() -> Iterator[dict]:
    """Both ends of FEEDBACK, and the gain that is not used."""
    for ohms, code in product((1, 2, 9999, (1 << 24) - 1, 1 << 24, (1 << 32) - 1), (1, -1, 127, -127)):
        chip = {"tiles": [[3, 2]], "adcBits": 16}
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[1]", ohms)] + bus.drive([code, code, -code])
        for gain in (0, 1):
            script += operated(chip, READ, gain=gain) + operated(chip, READ_T, gain=gain)
        yield {"chip": chip, "script": script,
               "conductances": {"0": [HIGHEST, LOWEST, 20_000_000, 70_000_000, 55_000_000, 54_999_999]}}


def kept_lanes() -> Iterator[dict]:
    """Lines that an operation does not convert keep their code; flags are cleared all the same."""
    for word_lines, columns in ((5, 2), (2, 5), (1, 3), (3, 1), (34, 1), (1, 34)):
        chip = {"tiles": [[word_lines, columns]]}
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", 900000)] + bus.drive([127] * max(word_lines, columns))
        for operation in (READ_T, READ, REFERENCE, READ, ZERO, READ_T):
            script += operated(chip, operation)
        yield {"chip": chip, "script": script}


def unused_lanes() -> Iterator[dict]:
    """Codes beyond the driven lines, also of the lane that no line has, do nothing and cost nothing."""
    for word_lines, columns in ((1, 1), (3, 3), (1, 3), (3, 1), (5, 2)):
        chip = {"tiles": [[word_lines, columns]], "adcBits": 16, "readNoisePicosiemens": 1000}
        codes = [100, -90, 80, -70, 60, -50][:(max(word_lines, columns) + 1) // 2 * 2]
        script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", 20000)] + bus.drive(codes)
        yield {"chip": chip, "script": script + ["R MBX0.DRIVE[0]"] + operated(chip, READ) + operated(chip, READ_T)}


def noisy(sampler: Sampler) -> Iterator[dict]:
    """Noise of one operation after the other: each draws anew, refused starts do not count, ZERO has none."""
    for synapse, sigma in product(SYNAPSES, (1, 1000, 100000, HIGHEST)):
        for shape in ((3, 2), (1, 4), (6, 4)):
            chip = {"tiles": [list(shape), list(shape)], "synapse": synapse, "adcBits": 16, "seed": sampler.word(),
                    "readNoisePicosiemens": sigma}
            script = bus.drive(sampler.integers(6, -127, 127)[:max(shape[0], columns_of(chip))])
            script += operated(chip, READ) + operated(chip, READ) + ["W MBX0.START 0x0000000f"]
            script += operated(chip, READ_T) + operated(chip, ZERO) + bus.drive([0] * shape[0]) + operated(chip, READ)
            script += bus.drive([3], 1) + bus.start(READ, tile=1) + bus.sensed(2, 1)
            yield {"chip": chip, "conductances": {"0": sampler.integers(shape[0] * shape[1], LOWEST, HIGHEST)},
                   "script": script}


def noise_roots() -> Iterator[dict]:
    """Noise alone, on cells of weight 0: the root of 3 · 1575² is just below a whole number."""
    for synapse, columns in (("reference", 1), ("differential", 2)):
        for lines, seed in product((1, 2, 3, 5), (1, 2)):
            chip = {"tiles": [[lines, columns]], "synapse": synapse, "adcBits": 16, "seed": seed,
                    "readNoisePicosiemens": 5_000_000}
            script = bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", (1 << 24) - 1)] + bus.drive([1] * lines) + operated(chip, READ)
            yield {"chip": chip, "conductances": {"0": [55_000_000] * (lines * columns)},
                   "script": script + operated(chip, READ_T)}


def live_banks() -> Iterator[dict]:
    """The circuit is the one at the end of the operation: written before, during, and at the very end cycle."""
    for advance in (0, 30, 31, 32, 33):
        script = bus.drive([100]) + ["W MBX0.ACTIVATION[0] 0x00000002", "W MBX0.START 0x00000001"]
        script += [f"advance {advance}"] if advance else []
        script += ["W MBX.TANH_LINE[0] 0x01000800", "R MBX0.WAIT", "R MBX0.SENSE[0]"]
        yield {"chip": {"tiles": [[1, 1]], "adcBits": 16}, "script": script}


def offsets() -> Iterator[dict]:
    """A DAC offset drives lines whose code is 0, and costs energy."""
    for synapse, offset, bow in product(SYNAPSES, (10000, -10000, 1), (0, 10000, -3000)):
        chip = {"tiles": [[3, 4]], "synapse": synapse, "dacOffsetMicrovolts": offset, "dacInlMicrovolts": bow,
                "adcBits": 16}
        script = operated(chip, READ) + bus.drive([64, -63, 0]) + operated(chip, READ) + operated(chip, READ_T)
        yield {"chip": chip, "script": script, "conductances": {"0": [HIGHEST, LOWEST, 30_000_000, 40_000_000] * 3}}


def modelled() -> Iterator[dict]:
    """The range of the device model sets the step of the codes, the reference and the registers."""
    for chip, placed in devices.products():
        ohms = 2 * 10 ** 12 // device_of(chip["device"]).highest
        script = [f"R MBX0.CONDUCTANCE[{end}]" for end in (0, 1)] + bus.unlock() + [bus.write("MBX0.FEEDBACK[0]", ohms)]
        for codes in ([127, 0, 0], [0, -127, 0], [-40, 50, 127]):
            script += bus.drive(codes) + operated(chip, READ)
        yield {"chip": chip, **({"conductances": placed} if placed else {}), "script": script + operated(chip, READ_T)}


def cases() -> Iterator[dict]:
    sampler = Sampler(7)
    for givens in (widths(), overflows(), transposed_overflows(), largest(), limits(), low_limits(), amplifier_ties(),
                   resistors(), kept_lanes(), live_banks(), offsets(), unused_lanes(), noise_roots(), noisy(sampler), drawn(sampler), modelled()):
        for given in givens:
            yield {"given": given, "expect": evaluate(given)}

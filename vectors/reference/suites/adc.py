"""From converter inputs to codes."""

from __future__ import annotations

from typing import Iterator

from chip.readchain import Adc, Mismatch
from suites._sampler import Sampler

KIND = "value"
PURPOSE = ("An implementation that passes converts a voltage to a code at every width: mismatch, trim, rounding at "
           "ties, and the overrange flag at both ends.")
SPECIFICATION = {"chip": "3.7"}
FIELDS = {
    "bits": "5…16, sign included", "offsetSigmaMicrovolts": "spread of the ADCs' offsets, 0…100000",
    "gainSigmaPpm": "spread of the ADCs' gains, 0…100000", "seed": "of the chip, unsigned 64 bits", "tile": "0…7",
    "line": "which ADC", "trim": "the line's TRIM word: low half offset, high half gain; 2147483648 is the identity",
    "steps": "converter inputs, 25 µV", "codes": "one an input",
    "overrange": "one an input: the result was more than half a code outside the range",
}
IDENTITY = 0x80000000
DENSE = [-32768, -32767, -32766, -16385, -16384, -16383, -9, -8, -7, -1, 0, 1, 7, 8, 9, 16383, 16384, 16385, 32766, 32767]


def evaluate(given: dict) -> dict:
    mismatch = Mismatch.of(given["seed"], given["tile"], given["line"],
                           given["offsetSigmaMicrovolts"], given["gainSigmaPpm"])
    results = [Adc(given["bits"], mismatch)(steps, given["trim"]) for steps in given["steps"]]
    return {"codes": [code for code, _ in results], "overrange": [over for _, over in results]}


def given(bits: int, steps: list[int], trim: int = IDENTITY, offset: int = 0, gain: int = 0, seed: int = 1,
          tile: int = 0, line: int = 0) -> dict:
    return {"bits": bits, "offsetSigmaMicrovolts": offset, "gainSigmaPpm": gain, "seed": seed, "tile": tile,
            "line": line, "trim": trim, "steps": steps}


def trim_word(offset: int, gain: int) -> int:
    return offset & 0xFFFF | gain << 16


def edges(bits: int) -> list[int]:
    """Inputs around half a code at the middle and at both ends, and a quarter code beyond."""
    unit = 1 << 16 - bits
    top = (1 << bits - 1) - 1
    ties = [code * unit + unit // 2 for code in (-top - 1, -top, -2, -1, 0, 1, top - 1, top)]
    return sorted({step for tie in ties for step in (tie - 1, tie, tie + 1) if -32768 <= step <= 32767})


def plain(sampler: Sampler) -> Iterator[dict]:
    for bits in range(5, 17):
        yield given(bits, DENSE)
        yield given(bits, edges(bits))
        yield given(bits, sampler.integers(16, -32768, 32767))


def trimmed(sampler: Sampler) -> Iterator[dict]:
    offsets, gains = (-32768, -1, 1, 32767), (0, 1, 0x4000, 0x7FFF, 0x8001, 0xFFFF)
    for bits in (5, 12, 16):
        for offset in offsets:
            yield given(bits, DENSE, trim_word(offset, 0x8000))
        for gain in gains:
            yield given(bits, DENSE, trim_word(0, gain))
    for bits in range(5, 17):
        for _ in range(2):
            yield given(bits, sampler.integers(16, -32768, 32767),
                        trim_word(sampler.sized(15), 0x8000 + sampler.sized(14)))


def overranges() -> Iterator[dict]:
    """Trims that carry the code to the top, to half a code above it, and beyond."""
    for bits in (5, 8, 12, 15, 16):
        unit = 1 << 16 - bits
        for over in (unit // 2 - 1, unit // 2, unit, unit + unit // 2 - 1, unit + unit // 2, 2 * unit):
            yield given(bits, [32767 - unit, 32768 - unit, 32767], trim_word(-over, 0x8000))
            yield given(bits, [-32768, -32767], trim_word(over, 0x8000))


def mismatched(sampler: Sampler) -> Iterator[dict]:
    for offset, gain in ((1, 0), (0, 1), (1000, 0), (0, 5000), (100000, 0), (0, 100000), (2500, 3000), (100000, 100000)):
        for line in (0, 1, 1023):
            yield given(sampler.choice([8, 12, 16]), DENSE, IDENTITY, offset, gain, line=line)
    for _ in range(40):
        yield draw(sampler)


def draw(sampler: Sampler) -> dict:
    return given(sampler.integer(5, 16), sampler.integers(10, -32768, 32767),
                 trim_word(sampler.sized(10), 0x8000 + sampler.sized(12)), sampler.integer(0, 100000),
                 sampler.integer(0, 100000), sampler.word(), sampler.integer(0, 7), sampler.integer(0, 1023))


def cases() -> Iterator[dict]:
    sampler = Sampler(4)
    for givens in (plain(sampler), trimmed(sampler), overranges(), mismatched(sampler)):
        for each in givens:
            yield {"given": each, "expect": evaluate(each)}

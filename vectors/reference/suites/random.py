"""Philox words and the chip's draws."""

from __future__ import annotations

from typing import Iterator

from chip.philox import PURPOSES, draw as drawn_words, gaussian, philox
from suites._sampler import Sampler

KIND = "value"
PURPOSE = "An implementation that passes draws the same random words, and the same Gaussian deviates from them."
SPECIFICATION = {"chip": "4", "devices": "6"}
FIELDS = {
    "key": "two 32-bit words", "counter": "four 32-bit words",
    "seed": "of the chip, unsigned 64 bits: the key, low word first",
    "purpose": "1…20 the chip's draws, 64 and 65 the host's", "tile": "0…7",
    "operation": "operation number of the tile, below 2^64", "index": "cell or line",
    "words": "Philox4x32-10 output", "gaussian": "deviate; its standard deviation is 322172",
}
ONES = (1 << 32) - 1
NAMES = ("seed", "purpose", "tile", "operation", "index")
PI_DIGITS = [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344], [0xA4093822, 0x299F31D0]


def evaluate(given: dict) -> dict:
    if "key" in given:
        return {"words": list(philox(tuple(given["counter"]), tuple(given["key"])))}
    words = drawn_words(*(given[name] for name in NAMES))
    return {"words": list(words), "gaussian": gaussian(words)}


def raw(sampler: Sampler) -> Iterator[dict]:
    for counter, key in (([0] * 4, [0, 0]), ([ONES] * 4, [ONES, ONES]), PI_DIGITS):
        yield {"key": key, "counter": counter}
    for position in range(6):
        words = [int(position == place) for place in range(6)]
        yield {"key": words[4:], "counter": words[:4]}
        words = [(1 << 31) * (position == place) for place in range(6)]
        yield {"key": words[4:], "counter": words[:4]}
    for _ in range(40):
        yield words_of(sampler)


def words_of(sampler: Sampler) -> dict:
    return {"key": sampler.integers(2, 0, ONES), "counter": sampler.integers(4, 0, ONES)}


def drawn(sampler: Sampler) -> Iterator[dict]:
    corners = [(1, 1, 0, 1, 0), (1, 2, 0, 0, 5), (1, 6, 1, 0, 3), (1, 4, 0, 7, 42), (0, 1, 0, 1, 0),
               (1 << 32, 1, 0, 1, 0), ((1 << 64) - 1, 1, 0, 1, 0), (1, 1, 0, 1 << 32, 0), (1, 1, 0, ONES, 0),
               (1, 1, 0, (1 << 63) - 1, 0), (1, 1, 7, 1, 1023), (1, 9, 7, 3, ONES), (1, 64, 0, 0, 0), (1, 65, 0, 0, 0)]
    for corner in corners:
        yield dict(zip(NAMES, corner))
    for purpose in PURPOSES.values():
        for tile in (0, 1, 7):
            yield dict(zip(NAMES, (1, purpose, tile, 2, 3)))
    for _ in range(70):
        yield deviate(sampler)


def deviate(sampler: Sampler) -> dict:
    return dict(zip(NAMES, (sampler.word(), sampler.choice(list(PURPOSES.values())), sampler.integer(0, 7),
                            sampler.integer(0, (1 << sampler.integer(1, 40)) - 1),
                            sampler.integer(0, (1 << sampler.integer(1, 30)) - 1))))


def draw(sampler: Sampler) -> dict:
    return words_of(sampler) if sampler.integer(0, 3) == 0 else deviate(sampler)


def cases() -> Iterator[dict]:
    sampler = Sampler(6)
    for givens in (raw(sampler), drawn(sampler)):
        for given in givens:
            yield {"given": given, "expect": evaluate(given)}

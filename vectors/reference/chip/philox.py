"""Random numbers: Philox4x32-10 and the chip's draws (specification 4).

Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
"""

from __future__ import annotations

MASK = 0xFFFFFFFF
DEVIATION = 322172      # one standard deviation of `gaussian`

PURPOSES = {"readNoise": 1, "setRate": 2, "resetRate": 3, "setPulse": 4, "resetPulse": 5,
            "converterOffset": 6, "converterGain": 7, "setDisturb": 8, "resetDisturb": 9,
            "setNoise": 10, "resetNoise": 11, "setDisturbNoise": 12, "resetDisturbNoise": 13, "setVoltage": 14,
            "resetVoltage": 15, "setThreshold": 16, "resetThreshold": 17, "lowBound": 18, "highBound": 19, "stuck": 20, "die": 21,
            "initialWeight": 64, "order": 65}

Words = tuple[int, int, int, int]


def philox(counter: Words, key: tuple[int, int]) -> Words:
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        p, q = c0 * 0xD2511F53, c2 * 0xCD9E8D57
        c0, c1, c2, c3 = q >> 32 ^ c1 ^ k0, q & MASK, p >> 32 ^ c3 ^ k1, p & MASK
        k0, k1 = k0 + 0x9E3779B9 & MASK, k1 + 0xBB67AE85 & MASK
    return c0, c1, c2, c3


def draw(seed: int, purpose: int, tile: int, operation: int, index: int) -> Words:
    counter = (index & MASK, operation & MASK, operation >> 32 & MASK, tile | purpose << 8)
    return philox(counter, (seed & MASK, seed >> 32))


def gaussian(words: Words) -> int:
    """Nearly normal, mean 0: 96 coin tosses in units of 65536, made continuous by two 16-bit uniforms."""
    ones = sum(bin(word).count("1") for word in words[:3])
    return (ones - 48) * 65536 + (words[3] & 0xFFFF) + (words[3] >> 16) - 65535


def gauss(seed: int, purpose: int, tile: int, operation: int, index: int) -> int:
    return gaussian(draw(seed, purpose, tile, operation, index))

"""From codes to volts and from currents to codes (specification 3.1, 3.3 to 3.7)."""

from __future__ import annotations

from math import isqrt
from typing import NamedTuple

from .elementary import exp, rounded
from .fixed import clamp, divide_half_up, divide_toward_zero, shift_half_up, signed16
from .philox import DEVIATION, PURPOSES, gauss

STEP_AMPERE_OHMS = 25_000_000_000_000       # aV in an amplifier step of 25 µV
REFERENCE_STEPS = 16384                     # 409.6 mV


def conductance_step(highest: int) -> int:
    """pS of one conductance code: ceil(5·highest / (4·32767))."""
    return -(-5 * highest // 131068)


def conductance_code(picosiemens: int, step: int) -> int:
    return min((picosiemens + step // 2) // step, 32767)


class Dac(NamedTuple):
    bits: int
    offset: int = 0             # µV
    nonlinearity: int = 0       # µV at half scale

    @property
    def top(self) -> int:
        return (1 << self.bits - 1) - 1

    @property
    def step(self) -> int:
        """µV a code."""
        return (200000 + self.top // 2) // self.top

    def code(self, signal: int) -> int:
        """Of a Q0.15 signal."""
        return shift_half_up(signal * self.top, 15)

    def __call__(self, code: int) -> int:
        """µV on a line."""
        size, top = abs(code), self.top
        bow = divide_toward_zero(self.nonlinearity * 4 * size * (top - size), top * top)
        return code * self.step + self.offset + (bow if code >= 0 else -bow)


def noise(deviate: int, sigma: int, power: int, cells: int) -> int:
    """aA on a sensed line; `power` = sum of squared voltages, `cells` on each crossing."""
    size = abs(deviate) * (sigma * isqrt(power * cells)) // DEVIATION
    return size if deviate >= 0 else -size


TWO_PI = 6.283185307179586
ARRIVED = 1 << 30


def settled(current: int, load: int, ohms: int, kilohertz: int, cycles: int) -> int:
    """The current whose settled output an amplifier of one pole has come to; `load` pS hang on its input."""
    if kilohertz == 0:
        return current
    x = TWO_PI * float(kilohertz * cycles * 10 ** 7) / (1e12 + float(ohms) * float(load))
    share = ARRIVED - rounded(exp(-x) * ARRIVED)
    size = abs(current) * share // ARRIVED
    return size if current >= 0 else -size


def amplify(current: int, ohms: int) -> tuple[int, bool]:
    """(output in steps of 25 µV, whether the amplifier limited)."""
    bound = 9 * 10 ** 17 // ohms
    product = clamp(current, -bound, bound) * ohms
    exact = (product + STEP_AMPERE_OHMS // 2) // STEP_AMPERE_OHMS
    output = clamp(exact, -32768, 32767)
    return output, output != exact


class Mismatch(NamedTuple):
    """Of one ADC."""
    offset: int = 0         # steps of 25 µV
    gain: int = 32768       # UQ1.15

    @staticmethod
    def of(seed: int, tile: int, line: int, offset_sigma: int, gain_sigma: int) -> "Mismatch":
        """Sigmas in µV and ppm."""
        offset = gauss(seed, PURPOSES["converterOffset"], tile, 0, line)
        gain = gauss(seed, PURPOSES["converterGain"], tile, 0, line)
        return Mismatch(divide_half_up(offset * offset_sigma, DEVIATION * 25),
                        32768 + divide_half_up(gain * gain_sigma * 32768, DEVIATION * 1_000_000))


class Adc(NamedTuple):
    bits: int
    mismatch: Mismatch = Mismatch()

    def __call__(self, steps: int, trim: int) -> tuple[int, bool]:
        """(code, whether over the range by more than half a code)."""
        value = shift_half_up((steps + self.mismatch.offset) * self.mismatch.gain, 15)
        value = shift_half_up((value - signed16(trim)) * (trim >> 16), 15)
        exact = shift_half_up(value, 16 - self.bits)
        top = (1 << self.bits - 1) - 1
        return clamp(exact, -top - 1, top), exact > top + 1 or exact < -top - 1

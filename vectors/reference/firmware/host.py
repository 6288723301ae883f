"""What the host sends to make a chip ready (section 8.2), and the pulse times it computes (8.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .arithmetic import clamp, pack, saturate16
from .training.slopes import Circuit

IDENTIFY, CONFIGURE, SET_ACTIVATION, CALIBRATE, SET_PULSE_TIMES = range(1, 6)
PROGRAM, INFER, READ_WEIGHTS, ERASE, STOP = range(6, 11)
CONFIGURE_TRAINING, SET_RATE, TRAIN, UPDATE, PREDICT, EXPORT_STATE, IMPORT_STATE = range(11, 18)

HEADROOM = 1
LONGEST = 32768  # steps of 20 ns
STEP = 20  # ns

Words = list[int]


def round_away(value: float) -> int:
    """Nearest integer, ties away from zero."""
    exact = Fraction(value)
    magnitude = math.floor(abs(exact) + Fraction(1, 2))
    return magnitude if exact >= 0 else -magnitude


def configure(inputs: int, hidden: int, outputs: int, lstm_window: float, dense_window: float) -> Words:
    windows = [round_away(window * 256) for window in (lstm_window, dense_window)]
    return [CONFIGURE, inputs, hidden, outputs, *windows, HEADROOM]


def set_activation(bank: int, circuit: Circuit) -> Words:
    return [SET_ACTIVATION, bank, *circuit.words()]


def set_pulse_times(times: Sequence[int]) -> Words:
    return [SET_PULSE_TIMES, *times]


def default_tolerance(adc_bits: int) -> int:
    return max(131, 2 << (16 - adc_bits))


def program(layer: int, tolerance: int, rounds: int, samples_log2: int, rows: Sequence[Sequence[int]]) -> Words:
    """Rows of target shares; each row begins a word."""
    return [PROGRAM, layer, tolerance, rounds, samples_log2, *[word for row in rows for word in pack(row)]]


def share(weight: float, window: float) -> int:
    return saturate16(round_away(weight / window * 32768))


def infer(sequence: Sequence[Sequence[int]], command: int = INFER) -> Words:
    """Q0.15 inputs, step by step."""
    return [command, len(sequence), *[word for step in sequence for word in pack(step)]]


def train(sequence: Sequence[Sequence[int]], label: int, targets: Sequence[Sequence[int]] = ()) -> Words:
    words = [TRAIN, len(sequence), label]
    for time, step in enumerate(sequence):
        words += pack(step) + (pack(targets[time]) if targets else [])
    return words


def rate_word(rate: float) -> int:
    return round_away(rate * 2**24)


@dataclass
class Vteam:
    """The VTEAM device: ohm, ohm / ns, mV."""

    on: float = 10000.0
    off: float = 100000.0
    speed: float = 6.43e-5 / 3
    threshold: float = 700.0
    exponent: int = 3
    voltage: float = 1200.0

    def rate(self) -> float:
        power = 1.0
        for _ in range(self.exponent):
            power *= self.voltage / self.threshold - 1
        return (self.off - self.on) * self.speed * power

    def after(self, conductance: int, dose: float, polarity: int) -> int:
        """pS, after a dose in ohm; polarity 1 SET, -1 RESET."""
        resistance = 1e12 / conductance - polarity * dose
        return round_away(1e12 / min(max(resistance, self.on), self.off))


def travel_times(device: Vteam, polarity: int) -> Words:
    """Sixteenths of 20 ns from an end of the range to 65 places, in the order they are passed."""
    low, high = round_away(1e12 / device.off), round_away(1e12 / device.on)
    start, span = (low, high - low) if polarity > 0 else (high, low - high)
    times, before, rate = [0], start, device.rate()
    for step in range(LONGEST):
        if len(times) == 65:
            break
        after = device.after(start, rate * (STEP * (step + 1)), polarity)
        while len(times) < 65:
            target = start + len(times) / 64 * span
            if (target - after) * polarity > 0.5:
                break
            part = 1.0 if after == before else clamp((target - before) / (after - before), 0.0, 1.0)
            times.append(round_away((step + part) * 16))
        before = after
    return times + [times[-1]] * (65 - len(times))


def pulse_times(device: Vteam = Vteam()) -> Words:
    """SET times rising with the place, then RESET times falling with it."""
    return travel_times(device, 1) + travel_times(device, -1)[::-1]


def make_ready(shape: Sequence[int], windows: Sequence[float], circuits: Sequence[Circuit],
               times: Sequence[int]) -> list[Words]:
    """Configuration, circuits, calibration, pulse times."""
    return [configure(*shape, *windows), set_activation(0, circuits[0]), set_activation(1, circuits[1]), [CALIBRATE, 2],
            set_pulse_times(times)]

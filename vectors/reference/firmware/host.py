"""What the host sends to make a chip ready (section 8.2), and the pulse times it computes (8.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from chip.device import MODELS, Device

from .arithmetic import clamp, pack, saturate16
from .training.slopes import Circuit

IDENTIFY, CONFIGURE, SET_ACTIVATION, CALIBRATE, SET_PULSE_TIMES = range(1, 6)
PROGRAM, INFER, READ_WEIGHTS, ERASE, STOP = range(6, 11)
CONFIGURE_TRAINING, SET_RATE, TRAIN, UPDATE, PREDICT, EXPORT_STATE, IMPORT_STATE = range(11, 18)
COMMIT, BOOT, SCRUB, WORK_ON, SWITCH_TO, TRAINING_REPORT = range(18, 24)

HEADROOM = 1
LONGEST = 32768  # steps of 20 ns
STEP = 20  # ns
AMPLITUDE = 1200.0  # mV
PLACES = 64
ALMOST = PLACES - 0.125  # counts as the end where that is not reached

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


def travel_times(device: Device, polarity: str) -> Words:
    """Sixteenths of 20 ns from an end of the range to 65 places, in the order they are passed."""
    up = polarity == "SET"
    start, sign = (device.lowest, 1) if up else (device.highest, -1)
    span, rate, dead = device.highest - device.lowest, device.rate(AMPLITUDE), 0
    places = [float(place) for place in range(1, PLACES)] + [ALMOST, float(PLACES)]
    times: dict[float, int] = {}
    before = start
    for step in range(LONGEST):
        if not places:
            break
        after = device.moved(start, polarity, rate * float(STEP * (step + 1)))
        if after == start:
            dead = 16 * (step + 1)
        while places:
            target = start + sign * (places[0] / PLACES) * span
            if (target - after) * sign > 0.5:
                break
            part = 1.0 if after == before else clamp((target - before) / (after - before), 0.0, 1.0)
            times[places.pop(0)] = round_away((step + part) * 16)
        before = after
    found = [dead]
    for place in range(1, PLACES + 1):
        found.append(times.get(float(place), found[-1]))
    if PLACES not in times:
        found[-1] = times.get(ALMOST, found[-1])
    return found


def pulse_times(model: str = "vteam") -> Words:
    """SET times rising with the place, then RESET times falling with it."""
    device = MODELS[model]
    return travel_times(device, "SET") + travel_times(device, "RESET")[::-1]


def noisy_pulse_times(model: str) -> Words:
    """The same, and whether the device's own noise is to be reckoned with."""
    return pulse_times(model) + [1] * MODELS[model].noisy


def make_ready(shape: Sequence[int], windows: Sequence[float], circuits: Sequence[Circuit],
               times: Sequence[int]) -> list[Words]:
    """Configuration, circuits, calibration, pulse times."""
    return [configure(*shape, *windows), set_activation(0, circuits[0]), set_activation(1, circuits[1]), [CALIBRATE, 2],
            set_pulse_times(times)]

"""The account of a system's energy: `vectors/specification/energy.md`."""

from __future__ import annotations

import math
from typing import NamedTuple


class Band(NamedTuple):
    """Low, nominal and high of something that is not negative."""

    low: float
    nominal: float
    high: float

    def each(self, function) -> "Band":
        return Band(*map(function, self))

    def plus(self, other: "Band") -> "Band":
        return Band(*(a + b for a, b in zip(self, other)))

    def times(self, *others: "Band | float") -> "Band":
        result = self
        for other in others:
            other = other if isinstance(other, Band) else Band(other, other, other)
            result = Band(*(a * b for a, b in zip(result, other)))
        return result

    def less(self, known: float) -> "Band":
        return self.each(lambda end: max(0.0, end - known))

    @property
    def inverse(self) -> "Band":
        return Band(1 / self.high, 1 / self.nominal, 1 / self.low)


def around(nominal: float, below: float, above: float) -> Band:
    return Band(nominal / below, nominal, nominal * above)


class Node(NamedTuple):
    volts: float
    step: float         # FoM, fJ
    digital: float      # relative to 45 nm
    cycle: float        # pJ
    feature: float      # nm

    @property
    def supply(self) -> Band:
        return Band(self.volts * 0.9, self.volts, self.volts * 1.1)


NODES = {
    "180nm": Node(1.8, 40, 15, 230, 180), "130nm": Node(1.8, 35, 5.1, 75, 130), "65nm": Node(1.2, 15, 1.65, 25, 65),
    "28nm": Node(0.9, 10, 0.42, 7, 28), "22nm": Node(0.85, 8, 0.25, 4, 22),
}
ADC_BIT, DAC_BIT = around(100e-15, 3, 3), around(50e-15, 3, 3)
DRIVER = Band(1, 1.2, 1.4)
BRANCHES, COMPENSATION, EFFICIENCY = Band(3, 6, 9), Band(0.5e-12, 1e-12, 2e-12), 12
LINE_DRIVER, WIRE, GATE = Band(25e-15, 50e-15, 100e-15), Band(0.07e-15, 0.2e-15, 0.3e-15), Band(0, 1.5e-15, 2.1e-15)
CELL_AREA = Band(4, 48, 125.7)
PUMP, REGULATOR = Band(0.4, 0.5, 0.6), Band(0.7, 0.85, 1)
MULTIPLY, ADD, COMPARE = around(1e-12, 2, 2), around(0.05e-12, 2, 2), around(0.05e-12, 2, 2)
BUS_WIRE, BUS_WIRES = around(0.1e-12, 2, 2), 64
WAITING = Band(0.05, 0.1, 0.2)
THERMAL = 1.380649e-23 * 300


def line(node: Node, cells: int) -> Band:
    """Farads."""
    pitch = CELL_AREA.each(math.sqrt).times(node.feature * 1e-3)
    return LINE_DRIVER.plus(WIRE.times(pitch).plus(GATE).times(cells))


def efficiency(node: Node, millivolts: int) -> Band:
    return REGULATOR if millivolts / 1000 < node.volts else PUMP


def parts(given: dict) -> dict[str, Band]:
    """Joules of a tile and of the board around it."""
    node, counts = NODES[given["technology"]], given["activity"]
    dac, adc, supply = given["dacBits"], given["adcBits"], node.supply
    word_lines, bit_lines = given["tile"]
    reading, selected, half = (counts[name] * 1e-33 for name in ("reading", "selected", "halfSelected"))
    pulsing = selected + half
    settling = BRANCHES.times(supply, COMPENSATION, (adc + 1) * math.log(2) / EFFICIENCY)
    sample = 12 * THERMAL * 4.0 ** adc
    conversion = around(node.step * 1e-15, 3, 3).times(2.0 ** (adc - 1)).plus(ADC_BIT.times(adc, supply, supply))
    circuit = MULTIPLY.plus(ADD).plus(COMPARE.times(2)).times(node.digital)
    cell = MULTIPLY.times(4).plus(ADD).times(node.digital)
    result = {
        "arrayReads": Band(reading, reading, reading), "arraySelected": Band(selected, selected, selected),
        "arrayHalfSelected": Band(half, half, half),
        "pulseSupply": efficiency(node, counts["highestPulse"]).inverse.times(pulsing).less(pulsing),
        "lines": line(node, bit_lines).times(counts["wordLineSquares"] * 1e-12 + counts["wordLinePulseSquares"] * 1e-6)
        .plus(line(node, word_lines).times(counts["bitLineSquares"] * 1e-12 + counts["bitLinePulseSquares"] * 1e-6)),
        "converting": DAC_BIT.times(dac, supply, supply, counts["driveConversions"]),
        "readDrivers": DRIVER.times(supply, counts["charge"] * 1e-27).less(reading),
        "amplifiers": settling.times(counts["amplifications"] + counts["noiseGain"] * 1e-12)
        .plus(Band(sample, sample, sample).times(counts["amplifications"])),
        "sensing": conversion.times(counts["conversions"]),
        "circuits": circuit.times(counts["evaluations"] + given["scalarEvaluations"] + given.get("formedCells", 0))
        .plus(cell.times(given.get("formedCells", 0))),
        "bus": BUS_WIRE.times(BUS_WIRES, node.digital, given["accesses"]),
    }
    if "cycles" in given:
        array, bus, controller = given["cycles"]
        cycle = around(node.cycle * 1e-12, 3, 2)
        result["controller"] = cycle.times(controller + bus).plus(cycle.times(WAITING, array))
    return result

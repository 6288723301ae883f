"""Mistakes in the account of energy."""

from __future__ import annotations

from mutants.mutant import group

ENERGY = [
    *group("energy", "energy.py",
           ("NRG-0.1", "ends of an inverse stay in place", "return Band(1 / self.high, 1 / self.nominal, 1 / self.low)",
            "return self.each(lambda end: 1 / end)"),
           ("NRG-3.1", "half-selected cells are counted as selected", '"arraySelected": Band(selected, selected, selected)',
            '"arraySelected": Band(pulsing, pulsing, pulsing)'),
           ("NRG-3.2", "every pulse comes from a pump", "return REGULATOR if millivolts / 1000 < node.volts else PUMP", "return PUMP"),
           ("NRG-3.3", "word lines are as long as bit lines", '"lines": line(node, bit_lines)', '"lines": line(node, word_lines)'),
           ("NRG-3.4", "a cell's pitch is its area", "CELL_AREA.each(math.sqrt)", "CELL_AREA"),
           ("NRG-3.5", "a DAC's energy grows with the voltage", "DAC_BIT.times(dac, supply, supply,", "DAC_BIT.times(dac, supply,"),
           ("NRG-3.6", "drivers and arrays hold the same energy", '.less(reading),\n        "amplifiers"', ',\n        "amplifiers"'),
           ("NRG-3.7", "amplifiers settle to an LSB", "(adc + 1) * math.log(2)", "adc * math.log(2)"),
           ("NRG-3.7", "noise gain is that of the feedback alone", 'counts["amplifications"] + counts["noiseGain"] * 1e-12',
            'counts["amplifications"]'),
           ("NRG-3.8", "a sample of any resolution", "4.0 ** adc", "4.0 ** 12"),
           ("NRG-3.9", "effective bits as nominal ones", "2.0 ** (adc - 1)", "2.0 ** adc"),
           ("NRG-3.10", "one comparison", "COMPARE.times(2)", "COMPARE"),
           ("NRG-3.10", "cells of a unit have no circuit", '+ given.get("formedCells", 0))\n', ")\n"),
           ("NRG-3.13", "a cell of the unit has three products", "MULTIPLY.times(4)", "MULTIPLY.times(3)"),
           ("NRG-3.11", "a bus of 32 wires", "BUS_WIRES = around(0.1e-12, 2, 2), 64", "BUS_WIRES = around(0.1e-12, 2, 2), 32"),
           ("NRG-3.12", "a waiting controller takes all", "cycle.times(WAITING, array)", "cycle.times(array)")),
]

"""Mistakes in how far amplifiers come, and in how long a conversion takes."""

from __future__ import annotations

from mutants.mutant import group

SETTLING = [
    *group("settle", "readchain.py",
           ("CHIP-3.5.6", "noise gain without its 1", "(1e12 + float(ohms) * float(load))", "max(1.0, float(ohms) * float(load))"),
           ("CHIP-3.5.6", "feedback left out of the noise gain", "float(ohms) * float(load)", "float(load)"),
           ("CHIP-3.5.6", "radians for periods", "TWO_PI * float", "float"),
           ("CHIP-3.5.6", "what is missing rounds down", "rounded(exp(-x) * ARRIVED)", "int(exp(-x) * ARRIVED)"),
           ("CHIP-3.5.7", "a negative current stays", "return size if current >= 0 else -size\n\n\ndef amplify",
            "return size if current >= 0 else current\n\n\ndef amplify"),
           ("CHIP-3.5.6", "settles at once", "if kilohertz == 0:", "if kilohertz >= 0:")),
    *group("settle", "operations.py",
           ("CHIP-3.5.5", "the other side's load", "line_loads(word_lines=transposed))]", "line_loads(word_lines=not transposed) + [0] * 1024)]"),
           ("CHIP-3.5.5", "codes for picosiemens", "array.step * load", "load"),
           ("CHIP-3.5.6", "another gain's resistor", 'ohms, array = self.state["FEEDBACK"][gain]', 'ohms, array = self.state["FEEDBACK"][1 - gain]'),
           ("CHIP-3.5.6", "the typical time for the one set", 'self.config.bandwidth, self.state["SETTLE"][0])', "self.config.bandwidth, self.config.settle)"),
           ("CHIP-3.5.6", "the whole conversion for the settling", 'self.config.bandwidth, self.state["SETTLE"][0])',
            'self.config.bandwidth, self.state["SETTLE"][0] + self.config.sample + self.config.adc_bits)')),
    *group("settle", "array.py",
           ("CHIP-3.5.5", "references weigh nothing", "        reference = self.reference if self.cells_per_column == 1 else 0\n        if word_lines",
            "        reference = 0\n        if word_lines")),
    *group("settle", "tile.py",
           ("CHIP-2.6", "converts as long whatever the bits", "self.convert = config.sample + config.adc_bits", "self.convert = config.sample + 12"),
           ("CHIP-6.7", "lasts its typical time", 'return self.state["SETTLE"][0] + self.convert', "return self.config.settle + self.convert"),
           ("CHIP-7.2.26", "SETTLE takes 0", 'name in ("FEEDBACK", "SETTLE") and', 'name == "FEEDBACK" and'),
           ("CHIP-7.2.26", "SETTLE needs the key", 'GUARDED = {"WATCHDOG",', 'GUARDED = {"SETTLE", "WATCHDOG",'),
           ("CHIP-7.2.26", "SETTLE while busy", 'not in ("ERROR", "UNLOCK", "SNAPSHOT")', 'not in ("ERROR", "UNLOCK", "SNAPSHOT", "SETTLE")'),
           ("CHIP-2.6", "SETTLE is the usual one's", 'state["SETTLE"][0] = config.settle', 'state["SETTLE"][0] = 10')),
]

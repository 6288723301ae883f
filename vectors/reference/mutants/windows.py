"""Mistakes in the windows of a tile, and in what tells that a chip has more."""

from __future__ import annotations

from mutants.mutant import group

CODE = "return shift_half_up(signal * self.top, 15)"
SENSED = 'return [code << 16 - self.config.adc_bits for code in lanes(self.state["SENSE"][index])]'
DRIVEN = 'packed(*(self.config.dac.code(signal) for signal in lanes(value)))'
WIDEST = 'if any(abs(width) > self.state["LIMIT_WIDTH"][0] & 0xFFFF for width in widths):'
PAIR = "for line, width in enumerate(widths, 2 * index):"
FREE = 'name not in ("ERROR", "UNLOCK", "SNAPSHOT")'
STALE = 'if place.register.name in ("SENSE", "SENSE_SIGNALS") and (self.busy or self.path.stale):'

WINDOWS = [
    *group("windows", "mbx.py",
           ("CHIP-7.6.1", "bits of FEATURES exchanged", 'enumerate(("windows", "cell"))', 'enumerate(("cell", "windows"))'),
           ("CHIP-7.6.1", "a reset forgets FEATURES", '        self.derive()\n        self.state["RESET_CAUSE"]', '        self.derive()\n        self.state["FEATURES"][0] = 0\n        self.state["RESET_CAUSE"]'),
           ("CHIP-7.6.1", "FEATURES counts features", "sum(1 << bit for bit,", "sum(1 for bit,")),
    *group("windows", "registers.py",
           ("CHIP-7.6.1", "FEATURES is written", "0x0060 FEATURES          ro", "0x0060 FEATURES          rw"),
           ("CHIP-7.6.3", "windows of every chip", 'return WINDOWED_BLOCK if "windows" in features else TILE_BLOCK', "return WINDOWED_BLOCK"),
           ("CHIP-7.6.3", "windows where there is a cell unit", 'return WINDOWED_BLOCK if "windows" in features', "return WINDOWED_BLOCK if features"),
           ("CHIP-7.7.2", "DRIVE_SIGNALS is read", "DRIVE_SIGNALS[512] wo ", "DRIVE_SIGNALS[512] rw "),
           ("CHIP-7.7.3", "SENSE_SIGNALS is written", "SENSE_SIGNALS[512] ro ", "SENSE_SIGNALS[512] rw "),
           ("CHIP-7.7.4", "PULSE_PAIRS is read", "PULSE_PAIRS[512]   wo ", "PULSE_PAIRS[512]   rw "),
           ("CHIP-7.7.4", "as many pairs as bit lines there can be", "PULSE_PAIRS[512] ", "PULSE_PAIRS[1024]"),
           ("CHIP-7.7.2", "half as many signals", "DRIVE_SIGNALS[512]", "DRIVE_SIGNALS[256]")),
    *group("windows", "readchain.py",
           ("CHIP-7.7.2", "codes round down", CODE, "return signal * self.top >> 15"),
           ("CHIP-7.7.2", "codes round away from zero", CODE, "return shift_half_up(abs(signal) * self.top, 15) * (1 if signal >= 0 else -1)"),
           ("CHIP-7.7.2", "codes are upper bits", CODE, "return clamp(shift_half_up(signal * (self.top + 1), 15), -self.top, self.top)"),
           ("CHIP-7.7.2", "codes of 8 bits", CODE, "return shift_half_up(signal * min(self.top, 127), 15)")),
    *group("windows", "tile.py",
           ("CHIP-7.6.2", "tiles tell of windows alone", "bool(config.features) << 24", '("windows" in config.features) << 24'),
           ("CHIP-7.6.2", "tiles tell of a cell unit alone", "bool(config.features) << 24", '("cell" in config.features) << 24'),
           ("CHIP-7.6.2", "tiles tell in another bit", "bool(config.features) << 24", "bool(config.features) << 25"),
           ("CHIP-7.7.1", "signals are kept beside DRIVE", 'elif name == "DRIVE_SIGNALS":\n            self.state["DRIVE"]', 'elif name == "DRIVE_SIGNALS":\n            self.state["DRIVE_SIGNALS"]'),
           ("CHIP-7.7.2", "lanes of signals exchanged", DRIVEN, DRIVEN.replace("lanes(value)", "lanes(value)[::-1]")),
           ("CHIP-7.7.2", "the odd signal is left out", DRIVEN, 'packed(self.config.dac.code(lanes(value)[0]), lanes(self.state["DRIVE"][place.index])[1])'),
           ("CHIP-7.7.2", "signals are codes", DRIVEN, "value"),
           ("CHIP-7.7.3", "codes of 12 bits", SENSED, SENSED.replace("16 - self.config.adc_bits", "4")),
           ("CHIP-7.7.3", "codes are not shifted", SENSED, SENSED.replace("16 - self.config.adc_bits", "0")),
           ("CHIP-7.7.3", "shifted by one too little", SENSED, SENSED.replace("16 - self.config.adc_bits", "max(15 - self.config.adc_bits, 0)")),
           ("CHIP-7.7.3", "the whole word is shifted", "return packed(*self.sensed(place.index))", 'return self.state["SENSE"][place.index] << 16 - self.config.adc_bits & 0xFFFFFFFF'),
           ("CHIP-7.7.3", "only the even code is shifted", "return packed(*self.sensed(place.index))", 'return packed(self.sensed(place.index)[0], lanes(self.state["SENSE"][place.index])[1])'),
           ("CHIP-7.7.4", "lanes of pairs exchanged", PAIR, PAIR.replace("widths", "widths[::-1]")),
           ("CHIP-7.7.4", "pairs of neighbours that overlap", PAIR, PAIR.replace("2 * index", "index")),
           ("CHIP-7.7.4", "only the even line of a pair", PAIR, PAIR.replace("widths", "widths[:1]")),
           ("CHIP-7.7.4", "a zero of a pair is not written", "if line < self.path.array.bit_lines:", "if line < self.path.array.bit_lines and width:"),
           ("CHIP-7.7.4", "the even line of a pair in spite of the odd one", WIDEST, 'if abs(widths[0]) <= self.state["LIMIT_WIDTH"][0] & 0xFFFF:\n            '
            'self.state["PULSE"][2 * index] = widths[0] & 0xFFFF\n        ' + WIDEST),
           ("CHIP-7.7.6", "signals are written while busy", FREE, 'name not in ("ERROR", "UNLOCK", "SNAPSHOT", "DRIVE_SIGNALS")'),
           ("CHIP-7.7.6", "pairs are written while busy", FREE, 'name not in ("ERROR", "UNLOCK", "SNAPSHOT", "PULSE_PAIRS")'),
           ("CHIP-7.7.7", "signals of an odd number of lines one word short", '{"DRIVE_SIGNALS": (lines + 1) // 2', '{"DRIVE_SIGNALS": lines // 2'),
           ("CHIP-7.7.7", "signals of word lines alone", '{"DRIVE_SIGNALS": (lines + 1) // 2', '{"DRIVE_SIGNALS": (array.word_lines + 1) // 2'),
           ("CHIP-7.7.7", "codes of columns alone", '"SENSE_SIGNALS": (lines + 1) // 2', '"SENSE_SIGNALS": (array.columns + 1) // 2'),
           ("CHIP-7.7.7", "pairs of an odd number of bit lines one short", '"PULSE_PAIRS": (array.bit_lines + 1) // 2', '"PULSE_PAIRS": array.bit_lines // 2'),
           ("CHIP-7.7.7", "as many pairs as columns", '"PULSE_PAIRS": (array.bit_lines + 1) // 2', '"PULSE_PAIRS": array.columns'),
           ("CHIP-7.7.8", "only the even width is limited", WIDEST, WIDEST.replace("in widths)", "in widths[:1])")),
           ("CHIP-7.7.8", "only the odd width is limited", WIDEST, WIDEST.replace("in widths)", "in widths[1:])")),
           ("CHIP-7.7.8", "negative widths of a pair are not limited", WIDEST, WIDEST.replace("abs(width)", "width")),
           ("CHIP-7.7.8", "widths of a pair below the limit only", WIDEST, WIDEST.replace("> self", ">= self")),
           ("CHIP-7.7.8", "the sum of both widths is limited", WIDEST, 'if sum(map(abs, widths)) > self.state["LIMIT_WIDTH"][0] & 0xFFFF:'),
           ("CHIP-7.7.8", "pairs have no limit", WIDEST, "if False:"),
           ("CHIP-7.7.9", "pairs need the key", 'GUARDED = {"WATCHDOG",', 'GUARDED = {"PULSE_PAIRS", "WATCHDOG",'),
           ("CHIP-7.7.9", "signals need the key", 'GUARDED = {"WATCHDOG",', 'GUARDED = {"DRIVE_SIGNALS", "WATCHDOG",'),
           ("CHIP-7.7.10", "the width beyond an odd number of lines is not limited", WIDEST, WIDEST.replace("in widths)", "in widths[:self.path.array.bit_lines - 2 * index])")),
           ("CHIP-7.7.10", "the width beyond an odd number of lines is kept", "if line < self.path.array.bit_lines:", "if line < 1024:"),
           ("CHIP-7.7.11", "codes by the window while busy", STALE, 'if (self.path.stale or self.busy and place.register.name == "SENSE") and place.register.name.startswith("SENSE"):'),
           ("CHIP-7.7.11", "stale codes by the window", STALE, 'if (self.busy or self.path.stale and place.register.name == "SENSE") and place.register.name.startswith("SENSE"):'),
           ("CHIP-7.7.11", "stale codes as they are", 'raise Refused("STALE", self.peek(place, cycle))', 'raise Refused("STALE", self.state["SENSE"][place.index])'),
           ("CHIP-7.7.5", "the window's refusals are not told", 'raise Refused("LIMIT")\n        for line', "return\n        for line")),
]

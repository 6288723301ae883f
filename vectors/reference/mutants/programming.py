"""Mistakes in pulses, disturb and their counters."""

from __future__ import annotations

from mutants.mutant import group

PULSE = "self.pulse(row, polarity, microvolts / 1000, widths, operation)"
HALF = "half = microvolts / 1000 / 2"
DISTURB = "self.disturb(row, polarity, half, widths, operation)"
DURATION = "duration = longest - width if i == row else width"
PHASES = 'for polarity, widths in zip(("SET", "RESET"), self.phase_widths()):\n            self.phase(row, polarity, widths)'
CLEAR = 'self.state["PULSE"][:self.array.bit_lines] = [0] * self.array.bit_lines'
WIDTHS = "[max(width, 0) for width in widths], [max(-width, 0) for width in widths]"

PROGRAMMING = [
    *group("program_row", "array.py",
           ("disturb at a third of the amplitude", HALF, "half = microvolts / 1000 / 3"),
           ("disturb at the whole amplitude", DISTURB, "self.disturb(row, polarity, microvolts / 1000, widths, operation)"),
           ("half of the amplitude in whole millivolts", HALF, "half = microvolts // 2000"),
           ("no disturb", DISTURB, "pass"),
           ("no disturb on the own row", DURATION, "duration = 0 if i == row else width"),
           ("no disturb on other rows", DURATION, "duration = longest - width if i == row else 0"),
           ("own row disturbed all along", DURATION, "duration = longest if i == row else width"),
           ("only unpulsed cells of the row disturbed", DURATION,
            "duration = (0 if width else longest) if i == row else width"),
           ("other rows disturbed for the whole phase", DURATION, "duration = longest - width if i == row else longest * (width > 0)"),
           ("disturb before the pulse", PULSE + "\n        " + HALF + "\n        if self.cells.disturbed(half):\n            " + DISTURB,
            HALF + "\n        if self.cells.disturbed(half):\n            " + DISTURB + "\n        " + PULSE),
           ("disturb of the other polarity", DISTURB,
            "self.disturb(row, 'SET' if polarity == 'RESET' else 'RESET', half, widths, operation)"),
           ("energy after the pulses",
            "return energy\n", "return self.phase_energy(row, microvolts, widths)\n"),
           ("no energy of half-selected cells", "(microvolts // 2) ** 2 * half", "0 * half"),
           ("half-selected energy at a half", "(microvolts // 2) ** 2 * half", "microvolts ** 2 // 2 * half"),
           ("own cell counted as half-selected too", "(load - code) * width", "load * width"),
           ("disturb draws without word line", "index = row * (self.word_lines * self.bit_lines) + cell", "index = cell"),
           ("disturb draws by row times row length", "row * (self.word_lines * self.bit_lines) + cell", "row * self.bit_lines + cell"),
           ("no energy of the own row", "code * (longest - width) + ", "")),
    *group("program_row", "operations.py",
           ("RESET phase before SET", PHASES,
            'for polarity, widths in zip(("RESET", "SET"), self.phase_widths()[::-1]):\n            self.phase(row, polarity, widths)'),
           ("signs exchanged", 'zip(("SET", "RESET"), self.phase_widths()):\n            self', 'zip(("RESET", "SET"), self.phase_widths()):\n            self'),
           ("the phases have operation numbers of their own", PHASES, PHASES + "\n            self.operation_number += polarity == 'SET'"),
           ("the phases draw apart", PHASES, PHASES.replace("self.phase(row, polarity, widths)",
            "self.operation_number += polarity == 'RESET'\n            self.phase(row, polarity, widths)\n            self.operation_number -= polarity == 'RESET'")),
           ("PULSE kept", CLEAR, "pass"),
           ("first PULSE kept", CLEAR, 'self.state["PULSE"][1:self.array.bit_lines] = [0] * (self.array.bit_lines - 1)'),
           ("PULSE cleared by ERASE", 'self.phase(row, "RESET", self.state["ERASE_WIDTH"] * self.array.bit_lines)',
            'self.phase(row, "RESET", self.state["ERASE_WIDTH"] * self.array.bit_lines)\n            self.state["PULSE"][0] = 0'),
           ("width −32768 is 32767", WIDTHS, WIDTHS.replace("max(-width, 0)", "min(max(-width, 0), 32767)")),
           ("width −32768 is none", WIDTHS, WIDTHS.replace("max(-width, 0)", "max(-width, 0) & 0x7FFF")),
           ("widths of 15 bits and a sign", "signed16(word) for word in", "(word & 0x7FFF) * (-1 if word >> 15 else 1) for word in"),
           ("width in steps of 10 ns", "PULSE_STEP, RELAX = 20, 50", "PULSE_STEP, RELAX = 10, 50"),
           ("empty phase counted", "if not any(widths):\n            return", "if not any(widths):\n            self.phases += 1\n            return"),
           ("serial cycles relax once", "sum(map(self.phase_cycles, widths))", "self.phase_cycles(sum(widths))"),
           ("serial cycles of the longest", "self.serial_cycles += sum(map(self.phase_cycles, widths))", "self.serial_cycles += self.phase_cycles(max(widths)) * sum(width > 0 for width in widths)"),
           ("cycles of all widths", "self.program_cycles += self.phase_cycles(max(widths))", "self.program_cycles += self.phase_cycles(sum(widths))"),
           ("every bit line counts as a pulse", "sum(width > 0 for width in widths)", "len(widths)"),
           ("only SET phases counted", "self.phases += 1", "self.phases += polarity == 'SET'"),
           ("amplitudes exchanged", '(0 if polarity == "SET" else 16)', '(16 if polarity == "SET" else 0)'),
           ("SET amplitude for both", '(0 if polarity == "SET" else 16)', "0"),
           ("erase is a SET", 'self.phase(row, "RESET", self.state', 'self.phase(row, "SET", self.state'),
           ("erase leaves the last row", "for row in range(self.array.word_lines):", "for row in range(self.array.word_lines - 1):"),
           ("erase from the last row", "for row in range(self.array.word_lines):", "for row in reversed(range(self.array.word_lines)):"),
           ("relaxation left out", "CYCLES_PER_STEP * steps + RELAX", "CYCLES_PER_STEP * steps"),
           ("relaxation without a pulse", "+ RELAX if steps else 0", "+ RELAX")),
    *group("program_row", "tile.py",
           ("watchdog aborts an operation of just its length", "0 < watchdog < duration", "0 < watchdog <= duration"),
           ("watchdog one cycle late", "0 < watchdog < duration", "0 < watchdog + 1 < duration"),
           ("aborted operations have their effect", 'self.raise_error("WATCHDOG")\n', 'self.raise_error("WATCHDOG")\n            self.path.perform(command.operation, 0, False, command.row)\n'),
           ("aborted operations do not count", 'self.raise_error("WATCHDOG")\n', 'self.raise_error("WATCHDOG")\n            self.path.operation_number -= 1\n'),
           ("an abort clears PULSE", 'self.raise_error("WATCHDOG")\n', 'self.raise_error("WATCHDOG")\n            self.state["PULSE"][0] = 0\n'),
           ("an abort locks", 'self.raise_error("WATCHDOG")\n', 'self.raise_error("WATCHDOG")\n            self.locked = True\n'),
           ("only the longer phase takes time", "sum(self.path.phase_cycles(max(widths))", "max(self.path.phase_cycles(max(widths))"),
           ("erase takes the time of one row", "return self.path.array.word_lines * self.path.phase_cycles", "return self.path.phase_cycles"),
           ("row in the wrong bits", "word >> 16 & 0x3FF", "word >> 17 & 0x3FF")),
]

"""Mistakes in the supplies: their order, wake-up, and their loss."""

from __future__ import annotations

from mutants.mutant import group

RISING = "or word & ~now & DRIVERS and not self.state"
SUPPLIED = "if not self.state[\"SUPPLY\"][0] & (DRIVERS if programs else ANALOG):\n            raise Refused(\"SUPPLY\")\n"
ROW = 'if command.operation == "PROGRAM_ROW" and command.row >= self.path.array.word_lines:\n            raise Refused("INDEX")\n'
LOCK = 'if command.operation in ("PROGRAM_ROW", "ERASE") and self.locked:\n            raise Refused("LOCKED")\n'

SUPPLIES = [
    *group("power", "tile.py",
           ("CHIP-6.3.3", "drivers without references", "if (word == DRIVERS or now", "if (now"),
           ("CHIP-6.3.4", "references fall under drivers", "or now & DRIVERS and not word & ANALOG", "or False"),
           ("CHIP-6.3.5", "drivers rise on unsettled references", RISING, "or False and self.state"),
           ("CHIP-6.3.4", "the order down is that up", "or now & DRIVERS and not word & ANALOG", "or now & DRIVERS and word == ANALOG"),
           ("CHIP-7.1.12", "a refused order has its effect", "now = self.state[\"SUPPLY\"][0]\n        if", "now = self.state[\"SUPPLY\"][0]\n        self.state[\"SUPPLY\"][0] = word\n        if"),
           ("CHIP-6.3.8", "references settle at once", "self.wakes = cycle + WAKE_UP", "self.wakes = cycle"),
           ("CHIP-6.3.8", "wake-up one cycle short", "self.wakes = cycle + WAKE_UP", "self.wakes = cycle + WAKE_UP - 1"),
           ("CHIP-6.3.8", "wake-up one cycle long", "self.wakes = cycle + WAKE_UP", "self.wakes = cycle + WAKE_UP + 1"),
           ("CHIP-6.3.8", "every write begins the wake-up anew", "elif not now & ANALOG:", "else:"),
           ("CHIP-6.3.10", "references that fall go on settling", "if not word & ANALOG:\n            self.wakes = None\n        elif", "if"),
           ("CHIP-6.3.10", "references stay settled without supply", "self.tell_supply(word & now & ANALOG and self", "self.tell_supply(self"),
           ("CHIP-6.3.1", "never settled after a write", "self.tell_supply(word & now & ANALOG and self.state[\"SUPPLY_STATE\"][0] & SETTLED)", "self.tell_supply(0)"),
           ("CHIP-6.3.12", "pulses without drivers", "(DRIVERS if programs else ANALOG)", "ANALOG"),
           ("CHIP-6.3.12", "conversions need drivers", "(DRIVERS if programs else ANALOG)", "DRIVERS"),
           ("CHIP-6.3.11", "SUPPLY before INDEX", ROW + "        programs = command.operation in (\"PROGRAM_ROW\", \"ERASE\")\n        " + SUPPLIED,
            "programs = command.operation in (\"PROGRAM_ROW\", \"ERASE\")\n        " + SUPPLIED + "        " + ROW),
           ("CHIP-6.3.11", "SUPPLY before LOCKED", LOCK, "if not self.state[\"SUPPLY\"][0] & 1:\n            raise Refused(\"SUPPLY\")\n        " + LOCK),
           ("CHIP-6.3.14", "unsettled codes are fresh", "if not self.settled_at_start:", "if False:"),
           ("CHIP-6.3.13", "unsettled codes by the end", "if not self.settled_at_start:", "if not self.state[\"SUPPLY_STATE\"][0] & SETTLED:"),
           ("CHIP-6.3.14", "an unsettled conversion counts as aborted", "self.path.cut(command.operation, command.row, self.end - self.begin)\n            return [f\"finished",
            "self.abort(command, self.end - self.begin)\n            return [f\"finished"),
           ("CHIP-6.2.8", "a reset switches supplies on", ', "SUPPLY", "SUPPLY_STATE",', ","),
           ("CHIP-6.3.20", "a failure leaves SUPPLY", "self.state[\"SUPPLY\"][0], self.wakes = 0, None", "self.wakes = None"),
           ("CHIP-6.3.20", "a failure leaves the wake-up", "self.state[\"SUPPLY\"][0], self.wakes = 0, None", "self.state[\"SUPPLY\"][0] = 0"),
           ("CHIP-6.3.20", "a failure leaves references settled", "self.wakes = 0, None\n        text = self.tell_supply(0)", "self.wakes = 0, None\n        text = self.tell_supply(SETTLED)"),
           ("CHIP-6.3.21", "a failure of what is off is an error", "had = self.state[\"SUPPLY\"][0] != 0", "had = True"),
           ("CHIP-6.3.21", "a failure of references alone is none", "had = self.state[\"SUPPLY\"][0] != 0", "had = self.state[\"SUPPLY\"][0] == 3")),
    *group("power", "chip.py",
           ("CHIP-6.3.19", "a failure ends nothing", "            self.cut(tile)\n            if text", "            if text"),
           ("CHIP-6.3.18", "a failure is no cause", 'self.mbx.state["RESET_CAUSE"][0] |= 8', "pass"),
           ("CHIP-6.3.18", "a failure is power-up", 'self.mbx.state["RESET_CAUSE"][0] |= 8', 'self.mbx.state["RESET_CAUSE"][0] |= 12'),
           ("CHIP-6.3.21", "a failure is of tile 0", "if text := tile.brown_out():", "if (text := tile.brown_out()) and tile.number == 0:"),
           ("CHIP-6.15", "a failure without interrupt", '"error SUPPLY")]\n                self.mbx.failed(tile.number)', '"error SUPPLY")]'),
           ("CHIP-6.3.9", "wake-ups after all ends", "sorted(ends, key=lambda end: end[:2])", "ends"),
           ("CHIP-6.3.8", "a wake-up interrupts", "tile.settle()))", "tile.settle()))\n        self.mbx.finished(tile.number)")),
]

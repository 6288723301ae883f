"""Mistakes in the supplies: their order, wake-up, and their loss."""

from __future__ import annotations

from mutants.mutant import group

RISING = "or word & ~now & DRIVERS and not self.state"
SUPPLIED = "if not self.state[\"SUPPLY\"][0] & (DRIVERS if programs else ANALOG):\n            raise Refused(\"SUPPLY\")\n"
ROW = 'if command.operation == "PROGRAM_ROW" and command.row >= self.path.array.word_lines:\n            raise Refused("INDEX")\n'
LOCK = 'if command.operation in ("PROGRAM_ROW", "ERASE") and self.locked:\n            raise Refused("LOCKED")\n'

SUPPLIES = [
    *group("power", "tile.py",
           ("drivers without references", "if (word == DRIVERS or now", "if (now"),
           ("references fall under drivers", "or now & DRIVERS and not word & ANALOG", "or False"),
           ("drivers rise on unsettled references", RISING, "or False and self.state"),
           ("the order down is that up", "or now & DRIVERS and not word & ANALOG", "or now & DRIVERS and word == ANALOG"),
           ("a refused order has its effect", "now = self.state[\"SUPPLY\"][0]\n        if", "now = self.state[\"SUPPLY\"][0]\n        self.state[\"SUPPLY\"][0] = word\n        if"),
           ("references settle at once", "self.wakes = cycle + WAKE_UP", "self.wakes = cycle"),
           ("wake-up one cycle short", "self.wakes = cycle + WAKE_UP", "self.wakes = cycle + WAKE_UP - 1"),
           ("wake-up one cycle long", "self.wakes = cycle + WAKE_UP", "self.wakes = cycle + WAKE_UP + 1"),
           ("every write begins the wake-up anew", "elif not now & ANALOG:", "else:"),
           ("references that fall go on settling", "if not word & ANALOG:\n            self.wakes = None\n        elif", "if"),
           ("references stay settled without supply", "self.tell_supply(word & now & ANALOG and self", "self.tell_supply(self"),
           ("never settled after a write", "self.tell_supply(word & now & ANALOG and self.state[\"SUPPLY_STATE\"][0] & SETTLED)", "self.tell_supply(0)"),
           ("pulses without drivers", "(DRIVERS if programs else ANALOG)", "ANALOG"),
           ("conversions need drivers", "(DRIVERS if programs else ANALOG)", "DRIVERS"),
           ("SUPPLY before INDEX", ROW + "        programs = command.operation in (\"PROGRAM_ROW\", \"ERASE\")\n        " + SUPPLIED,
            "programs = command.operation in (\"PROGRAM_ROW\", \"ERASE\")\n        " + SUPPLIED + "        " + ROW),
           ("SUPPLY before LOCKED", LOCK, "if not self.state[\"SUPPLY\"][0] & 1:\n            raise Refused(\"SUPPLY\")\n        " + LOCK),
           ("unsettled codes are fresh", "if not self.settled_at_start:", "if False:"),
           ("unsettled codes by the end", "if not self.settled_at_start:", "if not self.state[\"SUPPLY_STATE\"][0] & SETTLED:"),
           ("an unsettled conversion counts as aborted", "self.path.cut(command.operation, command.row, self.end - self.begin)\n            return [f\"finished",
            "self.abort(command, self.end - self.begin)\n            return [f\"finished"),
           ("a reset switches supplies on", ', "SUPPLY", "SUPPLY_STATE",', ","),
           ("a failure leaves SUPPLY", "self.state[\"SUPPLY\"][0], self.wakes = 0, None", "self.wakes = None"),
           ("a failure leaves the wake-up", "self.state[\"SUPPLY\"][0], self.wakes = 0, None", "self.state[\"SUPPLY\"][0] = 0"),
           ("a failure leaves references settled", "self.wakes = 0, None\n        text = self.tell_supply(0)", "self.wakes = 0, None\n        text = self.tell_supply(SETTLED)"),
           ("a failure of what is off is an error", "had = self.state[\"SUPPLY\"][0] != 0", "had = True"),
           ("a failure of references alone is none", "had = self.state[\"SUPPLY\"][0] != 0", "had = self.state[\"SUPPLY\"][0] == 3")),
    *group("power", "chip.py",
           ("a failure ends nothing", "            self.cut(tile)\n            if text", "            if text"),
           ("a failure is no cause", 'self.mbx.state["RESET_CAUSE"][0] |= 8', "pass"),
           ("a failure is power-up", 'self.mbx.state["RESET_CAUSE"][0] |= 8', 'self.mbx.state["RESET_CAUSE"][0] |= 12'),
           ("a failure is of tile 0", "if text := tile.brown_out():", "if (text := tile.brown_out()) and tile.number == 0:"),
           ("a failure without interrupt", '"error SUPPLY")]\n                self.mbx.failed(tile.number)', '"error SUPPLY")]'),
           ("wake-ups after all ends", "sorted(ends, key=lambda end: end[:2])", "ends"),
           ("a wake-up interrupts", "tile.settle()))", "tile.settle()))\n        self.mbx.finished(tile.number)")),
]

"""Mistakes in the cell unit."""

from __future__ import annotations

from mutants.mutant import group

SUM = "shift_half_up(8 * f * before + i * g, 18)"
OUTPUT = 'FORMATS["Q0.15"].saturate(shift_half_up(o * value, 15))'
GATES = "i, f, g, o = (source.signal(gate * self.count + k) for gate in range(4))"
LAST = "even, odd = lanes(self.state[\"DRIVE\"][line // 2])\n        code"
PLACES = 'if operation == STEP and not self.has_gates(source) or not all(self.has_lines(*target) for target in targets):\n            raise Refused("INDEX", own=True)\n'
WORK = ('used = [tile for tile, _ in targets] + [source] * (operation == STEP)\n        if any(self.tiles[tile].busy for tile in used):\n            '
        'raise Refused("BUSY", own=True)\n')
FRESH = 'if operation == STEP and self.tiles[source].path.stale:\n            raise Refused("STALE", own=True)\n'
KNOWN = 'if operation not in (STEP, CLEAR):\n            raise Refused("OPERATION", own=True)\n'
READ = '        source, targets = self.state["SOURCE"][0], self.targets()\n'
PAST = "if any(tile < len(self.tiles) and self.tiles[tile].busy for tile in [*(tile for tile, _ in targets), *[source] * (operation == STEP)]):\n            " \
       'raise Refused("BUSY", own=True)\n        '

CELLS = [
    *group("cell", "cell.py",
           ("CHIP-7.8.1", "no cells at all", "not 1 <= value <= MOST", "not 0 <= value <= MOST"),
           ("CHIP-7.8.1", "a cell too many", "MOST = 256", "MOST = 257"),
           ("CHIP-7.8.1", "a cell too few", "MOST = 256", "MOST = 255"),
           ("CHIP-7.8.1 CHIP-7.8.3", "CODE is told by MBX", 'raise Refused("CODE", own=True)', 'raise Refused("CODE")'),
           ("CHIP-7.8.3", "the latest error alone", 'self.state["ERROR"][0] |= self.block', 'self.state["ERROR"][0] = self.block'),
           ("CHIP-7.8.5", "any write clears every error", "self.state[name][0] &= ~value", "self.state[name][0] = 0"),
           ("CHIP-7.8.6", "every other operation clears", KNOWN, "if operation == 0:\n            raise Refused(\"OPERATION\", own=True)\n"),
           ("CHIP-7.8.6", "operation 0 is refused silently", KNOWN, "if operation == 0:\n            return 0\n        " + KNOWN),
           ("CHIP-7.8.6", "INDEX before OPERATION", KNOWN + READ + "        " + PLACES, READ.lstrip() + "        " + PLACES + "        " + KNOWN),
           ("CHIP-7.8.7", "as many columns as cells", "4 * self.count <= self", "self.count <= self"),
           ("CHIP-7.8.7", "less than all columns", "4 * self.count <= self", "4 * self.count < self"),
           ("CHIP-7.8.7", "gates on word lines too", "self.tiles[tile].path.array.columns", "self.tiles[tile].path.lines"),
           ("CHIP-7.8.7", "gates on bit lines", "self.tiles[tile].path.array.columns", "self.tiles[tile].path.array.bit_lines"),
           ("CHIP-7.8.7", "CLEAR asks for its source's columns", "if operation == STEP and not self.has_gates(source)", "if not self.has_gates(source)"),
           ("CHIP-7.8.8", "a line too many", "first + self.count <= self", "first + self.count <= 1 + self"),
           ("CHIP-7.8.8", "a line too few", "first + self.count <= self", "first + self.count < self"),
           ("CHIP-7.8.8", "outputs on word lines only", "first + self.count <= self.tiles[tile].path.lines", "first + self.count <= self.tiles[tile].path.array.word_lines"),
           ("CHIP-7.8.8", "the first line alone is looked at", "first + self.count <= self", "first < self"),
           ("CHIP-7.8.8", "the first target alone is looked at", "for target in targets):\n            raise", "for target in targets[:1]):\n            raise"),
           ("CHIP-7.8.8", "targets that are not enabled are looked at", "or not all(self.has_lines(*target) for target in targets)",
            'or not all(self.has_lines(word & 7, word >> 16 & 0x3FF) for word in self.state["TARGET"])'),
           ("CHIP-7.8.9", "a source at work", "+ [source] * (operation == STEP)", ""),
           ("CHIP-7.8.9", "targets at work", "used = [tile for tile, _ in targets] + [source] * (operation == STEP)", "used = [source] * (operation == STEP)"),
           ("CHIP-7.8.9", "CLEAR waits for its source", "+ [source] * (operation == STEP)", "+ [source] * (source < len(self.tiles))"),
           ("CHIP-7.8.9", "any tile at work", "for tile in used):", "for tile in range(len(self.tiles))):"),
           ("CHIP-7.8.9", "BUSY before INDEX", PLACES, PAST + PLACES),
           ("CHIP-7.8.10", "stale codes are taken", FRESH, "pass\n"),
           ("CHIP-7.8.10", "CLEAR needs fresh codes", FRESH, 'if source < len(self.tiles) and self.tiles[source].path.stale:\n            raise Refused("STALE", own=True)\n'),
           ("CHIP-7.8.10", "targets have to be fresh", FRESH, 'if operation == STEP and any(self.tiles[tile].path.stale for tile in used):\n            raise Refused("STALE", own=True)\n'),
           ("CHIP-7.8.10", "STALE before BUSY", WORK + "        " + FRESH, FRESH + "        " + WORK),
           ("CHIP-7.8.11", "holds the bus for 2·H", "return 2 * self.count + 4", "return 2 * self.count"),
           ("CHIP-7.8.11", "holds the bus for a cycle a cell", "return 2 * self.count + 4", "return self.count + 4"),
           ("CHIP-7.8.11", "holds the bus for a cycle more", "return 2 * self.count + 4", "return 2 * self.count + 5"),
           ("CHIP-7.8.11", "CLEAR takes no time", "return 2 * self.count + 4", "return 2 * self.count + 4 if operation == STEP else 0"),
           ("CHIP-7.8.14", "gates f, i, g, o", GATES, GATES.replace("i, f, g, o", "f, i, g, o")),
           ("CHIP-7.8.14", "gates i, f, o, g", GATES, GATES.replace("i, f, g, o", "i, f, o, g")),
           ("CHIP-7.8.14", "the gates of a cell side by side", GATES, GATES.replace("gate * self.count + k", "4 * k + gate")),
           ("CHIP-7.8.15", "the cell's rounding down", SUM, "(8 * f * before + i * g >> 18)"),
           ("CHIP-7.8.15", "the cell's rounding of each product", SUM, "shift_half_up(f * before, 15) + shift_half_up(i * g, 18)"),
           ("CHIP-7.8.15", "the cell's ties away from zero", SUM, "(lambda v: shift_half_up(abs(v), 18) * (1 if v >= 0 else -1))(8 * f * before + i * g)"),
           ("CHIP-7.8.15", "cells shifted by 17", SUM, "shift_half_up(8 * f * before + i * g, 17)"),
           ("CHIP-7.8.15", "cells of 15 fraction bits", SUM, "shift_half_up(f * before + i * g, 15)"),
           ("CHIP-7.8.15", "cells wrap", f'FORMATS["Q3.12"].saturate({SUM})', f"(({SUM} & 0xFFFF ^ 0x8000) - 0x8000)"),
           ("CHIP-7.8.15", "cells stop above the lowest", f'FORMATS["Q3.12"].saturate({SUM})', f'max(FORMATS["Q3.12"].saturate({SUM}), -32767)'),
           ("CHIP-7.8.15", "the cells of even places forget", "before = lanes(self.state[\"STATE\"][k // 2])[k % 2]", "before = lanes(self.state[\"STATE\"][k // 2])[1]"),
           ("CHIP-7.8.16", "outputs round down", OUTPUT, 'FORMATS["Q0.15"].saturate(o * value >> 15)'),
           ("CHIP-7.8.16", "outputs round toward zero", OUTPUT, 'FORMATS["Q0.15"].saturate(int(o * value / 32768))'),
           ("CHIP-7.8.16", "outputs wrap", OUTPUT, "(shift_half_up(o * value, 15) & 0xFFFF ^ 0x8000) - 0x8000"),
           ("CHIP-7.8.16", "outputs by the sigmoid", 'self.mbx.bank("TANH")', 'self.mbx.bank("SIGMOID")'),
           ("CHIP-7.8.16", "outputs of the cell before", 'self.mbx.bank("TANH")(state)', 'self.mbx.bank("TANH")(before)'),
           ("CHIP-7.8.16", "outputs by the slope", 'value, _ = self.mbx', '_, value = self.mbx'),
           ("CHIP-7.8.16", "a tanh of its own", 'self.mbx.bank("TANH")(state)', "(max(min(8 * state, 32767), -32768), 0)"),
           ("CHIP-7.8.17", "the first target last", "for tile, first in self.targets():", "for tile, first in self.targets()[::-1]:"),
           ("CHIP-7.8.17", "one target", "for tile, first in self.targets():", "for tile, first in self.targets()[:1]:"),
           ("CHIP-7.8.17", "targets that are not enabled are driven", 'if word & ENABLE]', "]"),
           ("CHIP-7.8.17", "outputs from line 0", "drive(first + k, output)", "drive(k, output)"),
           ("CHIP-7.8.17", "outputs from an even line", "drive(first + k, output)", "drive((first & ~1) + k, output)"),
           ("CHIP-7.8.17", "the cell is driven", "drive(first + k, output)", 'drive(first + k, lanes(self.state["STATE"][k // 2])[k % 2])'),
           ("CHIP-7.8.18", "CLEAR leaves the output", '        self.keep("STATE", k, 0)\n        self.keep("OUTPUT", k, 0)', '        self.keep("STATE", k, 0)'),
           ("CHIP-7.8.18", "CLEAR leaves the cell", '        self.keep("STATE", k, 0)\n        self.keep("OUTPUT", k, 0)', '        self.keep("OUTPUT", k, 0)'),
           ("CHIP-7.8.18", "CLEAR leaves the lines", "for tile, first in self.targets():", "for tile, first in self.targets() if operation == STEP else []:"),
           ("CHIP-7.8.19", "CLEAR clears every cell", '        self.keep("STATE", k, 0)\n', '        self.state["STATE"][:] = [0] * 128\n        self.keep("STATE", k, 0)\n'),
           ("CHIP-7.8.19", "an odd number of cells clears one more", "    def keep(self, name: str, k: int, number: int) -> None:\n",
            "    def keep(self, name: str, k: int, number: int) -> None:\n        if k % 2 == 0 and k + 1 == self.count:\n            self.state[name][k // 2] = number & 0xFFFF\n            return\n"),
           ("CHIP-7.8.20", "a reset leaves the unit", "        self.state.update(self.block.reset())\n", "        pass\n"),
           ("CHIP-7.8.20", "a reset keeps the cells", "self.state.update(self.block.reset())", 'self.state.update({name: words for name, words in self.block.reset().items() if name not in ("STATE", "OUTPUT")})'),
           ("CHIP-7.8.21", "the scalar port shows the last cell", '        value, _ = self.mbx.bank("TANH")(state)\n',
            '        value, _ = self.mbx.bank("TANH")(state)\n        self.mbx.scalar("TANH", packed(state, state))\n')),
    *group("cell", "tile.py",
           ("CHIP-7.8.14", "gates are not shifted", "return self.sensed(line // 2)[line % 2]", 'return lanes(self.state["SENSE"][line // 2])[line % 2]'),
           ("CHIP-7.8.14", "gates of 12 bits", "return self.sensed(line // 2)[line % 2]", 'return lanes(self.state["SENSE"][line // 2])[line % 2] << 4'),
           ("CHIP-7.8.17", "the other line of a word is cleared", LAST, "even, odd = 0, 0\n        code"),
           ("CHIP-7.8.17", "outputs at 8 bits", "code = self.config.dac.code(signal)", "code = (signal * 127 + 16384) // 32768"),
           ("CHIP-7.8.17", "even and odd lines exchanged", "packed(even, code) if line % 2 else packed(code, odd)\n\n    def read", "packed(code, odd) if line % 2 else packed(even, code)\n\n    def read")),
    *group("cell", "chip.py",
           ("CHIP-7.8.4", "errors of the unit interrupt", "(self.cell if block == \"CELL\" else self.flash).raise_error(bit)\n",
            "(self.cell if block == \"CELL\" else self.flash).raise_error(bit)\n            self.mbx.pend(\"CHIP_ERROR\")\n"),
           ("CHIP-7.8.11", "holds the bus before what is due", "self.advance(self.cycle + self.cell.hold(value))", "self.cell.hold(value)"),
           ("CHIP-7.8.12", "time stands still for the tiles", "self.advance(self.cycle + self.cell.hold(value))",
            "late = self.cell.hold(value)\n                self.advance(self.cycle + late)\n                for each in self.tiles:\n                    each.end += late * each.busy"),
           ("CHIP-7.8.20", "a reset of a tile resets the unit", "        if chip:\n            self.cut_flash", "        if word >> 8:\n            self.cell.reset()\n        if chip:\n            self.cut_flash"),
           ("CHIP-7.6.3", "a cell unit in every chip", 'if "cell" in self.config.features:', "if True:"),
           ("CHIP-7.8.2", "reserved bits are the unit's CODE", "peripheral, bit = self.peripherals.get(block), refused.bit\n",
            "peripheral, bit = self.peripherals.get(block), refused.bit\n        if block == \"CELL\" and bit == \"RESERVED\":\n            "
            "bit, refused = \"CODE\", Refused(\"CODE\", own=True)\n")),
    *group("cell", "registers.py",
           ("CHIP-7.8.1", "CELLS of 8 bits", "COUNT[8:0]\n0x0004 SOURCE", "COUNT[7:0]\n0x0004 SOURCE"),
           ("CHIP-7.8.2", "OUTPUT is written", "0x0300 OUTPUT[128]       ro", "0x0300 OUTPUT[128]       rw"),
           ("CHIP-7.8.2", "START is read", "0x0010 START             wo   0x00000000 OPERATION[1:0]", "0x0010 START             rw   0x00000000 OPERATION[1:0]"),
           ("CHIP-7.8.2", "STATE of half the cells", "STATE[128]", "STATE[64] "),
           ("CHIP-7.8.11", "TIMING of another unit", "ro   0x00000402", "ro   0x00000204")),
]

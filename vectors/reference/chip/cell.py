"""The cell unit: a step of an LSTM's cells from codes that are converted (specification 7.8)."""

from __future__ import annotations

from collections.abc import Sequence

from .fixed import FORMATS, shift_half_up
from .mbx import Mbx, lanes, packed
from .peripheral import Peripheral
from .registers import CELL_BLOCK, Place, Refused
from .tile import Tile

STEP, CLEAR = 1, 2
MOST = 256
ENABLE = 1 << 31
Target = tuple[int, int]        # tile, first line


class Cell(Peripheral):
    def __init__(self, tiles: Sequence[Tile], mbx: Mbx):
        super().__init__(CELL_BLOCK)
        self.tiles, self.mbx = tiles, mbx

    @property
    def count(self) -> int:
        return self.state["CELLS"][0]

    def targets(self) -> list[Target]:
        """Those enabled."""
        return [(word & 7, word >> 16 & 0x3FF) for word in self.state["TARGET"] if word & ENABLE]

    def raise_error(self, bit: str) -> None:
        self.state["ERROR"][0] |= self.block.register("ERROR").bit(bit)

    def write(self, place: Place, value: int, cycle: int) -> str | None:
        name = place.register.name
        if name == "ERROR":
            self.state[name][0] &= ~value
        elif name == "START":
            self.perform(value)
        elif name == "CELLS" and not 1 <= value <= MOST:
            raise Refused("CODE", own=True)
        else:
            super().write(place, value, cycle)
        return None

    def hold(self, operation: int) -> int:
        """For how many cycles a START that is not refused holds the bus."""
        if operation not in (STEP, CLEAR):
            raise Refused("OPERATION", own=True)
        source, targets = self.state["SOURCE"][0], self.targets()
        if operation == STEP and not self.has_gates(source) or not all(self.has_lines(*target) for target in targets):
            raise Refused("INDEX", own=True)
        used = [tile for tile, _ in targets] + [source] * (operation == STEP)
        if any(self.tiles[tile].busy for tile in used):
            raise Refused("BUSY", own=True)
        if operation == STEP and self.tiles[source].path.stale:
            raise Refused("STALE", own=True)
        return 2 * self.count + 4

    def has_gates(self, tile: int) -> bool:
        return tile < len(self.tiles) and 4 * self.count <= self.tiles[tile].path.array.columns

    def has_lines(self, tile: int, first: int) -> bool:
        return tile < len(self.tiles) and first + self.count <= self.tiles[tile].path.lines

    def perform(self, operation: int) -> None:
        """The effect, at the end of the hold."""
        outputs = [self.step(k) if operation == STEP else self.clear(k) for k in range(self.count)]
        for tile, first in self.targets():
            for k, output in enumerate(outputs):
                self.tiles[tile].drive(first + k, output)

    def step(self, k: int) -> int:
        """Of a cell; its output."""
        source = self.tiles[self.state["SOURCE"][0]]
        i, f, g, o = (source.signal(gate * self.count + k) for gate in range(4))
        before = lanes(self.state["STATE"][k // 2])[k % 2]
        state = FORMATS["Q3.12"].saturate(shift_half_up(8 * f * before + i * g, 18))
        value, _ = self.mbx.bank("TANH")(state)
        output = FORMATS["Q0.15"].saturate(shift_half_up(o * value, 15))
        self.keep("STATE", k, state)
        self.keep("OUTPUT", k, output)
        return output

    def clear(self, k: int) -> int:
        self.keep("STATE", k, 0)
        self.keep("OUTPUT", k, 0)
        return 0

    def keep(self, name: str, k: int, number: int) -> None:
        """A lane of a register."""
        even, odd = lanes(self.state[name][k // 2])
        self.state[name][k // 2] = packed(even, number) if k % 2 else packed(number, odd)

    def reset(self) -> None:
        self.state.update(self.block.reset())

"""The MBX block: identity, errors, interrupts, activation banks (specification 7.3)."""

from __future__ import annotations

from .fixed import signed16
from .peripheral import Peripheral
from .philox import PURPOSES, draw
from .piecewise import Piecewise, Segment
from .registers import MBX_BLOCK, Features, Place, Refused


def lanes(word: int) -> tuple[int, int]:
    return signed16(word), signed16(word >> 16)


def packed(even: int, odd: int) -> int:
    return even & 0xFFFF | (odd & 0xFFFF) << 16


class Mbx(Peripheral):
    def __init__(self, tiles: int, seed: int, features: Features = ()):
        super().__init__(MBX_BLOCK)
        self.features = sum(1 << bit for bit, feature in enumerate(("windows", "cell")) if feature in features)
        self.tiles, self.die = tiles, draw(seed, PURPOSES["die"], 0, 0, 0)[:2]
        self.derive()

    def derive(self) -> None:
        self.state["TILES"][0], self.state["DIE"][:] = self.tiles, self.die
        self.state["FEATURES"][0] = self.features

    @property
    def interrupt(self) -> bool:
        return self.state["IRQ_PENDING"][0] & self.state["IRQ_ENABLE"][0] != 0

    def bank(self, function: str) -> Piecewise:
        """The circuit, "SIGMOID" or "TANH", as its registers are now."""
        count = self.state[f"{function}_COUNT"][0]
        segments = zip(self.state[f"{function}_BREAK"][:count], self.state[f"{function}_LINE"])
        return Piecewise(tuple(Segment(signed16(start), *lanes(line)) for start, line in segments),
                         lanes(self.state[f"{function}_RAILS"][0]))

    def raise_error(self, bit: str, address: int) -> None:
        self.state["ERROR"][0] |= self.block.register("ERROR").bit(bit)
        self.state["ERROR_ADDRESS"][0] = address
        self.pend("CHIP_ERROR")

    def finished(self, tile: int) -> None:
        self.pend("TILES", tile)

    def failed(self, tile: int) -> None:
        self.pend("TILE_ERRORS", tile)

    def pend(self, field: str, place: int = 0) -> None:
        self.state["IRQ_PENDING"][0] |= self.block.register("IRQ_PENDING").bit(field) << place

    def write(self, place: Place, value: int, cycle: int) -> str | None:
        name = place.register.name
        if name in ("ERROR", "IRQ_PENDING", "RESET_CAUSE"):
            self.state[name][0] &= ~value
        elif name in ("SIGMOID_COUNT", "TANH_COUNT") and not 1 <= value <= 16:
            raise Refused("CODE")
        elif name == "RESET":
            if value >> 8 >> self.tiles:
                raise Refused("CODE")
        elif name == "SNAPSHOT":
            self.state["CYCLES"][:] = cycle & 0xFFFFFFFF, cycle >> 32 & 0xFFFFFFFF
        elif name in ("SCALAR_SIGMOID", "SCALAR_TANH"):
            self.scalar(name.removeprefix("SCALAR_"), value)
        else:
            super().write(place, value, cycle)
        return None

    def scalar(self, function: str, word: int) -> None:
        bank = self.bank(function)
        (even, even_slope), (odd, odd_slope) = (bank(z) for z in lanes(word))
        self.state["SCALAR_VALUE"][0] = packed(even, odd)
        self.state["SCALAR_SLOPE"][0] = packed(even_slope, odd_slope)

    def reset(self) -> None:
        """All but why."""
        causes = self.state["RESET_CAUSE"][0]
        self.state.update(self.block.reset())
        self.derive()
        self.state["RESET_CAUSE"][0] = causes

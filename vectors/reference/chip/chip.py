"""The whole chip on its bus: addresses, time, the log (specification 6, 7.1, 8)."""

from __future__ import annotations

from typing import NamedTuple

from .cell import Cell
from .config import Config
from .flash import Flash
from .mbx import Mbx
from .peripheral import Clint, Finisher, Host, Peripheral, Uart
from .registers import BASES, RAM_BASE, Features, Refused, address as address_of, block_of, name as name_of
from .tile import Tile

RAM_BYTES = 262144
WAIT = 0x10


class Transaction(NamedTuple):
    """One access; `cycle` is when it returned."""
    cycle: int
    kind: str           # "R" or "W"
    address: int
    value: int
    features: Features = ()     # of the chip

    @property
    def name(self) -> str:
        return name_of(self.address, self.features)

    def text(self, stamped: bool = False) -> str:
        """`W MBX0.START 0x00000001`, behind `@105 ` when stamped."""
        return (f"@{self.cycle} " if stamped else "") + f"{self.kind} {self.name} 0x{self.value:08x}"


class Event(NamedTuple):
    cycle: int
    block: str          # "MBX0" … "MBX7", "MBX", "FLASH" or "CELL"
    event: str

    def text(self) -> str:
        return f"@{self.cycle} {self.block} {self.event}"


class Chip:
    """`config` is the `chip` object of a vector; absent keys have their defaults."""

    def __init__(self, config: dict):
        self.config = Config.of(config)
        self.cycle = 0
        self.transactions: list[Transaction] = []
        self.events: list[Event] = []
        self.refusals = 0
        self.mbx = Mbx(len(self.config.tiles), self.config.seed, self.config.features)
        self.flash = Flash(self.config.flash_endurance)
        self.tiles = [Tile(number, self.config, self.mbx) for number in range(len(self.config.tiles))]
        self.host, self.uart, self.finisher = Host(), Uart(), Finisher()
        self.peripherals: dict[str, Peripheral] = {
            "FINISHER": self.finisher, "CLINT": Clint(), "UART": self.uart, "MBX": self.mbx, "HOST": self.host,
            "FLASH": self.flash,
            **{f"MBX{tile.number}": tile for tile in self.tiles}}
        self.cell = Cell(self.tiles, self.mbx)
        if "cell" in self.config.features:
            self.peripherals["CELL"] = self.cell
        self.ram: dict[int, int] = {}

    # The bus

    def write(self, address: int, value: int) -> None:
        """One 32-bit bus write."""
        self.access("W", address, value)

    def read(self, address: int) -> int:
        """One 32-bit bus read; on WAIT it stalls."""
        return self.access("R", address, 0)

    def access(self, kind: str, address: int, value: int) -> int:
        self.advance(self.cycle + 1)
        block = block_of(address)
        followed = None
        try:
            if block in self.peripherals:
                value, followed = self.block_access(kind, block, address - BASES[block], value)
            else:
                value = self.ram_access(kind, address, value)
        except Refused as refused:
            value = refused.value if kind == "R" else value
            block, followed = self.refuse(block, address, refused)
        self.transactions.append(Transaction(self.cycle, kind, address, value, self.config.features))
        if followed is not None:
            self.events.append(Event(self.cycle, block, followed))
        return value

    def block_access(self, kind: str, block: str, offset: int, value: int) -> tuple[int, str | None]:
        """(value written or read, text of an event that follows)."""
        peripheral = self.peripherals[block]
        place = peripheral.block.decode(offset, kind == "W", value)
        if kind == "W":
            if peripheral is self.cell and place.register.name == "START":
                self.advance(self.cycle + self.cell.hold(value))
            followed = peripheral.write(place, value, self.cycle)
            if place.register.name == "RESET":
                self.reset(value)
            return value, followed
        if peripheral is self.flash and place.register.name == "WAIT" and self.flash.busy:
            self.advance(self.flash.end)
        if isinstance(peripheral, Tile) and offset == WAIT and peripheral.busy:
            limit = peripheral.state["WAIT_LIMIT"][0]
            self.advance(min(peripheral.end, self.cycle + limit) if limit else peripheral.end)
            if peripheral.busy:
                raise Refused("WAIT", peripheral.status())
        return peripheral.read(place, self.cycle), None

    def ram_access(self, kind: str, address: int, value: int) -> int:
        if not 0 <= address - RAM_BASE < RAM_BYTES:
            raise Refused("UNMAPPED")
        if address % 4:
            raise Refused("MISALIGNED")
        if kind == "W":
            self.ram[address] = value
        return self.ram.get(address, 0)

    def refuse(self, block: str | None, address: int, refused: Refused) -> tuple[str, str]:
        """The block that reports an error, and its event."""
        self.refusals += 1
        peripheral, bit = self.peripherals.get(block), refused.bit
        if refused.own:
            (self.cell if block == "CELL" else self.flash).raise_error(bit)
            return block, f"error {bit}"
        if isinstance(peripheral, Tile):
            peripheral.raise_error(bit)
            self.mbx.failed(peripheral.number)
            return block, f"error {bit}"
        self.mbx.raise_error(bit, address)
        return "MBX", f"error {bit}"

    # Time

    def advance(self, cycle: int) -> None:
        """Lets time pass up to `cycle`, if that is not in the past."""
        if cycle < self.cycle:
            return
        ends = [(part.end, part.number, self.finish) for part in (*self.tiles, self.flash) if part.busy]
        ends += [(tile.wakes, tile.number, self.settle) for tile in self.tiles if tile.wakes is not None]
        for end, number, happen in sorted(ends, key=lambda end: end[:2]):
            if end <= cycle:
                happen(self.flash if number == self.flash.number else self.tiles[number], end)
        self.cycle = cycle

    def finish(self, part: Tile | Flash, cycle: int) -> None:
        texts = part.finish()
        if part is self.flash:
            self.events += [Event(cycle, "FLASH", text) for text in texts]
            return
        self.events += [Event(cycle, f"MBX{part.number}", text) for text in texts]
        self.mbx.finished(part.number)
        if any(text.startswith("error") for text in texts):
            self.mbx.failed(part.number)

    def settle(self, tile: Tile, cycle: int) -> None:
        self.events.append(Event(cycle, f"MBX{tile.number}", tile.settle()))

    def reset(self, word: int) -> None:
        """Of the parts of a word of RESET."""
        chip = word & 2
        for tile in (tile for tile in self.tiles if chip or word >> 8 + tile.number & 1):
            self.cut(tile)
            tile.reset()
        if chip:
            self.cut_flash()
            self.flash.reset()
            self.mbx.reset()
            self.cell.reset()
        self.mbx.state["RESET_CAUSE"][0] |= word

    def cut(self, tile: Tile) -> None:
        """Ends what a tile has under way."""
        if tile.busy:
            self.events.append(Event(self.cycle, f"MBX{tile.number}", tile.cut(self.cycle)))
            self.mbx.finished(tile.number)

    def cut_power(self) -> None:
        """Nothing is done with the chip afterwards."""
        self.events.append(Event(self.cycle, "MBX", "power off"))
        for tile in self.tiles:
            self.cut(tile)
        self.cut_flash()

    def cut_flash(self) -> None:
        """Ends what the flash has under way."""
        if self.flash.busy:
            self.events.append(Event(self.cycle, "FLASH", self.flash.cut(self.cycle)))

    def brown_out(self) -> None:
        """The supplies of references and drivers fall below their thresholds now."""
        self.events.append(Event(self.cycle, "MBX", "brown-out"))
        self.mbx.state["RESET_CAUSE"][0] |= 8
        for tile in self.tiles:
            self.cut(tile)
            if text := tile.brown_out():
                tile.raise_error("SUPPLY")
                self.events += [Event(self.cycle, f"MBX{tile.number}", event) for event in (text, "error SUPPLY")]
                self.mbx.failed(tile.number)

    # A test bench's view

    def place(self, tile: int, picosiemens: list[int]) -> None:
        """Puts every cell of a tile, row-major, in a state."""
        self.tiles[tile].path.array.place(picosiemens)

    def conductances(self, tile: int) -> list[int]:
        """Row-major picosiemens."""
        return [cell for row in self.tiles[tile].path.array.rows for cell in row]

    def counters(self, tile: int) -> dict[str, int]:
        """Live: reads, phases, pulses, programCycles, serialCycles, energyAttojoules."""
        return self.tiles[tile].path.counters()

    def peek(self, address: int) -> int:
        """The readable state of a register, without side effect, time or log."""
        block = block_of(address)
        if block not in self.peripherals:
            return self.ram.get(address, 0)
        place = self.peripherals[block].block.places.get(address - BASES[block])
        return 0 if place is None else self.peripherals[block].peek(place, self.cycle)

    def post(self, words: list[int]) -> None:
        """Queues words for HOST.DATA; what the chip sends is in `host.sent`."""
        self.host.waiting.extend(words)

    @property
    def sent(self) -> list[int]:
        return self.host.sent

    # Scripts

    def run(self, script: list[str]) -> None:
        """Lines `W MBX0.START 0x00000001`, `R MBX0.WAIT`, `advance 1000`."""
        for line in script:
            verb, *words = line.split()
            if verb == "advance":
                self.advance(int(words[0]))
            elif verb == "brown-out":
                self.brown_out()
            elif verb == "W":
                self.write(address_of(words[0]), int(words[1], 16))
            else:
                self.read(address_of(words[0]))

"""What the controller keeps between requests."""

from __future__ import annotations

from typing import Optional

from .driver import Bus, Tile
from .network import Network, Shape
from .parts import Parts
from .requests import DOES_NOT_FIT, HARDWARE, Answer, Refusal
from .training.slopes import hard_circuits
from .training.trainer import Trainer
from .weights import PulseTimes


class Controller:
    def __init__(self, bus: Bus, parts: Parts) -> None:
        self.bus = bus
        self.parts = parts
        self.network: Optional[Network] = None
        self.pulse_times: Optional[PulseTimes] = None
        self.trainer: Optional[Trainer] = None
        self.circuits = hard_circuits()

    def configure(self, shape: Shape) -> None:
        self.make_network(shape)
        self.network.write_configuration()
        self.expect_no_errors()

    def make_network(self, shape: Shape) -> None:
        """A network in place of the one before, nothing of it written yet."""
        if self.bus.read("MBX.TILES") < 2:
            raise Refusal(DOES_NOT_FIT)
        tiles = [self.parts[Tile](self.bus, number) for number in range(2)]
        if not shape.fits(tiles):
            raise Refusal(DOES_NOT_FIT)
        self.network = self.parts[Network](self.bus, tiles, shape, self.parts)
        self.trainer = None

    def expect_no_errors(self) -> None:
        for tile in self.network.tiles if self.network else []:
            self.expect_no_error(tile)

    def expect_no_error(self, tile: Tile) -> None:
        if tile.read("ERROR") != 0:
            raise Refusal(HARDWARE)

    def report_errors(self, answer: Answer) -> None:
        """The error bits of both tiles, cleared when they are sent."""
        for number in range(2):
            bits = self.bus.read(f"MBX{number}.ERROR")
            answer.send(bits)
            self.clear_errors(number, bits)

    def report_flash_errors(self, answer: Answer) -> None:
        bits = self.bus.read("FLASH.ERROR")
        answer.send(bits)
        self.bus.write("FLASH.ERROR", bits)

    def clear_errors(self, number: int, bits: int) -> None:
        self.bus.write(f"MBX{number}.ERROR", bits)

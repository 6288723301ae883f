"""What the controller keeps between requests."""

from __future__ import annotations

from typing import Optional

from .driver import Bus, Tile
from .network import Network, Shape
from .parts import Parts
from .requests import DOES_NOT_FIT, HARDWARE, Answer, Refusal
from .sides import INFER, PREDICT, SIDES, Side
from .training.slopes import hard_circuits
from .training.trainer import Trainer
from .weights import PulseTimes


class Controller:
    def __init__(self, bus: Bus, parts: Parts) -> None:
        self.bus = bus
        self.parts = parts
        self.sides: list[Side] = [parts[Side](number) for number in SIDES]
        self.worked_on = 0
        self.active = 0
        self.pulse_times: Optional[PulseTimes] = None
        self.circuits = hard_circuits()

    # Of the side that is worked on

    @property
    def side(self) -> Side:
        return self.sides[self.worked_on]

    @property
    def network(self) -> Optional[Network]:
        return self.side.network

    @network.setter
    def network(self, network: Optional[Network]) -> None:
        self.side.network = network

    @property
    def trainer(self) -> Optional[Trainer]:
        return self.side.trainer

    @trainer.setter
    def trainer(self, trainer: Optional[Trainer]) -> None:
        self.side.trainer = trainer

    def configure(self, shape: Shape) -> None:
        self.make_network(shape, self.side)
        self.network.write_configuration()
        self.expect_no_errors()

    # Of any side

    @property
    def serving(self) -> Optional[Network]:
        """The network of the active side."""
        return self.sides[self.active].network

    def make_network(self, shape: Shape, side: Side) -> None:
        """A network in place of the one before, nothing of it written yet."""
        if not side.is_on(self.bus.read("MBX.TILES")):
            raise Refusal(DOES_NOT_FIT)
        tiles = [self.parts[Tile](self.bus, number) for number in side.tiles]
        if not shape.fits(tiles):
            raise Refusal(DOES_NOT_FIT)
        side.network = self.parts[Network](self.bus, tiles, shape, self.parts)
        side.trainer = None

    def take_over(self, side: Side) -> None:
        """A side that was booted is worked on and active."""
        self.worked_on = self.active = side.number

    def drop_trainers(self) -> None:
        for side in self.sides:
            side.trainer = None

    def drop_other_trainer(self) -> None:
        """There is one: that of the side that is worked on."""
        self.sides[1 - self.worked_on].trainer = None

    # Errors

    def expect_no_errors(self, network: Optional[Network] = None) -> None:
        """Of a network, or the one that is worked on."""
        network = network or self.network
        for tile in network.tiles if network else []:
            self.expect_no_error(tile)

    def expect_no_error(self, tile: Tile) -> None:
        if tile.read("ERROR") != 0:
            raise Refusal(HARDWARE)

    def concerned(self, command: int) -> Side:
        """The side that a request is of."""
        return self.sides[self.active if command in (INFER, PREDICT) else self.worked_on]

    def report_errors(self, answer: Answer, side: Side) -> None:
        """The error bits of both tiles, cleared when they are sent."""
        for number in side.tiles:
            bits = self.bus.read(f"MBX{number}.ERROR")
            answer.send(bits)
            self.clear_errors(number, bits)

    def report_flash_errors(self, answer: Answer) -> None:
        bits = self.bus.read("FLASH.ERROR")
        answer.send(bits)
        self.bus.write("FLASH.ERROR", bits)

    def clear_errors(self, number: int, bits: int) -> None:
        self.bus.write(f"MBX{number}.ERROR", bits)

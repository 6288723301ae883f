"""Two networks on two pairs of tiles, one worked on, one active (section 11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Optional

from .requests import DOES_NOT_FIT, Answer, Refusal, Request, need

if TYPE_CHECKING:
    from .commands import Command
    from .controller import Controller
    from .network import Network
    from .training.trainer import Trainer

SIDES = range(2)
INFER, PREDICT = 7, 15


class Side:
    """Two tiles, the network on them and its trainer."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.network: Optional[Network] = None
        self.trainer: Optional[Trainer] = None

    @property
    def tiles(self) -> Sequence[int]:
        return range(2 * self.number, 2 * self.number + 2)

    def is_on(self, tiles: int) -> bool:
        """Whether a chip of so many tiles has it."""
        return tiles >= 2 * self.number + 2


class SideCommands:
    def __init__(self, controller: Controller) -> None:
        self.controller = controller

    def table(self) -> Mapping[int, Command]:
        return {21: self.work_on, 22: self.switch_to}

    def work_on(self, request: Request, answer: Answer) -> None:
        number = request.take_in(SIDES)
        request.end()
        if not self.controller.sides[number].is_on(self.controller.bus.read("MBX.TILES")):
            raise Refusal(DOES_NOT_FIT)
        self.controller.worked_on = number
        answer.done()

    def switch_to(self, request: Request, answer: Answer) -> None:
        number = request.take_in(SIDES)
        request.end()
        need(self.controller.sides[number].network)
        self.controller.active = number
        answer.done()

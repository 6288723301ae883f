"""The loop that serves the host (section 2.1).

Commands: 1 identify, 2 configure, 3 setActivation, 4 calibrate, 5 setPulseTimes, 6 program, 7 infer, 8 readWeights,
9 erase, 10 stop, 11 configureTraining, 12 setRate, 13 train, 14 update, 15 predict, 16 exportState, 17 importState,
18 commit, 19 boot, 20 scrub, 21 workOn, 22 switchTo, 23 trainingReport.
"""

from __future__ import annotations

from .commands import NetworkCommands
from .controller import Controller
from .driver import Bus
from .parts import Parts
from .record import RecordCommands
from .requests import FLASH, HARDWARE, UNKNOWN_COMMAND, Answer, Refusal, Request
from .scrub import ScrubCommands
from .sides import SideCommands
from .training.commands import TrainingCommands

STOP = 10


class Mailbox:
    def __init__(self, bus: Bus, parts: Parts = Parts()) -> None:
        self.bus = bus
        self.controller: Controller = parts[Controller](bus, parts)
        self.commands = {**parts[NetworkCommands](self.controller).table(),
                         **parts[TrainingCommands](self.controller).table(),
                         **parts[RecordCommands](self.controller).table(),
                         **parts[ScrubCommands](self.controller).table(),
                         **parts[SideCommands](self.controller).table()}

    def serve(self) -> None:
        """Until the queue is empty, or the host says stop."""
        while self.bus.read("HOST.LEVEL") > 0:
            command = self.bus.read("HOST.DATA")
            request = Request(self.bus, self.bus.read("HOST.DATA"))
            stopped = self.carry_out(command, request)
            if stopped:
                return

    def carry_out(self, command: int, request: Request) -> bool:
        """One request, to its answer; says whether to stop."""
        answer = Answer(self.bus)
        try:
            if command not in self.commands:
                raise Refusal(UNKNOWN_COMMAND)
            self.commands[command](request, answer)
            return command == STOP
        except Refusal as refusal:
            request.drop()
            answer.send(refusal.status, *refusal.words)
            if refusal.status == HARDWARE:
                self.controller.report_errors(answer, self.controller.concerned(command))
            if refusal.status == FLASH:
                self.controller.report_flash_errors(answer)
            return False

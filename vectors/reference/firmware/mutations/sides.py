"""Mistakes with two sides."""

from __future__ import annotations

from ..commands import NetworkCommands
from ..controller import Controller
from ..record import RecordCommands, Records
from ..requests import DAMAGED_RECORD, NO_RECORD
from ..sides import Side, SideCommands
from ..storage import Storage
from ..training.commands import TrainingCommands

SIDES, BOOT = ("sides",), ("boot", "sides")


class TilesNotReadBeforeWork(SideCommands):
    """A side is worked on without a look at the number of tiles"""
    suites = SIDES
    breaks = "FW-11.4"

    def work_on(self, request, answer):
        number = request.take_in(range(2))
        request.end()
        self.controller.worked_on = number
        answer.done()


class SideOfThreeTiles(Side):
    """Three tiles have two sides"""
    suites = SIDES
    breaks = "FW-11.4"

    def is_on(self, tiles):
        return tiles >= 2 + self.number


class SideOfTwoTiles(Side):
    """Two tiles have two sides"""
    suites = BOOT
    breaks = "FW-11.4"

    def is_on(self, tiles):
        return tiles >= 2


class SidesInterleaved(Side):
    """Side 1 is tiles 1 and 3"""
    suites = SIDES
    breaks = "FW-11.1"

    @property
    def tiles(self):
        return range(self.number, self.number + 3, 2)


class SwitchAlsoWorksOn(SideCommands):
    """The side that is made active is worked on too"""
    suites = SIDES
    breaks = "FW-11.5"

    def switch_to(self, request, answer):
        super().switch_to(request, answer)
        self.controller.worked_on = self.controller.active


class WorkAlsoSwitches(SideCommands):
    """The side that is worked on becomes active too"""
    suites = SIDES
    breaks = "FW-11.4"

    def work_on(self, request, answer):
        super().work_on(request, answer)
        self.controller.active = self.controller.worked_on


class SwitchWithoutNetwork(SideCommands):
    """A side without a network becomes active"""
    suites = SIDES
    breaks = "FW-2.2.23"

    def switch_to(self, request, answer):
        number = request.take_in(range(2))
        request.end()
        self.controller.active = number
        answer.done()


class SwitchByWorkedOn(SideCommands):
    """Switching needs a network of the side that is worked on"""
    suites = SIDES
    breaks = "FW-2.2.23"

    def switch_to(self, request, answer):
        sides = self.controller.sides
        self.controller.sides = [self.controller.side] * 2
        try:
            super().switch_to(request, answer)
        finally:
            self.controller.sides = sides


class SwitchReadsTiles(SideCommands):
    """Switching reads the number of tiles"""
    suites = SIDES
    breaks = "FW-11.5"

    def switch_to(self, request, answer):
        super().switch_to(request, answer)
        self.controller.bus.read("MBX.TILES")


class InferenceOfWorkedOn(NetworkCommands):
    """Inference is of the side that is worked on"""
    suites = SIDES
    breaks = "FW-11.1"

    def infer(self, request, answer):
        self.serving = self.network
        try:
            super().infer(request, answer)
        finally:
            del self.serving


class PredictionOfWorkedOn(NetworkCommands):
    """Prediction is of the side that is worked on"""
    suites = SIDES
    breaks = "FW-11.1"

    def predict(self, request, answer):
        self.serving = self.network
        try:
            super().predict(request, answer)
        finally:
            del self.serving


class WeightsOfActive(NetworkCommands):
    """Weights are read of the active side"""
    suites = SIDES
    breaks = "FW-11.1"

    def read_weights(self, request, answer):
        self.network = self.serving
        try:
            super().read_weights(request, answer)
        finally:
            del self.network


class ErrorsOfWorkedOn(Controller):
    """Inference answers with the errors of the side that is worked on"""
    suites = SIDES
    breaks = "FW-11.7"

    def concerned(self, command):
        return self.side


class ErrorsOfActive(Controller):
    """Every request answers with the errors of the active side"""
    suites = SIDES
    breaks = "FW-11.7"

    def concerned(self, command):
        return self.sides[self.active]


class ErrorsOfSideZero(Controller):
    """Every request answers with the errors of tiles 0 and 1"""
    suites = SIDES
    breaks = "FW-11.7"

    def concerned(self, command):
        return self.sides[0]


class InferenceLooksAtWorkedOn(Controller):
    """Inference looks at errors of the side that is worked on"""
    suites = SIDES
    breaks = "FW-11.7"

    def expect_no_errors(self, network=None):
        super().expect_no_errors()


class OtherTrainerKept(Controller):
    """Each side has a trainer"""
    suites = SIDES
    breaks = "FW-11.6"

    def drop_other_trainer(self):
        pass


class OtherTrainerDroppedByMemory(TrainingCommands):
    """Training that does not fit drops the other side's trainer"""
    suites = SIDES
    breaks = "FW-11.6"

    def configure_training(self, request, answer):
        self.controller.drop_other_trainer()
        super().configure_training(request, answer)


class OtherTrainerOutlivesCircuits(Controller):
    """New circuits drop the trainer of the side that is worked on alone"""
    suites = SIDES
    breaks = "FW-2.4.2"

    def drop_trainers(self):
        self.trainer = None


class ConfigurationDropsOtherTrainer(Controller):
    """A configuration drops the trainer of the other side too"""
    suites = SIDES
    breaks = "FW-2.3.4"

    def configure(self, shape):
        super().configure(shape)
        self.drop_trainers()


class WorkDropsTrainer(SideCommands):
    """A trainer is dropped as the other side is worked on"""
    suites = SIDES
    breaks = "FW-11.4"

    def work_on(self, request, answer):
        super().work_on(request, answer)
        self.controller.drop_other_trainer()


class WorkDropsNetwork(SideCommands):
    """A side that is worked on anew has no network"""
    suites = SIDES
    breaks = "FW-11.4"

    def work_on(self, request, answer):
        super().work_on(request, answer)
        self.controller.network = None


class TimesOfSide(SideCommands):
    """Pulse times are gone once another side is worked on"""
    suites = SIDES
    breaks = "FW-11.3"

    def work_on(self, request, answer):
        before = self.controller.worked_on
        super().work_on(request, answer)
        if before != self.controller.worked_on:
            self.controller.pulse_times = None


# Records

class BootKeepsActive(Controller):
    """The side that is started is worked on, not active"""
    suites = SIDES
    breaks = "FW-10.3.3"

    def take_over(self, side):
        self.worked_on = side.number


class BootWorksOnEarly(Controller):
    """A side whose network does not fit is worked on all the same"""
    suites = SIDES
    breaks = "FW-10.3.3"

    def make_network(self, shape, side):
        self.worked_on = side.number
        super().make_network(shape, side)


class BootKeepsOtherTrainer(RecordCommands):
    """A start keeps the trainer of the other side"""
    suites = SIDES
    breaks = "FW-10.3.3"

    def boot(self, request, answer):
        trainers = [side.trainer for side in self.controller.sides]
        super().boot(request, answer)
        other = 1 - self.controller.worked_on
        self.controller.sides[other].trainer = trainers[other]


class BootFailureKeepsNetwork(Controller):
    """A start that fails leaves the side's network before"""
    suites = BOOT
    breaks = "FW-10.3.3"

    @property
    def network(self):
        return self.side.network

    @network.setter
    def network(self, network):
        if network:
            self.side.network = network


class BootOfWorkedOn(RecordCommands):
    """Without a side, that which is worked on is started"""
    suites = SIDES
    breaks = "FW-10.3.1"

    def boot(self, request, answer):
        newest = self.records.newest
        self.records.newest = lambda side: newest(self.controller.worked_on if side is None else side)
        try:
            super().boot(request, answer)
        finally:
            del self.records.newest


class AskedSideIgnored(Records):
    """The newest record is taken, of any side"""
    suites = ("boot", "sides", "scrub")
    breaks = "FW-10.1.16"

    def newest(self, side):
        return super().newest(None)


class OtherSideIsDamaged(Records):
    """A record of the other side alone is a damaged one"""
    suites = ("boot", "sides", "scrub")
    breaks = "FW-10.1.17"

    def missing(self, contents):
        return NO_RECORD if contents == ["empty", "empty"] else DAMAGED_RECORD


class DamagedIsNone(Records):
    """Beside a record of the other side a damaged one is none"""
    suites = ("boot", "sides", "scrub")
    breaks = "FW-10.1.17"

    def missing(self, contents):
        return DAMAGED_RECORD if all(isinstance(content, str) for content in contents) and "damaged" in contents else NO_RECORD


class SideOfRecordNotChecked(Storage):
    """A record of any side is whole"""
    suites = ("boot", "scrub")
    breaks = "FW-10.1.14"

    def is_side(self, word):
        return True


class RecordOfActive(RecordCommands):
    """The record says the active side"""
    suites = SIDES
    breaks = "FW-10.2.1"

    def side(self):
        return self.controller.active


class RecordOfSideZero(RecordCommands):
    """The record says side 0"""
    suites = SIDES
    breaks = "FW-10.2.1"

    def side(self):
        return 0


class SlotOfSide(RecordCommands):
    """A record goes behind the newest of its side"""
    suites = SIDES
    breaks = "FW-10.2.1"

    def before(self):
        contents = self.storage.contents()
        return self.storage.newest(self.storage.of_side(contents, self.controller.worked_on))

"""Mistakes in the mailbox and its commands."""

from __future__ import annotations

from ..arithmetic import signed16
from ..commands import NetworkCommands
from ..controller import Controller
from ..mailbox import Mailbox
from ..requests import BAD_ARGUMENT, BAD_LENGTH, HARDWARE, Refusal, Request

INFERENCE = ("inference",)


class WordsNotDropped(Mailbox):
    """The words of a refused request stay in the queue"""
    suites = INFERENCE
    breaks = "FW-2.1.5"

    def carry_out(self, command, request):
        request.drop = lambda: None
        return super().carry_out(command, request)


class UnknownCommandIsBadArgument(Mailbox):
    """An unknown command is answered as a bad argument"""
    suites = INFERENCE
    breaks = "FW-2.1.13"

    def carry_out(self, command, request):
        if command in self.commands:
            return super().carry_out(command, request)
        request.drop()
        self.bus.write("HOST.DATA", BAD_ARGUMENT)
        return False


class ExtraWordsAllowed(Mailbox):
    """Words too many are ignored"""
    suites = INFERENCE
    breaks = "FW-2.1.11"

    def carry_out(self, command, request):
        request.end = request.drop
        return super().carry_out(command, request)


class RangesNotChecked(Mailbox):
    """Arguments are not checked"""
    suites = INFERENCE
    breaks = "FW-2.1.10"

    def carry_out(self, command, request):
        request.take_in = lambda allowed: Request.take_in(request, range(1 << 32))
        return super().carry_out(command, request)


class ErrorsNotCleared(Controller):
    """Reported errors stay"""
    suites = INFERENCE
    breaks = "FW-2.1.6"

    def clear_errors(self, number, bits):
        pass


class ErrorsOfFirstTile(Controller):
    """Only the LSTM's tile is looked at"""
    suites = INFERENCE
    breaks = "FW-1.7.2"

    def expect_no_errors(self, network=None):
        network = network or self.network
        if network:
            self.expect_no_error(network.tiles[0])


class ErrorsOfBothTilesRead(Controller):
    """Both tiles are looked at even if the first has an error"""
    suites = INFERENCE
    breaks = "FW-1.7.2"

    def expect_no_errors(self, network=None):
        network = network or self.network
        errors = [tile.read("ERROR") for tile in (network.tiles if network else [])]
        if any(errors):
            raise Refusal(HARDWARE)


class ErrorsIgnored(Controller):
    """Errors are not looked at"""
    suites = INFERENCE
    breaks = "FW-1.7.2"

    def expect_no_error(self, tile):
        tile.read("ERROR")


class NetworkLostByBadConfiguration(Controller):
    """A configuration that does not fit takes the earlier network away"""
    suites = INFERENCE
    breaks = "FW-2.3.3"

    def configure(self, shape):
        self.network = None
        super().configure(shape)


class TrainerOutlivesConfiguration(Controller):
    """Training outlives a new configuration"""
    suites = ("training_step",)
    breaks = "FW-2.3.4"

    def configure(self, shape):
        trainer = self.trainer
        super().configure(shape)
        self.trainer = trainer


class TrainerOutlivesCircuits(NetworkCommands):
    """Training outlives new circuits"""
    suites = ("training_step",)
    breaks = "FW-2.4.2"

    def set_activation(self, request, answer):
        trainer = self.controller.trainer
        super().set_activation(request, answer)
        self.controller.trainer = trainer


class CircuitsLostByConfiguration(Controller):
    """A configuration forgets the circuits for slopes"""
    suites = ("training_step",)
    breaks = "FW-2.3.4"

    def configure(self, shape):
        from ..training.slopes import hard_circuits
        self.circuits = hard_circuits()
        super().configure(shape)


class PulseTimesLostByConfiguration(Controller):
    """A configuration forgets the pulse times"""
    suites = ("training_step",)
    breaks = "FW-2.3.4"

    def configure(self, shape):
        self.pulse_times = None
        super().configure(shape)


class TilesNotCounted(Controller):
    """The number of tiles is not looked at"""
    suites = INFERENCE
    breaks = "FW-2.3.1"

    def configure(self, shape):
        read = self.bus.read
        self.bus.read = lambda name: 2 if name == "MBX.TILES" else read(name)
        try:
            super().configure(shape)
        finally:
            self.bus.read = read


class InferenceWithoutCheck(NetworkCommands):
    """Inference does not look at errors"""
    suites = INFERENCE
    breaks = "FW-6.5.1"

    def infer(self, request, answer):
        controller = self.controller
        check, controller.expect_no_errors = controller.expect_no_errors, lambda network: None
        try:
            super().infer(request, answer)
        finally:
            controller.expect_no_errors = check


class EmptySequenceAllowed(NetworkCommands):
    """A sequence of no steps is inferred"""
    suites = INFERENCE
    breaks = "FW-2.2.8"

    def infer(self, request, answer):
        if request.left != 1:
            super().infer(request, answer)
            return
        steps = request.take()
        network = self.network()
        request.expect_left(steps * network.inputs)
        network.lstm.reset()
        network.dense.read(network.lstm.state)
        answer.done(network.dense.winner())


class StepsCutToThirtyTwoBits(NetworkCommands):
    """The length of a request is computed with 32 bits"""
    suites = INFERENCE
    breaks = "FW-2.2.8"

    def infer(self, request, answer):
        expect = request.expect_left
        request.expect_left = lambda count: expect(count & 0xFFFFFFFF)
        super().infer(request, answer)


class ReadWeightsWraps(NetworkCommands):
    """Weights as read are cut to 16 bits"""
    suites = ("dense",)
    breaks = "FW-5.6.1"

    def exported(self, share):
        return signed16(share)


class VersionZero(NetworkCommands):
    """identify answers another version"""
    suites = INFERENCE
    breaks = "FW-2.2.2"

    def identify(self, request, answer):
        request.end()
        answer.done(0)


class WithoutCapabilities(NetworkCommands):
    """identify answers the version alone"""
    suites = INFERENCE
    breaks = "FW-2.2.24"

    def identify(self, request, answer):
        request.end()
        answer.done(1)


class PulseTimesOfAnyFlag(NetworkCommands):
    """Any last word of the pulse times is taken"""
    suites = ("program_verify",)
    breaks = "FW-2.2.6"

    def flag(self, request):
        return request.take() != 0


class PulseTimesWithoutFlag(NetworkCommands):
    """A last word of the pulse times is one too many"""
    suites = ("program_verify",)
    breaks = "FW-2.2.6"

    def flag(self, request):
        raise Refusal(BAD_LENGTH)


class EraseOfOtherTile(NetworkCommands):
    """erase takes the other tile"""
    suites = ("program_verify",)
    breaks = "FW-2.2.27"

    def erase(self, request, answer):
        self.network().layers.reverse()
        super().erase(request, answer)
        self.network().layers.reverse()


class PredictOutputsOnce(NetworkCommands):
    """Prediction resets the state at every step"""
    suites = ("dense", "inference")
    breaks = "FW-6.6.1"

    def predict(self, request, answer):
        lstm = self.network().lstm if self.controller.network else None
        if lstm:
            step = lstm.step
            lstm.step = lambda signals: (lstm.reset(), step(signals))
        try:
            super().predict(request, answer)
        finally:
            if lstm:
                del lstm.step

"""The requests that set a network up and run it (section 2.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .arithmetic import pair_count, saturate16, signed16
from .calibration import Calibration
from .controller import Controller
from .driver import ERASE
from .network import Network, Shape
from .program_verify import Plan, Programmer, Report
from .requests import Answer, BAD_ARGUMENT, BAD_LENGTH, HARDWARE, Refusal, Request, need
from .training.slopes import Circuit
from .weights import PulseTimes

VERSION = 1
CAPABILITIES = sum(1 << command for command in range(1, 24))
BANKS = ("SIGMOID", "TANH")
LARGEST_SAMPLES = range(9)  # logarithms
SIZES = range(1, 1025)
WORD16 = range(1, 0x10000)
HEADROOMS = range(9)
SEGMENTS = range(1, 17)
BREAKS = range(0x10000)
PULSE_TIMES = range(0x4000_0000)

Command = Callable[[Request, Answer], None]


class NetworkCommands:
    def __init__(self, controller: Controller) -> None:
        self.controller = controller

    def table(self) -> Mapping[int, Command]:
        return {1: self.identify, 2: self.configure, 3: self.set_activation, 4: self.calibrate, 5: self.set_pulse_times,
                6: self.program, 7: self.infer, 8: self.read_weights, 9: self.erase, 10: self.stop, 15: self.predict}

    def network(self) -> Network:
        need(self.controller.network)
        return self.controller.network

    def serving(self) -> Network:
        """The network that infers."""
        need(self.controller.serving)
        return self.controller.serving

    def identify(self, request: Request, answer: Answer) -> None:
        request.end()
        answer.done(VERSION, CAPABILITIES)

    def stop(self, request: Request, answer: Answer) -> None:
        request.end()
        answer.done()

    def configure(self, request: Request, answer: Answer) -> None:
        sizes = [request.take_in(SIZES) for _ in range(3)]
        windows = [request.take_in(WORD16) for _ in range(2)]
        headroom = request.take_in(HEADROOMS)
        request.end()
        self.controller.configure(Shape(*sizes, *windows, headroom))
        answer.done()

    def set_activation(self, request: Request, answer: Answer) -> None:
        bank = request.take_in(range(2))
        count = request.take_in(SEGMENTS)
        request.expect_left(1 + 2 * count)
        rails = self.move(request, bank, "RAILS")
        breaks = [self.move(request, bank, f"BREAK[{k}]", BREAKS) for k in range(count)]
        lines = [self.move(request, bank, f"LINE[{k}]") for k in range(count)]
        self.controller.bus.write(f"MBX.{BANKS[bank]}_COUNT", count)
        segments = [(signed16(start), signed16(line), signed16(line >> 16)) for start, line in zip(breaks, lines)]
        circuit = self.controller.parts[Circuit](signed16(rails), signed16(rails >> 16), segments)
        self.controller.circuits[bank] = circuit
        self.controller.drop_trainers()
        answer.done()

    def move(self, request: Request, bank: int, register: str, allowed: range = range(1 << 32)) -> int:
        """A word of the request into a register of a bank."""
        word = request.take_in(allowed)
        self.controller.bus.write(f"MBX.{BANKS[bank]}_{register}", word)
        return word

    def calibrate(self, request: Request, answer: Answer) -> None:
        samples_log2 = request.take_in(LARGEST_SAMPLES)
        request.end()
        calibration = self.controller.parts[Calibration]()
        results = [calibration.calibrate(tile, samples_log2) for tile in self.network().tiles]
        answer.done(*[number for result in results for number in result])

    def set_pulse_times(self, request: Request, answer: Answer) -> None:
        if request.left not in (130, 131):
            raise Refusal(BAD_LENGTH)
        times = [request.take_in(PULSE_TIMES) for _ in range(130)]
        noisy = self.flag(request) if request.left else False
        self.controller.pulse_times = self.controller.parts[PulseTimes](times[:65], times[65:], noisy)
        answer.done()

    def flag(self, request: Request) -> bool:
        return request.take_in(range(2)) == 1

    def program(self, request: Request, answer: Answer) -> None:
        index = request.take_in(range(2))
        plan = Plan(request.take_in(range(0x8000)), request.take_in(WORD16), request.take_in(LARGEST_SAMPLES))
        layer, times = self.network().layers[index], self.controller.pulse_times
        need(times)
        request.expect_left(layer.rows * pair_count(layer.columns))
        programmer = self.controller.parts[Programmer](layer, times, self.network().verifier, self.controller.parts)
        report = Report()
        layer.tile.unlock()
        programmer.prepare()
        for row in range(layer.rows):
            programmer.program_row(row, request.take_numbers(layer.columns), plan, report)
        layer.tile.lock()
        self.controller.expect_no_error(layer.tile)
        answer.done(report.worst, report.missed, report.rounds, report.reads)

    def infer(self, request: Request, answer: Answer) -> None:
        steps = request.take()
        network = self.serving()
        if steps == 0:
            raise Refusal(BAD_ARGUMENT)
        request.expect_left(steps * pair_count(network.inputs))
        network.begin()
        for _ in range(steps):
            network.step(request)
        outputs = network.outputs_now()
        refused = self.take_cell_errors(network)
        self.controller.expect_no_errors(network)
        if refused:
            raise Refusal(HARDWARE)
        answer.done(network.dense.winner())
        answer.send_numbers(outputs)

    def take_cell_errors(self, network: Network) -> int:
        return network.cell_unit.take_errors() if network.cell_unit else 0

    def predict(self, request: Request, answer: Answer) -> None:
        steps = request.take_in(WORD16)
        network = self.serving()
        request.expect_left(steps * pair_count(network.inputs))
        network.begin()
        answer.done()
        for _ in range(steps):
            network.step(request)
            answer.send_numbers(network.outputs_now())

    def read_weights(self, request: Request, answer: Answer) -> None:
        index = request.take_in(range(2))
        samples_log2 = request.take_in(LARGEST_SAMPLES)
        request.end()
        layer, verifier = self.network().layers[index], self.network().verifier
        answer.done()
        for row in range(layer.rows):
            verifier.select(layer.tile, row)
            shares = verifier.verify(layer.tile, samples_log2)[: layer.columns]
            answer.send_numbers([self.exported(share) for share in shares])

    def exported(self, share: int) -> int:
        return saturate16(share)

    def erase(self, request: Request, answer: Answer) -> None:
        index = request.take_in(range(2))
        request.end()
        tile = self.network().layers[index].tile
        tile.unlock()
        tile.perform(ERASE)
        tile.lock()
        self.controller.expect_no_errors()
        answer.done()

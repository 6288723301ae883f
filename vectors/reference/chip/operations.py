"""What a tile's operations do (specification 3.8, 5.5, 5.6)."""

from __future__ import annotations

from .array import Array
from .config import Config
from .fixed import signed16
from .mbx import Mbx, lanes, packed
from .philox import PURPOSES, gauss
from .readchain import REFERENCE_STEPS, Adc, Mismatch, amplify, noise, settled
from .variations import Cells

CYCLE, RELAX = 10, 50           # ns, cycles
CYCLES_PER_STEP = 2
ENERGY_UNIT = 10 ** 15          # of the array's 1e-33 J in an attojoule

POLARITIES = {"SET": 1, "RESET": -1}    # signs of their widths in PULSE
Output = tuple[int, bool]       # steps of 25 µV, whether the amplifier's limit is to be flagged
Progress = tuple[str | None, int, int]      # the latest phase that was begun, its row, the cycles that it had


class Datapath:
    """`state` is the tile's registers."""

    def __init__(self, number: int, config: Config, state: dict[str, list[int]], mbx: Mbx):
        (word_lines, bit_lines), self.number, self.config = config.tiles[number], number, config
        self.state, self.mbx = state, mbx
        cells = Cells(config.device, config.shares, config.seed, number)
        self.array = Array(word_lines, bit_lines, config.differential, cells)
        self.lines = max(word_lines, self.array.columns)
        self.adcs = [Adc(config.adc_bits, Mismatch.of(config.seed, number, line, config.adc_offset, config.adc_gain))
                     for line in range(self.lines)]
        self.operation_number = 0
        self.forget()

    def forget(self) -> None:
        """What a reset clears."""
        self.reads = self.phases = self.pulses = 0
        self.program_cycles = self.serial_cycles = self.energy = 0
        self.stale = False          # the latest conversion ended early

    def counters(self) -> dict[str, int]:
        return {"reads": self.reads, "phases": self.phases, "pulses": self.pulses,
                "programCycles": self.program_cycles, "serialCycles": self.serial_cycles,
                "energyAttojoules": self.energy // ENERGY_UNIT % (1 << 64)}

    def perform(self, operation: str, gain: int, linear: bool, row: int, cycles: int) -> bool:
        """The whole effect at the end of an operation; whether it converts."""
        if operation == "PROGRAM_ROW":
            self.program_row(row, cycles)
        elif operation == "ERASE":
            self.erase(cycles)
        elif operation == "ZERO":
            self.convert([(0, False)] * self.lines)
        elif operation == "REFERENCE":
            self.convert([(REFERENCE_STEPS, False)] * self.lines)
        else:
            self.dissipate(operation == "READ_T", cycles)
            self.convert(self.product(operation == "READ_T", gain, linear))
        return operation not in ("PROGRAM_ROW", "ERASE")

    def cut(self, operation: str, row: int, cycles: int) -> tuple[int, int, int]:
        """The effect of an operation that ended after some of its cycles; the phase under way (1 SET, 2 RESET), its
        row, and the cycles that it had."""
        if operation in ("PROGRAM_ROW", "ERASE"):
            polarity, row, cycles = self.program_row(row, cycles) if operation == "PROGRAM_ROW" else self.erase(cycles)
            return (None, *POLARITIES).index(polarity), row, cycles
        if operation in ("READ", "READ_T"):
            self.dissipate(operation == "READ_T", cycles)
        self.stale = True
        return 0, 0, cycles

    # Reading

    def driven(self, transposed: bool) -> list[int]:
        """Microvolts."""
        lines = self.array.columns if transposed else self.array.word_lines
        codes = [lane for word in self.state["DRIVE"][:(lines + 1) // 2] for lane in lanes(word)][:lines]
        return [self.config.dac(code) for code in codes]

    def dissipate(self, transposed: bool, cycles: int) -> None:
        self.energy += self.array.read_energy(self.driven(transposed), transposed, CYCLE * cycles)

    def product(self, transposed: bool, gain: int, linear: bool) -> list[Output]:
        voltages = self.driven(transposed)
        currents = self.noisy(self.array.currents(voltages, transposed), voltages)
        ohms, array = self.state["FEEDBACK"][gain], self.array
        currents = [settled(current, array.step * load, ohms, self.config.bandwidth, self.state["SETTLE"][0])
                    for current, load in zip(currents, array.line_loads(word_lines=transposed))]
        banks = {1: self.mbx.bank("SIGMOID"), 2: self.mbx.bank("TANH")}
        outputs = []
        for line, current in enumerate(currents):
            level, limited = amplify(current, ohms)
            kind = 0 if linear or transposed else self.state["ACTIVATION"][line // 16] >> 2 * (line % 16) & 3
            outputs.append((banks[kind](level)[0], False) if kind else (level, limited))
        return outputs

    def noisy(self, currents: list[int], voltages: list[int]) -> list[int]:
        sigma, power = self.config.read_noise, sum(voltage * voltage for voltage in voltages)
        if sigma == 0 or power == 0:
            return currents
        deviates = (gauss(self.config.seed, PURPOSES["readNoise"], self.number, self.operation_number, line)
                    for line in range(len(currents)))
        return [current + noise(deviate, sigma, power, self.array.cells_per_column)
                for current, deviate in zip(currents, deviates)]

    def convert(self, outputs: list[Output]) -> None:
        """Of the first lines; the SENSE lanes of the others stay."""
        sense, saturated = self.state["SENSE"], [0] * len(self.state["SATURATED"])
        for line, (level, limited) in enumerate(outputs):
            code, over = self.adcs[line](level, self.state["TRIM"][line])
            even, odd = lanes(sense[line // 2])
            sense[line // 2] = packed(even, code) if line % 2 else packed(code, odd)
            saturated[line // 32] |= (limited or over) << line % 32
        self.state["SATURATED"][:] = saturated
        self.reads += 1
        self.stale = False

    # Programming

    @staticmethod
    def phase_cycles(steps: int) -> int:
        return CYCLES_PER_STEP * steps + RELAX if steps else 0

    def phase_widths(self) -> tuple[list[int], list[int]]:
        """Steps of the SET phase and of the RESET phase, one a bit line."""
        widths = [signed16(word) for word in self.state["PULSE"][:self.array.bit_lines]]
        return [max(width, 0) for width in widths], [max(-width, 0) for width in widths]

    def program_row(self, row: int, cycles: int) -> Progress:
        progress = None, 0, 0
        for (polarity, sign), widths in zip(POLARITIES.items(), self.phase_widths()):
            spent = self.phase(row, polarity, widths, cycles)
            for line in (line for line, width in enumerate(widths) if width and spent):
                self.state["PULSE"][line] = sign * self.left(widths[line], spent) & 0xFFFF
            progress = (polarity, row, spent) if spent else progress
            cycles -= spent
        return progress

    @staticmethod
    def left(steps: int, spent: int) -> int:
        """Of a pulse, after some cycles of its phase: a step begun counts as given."""
        return max(steps - (spent + CYCLES_PER_STEP - 1) // CYCLES_PER_STEP, 0)

    def erase(self, cycles: int) -> Progress:
        progress = None, 0, 0
        for row in range(self.array.word_lines):
            spent = self.phase(row, "RESET", self.state["ERASE_WIDTH"] * self.array.bit_lines, cycles)
            progress = ("RESET", row, spent) if spent else progress
            cycles -= spent
        return progress

    def phase(self, row: int, polarity: str, widths: list[int], cycles: int) -> int:
        """A phase of widths in steps that may take some cycles; how many it took. In none, or without a width, nothing
        happens at all."""
        spent = min(self.phase_cycles(max(widths)), cycles)
        if not spent:
            return 0
        given = [min(CYCLE * CYCLES_PER_STEP * width, CYCLE * spent) for width in widths]
        self.energy += self.array.phase(row, polarity, self.amplitude(polarity), given, self.operation_number)
        self.phases += 1
        self.program_cycles += spent
        self.pulses += sum(width > 0 for width in widths)
        self.serial_cycles += sum(min(self.phase_cycles(width), spent) for width in widths)
        return spent

    def amplitude(self, polarity: str) -> int:
        """Millivolts."""
        return self.state["AMPLITUDE"][0] >> (0 if polarity == "SET" else 16) & 0xFFF

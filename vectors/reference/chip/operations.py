"""What a tile's operations do (specification 3.8, 5.5, 5.6)."""

from __future__ import annotations

from .array import Array
from .config import Config
from .fixed import signed16
from .mbx import Mbx, lanes, packed
from .philox import PURPOSES, gauss
from .readchain import REFERENCE_STEPS, Adc, Mismatch, amplify, noise
from .variations import Cells

PULSE_STEP, RELAX = 20, 50      # ns, cycles
CYCLES_PER_STEP = 2
ENERGY_UNIT = 10 ** 15          # of the array's 1e-33 J in an attojoule

Output = tuple[int, bool]       # steps of 25 µV, whether the amplifier's limit is to be flagged


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
        self.operation_number = self.reads = self.phases = self.pulses = 0
        self.program_cycles = self.serial_cycles = self.energy = 0

    def counters(self) -> dict[str, int]:
        return {"reads": self.reads, "phases": self.phases, "pulses": self.pulses,
                "programCycles": self.program_cycles, "serialCycles": self.serial_cycles,
                "energyAttojoules": self.energy // ENERGY_UNIT % (1 << 64)}

    def perform(self, operation: str, gain: int, linear: bool, row: int) -> bool:
        """The whole effect at the end of an operation; whether it converts."""
        if operation == "PROGRAM_ROW":
            self.program_row(row)
        elif operation == "ERASE":
            self.erase()
        elif operation == "ZERO":
            self.convert([(0, False)] * self.lines)
        elif operation == "REFERENCE":
            self.convert([(REFERENCE_STEPS, False)] * self.lines)
        else:
            self.convert(self.product(operation == "READ_T", gain, linear))
        return operation not in ("PROGRAM_ROW", "ERASE")

    # Reading

    def product(self, transposed: bool, gain: int, linear: bool) -> list[Output]:
        array = self.array
        driven = array.columns if transposed else array.word_lines
        codes = [lane for word in self.state["DRIVE"][:(driven + 1) // 2] for lane in lanes(word)][:driven]
        voltages = [self.config.dac(code) for code in codes]
        currents = self.noisy(array.currents(voltages, transposed), voltages)
        self.energy += array.read_energy(voltages, transposed)
        banks = {1: self.mbx.bank("SIGMOID"), 2: self.mbx.bank("TANH")}
        outputs = []
        for line, current in enumerate(currents):
            level, limited = amplify(current, self.state["FEEDBACK"][gain])
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

    # Programming

    @staticmethod
    def phase_cycles(steps: int) -> int:
        return CYCLES_PER_STEP * steps + RELAX if steps else 0

    def phase_widths(self) -> tuple[list[int], list[int]]:
        """Steps of the SET phase and of the RESET phase, one a bit line."""
        widths = [signed16(word) for word in self.state["PULSE"][:self.array.bit_lines]]
        return [max(width, 0) for width in widths], [max(-width, 0) for width in widths]

    def program_row(self, row: int) -> None:
        for polarity, widths in zip(("SET", "RESET"), self.phase_widths()):
            self.phase(row, polarity, widths)
        self.state["PULSE"][:self.array.bit_lines] = [0] * self.array.bit_lines

    def erase(self) -> None:
        for row in range(self.array.word_lines):
            self.phase(row, "RESET", self.state["ERASE_WIDTH"] * self.array.bit_lines)

    def phase(self, row: int, polarity: str, widths: list[int]) -> None:
        """Widths in 20 ns steps; nothing at all when all are 0."""
        if not any(widths):
            return
        self.energy += self.array.phase(row, polarity, self.amplitude(polarity),
                                        [PULSE_STEP * width for width in widths], self.operation_number)
        self.phases += 1
        self.program_cycles += self.phase_cycles(max(widths))
        self.pulses += sum(width > 0 for width in widths)
        self.serial_cycles += sum(map(self.phase_cycles, widths))

    def amplitude(self, polarity: str) -> int:
        """Millivolts."""
        return self.state["AMPLITUDE"][0] >> (0 if polarity == "SET" else 16) & 0xFFF

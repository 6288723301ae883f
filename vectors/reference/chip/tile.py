"""A tile: its registers, and what their misuse does (specification 6, 7.2)."""

from __future__ import annotations

from .config import Config
from .fixed import signed16
from .mbx import Mbx, lanes, packed
from .operations import RELAX, Datapath
from .peripheral import Peripheral
from .registers import Place, Refused, tile_block

OPERATIONS = {1: "READ", 2: "READ_T", 3: "PROGRAM_ROW", 4: "ERASE", 5: "ZERO", 6: "REFERENCE"}
KEY = 0x50524F47
GUARDED = {"WATCHDOG", "AMPLITUDE", "ERASE_WIDTH", "FEEDBACK", "TRIM", "LIMIT_AMPLITUDE", "LIMIT_WIDTH"}
FIXED = 1 << 31
KEPT = {"PULSE", "ABORTED", "ABORTED_CYCLES", "SUPPLY", "SUPPLY_STATE",
        "LIMIT_AMPLITUDE", "LIMIT_WIDTH"}     # by a reset
WAKE_UP = 1000                # cycles of 10 ns
ANALOG, DRIVERS, SETTLED = 1, 2, 8      # of SUPPLY and, the last, of SUPPLY_STATE
COUNTERS = {"READS": "reads", "PHASES": "phases", "PULSES": "pulses", "PROGRAM_CYCLES": "programCycles",
            "SERIAL_CYCLES": "serialCycles", "ENERGY": "energyAttojoules"}


def halves(word: int) -> tuple[int, int]:
    """The amplitudes in a word: SET, RESET."""
    return word & 0xFFF, word >> 16 & 0xFFF


def above(some: tuple[int, int], others: tuple[int, int]) -> bool:
    return any(one > other for one, other in zip(some, others))


class Command:
    """A word of START."""

    def __init__(self, word: int):
        self.operation = OPERATIONS.get(word & 15)
        self.gain, self.linear, self.row = word >> 4 & 1, bool(word & 32), word >> 16 & 0x3FF

    def __str__(self) -> str:
        reads = self.operation in ("READ", "READ_T")
        return "".join((str(self.operation), f" gain={self.gain}" if reads or self.gain else "",
                        " linear" if self.linear else "",
                        f" row={self.row}" if self.operation == "PROGRAM_ROW" or self.row else ""))


class Tile(Peripheral):
    def __init__(self, number: int, config: Config, mbx: Mbx):
        super().__init__(tile_block(config.features))
        self.path = Datapath(number, config, self.state, mbx)
        self.number, self.top = number, config.dac.top
        self.locked, self.last = True, 0
        self.command: Command | None = None         # under way
        self.begin, self.end, self.aborts = 0, 0, False
        self.wakes: int | None = None               # the cycle at which the references will have settled
        self.settled_at_start = True
        self.config = config
        self.state["LIMIT_AMPLITUDE"][0] = config.max_amplitude * 0x10001
        self.derive(config)

    def derive(self, config: Config) -> None:
        array, state = self.path.array, self.state
        state["GEOMETRY"][0] = array.word_lines | array.bit_lines << 16
        state["CONVERTERS"][0] = config.dac.bits | config.adc_bits << 8 | config.differential << 16 | bool(config.features) << 24
        state["CONDUCTANCE"][:] = config.device.lowest // 1000, config.device.highest // 1000
        state["READ_VOLTAGE"][0] = config.dac.step
        state["AMPLITUDE"][0] = sum(min(pair) << 16 * place for place, pair in enumerate(
            zip(halves(state["AMPLITUDE"][0]), halves(state["LIMIT_AMPLITUDE"][0]))))
        state["ERASE_WIDTH"][0] = min(state["ERASE_WIDTH"][0], state["LIMIT_WIDTH"][0] & 0xFFFF)
        self.convert = config.sample + config.adc_bits
        state["TIMING"][0] = config.settle | self.convert << 8 | RELAX << 16
        state["SETTLE"][0] = config.settle
        state["WAKE_UP"][0] = WAKE_UP
        lines = self.path.lines
        self.counts = {"DRIVE": (lines + 1) // 2, "SENSE": (lines + 1) // 2, "PULSE": array.bit_lines, "TRIM": lines,
                       "ACTIVATION": (array.columns + 15) // 16, "SATURATED": (lines + 31) // 32}
        self.counts |= {"DRIVE_SIGNALS": (lines + 1) // 2, "SENSE_SIGNALS": (lines + 1) // 2,
                        "PULSE_PAIRS": (array.bit_lines + 1) // 2}

    @property
    def busy(self) -> bool:
        return self.command is not None

    def status(self) -> int:
        return (self.busy | self.locked << 1 | any(self.state["SATURATED"]) << 2
                | (self.state["ERROR"][0] != 0) << 3 | self.last << 4 | self.path.stale << 8)

    def raise_error(self, bit: str) -> None:
        self.state["ERROR"][0] |= self.block.register("ERROR").bit(bit)

    def check_index(self, place: Place) -> None:
        if place.index >= self.counts.get(place.register.name, place.register.count):
            raise Refused("INDEX")

    def peek(self, place: Place, cycle: int) -> int:
        if place.register.name in ("STATUS", "WAIT"):
            return self.status()
        if place.register.name == "SENSE_SIGNALS":
            return packed(*self.sensed(place.index))
        return super().peek(place, cycle)

    def sensed(self, index: int) -> list[int]:
        """The lanes of a word of SENSE, as Q0.15 or Q3.12."""
        return [code << 16 - self.config.adc_bits for code in lanes(self.state["SENSE"][index])]

    def signal(self, line: int) -> int:
        """What a line converted to, as Q0.15."""
        return self.sensed(line // 2)[line % 2]

    def drive(self, line: int, signal: int) -> None:
        """Its code, on one line."""
        even, odd = lanes(self.state["DRIVE"][line // 2])
        code = self.config.dac.code(signal)
        self.state["DRIVE"][line // 2] = packed(even, code) if line % 2 else packed(code, odd)

    def read(self, place: Place, cycle: int) -> int:
        self.check_index(place)
        if place.register.name in ("SENSE", "SENSE_SIGNALS") and (self.busy or self.path.stale):
            raise Refused("STALE", self.peek(place, cycle))
        return self.peek(place, cycle)

    def write(self, place: Place, value: int, cycle: int) -> str | None:
        name = place.register.name
        if self.busy and name not in ("ERROR", "UNLOCK", "SNAPSHOT"):
            raise Refused("BUSY")
        self.check_index(place)
        if self.locked and name in GUARDED:
            raise Refused("LOCKED")
        if name == "START":
            return self.start(value, cycle)
        if name == "SUPPLY":
            return self.supply(value, cycle)
        if name == "ERROR":
            self.state[name][0] &= ~value
        elif name == "UNLOCK":
            self.locked = value != KEY
        elif name == "SNAPSHOT":
            self.snapshot()
        elif name == "DRIVE_SIGNALS":
            self.state["DRIVE"][place.index] = packed(*(self.config.dac.code(signal) for signal in lanes(value)))
        elif name == "PULSE_PAIRS":
            self.pulse_pair(place.index, lanes(value))
        else:
            self.check_code(name, value)
            self.check_limit(name, value)
            super().write(place, value | (FIXED if name.startswith("LIMIT") else 0), cycle)
        return None

    def supply(self, word: int, cycle: int) -> str:
        """References before drivers, drivers on settled references; drivers off before references."""
        now = self.state["SUPPLY"][0]
        if (word == DRIVERS or now & DRIVERS and not word & ANALOG
                or word & ~now & DRIVERS and not self.state["SUPPLY_STATE"][0] & SETTLED):
            raise Refused("SUPPLY")
        self.state["SUPPLY"][0] = word
        if not word & ANALOG:
            self.wakes = None
        elif not now & ANALOG:
            self.wakes = cycle + WAKE_UP
        return self.tell_supply(word & now & ANALOG and self.state["SUPPLY_STATE"][0] & SETTLED)

    def tell_supply(self, settled: int) -> str:
        word = self.state["SUPPLY"][0]
        self.state["SUPPLY_STATE"][0] = 1 | word << 1 | (SETTLED if settled else 0)
        return f"supply ANALOG={word & ANALOG} DRIVERS={word >> 1}"

    def settle(self) -> str:
        """The references have settled; the text of the event."""
        self.wakes = None
        self.tell_supply(SETTLED)
        return "settled"

    def brown_out(self) -> str | None:
        """References and drivers lose their supply; the text of the event, if they had one."""
        had = self.state["SUPPLY"][0] != 0
        self.state["SUPPLY"][0], self.wakes = 0, None
        text = self.tell_supply(0)
        return text if had else None

    def check_code(self, name: str, value: int) -> None:
        if (name == "DRIVE" and any(abs(code) > self.top for code in lanes(value))
                or name == "ACTIVATION" and value & value >> 1 & 0x55555555
                or name in ("FEEDBACK", "SETTLE") and value == 0):
            raise Refused("CODE")

    def check_limit(self, name: str, value: int) -> None:
        """Nothing may be above a limit, nor a limit below what it limits."""
        amplitudes, width = halves(self.state["LIMIT_AMPLITUDE"][0]), self.state["LIMIT_WIDTH"][0]
        if (name == "AMPLITUDE" and above(halves(value), amplitudes)
                or name == "ERASE_WIDTH" and value > width & 0xFFFF
                or name == "PULSE" and abs(signed16(value)) > width & 0xFFFF
                or name == "LIMIT_AMPLITUDE" and (self.state[name][0] & FIXED or above(halves(value), amplitudes)
                                                  or above(halves(self.state["AMPLITUDE"][0]), halves(value)))
                or name == "LIMIT_WIDTH" and (width & FIXED or value > width or value < self.widest())):
            raise Refused("LIMIT")

    def pulse_pair(self, index: int, widths: tuple[int, int]) -> None:
        """Both widths, or the even one where there is no other bit line."""
        if any(abs(width) > self.state["LIMIT_WIDTH"][0] & 0xFFFF for width in widths):
            raise Refused("LIMIT")
        for line, width in enumerate(widths, 2 * index):
            if line < self.path.array.bit_lines:
                self.state["PULSE"][line] = width & 0xFFFF

    def widest(self) -> int:
        """Of the widths that are set, without their signs."""
        return max(self.state["ERASE_WIDTH"][0], *(abs(signed16(word)) for word in self.state["PULSE"]))

    def snapshot(self) -> None:
        counters = self.path.counters()
        for name, key in COUNTERS.items():
            self.state[name][:] = counters[key] & 0xFFFFFFFF, counters[key] >> 32 & 0xFFFFFFFF

    def start(self, word: int, cycle: int) -> str:
        command = Command(word)
        if command.operation is None:
            raise Refused("OPERATION")
        if command.operation in ("PROGRAM_ROW", "ERASE") and self.locked:
            raise Refused("LOCKED")
        if command.operation == "PROGRAM_ROW" and command.row >= self.path.array.word_lines:
            raise Refused("INDEX")
        programs = command.operation in ("PROGRAM_ROW", "ERASE")
        if not self.state["SUPPLY"][0] & (DRIVERS if programs else ANALOG):
            raise Refused("SUPPLY")
        self.settled_at_start = self.state["SUPPLY_STATE"][0] & SETTLED != 0
        duration, watchdog = self.duration(command.operation), self.state["WATCHDOG"][0]
        self.aborts = 0 < watchdog < duration
        self.begin, self.end = cycle, cycle + (watchdog if self.aborts else duration)
        self.command, self.last = command, word & 15
        self.path.operation_number += 1
        return f"started {command}"

    def duration(self, operation: str) -> int:
        if operation == "PROGRAM_ROW":
            return sum(self.path.phase_cycles(max(widths)) for widths in self.path.phase_widths())
        if operation == "ERASE":
            return self.path.array.word_lines * self.path.phase_cycles(self.state["ERASE_WIDTH"][0])
        return self.state["SETTLE"][0] + self.convert

    def finish(self) -> list[str]:
        """The end of the operation under way, with the effect of its time; texts of its events."""
        command, self.command = self.command, None
        if self.aborts:
            self.abort(command, self.end - self.begin)
            self.raise_error("WATCHDOG")
            return [f"aborted {command.operation}", "error WATCHDOG"]
        if not self.settled_at_start:
            self.path.cut(command.operation, command.row, self.end - self.begin)
            return [f"finished {command.operation} unsettled"]
        converts = self.path.perform(command.operation, command.gain, command.linear, command.row, self.end - self.begin)
        return [f"finished {command.operation}" + (" saturated" if converts and self.status() & 4 else "")]

    def abort(self, command: Command, elapsed: int) -> None:
        """Ends an operation after some of its cycles, and notes where it stood."""
        phase, row, cycles = self.path.cut(command.operation, command.row, elapsed)
        self.state["ABORTED"][0] = self.last | phase << 4 | row << 16
        self.state["ABORTED_CYCLES"][0] = cycles

    def cut(self, cycle: int) -> str:
        """Ends the operation under way; the text of its event."""
        command, self.command = self.command, None
        self.abort(command, cycle - self.begin)
        return f"aborted {command.operation}"

    def reset(self) -> None:
        for name, words in self.block.reset().items():
            if name not in KEPT:
                self.state[name][:] = words
        self.locked, self.last = True, 0
        self.path.forget()
        self.derive(self.config)

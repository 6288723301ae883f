"""The memory map: names, addresses, fields and access kinds (the register manual's tables)."""

from __future__ import annotations

import re
from typing import NamedTuple

# offset, name[count], access, value at reset, fields[bits], `s` of signed ones, `r` of ones read only in a register that
# is not; no fields: all 32 bits.

FINISHER = """
0x0000 FINISH            wo   0x00000000 CODE[15:0] STATUS[31:16]
"""

CLINT = """
0x0000 MSIP              rw   0x00000000 PENDING[0]
0x4000 MTIMECMP[2]       rw   0xffffffff
0xbff8 MTIME[2]          ro   0x00000000
"""

UART = """
0x0000 DATA              port 0x00000000 BYTE[7:0]
0x0001 IER               rw   0x00000000 RDA[0] THRE[1] RLS[2] MS[3] REST[7:4]
0x0002 FCR               port 0x00000000 BYTE[7:0]
0x0003 LCR               rw   0x00000000 FORMAT[6:0] DLAB[7]
0x0004 MCR               rw   0x00000008 OUTPUTS[3:0] LOOP[4] REST[7:5]
0x0005 LSR               ro   0x00000060 DR[0] THRE[5] TEMT[6]
0x0006 MSR               ro   0x000000b0 BYTE[7:0]
0x0007 SCR               rw   0x00000000 BYTE[7:0]
"""

MBX = """
0x0000 ID                ro   0x4d425831
0x0004 VERSION           ro   0x00020004 MINOR[15:0] MAJOR[31:16]
0x0008 TILES             ro   0x00000000 COUNT[3:0]
0x000c CLOCK             ro   0x05f5e100
0x0010 ERROR             w1c  0x00000000 UNMAPPED[0] MISALIGNED[1] ACCESS[2] RESERVED[3] CODE[4]
0x0014 ERROR_ADDRESS     ro   0x00000000
0x0018 IRQ_PENDING       w1c  0x00000000 TILES[7:0] TILE_ERRORS[15:8] CHIP_ERROR[16]
0x001c IRQ_ENABLE        rw   0x00000000 TILES[7:0] TILE_ERRORS[15:8] CHIP_ERROR[16]
0x0020 SNAPSHOT          wo   0x00000000
0x0028 CYCLES[2]         ro   0x00000000
0x0040 SCALAR_SIGMOID    wo   0x00000000 EVEN[15:0]s ODD[31:16]s
0x0044 SCALAR_TANH       wo   0x00000000 EVEN[15:0]s ODD[31:16]s
0x0048 SCALAR_VALUE      ro   0x00000000 EVEN[15:0]s ODD[31:16]s
0x004c SCALAR_SLOPE      ro   0x00000000 EVEN[15:0]s ODD[31:16]s
0x0050 RESET             wo   0x00000000 HART[0] CHIP[1] TILES[15:8]
0x0054 RESET_CAUSE       w1c  0x00000004 HART[0] CHIP[1] POWER[2] BROWN_OUT[3] TILES[15:8]
0x0058 DIE[2]            ro   0x00000000
0x0060 FEATURES          ro   0x00000000 WINDOWS[0] CELL[1]
0x0100 SIGMOID_COUNT     rw   0x00000001 COUNT[4:0]
0x0104 SIGMOID_RAILS     rw   0x7fff0000 LOW[15:0]s HIGH[31:16]s
0x0140 SIGMOID_BREAK[16] rw   0x00000000 Z[15:0]s
0x0180 SIGMOID_LINE[16]  rw   0x40001000 SLOPE[15:0]s OFFSET[31:16]s
0x0200 TANH_COUNT        rw   0x00000001 COUNT[4:0]
0x0204 TANH_RAILS        rw   0x7fff8000 LOW[15:0]s HIGH[31:16]s
0x0240 TANH_BREAK[16]    rw   0x00000000 Z[15:0]s
0x0280 TANH_LINE[16]     rw   0x00004000 SLOPE[15:0]s OFFSET[31:16]s
"""

TILE = """
0x0000 GEOMETRY          ro   0x00000000 WORD_LINES[10:0] BIT_LINES[26:16]
0x0004 CONVERTERS        ro   0x00000000 DAC_BITS[4:0] ADC_BITS[12:8] DIFFERENTIAL[16] FEATURES[24]
0x0008 START             wo   0x00000000 OPERATION[3:0] GAIN[4] LINEAR[5] ROW[25:16]
0x000c STATUS            ro   0x00000002 BUSY[0] LOCKED[1] SATURATED[2] ERROR[3] OPERATION[7:4] STALE[8]
0x0010 WAIT              ro   0x00000002 BUSY[0] LOCKED[1] SATURATED[2] ERROR[3] OPERATION[7:4] STALE[8]
0x0014 ERROR             w1c  0x00000000 BUSY[0] OPERATION[1] CODE[2] INDEX[3] LOCKED[4] STALE[5] WATCHDOG[6]
                                   ACCESS[7] UNMAPPED[8] MISALIGNED[9] RESERVED[10] LIMIT[11] WAIT[12] SUPPLY[13]
0x0018 UNLOCK            wo   0x00000000
0x001c WATCHDOG          rw   0x00000000
0x0020 CONDUCTANCE[2]    ro   0x00000000
0x0028 READ_VOLTAGE      ro   0x00000000
0x002c TIMING            ro   0x00000000 SETTLE[7:0] CONVERT[15:8] RELAX[31:16]
0x0030 AMPLITUDE         rw   0x04b004b0 SET_MV[11:0] RESET_MV[27:16]
0x0034 ERASE_WIDTH       rw   0x00002580 WIDTH[15:0]
0x0040 FEEDBACK[2]       rw   0x00002710 OHMS[31:0]
0x0048 LIMIT_AMPLITUDE   rw   0x0fff0fff SET_MV[11:0] RESET_MV[27:16] FIXED[31]r
0x004c LIMIT_WIDTH       rw   0x0000ffff WIDTH[15:0] FIXED[31]r
0x0050 ABORTED           ro   0x00000000 OPERATION[3:0] PHASE[5:4] ROW[25:16]
0x0054 ABORTED_CYCLES    ro   0x00000000
0x0058 WAIT_LIMIT        rw   0x00000000
0x005c SETTLE            rw   0x00000000 CYCLES[7:0]
0x0060 SNAPSHOT          wo   0x00000000
0x0068 READS[2]          ro   0x00000000
0x0070 PHASES[2]         ro   0x00000000
0x0078 PULSES[2]         ro   0x00000000
0x0080 PROGRAM_CYCLES[2] ro   0x00000000
0x0088 SERIAL_CYCLES[2]  ro   0x00000000
0x0090 ENERGY[2]         ro   0x00000000
0x00a0 SUPPLY            rw   0x00000003 ANALOG[0] DRIVERS[1]
0x00a4 SUPPLY_STATE      ro   0x0000000f LOGIC[0] ANALOG[1] DRIVERS[2] SETTLED[3]
0x00a8 WAKE_UP           ro   0x000003e8
0x0100 ACTIVATION[64]    rw   0x00000000
0x0200 SATURATED[32]     ro   0x00000000
0x1000 DRIVE[512]        rw   0x00000000 EVEN[15:0]s ODD[31:16]s
0x2000 SENSE[512]        ro   0x00000000 EVEN[15:0]s ODD[31:16]s
0x3000 PULSE[1024]       rw   0x00000000 WIDTH[15:0]s
0x4000 TRIM[1024]        rw   0x80000000 OFFSET[15:0]s GAIN[31:16]
"""

WINDOWS = """
0x5000 DRIVE_SIGNALS[512] wo  0x00000000 EVEN[15:0]s ODD[31:16]s
0x6000 SENSE_SIGNALS[512] ro  0x00000000 EVEN[15:0]s ODD[31:16]s
0x7000 PULSE_PAIRS[512]   wo  0x00000000 EVEN[15:0]s ODD[31:16]s
"""

HOST = """
0x0000 DATA              port 0x00000000
0x0004 LEVEL             ro   0x00000000
0x0008 IRQ_ENABLE        rw   0x00000000 WAITING[0]
"""


FLASH = """
0x0000 GEOMETRY          ro   0x01000080 PAGES[15:0] WORDS[31:16]
0x0004 TIMING            ro   0x00200032 ERASE[15:0] PROGRAM[31:16]
0x0008 START             wo   0x00000000 OPERATION[3:0] PAGE[31:16]
0x000c STATUS            ro   0x00000002 BUSY[0] LOCKED[1] ERROR[2] OPERATION[7:4]
0x0010 WAIT              ro   0x00000002 BUSY[0] LOCKED[1] ERROR[2] OPERATION[7:4]
0x0014 ERROR             w1c  0x00000000 BUSY[0] OPERATION[1] LOCKED[2] INDEX[3] ONES[4] WORN[5]
0x0018 UNLOCK            wo   0x00000000
0x001c IRQ_ENABLE        rw   0x00000000 IDLE[0] ERROR[1]
0x0020 ENDURANCE         ro   0x00000000
0x0024 CYCLES            ro   0x00000000
0x0400 BUFFER[256]       rw   0xffffffff
"""

CELL = """
0x0000 CELLS             rw   0x00000001 COUNT[8:0]
0x0004 SOURCE            rw   0x00000000 TILE[2:0]
0x0008 TARGET[2]         rw   0x00000000 TILE[2:0] LINE[25:16] ENABLE[31]
0x0010 START             wo   0x00000000 OPERATION[1:0]
0x0014 ERROR             w1c  0x00000000 OPERATION[0] INDEX[1] BUSY[2] STALE[3] CODE[4]
0x0018 TIMING            ro   0x00000402 PER_CELL[7:0] BEGIN[15:8]
0x0100 STATE[128]        rw   0x00000000 EVEN[15:0]s ODD[31:16]s
0x0300 OUTPUT[128]       ro   0x00000000 EVEN[15:0]s ODD[31:16]s
"""


class Refused(Exception):
    """An access that changes nothing but one error bit; `own`: of the flash or of the cell unit, not of the bus."""

    def __init__(self, bit: str, value: int = 0, own: bool = False):
        super().__init__(bit)
        self.bit, self.value, self.own = bit, value, own


class Field(NamedTuple):
    name: str
    low: int
    high: int
    signed: bool
    read_only: bool


class Register(NamedTuple):
    offset: int
    name: str
    count: int
    array: bool
    access: str
    reset: int
    fields: tuple[Field, ...]

    @property
    def mask(self) -> int:
        """Bits that a write may set."""
        return sum((2 << field.high) - (1 << field.low) for field in self.fields if not field.read_only) or 0xFFFFFFFF

    def bit(self, field: str) -> int:
        return next(1 << each.low for each in self.fields if each.name == field)


class Place(NamedTuple):
    """One element of a register."""
    register: Register
    index: int

    @property
    def name(self) -> str:
        return f"{self.register.name}[{self.index}]" if self.register.array else self.register.name


class Block:
    """Registers of one kind of block; `size` in bytes of each."""

    def __init__(self, table: str, size: int = 4):
        self.size = size
        rows = re.sub(r"\n\s+", " ", table.strip()).split("\n")
        self.registers = tuple(parse_register(row) for row in rows)
        self.places = {register.offset + size * index: Place(register, index)
                       for register in self.registers for index in range(register.count)}
        self.offsets = {place.name: offset for offset, place in self.places.items()}
        self.masks = {register.name: register.mask for register in self.registers}

    def register(self, name: str) -> Register:
        return next(register for register in self.registers if register.name == name)

    def reset(self) -> dict[str, list[int]]:
        return {register.name: [register.reset] * register.count for register in self.registers}

    def decode(self, offset: int, writing: bool, value: int = 0) -> Place:
        if offset % self.size:
            raise Refused("MISALIGNED")
        place = self.places.get(offset)
        if place is None:
            raise Refused("UNMAPPED")
        if place.register.access == ("ro" if writing else "wo"):
            raise Refused("ACCESS")
        if value & ~self.masks[place.register.name] and place.register.access != "w1c":
            raise Refused("RESERVED")
        return place


def parse_register(row: str) -> Register:
    offset, name, access, reset, *fields = row.split()
    stem, _, count = name.rstrip("]").partition("[")
    return Register(int(offset, 16), stem, int(count or 1), bool(count), access, int(reset, 16),
                    tuple(parse_field(field) for field in fields))


def parse_field(text: str) -> Field:
    name, high, low, signed, read_only = re.fullmatch(r"(\w+)\[(\d+)(?::(\d+))?\](s?)(r?)", text).groups()
    return Field(name, int(low or high), int(high), bool(signed), bool(read_only))


TILE_BLOCK, WINDOWED_BLOCK = Block(TILE), Block(TILE.rstrip() + WINDOWS)
MBX_BLOCK = Block(MBX)
BLOCKS = {"FINISHER": Block(FINISHER), "CLINT": Block(CLINT), "UART": Block(UART, 1), "MBX": MBX_BLOCK,
          "HOST": Block(HOST), "FLASH": Block(FLASH), **{f"MBX{n}": TILE_BLOCK for n in range(8)}}
CELL_BLOCK = Block(CELL)
BASES = {"FINISHER": 0x0010_0000, "CLINT": 0x0200_0000, "UART": 0x1000_0000, "MBX": 0x4000_0000,
         **{f"MBX{n}": 0x4001_0000 + 0x10000 * n for n in range(8)}, "HOST": 0x4010_0000, "FLASH": 0x4011_0000, "CELL": 0x4012_0000}
SIZES = {"FINISHER": 0x1000, "CLINT": 0x10000, "UART": 0x100, "MBX": 0x10000,
         **{f"MBX{n}": 0x10000 for n in range(8)}, "HOST": 0x1000, "FLASH": 0x1000, "CELL": 0x1000}
RAM_BASE = 0x8000_0000

# What a chip may have more, as its description names it; what each has then, and all that there can be.
Features = tuple[str, ...]
FEATURES: dict[str, Features] = {"none": (), "windows": ("windows",), "cell": ("cell",), "windows+cell": ("windows", "cell")}


def tile_block(features: Features) -> Block:
    return WINDOWED_BLOCK if "windows" in features else TILE_BLOCK


MAPS = {features: {**BLOCKS, **{f"MBX{n}": tile_block(features) for n in range(8)},
                   **({"CELL": CELL_BLOCK} if "cell" in features else {})} for features in FEATURES.values()}
EVERY = MAPS[FEATURES["windows+cell"]]


def address(name: str) -> int:
    """Of `MBX0.DRIVE[3]`, `HOST.DATA`, `MBX0.START+2`, or of `0x40019999` itself; of any that a chip may have."""
    if name.startswith("0x"):
        return int(name, 16)
    block, _, register = name.partition(".")
    register, _, beyond = register.partition("+")
    return BASES[block] + EVERY[block].offsets[register] + int(beyond or 0)


def block_of(place: int) -> str | None:
    """The block, of eight tiles and a cell unit, at an address."""
    return next((block for block, base in BASES.items() if 0 <= place - base < SIZES[block]), None)


def name(place: int, features: Features = ()) -> str:
    """The inverse of `address`, on a chip of these features."""
    block, there = block_of(place), MAPS[features]
    if block in there:
        offset = place - BASES[block]
        beyond = offset % there[block].size
        found = there[block].places.get(offset - beyond)
        if found is not None:
            return f"{block}.{found.name}" + (f"+{beyond}" if beyond else "")
    return f"0x{place:08x}"

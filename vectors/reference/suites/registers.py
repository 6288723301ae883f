"""The register map, misuse, time, interrupts and counters."""

from __future__ import annotations

from typing import Iterator

from suites import _bus as bus
from suites import _misuse as misuse
from suites._sampler import Sampler
from suites._stress import script_for, stress

KIND = "bus"
PURPOSE = ("An implementation that passes has every register with its reset value and access kind, refuses every misuse "
           "with its one error bit and without any other effect, and keeps time to the cycle.")
SPECIFICATION = {"chip": "6, 7"}
FIELDS = {**bus.FIELDS, **bus.EVENTS_FIELD}
SMALL = misuse.SMALL
Labelled = tuple[list[str], str, dict]


def evaluate(given: dict) -> dict:
    return bus.outcome(given, True, "conductances", "events")


def resets() -> Iterator[Labelled]:
    for block in ("MBX", "MBX0", "CLINT", "UART", "HOST"):
        yield misuse.dump(block), "as after reset", SMALL
    constants = ("GEOMETRY", "CONVERTERS", "CONDUCTANCE[0]", "CONDUCTANCE[1]", "READ_VOLTAGE", "TIMING", "STATUS")
    for bits, converter in zip(range(4, 13), (5, 6, 8, 10, 11, 13, 14, 15, 16)):
        chip = {"tiles": [[bits, 2 * converter]], "dacBits": bits, "adcBits": converter,
                "synapse": "differential" if bits % 2 else "reference"}
        yield [f"R MBX0.{name}" for name in constants], "derived from the configuration", chip
    for tiles in (1, 2, 8):
        shapes = [[1 + 3 * n, 2 + n] for n in range(tiles)]
        yield (["R MBX.TILES", *(f"R MBX{n}.{name}" for n in range(8) for name in ("GEOMETRY", "STATUS")),
                "R MBX.ERROR", "R MBX.ERROR_ADDRESS"], "tiles present and absent", {"tiles": shapes})
    yield (["R MBX0.GEOMETRY", "W MBX0.DRIVE[511] 0x00010001", "R MBX0.DRIVE[511]", "W MBX0.PULSE[1] 0x00008000",
            "R MBX0.PULSE[1]", "R MBX0.TRIM[1023]", "R MBX0.SATURATED[31]", *misuse.ERRORS], "1024 lines",
           {"tiles": [[1024, 2]]})


def timings() -> Iterator[Labelled]:
    """Cycles of each operation, seen by stalling, by polling and by letting time pass."""
    setup = [*bus.unlock(), "W MBX0.ERASE_WIDTH 0x00000003", "W MBX0.PULSE[0] 0x00000004", "W MBX0.PULSE[1] 0x0000fffe"]
    for operation in range(1, 7):
        begin = setup + [bus.write("MBX0.START", operation)]
        yield begin + ["R MBX0.WAIT", "R MBX0.WAIT", "R MBX0.STATUS"], "stalled", SMALL
        duration = {3: 58 + 54, 4: 2 * 56}.get(operation, 30)
        for early in (2, 1, 0):
            yield (begin + [f"advance {5 + duration - early}", "R MBX0.STATUS", "R MBX0.STATUS"],
                   "polled around the end", SMALL)
        for limit in (1, duration - 1, duration, duration + 1, 0xFFFFFFFF):
            script = [*bus.unlock(), bus.write("MBX0.WATCHDOG", limit), *begin, "R MBX0.STATUS", "R MBX0.WAIT", "R MBX0.ERROR",
                      "R MBX.IRQ_PENDING", "R MBX0.PULSE[0]", "R MBX0.SENSE[0]"]
            yield script, "watchdog", SMALL
    for operation in (3, 4):
        script = [*bus.unlock(), "W MBX0.ERASE_WIDTH 0x00000000", "W MBX0.WATCHDOG 0x00000001",
                  bus.write("MBX0.START", operation)]
        yield script + ["R MBX0.STATUS", "R MBX.IRQ_PENDING", "R MBX0.ERROR"], "no pulse at all", SMALL
        yield script + ["R MBX0.WAIT", bus.write("MBX0.START", 1), "R MBX0.WAIT"], "no pulse at all", SMALL


def interrupts() -> Iterator[Labelled]:
    trio = {"tiles": [[1, 1], [2, 2], [1, 3]]}
    look = ["R MBX.IRQ_PENDING", "R MBX.IRQ_ENABLE", "R MBX0.STATUS", "R MBX1.STATUS", "R MBX2.STATUS"]
    yield ["W MBX.IRQ_ENABLE 0x000000ff", "W MBX2.START 0x00000001", "W MBX0.START 0x00000001", "R MBX2.WAIT", *look,
           "R MBX0.WAIT", *look, "W MBX.IRQ_PENDING 0x00000001", *look, "W MBX.IRQ_PENDING 0x000000fe", *look], "", trio
    yield ["W MBX0.START 0x00000001", "W MBX1.START 0x00000001", "W MBX2.START 0x00000001", "R MBX2.WAIT",
           *look], "waiting for the last finishes the others", trio
    yield [*bus.unlock(1), *bus.unlock(2), "W MBX2.WATCHDOG 0x0000000a", "W MBX1.WATCHDOG 0x0000000b", "W MBX1.START 0x00000001",
           "W MBX2.START 0x00000001", "R MBX0.WAIT", *look, "advance 100", *look, "R MBX1.ERROR", "R MBX2.ERROR"], \
        "ends in order of cycle, then of tile", trio
    yield [*bus.unlock(1), "W MBX1.WATCHDOG 0x00000009", "W MBX2.START 0x00000001", "advance 24", "W MBX1.START 0x00000005",
           "R MBX1.WAIT", "R MBX2.WAIT", *look], "two ends at one cycle", trio
    yield ["W MBX0.START 0x00000001", "R MBX0.WAIT", "W MBX0.START 0x00000001", "W MBX.IRQ_PENDING 0x00000001",
           *look, "R MBX0.WAIT", *look], "cleared while the next is under way", trio


def locks() -> Iterator[Labelled]:
    start = ["W MBX0.START 0x00000003", "R MBX0.WAIT", "R MBX0.ERROR"]
    for key in (0x50524F47, 0x50524F46, 0, 0x474F5250, 0xD0524F47):
        yield [bus.write("MBX0.UNLOCK", key), *start], "keys", SMALL
    yield [*bus.unlock(), *start, *start, "W MBX0.UNLOCK 0x00000000", *start], "stays unlocked, and locks", SMALL
    yield [*bus.unlock(), "W MBX0.PULSE[0] 0x00000064", "W MBX0.START 0x00000003", "W MBX0.UNLOCK 0x00000001",
           "R MBX0.STATUS", "R MBX0.WAIT", *start], "locked while under way", SMALL
    yield ["W MBX0.START 0x00000001", *bus.unlock(), "R MBX0.STATUS", "R MBX0.WAIT", *start], "unlocked while busy", SMALL
    yield [*bus.unlock(), "R MBX1.STATUS", "W MBX1.START 0x00000003", "R MBX1.ERROR"], "each tile its own", \
        {"tiles": [[1, 1], [1, 1]]}


def counted() -> Iterator[Labelled]:
    names = ("READS", "PHASES", "PULSES", "PROGRAM_CYCLES", "SERIAL_CYCLES", "ENERGY")
    look = [f"R MBX0.{name}[{half}]" for name in names for half in (0, 1)]
    work = ["W MBX0.DRIVE[0] 0x007f007f", *bus.start(1), *bus.start(2), *bus.start(5), *bus.start(6), *bus.unlock(),
            "W MBX0.PULSE[0] 0x00007fff", "W MBX0.PULSE[1] 0x00008000", *bus.start(3), *bus.start(4)]
    yield work + look + ["W MBX0.SNAPSHOT 0x00000000"] + look + work + look + ["W MBX0.SNAPSHOT 0xffffffff"] + look, \
        "as of the last snapshot", SMALL
    yield [*work, "W MBX0.START 0x00000001", "W MBX0.SNAPSHOT 0x00000000", *look, "R MBX0.WAIT",
           "W MBX0.SNAPSHOT 0x00000000", *look], "snapshot while busy", SMALL
    wide = [*bus.unlock(), "W MBX0.AMPLITUDE 0x0fff0fff", "W MBX0.ERASE_WIDTH 0x0000ffff", *bus.start(4), *bus.start(4)]
    yield wide + ["W MBX0.SNAPSHOT 0x00000000"] + look, "energy of more than 32 bits", {"tiles": [[24, 24]]}
    cycles = ["R MBX.CYCLES[0]", "R MBX.CYCLES[1]", "W MBX.SNAPSHOT 0x00000001", "R MBX.CYCLES[0]", "R MBX.CYCLES[1]"]
    for time in (50, (1 << 32) - 8, (1 << 32) - 3, 5 << 32):
        yield [*cycles, f"advance {time}", *cycles, "R CLINT.MTIME[0]", "R CLINT.MTIME[1]", "R CLINT.MTIME[0]"], \
            "time", {"tiles": [[1, 1]]}


def scalars(sampler: Sampler) -> Iterator[Labelled]:
    look = ["R MBX.SCALAR_VALUE", "R MBX.SCALAR_SLOPE"]
    for bank in ("SIGMOID", "TANH"):
        inputs = [(0, 1), (-1, 32767), (-32768, 4096), (8191, 8192), *(sampler.integers(2, -9000, 9000) for _ in range(4))]
        script = [line for pair in inputs for line in (bus.write(f"MBX.SCALAR_{bank}", bus.word(*pair)), *look)]
        yield script, "scalar port after reset", SMALL
        lines = [(0, 100, -5), (-4000, -3000, 20), (-4000, 5, 6), (3000, 32767, -32768)]
        setup = [f"W MBX.{bank}_COUNT 0x00000004", bus.write(f"MBX.{bank}_RAILS", bus.word(-20000, 21000))]
        for k, (begin, slope, offset) in enumerate(lines):
            setup += [bus.write(f"MBX.{bank}_BREAK[{k}]", begin & 0xFFFF),
                      bus.write(f"MBX.{bank}_LINE[{k}]", bus.word(slope, offset))]
        yield setup + script + [f"W MBX.{bank}_COUNT 0x00000001", *look, *script[:3]], "scalar port, four segments", SMALL
    yield ["W MBX0.START 0x00000001", "W MBX.SCALAR_TANH 0x10000008", *look, "R MBX0.WAIT", *look], "while busy", SMALL


def serial() -> Iterator[Labelled]:
    """What a stock driver of a 16550 does."""
    look = ["R UART.FCR", "R UART.LSR", "R UART.MSR"]
    yield (["W UART.LCR 0x00000083", "R UART.DATA", "R UART.IER", "W UART.DATA 0x00000041", "W UART.IER 0x00000012",
            "R UART.DATA", "R UART.IER", "W UART.LCR 0x00000003", "R UART.DATA", "R UART.IER", *look],
           "divisor latch", SMALL)
    for value in (0x00, 0x01, 0x07, 0x41, 0xC7, 0xFF):
        yield [bus.write("UART.FCR", value), *look, "W UART.FCR 0x00000000", *look], "FIFO control", SMALL
    yield (["W UART.IER 0x0000000f", "R UART.IER", *look, *look, "W UART.DATA 0x0000000a", *look, *look,
            "W UART.IER 0x00000000", *look, "W UART.IER 0x00000002", *look], "interrupt of the sender", SMALL)
    for outputs in (0x10, 0x11, 0x12, 0x14, 0x18, 0x1F, 0xFF, 0x0F):
        yield [bus.write("UART.MCR", outputs), "R UART.MCR", "R UART.MSR"], "loopback of the outputs", SMALL
    for control in (0x00, 0x01, 0x41, 0x81, 0xC1):
        script = ["W UART.MCR 0x00000010", "W UART.IER 0x00000003", bus.write("UART.FCR", control)]
        for byte in range(17):
            script += [bus.write("UART.DATA", byte), "R UART.FCR"]
        yield script + ["R UART.LSR"] + ["R UART.DATA", "R UART.FCR", "R UART.LSR"] * 18, "loopback of bytes", SMALL
        yield script + [bus.write("UART.FCR", control | 2), *look, "R UART.DATA"], "receiver emptied", SMALL
    yield (["W UART.MCR 0x00000010", "W UART.FCR 0x00000001", "W UART.DATA 0x00000007", "W UART.FCR 0x00000000",
            "R UART.LSR", "W UART.DATA 0x00000009", "W UART.LCR 0x00000080", "R UART.DATA", "R UART.LSR",
            "W UART.LCR 0x00000000", "R UART.DATA", "R UART.LSR"], "receiver kept behind the latch", SMALL)


def places() -> Iterator[Labelled]:
    """Blocks beside the crossbar."""
    yield ["R HOST.LEVEL", "R HOST.DATA", "W HOST.DATA 0x12345678", "R HOST.DATA", "R HOST.LEVEL"], "mailbox", SMALL
    yield ["R UART.LSR", "R UART.DATA", "W UART.DATA 0x00000041", "W UART.FCR 0x000000ff", "R UART.LSR", "R UART.MSR",
           "W UART.IER 0x00000005", "R UART.IER", "R UART.LCR"], "serial line", SMALL
    yield from serial()
    yield ["W FINISHER.FINISH 0x00001234", "W FINISHER.FINISH 0x55550000", "R MBX.ERROR"], "words that end nothing", SMALL
    yield ["R 0x80000000", "W 0x80000000 0xdeadbeef", "W 0x8003fffc 0x00c0ffee", "R 0x80000000", "R 0x8003fffc",
           "R 0x80000004", "R MBX.ERROR"], "memory", SMALL
    yield ["W 0x80000001 0x00000001", "R 0x80000002", "R 0x80000000", "R MBX.ERROR", "R MBX.ERROR_ADDRESS",
           "W MBX.ERROR 0x00000002", "R MBX.ERROR", "R MBX.ERROR_ADDRESS"], "misaligned memory", SMALL


def flags() -> Iterator[Labelled]:
    """SATURATED of any line shows in STATUS, is kept by an abort and by programming, and cleared by a conversion."""
    look = ["R MBX0.STATUS", "R MBX0.SATURATED[0]", "R MBX0.SATURATED[1]"]
    for line in (0, 1, 31, 32, 33):
        yield [*bus.unlock(), f"W MBX0.TRIM[{line}] 0xffff8000", *bus.start(5), *look, *bus.start(3), *look,
               "W MBX0.WATCHDOG 0x0000001d", *bus.start(5), *look, "W MBX0.WATCHDOG 0x00000000",
               f"W MBX0.TRIM[{line}] 0x80000000", *look, *bus.start(5), *look], "one line saturated", {"tiles": [[1, 34]]}


def clears() -> Iterator[Labelled]:
    """A written 1 clears its bit and no other."""
    all_bits = ["W MBX0.START 0x00000000", "W MBX0.DRIVE[0] 0x00007fff", "W MBX0.DRIVE[1] 0x00000000",
                "W MBX0.START 0x00000003", "R MBX0.START", "W 0x40015000 0x00000000", "R 0x40010001",
                "W MBX0.PULSE[0] 0x00010000", *bus.unlock(), "W MBX0.WATCHDOG 0x00000005", "W MBX0.START 0x00000001",
                "W MBX0.TRIM[0] 0x00000000", "R MBX0.SENSE[0]", "R MBX0.WAIT", "R MBX0.ERROR"]
    for bits in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 0, 0x555, 0x1FFF, 0xFFFFFFFF):
        yield all_bits + [bus.write("MBX0.ERROR", bits), "R MBX0.ERROR", "R MBX0.STATUS"], "tile errors", SMALL
    bus_bits = ["R 0x00000000", "R HOST.DATA+1", "R MBX.SNAPSHOT", "W MBX.IRQ_ENABLE 0x00020000",
                "W MBX.TANH_COUNT 0x00000000", "R MBX.ERROR", "R MBX.ERROR_ADDRESS"]
    for bits in (1, 2, 4, 8, 16, 0, 31, 32, 0xFFFFFFFF):
        yield bus_bits + [bus.write("MBX.ERROR", bits), "R MBX.ERROR", "R MBX.ERROR_ADDRESS"], "bus errors", SMALL


def groups(sampler: Sampler) -> Iterator[Labelled]:
    for plain in (misuse.wrong_access, misuse.reserved, misuse.stored, misuse.misaligned, misuse.unmapped,
                  misuse.starts, misuse.busy):
        for script, note in plain():
            yield script, note, SMALL
    for group in (misuse.indices, misuse.codes, resets, timings, interrupts, locks, counted, places, flags, clears):
        yield from group()
    yield from scalars(sampler)
    yield from stress(sampler)


def draw(sampler: Sampler) -> dict:
    synapse = sampler.choice(("reference", "differential"))
    tiles = [[sampler.integer(1, 8), 2 * sampler.integer(1, 4)] for _ in range(2)]
    chip = {"tiles": tiles, "synapse": synapse, "dacBits": sampler.integer(4, 12), "adcBits": sampler.integer(5, 16),
            "seed": sampler.word(), "cycleToCycle": sampler.integer(0, 20) / 100,
            "readNoisePicosiemens": sampler.integer(0, 30000), "adcOffsetMicrovolts": sampler.integer(0, 1000)}
    return {"chip": chip, "script": script_for(sampler, chip)}


def untouched() -> Iterator[Labelled]:
    """A class of misuse on a chip in use, then every register."""
    used = ["W MBX0.DRIVE[0] 0xfffb007f", *bus.start(1), *bus.unlock(), "W MBX0.PULSE[1] 0x00000009",
            "W MBX0.TRIM[1] 0x7fff0003", "W MBX0.ACTIVATION[0] 0x00000006", "W MBX.SCALAR_TANH 0x00100020"]
    for group in (misuse.wrong_access, misuse.reserved, misuse.misaligned, misuse.unmapped):
        refusals = [line for script, _ in group() for line in script if line not in misuse.ERRORS]
        yield used + refusals + misuse.everything(), f"{group.__name__.replace('_', ' ')}: nothing else changes", SMALL
    refusals = [script[0] for script, note in misuse.starts() if note in ("no such operation", "locked")]
    yield [*used, "W MBX0.UNLOCK 0x00000000", *refusals, *misuse.everything()], "refused starts: nothing else changes", SMALL


def cases() -> Iterator[dict]:
    for script, note, chip in (*groups(Sampler(9)), *untouched()):
        given = {"chip": chip, "script": script}
        yield {**({"note": note} if note else {}), "given": given, "expect": evaluate(given)}

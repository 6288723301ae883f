"""What firmware cannot cross: the lock, and limits that are written once."""

from __future__ import annotations

from typing import Iterator

from suites import _bus as bus

KIND = "bus"
PURPOSE = ("An implementation that passes keeps everything that can harm an array behind the lock, and lets no amplitude and no "
           "width above its limit into a register, whatever the order of the writes; limits are lowered once.")
SPECIFICATION = {"chip": "7.2"}
FIELDS = {**bus.FIELDS, **bus.EVENTS_FIELD}
SMALL = {"tiles": [[2, 2]]}
GUARDED = ("WATCHDOG", "AMPLITUDE", "ERASE_WIDTH", "FEEDBACK[0]", "FEEDBACK[1]", "TRIM[0]", "TRIM[1]", "LIMIT_AMPLITUDE",
           "LIMIT_WIDTH")
LOOK = [f"R MBX0.{name}" for name in ("AMPLITUDE", "ERASE_WIDTH", "PULSE[0]", "PULSE[1]", "LIMIT_AMPLITUDE", "LIMIT_WIDTH",
                                      "ERROR")]
CLEAR = "W MBX0.ERROR 0xffffffff"


def evaluate(given: dict) -> dict:
    return bus.outcome(given, True, "conductances", "events")


def put(name: str, value: int) -> list[str]:
    return [bus.write(f"MBX0.{name}", value), *LOOK, CLEAR]


def guarded() -> Iterator[list[str]]:
    """A write of each while locked, unlocked, and locked again; the other registers need no key."""
    for name in GUARDED:
        writes = [bus.write(f"MBX0.{name}", 0x0100 if name == "ERASE_WIDTH" else 0x7FFF if name == "LIMIT_WIDTH" else 0x01000100), f"R MBX0.{name}",
                  "R MBX0.ERROR", CLEAR]
        yield writes + bus.unlock() + writes + ["W MBX0.UNLOCK 0x00000000"] + writes
    yield [line for name in ("DRIVE[0]", "PULSE[0]", "ACTIVATION[0]", "WAIT_LIMIT")
           for line in (bus.write(f"MBX0.{name}", 1), f"R MBX0.{name}", "R MBX0.ERROR")]
    yield ["W MBX0.FEEDBACK[0] 0x00000000", "R MBX0.ERROR", CLEAR, "W MBX0.TRIM[2] 0x00000000", "R MBX0.ERROR", CLEAR,
           "W MBX0.START 0x00000001", "W MBX0.WATCHDOG 0x00000001", "R MBX0.ERROR", "R MBX0.WAIT"]


def amplitudes() -> Iterator[list[str]]:
    limit = 1250 | 1300 << 16
    for word in (1250 | 1300 << 16, 1251 | 1300 << 16, 1250 | 1301 << 16, 0, 4095 | 4095 << 16, 1300 | 1250 << 16):
        yield bus.unlock() + put("LIMIT_AMPLITUDE", limit) + put("AMPLITUDE", word) + bus.start(3)
    for first in (1199 | 1300 << 16, 1300 | 1199 << 16, 1200 | 1200 << 16, 4095 | 4095 << 16, 1 << 31 | limit):
        yield bus.unlock() + put("LIMIT_AMPLITUDE", first) + put("LIMIT_AMPLITUDE", limit) + put("AMPLITUDE", 0x04e204e2)
    yield (bus.unlock() + put("AMPLITUDE", 1000 | 900 << 16) + put("LIMIT_AMPLITUDE", 1000 | 900 << 16)
           + put("LIMIT_AMPLITUDE", 1000 | 899 << 16) + put("AMPLITUDE", 1001 | 900 << 16) + put("AMPLITUDE", 0))


def widths() -> Iterator[list[str]]:
    erase = put("ERASE_WIDTH", 90)
    for limit in (100, 90, 89, 0, 65535, 65536, 1 << 31 | 100):
        yield bus.unlock() + erase + put("LIMIT_WIDTH", limit) + put("LIMIT_WIDTH", 95) + put("ERASE_WIDTH", 96)
    for width in (100, -100, 101, -101, 32767, -32768, 0):
        yield (bus.unlock() + erase + put("LIMIT_WIDTH", 100) + put("PULSE[1]", width & 0xFFFF) + put("ERASE_WIDTH", width & 0xFFFF)
               + bus.start(3) + bus.start(4))
    for width in (-91, 91, 90, -32768):
        yield bus.unlock() + erase + put("PULSE[1]", width & 0xFFFF) + put("LIMIT_WIDTH", 90) + put("PULSE[1]", 0) + put(
            "LIMIT_WIDTH", 90)


def cases() -> Iterator[dict]:
    for script in (*guarded(), *amplitudes(), *widths()):
        given = {"chip": SMALL, "script": script}
        yield {"given": given, "expect": evaluate(given)}
    for maximum in (0, 1100, 1200, 1500):
        script = ["R MBX0.LIMIT_AMPLITUDE", "R MBX0.AMPLITUDE", *bus.unlock(), *put("AMPLITUDE", maximum << 16), *put("AMPLITUDE", maximum + 1),
                  *put("LIMIT_AMPLITUDE", (maximum + 1) * 0x10001), *put("LIMIT_AMPLITUDE", maximum * 0x10001)]
        given = {"chip": {**SMALL, "maxAmplitudeMillivolts": maximum}, "script": script}
        yield {"note": "the chip's absolute maximum", "given": given, "expect": evaluate(given)}

"""Supplies of references and drivers: their order, wake-up, and their loss."""

from __future__ import annotations

from typing import Iterator

from chip.tile import WAKE_UP
from suites import _bus as bus

KIND = "bus"
PURPOSE = ("An implementation that passes switches references on before drivers and drivers off before references, refuses every "
           "other order and every operation without its supply, lets references settle for their wake-up and marks what was "
           "converted before, and ends what is under way when the supplies fail.")
SPECIFICATION = {"chip": "6 to 6.3, 7"}
FIELDS = {**bus.FIELDS, **bus.COUNTERS_FIELD, **bus.EVENTS_FIELD,
          "script": bus.FIELDS["script"] + "; brown-out: the supplies of references and drivers fail then"}
SMALL = {"tiles": [[2, 2]]}
PAIR = {"tiles": [[1, 1], [2, 2]]}
STATE = ["R MBX0.SUPPLY", "R MBX0.SUPPLY_STATE", "R MBX0.ERROR"]
PENDING = "R MBX.IRQ_PENDING"
CAUSE = "R MBX.RESET_CAUSE"
CLEAR = "W MBX0.ERROR 0xffffffff"
LOOK = [*STATE, PENDING, CAUSE, *(f"R MBX0.{name}" for name in (
    "STATUS", "PULSE[0]", "PULSE[1]", "ABORTED", "ABORTED_CYCLES", "AMPLITUDE", "DRIVE[0]", "SENSE[0]"))]
# The state after a script that ends so, of what SUPPLY has and of whether it has settled.
STATES = {"on": [], "references": [1], "off": [1, 0], "settling": [1, 0, 1]}


def evaluate(given: dict) -> dict:
    return bus.outcome(given, True, "conductances", "counters", "events")


def supply(word: int, tile: int = 0) -> str:
    return bus.write(f"MBX{tile}.SUPPLY", word)


def state(name: str) -> list[str]:
    return [supply(word) for word in STATES[name]]


def later(script: list[str], cycles: int, chip: dict) -> str:
    """Lets so many cycles pass after the last access of a script."""
    return f"advance {bus.made({'chip': chip, 'script': script}).cycle + cycles}"


def orders() -> Iterator[list[str]]:
    """Every word in every state, then every word again, and all of them at once settled."""
    for name in STATES:
        for first in range(4):
            for second in range(4):
                yield [*state(name), *STATE, supply(first), *STATE, CLEAR, supply(second), *STATE, PENDING, "R MBX0.WAKE_UP"]
    yield ["W MBX0.START 0x00000005", supply(1), *STATE, "R MBX0.WAIT", supply(1), *STATE]
    yield ["W MBX0.SUPPLY_STATE 0x0000000f", "W MBX0.WAKE_UP 0x00000000", "W MBX0.SUPPLY 0x00000004", *STATE]


def operations() -> Iterator[list[str]]:
    """Each in each state: refused without its supply, unsettled codes marked; the refusals that come before."""
    for name in STATES:
        for operation in range(1, 7):
            begin = [*bus.unlock(), "W MBX0.DRIVE[0] 0x0040007f", "W MBX0.TRIM[1] 0xffff8000", *bus.pulses([9, -7]),
                     "W MBX0.ERASE_WIDTH 0x00000010", *bus.start(6)]
            yield [*begin, *state(name), *bus.start(operation, row=1), *LOOK, "R MBX0.SATURATED[0]", CLEAR, "W MBX0.SNAPSHOT 0x00000000",
                   "R MBX0.READS[0]", *bus.start(5), *LOOK]
        yield [*state(name), *bus.start(0), *STATE, CLEAR, *bus.start(3), *STATE, CLEAR, *bus.unlock(), *bus.start(3, row=2), *STATE, CLEAR,
               *bus.start(4), *STATE]


def settling() -> Iterator[list[str]]:
    """At the edges of the wake-up: what the state says, whether drivers rise, whether codes are marked."""
    begin = ["W MBX0.DRIVE[0] 0x0040007f", *state("settling")]
    for cycles in (WAKE_UP - 2, WAKE_UP - 1, WAKE_UP):
        wait = later(begin, cycles - 1, SMALL)
        for tried in (["R MBX0.SUPPLY_STATE"], [supply(3)], bus.start(1), bus.start(6)):
            yield [*begin, wait, *tried, *STATE, "R MBX0.STATUS", "R MBX0.SENSE[0]", supply(3), *STATE, PENDING]
    # Under way as the references settle; off in the meantime; twice; a reset meanwhile.
    wait = later(begin, WAKE_UP - 10, SMALL)
    yield [*begin, wait, *bus.start(1), *STATE, "R MBX0.SENSE[0]", *bus.start(1), "R MBX0.SENSE[0]", "R MBX0.STATUS"]
    yield [*begin, wait, supply(0), supply(1), later([*begin, wait], 30, SMALL), *STATE, later([*begin, wait], WAKE_UP + 30, SMALL), *STATE]
    yield [*begin, wait, supply(1), supply(1), later([*begin, wait], 30, SMALL), *STATE]
    yield [*begin, wait, supply(0), later([*begin, wait], 2 * WAKE_UP, SMALL), *STATE, supply(3), *STATE]
    for word in (0x100, 2):
        yield [*begin, wait, bus.write("MBX.RESET", word), *STATE, *bus.start(6), "R MBX0.STATUS", later([*begin, wait], 40, SMALL), *STATE]
        for name in STATES:
            yield [*state(name), bus.write("MBX.RESET", word), *STATE, CAUSE]


def under_way(operation: int, cycles: int) -> list[str]:
    """An operation that has had some cycles."""
    setup = [*bus.unlock(), "W MBX0.ERASE_WIDTH 0x00000028", "W MBX0.AMPLITUDE 0x06400640", *bus.pulses([40, -30]),
             "W MBX0.DRIVE[0] 0x0040007f", *bus.start(6), bus.write("MBX0.START", operation | 1 << 16)]
    return setup + ([later(setup, cycles, SMALL)] if cycles else [])


def failures() -> Iterator[list[str]]:
    """Of both supplies, at the edges of operations and in every state; up again afterwards."""
    again = [CLEAR, supply(3), *STATE, CLEAR, supply(1), *STATE]
    for operation, times in {3: (0, 1, 41, 80, 81, 129, 130, 131, 189, 239, 240), 4: (1, 80, 130, 131, 259, 260), 1: (1, 10, 29, 30),
                             2: (15,), 5: (7,), 6: (29,)}.items():
        for cycles in times:
            yield [*under_way(operation, cycles), "brown-out", *LOOK, *bus.start(3), "R MBX0.ERROR"]
    for name in STATES:
        yield [*bus.unlock(), *state(name), "brown-out", *LOOK, *again, "W MBX.RESET_CAUSE 0xffffffff", CAUSE, "brown-out", CAUSE, *STATE]
    yield [*state("settling"), "brown-out", "advance 2000", *STATE]
    begin = [*under_way(3, 41), "brown-out", *again]
    ready = later(begin, WAKE_UP, SMALL)
    yield [*begin, ready, *STATE, supply(3), *STATE, *bus.start(3, row=1), *LOOK, "R MBX.IRQ_PENDING", "W MBX.IRQ_PENDING 0xffffffff",
           "brown-out", PENDING, CAUSE, bus.write("MBX.RESET", 2), CAUSE, *STATE]


def pairs() -> Iterator[list[str]]:
    """Of two tiles, each by itself but for a failure; ends and wake-ups in the order of time, then of tiles."""
    tell = [PENDING, *(f"R MBX{tile}.{name}" for tile in (0, 1) for name in ("SUPPLY_STATE", "ERROR", "STATUS", "ABORTED"))]
    both = [supply(word, tile) for word in (1, 0) for tile in (0, 1)]
    yield [supply(1, 1), *tell, *bus.unlock(0), *bus.unlock(1), *bus.start(4, tile=1), *bus.start(4, tile=0), *tell]
    yield ["W MBX0.START 0x00000005", "W MBX1.START 0x00000005", "brown-out", *tell]
    yield ["W MBX1.START 0x00000005", supply(1), supply(0), "brown-out", *tell]
    for first, second in ((0, 1), (1, 0)):
        begin = [*both, supply(1, first), supply(1, second)]
        yield [*begin, later(begin, 2 * WAKE_UP, PAIR), *tell]
    begin = [*both, supply(1, 1)]
    wait = later(begin, WAKE_UP - 32, PAIR)
    for more in range(4):
        yield [*begin, supply(1, 0), wait, *["R MBX.TILES"] * more, "W MBX1.START 0x00000005", later(begin, 2 * WAKE_UP, PAIR), *tell]


def cases() -> Iterator[dict]:
    groups = ((orders(), SMALL), (operations(), SMALL), (settling(), SMALL), (failures(), SMALL), (pairs(), PAIR))
    for scripts, chip in groups:
        for script in scripts:
            given = {"chip": chip, "script": script}
            yield {"given": given, "expect": evaluate(given)}

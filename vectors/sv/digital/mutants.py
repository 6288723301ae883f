#!/usr/bin/env python3
"""Makes mistakes in the hand-written RTL of the digital side, all in one copy, each behind a switch.

    mutants.py RTL OUT >LIST

In a simulation `+mutant=7` switches the 7th on, and nothing without. A line of what is printed is a mistake's number and what it is.
"""

import pathlib
import sys

PACKAGE = (pathlib.Path(__file__).resolve().parents[1] / "mutants_pkg.sv").read_text()

# What it is, the module, an expression in it, and what stands there instead.
MISTAKES = [
    ("an operation ends a cycle late", "sequencer", "age >= span", "age > span"),
    ("the watchdog ends what takes just as long", "sequencer", "duration > 48'(watchdog)", "duration >= 48'(watchdog)"),
    ("the watchdog ends nothing", "sequencer", "watchdog != 0", "1'b0"),
    ("the first step of a pulse counts as not given", "sequencer", "cycles == 1 ? 18'd1 : steps_now + 18'(step == 0)",
     "cycles == 1 ? 18'd0 : steps_now + 18'(step == 0)"),
    ("RESETs come before SETs", "sequencer", "longest_set != 0", "longest_set != 0 && longest_reset == 0"),
    ("an ERASE stays on its first row", "sequencer", "row_now + 10'd1", "row_now"),
    ("converters sample a cycle early", "tile", "age == 48'(settle_cycles)", "age == 48'(settle_cycles) - 48'd1"),
    ("gain 1 has the resistor of gain 0", "tile", "held.FEEDBACK[next.gain].OHMS.value", "held.FEEDBACK[0].OHMS.value"),
    ("START.LINEAR bypasses no circuit", "tile", "at_hand.linear", "1'b0"),
    ("READ_T takes the codes of all lines", "tile", "at_hand.operation == READ_T ? constants.word_lines : longer", "longer"),
    ("SATURATED keeps what it had", "tile", "takes ? '0 : kept_saturated", "kept_saturated"),
    ("a conversion that ends early leaves no STALE", "tile", "!converted", "1'b0"),
    ("any word unlocks", "tile", "request.data != KEY", "1'b0"),
    ("a load of WAIT stalls for nothing", "tile", "!(waits && busy && !gives_up)", "1'b1"),
    ("the odd code of a pair is not judged", "judge", "beyond(data[31:16])", "1'b0"),
    ("a line beyond the last is taken", "judge", "place.index >= count", "place.index > count"),
    ("a busy tile takes no UNLOCK", "judge", "place.register inside {MBX_TILE_ERROR, MBX_TILE_UNLOCK, MBX_TILE_SNAPSHOT}",
     "place.register inside {MBX_TILE_ERROR, MBX_TILE_SNAPSHOT}"),
    ("pulses are started while locked", "judge", "start.operation inside {PROGRAM_ROW, ERASE} && locked", "1'b0"),
    ("a pulse ends a cycle early for SERIAL_CYCLES", "counters",
     "cycles <= 32'(STEP_CYCLES) * 32'(width) + 32'(constants.relax)", "cycles < 32'(STEP_CYCLES) * 32'(width) + 32'(constants.relax)"),
    ("what converted nothing is a read", "counters", "64'(converted)", "64'(over && at_hand.operation != PROGRAM_ROW)"),
    ("MBX takes ones outside its fields", "mbx", "(data & place.reserved) != 0", "1'b0"),
    ("errors of tiles pend nothing", "chip", "8'(raised)", "8'd0"),
    ("an access takes two cycles", "chip", "!(request.rest && PREADY)", "1'b1"),
]


def main(folder, out):
    out = pathlib.Path(out)
    sources = {path.name: path.read_text() for path in sorted(pathlib.Path(folder).glob("digital_*.sv"))}
    for number, (what, module, old, new) in enumerate(MISTAKES, 1):
        name = f"digital_{module}.sv"
        if sources[name].count(old) != 1:
            sys.exit(f"{name}: '{old}' stands there {sources[name].count(old)} times, expected once")
        sources[name] = sources[name].replace(old, f"(mutants_pkg::chosen == {number} ? ({new}) : ({old}))")
        print(number, what)
    for name, source in sources.items():
        (out / name).write_text(source)
    (out / "mutants_pkg.sv").write_text(PACKAGE)


main(*sys.argv[1:])

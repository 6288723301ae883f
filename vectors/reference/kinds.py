"""Kinds of mistakes, by the sentences of the specification that a mistake of the kind breaks. `flags` of a case are the kinds of
the sentences that it holds: they are measured, as those are."""

from __future__ import annotations

from collections.abc import Iterable

# A name, what is wrong, and where in the specification: sections, and single sentences, which are not of their section's kind.
KINDS = {
    "saturation": ("what narrows wraps, or stops elsewhere", "CHIP-1.1"),
    "rounding": ("ties, or the direction of rounding", "CHIP-1.2"),
    "requantiser": ("multiplication by a rational number", "CHIP-1.3"),
    "circuits": ("segments, rails, slopes and tables of the activation circuits", "CHIP-1.4 CHIP-1.5 CHIP-3.6"),
    "map": ("addresses, fields, access kinds and reset values of the registers", "CHIP-0"),
    "configuration": ("what follows from how the chip is made", "CHIP-2"),
    "weights": ("codes of conductances, and weights of both synapses", "CHIP-3.1 CHIP-3.2"),
    "dac": ("voltage of a code, its offset and bow, and which lines are driven", "CHIP-3.3"),
    "sums": ("the sum of currents, its width and its noise", "CHIP-3.4"),
    "amplifier": ("feedback, rounding and rails of the amplifier", "CHIP-3.5"),
    "adc": ("mismatch, trim, rounding and overrange of a converter", "CHIP-3.7"),
    "conversions": ("which lines an operation converts, and what it sets and clears", "CHIP-3.8"),
    "energy": ("energy of reads and pulses", "CHIP-3.9", "CHIP-5.4.1 CHIP-5.4.2 CHIP-5.4.3 CHIP-5.4.4"),
    "system-energy": ("energy of the system: converters, amplifiers, lines, bus, controller, regulator", "NRG-0 NRG-1 NRG-2 NRG-3"),
    "draws": ("random numbers, and which draw is whose", "CHIP-4.1 CHIP-4.2 CHIP-4.3 DEV-6"),
    "devices": ("what a pulse does to a cell of a device model", "CHIP-5.1 CHIP-5.2 DEV-0 DEV-1 DEV-2 DEV-3 DEV-3.1 DEV-3.2 DEV-4 DEV-5"),
    "variations": ("spread from cell to cell, from pulse to pulse, and stuck cells", "CHIP-5.3 DEV-7"),
    "phases": ("which cells a phase moves, selected and half-selected, and in which order", "CHIP-5.4"),
    "rows": ("PROGRAM_ROW: its phases, times, counts and what is left of PULSE", "CHIP-5.5"),
    "erase": ("ERASE", "CHIP-5.6"),
    "time": ("cycles of accesses and operations, stalls, interrupts, STATUS", "CHIP-6"),
    "counters": ("counters and their snapshots", "", "CHIP-6.21 CHIP-6.22 CHIP-6.23 CHIP-6.24 CHIP-6.25"),
    "early-end": ("an operation that ends early", "CHIP-6.1"),
    "resets": ("what a reset ends, and what it leaves", "CHIP-6.2"),
    "supplies": ("order, wake-up and loss of supplies", "CHIP-6.3"),
    "decoding": ("which block answers, and what is refused before it: alignment, access kind, reserved bits", "CHIP-7.1"),
    "tile-registers": ("what a tile's registers refuse, and in which order", "CHIP-7.2"),
    "lock": ("what is refused while a tile is locked", "", "CHIP-7.2.3 CHIP-7.2.6 CHIP-7.2.9 CHIP-7.2.20"),
    "limits": ("limits of amplitudes and widths", "", "CHIP-7.2.13 CHIP-7.2.14 CHIP-7.2.15 CHIP-7.2.21 CHIP-7.2.22 CHIP-7.2.23"),
    "chip-registers": ("registers of MBX, and its scalar port", "CHIP-7.3"),
    "blocks": ("mailbox, serial line, timer, finisher, memory", "CHIP-7.4"),
    "flash": ("pages, words, wear and torn operations of the flash", "CHIP-7.5"),
    "features": ("what a chip says that it has more", "CHIP-7.6", "FW-13.1"),
    "windows": ("signals and pairs of widths by the windows of a tile", "CHIP-7.7", "FW-13.2 FW-13.3 FW-13.4 FW-13.5 FW-13.6"),
    "cell-unit": ("cells and outputs of the cell unit, its lines, its time and what it refuses", "CHIP-7.8 FW-13"),
    "events": ("what the log tells, and in which order", "CHIP-8"),
    "driver": ("how the controller drives a tile, operates it and takes its codes", "FW-0 FW-1.1 FW-1.2 FW-1.3 FW-1.4 FW-1.4.1 FW-1.5 FW-1.6 FW-1.7"),
    "mailbox": ("requests: their words, checks, statuses and answers", "FW-2.1 FW-2.2 FW-2.3 FW-2.4"),
    "scale": ("weights and feedback resistors", "FW-3"),
    "widths": ("pulse widths from a table of times", "FW-4.1 FW-4.2 FW-4.3"),
    "program-verify": ("rounds, damping, tolerance and report of program–verify", "DEV-8 FW-5.1 FW-5.2 FW-5.3 FW-5.4 FW-5.5 FW-5.6"),
    "network": ("steps of the LSTM, the dense layer, sequences", "FW-6.1 FW-6.2 FW-6.3 FW-6.4 FW-6.5 FW-6.6"),
    "training-requests": ("settings, rates and state of a training", "FW-7.1 FW-7.2 FW-7.3 FW-7.9 FW-7.10"),
    "losses": ("losses and their errors", "FW-7.4"),
    "back-propagation": ("errors through time and layers, and their gradients", "FW-7.5 FW-7.6 FW-7.8"),
    "updates": ("from gradients to pulses", "FW-7.7"),
    "error-feedback": ("debts, means and thresholds of the rule errorFeedback", "FW-7.12"),
    "calibration": ("offset and gain of the converters, measured and trimmed", "FW-8.1 FW-8.2 FW-8.3 FW-8.4"),
    "record": ("slots, words, sums and checks of the commissioning record", "FW-10.1 FW-10.2 FW-10.3 FW-10.4"),
    "sides": ("two networks on four tiles", "FW-11"),
    "scrub": ("weights that have changed, found and written back", "FW-12"),
}
NAMED = {number: name for name, (_, _, *sentences) in KINDS.items() for number in " ".join(sentences).split()}
SECTIONS = {section: name for name, (_, sections, *_) in KINDS.items() for section in sections.split()}


def kind(number: str) -> str:
    """Of a sentence: CHIP-6.1.1 is the first of section 6.1, CHIP-6.1 the first of section 6, CHIP-0.1 of what stands before 1."""
    found = NAMED.get(number) or SECTIONS.get(number.rpartition(".")[0])
    if found is None:
        raise ValueError(f"no kind of mistakes has the section of {number}")
    return found


def flags(holds: Iterable[str]) -> list[str]:
    """The kinds of sentences, each once, in the order of the table."""
    found = {kind(number) for number in holds}
    return [name for name in KINDS if name in found]


def meanings(names: Iterable[str]) -> dict[str, str]:
    wanted = set(names)
    return {name: row[0] for name, row in KINDS.items() if name in wanted}

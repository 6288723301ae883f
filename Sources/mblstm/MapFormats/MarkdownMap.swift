import Board
import Crossbar
import Registers
import Trace

/// The memory map as the manual of whoever writes firmware or RTL against the chip.
enum MarkdownMap {
  static func text() -> String {
    ([preamble, places, operations, flashOperations, circuits] + chapters.map(chapter) + [readChain, programming])
      .joined(separator: "\n\n")
  }

  /// One of the tiles stands for all.
  private static var chapters: [BlockMap] { BlockMap.board(tiles: 1) }

  private static var accesses: String {
    Access.allCases.map { "`\($0.abbreviation)` \($0.meaning)" }.joined(separator: ", ")
  }

  private static var impure: String {
    Access.allCases.filter { !$0.isReadPure }.map { "`\($0.abbreviation)`" }.joined(separator: ", ")
  }

  private static var preamble: String {
    """
    # Memory map of the MbLSTM board

    Printed by `mblstm map --markdown` from the one description in `Sources/Registers`; a test keeps this file current.

    All registers are 32 bits at addresses that are multiples of 4, but for the byte-wide UART. Access, of a register or,
    where it is *mixed*, of each field:
    \(accesses).
    Numbers marked *signed* are two's complement. Reading has no side effect, except on \(impure) and on `WAIT`.

    **Misuse changes nothing.** An access that the hardware refuses sets one sticky bit of the `ERROR` register of its
    block (of `MBX.ERROR` where there is no block), appears in the log, and has no other effect; a refused read returns
    0, but a stale `SENSE` the previous codes and a `WAIT` that gives up the status. The first of these that applies is the
    one raised: `MISALIGNED`, `UNMAPPED`, `ACCESS`, `RESERVED` (not where ones only clear: all ones clear every bit), `BUSY`,
    `INDEX` (an array element beyond the tile's lines), `LOCKED`, then what the register itself refuses, `LIMIT` last; of a
    start `OPERATION`, `LOCKED`, `INDEX`, then `SUPPLY` of a tile's, `ONES` of the flash's. Every error of a tile or of `MBX` pends its interrupt. Where a tile has an odd number of lines, the odd half of
    the last word is kept and has no effect.
    """
  }

  static var places: String {
    let rows = BlockMap.board(tiles: 1).map { block in
      let optional = block.needs.isEmpty ? "" : " (of chips with `\(block.needs.words)`)"
      let name = block.number == nil ? block.fullName + optional : "MBX0 … MBX7"
      let base =
        block.number == nil ? "`\(hex(block.base))`" : "`\(hex(block.base))` + n · `\(hex(MemoryMap.tileStride, 5))`"
      return "| \(name) | \(base) |"
    }
    return (["## Places", "", "| block | base |", "|---|---|"] + rows + ["| RAM | `\(hex(MemoryMap.ram))` |"])
      .joined(separator: "\n")
  }

  static var operations: String {
    let rows = Operation.allCases.map { "| \($0.rawValue) | `\($0.name)` | \($0.meaning) |" }
    return (["## Operations", "", "| code | name | effect |", "|---|---|---|"] + rows).joined(separator: "\n")
  }

  static var flashOperations: String {
    let rows = FlashOperation.allCases.map { "| \($0.rawValue) | `\($0.name)` | \($0.meaning) |" }
    return (["## Operations of the flash", "", "| code | name | effect |", "|---|---|---|"] + rows)
      .joined(separator: "\n")
  }

  static var circuits: String {
    let rows = Circuit.allCases.map { "| \($0.rawValue) | `\($0.name)` | \($0.meaning) |" }
    return (["## Circuits", "", "| code | name | effect |", "|---|---|---|"] + rows).joined(separator: "\n")
  }

  static func chapter(_ block: BlockMap) -> String {
    let name = block.number == nil ? block.fullName : "MBXn (a tile)"
    let features = block.needs.isEmpty ? [] : ["", "Of chips with `\(block.needs.words)` among their `features`."]
    let heads =
      ["## \(name)"] + features + ["", "| offset | register | access | reset | meaning |", "|---|---|---|---|---|"]
    return (heads + block.entries.map(row)).joined(separator: "\n")
  }

  private static func row(_ entry: BlockMap.Entry) -> String {
    let register = entry.register
    let fields = register.fields.map { field in
      "<br>`\(field.name)` [\(field.bits)]\(register.ownAccess(of: field).map { " \($0)" } ?? "")\(field.isSigned ? " signed" : ""): \(field.text)"
    }.joined()
    return "| `\(hex(entry.offset, 4))` | `\(register.arrayName)` | \(register.accessText) "
      + "| \(register.resetText) | \(register.text)\(fields) |"
  }

  private static var step: Int { AnalogScale.microvoltsPerStep }
  private static var fullScale: (numerator: Int64, denominator: Int64) { ConductanceCode.fullScale }

  static let readChain = """
    ## What a read computes

    All integers; *round* is half up: `⌊x + ½⌋`.

    1. A line driven with code `c` carries `c · READ_VOLTAGE` microvolts; `READ_VOLTAGE = \
    round(\(grouped(Electrical.readMicrovolts)) / c_max)`,
       `c_max = 2^(DAC_BITS − 1) − 1`.
    2. A cell's conductance `G` (picosiemens) is seen as `g = min(round(G / S), \(grouped(ConductanceCode.largest)))` \
    with the step
       `S = ⌈\(fullScale.numerator) · G_max / (\(fullScale.denominator) · \(grouped(ConductanceCode.largest)))⌉`. \
    The weight at a word line and a column is `g − g_ref`, the reference being the
       code of `⌊(G_min + G_max) / 2⌋`, or `g_even − g_odd` for a pair.
    3. The current of a sensed line is `I = Σ c · weight · READ_VOLTAGE · S` attoamperes, plus noise when there is any.
    4. The amplifier's output in steps of \(step) µV is `z = round(I · FEEDBACK / (\(step) · 10¹²))`, limited to a signed \
    16-bit number.
       It reads as Q3.12.
    5. Behind a sigmoid or tanh circuit (`ACTIVATION`, unless `START.LINEAR` or `READ_T`) the output is the line of the
       segment that holds `z`: `y = OFFSET + round(SLOPE · z / 2¹¹)`, limited to the rails. It reads as Q0.15. The local
       slope is `SLOPE`, or 0 where the line is at or beyond a rail. A linear column hands `z` on.
    6. `TRIM`: `v = round((y − OFFSET) · GAIN / 2¹⁵)`; the code is `round(v / 2^(16 − ADC_BITS))`, limited to
       `ADC_BITS` signed bits. `ZERO` and `REFERENCE` give every converter `y = 0` and \
    `y = \(grouped(AnalogScale.reference))`, \(decimal(Double(AnalogScale.referenceMicrovolts) / 1000, 1)) mV.

    The segment that holds `z` is the first whose successor's `BREAK` is above `z`. Of the rails, `LOW` is looked at first.
    A conversion takes `SETTLE + TIMING.CONVERT` cycles. `SENSE` changes when it ends, with the circuits' registers
    as they are then.
    """

  static let programming = """
    ## What programming does

    `PROGRAM_ROW` takes `ROW` and the signed widths in `PULSE`. Phase P puts the positive widths on their bit lines as SET
    pulses, all at once, half of `AMPLITUDE.SET_MV` on the word line and minus half on the bit lines; phase N the negative
    ones as RESET pulses. A phase takes `\(Electrical.cyclesPerPulseStep) · widest + TIMING.RELAX` cycles, or none without a pulse. `PULSE` is 0
    afterwards. Half the amplitude lies on every cell of the word line whose bit line has no pulse (any more) while the
    widest pulse lasts, and on the other cells of a pulsed bit line while its pulse lasts.

    An operation longer than `WATCHDOG` cycles ends there, with the effect of the cycles that passed: pulses as long as they
    lasted, phases and word lines not begun left alone, `PULSE` what is left of the widths (a step begun counts as given).
    `ABORTED` and `ABORTED_CYCLES` tell where it stood. A conversion that ends so leaves `SENSE` as it was: `STATUS.STALE`.
    A reset ends what is under way in the same way; arrays, supplies, limits, `PULSE` and what tells of the end stay. So does
    power that goes, and a brown-out, which switches references and drivers off.

    Supplies are on and settled after power-up. `SUPPLY` takes 1 (references alone), then 0, and up again 1, then 3 once
    `SUPPLY_STATE.SETTLED`; every other order is refused with `SUPPLY`, as is a start without its supply. A conversion that
    starts before they have settled leaves `SENSE` as it was: `STATUS.STALE`.
    """
}

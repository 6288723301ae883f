import Board
import Registers

/// In which order supplies come and go, and what happens otherwise.
enum PowerText {
  static func text(_ chip: ChipConfiguration) -> String {
    let cycles = chip.timing.wakeUp
    let supply = "`\(TileError.supply.field.name)`"
    return """
      A tile has three supplies. They come up from the first to the last, and go down the other way; the chip does so by
      itself at power-up, and counts its cycles from when the references have settled.

      \(MarkdownTable.text(["supply", "of", "up", "down"], rows(cycles)))

      A word of `SUPPLY` that is out of order changes nothing and sets \(supply); so does a start without its supply, for
      which `PROGRAM_ROW` and `ERASE` need the drivers and conversions the references. A conversion that starts before
      `SUPPLY_STATE.SETTLED` takes its time and leaves `SENSE` as it was: `STATUS.STALE`. Resets leave supplies as they are.

      When the supplies of references and drivers fall below their thresholds (brown-out), what is under way ends with the
      dose that it has had, drivers and references go off, \(supply) is set where they were on, and `RESET_CAUSE.BROWN_OUT`
      tells; no register is reset, and they stay off until they are switched on again. When power goes, what is under way
      ends in the same way; after power-up arrays are as they were left and everything else is as after reset.
      """
  }

  private static func rows(_ cycles: Int) -> [[String]] {
    let wait = "\(cycles) cycles (`WAKE_UP`) until they have settled"
    return [
      ["logic", "registers, time", "with the power", "with the power"],
      [
        "`ANALOG`", "references, amplifiers, converters", "`SUPPLY` = 1; \(wait)", "`SUPPLY` = 0, once drivers are off",
      ],
      ["`DRIVERS`", "drivers of pulses", "`SUPPLY` = 3, once references have settled", "`SUPPLY` = 1"],
    ]
  }
}

import Board
import Crossbar
import Registers

/// What a part is never asked for, and what happens when it is.
enum Maxima {
  static func text(_ chip: ChipConfiguration) -> String {
    """
    The registers take no more than this; what is beyond is refused and sets the error named. `LIMIT_AMPLITUDE` and
    `LIMIT_WIDTH` lower theirs once, until power goes. The model of the devices does not break them: what voltages within
    these limits do to real cells is their maker's to say.

    \(MarkdownTable.text(["quantity", "minimum", "maximum", "unit", "beyond"], rows(chip)))
    """
  }

  private static func rows(_ chip: ChipConfiguration) -> [[String]] {
    let limits = (amplitude: chip.reset(of: .limitAmplitude), width: chip.reset(of: .limitWidth))
    let fields = [TileRegister.Amplitude.set, TileRegister.Amplitude.reset].map { field in
      ["AMPLITUDE.\(field.name)", "0", "\(field.decode(limits.amplitude))", "mV", limit]
    }
    let longest = Int(TileRegister.Limit.width.decode(limits.width))
    let step = chip.timing.stepNanoseconds
    let held = -min(longest, Int(PulseSteps.longest.count) + 1)...min(longest, Int(PulseSteps.longest.count))
    return fields + [
      ["Width in PULSE", "\(held.lowerBound)", "\(held.upperBound)", "steps of \(step) ns", limit],
      ["ERASE_WIDTH", "0", "\(longest)", "steps of \(step) ns", limit],
      [
        "Code in DRIVE", "\(-chip.largestDriveCode)", "\(chip.largestDriveCode)", "DAC steps",
        "\(TileError.code.field.name)",
      ],
      ["FEEDBACK", "1", "\(UInt32.max)", "Ω", "\(TileError.code.field.name)"],
      ["Word lines, bit lines", "1", "\(MemoryMap.maximumLines)", "", "\(TileError.index.field.name)"],
      ["Tiles", "1", "\(MemoryMap.maximumTiles)", "", "\(ChipError.unmapped.field.name)"],
    ]
  }

  private static var limit: String { "\(TileError.limit.field.name)" }
}

import Board
import Files
import Tasks
import Trace

/// Writes the data sheet of a chip and its bring-up guide, or goes through the guide.
enum DatasheetVerb: Verb {
  static let name = "datasheet"
  static let summary = "Write a chip's data sheet and bring-up guide, or go through the guide."
  static let usage = "datasheet [--out DIR | --bring-up]"
  static let discussion = """
    Everything in them derives from what the emulator is made of: the register map, the chip's properties, its device, the
    controller's protocol, and waves of the emulated chip. Without --out the data sheet goes to standard output, without
    figures. With it DIR has datasheet.md and its figures, bring-up.md, and bring-up.c with the guide's programs.

    --bring-up does the twenty steps of the guide to the emulated chip and prints what it measured; status 1 says that
    a step failed.

    example: mblstm datasheet --out sheet --adc-bits 10
             mblstm datasheet --bring-up --chip chip.json
    """
  static let options =
    [
      Option("--out", short: "-o", "DIR", .folder(.written), "The folder to write into."),
      Option("--bring-up", "Go through the guide on the emulated chip."),
      BoardArguments.tiles,
    ] + ChipArguments.options

  static func chip(_ arguments: Arguments) throws -> ChipConfiguration { try BoardArguments.freshChip(arguments) }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let chip = try chip(arguments)
    guard !arguments.has("--bring-up") else {
      guard !arguments.has("--out") else { throw UsageError("--out and --bring-up: expected one of them") }
      return try bringUp(BringUpGuide(chip))
    }
    let sheet = try Datasheet(chip)
    guard let folder = arguments.text("--out") else {
      Console.print(try sheet.markdown(withFigures: false))
      return .success
    }
    let files = try sheet.files(with: BringUpGuide(chip))
    try FilePath.makeFolder(folder)
    for file in files { try OutputFile.write(file.text, to: "\(folder)/\(file.name)") }
    Console.print(files.map { "\(folder)/\($0.name)" }.joined(separator: "\n"))
    return .success
  }

  private static func bringUp(_ guide: BringUpGuide) throws -> ExitStatus {
    var bench = BringUpBench(guide, on: try Machine(guide.chip, log: NoLog()))
    let outcomes = bench.run()
    Console.print(BringUpText.text(outcomes, guide))
    return outcomes.allSatisfy(\.passed) ? .success : .difference
  }
}

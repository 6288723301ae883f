import Board
import Crossbar
import Registers

/// The data sheet of a chip.
struct Datasheet {
  let chip: ChipConfiguration
  private let figures: [TimingFigure]

  /// - Throws: what is wrong with the configuration.
  init(_ chip: ChipConfiguration) throws {
    self.chip = chip
    figures = try TimingRuns(chip).figures()
  }

  /// A file beside the sheet.
  struct File {
    let name: String
    let text: String
  }

  /// The sheet with its figures, and the guide with its programs.
  func files(with guide: BringUpGuide) throws -> [File] {
    [
      File(name: "datasheet.md", text: try markdown(withFigures: true) + "\n"),
      File(name: "block-diagram.svg", text: BlockDiagram(chip: chip).svg),
    ] + figures.map { File(name: "\($0.name).svg", text: $0.svg) }
      + [
        File(name: "bring-up.md", text: BringUpText(guide: guide).markdown),
        File(name: "bring-up.c", text: CProgram.file(guide)),
      ]
  }

  /// - Parameter withFigures: whether the figures are files beside it.
  func markdown(withFigures: Bool) throws -> String {
    let sections = [
      section("Absolute maxima", Maxima.text(chip)), section("Characteristics", try Characteristics(chip).text()),
      section("Options of a part", options), section("The device", DeviceSection.text(chip.device)),
      MarkdownMap.operations, MarkdownMap.flashOperations, MarkdownMap.circuits,
      section("Power sequencing", PowerText.text(chip)),
      section("Timing", timing(withFigures)), registers,
      MarkdownMap.readChain, MarkdownMap.programming, section("Mailbox protocol", ProtocolText.text),
      section("Map versions and errata", versions),
    ]
    return ([head(withFigures)] + sections).joined(separator: "\n\n")
  }

  private func section(_ title: String, _ text: String) -> String { "## \(title)\n\n\(text)" }

  private func image(_ name: String, _ title: String) -> String { "![\(title)](\(name).svg)" }

  private func head(_ withFigures: Bool) -> String {
    """
    # MBX, a memristor LSTM accelerator: data sheet

    Written by `mblstm datasheet` from the emulator's sources, for \(ChipSummary.sentence(chip)). Register map
    \(MapVersion.current >> 16).\(MapVersion.current & 0xffff). The chip is emulated; no part has been made.
    """ + (withFigures ? "\n\n\(image("block-diagram", "Block diagram"))" : "")
  }

  private var options: String {
    let table = ChipConfiguration.properties
    return "What a part is ordered with, and what this one has.\n\n"
      + MarkdownTable.text(
        ["option", "meaning", "range", "usual", "this part"],
        table.properties.map { property in
          [
            "`\(property.name)`", property.meaning, property.limits, property.described(property[table.usual]),
            property.described(property[chip]),
          ]
        })
  }

  private func timing(_ withFigures: Bool) -> String {
    guard withFigures else { return "The figures are files of their own: `mblstm datasheet --out DIR`." }
    return "Drawn from runs of the emulated chip with these options and a tile of four lines.\n\n"
      + figures.map { image($0.name, $0.title) }.joined(separator: "\n\n")
  }

  /// One of the tiles stands for all.
  private var registers: String {
    let blocks = chip.maps.filter { ($0.number ?? 0) == 0 }
    return ([MarkdownMap.places] + blocks.map(MarkdownMap.chapter)).joined(separator: "\n\n")
  }

  private var versions: String {
    let rows = MapVersion.history.map { ["\($0.major).\($0.minor)", "\($0.changes)"] }
    return "`MBX.VERSION` tells which a chip has.\n\n" + MarkdownTable.text(["version", "what it changed"], rows)
      + "\n\nNo erratum is known of the present version."
  }
}

import Board
import Crossbar
import Registers
import Tasks
import Trace

/// What a chip consists of, from its configuration.
struct BlockDiagram {
  let chip: ChipConfiguration

  private static let (width, height) = (860.0, 452.0)
  private static let title = "Block diagram"

  var svg: String {
    var svg = SVG(width: Self.width, height: Self.height)
    svg.text(Self.title, 16, 24, size: 15, isBold: true)
    svg.text(ChipSummary.sentence(chip), 16, 42, colour: SVG.quiet)
    box("bus, 32 bits, \(Electrical.clockHertz / 1_000_000) MHz", [], 20, 60, 820, 30, on: &svg)
    board(on: &svg)
    shared(on: &svg)
    tile(on: &svg)
    return svg.document(Self.title)
  }

  private func box(
    _ title: String, _ lines: [String], _ x: Double, _ y: Double, _ width: Double, _ height: Double,
    on svg: inout SVG
  ) {
    svg.frame(x, y, width, height, SVG.ink)
    let first = lines.isEmpty ? y + height / 2 + 4 : y + 17
    svg.text(title, x + width / 2, first, .middle, isBold: true)
    for (number, line) in lines.enumerated() {
      svg.text(line, x + width / 2, first + 17 + Double(number) * 15, size: 11, .middle, colour: SVG.quiet)
    }
  }

  private func join(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, on svg: inout SVG) {
    svg.line(x1, y1, x2, y2, SVG.ink, width: 2)
  }

  private func board(on svg: inout SVG) {
    for (number, block) in BlockMap.board(tiles: 0, features: chip.features).filter({ $0.base != MemoryMap.chip })
      .enumerated()
    {
      let y = 110 + Double(number) * 62
      join(30, 90, 30, y + 24, on: &svg)
      join(30, y + 24, 44, y + 24, on: &svg)
      box(block.fullName, [hex(block.base)], 44, y, 110, 46, on: &svg)
    }
  }

  private func shared(on svg: inout SVG) {
    join(250, 90, 250, 110, on: &svg)
    box(
      "MBX", [hex(MemoryMap.chip), "errors, interrupts", "cycle counter"], 180, 110, 140, 80, on: &svg)
    box(
      "activation unit",
      ["sigmoid and tanh bank", "up to \(ChipRegister.segments.upperBound) segments", "scalar port"], 180, 220,
      140, 84, on: &svg)
    join(250, 190, 250, 220, on: &svg)
  }

  private func tile(on svg: inout SVG) {
    let size = chip.tiles[0]
    let isPair = chip.synapse == .differential
    let columns = size.bitLines / chip.synapse.bitLinesPerColumn
    svg.frame(350, 110, 490, 322, SVG.quiet)
    join(595, 90, 595, 110, on: &svg)
    svg.text(
      chip.tiles.count == 1 ? "tile MBX0" : "tile MBX0, one of \(chip.tiles.count)", 364, 128, colour: SVG.quiet)
    box("registers", [hex(MemoryMap.firstTile), "lock, WATCHDOG"], 364, 138, 120, 62, on: &svg)
    box(
      "pulse drivers", ["\(chip.timing.stepNanoseconds) ns steps", "one word line at once"], 500, 138, 170, 56, on: &svg
    )
    box("DACs", ["\(chip.dacBits) bits", "\(size.wordLines) word lines"], 364, 240, 110, 56, on: &svg)
    box(
      "crossbar",
      [
        "\(size.wordLines) × \(size.bitLines)", chip.device.base.name,
        isPair ? "pairs of bit lines" : "against a reference",
      ],
      500, 218, 170, 96, on: &svg)
    box("amplifiers", ["two gains (FEEDBACK)"], 500, 334, 170, 40, on: &svg)
    box("circuits", ["linear, sigmoid, tanh"], 690, 334, 136, 40, on: &svg)
    box("ADCs", ["\(chip.adcBits) bits, TRIM", "\(columns) columns"], 690, 240, 136, 56, on: &svg)
    join(484, 166, 500, 166, on: &svg)
    join(585, 194, 585, 218, on: &svg)
    join(419, 200, 419, 240, on: &svg)
    join(474, 268, 500, 268, on: &svg)
    join(585, 314, 585, 334, on: &svg)
    join(670, 354, 690, 354, on: &svg)
    join(758, 334, 758, 296, on: &svg)
    svg.text(
      "READ_T drives columns, converts word lines. Circuits are those of the activation unit.", 364, 410,
      size: 11, colour: SVG.quiet)
  }
}

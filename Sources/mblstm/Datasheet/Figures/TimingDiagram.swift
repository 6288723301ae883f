import Registers
import Tasks

/// A line of a timing diagram.
enum TimingRow {
  /// Accesses, numbered; the list of them stands below.
  case bus
  /// One bit.
  case level(String)
  /// A number without sign.
  case value(String)
  /// The code of an operation, by its name.
  case operation(String)
  /// A code of a converter, 16 bits in two's complement.
  case code(String)
  /// A pulse on a bit line, cycles from the start of the operation.
  case pulse(bitLine: Int, from: UInt64, to: UInt64, isSet: Bool)

  var name: String {
    switch self {
    case .bus: "bus"
    case .level(let name), .value(let name), .operation(let name), .code(let name): name
    case .pulse(let bitLine, _, _, _): "bit line \(bitLine)"
    }
  }
}

/// Signals over cycles.
struct TimingDiagram {
  let title: String
  let waves: Waves
  /// The cycle in which the operation started.
  let start: UInt64
  let rows: [TimingRow]

  private static let (width, left, right, top) = (860.0, 150.0, 20.0, 56.0)
  private static let (rowHeight, waveHeight, lineHeight) = (34.0, 20.0, 16.0)
  private static let colour = "#0b62a8"

  private var bottom: Double { Self.top + Double(rows.count) * Self.rowHeight }
  private var last: Double { waves.end + 2 }
  private func x(_ cycle: Double) -> Double { Self.left + cycle / last * (Self.width - Self.left - Self.right) }

  var svg: String {
    let height = bottom + 44 + Double(waves.accesses.count) * Self.lineHeight
    var svg = SVG(width: Self.width, height: height)
    svg.text(title, 16, 24, size: 15, isBold: true)
    svg.text(
      "from a run of the emulated chip; a cycle is \(Electrical.nanosecondsPerCycle) ns", 16, 42, colour: SVG.quiet)
    drawTime(on: &svg)
    for (number, row) in rows.enumerated() {
      let y = Self.top + Double(number) * Self.rowHeight + Self.rowHeight - 7
      svg.text(row.name, Self.left - 10, y - 5, .end)
      draw(row, bottom: y, on: &svg)
    }
    for (number, access) in waves.accesses.enumerated() {
      let line = "\(number + 1)  cycle \(Int(access.cycle)): \(access.text)"
      svg.text(line, 16, bottom + 46 + Double(number) * Self.lineHeight, size: 11, colour: SVG.quiet)
    }
    return svg.document(title)
  }

  /// A step of 1, 2 or 5 times a power of ten, about ten of them.
  private var tick: Double {
    var tick = 1.0
    for factor in [2, 2.5, 2].cycled(12) where last / tick > 12 { tick *= factor }
    return tick
  }

  private func drawTime(on svg: inout SVG) {
    var cycle = 0.0
    while cycle <= last {
      svg.line(x(cycle), Self.top, x(cycle), bottom, SVG.grid)
      svg.text("\(Int(cycle))", x(cycle), bottom + 15, size: 11, .middle, colour: SVG.quiet)
      cycle += tick
    }
    svg.text("cycle", Self.left - 10, bottom + 15, size: 11, .end, colour: SVG.quiet)
  }

  private func draw(_ row: TimingRow, bottom: Double, on svg: inout SVG) {
    switch row {
    case .bus: drawBus(bottom, on: &svg)
    case .level(let name): drawLevel(waves[name], bottom, on: &svg)
    case .value(let name): drawValues(waves[name], bottom, on: &svg) { "\($0)" }
    case .operation(let name):
      drawValues(waves[name], bottom, on: &svg) { code in
        Registers.Operation(rawValue: UInt32(code)).map { "\($0.name)" } ?? "idle"
      }
    case .code(let name): drawValues(waves[name], bottom, on: &svg) { "\(Int16(truncatingIfNeeded: $0))" }
    case .pulse(_, let from, let to, let isSet): drawPulse(from, to, isSet, bottom, on: &svg)
    }
  }

  private func drawBus(_ bottom: Double, on svg: inout SVG) {
    svg.line(Self.left, bottom, Self.width - Self.right, bottom, SVG.quiet)
    var free = -1.0
    for (number, access) in waves.accesses.enumerated() {
      let (from, to) = (x(access.cycle - 1), x(access.cycle))
      svg.frame(from, bottom - Self.waveHeight / 2, max(to - from, 1), Self.waveHeight / 2, Self.colour)
      guard from >= free else { continue }
      svg.text("\(number + 1)", (from + to) / 2, bottom - Self.waveHeight / 2 - 3, size: 10, .middle)
      free = from + SVG.width(of: "\(number + 1)", size: 10) + 2
    }
  }

  private func drawLevel(_ changes: [Waves.Change], _ bottom: Double, on svg: inout SVG) {
    var points: [(x: Double, y: Double)] = []
    var level = bottom
    for change in changes {
      points.append((x(change.cycle), level))
      level = change.value == 1 ? bottom - Self.waveHeight : bottom
      points.append((x(change.cycle), level))
    }
    points.append((x(last), level))
    svg.polyline(points, Self.colour, .none)
  }

  /// Boxes with a number in each that has room for it.
  private func drawValues(
    _ changes: [Waves.Change], _ bottom: Double, on svg: inout SVG, _ text: (Int) -> String
  ) {
    for (number, change) in changes.enumerated() {
      let (from, to) = (x(change.cycle), x(number + 1 < changes.count ? changes[number + 1].cycle : last))
      svg.frame(from, bottom - Self.waveHeight, to - from, Self.waveHeight, Self.colour)
      let label = change.value.map(text) ?? "x"
      guard SVG.width(of: label, size: 11) < to - from else { continue }
      svg.text(label, (from + to) / 2, bottom - 6, size: 11, .middle)
    }
  }

  private func drawPulse(_ from: UInt64, _ to: UInt64, _ isSet: Bool, _ bottom: Double, on svg: inout SVG) {
    let rest = bottom - Self.waveHeight / 2
    let level = isSet ? bottom - Self.waveHeight : bottom
    guard to > from else { return svg.line(Self.left, rest, x(last), rest, Self.colour, width: 2) }
    let (begin, end) = (x(Double(start + from)), x(Double(start + to)))
    svg.polyline(
      [(Self.left, rest), (begin, rest), (begin, level), (end, level), (end, rest), (x(last), rest)], Self.colour, .none
    )
    svg.text(isSet ? "SET" : "RESET", begin - 5, rest - 3, size: 10, .end, colour: SVG.quiet)
  }
}

extension [Double] {
  /// The elements over and over.
  fileprivate func cycled(_ times: Int) -> [Double] { (0..<times).flatMap { _ in self } }
}

import Files

/// Measured pulses as a CSV file: a header line with units, then a line for each conductance and polarity.
///
///     conductance (µS),pulse,mean step (nS),deviation (nS)
///     2.9,SET,325,526
///     4.7,SET,250,540
///     2.9,RESET,-2.8,380
///     4.7,RESET,-76.4,518
///
/// Columns may stand in any order, units behind a name in brackets or after `_`: S, mS, µS (uS), nS or pS. A pulse is
/// SET or RESET, or a number of that sign, such as its voltage. Steps of RESET are all negative or all magnitudes.
/// Conductances rise for SET and for RESET, each with two lines at least. The range of the device reaches half a
/// distance beyond the first and the last conductance, but not below half of the first. Lines that begin with `#` are
/// comments.
extension MeasuredPulses {
  /// - `file`: what errors call it.
  /// - Throws: what cannot be read or cannot be, with its line and the byte of the line.
  public init(csv bytes: [UInt8], file: String) throws(InputError) {
    var reader = PulseCSV(file: file)
    self = try reader.model(of: bytes)
  }
}

private struct PulseCSV {
  private enum Column: String, CaseIterable {
    case conductance, pulse
    case meanStep = "mean step"
    case deviation
  }

  /// A line of the file.
  private struct Row {
    let line: Int
    let cells: [(text: Substring, column: Int)]
  }

  private struct Side {
    var points: [PulseTable.Point] = []
    var lines: [Int] = []
    /// Whether mean steps are written with a sign; of RESET only.
    var isSigned: Bool?
  }

  private let file: String
  private var places: [Column: (place: Int, unit: Substring)] = [:]
  private var set = Side()
  private var reset = Side()

  init(file: String) { self.file = file }

  mutating func model(of bytes: [UInt8]) throws(InputError) -> MeasuredPulses {
    let rows = try rows(of: bytes)
    guard let header = rows.first else { throw InputError(file, line: 1, "expected a header line, found nothing") }
    try read(header: header)
    for row in rows.dropFirst() { try read(row) }
    return try model()
  }

  private func rows(of bytes: [UInt8]) throws(InputError) -> [Row] {
    var rows: [Row] = []
    for (index, text) in try TextFile(bytes, named: file).lines.enumerated() {
      guard !text.hasPrefix("#") else { continue }
      var column = 1
      var cells: [(Substring, Int)] = []
      for cell in text.cells {
        cells.append((cell.trimmed, column))
        column += cell.utf8.count + 1
      }
      rows.append(Row(line: index + 1, cells: cells))
    }
    return rows
  }

  // MARK: Header

  private static let units = ["S", "mS", "µS", "uS", "nS", "pS"]

  private mutating func read(header: Row) throws(InputError) {
    let names = Column.allCases.map(\.rawValue)
    for (place, cell) in header.cells.enumerated() {
      let (name, unit) = Self.named(cell.text)
      func error(_ message: String) -> InputError {
        InputError(file, line: header.line, column: cell.column, message)
      }
      guard let column = Column(rawValue: name) else {
        throw error(
          "the column '\(name)' is unknown, expected \(names.joined(separator: ", "))\(NearestName.hint(name, among: names))"
        )
      }
      guard places[column] == nil else { throw error("the column '\(name)' is there twice") }
      guard column == .pulse || Self.units.contains(String(unit)) else {
        throw error("'\(cell.text)' has no unit, expected one of \(Self.units.joined(separator: ", ")) in brackets")
      }
      places[column] = (place, unit)
    }
    for column in Column.allCases where places[column] == nil {
      throw InputError(file, line: header.line, "the column '\(column.rawValue)' is missing")
    }
  }

  /// `mean_step (nS)` → `mean step`, `nS`.
  private static func named(_ cell: Substring) -> (String, Substring) {
    var name = cell
    var unit: Substring = ""
    if let last = cell.last, last == ")" || last == "]", let open = cell.lastIndex(where: { $0 == "(" || $0 == "[" }) {
      name = cell[..<open]
      unit = cell[cell.index(after: open)...].dropLast()
    } else if let bar = cell.lastIndex(of: "_"), units.contains(String(cell[cell.index(after: bar)...])) {
      name = cell[..<bar]
      unit = cell[cell.index(after: bar)...]
    }
    let words = name.trimmed.lowercased().map { $0 == "_" || $0 == "-" ? " " : $0 }
    return (String(words), unit.trimmed)
  }

  // MARK: Lines

  private mutating func read(_ row: Row) throws(InputError) {
    guard row.cells.count == places.count else {
      throw InputError(file, line: row.line, "expected \(places.count) columns, found \(row.cells.count)")
    }
    let conductance = try picosiemens(.conductance, of: row)
    let mean = try picosiemens(.meanStep, of: row)
    let deviation = try picosiemens(.deviation, of: row)
    if try isSet(row) {
      set.points.append(PulseTable.Point(conductance, mean: mean, deviation: deviation))
      set.lines.append(row.line)
    } else {
      let isSigned = reset.isSigned ?? (mean < 0)
      guard isSigned == (mean < 0) else {
        throw error(.meanStep, of: row, "steps of RESET with either sign, expected all negative or all magnitudes")
      }
      reset.isSigned = isSigned
      reset.points.append(PulseTable.Point(conductance, mean: mean.magnitude, deviation: deviation))
      reset.lines.append(row.line)
    }
  }

  private func cell(_ column: Column, of row: Row) -> (text: Substring, column: Int) {
    guard let place = places[column]?.place else { preconditionFailure("the header was read") }
    return row.cells[place]
  }

  private func error(_ column: Column, of row: Row, _ message: String) -> InputError {
    InputError(file, line: row.line, column: cell(column, of: row).column, message)
  }

  private func picosiemens(_ column: Column, of row: Row) throws(InputError) -> Double {
    let text = cell(column, of: row).text
    let unit = places[column]?.unit ?? ""
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
      let number = WrittenNumber("\(text)\(unit)", unit: .picosiemens)?.real
    else { throw error(column, of: row, "\(column.rawValue) is '\(text)', expected a number of \(unit)") }
    return number
  }

  private func isSet(_ row: Row) throws(InputError) -> Bool {
    let text = cell(.pulse, of: row).text
    switch text.uppercased() {
    case "SET": return true
    case "RESET": return false
    default:
      guard let number = Double(text), number.isFinite, number != 0 else {
        throw error(.pulse, of: row, "pulse is '\(text)', expected SET, RESET or a number that is not 0")
      }
      return number > 0
    }
  }

  // MARK: Model

  private func model() throws(InputError) -> MeasuredPulses {
    for (name, side) in [("SET", set), ("RESET", reset)] where side.points.count < 2 {
      throw InputError(file, "has \(side.points.count) lines of \(name), expected two or more")
    }
    let ends = [set, reset].map { side in
      let points = side.points.map(\.conductance)
      let (first, last) = (points[0], points[points.count - 1])
      return (
        low: max(first - (points[1] - first) / 2, first / 2), high: last + (last - points[points.count - 2]) / 2
      )
    }
    let low = ends.map(\.low).min() ?? 0
    let high = ends.map(\.high).max() ?? 0
    guard low >= 1, high <= 2e9 else {
      throw InputError(file, "conductances reach from \(low) to \(high) pS, expected 1 pS to 2 mS")
    }
    let bounds = ConductanceBounds(Int32(low.rounded()), Int32(high.rounded()))
    for side in [set, reset] {
      if let (point, text) = PulseTable(side.points).problem(in: bounds.range) {
        throw InputError(file, line: side.lines[point], text)
      }
    }
    return MeasuredPulses(bounds: bounds, set: PulseTable(set.points), reset: PulseTable(reset.points))
  }
}

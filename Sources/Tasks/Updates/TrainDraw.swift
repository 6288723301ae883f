import Board
import Crossbar

/// Pulse trains as they are drawn for a tile, and what they do there.
struct TrainDraw {
  let trains: PulseTrains
  let chip: ChipConfiguration
  let columns: Int
  private let tile: Int
  private let random: CounterRandom
  /// Siemens, row-major; and their sums over each line.
  private let conductance: [Double]
  private let wordLineLoad: [Double]
  private let bitLineLoad: [Double]
  private let bitLines: Int
  private let bitLinesPerColumn: Int

  private(set) var cost = UpdateCost()
  /// What the coincidences move each weight by, row-major, shares of the window.
  private(set) var changes: [Double]

  /// - Parameter array: with the conductances before the update.
  init(_ trains: PulseTrains, on array: CrossbarArray, of chip: ChipConfiguration, rows: Int, columns: Int) {
    self.trains = trains
    self.chip = chip
    self.columns = columns
    tile = array.tile
    random = array.random
    bitLines = array.bitLines
    bitLinesPerColumn = array.synapse.bitLinesPerColumn
    let conductance = array.conductance.map { Double($0) * 1e-12 }
    let lines = array.bitLines
    self.conductance = conductance
    wordLineLoad = (0..<array.wordLines).map { line in (0..<lines).reduce(0) { $0 + conductance[line * lines + $1] } }
    bitLineLoad = (0..<lines).map { line in
      (0..<array.wordLines).reduce(0) { $0 + conductance[$1 * lines + line] }
    }
    changes = Array(repeating: 0, count: rows * columns)
    cost.expectedPulses = 0
  }

  /// Draws the trains of a product.
  /// - Parameter number: names the draws; no two products have the same.
  mutating func draw(_ train: PulseTrains.Train, number: UInt64) {
    cost.operations += Double(train.slots)
    cost.expectedPulses = (cost.expectedPulses ?? 0) + expected(train)
    let (lines, errors) = (Self.signs(train.lines), Self.signs(bitLineSigns(train.errors)))
    for slot in 0..<train.slots {
      let rows = train.lines.indices.filter {
        fires(train.lines[$0], .wordLineTrain, number, line: $0, slot: slot)
      }
      let fired = train.errors.indices.filter { fires(train.errors[$0], .columnTrain, number, line: $0, slot: slot) }
      for (lineSign, errorSign) in lines.flatMap({ line in errors.map { (line, $0) } }) {
        let ofSign = rows.filter { (train.lines[$0] < 0) == (lineSign < 0) }
        pulse(ofSign, lineSign, bitLines(fired, of: train.errors, errorSign), errorSign)
      }
      for row in rows {
        for column in fired {
          let isRise = (train.lines[row] < 0) != (train.errors[column] < 0)
          changes[row * columns + column] += isRise ? trains.step : -trains.step
        }
      }
    }
  }

  /// Σ p(xᵢ) p(dⱼ) BL over the cells.
  private func expected(_ train: PulseTrains.Train) -> Double {
    func sum(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1.magnitude } }
    return Double(train.slots) * sum(train.lines) * sum(train.errors) * Double(bitLinesPerColumn)
  }

  /// Of a vector's elements, negative first.
  private static func signs(_ vector: [Double]) -> [Int] {
    (vector.contains { $0 < 0 } ? [-1] : []) + (vector.contains { $0 > 0 } ? [1] : [])
  }

  /// The second bit line of a pair gets the opposite of the first.
  private func bitLineSigns(_ errors: [Double]) -> [Double] {
    bitLinesPerColumn == 1 ? errors : errors.flatMap { [$0, -$0] }
  }

  /// Bit lines that fire, of a sign.
  private func bitLines(_ fired: [Int], of errors: [Double], _ sign: Int) -> [Int] {
    fired.compactMap { column in
      let isOfSign = (errors[column] < 0) == (sign < 0)
      guard bitLinesPerColumn == 2 else { return isOfSign ? column : nil }
      return 2 * column + (isOfSign ? 0 : 1)
    }
  }

  private func fires(
    _ probability: Double, _ purpose: CounterRandom.Purpose, _ number: UInt64, line: Int, slot: Int
  ) -> Bool {
    guard probability != 0 else { return false }
    let words = random.bits(purpose, tile: tile, operation: number, index: line << 3 | slot >> 2)
    return Double(words[slot & 3]) < probability.magnitude * 4_294_967_296
  }

  /// A phase with V/2 on lines of one sign each.
  private mutating func pulse(_ rows: [Int], _ lineSign: Int, _ fired: [Int], _ errorSign: Int) {
    let volts = Double(chip.millivolts(lineSign == errorSign ? .reset : .set)) / 1000
    let seconds = Double(trains.nanoseconds) * 1e-9
    var selected = 0.0
    for row in rows { for bitLine in fired { selected += conductance[row * bitLines + bitLine] } }
    let lines = rows.reduce(0) { $0 + wordLineLoad[$1] } + fired.reduce(0) { $0 + bitLineLoad[$1] }
    let half = (lines - 2 * selected) * volts * volts / 4 * seconds
    cost.phases += 1
    cost.pulses += Double(rows.count * fired.count)
    cost.pulseSeconds += seconds + chip.restSeconds
    cost.restSeconds += chip.restSeconds
    cost.halfSelectedJoules += half
    cost.energyJoules += selected * volts * volts * seconds + half
  }
}

import Firmware
import Registers
import Testing
import Trace

@testable import Tasks

@Suite("What updates cost")
struct UpdateCostTests {
  private static let sums: [WritableKeyPath<UpdateCost, Double> & Sendable] = [
    \.operations, \.phases, \.pulses, \.reads, \.pulseSeconds, \.restSeconds, \.energyJoules, \.halfSelectedJoules,
  ]
  private static let means: [WritableKeyPath<UpdateCost, Double?> & Sendable] = [
    \.wordLines, \.expectedPulses, \.chipSeconds,
  ]
  private static let squares: [WritableKeyPath<UpdateCost, Double?> & Sendable] = [\.missedSquares, \.wantedSquares]

  /// Each quantity with a power of two of its own.
  private static func cost(_ unit: Double, optional: Bool = true) -> UpdateCost {
    var cost = UpdateCost()
    for (place, path) in sums.enumerated() { cost[keyPath: path] = unit * Double(1 << place) }
    guard optional else { return cost }
    for (place, path) in (means + squares).enumerated() { cost[keyPath: path] = unit * Double(1 << (8 + place)) }
    return cost
  }

  @Test("Add up one by one; what one of two has not, the other has")
  func sums() {
    var sum = Self.cost(5)
    sum += Self.cost(3)
    #expect(sum == Self.cost(8))
    sum = Self.cost(5, optional: false)
    sum += Self.cost(3)
    var expected = Self.cost(3)
    for path in Self.sums { expected[keyPath: path] *= 8 / 3 }
    for path in Self.sums { #expect((sum[keyPath: path] - expected[keyPath: path]).magnitude < 1e-9) }
    for path in Self.means + Self.squares { #expect(sum[keyPath: path] == expected[keyPath: path]) }
    sum += Self.cost(1, optional: false)
    for path in Self.means + Self.squares { #expect(sum[keyPath: path] == expected[keyPath: path]) }
    var none = UpdateCost()
    none += UpdateCost()
    #expect(none == UpdateCost() && none.wordLines == nil && none.missed == nil)
  }

  @Test("Of one of several are their mean, but for squares, whose quotient it is that counts")
  func mean() {
    let mean = Self.cost(12).divided(by: 4)
    for path in Self.sums { #expect(mean[keyPath: path] == Self.cost(3)[keyPath: path]) }
    for path in Self.means { #expect(mean[keyPath: path] == Self.cost(3)[keyPath: path]) }
    for path in Self.squares { #expect(mean[keyPath: path] == Self.cost(12)[keyPath: path]) }
    #expect(Self.cost(12).divided(by: 0) == Self.cost(12) && Self.cost(12).divided(by: 1) == Self.cost(12))
    #expect(Self.cost(12, optional: false).divided(by: 4).expectedPulses == nil)
  }

  @Test("The share of rest in a sweep is 0 where nothing pulses")
  func restShare() {
    let columns = UpdatesColumn.all.filter { $0.name.hasPrefix("lstm.") && $0.name.hasSuffix(".rest_share") }
    #expect(columns.count == UpdateScheme.allCases.count)
    for (pulsing, resting, share) in [(0.0, 0.0, 0.0), (4, 1, 0.25), (2, 2, 1)] {
      var cost = UpdateCost()
      (cost.pulseSeconds, cost.restSeconds) = (pulsing, resting)
      let layer = UpdateComparison.LayerResult(
        layer: .lstm, wordLines: 4, bitLines: 4, costs: UpdateScheme.allCases.map { ($0, cost) }, counted: UpdateCost())
      let result = UpdateComparison.Result(
        shape: NetworkShape(inputs: 2, hidden: 1, outputs: 1), updates: 1, sampled: 1, layers: [layer])
      #expect(columns.allSatisfy { $0.value(result) == share })
    }
  }

  @Test("What weights miss is told in what they were to move by; of nothing that was wanted it is unknown")
  func missed() {
    var cost = UpdateCost()
    cost.note(moves: [0.5, -0.25, 0], wanted: [0.25, -0.5, 0.125])
    #expect(cost.missedSquares == 0.0625 + 0.0625 + 0.015625 && cost.wantedSquares == 0.0625 + 0.25 + 0.015625)
    #expect(cost.missed == ((0.140625 as Double) / 0.328125).squareRoot())
    cost.note(moves: [1], wanted: [0])
    #expect(cost.missedSquares == 1 && cost.wantedSquares == 0 && cost.missed == nil)
  }

  @Test("A log of updates has the rows between key and lock, their place among all operations, and the time between")
  func log() {
    var log = UpdateLog(tiles: 2)
    func write(
      _ register: TileRegister, _ value: UInt32, tile: Int, at cycle: UInt64, _ kind: Transaction.Kind = .write
    ) {
      let access = Transaction(kind, MemoryMap.tile(tile) + register.offset(), value)
      log.append(LogEntry(cycle: cycle, .access(access)))
    }
    func start(_ operation: Registers.Operation, tile: Int, row: Int = 0, widths: [Int16] = []) {
      let start = OperationStart(
        operation: operation, gain: 0, isLinear: false, row: row, driveCodes: [], pulseWidths: widths)
      log.append(LogEntry(cycle: 7, .event(.started(tile: tile, start))))
    }
    start(.read, tile: 0)
    start(.programRow, tile: 0, row: 1, widths: [9])
    write(.unlock, TileRegister.unlockKey, tile: 0, at: 100, .read)
    start(.programRow, tile: 0, row: 2, widths: [9])
    write(.unlock, TileRegister.unlockKey, tile: 0, at: 200)
    start(.read, tile: 0)
    start(.programRow, tile: 0, row: 3, widths: [5, -6])
    start(.programRow, tile: 1, row: 4, widths: [1])
    start(.zero, tile: 0)
    write(.drive, 0, tile: 0, at: 250)
    write(.unlock, 0, tile: 1, at: 300)
    write(.unlock, 0, tile: 0, at: 260)
    start(.read, tile: 0)
    write(.unlock, TileRegister.unlockKey, tile: 0, at: 500)
    start(.programRow, tile: 0, row: 5, widths: [7])
    write(.unlock, 1, tile: 0, at: 507)
    #expect(
      log.parts[0].writes == [.init(place: 5, row: 3, widths: [5, -6]), .init(place: 8, row: 5, widths: [7])])
    #expect(log.parts[0].reads == 1 && log.parts[0].cycles == 60 + 7)
    #expect(log.parts[1].writes.isEmpty && log.parts[1].reads == 0 && log.parts[1].cycles == 0)
    log.begin()
    #expect(log.parts.count == 2 && log.parts[0].writes.isEmpty && log.parts[0].cycles == 0)
    write(.unlock, TileRegister.unlockKey, tile: 1, at: 600)
    start(.programRow, tile: 1, row: 1, widths: [2])
    #expect(log.parts[1].writes == [.init(place: 1, row: 1, widths: [2])])
  }
}

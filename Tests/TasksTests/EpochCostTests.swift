import Testing

@testable import Tasks

@Suite("What epochs cost")
struct EpochCostTests {
  /// Of costs that are told apart: a different power of two in each.
  private static func report(_ unit: Double) -> EpochReport {
    EpochReport(
      epoch: 1, loss: 0.5, pulses: UInt64(unit), phases: UInt64(2 * unit), chipSeconds: 4 * unit,
      time: TimeParts(arrayCycles: 5e7 * unit, busCycles: 1e8 * unit, controllerCycles: 25e7 * unit),
      pulseSeconds: 8 * unit,
      cellSerialSeconds: 16 * unit, programEnergyJoules: 32 * unit, readEnergyJoules: 64 * unit)
  }

  @Test("Before a cut and behind it add up, each by itself; loss and epoch are those of the latest")
  func costsBefore() {
    var before = Self.report(100)
    (before.epoch, before.loss) = (9, 7)
    #expect(Self.report(3).adding(costsOf: before) == Self.report(103))
  }

  @Test("Between two counts are those of the second less those of the first")
  func costsBetween() {
    var sum = Self.report(1000)
    sum.add(Self.report(50), since: Self.report(8))
    #expect(sum == Self.report(1042))
  }
}

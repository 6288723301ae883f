import Firmware
import Testing

@testable import Tasks

extension AnswerRangeTests {
  @Test("With error feedback a state has debts, roots up to 4, counts and errors; the report what its layers can have")
  func debts() {
    let (any, half) = (0...Int64(UInt32.max), Int64(0)...1 << 28)
    for path in BackwardPath.allCases {
      var training = Self.training
      (training[0], training[2], training[6]) = (UpdateRule.errorFeedback.rawValue, path.rawValue, 0)
      var state: [ClosedRange<Int64>] = []
      var report: [ClosedRange<Int64>] = []
      // Of 5 rows and 8 columns, and of 3 and 3.
      for (cells, lines) in [(40, 13), (9, 6)] as [(Int, Int)] {
        state += Array(repeating: any, count: cells)
        state += Array(repeating: Int64(0)...1 << 31, count: lines)
        state += [any, any, half]
        report += [any, any, 0...Int64(cells), half, half]
      }
      if path == .readBack { state += Array(repeating: -65_536...65_536, count: 22) }
      Self.check(.exportState, state, Self.knowledge(training), "\(path)")
      Self.check(.trainingReport, report, Self.knowledge(training), "\(path)")
    }
    Self.check(.trainingReport, Array(repeating: 0...0, count: 10), Self.knowledge(), "a rule without debts")
  }

  private static func check(
    _ command: Command, _ ranges: [ClosedRange<Int64>], _ knowledge: ControllerKnowledge, _ name: String
  ) {
    let zeros = Array(repeating: UInt32(0), count: ranges.count)
    #expect(problem(command, [], [0] + zeros, knowledge) == nil, "\(name)")
    #expect(problem(command, [], [0, 0] + zeros, knowledge) != nil, "\(name)")
    for (place, range) in ranges.enumerated() {
      // As words: what is below zero is above Int32.max.
      let all = range.lowerBound < 0 ? Int64(Int32.min)...Int64(Int32.max) : 0...Int64(UInt32.max)
      for value in [range.lowerBound, range.upperBound, range.lowerBound - 1, range.upperBound + 1]
      where all.contains(value) {
        var answer = zeros
        answer[place] = UInt32(truncatingIfNeeded: value)
        let said = problem(command, [], [0] + answer, knowledge)
        #expect((said == nil) == range.contains(value), "\(name), word \(place), \(value): \(said ?? "taken")")
      }
    }
  }
}

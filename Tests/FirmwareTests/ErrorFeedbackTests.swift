import FixedPoint
import Registers
import TestSupport
import Testing

@testable import Firmware
@testable import Tasks

@Suite("Error feedback: from gradients to debts")
struct ErrorFeedbackTests {
  /// The rule in real numbers, of one layer.
  private struct Oracle {
    let lines: NetworkShape.Lines
    /// Gradients of batches are these sums over batch · full scale · 2¹⁴.
    let divisor: Double
    var rows: [Double]
    var columns: [Double]
    var debts: [Double]
    var updates = 0.0

    init(_ lines: NetworkShape.Lines, batch: Int, fullScale: Int32) {
      self.lines = lines
      divisor = Double(batch) * Double(fullScale) * 16_384
      rows = Array(repeating: 0, count: lines.rows)
      columns = Array(repeating: 0, count: lines.columns)
      debts = Array(repeating: 0, count: lines.cells)
    }

    mutating func take(_ sums: [Int32], rate: Double, window: Double) {
      updates += 1
      let share = 1 / min(updates, 128)
      let means = sums.map { min(max(Double($0) / divisor, -4), 4) }
      func follow(_ old: Double, _ squares: [Double]) -> Double {
        old + (squares.reduce(0, +) / Double(squares.count) - old) * share
      }
      for row in rows.indices {
        rows[row] = follow(rows[row], (0..<lines.columns).map { means[row * lines.columns + $0] }.map { $0 * $0 })
      }
      for column in columns.indices {
        columns[column] = follow(
          columns[column], (0..<lines.rows).map { means[$0 * lines.columns + column] }.map { $0 * $0 })
      }
      let middle = (rows.reduce(0, +) / Double(rows.count)).squareRoot()
      let least = 1.0 / 262_144
      for cell in means.indices where means[cell] != 0 {
        let (row, column) = (rows[cell / lines.columns].squareRoot(), columns[cell % lines.columns].squareRoot())
        let move = means[cell] * min(middle / (row + least), 256) * (rate / window) / (column + least)
        debts[cell] = min(max(debts[cell] - min(max(move, -4 * rate / window), 4 * rate / window), -1), 1)
      }
    }
  }

  @Test("Debts follow the equations in real numbers, whatever the size of the gradients")
  func equations() {
    var random = SeededRandom(20)
    for (number, scale) in [Int32(40), 3_000, 200_000, 9_000_000].enumerated() {
      let lines = NetworkShape.Lines(rows: 5 + number, columns: 7)
      let (batch, fullScale, window) = (1 << number, Int32(127), Window(raw: [256, 512, 100, 65_535][number]))
      var feedback = ErrorFeedback(lines, threshold: .zero, batch: batch, fullScale: fullScale)
      var oracle = Oracle(lines, batch: batch, fullScale: fullScale)
      let rate = Rate(0.01)
      feedback.setRate(rate, window: window)
      for update in 1...300 {
        // Some lines are silent.
        let sums = (0..<lines.cells).map { cell -> Int32 in
          cell / lines.columns == 2 ? 0 : Int32(truncatingIfNeeded: random.next() % UInt64(2 * scale + 1)) - scale
        }
        var gradients = sums.map { Gradient(raw: $0) }
        var effort = Effort()
        feedback.take(&gradients, noting: &effort)
        #expect(gradients.allSatisfy { $0 == .zero })
        oracle.take(sums, rate: Double(rate), window: Double(window))
        let worst =
          zip(feedback.debts, oracle.debts)
          .map { abs(Double($0.residual) - $1) }.max() ?? 1
        // A debt has 2⁻²⁷: R is rounded down, four of it can move, and the move is; below 2⁻²⁴ a gradient is nothing.
        // Half a unit of a gradient of half the scale, four times over; 2⁻¹⁶ of a row's factor, as often.
        let inexact = 4 * 0.5 / (0.5 * Double(scale) / oracle.divisor * 0x1p24) + 4 * 0x1p-16
        let allowed = Double(update) * (0.01 / Double(window) * inexact + 0x1p-24)
        #expect(worst <= allowed, "scale \(scale), update \(update): \(worst) above \(allowed)")
      }
      #expect(feedback.debts[2 * lines.columns].word == 0)
    }
  }

  @Test("Gradients ten times as large move the same: the rate is that of the weights")
  func scaleFree() {
    let lines = NetworkShape.Lines(rows: 4, columns: 4)
    var random = SeededRandom(3)
    let sums = (0..<16).map { _ in Int32(truncatingIfNeeded: random.next() % 200_000) - 100_000 }
    var layers = [Int32(1), 10].map { factor -> ErrorFeedback in
      var feedback = ErrorFeedback(lines, threshold: .zero, batch: 1, fullScale: 127)
      feedback.setRate(Rate(0.01), window: Window(raw: 256))
      var (gradients, effort) = (sums.map { Gradient(raw: $0 * factor) }, Effort())
      feedback.take(&gradients, noting: &effort)
      return feedback
    }
    let (one, ten) = (layers.removeFirst(), layers.removeFirst())
    for (a, b) in zip(one.debts, ten.debts) {
      #expect(abs(Double(a.residual) - Double(b.residual)) < 0.01 * 0.001)
    }
  }

  @Test("Without a rate gradients are forgotten and nothing else changes")
  func noRate() {
    let lines = NetworkShape.Lines(rows: 3, columns: 2)
    var feedback = ErrorFeedback(lines, threshold: .zero, batch: 1, fullScale: 127)
    var (gradients, effort) = (Array(repeating: Gradient(raw: 5000), count: 6), Effort())
    feedback.take(&gradients, noting: &effort)
    #expect(gradients.allSatisfy { $0 == .zero } && feedback.debts.allSatisfy { $0 == .none })
    #expect(effort == Effort())
    #expect(feedback.means.updates == 0 && feedback.means.rows.allSatisfy { $0 == .zero })
  }

  @Test("A debt keeps its residual to a unit, saturated, and below its end whatever its count")
  func residuals() {
    let limit: Int32 = 1 << 27 - 1
    for raw in [0, 1, -1, 2, -2, limit - 1, limit, limit + 1, -limit, -limit - 1, .max, .min] as [Int32] {
      var debt = CellDebt.none
      debt.residual = Residual(raw: raw)
      #expect(debt.residual.raw == min(max(raw, -limit), limit))
      for failures in 1...15 {
        debt.noteFailure()
        debt.residual = Residual(raw: raw)
        let kept = min(max(raw, -limit), limit)
        #expect(debt.residual.raw == (failures < 15 ? kept : kept & ~1), "\(raw) after \(failures)")
        #expect(!debt.isGivenUp)
      }
    }
  }

  @Test("The sixteenth write in a row that moves nothing gives a weight up; it is tried again at half a window")
  func givingUp() {
    var debt = CellDebt.none
    let threshold = Residual(raw: 1 << 23)
    for write in 1...16 {
      debt.residual = Residual(raw: 1 << 23)
      #expect(debt.isDue(at: threshold) && !debt.isGivenUp)
      debt.noteFailure()
      #expect(debt.isGivenUp == (write == 16))
    }
    #expect(debt.isGivenUp && debt.residual == .zero)
    debt.residual = Residual(raw: 1 << 26 - 1)
    #expect(!debt.isDue(at: threshold))
    debt.residual = Residual(raw: -(1 << 26))
    #expect(debt.isDue(at: threshold) && debt.isGivenUp)
    debt.noteFailure()
    #expect(debt.isGivenUp && debt.residual == .zero)
    debt.residual = Residual(raw: 1 << 26)
    debt.noteMovement()
    #expect(!debt.isGivenUp && debt.residual.raw == 1 << 26 && debt.word >> 28 == 0)
  }

  struct Law: Sendable {
    let length: RateRamp.Length
    let factor: Double
    let limits: ClosedRange<Double>
  }

  private static let laws = [
    Law(length: .short, factor: 1.25, limits: 0x1p-5...0x1p-4),
    Law(length: .middling, factor: 1.25, limits: 0x1p-4...(1.0 / 12)),
    Law(length: .long, factor: 2.5, limits: 0x1p-4...0x1p-3),
  ]

  @Test(
    "The threshold is 5/4 of the write error, twice that in a long training, within limits that go with the length",
    arguments: laws)
  func threshold(_ law: Law) {
    for error in stride(from: Int32(0), through: WriteThreshold.largestError, by: 99_991) {
      var threshold = WriteThreshold(given: .zero)
      threshold.error = Residual(raw: error)
      threshold.length = law.length
      let asked = Double(error) * law.factor / 0x1p27
      let expected = min(max(asked, law.limits.lowerBound), law.limits.upperBound) * 0x1p27
      #expect(abs(Double(threshold.value.raw) - expected) <= 2)
    }
    var given = WriteThreshold(given: Residual(raw: 77))
    given.length = law.length
    given.note(missed: .one)
    #expect(given.value.raw == 77)
  }

  @Test("The write error follows what writes miss, over about 64 of them, and is within two windows")
  func writeError() {
    var threshold = WriteThreshold(given: .zero)
    for _ in 0..<1000 { threshold.note(missed: Residual(raw: -3_000_000)) }
    #expect(abs(threshold.error.raw - 3_000_000) < 64)
    for _ in 0..<64 { threshold.note(missed: .zero) }
    #expect((0.3...0.45).contains(Double(threshold.error.raw) / 3_000_000))
    for _ in 0..<10_000 { threshold.note(missed: Residual(raw: .max)) }
    #expect(threshold.error.raw <= WriteThreshold.largestError)
  }

  @Test("A ramp falls on a line to zero and stays there; without one the rate stays")
  func ramps() {
    var constant = RateRamp(Rate(raw: 1000))
    for _ in 0..<5 {
      #expect(constant.next.raw == 1000)
      constant.advance()
    }
    var ramp = RateRamp(Rate(raw: 0x0fff_ffff), done: 2, of: 7)
    for left in [5, 4, 3, 2, 1, 0, 0] as [UInt64] {
      #expect(UInt64(ramp.next.raw) == 0x0fff_ffff * left / 7)
      ramp.advance()
    }
    #expect(RateRamp(.one, done: .max, of: .max).next == .zero && RateRamp(.one, done: 9, of: 3).next == .zero)
    let lengths = [0, 4095, 4096, 8191, 8192, .max].map { RateRamp(.one, of: $0).length(batch: 4) }
    #expect(lengths == [.short, .short, .middling, .middling, .long, .long])
  }
}

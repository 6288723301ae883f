import TestSupport
import Testing

@testable import Tasks

@Suite("Intervals of a mean over seeds")
struct MeanIntervalTests {
  @Test("Student's quantile is that of the printed tables")
  func student() {
    let table = [
      1: 12.7062, 2: 4.3027, 3: 3.1824, 4: 2.7764, 5: 2.5706, 7: 2.3646, 9: 2.2622, 15: 2.1314, 30: 2.0423, 120: 1.9799,
    ]
    for (degrees, wanted) in table {
      let t = MeanInterval.student(degrees: Double(degrees))
      #expect(abs(t / wanted - 1) < (degrees == 3 ? 0.0015 : 0.0004), "\(degrees): \(t)")
    }
    // The expansion itself, worked out with 40 digits.
    for (degrees, wanted) in [(3.0, 3.17861699505), (4, 2.77558222423), (9, 2.26214357544)] {
      #expect(abs(MeanInterval.student(degrees: degrees) - wanted) < 1e-9)
    }
    #expect(abs(MeanInterval.student(degrees: 1e9) - 1.959964) < 1e-6)
    let quantiles = (1...200).map { MeanInterval.student(degrees: Double($0) / 2) }
    #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 >= $1 })
  }

  /// Computed with SciPy 1.17.1 from the formulas in the documentation.
  @Test(
    "Holds seeds and sequences",
    arguments: [
      (0.95, 0.006, 10, 1797, 0.938094, 0.959714), (0.44, 0.16, 5, 1797, 0.264665, 0.631705),
    ])
  func values(_ mean: Double, _ deviation: Double, _ seeds: Int, _ sequences: Int, _ lower: Double, _ upper: Double)
    throws
  {
    let interval = try #require(
      MeanInterval(accuracy: mean, deviation: deviation, seeds: seeds, sequences: sequences))
    #expect(abs(interval.lower - lower) < 5e-5 && abs(interval.upper - upper) < 5e-5, "\(interval)")
  }

  @Test("Where all are right, or none, it is as wide as the test set's size makes it, and within 0 and 1")
  func ends() throws {
    let all = try #require(MeanInterval(accuracy: 1, deviation: 0, seeds: 10, sequences: 500))
    #expect(all.upper == 1 && abs(all.lower - 500 / (500 + 1.9647 * 1.9647)) < 1e-5)
    let none = try #require(MeanInterval(accuracy: 0, deviation: 0, seeds: 10, sequences: 500))
    #expect(none.lower == 0 && abs(none.upper - (1 - all.lower)) < 1e-12)
    for seeds in 2...5 {
      for (mean, deviation) in [(0.5, 0.7), (0.999, 0.001), (0.001, 0.001)] {
        let some = try #require(MeanInterval(accuracy: mean, deviation: deviation, seeds: seeds, sequences: 3))
        #expect(some.lower >= 0 && some.lower < mean && mean < some.upper && some.upper <= 1)
      }
    }
  }

  @Test("One seed, or one sequence, tells of no spread")
  func tooFew() {
    #expect(MeanInterval(accuracy: 0.9, deviation: 0, seeds: 1, sequences: 100) == nil)
    #expect(MeanInterval(accuracy: 0.9, deviation: 0.1, seeds: 5, sequences: 1) == nil)
    #expect(MeanInterval(mean: 30, deviation: 0, seeds: 1) == nil)
    #expect(MeanInterval(accuracy: 0.9, deviation: 0.1, seeds: 2, sequences: 2) != nil)
  }

  @Test("Of a mean over chips alone it is t·s/√S to both sides")
  func chips() throws {
    let interval = try #require(MeanInterval(mean: 39.1, deviation: 5.3, seeds: 10))
    #expect(abs(interval.lower - (39.1 - 2.2622 * 5.3 / 10.0.squareRoot())) < 1e-3)
    #expect(abs(interval.lower + interval.upper - 78.2) < 1e-9)
  }

  /// Sequences of different difficulty and chips of different luck, both drawn anew each time.
  private func means(
    _ random: inout SeededRandom, seeds: Int, sequences: Int
  ) -> (mean: Double, deviation: Double) {
    func uniform() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    // Mean of the difficulties: 0.8·1 + 0.15·0.9 + 0.05·0.1 = 0.94.
    let difficulties = (0..<sequences).map { _ in
      let u = uniform()
      return u < 0.8 ? 1 : u < 0.95 ? 0.9 : 0.1
    }
    let accuracies = (0..<seeds).map { _ in
      let luck = (uniform() - 0.5) * 0.02
      return Double(difficulties.count { uniform() < $0 + ($0 == 1 ? -0.01 : 0) + luck }) / Double(sequences)
    }
    let mean = accuracies.reduce(0, +) / Double(seeds)
    let squares = accuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(seeds - 1)).squareRoot())
  }

  @Test("Holds the truth of 19 in 20 samples of chips and sequences; an interval of the seeds alone of far fewer")
  func coverage() throws {
    var random = SeededRandom(20_261_127)
    // Right with probability min(1, d − 0.01 + luck) where d is 1: 0.99 on average, as luck is ±0.01 at most.
    let truth = 0.8 * 0.99 + 0.15 * 0.9 + 0.05 * 0.1
    let trials = 1000
    var (held, heldBySeedsAlone) = (0, 0)
    for _ in 0..<trials {
      let (mean, deviation) = means(&random, seeds: 10, sequences: 400)
      let both = try #require(MeanInterval(accuracy: mean, deviation: deviation, seeds: 10, sequences: 400))
      let seeds = try #require(MeanInterval(mean: mean, deviation: deviation, seeds: 10))
      if both.lower <= truth, truth <= both.upper { held += 1 }
      if seeds.lower <= truth, truth <= seeds.upper { heldBySeedsAlone += 1 }
    }
    #expect(held >= 940, "\(held) of \(trials)")
    #expect(heldBySeedsAlone <= 800, "\(heldBySeedsAlone) of \(trials)")
  }
}

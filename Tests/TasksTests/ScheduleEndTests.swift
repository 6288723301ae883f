import Files
import Testing

@testable import Tasks

@Suite("Ends of schedules")
struct ScheduleEndTests {
  private static func options(_ extensions: [Int] = []) -> TrainingOptions {
    var options = TrainingOptions()
    (options.batch, options.epochs, options.schedule) = (4, 3, .linear)
    options.extensions = extensions
    return options
  }

  @Test(
    "An epoch is of the ramp that it begins in; behind all of them it is alone",
    arguments: [(0, 0..<3), (2, 0..<3), (3, 3..<5), (4, 3..<5), (5, 5..<6), (6, 6..<7)])
  func ramp(_ epoch: Int, _ expected: Range<Int>) {
    #expect(Self.options([2, 1]).ramp(of: epoch) == expected)
  }

  @Test(
    "The last update may be of a batch that is not full",
    arguments: [(0, 0), (1, 1), (3, 1), (4, 1), (5, 2), (8, 2), (9, 3)])
  func updates(_ sequences: Int, _ expected: Int) {
    #expect(Self.options().updates(perEpochOf: sequences) == expected)
    var one = Self.options()
    for batch in [0, 1] {
      one.batch = batch
      #expect(one.updates(perEpochOf: sequences) == sequences)
    }
  }

  @Test("A ramp under way is refused with the file, the epoch and how many there are")
  func underWay() throws {
    var options = Self.options([2])
    let error = try #require(throws: InputError.self) { try options.extend(by: 3, after: 4, named: "f.mbx") }
    #expect(error.description.contains("f.mbx") && error.description.contains("is at epoch 4 of 5:"))
  }

  @Test("A set that is too small to keep a share apart is refused with its size and the share")
  func tooSmall() throws {
    let three = SequenceSet(
      name: "few", features: 1, classes: 3,
      sequences: (0..<3).map { .init(label: $0, values: [Int16($0)], steps: 1) })
    let error = try #require(throws: InputError.self) { try three.keepingApart(0.5, seed: 1) }
    #expect(error.description.contains("few"))
    #expect(error.description.contains("has 3 sequences in 3 classes, expected enough to keep a share of 0.5 apart"))
  }
}

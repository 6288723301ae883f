import Board
import Files
import Testing
import Trace

@testable import Tasks

@Suite("What a chip file says of its network")
struct NetworkFactTests {
  private static func facts(window: String) throws -> NetworkFacts {
    let chip = ChipConfiguration(tiles: [
      TileConfiguration(wordLines: 4, bitLines: 4), TileConfiguration(wordLines: 2, bitLines: 2),
    ])
    let facts = [("inputs", "2"), ("hidden", "1"), ("outputs", "2"), ("window", window), ("activation", "hard")]
    let snapshot = try Machine(chip, log: NoLog(), ramBytes: 0).snapshot
    return try NetworkFacts(ChipFile(snapshot, facts: facts.map { .init($0.0, $0.1) }), named: "chip.mbx")
  }

  @Test("A window is one that the firmware's word holds", arguments: ["0.00390625", "1.0", "255.99609375"])
  func windows(_ text: String) throws { #expect(try Self.facts(window: text).window == Double(text)) }

  @Test(
    "Any other is refused in words",
    arguments: [
      "0", "-1", "0.0039", "256", "1e308", "9223372036854775807", "18446744073709551615", "inf", "nan", "-0",
    ])
  func noWindows(_ text: String) {
    let error = #expect(throws: InputError.self) { try Self.facts(window: text) }
    #expect(error?.description.contains("expected 0.00390625 to 255.99609375") == true, "\(text)")
  }
}

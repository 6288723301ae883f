import Crossbar
import Registers
import Testing
import Trace

@testable import Board

@Suite("The table of a chip's properties")
struct ChipPropertyTests {
  /// A value of the property that is not the chip's: far from it, so that a small chip shows it.
  static func other(_ property: ChipProperty, in chip: ChipConfiguration) -> PropertyValue {
    let choices: [PropertyValue] =
      switch property.range {
      case .whole(let range): [.whole(range.upperBound), .whole(range.lowerBound)]
      case .real(let range): [.real(range.upperBound), .real(range.lowerBound)]
      case .names(let names), .words(let names): names.reversed().map { .name($0) }
      }
    return choices.first { $0 != property[chip] } ?? property[chip]
  }

  /// Every number and name that is stored in a value, by its path. A device has a table of its own.
  static func leaves(of value: Any, at path: String = "chip") -> [String: String] {
    let children = Mirror(reflecting: value).children
    guard !children.isEmpty, !(value is Device) else { return [path: "\(value)"] }
    return children.reduce(into: [:]) { leaves, child in
      guard child.label != "tiles" else { return }
      leaves.merge(Self.leaves(of: child.value, at: "\(path).\(child.label ?? "")")) { one, _ in one }
    }
  }

  @Test("Everything that a chip is made of can be set by a property")
  func complete() throws {
    let usual = ChipConfiguration(tiles: [])
    var chip = usual
    for property in ChipConfiguration.properties.properties {
      try property.set(Self.other(property, in: chip), of: &chip)
    }
    let (before, after) = (Self.leaves(of: usual), Self.leaves(of: chip))
    #expect(before.count > 20)
    for (path, value) in before { #expect(after[path] != value, "no property sets \(path)") }
  }

  /// All that a bench sees of a chip on which everything that can be off is on.
  static func observation(_ chip: ChipConfiguration) throws -> (dump: [UInt32: UInt32], log: [LogEntry], [[Int32]]) {
    var machine = try Bench.small(chip)
    machine.write(.unlock, TileRegister.unlockKey)
    for row in 0..<6 {
      machine.pulses([40, -40, 60, 20])
      machine.run(.programRow, row: row)
      machine.pulses([-10, 30, -20, 10])
      machine.run(.programRow, row: row)
    }
    machine.drive([3, -2, 5, 1, -4, 2])
    for operation in [Operation.read, .readTransposed, .reference] {
      machine.run(operation)
      _ = machine.sense(4)
    }
    return (machine.dump(), machine.log.entries, machine.conductances)
  }

  @Test("A bench sees of every property that it is other than usual", arguments: ChipConfiguration.properties.names)
  func effective(name: String) throws {
    let property = try #require(ChipConfiguration.properties.named(name))
    let variation = Variation(
      deviceToDevice: 0.1, thresholdSpread: 0.1, boundsSpread: 0.1, cycleToCycle: 0.1, readNoise: 1_000_000)
    var base = ChipConfiguration.small(variation: variation)
    if name == "device-noise" { base.change(to: .umass(.airline)) }
    // Behind a large resistor even the fastest amplifiers are on their way after a cycle.
    if name == "bandwidth" { (base.feedback, base.timing.settle) = (1_000_000, 1) }
    var chip = base
    try property.set(Self.other(property, in: chip), of: &chip)
    #expect(chip != base)
    #expect(try Self.observation(chip) != Self.observation(base), "\(name) has no effect")
  }
}

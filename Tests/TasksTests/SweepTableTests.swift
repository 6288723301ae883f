import Crossbar
import Testing

@testable import Tasks

@Suite("Axes that each kind of sweep has")
struct SweepTableTests {
  struct Axis: Sendable, CustomTestStringConvertible {
    let name: String
    let inference: Bool
    let training: Bool
    let updates: Bool
    let costs: Bool

    var testDescription: String { name }
  }

  private static let axes = [
    Axis(name: "activation", inference: true, training: true, updates: true, costs: true),
    Axis(name: "hidden", inference: false, training: true, updates: true, costs: true),
    Axis(name: "select", inference: false, training: true, updates: false, costs: false),
    Axis(name: "test-every", inference: false, training: true, updates: false, costs: false),
    Axis(name: "core", inference: false, training: false, updates: false, costs: true),
    Axis(name: "lags", inference: false, training: false, updates: false, costs: false),
    Axis(name: "seed", inference: false, training: false, updates: false, costs: false),
    Axis(name: "adc-bits", inference: true, training: true, updates: true, costs: true),
  ]

  @Test("An axis is offered by the sweeps that it has an effect in", arguments: axes)
  func offered(_ axis: Axis) {
    #expect((SweepSetting.inference.named(axis.name) != nil) == axis.inference)
    #expect((SweepSetting.training.named(axis.name) != nil) == axis.training)
    #expect((SweepSetting.updates.named(axis.name) != nil) == axis.updates)
    #expect((SweepSetting.costs.named(axis.name) != nil) == axis.costs)
  }

  @Test("The table of every axis has each once")
  func every() {
    let names = SweepSetting.every.properties.map(\.name)
    #expect(names.count == Set(names).count)
  }
}

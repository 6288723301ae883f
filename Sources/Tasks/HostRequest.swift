import Board
import Firmware
import FixedPoint
import Registers

/// What the host sends: a command and its words.
package struct HostRequest: Sendable, Equatable {
  package let command: Command
  package let words: [UInt32]

  package init(_ command: Command, _ words: [UInt32] = []) {
    self.command = command
    self.words = words
  }

  /// A choice of a side.
  package init(_ command: Command, _ side: Side) { self.init(command, [side.rawValue]) }

  /// All that makes a chip ready for a network but its weights, in order.
  package static func preparation(
    of chip: ChipConfiguration, for shape: NetworkShape, window: Double, _ activation: ActivationKind
  ) -> [HostRequest] {
    let window = Window(window).raw
    let circuits = activation.circuits
    return [
      HostRequest(
        .configure, shape.words + [window, window, Model.denseHeadroom]),
      HostRequest(.setActivation, words(bank: 0, circuits.sigmoid)),
      HostRequest(.setActivation, words(bank: 1, circuits.tanh)),
      HostRequest(.calibrate, [2]),
      HostRequest(.setPulseTimes, PulseTimes(of: chip).words),
    ]
  }

  /// The weights of a layer.
  package static func program(
    _ layer: Layer, _ weights: [[Double]], window: Double, settings: ProgrammingSettings, on chip: ChipConfiguration
  ) -> HostRequest {
    let shares = weights.map { row in row.map { Q0_15($0 / window).raw } }
    return HostRequest(
      .program, [layer.rawValue] + settings.words(on: chip) + shares.flatMap { Lanes.pack(row: $0) })
  }

  static func words(bank: Int, _ circuit: PiecewiseLinear) -> [UInt32] {
    let segments = (0..<circuit.count).map { circuit.segments[$0] }
    return [UInt32(bank), UInt32(circuit.count), Lanes.pack(circuit.lowRail.raw, circuit.highRail.raw)]
      + segments.map { Lanes.pack($0.breakpoint.raw, 0) } + segments.map { Lanes.pack($0.slope.raw, $0.offset.raw) }
  }
}

import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Trace

/// What a chip file says of the network that its arrays hold.
package struct NetworkFacts: Sendable, Equatable {
  package var task: String
  package var shape: NetworkShape
  package var window: Double
  package var activation: ActivationKind
  /// Whose tiles hold it.
  package var side = Side.first

  package var facts: [ChipFile.Fact] {
    [.init("task", task)] + NetworkShape.properties.written(of: shape).map { .init($0.name, $0[shape]) }
      + [.init("window", window), .init("activation", activation.rawValue)]
      + (side == .first ? [] : [.init("side", side.rawValue)])
  }

  package init(
    task: String, shape: NetworkShape, window: Double, activation: ActivationKind, side: Side = .first
  ) {
    self.task = task
    self.shape = shape
    self.window = window
    self.activation = activation
    self.side = side
  }

  /// - Throws: when the file does not say, or its tiles are too small.
  package init(_ file: ChipFile, named name: String) throws(InputError) {
    task = file.fact("task") ?? "chip"
    shape = try Self.shape(file, named: name)
    guard let window = file.fact("window").flatMap({ Double($0) }), window > 0,
      let activation = file.fact("activation").flatMap({ ActivationKind(rawValue: $0) })
    else { throw InputError(name, "does not say 'window' and 'activation', expected a chip that holds a network") }
    self.window = window
    self.activation = activation
    side = try Self.side(file, named: name)
    guard file.snapshot.configuration.hasRoom(for: shape, on: side) else {
      throw InputError(name, "has tiles too small for the network it says it holds")
    }
  }

  private static func side(_ file: ChipFile, named name: String) throws(InputError) -> Side {
    guard let text = file.fact("side") else { return .first }
    guard let side = UInt32(text).flatMap({ Side(rawValue: $0) }) else {
      throw InputError(name, "says that its network is on side '\(text)', expected 0 or 1")
    }
    return side
  }

  private static func shape(_ file: ChipFile, named name: String) throws(InputError) -> NetworkShape {
    var shape = NetworkShape.properties.usual
    for property in NetworkShape.properties.properties {
      let text = file.fact(property.name)
      guard text != nil || property.isAlwaysWritten else { continue }
      do { try property.set(try property.value(of: text ?? ""), of: &shape) } catch {
        throw InputError(name, "does not say '\(property.name)', expected a chip that holds a network")
      }
    }
    return shape
  }

  /// The weights that the arrays hold, in real numbers.
  package func model<Log>(of machine: Machine<Log>) -> Model {
    func matrix(_ layer: Layer) -> [[Double]] {
      let array = machine.chip.tiles[side.tile(layer)].array
      let range = array.device.conductanceRange
      let span = Double(range.upperBound - range.lowerBound)
      let middle = Double(range.upperBound) / 2 + Double(range.lowerBound) / 2
      return (0..<shape[layer].rows).map { row in
        (0..<shape[layer].columns).map { column in
          let cell = row * array.bitLines + column * array.synapse.bitLinesPerColumn
          let conductance = Double(array.conductance[cell])
          let share =
            array.synapse == .differential
            ? (conductance - Double(array.conductance[cell + 1])) / span : (conductance - middle) / (span / 2)
          return share * window
        }
      }
    }
    return Model(
      task: task, shape: shape, activation: activation, window: window, lstm: matrix(.lstm), dense: matrix(.dense))
  }
}

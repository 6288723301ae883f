import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Trace

/// What a chip file says of a network that its arrays hold: `inputs=8`; of a second one, `second-inputs=8`.
package struct NetworkFacts: Sendable, Equatable {
  package var task: String
  package var shape: NetworkShape
  package var window: Double
  package var activation: ActivationKind
  /// Whose tiles hold it.
  package var side = Side.first

  package var facts: [ChipFile.Fact] {
    let facts: [ChipFile.Fact] =
      [.init("task", task)] + NetworkShape.properties.written(of: shape).map { .init($0.name, $0[shape]) }
      + [.init("window", window), .init("activation", activation.rawValue)]
    return facts.map { .init(Self.prefix(side) + $0.name, $0.value) }
  }

  private static func prefix(_ side: Side) -> String { side == .first ? "" : "\(side)-" }

  package init(
    task: String, shape: NetworkShape, window: Double, activation: ActivationKind, side: Side = .first
  ) {
    self.task = task
    self.shape = shape
    self.window = window
    self.activation = activation
    self.side = side
  }

  /// Of the network on a side.
  /// - Throws: when the file does not say, or its tiles are too small.
  package init(_ file: ChipFile, on side: Side = .first, named name: String) throws(InputError) {
    let prefix = Self.prefix(side)
    task = file.fact(prefix + "task") ?? "chip"
    shape = try Self.shape(file, prefix, named: name)
    guard let window = file.fact(prefix + "window").flatMap({ Double($0) }),
      let activation = file.fact(prefix + "activation").flatMap({ ActivationKind(rawValue: $0) })
    else {
      throw InputError(
        name, "does not say '\(prefix)window' and '\(prefix)activation', expected a chip that holds a network")
    }
    guard Model.windows.contains(window) else {
      throw InputError(
        name, "says '\(prefix)window=\(window)', expected \(Model.windows.lowerBound) to \(Model.windows.upperBound)")
    }
    self.window = window
    self.activation = activation
    self.side = side
    guard file.snapshot.configuration.hasRoom(for: shape, on: side) else {
      throw InputError(name, "has tiles too small for the network it says it holds")
    }
  }

  private static func shape(
    _ file: ChipFile, _ prefix: String, named name: String
  ) throws(InputError) -> NetworkShape {
    var shape = NetworkShape.properties.usual
    for property in NetworkShape.properties.properties {
      let text = file.fact(prefix + property.name)
      guard text != nil || property.isAlwaysWritten else { continue }
      do { try property.set(try property.value(of: text ?? ""), of: &shape) } catch {
        throw InputError(name, "does not say '\(prefix)\(property.name)', expected a chip that holds a network")
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

/// Which of two networks a chip file says that served last.
extension ChipFile {
  private static var serving: String { "serving" }

  /// - Throws: when the file says neither.
  package func servingSide(named name: String) throws(InputError) -> Side {
    guard let text = fact(Self.serving) else { return .first }
    guard let side = Side.allCases.first(where: { "\($0)" == text }) else {
      throw InputError(name, "says that its network '\(text)' served, expected first or second")
    }
    return side
  }

  /// Facts with which network serves among them.
  package static func facts(_ facts: [Fact], serving side: Side) -> [Fact] {
    facts.filter { $0.name != serving } + (side == .first ? [] : [.init(serving, "\(side)")])
  }
}

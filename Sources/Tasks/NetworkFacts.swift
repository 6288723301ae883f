import Board
import Crossbar
import Files
import Firmware
import Trace

/// What a chip file says of the network that its arrays hold.
public struct NetworkFacts: Sendable, Equatable {
  public var task: String
  public var inputs: Int
  public var hidden: Int
  public var outputs: Int
  public var window: Double
  public var activation: ActivationKind

  var facts: [ChipFile.Fact] {
    [
      .init("task", task), .init("inputs", inputs), .init("hidden", hidden), .init("outputs", outputs),
      .init("window", window), .init("activation", activation.rawValue),
    ]
  }

  init(task: String, inputs: Int, hidden: Int, outputs: Int, window: Double, activation: ActivationKind) {
    self.task = task
    self.inputs = inputs
    self.hidden = hidden
    self.outputs = outputs
    self.window = window
    self.activation = activation
  }

  /// - Throws: when the file does not say, or its tiles are too small.
  public init(_ file: ChipFile, named name: String) throws(InputError) {
    func number(_ fact: String) throws(InputError) -> Int {
      guard let number = file.fact(fact).flatMap({ Int($0) }), (1...1024).contains(number) else {
        throw InputError(name, "does not say '\(fact)', expected a chip that holds a network")
      }
      return number
    }
    task = file.fact("task") ?? "chip"
    inputs = try number("inputs")
    hidden = try number("hidden")
    outputs = try number("outputs")
    guard let window = file.fact("window").flatMap({ Double($0) }), window > 0,
      let activation = file.fact("activation").flatMap({ ActivationKind(rawValue: $0) })
    else { throw InputError(name, "does not say 'window' and 'activation', expected a chip that holds a network") }
    self.window = window
    self.activation = activation
    let tiles = file.snapshot.configuration.tiles
    let pair = file.snapshot.configuration.synapse.bitLinesPerColumn
    guard tiles.count >= 2, tiles[0].wordLines >= inputs + hidden + 1, tiles[0].bitLines >= 4 * hidden * pair,
      tiles[1].wordLines >= hidden + 1, tiles[1].bitLines >= outputs * pair
    else { throw InputError(name, "has tiles too small for the network it says it holds") }
  }

  /// The weights that the arrays hold, in real numbers.
  public func model<Log>(of machine: Machine<Log>) -> Model {
    func matrix(_ array: CrossbarArray, rows: Int, columns: Int) -> [[Double]] {
      let range = array.device.conductanceRange
      let span = Double(range.upperBound - range.lowerBound)
      let middle = Double(range.upperBound) / 2 + Double(range.lowerBound) / 2
      return (0..<rows).map { row in
        (0..<columns).map { column in
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
      task: task, inputs: inputs, hidden: hidden, outputs: outputs, activation: activation, window: window,
      lstm: matrix(machine.chip.tiles[0].array, rows: inputs + hidden + 1, columns: 4 * hidden),
      dense: matrix(machine.chip.tiles[1].array, rows: hidden + 1, columns: outputs))
  }
}

import Board
import Crossbar
import Firmware
import Registers
import Testing
import Trace

/// A board with the firmware on it, driven through the mailbox as a host does.
struct Bench {
  var machine: Machine<MemoryLog>
  var controller = Controller()

  init(
    inputs: Int, hidden: Int, outputs: Int, synapse: Synapse = .reference,
    change: (inout ChipConfiguration) -> Void = { _ in }
  ) throws {
    let shape = NetworkShape(inputs: inputs, hidden: hidden, outputs: outputs)
    var chip = ChipConfiguration(
      tiles: Layer.allCases.map {
        TileConfiguration(wordLines: shape[$0].rows, bitLines: shape[$0].columns * synapse.bitLinesPerColumn)
      }, synapse: synapse)
    change(&chip)
    machine = try Machine(chip, log: MemoryLog())
  }

  mutating func send(_ command: UInt32, _ words: [UInt32]) -> [UInt32] {
    machine.mailbox.post([command, UInt32(words.count)] + words)
    _ = controller.serve(on: &machine)
    return machine.mailbox.collect()
  }

  mutating func send(_ command: Command, _ words: [UInt32] = []) -> [UInt32] { send(command.rawValue, words) }

  /// The words after `done`.
  mutating func expectDone(_ command: Command, _ words: [UInt32] = []) throws -> [UInt32] {
    let answer = send(command, words)
    try #require(answer.first == Status.done.rawValue, "\(command) answered \(answer)")
    return Array(answer.dropFirst())
  }
}

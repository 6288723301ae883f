import Board
import Firmware

/// A commissioning record that the controller has written, or started from.
public struct CommissioningRecord: Sendable, Equatable {
  /// One more than that of the record before.
  public var sequence: UInt32
  /// Of the network that it is for.
  public var shape: NetworkShape
  /// Whose tiles hold the weights.
  public var side: Side

  /// A record by its number and its network.
  public init(sequence: UInt32, shape: NetworkShape, side: Side = .first) {
    self.sequence = sequence
    self.shape = shape
    self.side = side
  }
}

extension Session where Runner: ~Copyable {
  /// Has the controller write what the chip is ready for into the flash.
  /// - Parameter settings: those of the programming; the record's sums average as many reads.
  /// - Returns: the record's sequence number.
  @discardableResult
  package mutating func commit(settings: ProgrammingSettings) throws(FirmwareRefusal) -> UInt32 {
    try request(.commit, [settings.samplesLog2(on: machine.chip.configuration)])[0]
  }

  /// Has the controller start from the record in the flash: nothing else is asked of it before the first sequence.
  package mutating func boot() throws(FirmwareRefusal) -> CommissioningRecord {
    try identify()
    let answer = try request(.boot)
    return CommissioningRecord(
      sequence: answer[0],
      shape: NetworkShape(inputs: Int(answer[2]), hidden: Int(answer[3]), outputs: Int(answer[4])),
      side: workingSide)
  }
}

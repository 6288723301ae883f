import Registers
import Trace

/// What a block of the chip refused of an access.
enum Refused: Sendable {
  case tile(Int, TileError)
  case chip(ChipError)

  var event: ChipEvent {
    switch self {
    case .tile(let number, let error): .tileError(tile: number, error)
    case .chip(let error): .chipError(error)
    }
  }
}

/// Something that a binary did and the hardware refused.
public struct Diagnostic: Sendable, Equatable {
  /// Core clock cycles since reset when the access returned.
  public var cycle: UInt64
  /// The instruction.
  public var pc: UInt32
  /// Whether it read or wrote.
  public var kind: Transaction.Kind
  /// The byte address of the access.
  public var address: UInt32
  /// The error bit that was set, as the log has it.
  public var refusal: ChipEvent
  /// Whether the hart got an access fault, or the block's error bit was all.
  public var isFault: Bool
}

/// The first refusals of a run, and how many there were.
public struct Diagnostics: Sendable, Equatable {
  /// Refusals that are kept; those after them are counted only.
  public static let most = 100

  /// In the order of the run, at most `most`.
  public private(set) var first: [Diagnostic] = []
  /// All refusals, kept or not.
  public private(set) var count = 0

  /// None yet.
  public init() {}

  mutating func append(_ diagnostic: Diagnostic) {
    count += 1
    if first.count < Self.most { first.append(diagnostic) }
  }
}

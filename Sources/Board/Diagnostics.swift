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
  public var cycle: UInt64
  /// The instruction.
  public var pc: UInt32
  public var kind: Transaction.Kind
  public var address: UInt32
  public var refusal: ChipEvent
  /// Whether the hart got an access fault, or the block's error bit was all.
  public var isFault: Bool
}

/// The first refusals of a run, and how many there were.
public struct Diagnostics: Sendable, Equatable {
  public static let most = 100

  public private(set) var first: [Diagnostic] = []
  public private(set) var count = 0

  public init() {}

  mutating func append(_ diagnostic: Diagnostic) {
    count += 1
    if first.count < Self.most { first.append(diagnostic) }
  }
}

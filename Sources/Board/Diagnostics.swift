import Registers
import Trace

/// What a block of the chip refused of an access.
enum Refused: Sendable {
  case tile(Int, TileError)
  case chip(ChipError)
  case flash(FlashError)
  case cell(CellError)

  var event: ChipEvent {
    switch self {
    case .tile(let number, let error): .tileError(tile: number, error)
    case .chip(let error): .chipError(error)
    case .flash(let error): .flash(.error(error))
    case .cell(let error): .cellError(error)
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
  /// How often, the first time at `cycle` and `address`.
  public internal(set) var count = 1

  /// Whether it is the same refusal of the same instruction.
  fileprivate func isAlike(_ other: Diagnostic) -> Bool {
    pc == other.pc && kind == other.kind && refusal == other.refusal && isFault == other.isFault
  }
}

/// What was refused at the first places of a run, and how often.
public struct Diagnostics: Sendable, Equatable {
  /// Places that are kept; those after them are counted only.
  public static let most = 100

  /// In the order of the run, at most `most`.
  public private(set) var first: [Diagnostic] = []
  /// Of all refusals.
  public private(set) var count = 0
  /// Those that are not at one of the first places.
  public private(set) var others = 0

  /// None yet.
  public init() {}

  mutating func append(_ diagnostic: Diagnostic) {
    count += 1
    if let known = first.lastIndex(where: { $0.isAlike(diagnostic) }) {
      first[known].count += 1
    } else if first.count < Self.most {
      first.append(diagnostic)
    } else {
      others += 1
    }
  }
}

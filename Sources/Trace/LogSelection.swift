import Files
import Registers

/// Which part of a run a log holds.
public struct LogSelection: Sendable, Equatable {
  /// Where a log begins or ends.
  public enum Moment: Sendable, Equatable {
    /// Of the core clock.
    case cycle(UInt64)
    /// Of those sent to the controller, from 1.
    case sequence(Int)

    /// `300000`, or `sequence:3`; nil for another text.
    public init?(_ text: String) {
      let words = text.split(separator: ":", omittingEmptySubsequences: false)
      if words.count == 2, words[0] == "sequence", let number = Int(words[1]), number > 0 {
        self = .sequence(number)
      } else if let cycle = UInt64(text), 1...1 << 62 ~= cycle {
        self = .cycle(cycle)
      } else {
        return nil
      }
    }
  }

  /// The first moment; nil for the beginning of the run.
  public var from: Moment?
  /// The last one: its cycle or sequence is still in the log; nil for the end of the run.
  public var to: Moment?
  /// Of which registers.
  public var only: RegisterPatterns?
  /// Only what was refused, what ended early, and failures of the supply.
  public var onlyErrors = false
  /// Of as many sequences one; 1 for all, and for what is between them.
  public var every = 1

  /// All of it.
  public init() {}

  /// What is left out within the part of the run, as the head of the log has it; nil where nothing is.
  public var filter: String? {
    let parts =
      [only.map { "only=\($0)" }, onlyErrors ? "errors" : nil, every > 1 ? "every=\(every)" : nil].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}

/// Names of blocks and registers in which `*` stands for any letters: `MBX*`, `MBX0.SENSE`.
public struct RegisterPatterns: Sendable, Equatable, CustomStringConvertible {
  private struct Pattern: Sendable, Equatable {
    let block: NamePattern
    let register: NamePattern?
  }

  private let patterns: [Pattern]
  /// As they were given, with commas between.
  public let description: String

  /// - Throws: when a name is that of no block or register of the maps, with the nearest one.
  public init(_ texts: [String], among maps: [BlockMap]) throws(UnknownName) {
    description = texts.joined(separator: ",")
    patterns = texts.map { text in
      let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      return Pattern(block: NamePattern(parts[0]), register: parts.count > 1 ? NamePattern(parts[1]) : nil)
    }
    for (text, pattern) in zip(texts, patterns) {
      let blocks = maps.filter { pattern.block.matches($0.fullName) }
      guard blocks.isEmpty || pattern.register != nil && !blocks.contains(where: { has(pattern, $0) }) else { continue }
      let names =
        maps.map(\.fullName) + maps.flatMap { map in map.entries.map { "\(map.fullName).\($0.register.name)" } }
      throw UnknownName(
        description: "'\(text)' is no block and no register of the board\(NearestName.hint(text, among: names))")
    }
  }

  /// A pattern that nothing matches.
  public struct UnknownName: Error, CustomStringConvertible {
    /// With the nearest name.
    public let description: String
  }

  private func has(_ pattern: Pattern, _ map: BlockMap) -> Bool {
    map.entries.contains { pattern.register?.matches("\($0.register.name)") ?? true }
  }

  /// Whether all of a block is meant, the places without a register and the events too.
  func takeWhole(_ block: String) -> Bool {
    patterns.contains { $0.register == nil && $0.block.matches(block) }
  }

  /// Whether a register is meant.
  func take(_ register: String, of block: String) -> Bool {
    patterns.contains { $0.block.matches(block) && $0.register?.matches(register) ?? true }
  }
}

extension BlockMap {
  /// Bytes that the block takes on the bus, where it is known what is outside.
  fileprivate var span: UInt32 {
    switch base {
    case MemoryMap.chip: MemoryMap.tileStride
    case _ where number != nil: MemoryMap.tileStride
    default: max(UInt32(places.count) * registerBytes, 0x100)
    }
  }
}

/// Which entries are of the registers that were asked for.
struct PatternFilter: Sendable {
  private struct Block: Sendable {
    let label: String
    let base: UInt32
    let span: UInt32
    let registerBytes: UInt32
    let isWhole: Bool
    /// For each place of a register.
    let places: [Bool]
  }

  private let blocks: [Block]

  init(_ patterns: RegisterPatterns, _ maps: [BlockMap]) {
    blocks = maps.map { map in
      let entries = map.entries.map { patterns.take("\($0.register.name)", of: map.fullName) }
      return Block(
        label: map.fullName, base: map.base, span: map.span, registerBytes: map.registerBytes,
        isWhole: patterns.takeWhole(map.fullName),
        places: map.places.map { $0 != BlockMap.nowhere && entries[Int($0)] })
    }
  }

  func takes(_ entry: LogEntry) -> Bool {
    switch entry.body {
    case .access(let transaction): takes(transaction.address)
    case .event(let event):
      blocks.contains { $0.isWhole && $0.label == EntryText(event).register }
    }
  }

  func takes(_ address: UInt32) -> Bool {
    guard let block = blocks.first(where: { address &- $0.base < $0.span }) else { return false }
    let place = Int((address - block.base) / block.registerBytes)
    return block.isWhole || place < block.places.count && block.places[place]
  }
}

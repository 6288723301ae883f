/// A name for an address.
public struct Symbol: Equatable, Sendable {
  /// What a name stands for.
  public enum Kind: Sendable {
    /// Code.
    case function
    /// Data.
    case object
    /// A label, or what the file does not say.
    case other
  }

  /// As in the file, mangled where the language mangles.
  public var name: String
  /// Of its first byte.
  public var address: UInt32
  /// Bytes; 0 where the file does not say.
  public var size: UInt32
  /// What it stands for.
  public var kind: Kind

  /// A name for `size` bytes at an address.
  public init(name: String, address: UInt32, size: UInt32, kind: Kind) {
    self.name = name
    self.address = address
    self.size = size
    self.kind = kind
  }
}

/// Symbols by name and by address.
public struct SymbolTable: Equatable, Sendable {
  /// By ascending address.
  public let symbols: [Symbol]
  private let byName: [String: Int]

  /// A table of symbols in any order; of two with one name the first by address is found by it.
  public init(_ symbols: [Symbol] = []) {
    // Among symbols at one address the last is the best name for it: functions, then larger ones.
    self.symbols = symbols.sorted {
      ($0.address, $0.kind == .function ? 1 : 0, $0.size, $1.name) < (
        $1.address, $1.kind == .function ? 1 : 0, $1.size, $0.name
      )
    }
    byName = Dictionary(self.symbols.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  /// The symbol of that name, if there is one.
  public subscript(name: String) -> Symbol? { byName[name].map { symbols[$0] } }

  /// Whether a symbol begins in the `count` bytes at an address.
  func begins(within count: UInt32, of address: UInt32) -> Bool {
    let next = firstIndex(after: address &- 1)
    return next < symbols.count && symbols[next].address &- address < count
  }

  /// Of the symbols beyond an address.
  private func firstIndex(after address: UInt32) -> Int {
    var low = 0
    var high = symbols.count
    while low < high {
      let middle = (low + high) / 2
      if symbols[middle].address <= address { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The symbol an address belongs to: the nearest one at or below it, unless its size says that it ended before.
  public func symbol(at address: UInt32) -> Symbol? {
    let next = firstIndex(after: address)
    guard next > 0 else { return nil }
    let symbol = symbols[next - 1]
    return symbol.size == 0 || address - symbol.address < symbol.size ? symbol : nil
  }

  /// The addresses that have the same symbol as this one, or else that have none, as it has.
  func extent(around address: UInt32) -> Range<UInt32> {
    let next = firstIndex(after: address)
    let limit = next < symbols.count ? symbols[next].address : .max
    guard next > 0 else { return 0..<limit }
    let before = symbols[next - 1]
    let end = before.size == 0 ? limit : min(before.address &+ before.size, limit)
    return address < end ? before.address..<end : end..<limit
  }

  /// `name`, `name+0x10`, or nil.
  public func describe(_ address: UInt32) -> String? {
    guard let symbol = symbol(at: address) else { return nil }
    let offset = address - symbol.address
    return offset == 0 ? symbol.name : "\(symbol.name)+0x\(String(offset, radix: 16))"
  }
}

import Registers

/// The controller's end of `HOST`.
enum HostPort {
  static func take(on bus: inout some Bus) -> UInt32 { bus.read(MemoryMap.host + HostRegister.data.offset()) }
  static func send(_ word: UInt32, on bus: inout some Bus) {
    bus.write(MemoryMap.host + HostRegister.data.offset(), word)
  }
  static func waiting(on bus: inout some Bus) -> UInt32 { bus.read(MemoryMap.host + HostRegister.level.offset()) }

  /// `done`, and words that follow; further ones may be sent after it.
  static func answer(on bus: inout some Bus) { send(Status.done.rawValue, on: &bus) }
  static func answer(_ words: [UInt32], on bus: inout some Bus) {
    answer(on: &bus)
    for word in words { send(word, on: &bus) }
  }
}

/// Words in order: those of a request, or of a record.
protocol WordSource {
  /// What a word outside its range is refused with.
  static var outOfRange: Status { get }

  mutating func next(on bus: inout some Bus) throws(Status) -> UInt32
}

extension WordSource {
  /// The next word, if it is what the argument may be.
  mutating func next(_ argument: Argument, on bus: inout some Bus) throws(Status) -> UInt32 {
    let word = try next(on: &bus)
    guard argument.range.contains(word) else { throw Self.outOfRange }
    return word
  }
}

/// A request being read: knows how many of its words are left.
struct Request: WordSource {
  static var outOfRange: Status { .badArgument }

  private(set) var remaining: UInt32

  mutating func next(on bus: inout some Bus) throws(Status) -> UInt32 {
    guard remaining > 0 else { throw .badLength }
    remaining -= 1
    return HostPort.take(on: &bus)
  }

  mutating func nextLayer(on bus: inout some Bus) throws(Status) -> Layer {
    guard let layer = Layer(rawValue: try next(on: &bus)) else { throw .badArgument }
    return layer
  }

  mutating func nextSide(on bus: inout some Bus) throws(Status) -> Side {
    guard let side = Side(rawValue: try next(on: &bus)) else { throw .badArgument }
    return side
  }

  func expectEnd() throws(Status) {
    guard remaining == 0 else { throw .badLength }
  }

  /// Takes and drops what is left, so that the next request begins at its beginning.
  mutating func drain(on bus: inout some Bus) {
    while remaining > 0 {
      remaining -= 1
      _ = HostPort.take(on: &bus)
    }
  }
}

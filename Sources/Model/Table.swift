import ModelHeader
import Synchronization

/// What a handle can stand for.
protocol Held: ~Copyable {
  /// Tells handles of one kind from those of another.
  static var kind: UInt64 { get }
}

/// All chips and tiles that are alive: the only state that calls share.
///
/// A handle is generation (upper 32 bits, from 1), kind (bits 12 to 15) and place (bits 0 to 11). The word of a place is
/// the handle that is alive there, 0 for none. To use one is to exchange it for itself with bit 31 set, which finds out a
/// handle that is not alive and keeps others out at once; giving it back is a store. What the place holds beside is
/// touched by whoever has its word.
enum Table {
  /// What C's zeroes are at first: no generation, nothing there.
  private struct Holding {
    var generation: UInt32
    var content: UnsafeMutableRawPointer?
  }

  static var count: Int { TABLE_PLACES }
  private static var inUse: UInt64 { 1 << 31 }

  @inline(__always)
  private static func word(_ place: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
    table_place(place).assumingMemoryBound(to: Atomic<UInt64>.self)
  }

  @inline(__always)
  private static func holding(_ place: Int) -> UnsafeMutablePointer<Holding> {
    (table_place(place) + MemoryLayout<Atomic<UInt64>>.stride).assumingMemoryBound(to: Holding.self)
  }

  /// Takes something in.
  /// - Returns: its handle.
  static func add<Content: Held & ~Copyable>(_ content: consuming Content) throws(Failure) -> UInt64 {
    for place in 0..<count where word(place).pointee.load(ordering: .relaxed) == 0 {
      guard take(place, 0) == 0 else { continue }
      // A place whose generations are used up stays taken.
      guard holding(place).pointee.generation < .max else { continue }
      holding(place).pointee.generation += 1
      let pointer = UnsafeMutablePointer<Content>.allocate(capacity: 1)
      pointer.initialize(to: content)
      holding(place).pointee.content = UnsafeMutableRawPointer(pointer)
      let handle = UInt64(holding(place).pointee.generation) << 32 | Content.kind << 12 | UInt64(place)
      word(place).pointee.store(handle, ordering: .releasing)
      return handle
    }
    throw Failure(MBLSTM_TOO_MANY, "\(count) chips and tiles are alive, expected fewer")
  }

  /// - Returns: the word that was there: the one expected where the place is the caller's now.
  @inline(__always)
  private static func take(_ place: Int, _ expected: UInt64) -> UInt64 {
    word(place).pointee.compareExchange(expected: expected, desired: expected | inUse, ordering: .acquiring).original
  }

  @inline(__always)
  private static func take<Content: Held & ~Copyable>(
    _ handle: UInt64, _: Content.Type
  ) throws(Failure) -> (place: Int, content: UnsafeMutablePointer<Content>) {
    let place = Int(handle & (UInt64(count) - 1))
    guard handle & 0xffff_f000 == Content.kind << 12, handle >> 32 != 0 else { throw noHandle(handle) }
    let found = take(place, handle)
    guard found == handle, let content = holding(place).pointee.content else {
      throw found == handle | inUse ? used(handle) : noHandle(handle)
    }
    return (place, content.assumingMemoryBound(to: Content.self))
  }

  /// Does something with what a handle stands for, which nobody else has meanwhile.
  @inline(__always)
  static func with<Content: Held & ~Copyable, Answer>(
    _ handle: UInt64, _ type: Content.Type, _ body: (inout Content) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    let (place, content) = try take(handle, type)
    defer { word(place).pointee.store(handle, ordering: .releasing) }
    return try body(&content.pointee)
  }

  /// Lets go of what a handle stands for.
  static func remove<Content: Held & ~Copyable>(_ handle: UInt64, _ type: Content.Type) throws(Failure) -> Content {
    let (place, content) = try take(handle, type)
    let removed = content.move()
    content.deallocate()
    holding(place).pointee.content = nil
    word(place).pointee.store(0, ordering: .releasing)
    return removed
  }

  @inline(never)
  private static func noHandle(_ handle: UInt64) -> Failure {
    Failure(MBLSTM_BAD_HANDLE, "\(handle) is no handle of what is called: 0, freed, of another kind or never given out")
  }

  @inline(never)
  private static func used(_ handle: UInt64) -> Failure {
    Failure(MBLSTM_IN_USE, "\(handle) is in use by another call, expected one at a time")
  }
}

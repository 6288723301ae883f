// The heap, between .bss and the guard below the stack: blocks one after another, each behind a header that holds its
// size with bit 0 set while it is in use. Start-up makes it one free block. The controller allocates when a network is
// configured and hardly afterwards, so that finding a place may take a walk.

@_extern(c) func platform_heap_start() -> UInt
@_extern(c) func platform_heap_end() -> UInt

/// A header takes as much as an alignment step, so that what follows it is aligned.
private let step: UInt = 16

private func header(_ block: UInt) -> UnsafeMutablePointer<UInt> {
  guard let pointer = UnsafeMutablePointer<UInt>(bitPattern: block) else { fatalError() }
  return pointer
}

/// First fit; free neighbours are joined on the way.
private func allocate(_ count: UInt) -> UInt? {
  let wanted = (count &+ 2 &* step &- 1) & ~(step &- 1)
  let end = platform_heap_end()
  guard wanted > count else { return nil }
  var block = platform_heap_start()
  while block < end {
    var size = header(block).pointee
    if size & 1 == 0 {
      while block &+ size < end && header(block &+ size).pointee & 1 == 0 { size &+= header(block &+ size).pointee }
      if size >= wanted {
        if size > wanted { header(block &+ wanted).pointee = size &- wanted }
        header(block).pointee = wanted | 1
        return block &+ step
      }
      header(block).pointee = size
    }
    block &+= size & ~1
  }
  return nil
}

// Swift keeps the names posix_memalign and free to itself: the linker scripts give them to these two.

/// Traps when the heap is full: Swift cannot go on without what it asked for.
@c public func runtime_allocate(
  _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: Int, _ count: Int
) -> Int32 {
  guard alignment <= Int(step), let place = allocate(UInt(bitPattern: count)) else { fatalError() }
  result.pointee = UnsafeMutableRawPointer(bitPattern: place)
  return 0
}

@c public func runtime_free(_ pointer: UnsafeMutableRawPointer?) {
  guard let pointer else { return }
  header(UInt(bitPattern: pointer) &- step).pointee &= ~1
}

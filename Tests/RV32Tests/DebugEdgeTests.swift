import Testing

@testable import RV32

/// Words that a debugger may look at from 0x4000_0000 on, and single bytes from 0x5000_0000 on.
private struct PeekBus: DeviceBus {
  mutating func load(_ access: Access) -> Reply { .fault }
  mutating func store(_ value: UInt32, _ access: Access) -> Reply { .fault }
  func peek(_ address: UInt32, _ width: AccessWidth) -> UInt32? {
    switch (address >> 28, width) {
    case (4, .word): address & 3 == 0 ? 0x8833_2211 &+ (address & 0xFF) : nil
    case (5, .byte): 0x100 | address & 0xFF
    default: nil
    }
  }
}

@Suite("What a debugger and a profile see")
struct DebugEdgeTests {
  @Test("A byte of a device is that of its word, or its own where it has no words")
  func deviceBytes() {
    let core = core([nop])
    let bus = PeekBus()
    let bytes = (0..<8).map { core.peek(0x4000_0000 + $0, on: bus) }
    #expect(bytes == [0x11, 0x22, 0x33, 0x88, 0x15, 0x22, 0x33, 0x88])
    #expect((0..<3).map { core.peek(0x5000_0000 + $0, on: bus) } == [0, 1, 2])
    #expect(core.peek(0x6000_0000, on: bus) == nil && core.peek(base, on: bus) == 0x13)
  }

  @Test("The words of the host are those of the program that was loaded last")
  func hostWords() throws {
    var core = Core(smallConfiguration())
    var image = try Image(raw: code([nop]), at: base)
    image.symbols = SymbolTable([
      Symbol(name: "tohost", address: base + 0x40, size: 8, kind: .object),
      Symbol(name: "fromhost", address: base + 0x48, size: 4, kind: .object),
    ])
    try core.load(image)
    #expect(core.host.tohost == HostInterface.Word(address: base + 0x40, bytes: 8))
    #expect(core.host.fromhost == HostInterface.Word(address: base + 0x48, bytes: 4))
    try core.load(Image(raw: code([nop]), at: base))
    #expect(core.host.tohost == nil && core.host.fromhost == nil)
    // A symbol that begins in its second half makes a word short.
    for (distance, bytes) in [(3, 8), (4, 4), (7, 4), (8, 8)] as [(UInt32, UInt32)] {
      image.symbols = SymbolTable([
        Symbol(name: "tohost", address: base + 0x40, size: 0, kind: .object),
        Symbol(name: "next", address: base + 0x40 + distance, size: 0, kind: .object),
      ])
      try core.load(image)
      #expect(core.host.tohost?.bytes == bytes, "\(distance)")
    }
  }

  @Test(
    "A return from a trap goes on with what it came upon, to its place or up to 4 bytes behind, on its own stack",
    arguments: [(0, 0, true), (2, 0, true), (4, 0, true), (6, 0, false), (-2, 0, false), (4, 16, false)])
  func returns(_ behind: Int, _ moved: Int, _ isSame: Bool) {
    let (first, handler) = (base + 0x100, base + 0x200)
    var core = core([jal(ra, 0x100)])
    core.setBytes(code([cNop, cNop, ecall]), at: first)
    core.setBytes(
      code([csrrs(a0, 0x341, zero), addi(a0, a0, behind), csrrw(zero, 0x341, a0), addi(sp, sp, moved), mret]),
      at: handler)
    core[register: 2] = base + 0x8000
    core.hart.mtvec = handler
    let places = [("main", base), ("first", first), ("handler", handler)]
    core.profiler = Profiler(SymbolTable(places.map { Symbol(name: $0, address: $1, size: 0x40, kind: .function) }))
    var bus = EmptyBus()
    _ = core.run(on: &bus, instructions: 3 + 5)
    let target = Int(first) + 4 + behind
    #expect(core.pc == UInt32(target))
    core.setBytes(code([cNop, cNop, cNop]), at: UInt32(target))
    _ = core.run(on: &bus, instructions: 3)
    let folded = core.profiler?.folded ?? ""
    // Two compressed instructions before the trap, three after the return.
    #expect(folded.contains("main;first \(isSame ? 5 : 2)\n"), "\(folded)")
    #expect(folded.hasPrefix("[machineCall] 2\n[machineCall];handler 6\nfirst 3\n") == !isSame, "\(folded)")
  }
}

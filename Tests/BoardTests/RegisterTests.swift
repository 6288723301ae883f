import Crossbar
import Registers
import TestSupport
import Testing
import Trace

@testable import Board

@Suite("Every register of a board")
struct RegisterTests {
  @Test("Has its reset value, for a tool and for software")
  func resetValues() throws {
    var machine = try Bench.small()
    for site in Site.all where !site.isClock && !site.isOutside && site.register.resetOrigin != .outside {
      let map = try #require(machine.maps.first { $0.base == site.map.base })
      let reset = map.resets[Int((site.address - map.base) / map.registerBytes)]
      #expect(site.register.resetOrigin == .chip || reset == site.register.reset, "\(site.label)")
      #expect(machine.peek(site.address) == reset & site.register.masks.readable, "\(site.label)")
      guard site.register.masks.readable != 0 else { continue }
      let value = machine.read(site.address)
      #expect(value == reset, "\(site.label)")
    }
    #expect(machine.peek(.error) == 0 && machine.peek(.error, tile: 1) == 0 && machine.peek(chip: .error) == 0)
  }

  @Test("Reads as 0 with INDEX where it belongs to no line of its tile")
  func outside() throws {
    let sites = Site.all.filter { $0.isOutside && $0.index % 7 == 0 }
    #expect(sites.count > 500)
    try Self.expectRefusals(of: sites, tile: .index, chip: .code) { machine, site in
      machine.peek(site.address) == 0 && machine.read(site.address) == 0
    }
  }

  @Test("Describes the configuration where it is read-only")
  func configuration() throws {
    let machine = try Bench.small(.small(.differential, dacBits: 12, adcBits: 9))
    #expect(machine.peek(.geometry) == 6 | 4 << 16 && machine.peek(.geometry, tile: 1) == 3 | 10 << 16)
    #expect(machine.peek(.converters) == 0x0001_090c)
    #expect(machine.peek(.conductance, 0) == 10_000 && machine.peek(.conductance, 1) == 100_000)
    #expect(machine.peek(.readVoltage) == 98)
    #expect(machine.peek(.timing) == 0x0032_110a && machine.peek(.settle) == 10)
    #expect(machine.peek(chip: .tiles) == 2)
    let reference = try Bench.small()
    #expect(reference.peek(.converters) == 0x0c08 && reference.peek(.readVoltage) == 1575)
  }

  /// The error bit of a refusal, in the block that the site belongs to; nil if it is not exactly that one.
  static func refusal(_ machine: Bench, _ site: Site, tile: TileError, chip: ChipError) -> String? {
    let number = site.map.number ?? 0
    let (errors, expected) =
      site.isInTile
      ? (machine.peek(.error, tile: number), tile.field.mask) : (machine.peek(chip: .error), chip.field.mask)
    let event: ChipEvent = site.isInTile ? .tileError(tile: number, tile) : .chipError(chip)
    let isLogged = machine.log.entries.last?.body == .event(event)
    let isAddressed = site.isInTile || machine.peek(chip: .errorAddress) == site.address
    return errors == expected && isLogged && isAddressed ? nil : "\(site.label): \(errors ?? 0)"
  }

  static func clear(_ machine: inout Bench, _ site: Site) {
    if let tile = site.map.number {
      machine.write(.error, tile: tile, .max)
    } else {
      machine.write(chip: .error, .max)
    }
    machine.write(chip: .interruptPending, .max)
  }

  /// Does `access` at each site, expects one refusal each, and that nothing but the address of refusals changed.
  static func expectRefusals(
    of sites: [Site], tile: TileError, chip: ChipError, _ access: (inout Bench, Site) -> Bool
  ) throws {
    var machine = try Bench.small()
    var before = machine.dump()
    var wrong: [String] = []
    for site in sites {
      if !access(&machine, site) { wrong.append(site.label) }
      if let fault = refusal(machine, site, tile: tile, chip: chip) { wrong.append(fault) }
      clear(&machine, site)
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    before[MemoryMap.chip + ChipRegister.errorAddress.rawValue] = machine.peek(chip: .errorAddress)
    #expect(machine.dump() == before)
  }

  @Test("Refuses a write with ACCESS where it is read-only, and keeps its value")
  func readOnly() throws {
    let sites = Site.all.filter { $0.register.masks.writable == 0 }
    #expect(sites.count > 1000)
    // A refusal shows in these.
    let telltales = ["STATUS", "WAIT", "ERROR_ADDRESS", "MTIME"]
    try Self.expectRefusals(of: sites, tile: .access, chip: .access) { machine, site in
      let before = machine.peek(site.address)
      machine.write(site.address, site.register.mask)
      return telltales.contains(site.register.name.description) || machine.peek(site.address) == before
    }
  }

  @Test("Reads as 0 with ACCESS where it is write-only")
  func writeOnly() throws {
    let sites = Site.all.filter { $0.register.masks.readable == 0 }
    #expect(sites.count == 2 * 3 + 4 + 1 + 2)
    try Self.expectRefusals(of: sites, tile: .access, chip: .access) { machine, site in
      machine.read(site.address) == 0
    }
  }

  @Test("Refuses every 1 outside its fields with RESERVED, unless ones only clear")
  func reservedBits() throws {
    let sites = Site.all.filter { $0.register.masks.writable != 0 && $0.register.masks.reserved != 0 && $0.index < 10 }
    for bit in 0..<32 {
      let sites = sites.filter { $0.register.masks.writable >> UInt32(bit) & 1 == 0 && ($0.index + bit) % 3 == 0 }
      try Self.expectRefusals(of: sites, tile: .reserved, chip: .reserved) { machine, site in
        machine.write(site.address, 1 << UInt32(bit))
        return true
      }
    }
  }

  /// A random legal value of a read-write register of the small machine; nil where there is no such line.
  static func legal(_ site: Site, _ random: inout SeededRandom) -> UInt32? {
    let word = random.word()
    guard let tile = site.map.number else {
      switch site.register.name.description {
      case "SIGMOID_COUNT", "TANH_COUNT": return 1 + word % 16
      // Those of the UART that change what others are, and those that read as 0, have tests of their own.
      case "IER": return word & 0x0d
      case "LCR": return word & 0x7f
      case "MCR": return word & 0x0f
      default: return word & site.register.masks.writable
      }
    }
    let (lines, bitLines) = tile == 0 ? (6, 4) : (10, 10)
    switch site.register.name.description {
    case "DRIVE":
      let code = { (random: inout SeededRandom) in Int16.random(in: -127...127, using: &random) }
      return site.index < lines / 2 ? Lanes.pack(code(&random), code(&random)) : nil
    case "PULSE": return site.index < bitLines ? word & 0xffff : nil
    case "TRIM": return site.index < lines ? word : nil
    case "ACTIVATION": return site.index == 0 ? word & ~(word << 1 & 0xaaaa_aaaa) : nil
    case "FEEDBACK": return word % 0xff_ffff + 1
    // Written once only, and what they limit is anything here; in an order of its own.
    case "LIMIT_AMPLITUDE", "LIMIT_WIDTH", "SUPPLY": return nil
    default: return word & site.register.masks.writable
    }
  }

  @Test("Keeps the legal value written, apart from every other register")
  func readWrite() throws {
    var machine = try Bench.unlocked()
    var random = SeededRandom(1)
    for _ in 0..<3 {
      var expected = machine.dump()
      for site in Site.all.shuffled(using: &random) where site.register.masks.replaced != 0 {
        guard let value = Self.legal(site, &random) else { continue }
        machine.write(site.address, value)
        expected[site.address] = site.register.masks.written(value, over: expected[site.address] ?? 0)
      }
      #expect(machine.dump() == expected)
      for site in Site.all where site.register.masks.replaced != 0 && !site.isOutside {
        let value = machine.read(site.address)
        if value != expected[site.address] { Issue.record("\(site.label) reads \(value)") }
      }
      #expect(machine.events.isEmpty)
    }
  }

  @Test("Takes each bit of its fields alone where all values are legal")
  func singleBits() throws {
    var machine = try Bench.unlocked()
    let anyValue = [
      "WATCHDOG", "AMPLITUDE", "ERASE_WIDTH", "PULSE", "TRIM", "IRQ_ENABLE", "SIGMOID_RAILS", "TANH_LINE",
    ]
    let sites = Site.all.filter { anyValue.contains($0.register.name.description) && $0.index < 3 }
    for site in sites {
      for bit in 0..<32 where site.register.mask >> UInt32(bit) & 1 == 1 {
        machine.write(site.address, 1 << UInt32(bit))
        #expect(machine.peek(site.address) == 1 << UInt32(bit), "\(site.label)")
      }
      machine.write(site.address, site.register.mask)
      #expect(machine.peek(site.address) == site.register.mask)
    }
    #expect(machine.events.isEmpty)
  }

  /// The small machine as it is after reset, but with nothing set at a site.
  private static func cleared(_ site: Site) throws -> [UInt32: UInt32] {
    var dump = try Bench.small().dump()
    dump[site.address] = 0
    return dump
  }

  @Test("Clears exactly the bits written as 1 where a written 1 clears, and shows it in STATUS")
  func oneToClear() throws {
    let sites = Site.all.filter { $0.register.masks.clearedByOnes != 0 }
    #expect(sites.count >= 2 + 2)
    for site in sites {
      var machine = try Bench.small()
      let flags = site.register.masks.clearedByOnes
      machine.set(flags, at: site)
      for bit in 0..<32 where flags >> UInt32(bit) & 1 == 1 {
        machine.write(site.address, 0)
        let before = try #require(machine.peek(site.address))
        #expect(before & flags == flags & ~(1 << UInt32(bit) - 1), "\(site.label)")
        machine.write(site.address, 1 << UInt32(bit))
        #expect(machine.peek(site.address) == before & ~(1 << UInt32(bit)), "\(site.label) bit \(bit)")
      }
      #expect(machine.dump() == (try Self.cleared(site)) && machine.events.isEmpty)
    }
  }

  @Test("Takes every word where ones only clear, and all ones clear every bit")
  func allOnes() throws {
    for site in Site.all where site.register.masks.clearedByOnes != 0 {
      var machine = try Bench.small()
      machine.set(site.register.masks.clearedByOnes, at: site)
      machine.write(site.address, .max)
      #expect(machine.dump() == (try Self.cleared(site)) && machine.events.isEmpty, "\(site.label)")
    }
  }

  @Test("Takes a write while its tile is busy exactly where the map says so")
  func whileBusy() throws {
    let sites = Site.all.filter { $0.map.number == 0 && $0.register.masks.writable != 0 && $0.index == 0 }
    #expect(sites.count > 10)
    for site in sites {
      var machine = try Bench.small()
      machine.start(.read)
      machine.write(site.address, 1 << UInt32(site.register.masks.writable.trailingZeroBitCount))
      let isRefused = machine.peek(.error) == TileError.busy.field.mask
      #expect(isRefused != site.register.isWritableWhileBusy, "\(site.label)")
    }
  }

  @Test("Takes a write while locked exactly where the map says so")
  func whileLocked() throws {
    for site in Site.all where site.map.number == 0 && site.register.masks.writable != 0 && site.index == 0 {
      var machine = try Bench.small()
      machine.write(site.address, 1)
      let isRefused = machine.peek(.error) == TileError.locked.field.mask
      #expect(isRefused == site.register.isGuarded, "\(site.label)")
    }
  }

  @Test("Can be looked at without effect, also while an operation is under way and words wait")
  func peekIsPure() throws {
    var machine = try Bench.small()
    machine.scatter()
    machine.mailbox.post([7, 8])
    machine.uart.receive([65, 66])
    machine.drive([1, 2, 3, 4, 5, 6])
    machine.start(.read)
    let entries = machine.log.entries
    let first = machine.dump()
    #expect(first == machine.dump())
    for offset: UInt32 in [2, 0x0fc0, 0x5000, 0xfffc] { #expect(machine.peek(MemoryMap.tile(0) + offset) == nil) }
    #expect(machine.peek(MemoryMap.tile(2)) == nil && machine.peek(0) == nil && machine.peek(MemoryMap.ram + 64) == nil)
    #expect(machine.peek(.error) == 0 && machine.peek(chip: .error) == 0)
    #expect(machine.log.entries == entries && machine.chip.tiles[0].isBusy)
    #expect(machine.mailbox.waiting == 2 && machine.peek(MemoryMap.host) == 7 && machine.peek(MemoryMap.uart) == 65)
    let words = [machine.read(MemoryMap.host), machine.read(MemoryMap.host), machine.read(MemoryMap.uart)]
    #expect(words == [7, 8, 65])
  }
}

import Registers
import TestSupport
import Testing
import Trace

@testable import Tasks

@Suite("Coverage of registers")
struct RegisterCoverageTests {
  /// A register of a block as the report has it, worked out from all accesses.
  private struct Expected {
    var reads = 0
    var writes = 0
    var bits: UInt32 = 0
  }

  private static func report(_ accesses: [Transaction], _ maps: [BlockMap]) -> String {
    let names = RegisterNames(maps)
    var seen: [String: Expected] = [:]
    for access in accesses {
      guard let name = names.name(of: access.address)?.split(separator: "[").first, access.address % 4 == 0 else {
        continue
      }
      let isRead = access.kind == .read
      seen[String(name), default: Expected()].reads += isRead ? 1 : 0
      seen[String(name), default: Expected()].writes += isRead ? 0 : 1
      seen[String(name), default: Expected()].bits |= access.value
    }
    var (lines, untouched, count) = ([String](), [String](), 0)
    for map in maps {
      let all = map.entries.map { (name: "\(map.fullName).\($0.register.name)", register: $0.register) }
      count += all.count
      for (name, register) in all {
        guard let own = seen[name] else { continue }
        let idle = register.fields.filter { $0.mask & own.bits == 0 }.map { "\($0.name)" }
        lines.append(
          "\(name): \(own.reads) reads, \(own.writes) writes"
            + (idle.isEmpty ? "" : "; always 0: " + idle.joined(separator: " ")))
      }
      let rest = all.map(\.name).filter { seen[$0] == nil }
      untouched += rest.count == all.count ? ["\(map.fullName) (all \(all.count))"] : rest
    }
    return
      (["\(seen.count) of \(count) registers touched"] + lines
      + ["not touched: " + untouched.joined(separator: " ")]).joined(separator: "\n")
  }

  @Test("Counts every access by its register, and names fields that nothing but 0 went through", arguments: 1...8)
  func random(seed: UInt64) {
    let maps = BlockMap.board(tiles: 2)
    var random = SeededRandom(seed)
    var addresses: [UInt32] = [MemoryMap.firstTile + 0x60, 0x5000_0000, MemoryMap.ram, 0]
    for map in maps where map.registerBytes == 4 {
      for entry in map.entries {
        let first = map.base + entry.offset
        addresses += [first, first + (entry.register.count - 1) * 4]
      }
    }
    var coverage = RegisterCoverage(maps)
    var accesses: [Transaction] = []
    // Few at first, so that much is not touched.
    for number in 0..<[0, 1, 3, 40, 100, 300, 600, 1000][Int(seed) - 1] {
      let value = random.pick([0, 1, random.word(), random.word() & 0xff, 1 << (random.word() % 32)])
      let access = Transaction(random.next() % 2 == 0 ? .read : .write, random.pick(addresses), value)
      accesses.append(access)
      coverage.append(LogEntry(cycle: UInt64(number), .access(access)))
      coverage.append(LogEntry(cycle: UInt64(number), .event(.settled(tile: 0))))
    }
    #expect(coverage.report == Self.report(accesses, maps))
  }
}

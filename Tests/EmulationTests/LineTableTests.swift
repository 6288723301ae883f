import Board
import Foundation
import RV32
import TestSupport
import Testing
import Trace

@testable import Tasks

@Suite("Lines of the sources")
struct LineTableTests {
  /// Builds an example with line numbers of a version, and hands its path over.
  private func withExample(_ flags: String, _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/lines-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let compile = "clang --target=riscv32-none-none-eabi -march=rv32imac_zicsr -mabi=ilp32 -ffreestanding -fno-builtin"
    let examples = repository + "/firmware/examples"
    let build = try Shell.run(
      "/bin/sh",
      [
        "-c",
        "cd \(folder) && \(compile) \(flags) -c \(examples)/start.S \(examples)/integer_mix.c && "
          + "ld.lld -T \(repository)/firmware/Support/riscv32.ld -o test.elf start.o integer_mix.o",
      ])
    try #require(build.status == 0, "\(build.output)")
    try body(folder + "/test.elf")
  }

  @Test(
    "Are those that LLVM's symbolizer reads, of every instruction",
    arguments: ["-gdwarf-2 -O0", "-gdwarf-3 -Os", "-gdwarf-4 -O2", "-gdwarf-5 -Os"])
  func likeTheSymbolizer(_ flags: String) throws {
    try withExample(flags) { path in
      let program = try Program(path: path)
      let code = program.image.segments[0]
      let addresses = stride(from: code.address, to: code.address + UInt32(code.bytes.count), by: 2).map { $0 }
      let asked = addresses.map { "0x" + String($0, radix: 16) }
      let result = try Shell.run(
        "/usr/bin/env", ["llvm-symbolizer", "--obj=\(path)", "--functions=none", "--basenames", "--no-inlines"] + asked)
      let told = result.output.split(separator: "\n").map { line in
        line.split(separator: ":").prefix(2).joined(separator: ":").split(separator: "/").last.map(String.init)
      }
      try #require(told.count == addresses.count, "\(result.output.prefix(300))")
      var known = 0
      for (address, told) in zip(addresses, told) {
        let line = program.image.lines.line(of: address)?.description
        if let told, told != "??:0", !told.hasSuffix(":0") {
          known += 1
          #expect(line == told, "\(asked)")
        }
      }
      #expect(known > 100)
      #expect(program.image.lines.line(of: 0x9000_0000) == nil && program.image.lines.line(of: 0) == nil)
      #expect(program.describe(code.address).contains("crt0.S:"))
    }
  }

  @Test("Coverage counts each line as often as its most executed instruction, and those that nothing came to as 0")
  func coverage() throws {
    try withExample("-gdwarf-4 -O1") { path in
      let program = try Program(path: path)
      let tile = TileConfiguration(wordLines: 1, bitLines: 1)
      let machine = try Machine(ChipConfiguration(tiles: [tile]), log: NoLog(), ramBytes: 0)
      var execution = try Execution(program, on: machine, ramBytes: 1 << 20)
      execution.core.profiler = Profiler(program.symbols, countsVisits: true)
      execution.instructionLimit = 30_000
      _ = try execution(print: { _ in })
      // The same, an instruction at a time.
      var core = try program.core(ramBytes: 1 << 20)
      var bus = machine
      var visits: [UInt32: Int] = [:]
      while core.retired < 30_000 {
        visits[core.pc, default: 0] += 1
        _ = core.step(on: &bus)
      }
      var hits: [String: Int] = [:]
      for line in program.image.lines.lines { hits["\(line)"] = 0 }
      for (pc, count) in visits {
        guard let line = program.image.lines.line(of: pc)?.description else { continue }
        hits[line] = max(hits[line] ?? 0, count)
      }
      var told: [String: Int] = [:]
      var file = ""
      for line in FunctionCoverage(program, execution.core, traced: []).lcov.split(separator: "\n") {
        if line.hasPrefix("SF:") { file = String(line.dropFirst(3)) }
        guard line.hasPrefix("DA:") else { continue }
        let parts = line.dropFirst(3).split(separator: ",")
        told["\(file):\(parts[0])"] = Int(parts[1])
      }
      #expect(told == hits && hits.values.contains(0) && hits.values.contains { $0 > 1000 })
    }
  }

  @Test("None are read from a section that is compressed, or of another type")
  func compressed() throws {
    try withExample("-gdwarf-5 -Os") { path in
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      func number(_ offset: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
      }
      let (table, names) = (number(32, 4), number(50, 2))
      let texts = number(table + 40 * names + 16, 4)
      let section = try #require(
        (0..<number(48, 2)).map { table + 40 * $0 }.first { header in
          bytes[(texts + number(header, 4))...].starts(with: Array(".debug_line\0".utf8))
        })
      let entry = try Image(elf: bytes).entry
      #expect(try Image(elf: bytes).lines.line(of: entry) != nil)
      // SHF_COMPRESSED is bit 11 of the flags; type 8 has no bytes in the file.
      for (offset, value) in [(section + 9, bytes[section + 9] | 8), (section + 4, 8)] {
        var copy = bytes
        copy[offset] = value
        #expect(try Image(elf: copy).lines.line(of: entry) == nil)
      }
    }
  }

  @Test("Of a damaged file are others, or none, or it is refused; nothing else happens")
  func damaged() throws {
    try withExample("-gdwarf-5 -Os") { path in
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      var random = SeededRandom(8)
      for _ in 0..<400 {
        var copy = bytes
        for _ in 0..<(1 + random.next() % 20) {
          copy[Int(random.next() % UInt64(copy.count))] = UInt8(truncatingIfNeeded: random.next())
        }
        if random.next() % 4 == 0 { copy.removeLast(Int(random.next() % UInt64(copy.count))) }
        let image = try? Image(elf: copy)
        _ = image?.lines.line(of: 0x8000_0010)
      }
    }
  }
}

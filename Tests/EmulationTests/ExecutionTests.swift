import Board
import Files
import Foundation
import RV32
import Registers
import Tasks
import TestSupport
import Testing
import Trace

@Suite("Running a program")
struct ExecutionTests {
  private func execution() throws -> Execution<PairLog<MemoryLog, RegisterCoverage>> {
    let log = PairLog(MemoryLog(), RegisterCoverage(BlockMap.board(tiles: 2)))
    return try Execution(
      BuiltFirmware.program("selftest"), on: Machine(smallChip(), log: log, ramBytes: 0),
      ramBytes: Machine<NoLog>.defaultRAMBytes)
  }

  @Test("The trace has exactly the window asked for, and changes nothing")
  func trace() throws {
    var plain = try execution()
    let reason = try plain(print: { _ in })
    #expect(reason == .exited(.status(0)))
    var traced = try execution()
    traced.traced = 5000..<15_000
    var lines: [String] = []
    let other = try traced(print: { _ in }, trace: { lines.append($0) })
    #expect(other == reason && lines.count == 10_000)
    #expect(lines.allSatisfy { $0.hasPrefix("core   0: 3 0x800") })
    let states = (plain.core.hart, traced.core.hart)
    #expect(states.0 == states.1)
    let logs = (plain.machine.log.first.entries, traced.machine.log.first.entries)
    #expect(logs.0 == logs.1)
  }

  @Test(
    "A log's reader sees the names of Swift as they are written, without a comma; the image keeps those of the linker")
  func names() throws {
    let program = try BuiltFirmware.program("controller")
    let readable = program.symbols.symbols.map(\.name)
    #expect(readable.count == program.image.symbols.symbols.count)
    #expect(readable.contains { $0.hasPrefix("Firmware.") } && !readable.contains { $0.contains(",") })
    #expect(
      !readable.contains { $0.hasPrefix("$e") } && program.image.symbols.symbols.contains { $0.name.hasPrefix("$e") })
  }

  @Test("Coverage tells the functions and registers that were used from those that were not")
  func coverage() throws {
    var execution = try execution()
    _ = try execution(print: { _ in })
    let coverage = FunctionCoverage(execution.program, execution.core, traced: [])
    let executed = Set(coverage.functions.filter(\.isExecuted).map(\.name))
    let all = Set(coverage.functions.map(\.name))
    #expect(executed.contains("Firmware.LSTMCell.updateCell") && executed.contains("platform_exit"))
    #expect(all.contains("platform_trap") && !executed.contains("platform_trap"))
    #expect(coverage.lcov.contains("FNH:\(coverage.functions.count { $0.isExecuted })"))
    #expect(coverage.functions.allSatisfy { !$0.name.contains(",") })
    let registers = execution.machine.log.second.report
    #expect(registers.hasPrefix("3 of ") && registers.contains("UART.DATA: 0 reads"))
  }

  @Test("A function was used where any of its instructions was, the first or the last too")
  func firstAndLast() throws {
    let program = try BuiltFirmware.program("controller")
    let core = try program.core(ramBytes: Machine<NoLog>.defaultRAMBytes)
    let functions = program.image.symbols.symbols.filter { $0.kind == .function && $0.size > 0 }
    let number = try #require(functions.firstIndex { $0.size > 16 })
    let (start, end) = (functions[number].address, functions[number].address + functions[number].size)
    for (traced, isUsed) in [
      ([], false), ([start], true), ([start - 2], false), ([end - 2], true), ([end], false), ([start - 2, end], false),
      ([start - 4, start, end], true), ([start + 8], true),
    ] as [(Set<UInt32>, Bool)] {
      #expect(FunctionCoverage(program, core, traced: traced).functions[number].isExecuted == isUsed, "\(traced)")
    }
  }

  @Test("A limit is met to the instruction and to the cycle boundary")
  func limits() throws {
    var one = try execution()
    one.instructionLimit = 12_345
    let first = try one(print: { _ in })
    #expect(first == .instructionLimit)
    let retired = one.core.retired
    #expect(retired == 12_345)
    var other = try execution()
    other.cycleLimit = 10_000
    let second = try other(print: { _ in })
    let cycle = other.core.cycle
    #expect(second == .cycleLimit && cycle >= 10_000 && cycle < 10_050)
  }

  @Test("The signature of an architecture test, as its words stand at the end")
  func signature() throws {
    let source = """
      .globl _start, begin_signature, end_signature
      _start: la t0, begin_signature
        li t1, 0x1234abcd
        sw t1, 0(t0)
        li t0, 0x100000
        li t1, 0x5555
        sw t1, 0(t0)
      .data
      .balign 4
      begin_signature: .word 0, 7
      end_signature: .word 9
      """
    let folder = FileManager.default.temporaryDirectory.path + "/signature-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try source.write(toFile: folder + "/test.S", atomically: true, encoding: .utf8)
    let build = try Shell.run(
      "/bin/sh",
      [
        "-c",
        "cd \(folder) && clang --target=riscv32-none-none-eabi -march=rv32imac -c test.S && "
          + "ld.lld -T \(repository)/firmware/Support/riscv32.ld -o test.elf test.o",
      ])
    #expect(build.status == 0, "\(build.output)")
    let program = try Program(path: folder + "/test.elf")
    var execution = try Execution(
      program, on: Machine(smallChip(), log: NoLog(), ramBytes: 0), ramBytes: Machine<NoLog>.defaultRAMBytes)
    let reason = try execution(print: { _ in })
    #expect(reason == .exited(.status(0)))
    let signature = try program.signature(in: execution.core)
    #expect(signature == "1234abcd\n00000007\n")
    let plain = try Program(path: BuiltFirmware.path("read_row"))
    #expect(throws: InputError.self) { try plain.signature(in: execution.core) }
  }
}

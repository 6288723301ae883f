import Board
import RV32
import Tasks
import TestSupport
import Testing
import Trace

@Suite("The C examples")
struct ExampleTests {
  private func output(_ name: String) throws -> String {
    let program = try BuiltFirmware.program(name)
    var execution = try Execution(
      program, on: Machine(smallChip(hidden: 4), log: NoLog()), ramBytes: Machine<NoLog>.defaultRAMBytes)
    var printed: [UInt8] = []
    let reason = try execution { printed += $0 }
    #expect(reason == .exited(.status(0)))
    let count = execution.machine.diagnostics.count
    #expect(count == 0)
    return String(decoding: printed, as: UTF8.self)
  }

  @Test("read_row prints a code for each column")
  func readRow() throws {
    let codes = try output("read_row").split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    #expect(codes.count == 16 && Set(codes).count == 1)
  }

  @Test("program_row moves the cells further the wider the pulse")
  func programRow() throws {
    let rows = try output("program_row").split(separator: "\n").map { line in
      line.split(separator: " ").compactMap { Int($0) }
    }
    try #require(rows.count == 2 && rows.allSatisfy { $0.count == 8 })
    #expect(rows[1][0] == rows[0][0] && rows[1] == rows[1].sorted() && rows[1][7] > rows[0][7] + 10)
  }
}

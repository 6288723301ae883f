import Foundation
import TestSupport
import Testing

/// The real GDB against the command.
@Suite("Debugging with gdb-multiarch", .serialized)
struct DebuggerTests {
  /// Starts `mblstm debug`, runs GDB with commands against it, and returns what both printed.
  private func debug(_ name: String, _ commands: [String]) throws -> (gdb: String, program: String) {
    let gdb = try #require(OutsideTool.gdb.path)
    let path = try BuiltFirmware.path(name)
    let server = Process()
    server.executableURL = URL(fileURLWithPath: command)
    server.arguments = ["debug", path, "--gdb", "0", "--tiles", "8x16"]
    let (output, error) = (Pipe(), Pipe())
    server.standardOutput = output
    server.standardError = error
    try server.run()
    defer { if server.isRunning { server.terminate() } }
    let waiting = String(decoding: error.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(waiting.split(separator: ":").last.flatMap { Int($0.dropLast()) }, "\(waiting)")
    let script = ["set pagination off", "set confirm off", "target remote 127.0.0.1:\(port)"] + commands
    let arguments = ["60", gdb, "-nx", "-batch", path] + script.flatMap { ["-ex", $0] }
    let result = try Shell.run("/usr/bin/timeout", arguments)
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    return (result.output, String(decoding: printed, as: UTF8.self))
  }

  /// The command beside the test program.
  private var command: String {
    let folder = (CommandLine.arguments[0] as NSString).deletingLastPathComponent
    let beside = folder + "/mblstm"
    return FileManager.default.isExecutableFile(atPath: beside) ? beside : repository + "/.build/debug/mblstm"
  }

  @Test("Break at a symbol, step, look at a variable and a register of the chip, watch, finish", .needs(.gdb))
  func session() throws {
    let commands = [
      "break main", "continue", "next", "next", "print/x geometry", "info registers pc sp mcause",
      "monitor reg MBX0.STATUS", "x/1xw 0x40010000", "monitor reg NOTHING", "watch codes[1]", "continue", "delete",
      "break print_number", "continue", "monitor reg MBX0.SENSE[0]", "finish", "delete", "continue",
    ]
    let (gdb, program) = try debug("read_row", commands)
    #expect(gdb.contains("Breakpoint 1, main"))
    #expect(gdb.contains("$1 = 0x100008"), "GEOMETRY of a tile of 8 × 16: \(gdb)")
    #expect(gdb.contains("MBX0.STATUS = 0x2 BUSY=0 LOCKED=1"))
    #expect(gdb.contains("0x40010000:\t0x00100008"))
    #expect(gdb.contains("no register 'NOTHING'"))
    #expect(gdb.contains("Hardware watchpoint 2: codes[1]") && gdb.contains("New value = -"))
    #expect(gdb.contains("MBX0.SENSE[0] = 0x"))
    #expect(gdb.contains("exited normally"), "\(gdb)")
    #expect(program.split(separator: " ").count == 16, "\(program)")
  }

  @Test("It resets, cuts the power, and RESET_CAUSE tells", .needs(.gdb))
  func power() throws {
    let flush = "maintenance flush register-cache"
    let commands = [
      "break print_number", "continue", "monitor reg MBX0.ERASE_WIDTH", "monitor reset hart", flush,
      "info registers pc",
      "monitor power-cut", flush, "info registers pc", "monitor power", "continue", "monitor reset tile 7",
      "monitor reset", "monitor reset tile", "delete", "continue",
    ]
    let (gdb, program) = try debug("read_row", commands)
    #expect(gdb.contains("MBX.RESET_CAUSE: HART=1 CHIP=0 POWER=1 BROWN_OUT=0 TILES=0"))
    #expect(gdb.split(separator: "\n").count { $0.hasPrefix("pc ") && $0.contains("0x80000000") } == 2, "\(gdb)")
    #expect(
      gdb.contains(
        "with no operation under way, and came again\nMBX.RESET_CAUSE: HART=0 CHIP=0 POWER=1 BROWN_OUT=0 TILES=0"))
    #expect(gdb.contains("on, cycle 0\nMBX0: references settled, drivers on; idle\n"))
    #expect(gdb.contains("the chip has no such tile") && gdb.contains("unknown monitor command"))
    #expect(gdb.contains("MBX.RESET_CAUSE: HART=1 CHIP=1 POWER=1 BROWN_OUT=0 TILES=0"))
    #expect(gdb.contains("exited normally"), "\(gdb)")
    #expect(program.split(separator: " ").count >= 16, "\(program)")
  }

  @Test("A debugger that looks at the chip changes nothing; the log shows accesses while it is on", .needs(.gdb))
  func log() throws {
    let commands = ["monitor log on", "monitor reg HOST", "x/8xw 0x40100000", "continue"]
    let (gdb, program) = try debug("read_row", commands)
    #expect(gdb.contains("read MBX0.GEOMETRY 0x100008 WORD_LINES=8 BIT_LINES=16 at main"))
    #expect(gdb.contains("write MBX0.START") && gdb.contains("MBX0 finished READ"))
    let plain = try Shell.run(command, ["exec", BuiltFirmware.path("read_row"), "--tiles", "8x16"]).output
    #expect(plain.hasPrefix(program) && !program.isEmpty)
  }
}

import Foundation
import TestSupport
import Testing

/// GDB as users start it, at a server that outlives it.
@Suite("Sessions with gdb-multiarch", .serialized)
struct DebugSessionTests {
  private struct Ran {
    /// What each GDB printed.
    let gdb: [String]
    let printed: String
    /// What the server told, and how it ended.
    let told: String
    let status: Int32
  }

  /// A server for a program of `Guests`, and sessions with it one after the other, each commands of GDB: `connect`
  /// to come to it, `second` for one that runs the next session while this one goes on.
  private func debug(_ source: String, _ sessions: [String]...) throws -> Ran {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String) -> String {
      (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
    }
    let gdb = "timeout 60 gdb-multiarch -nx -batch -ex 'set pagination off' -ex 'set confirm off' guest.elf -x"
    for (number, session) in sessions.enumerated() {
      let commands = session.map { command in
        switch command {
        case "connect": "target remote 127.0.0.1:PORT"
        case "second": "shell \(gdb) \(number + 1).gdb >\(number + 1).out 2>&1"
        default: command
        }
      }
      try commands.joined(separator: "\n").write(
        to: folder.appendingPathComponent("\(number).gdb"), atomically: true, encoding: .utf8)
    }
    let guests = (#filePath as NSString).deletingLastPathComponent + "/Guests"
    let numbers = sessions.indices.filter { $0 == 0 || !sessions[$0 - 1].contains("second") }
    let ran = try Transcript.run(
      """
      \(Transcript.repository)/firmware/cc guest.elf \(guests)/\(source) 2>&1 || exit 99
      timeout 120 mblstm debug guest.elf --gdb 0 >printed 2>told & server=$!
      until grep -q waiting told; do sleep 0.1; done
      sed -i "s/PORT/$(sed -n 's/.*127.0.0.1://p' told)/" *.gdb
      for number in \(numbers.map(String.init).joined(separator: " ")); do \(gdb) $number.gdb >$number.out 2>&1; done
      wait $server
      """, in: folder)
    let outputs = sessions.indices.map { file("\($0).out") }
    return Ran(gdb: outputs, printed: file("printed"), told: ran.error + file("told"), status: ran.status)
  }

  @Test(
    "Time, the timer's lines and the chip are as they are now, also after instructions that reach no device",
    .needs(.gdb))
  func time() throws {
    let q = try debug(
      "q.c",
      [
        "connect", "break stop0", "break stop1", "continue", "x/1wx 0x200bff8", "p/x $time", "p/x $mcycle", "continue",
        "monitor reg MBX0.STATUS", "x/1wx 0x200bff8", "p/x $time", "p/x $mcycle", "monitor reg CLINT.MTIME[0]",
        "monitor time", "kill",
      ])
    let words = q.gdb[0].split(separator: "\n")
    let times = words.filter { $0.hasPrefix("0x200bff8:\t") }.map { Int($0.suffix(8), radix: 16) ?? 0 }
    let read = words.filter { $0.hasPrefix("$") }.compactMap { Int($0.drop { $0 != "x" }.dropFirst(), radix: 16) }
    #expect(times.count == 2 && times[1] > times[0] + 300, "\(q.gdb[0])")
    #expect(read == [times[0], times[0], times[1], times[1]])
    #expect(q.gdb[0].contains("MBX0.STATUS = 0x12 BUSY=0") && q.gdb[0].contains("cycle \(times[1]), "))
    #expect(q.gdb[0].contains("CLINT.MTIME[0] = 0x\(String(times[1], radix: 16)) "))
    #expect(q.status == 0)
    let e = try debug(
      "e.c", ["connect", "break stop1", "continue", "p/x $mip", "x/1wx 0x200bff8", "continue", "p/x v[0]", "kill"])
    let time = e.gdb[0].split(separator: "\n").first { $0.hasPrefix("0x200bff8:") }.flatMap {
      Int($0.suffix(8), radix: 16)
    }
    #expect(e.gdb[0].contains("$1 = 0x80") && e.gdb[0].contains("$2 = 0x80"), "\(e.gdb[0])")
    #expect((time ?? 0) >= 500)
  }

  @Test("The program's own breakpoints stop it once each, and a write to a register that is only written", .needs(.gdb))
  func ebreak() throws {
    let ran = try debug(
      "debugged.c",
      [
        "connect", "continue", "p v", "continue", "p v", "watch *(unsigned*)0x40010008", "continue", "continue",
        "delete",
        "continue",
      ])
    #expect(ran.gdb[0].components(separatedBy: "received signal SIGTRAP").count == 5, "\(ran.gdb[0])")
    #expect(ran.gdb[0].contains("$1 = 1\n") && ran.gdb[0].contains("$2 = 2\n"))
    #expect(ran.gdb[0].components(separatedBy: "a store to 0x40010008, which does not read back").count == 3)
    #expect(ran.gdb[0].contains("exited normally") && ran.printed == "x" && ran.status == 0)
  }

  @Test("run starts the program anew on the board as it was, after it has ended or was killed too", .needs(.gdb))
  func run() throws {
    let ran = try debug(
      "debugged.c",
      [
        "target extended-remote 127.0.0.1:PORT", "set remote exec-file guest.elf", "break main", "run", "p v",
        "continue",
        "p v", "run", "p v", "x/1wx 0x200bff8", "delete", "continue", "continue", "continue", "run", "p v", "kill",
        "run",
        "x/1wx 0x200bff8", "detach", "attach 1", "p v", "monitor quit",
      ])
    let values = ran.gdb[0].split(separator: "\n").filter { $0.hasPrefix("$") }.map { $0.suffix(1) }
    #expect(values == ["0", "1", "0", "1", "1"], "\(ran.gdb[0])")
    #expect(ran.gdb[0].contains("exited normally") && ran.gdb[0].contains("the session is over") && ran.status == 0)
    let times = ran.gdb[0].split(separator: "\n").filter { $0.hasPrefix("0x200bff8:") }.map { $0.suffix(4) }
    #expect(times.count == 2 && times.allSatisfy { $0 < "0100" }, "\(times)")
  }

  @Test("After detach and disconnect the program stands, and the next debugger finds it there", .needs(.gdb))
  func reattach() throws {
    let ran = try debug(
      "debugged.c", ["connect", "break main", "continue", "detach"],
      ["connect", "p $pc", "continue", "p v", "disconnect"],
      ["connect", "p v", "continue", "p v"], ["connect", "p v", "kill"])
    #expect(ran.gdb[1].contains("<main>") && ran.gdb[1].contains("$2 = 1\n"), "\(ran.gdb[1])")
    #expect(ran.gdb[2].contains("$1 = 1\n") && ran.gdb[2].contains("$2 = 2\n"), "\(ran.gdb[2])")
    #expect(ran.gdb[3].contains("$1 = 2\n") && ran.gdb[3].contains("killed"), "\(ran.gdb[3])")
    #expect(ran.status == 0 && ran.printed.isEmpty)
    #expect(ran.told.components(separatedBy: "the program stands at main").count == 4, "\(ran.told)")
  }

  @Test("A second debugger is refused in words, and the first goes on", .needs(.gdb))
  func second() throws {
    let ran = try debug(
      "debugged.c", ["connect", "continue", "second", "continue", "p v", "kill"], ["connect", "p v"])
    #expect(ran.gdb[1].contains("another debugger is connected to this program"), "\(ran.gdb[1])")
    #expect(!ran.gdb[1].contains("$1") && ran.gdb[0].contains("$1 = 2\n") && ran.status == 0, "\(ran.gdb[0])")
  }
}

import Foundation
import TestSupport
import Testing

/// A small program of a kind that users bring, and what becomes of it under `mblstm exec`.
struct Guest: Sendable, CustomTestStringConvertible {
  /// In the folder `Guests`.
  let source: String
  var options = ""
  var input: String?
  var output = ""
  /// On standard error, each somewhere.
  var told: [String] = []
  var status: Int32 = 0
  /// Whether QEMU's `virt` prints the same.
  var isOnQEMU = false

  var testDescription: String { source + " " + options }

  static let all = [
    Guest(source: "htif-fromhost.c", output: "hello\n"),
    Guest(source: "htif-victim.S", output: "hello\n"),
    Guest(source: "htif-read.c"),
    Guest(source: "htif-putc.c", output: "Hi\n", told: ["ended with status 7 at "], status: 7),
    Guest(source: "semihosting-file.c", options: "--semihosting", output: "through SYS_WRITE\nthrough SYS_WRITE0\n"),
    Guest(source: "uart-16550-init.S", output: "ok\n", isOnQEMU: true),
    Guest(source: "uart-echo.c", options: "--uart-input -", input: "x", output: "x"),
    Guest(source: "uart-echo.c", output: "nothing came\n", status: 1),
    Guest(source: "uart-driver.c", options: "--uart-input -", input: "hello\n", output: "0 0\nHELLO\n", isOnQEMU: true),
    Guest(source: "recipe.c"),
    Guest(source: "static-constructor.cpp", output: "!hello C++\n"),
    Guest(source: "readme-assembly.S"),
    Guest(source: "preemption.c", output: "both ran, 10 switches\n", isOnQEMU: true),
    Guest(
      source: "misuses.c",
      told: [
        "(misuses.c:25, 0x", "read of MBX0.GEOMETRY+2, bus error: MBX error MISALIGNED",
        "write of MBX0.START: MBX0 error LOCKED",
      ]),
    Guest(
      source: "host-data-flood.S", options: "--max-cycles 6000000",
      told: ["1 500 000 words sent through HOST.DATA", "(--max-cycles 6000000)"], status: 124),
    Guest(
      source: "status124.S", told: ["ended with status 124 at "], status: 124),
  ]
}

@Suite("Programs of users")
struct GuestTests {
  private static let sources = (#filePath as NSString).deletingLastPathComponent + "/Guests"

  private static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  private static func build(_ source: String, in folder: URL) throws {
    let path = "\(sources)/\(source)"
    let build = try Transcript.run("\(Transcript.repository)/firmware/cc guest.elf \(path) 2>&1", in: folder)
    try #require(build.status == 0, "\(build.output)")
  }

  @Test("Run on the board as they run elsewhere", arguments: Guest.all)
  func run(_ guest: Guest) throws {
    try Self.withFolder { folder in
      try Self.build(guest.source, in: folder)
      let typed = guest.input.map { "printf '\($0)' | " } ?? ""
      let ran = try Transcript.run(
        "\(typed)mblstm exec guest.elf --max-instructions 10000000 \(guest.options)", in: folder)
      #expect(ran.status == guest.status, "\(ran.error)")
      if guest.source != "misuses.c" { #expect(ran.output == guest.output) }
      for told in guest.told { #expect(ran.error.contains(told), "\(ran.error)") }
    }
  }

  @Test("Print on QEMU's virt what they print on the board", .needs(.qemu), arguments: Guest.all.filter(\.isOnQEMU))
  func onQEMU(_ guest: Guest) throws {
    try Self.withFolder { folder in
      try Self.build(guest.source, in: folder)
      // QEMU's UART drops what comes before its FIFO is emptied.
      let ran = try Transcript.run(
        "(sleep 3; printf '\(guest.input ?? "")') | timeout 30 qemu-system-riscv32 -M virt -bios none -display none -monitor none "
          + "-serial stdio -kernel guest.elf", in: folder)
      #expect(ran.output == guest.output && ran.status == 0, "\(ran.error)")
    }
  }

  @Test("Compute with the support's arithmetic what a computer with floating point does")
  func arithmetic() throws {
    try Self.withFolder { folder in
      try Self.build("arithmetic.c", in: folder)
      let native = try Transcript.run(
        "clang -O1 -ffp-contract=off -DNATIVE \(Self.sources)/arithmetic.c -o native && ./native", in: folder)
      let ran = try Transcript.run("mblstm exec guest.elf", in: folder)
      #expect(native.status == 0 && ran.status == 0 && ran.output == native.output)
      #expect(ran.output.split(separator: "\n").count == 17)
    }
  }

  @Test("A run that is interrupted says where, and closes its log")
  func interrupted() throws {
    try Self.withFolder { folder in
      try Self.build("hang.c", in: folder)
      let ran = try Transcript.run(
        "mblstm exec guest.elf --log log.csv & sleep 1; kill -INT $!; wait $!; echo status $?; ls", in: folder)
      #expect(ran.output.contains("started\n") && ran.output.contains("status 130"))
      #expect(ran.output.contains("log.csv\n") && !ran.output.contains("partial"))
      #expect(ran.error.contains("interrupted by SIGINT at main") && ran.error.contains("hang.c:2"))
    }
  }

  @Test("The document's recipe with Debian's compiler and picolibc prints, reads and ends", .needs(.debianGCC))
  func picolibc() throws {
    let readme = try String(contentsOfFile: Transcript.repository + "/firmware/README.md", encoding: .utf8)
    let recipe = readme.split(separator: "\n").filter { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }
      .drop { !$0.hasPrefix("riscv64-unknown-elf-gcc") }.prefix { !$0.hasPrefix("mblstm") }
    try Self.withFolder { folder in
      let source = try String(contentsOfFile: Self.sources + "/picolibc.c", encoding: .utf8)
      try source.write(to: folder.appendingPathComponent("main.c"), atomically: true, encoding: .utf8)
      let build = try Transcript.run(recipe.joined(separator: "\n") + " 2>&1", in: folder)
      try #require(build.status == 0, "\(build.output)")
      let ran = try Transcript.run(
        "printf 'abc 12 2.5\\n' | mblstm exec main.elf --semihosting --uart-input -", in: folder)
      #expect(ran.output == "hello 42 picolibc 1.500\nabc 12 5.00\nheap\n" && ran.status == 7, "\(ran.error)")
    }
  }
}

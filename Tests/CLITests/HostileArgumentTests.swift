import Foundation
import TestSupport
import Testing

@testable import mblstm

@Suite("Whatever the arguments")
struct HostileArgumentTests {
  private static let words = [
    "", "-", "--", "---", "=", "-=", "--=", "--=x", "-1", "0", "1", "+1", "1e400", "-1e400", "nan", "inf", "0x",
    "0x1p3",
    "99999999999999999999999999999999999999999", "-9223372036854775809", "18446744073709551616", "5%%", "%", "0.5%",
    "١٢",
    "½", "∞", "ünï", "💥", "a\u{301}", "\u{200b}", "a\nb", "\u{1b}[2J", "x,y", ",", ",,", "1x1", "0x0", "x", "1x",
    "9999999999x1", "a=b=c", "=1", "variation=", "variation=0", "0/0", "1/1", "0/9223372036854775807", "F:1:2", ":::",
    "*", "$(x)", "missing.csv", "empty", "junk", "/dev/null", "/", ".", "..", "../", "\\", "'", "\"",
    String(repeating: "A", count: 5000),
  ]

  /// What keeps a run that is valid short.
  private static let brakes = [
    "--limit": "1", "--epochs": "1", "--runs": "5", "--seconds": "0.001", "--seeds": "1", "--threads": "1",
    "--max-instructions": "1000", "--only": "nothing", "--hidden": "2",
  ]

  /// Verbs that would wait for someone, or work long, when their words happen to be right.
  private static func begin(_ verb: any Verb.Type, _ random: inout SeededRandom) -> [String] {
    switch verb.name {
    case "check", "debug": ["missing"]
    case "export": random.pick([["schema"], ["readmemh", "missing"], ["logs", "missing"], ["elf", "missing"]])
    case "train": random.pick([["--data", "empty"], []])
    case "reproduce": random.pick([["--list"], ["missing"], ["--tables", "junk"]])
    default:
      verb.operands.compactMap { operand in
        guard case .choice(let names) = operand.kind, random.next() % 2 == 0 else { return nil }
        return random.pick(names)
      }
    }
  }

  private static func line(_ verb: any Verb.Type, _ random: inout SeededRandom) -> [String] {
    var line = [verb.name] + begin(verb, &random)
    var given: Set<String> = []
    for _ in 0..<random.next() % 4 {
      let option = random.pick(verb.allOptions)
      guard random.next() % 8 != 0 else {
        line.append(random.pick(words))
        continue
      }
      guard brakes[option.name] == nil else { continue }
      given.insert(option.name)
      let name = random.pick(option.names)
      switch random.next() % 8 {
      case 0: line.append(name)
      case 1, 2: line.append(name + "=" + random.pick(words))
      default: line += option.value == nil ? [name] : [name, random.pick(words)]
      }
    }
    let held = verb.allOptions.flatMap { option in
      given.contains(option.name) ? [] : brakes[option.name].map { [option.name, $0] } ?? []
    }
    return [line[0]] + held + line.dropFirst()
  }

  @Test("mblstm ends with a status that it documents, and says why in words")
  func fuzz() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed)
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    try Data().write(to: place.appendingPathComponent("empty"))
    try Data((0..<200).map { UInt8(truncatingIfNeeded: $0 &* 37) }).write(to: place.appendingPathComponent("junk"))
    for verb in Command.verbs {
      for _ in 0..<16 {
        let words = Self.line(verb, &random)
        let (status, error) = try run(words, in: place)
        #expect([0, 1, 2, 124, 125].contains(status), "seed \(seed): \(words): status \(status): \(error)")
        if status == 2 { #expect(error.contains("mblstm"), "seed \(seed): \(words)") }
      }
    }
  }

  /// Nil where it did not end in time.
  private func run(_ words: [String], in folder: URL) throws -> (status: Int32?, error: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Transcript.program)
    process.arguments = words
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let errorFile = folder.appendingPathComponent("..error")
    _ = FileManager.default.createFile(atPath: errorFile.path, contents: nil)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    let end = Date(timeIntervalSinceNow: 60)
    while process.isRunning, Date() < end { usleep(2000) }
    let ended = !process.isRunning
    if !ended { process.terminate() }
    process.waitUntilExit()
    let error = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
    let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return (ended ? status : nil, String(error.prefix(500)))
  }
}

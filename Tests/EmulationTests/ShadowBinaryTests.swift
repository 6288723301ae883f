import Board
import Files
import Firmware
import Tasks
import TestSupport
import Testing
import Trace

/// Logs held against the firmware as a binary.
@Suite("Shadow replay with a binary")
struct ShadowBinaryTests {
  private static let chip = smallChip(outputs: 10)

  /// What a controller's run leaves.
  private static func log(of program: Program) throws -> String {
    let machine = try Machine(
      chip, log: CSVLog(to: MemoryOutput(), description: "\(chip)", names: RegisterNames(chip.maps)))
    var session = Session(on: try EmulatedController(program, on: machine))
    for (command, words) in OwnController.requests { try session.request(command, words) }
    return session.machine.log.output.text
  }

  private static func differences(_ text: String, _ program: Program) throws -> (told: [String], accesses: Int) {
    var reader = try LogReader(Array(text.utf8), file: "log")
    var replay = try Replay(of: reader, file: "log")
    let ofChip = try Shadow.differences(ofChipIn: &reader, &replay)
    var shadow = Shadow(Capture(try LogReader(Array(text.utf8), file: "log"), file: "log", of: replay.chip))
    try shadow.run(program, patience: 1_000_000)
    let ordered = Shadow.ordered(chip: ofChip, firmware: shadow.capture.differences)
    return (ordered.map { "\($0.side): \($0.difference)" }, shadow.capture.accesses)
  }

  @Test("A controller makes every access of its own log, asleep, polling and with the product's firmware")
  func same() throws {
    let sleep = "while(HOST_LEVEL==0) __asm__ volatile(\"wfi\");"
    let programs = [
      try OwnController.program(), try OwnController.program([(sleep, "while(HOST_LEVEL==0);")]),
      try BuiltFirmware.program("controller"),
    ]
    for program in programs {
      let text = try Self.log(of: program)
      let (told, accesses) = try Self.differences(text, program)
      #expect(told.isEmpty && accesses > 1000, "\(told.prefix(2))")
    }
  }

  @Test(
    "What a binary does otherwise is the firmware's, with the line of the first access",
    arguments: [
      ("case 1: send(0); send(1); break;", "case 1: send(0); send(2); break;", "the log has 'write HOST.DATA = 0x1"),
      ("case 1: send(0); send(1); break;", "case 1: send(0); break;", "the log has 'write HOST.DATA = 0x1"),
      ("case 1: send(0); send(1); break;", "case 1: for(;;); break;", "does nothing more: "),
      (
        "case 1: send(0); send(1); break;", "case 1: __asm__ volatile(\"ebreak\"); break;",
        "the firmware 'write FINISHER.FINISH"
      ),
    ])
  func otherFirmware(_ old: String, _ new: String, _ message: String) throws {
    let text = try Self.log(of: OwnController.program())
    let (told, _) = try Self.differences(text, OwnController.program([(old, new)]))
    #expect(told.first?.hasPrefix("firmware: ") == true && told.first?.contains(message) == true, "\(told.prefix(2))")
    #expect(told.allSatisfy { $0.hasPrefix("firmware: ") })
  }

  @Test("What the chip answered otherwise is the chip's, whatever the binary makes of it")
  func otherChip() throws {
    let program = try OwnController.program()
    let text = try Self.log(of: program)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let sense = try #require(lines.firstIndex { $0.contains(",read,") && $0.contains("MBX0.SENSE[0]") })
    var columns = lines[sense].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    columns[4] = columns[4] == "0x01230123" ? "0x01230124" : "0x01230123"
    (columns[5], columns[6]) = ("", "")
    var changed = lines
    changed[sense] = columns.joined(separator: ",")
    let (told, _) = try Self.differences(changed.joined(separator: "\n"), program)
    #expect(told.first?.hasPrefix("chip: log:\(sense + 1): MBX0.SENSE[0]") == true, "\(told.prefix(2))")
  }
}

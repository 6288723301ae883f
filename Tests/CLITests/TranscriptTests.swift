import Foundation
import Testing

@Suite("The command line")
struct TranscriptTests {
  @Test("Prints what its transcript says", arguments: Transcript.names)
  func transcript(_ name: String) throws {
    let transcript = try Transcript(name)
    let played = try transcript.play()
    if ProcessInfo.processInfo.environment["MBLSTM_RECORD"] != nil {
      try transcript.record(played)
    } else {
      #expect(played == transcript.text)
    }
  }

  @Test("firmware/REGISTERS.md is what the map prints")
  func registersAreCurrent() throws {
    let place = FileManager.default.temporaryDirectory
    let printed = try Transcript.run("mblstm map --markdown", in: place).output
    let kept = try String(contentsOfFile: Transcript.repository + "/firmware/REGISTERS.md", encoding: .utf8)
    #expect(printed == kept, "run: swift run mblstm map --markdown > firmware/REGISTERS.md")
  }
}

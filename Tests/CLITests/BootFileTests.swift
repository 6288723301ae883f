import Board
import Foundation
import Tasks
import Testing

/// Chips whose record is not what it should be.
@Suite("Chip files to start from")
struct BootFileTests {
  private func place() throws -> URL {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    return place
  }

  @Test("A record that is missing, damaged or of another die is refused with what to do, at status 2")
  func refusals() throws {
    let place = try place()
    defer { try? FileManager.default.removeItem(at: place) }
    for seed in 1...2 {
      let line = "mblstm run digits --limit 1 --seed \(seed) --commit --save chip\(seed).mbx"
      #expect(try Transcript.run(line, in: place).status == 0)
    }
    func chip(_ seed: Int) throws -> ChipFile { try ChipFile(path: place.path + "/chip\(seed).mbx") }
    func refusal(_ change: (inout MachineSnapshot) throws -> Void) throws -> String {
      var file = try chip(1)
      try change(&file.snapshot)
      try file.write(to: place.path + "/other.mbx")
      let result = try Transcript.run("mblstm run digits --limit 1 --boot other.mbx", in: place)
      #expect(result.status == 2 && result.output.isEmpty)
      return result.error
    }
    let anew = "commission the chip anew: mblstm run TASK --load other.mbx --commit --save NEW.mbx\n"
    #expect(
      try refusal { $0.flash.pages = [] }
        == "mblstm run: other.mbx: its flash holds no commissioning record; \(anew)")
    #expect(
      try refusal { $0.flash.pages[0].page.words[100] ^= 1 << 7 }
        == "mblstm run: other.mbx: the commissioning record in its flash is damaged; \(anew)")
    #expect(
      try refusal { $0.flash = try chip(2).snapshot.flash }
        == "mblstm run: other.mbx: the commissioning record in its flash is that of another die; \(anew)")
    // What the refusal says helps.
    let result = try Transcript.run(
      "mblstm run digits --limit 1 --load other.mbx --commit --save NEW.mbx > /dev/null; mblstm run digits --limit 1 --boot NEW.mbx",
      in: place)
    #expect(result.status == 0 && result.output.contains("started from commissioning record 2"), "\(result.error)")
  }

  @Test("A binary starts from the record of a binary")
  func binary() throws {
    let place = try place()
    defer { try? FileManager.default.removeItem(at: place) }
    let line =
      "mblstm run digits --limit 3 --core rv32 --commit --save c.mbx | sed -n '/accuracy/,/^$/p' > one;"
      + " mblstm run digits --limit 3 --core rv32 --boot c.mbx | sed -n '/accuracy/,/^$/p' | cmp one"
    let result = try Transcript.run(line, in: place)
    #expect(result.status == 0, "\(result.output) \(result.error)")
  }
}

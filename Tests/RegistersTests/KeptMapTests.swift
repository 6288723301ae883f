import Foundation
import Registers
import Testing

@Test("The fields of all registers, and their bits, are those of the manual that is kept, in its order")
func fieldsOfTheKeptMap() throws {
  let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let manual = try String(contentsOf: repository.appending(path: "firmware/REGISTERS.md"), encoding: .utf8)
  let kept = manual.matches(of: /<br>`(\w+)` \[([0-9:]+)\]/).map { "\($0.1) \($0.2)" }
  let fields = BlockMap.board(tiles: 1).flatMap(\.entries).flatMap(\.register.fields)
  let made = fields.map { field in
    let high = field.lowBit + field.width - 1
    return "\(field.name) " + (field.width == 1 ? "\(high)" : "\(high):\(field.lowBit)")
  }
  #expect(kept.count > 100 && made == kept)
}

import Registers
import Testing
import Vectors

/// What a bench of someone else's may rely on.
@Suite("Files for Verilog")
struct ExportShapeTests {
  private static func file(_ name: String, of suite: Suite) throws -> [Substring] {
    var export = VerilogExport()
    try export.add(VectorFile(path: GoldenVectors.path("\(suite.rawValue).json")))
    return try #require(export.files.first { $0.name == name }).text.split(separator: "\n")
  }

  /// Bits of each column, by a head such as `code, sum (32 each), flag (4)`.
  private static func widths(_ head: Substring) -> [Int] {
    head.split(separator: ")").flatMap { group -> [Int] in
      let parts = group.split(separator: "(")
      let bits = parts.count == 2 ? parts[1].split(separator: " ").first.flatMap { Int($0) } : nil
      let names = parts[0].split(separator: ",").filter { $0.contains { $0.isLetter } }
      return Array(repeating: bits ?? 0, count: names.count)
    }
  }

  @Test(
    "Every column is as wide as the head of its file says, a digit for four bits",
    arguments: [
      (Suite.adc, "adc.hex"), (.dac, "dac.hex"), (.mvm, "mvm_lines.hex"), (.mvm, "mvm_operations.hex"),
      (.registers, "registers.hex"),
    ])
  func widths(_ suite: Suite, _ name: String) throws {
    let lines = try Self.file(name, of: suite)
    let widths = Self.widths(lines[0])
    #expect(!widths.contains(0) && widths.count > 3, "\(lines[0])")
    for line in lines.dropFirst() where !line.hasPrefix("//") {
      #expect(line.split(separator: "_").map { 4 * $0.count } == widths, "\(line)")
    }
  }

  @Test("The sweeps of registers ask for every report of an error behind every write")
  func reports() throws {
    var reads: [Substring: Int] = [:]
    let tile = MemoryMap.firstTile
    let unlock = Substring(String(tile + TileRegister.unlock.rawValue, radix: 16))
    let key = Substring(String(TileRegister.unlockKey, radix: 16))
    var (locked, unlocked) = (0, 0)
    for line in try Self.file("registers.hex", of: .registers) where !line.hasPrefix("//") {
      let columns = line.split(separator: "_")
      if columns[1] == "0" { reads[columns[2], default: 0] += 1 }
      if columns.suffix(2) == [unlock, "00000000"] { locked += 1 }
      if columns.suffix(2) == [unlock, key] { unlocked += 1 }
    }
    #expect(locked > 50 && unlocked > 50)
    let reports = [
      tile + TileRegister.error.rawValue, tile + TileRegister.status.rawValue,
      MemoryMap.chip + ChipRegister.error.rawValue, MemoryMap.chip + ChipRegister.errorAddress.rawValue,
      MemoryMap.chip + ChipRegister.interruptPending.rawValue,
    ].map { reads[Substring(String($0, radix: 16)), default: 0] }
    #expect((reports.min() ?? 0) > 1000 && reports.allSatisfy { 10 * $0 > 9 * (reports.max() ?? 0) }, "\(reports)")
  }
}

import Foundation
import TestSupport
import Testing

/// The recipe of firmware/README.md for two drivers over one small hardware layer.
@Suite("Drivers in C")
struct DriverTests {
  @Test("One that polls and one with interrupts read the same codes, which are those of the example that stalls")
  func pair() throws {
    let readme = try String(contentsOfFile: Transcript.repository + "/firmware/README.md", encoding: .utf8)
    let recipe = readme.split(separator: "\n").filter { $0.hasPrefix("    firmware/cc") && $0.contains("drivers/") }
      .map { String($0.dropFirst(4)) }
    #expect(recipe.count == 2)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/firmware", withDestinationPath: Transcript.repository + "/firmware")
    let chip = "--tiles 8x12 --bounds-spread 20%"
    let ran = try Transcript.run(
      """
      exec 2>&1
      \(recipe.map { $0 + " -Wall -Wextra -Werror" }.joined(separator: "\n"))
      firmware/cc row.elf firmware/examples/read_row.c
      mblstm exec polling.elf \(chip) --log polling.csv >polling.txt 2>told; echo $?
      mblstm exec interrupt.elf \(chip) --log interrupt.csv >interrupt.txt 2>told; echo $?
      mblstm exec row.elf \(chip) >row.txt 2>told; echo $?
      cmp polling.txt interrupt.txt && wc -l <polling.txt && sort -u polling.txt | wc -l
      sed -n 4p polling.txt | cmp - row.txt && echo same
      grep -c MBX0.STATUS polling.csv; grep -c MBX.IRQ_PENDING polling.csv
      grep -c MBX0.STATUS interrupt.csv; grep -c write,.*MBX.IRQ_PENDING interrupt.csv
      """, in: folder)
    let lines = ran.output.split(separator: "\n").map(String.init)
    #expect(lines.prefix(6) == ["0", "0", "0", "8", "8", "same"], "\(ran.output)\(ran.error)")
    let counts = lines.dropFirst(6).compactMap { Int($0) }
    try #require(counts.count == 4, "\(ran.output)")
    #expect(counts[0] > 8 && counts[1] == 0 && counts[2] == 0 && counts[3] >= 8, "\(counts)")
  }

  @Test("Neither waits for a read that the tile refuses: it returns the tile's ERROR")
  func refusal() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/firmware", withDestinationPath: Transcript.repository + "/firmware")
    let ran = try Transcript.run(
      """
      exec 2>&1
      cp firmware/examples/drivers/* .
      sed 's/OPERATION(MBX_OPERATION_READ)/OPERATION(15)/' firmware/Support/hal.h >hal.h
      cmp -s hal.h firmware/Support/hal.h || echo changed
      for driver in polling interrupt; do
        firmware/cc $driver.elf read_tile.c $driver.c
        mblstm exec $driver.elf --max-instructions 10000000 >$driver.txt 2>told; echo $driver $?; wc -c <$driver.txt
      done
      """, in: folder)
    let lines = ran.output.split(separator: "\n").map(String.init)
    #expect(lines == ["changed", "polling 1", "0", "interrupt 1", "0"], "\(ran.output)\(ran.error)")
  }
}

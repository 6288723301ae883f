import Foundation
import TestSupport
import Testing

/// Cases as programs that check themselves; `.ci/programs` runs all of them.
@Suite("Cases as programs for the hart")
struct CaseProgramTests {
  /// Some cases of a suite, numbered anew.
  private static func write(_ suite: String, _ ids: [Int], to folder: URL) throws {
    let path = "\(Transcript.repository)/vectors/v1/\(suite).json"
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path)))
    var file = try #require(json as? [String: Any])
    let cases = try #require(file["cases"] as? [[String: Any]])
    file["cases"] = ids.enumerated().map { place, id in cases[id - 1].merging(["id": place + 1]) { $1 } }
    let data = try JSONSerialization.data(withJSONObject: file, options: .sortedKeys)
    try data.write(to: folder.appendingPathComponent("\(suite).json"))
  }

  private func run(_ script: String) throws -> (output: String, error: String, status: Int32) {
    try BuiltFirmware.make()
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    // A register that is not written; cycles; more than a byte; misaligned; while busy; polled; in RAM; as after reset.
    try Self.write("registers", [1, 2, 42, 89, 182, 259, 367, 241], to: folder)
    // Cells that are given; 1024 lines; noise.
    try Self.write("mvm", [1, 31, 122], to: folder)
    // Each draw once; a width written twice.
    try Self.write("program_row", [137, 144], to: folder)
    return try Transcript.run(script, in: folder)
  }

  @Test("Each case has a line, with what its chip has to be and how it begins, or why it has no program")
  func index() throws {
    let ran = try run(
      "mblstm export elf --out p registers.json mvm.json program_row.json && cut -d, -f1-4,11 p/index.csv")
    #expect(
      ran.output == """
        8 programs of 13 cases: 5 begin by reset, 2 begin by power-up, 1 begin by backdoor
        without a program:
          1 of accesses to the memory that the program is in
          1 of an access that is not aligned and traps in the hart
          2 of answers that depend on cycles that no program keeps
          1 of more than a byte to a register of a byte
        suite,case,program,start,obstacle
        registers,1,registers-1.elf,reset,
        registers,2,,,answers that depend on cycles that no program keeps
        registers,3,,,more than a byte to a register of a byte
        registers,4,,,an access that is not aligned and traps in the hart
        registers,5,registers-5.elf,reset,
        registers,6,,,answers that depend on cycles that no program keeps
        registers,7,,,accesses to the memory that the program is in
        registers,8,registers-8.elf,reset,
        mvm,1,mvm-1.elf,backdoor,
        mvm,2,mvm-2.elf,reset,
        mvm,3,mvm-3.elf,power-up,
        program_row,1,program_row-1.elf,power-up,
        program_row,2,program_row-2.elf,reset,

        """, "\(ran)")
  }

  /// Runs each program on the chip of its line.
  private static let runs = """
    mblstm export elf --out p registers.json mvm.json program_row.json > told || exit 9
    cd p; tail -n +2 index.csv | while IFS=, read -r suite case program start chip cells rest; do
      [ -n "$chip" ] || continue
      if [ -n "$cells" ]; then on="--load $cells"; else on="--chip $chip"; fi
      mblstm exec $program --ram 256 $on OPTIONS 2>said; echo "$? "
    done
    """

  @Test("On the product every program passes")
  func passes() throws {
    let ran = try run(Self.runs.replacing("OPTIONS", with: ""))
    let lines = ran.output.split(separator: "\n")
    #expect(lines.count == 16 && lines.count { $0 == "0 " } == 8, "\(ran)")
    #expect(lines.count { $0.contains(/^\w+ \d of set 1\.1: passed, \d+ reads compared$/) } == 8, "\(ran)")
  }

  @Test("A program names the read that differs on a faulty chip, and a chip that is another")
  func differs() throws {
    let ran = try run(
      """
      mblstm export elf --out p registers.json mvm.json program_row.json > told; cd p
      mblstm exec mvm-2.elf --ram 256 --chip chip-3.json --adc-offset 90000 2>said; echo $?
      mblstm exec registers-8.elf --ram 256 --chip chip-1.json --set-amplitude 1000 2>said; echo $?
      mblstm exec registers-5.elf --ram 256 --chip chip-1.json --tiles 2x4 2>said; echo $?
      mblstm exec \(Transcript.repository)/.build/firmware/caserunner.elf --ram 256 2>said; echo $?
      """)
    let lines = ran.output.split(separator: "\n")
    #expect(lines.count == 8, "\(ran)")
    let told =
      #/^mvm 2 of set 1\.1: digital reads as expected, \d+ of \d+ reads differ where the die shows, first at access \d+, read 0x40012000: expected 0x0000[0-9a-f]{4}, got 0x[0-9a-f]{8}$/#
    #expect(lines.first?.contains(told) == true && lines.dropFirst().first == "4", "\(ran)")
    let failed = "registers 8 of set 1.1: failed at access 11, read 0x40010030: expected 0x04b004b0, got 0x04b003e8"
    #expect(Array(lines.dropFirst(2).prefix(2)) == [Substring(failed), "1"], "\(ran)")
    let other =
      "registers 5 of set 1.1: not run, the chip is another: read 0x40010000: expected 0x00020002, got 0x00040002"
    #expect(
      Array(lines.dropFirst(4)) == [
        Substring(other), "2", "no case lies behind this program: 'mblstm export elf' puts one there", "3",
      ], "\(ran)")
  }

  @Test("On another core with the same board around it, a program sees that there is no chip", .needs(.qemu))
  func qemu() throws {
    let ran = try run(
      """
      mblstm export elf --out p registers.json > told
      timeout 60 qemu-system-riscv32 -M virt -bios none -nographic -kernel p/registers-8.elf < /dev/null; echo $?
      """)
    let told =
      #/registers 8 of set 1\.1: not run, the chip is another: read 0x40000008: expected 0x00000001, got 0x[0-9a-f]{8}\r?\n2\n/#
    #expect(ran.output.contains(told), "\(ran)")
  }

  @Test("What goes to no program is told, and leaves no folder")
  func refusals() throws {
    let ran = try run(
      "mblstm export elf --out c \(Transcript.repository)/vectors/v1/adc.json; ls -d c; mblstm export elf registers.json; "
        + "cp mvm.json again.json; mblstm export elf --out d mvm.json again.json; ls -d d"
    )
    #expect(ran.error.contains("nothing to export: only cases of registers, mvm, program_row are made into programs"))
    #expect(ran.error.contains("again.json: a second file of mvm, expected one: programs have the names of suites"))
    #expect(ran.error.contains("'d': No such file"))
    #expect(ran.error.contains("'c': No such file") && ran.error.contains("elf: expected --out DIR"), "\(ran)")
  }
}

import Foundation
import TestSupport
import Testing

/// The SVD file as its readers see it: cmsis-svd, the schema, and a program on the chip that it is of.
@Suite("SVD of chips")
struct SVDTests {
  /// Options of `map` and of `exec` alike.
  static let chips = [
    "--dac-bits 8",
    "--synapse differential --adc-bits 9 --dac-bits 6 --seed 77 --feedback 12345",
    "--read-voltage 150000 --set-amplitude 1311 --reset-amplitude 1000 --max-amplitude 2000 --settle 7 --sample 21 --relax 9",
    "--device umass --wake-up 321 --flash-endurance 99 --pulse-step 3 --adc-offset 500 --stuck-lrs 2%",
    "--chip chip.json",
  ]

  @Test(
    "Every register that a program reads after reset has its value and mask, and names and places are those of the C header",
    .needs(.python3, .cmsisSVD, .xmllint), arguments: chips)
  func resets(_ chip: String) throws {
    let ran = try run(
      """
      mblstm map --svd \(chip) > map.svd && mblstm map --header \(chip) > mblstm.h && python3 svd.py map.svd mblstm.h table.h \
        || exit 99
      \(Self.build) || exit 98
      mblstm exec resets.elf \(chip); echo "status $?"
      """)
    #expect(ran.output.contains("; 0 problems\nstatus 0\n"), "\(ran.output)\(ran.error)")
    #expect(!ran.output.contains(" 0 fields") && !ran.output.contains(" 0 names"), "\(ran.output)")
  }

  @Test(
    "The program notices one bit of one value, and a register of another chip", .needs(.python3, .cmsisSVD, .xmllint))
  func noticed() throws {
    let ran = try run(
      """
      mblstm map --svd --chip chip.json > map.svd && mblstm map --header > mblstm.h && python3 svd.py map.svd mblstm.h table.h \
        || exit 99
      line=$(grep -n 'MBX2.TRIM\\[2\\]' table.h | cut -d: -f1)
      sed -i "${line}s/0x80000000u/0x80000001u/" table.h
      \(Self.build) || exit 98
      mblstm exec resets.elf --chip chip.json; [ $? -eq $((($line - 1) % 255 + 1)) ] && echo bit
      python3 svd.py map.svd mblstm.h table.h && \(Self.build) || exit 97
      mblstm exec resets.elf --chip chip.json --adc-bits 11; [ $? -ne 0 ] && echo chip
      """)
    #expect(ran.output.contains("\nbit\n") && ran.output.hasSuffix("\nchip\n"), "\(ran.output)\(ran.error)")
  }

  @Test("A file that is wrong is refused by its reader", .needs(.python3, .cmsisSVD, .xmllint))
  func refused() throws {
    let ran = try run(
      """
      mblstm map --svd --chip chip.json > map.svd && mblstm map --header > mblstm.h
      python3 svd.py map.svd mblstm.h table.h >/dev/null 2>&1 || exit 99
      for change in '0,/<name>READ_T</s//<name>READ</' '0,/<bitOffset>4</s//<bitOffset>3</' \
        '0,/<value>7</s//<value>8</' '0,/<endian>/s/little/big/' '0,/DRIVE\\[%s\\]/s//DRIVE-[%s]/'; do
        sed "$change" map.svd > other.svd
        cmp -s map.svd other.svd && echo "nothing changed: $change"
        python3 svd.py other.svd mblstm.h table.h >/dev/null 2>&1 && echo "taken: $change"
      done
      echo done
      """)
    #expect(ran.output == "done\n", "\(ran.output)\(ran.error)")
  }

  private static let build = """
    { clang --target=riscv32-none-none-eabi -march=rv32imac_zicsr -mabi=ilp32 -Os -ffreestanding -fno-builtin \
      -c resets.c \(Transcript.repository)/firmware/examples/start.S && ld.lld -T riscv32.ld -o resets.elf start.o resets.o; }
    """

  private func run(_ script: String) throws -> (output: String, error: String, status: Int32) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let chip = #"{"tiles": [[25, 64], [1, 2], [3, 10]], "adcBits": 10, "seed": 5, "synapse": "differential"}"#
    try chip.write(to: folder.appendingPathComponent("chip.json"), atomically: true, encoding: .utf8)
    let repository = Transcript.repository
    return try Transcript.run(
      """
      cp \(repository)/Tests/CLITests/Guests/svd.py . && cp \(repository)/Tests/CLITests/Guests/svd-resets.c resets.c
      cp \(repository)/firmware/Support/riscv32.ld .
      \(script)
      """, in: folder)
  }
}

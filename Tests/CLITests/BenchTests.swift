import TestSupport
import Testing

@testable import mblstm

@Suite("What bench measures")
struct BenchTests {
  @Test("Is named by what it is: sizes, steps, what the log has and where the controller runs")
  func names() throws {
    try BuiltFirmware.make()
    #expect(
      BenchVerb.cases.map { "\($0.name): \($0.unit)" } == [
        "read 128×64: reads/s", "read 128×64, read noise: reads/s", "read 512×512: reads/s",
        "read 512×512, read noise: reads/s", "read 1024×1024: reads/s", "read 1024×1024, read noise: reads/s",
        "inference 8-16-10, 8 steps: sequences/s", "inference 28-64-10, 28 steps: sequences/s",
        "register accesses, CSV log: thousand accesses/s",
        "register accesses, CSV log of a binary: thousand accesses/s",
        "RV32 core, integer mix: million instructions/s", "RV32 core, LSTM loop: million instructions/s",
        "inference 8-16-10, 8 steps, on RV32: sequences/s",
      ])
  }

  @Test("Has a rate for each run, of which the median, the lowest and the highest are told")
  func rates() throws {
    for item in BenchVerb.cases where item.name.contains("accesses") || item.name.hasPrefix("inference 8-16-10") {
      let result = try item.measure(item, 5, 0.001)
      #expect(result.name == item.name && result.unit == item.unit && result.runs == 5)
      #expect(0 < result.lowest && result.lowest <= result.median && result.median <= result.highest)
    }
  }
}

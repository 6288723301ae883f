import Board
import Registers
import Tasks
import TestSupport
import Testing
import Trace

@Suite("A log held against firmware and chip")
struct ShadowTests {
  private static func noisy(seed: UInt64) throws -> ChipConfiguration {
    try CaptureBench.chip(seed: seed) {
      $0.readNoiseShare = 0.001
      $0.mismatch.adcOffset = 300
      $0.mismatch.adcGain = 500
    }
  }

  @Test("A log of this firmware on this chip has no difference, with noise and without")
  func nothing() throws {
    for chip in [try CaptureBench.chip(), try Self.noisy(seed: 3)] {
      let found = try Shadow.sides(of: try CaptureBench.log(of: chip).text)
      #expect(found.isEmpty, "\(found)")
    }
  }

  @Test("Faults of the firmware are the firmware's: a write altered, dropped or doubled; the chip has none")
  func firmware() throws {
    var random = SeededRandom(23)
    print("writes by the seed 23")
    let chip = try CaptureBench.chip()
    let writes = try CaptureBench.log(of: chip).writes
    for kind in CaptureBench.WriteFault.allCases {
      for _ in 0..<Trials.count(4, long: 34) {
        let number = Int(random.next() % UInt64(writes))
        let bit = random.word() % 16
        let found = try Shadow.sides(of: try CaptureBench.log(of: chip, write: (kind, number, bit)).text)
        let isRight = !found.isEmpty && found.allSatisfy { $0.0 == .firmware }
        #expect(isRight, "\(kind) \(number) \(bit): \(found.prefix(2))")
      }
    }
  }

  @Test("Faults of the chip are the chip's: a gain, a stuck bit, columns exchanged, a settling time")
  func chip() throws {
    var judged = 0
    let columns = Trials.count(2, long: 8)
    let seeds = UInt64(Trials.count(1, long: 2))
    for seed in 1...seeds {
      let chip = try CaptureBench.chip(seed: seed)
      let healthy = try CaptureBench.log(of: chip).text
      for kind in CaptureBench.ChipFault.allCases {
        for column in 0..<columns {
          let log = try CaptureBench.log(of: chip, chip: (kind, column)).text
          // Columns with the same codes, say, exchanged: no log shows it.
          guard log != healthy else { continue }
          let found = try Shadow.sides(of: log)
          #expect(!found.isEmpty && found.allSatisfy { $0.0 == .chip }, "\(kind) \(column): \(found.prefix(2))")
          judged += 1
        }
      }
    }
    #expect(judged >= CaptureBench.ChipFault.allCases.count * columns * Int(seeds) * 7 / 8)
  }

  @Test("One value of a log altered: what was written is the firmware's, what was read the chip's")
  func altered() throws {
    var random = SeededRandom(29)
    print("lines by the seed 29")
    let lines = try CaptureBench.log(of: try CaptureBench.chip()).text.split(separator: "\n").map(String.init)
    func alter(_ part: String, _ side: Shadow.Side) throws {
      let places = lines.indices.filter { lines[$0].contains(part) }
      for _ in 0..<Trials.count(2, long: 20) {
        let place = random.pick(places)
        var columns = lines[place].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let value = try #require(UInt32(columns[4].dropFirst(2), radix: 16)) ^ 1 << (random.word() % 12)
        let digits = String(value, radix: 16)
        columns[4] = "0x" + String(repeating: "0", count: 8 - digits.count) + digits
        (columns[5], columns[6]) = ("", "")
        var altered = lines
        altered[place] = columns.joined(separator: ",")
        let found = try Shadow.sides(of: altered.joined(separator: "\n") + "\n")
        #expect(found.first?.0 == side, "\(altered[place]): \(found.prefix(2))")
      }
    }
    for register in ["MBX0.DRIVE", "MBX0.PULSE", "MBX1.START"] { try alter(",\(register)", .firmware) }
    for register in ["MBX0.SENSE", "MBX0.GEOMETRY", "MBX1.WAIT"] { try alter(",\(register)", .chip) }
  }

  @Test("Another die's log is of this chip's distribution, and of this firmware")
  func otherDie() throws {
    let log = try CaptureBench.log(of: try Self.noisy(seed: 5)).text.replacing("seed=5", with: "seed=6")
    #expect(try Shadow.sides(of: log).contains { $0.0 == .chip })
    let found = try Shadow.sides(of: log, .sigmas(3)).filter { $0.0 == .firmware }
    #expect(found.isEmpty, "\(found)")
  }
}

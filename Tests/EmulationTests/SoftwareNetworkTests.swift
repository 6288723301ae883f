import Board
import Firmware
import RV32
import Tasks
import TestSupport
import Testing
import Trace

@Suite("The network in software alone")
struct SoftwareNetworkTests {
  @Test("The program takes the cycles that the formula says, within 2 %, on every shape that it tells of")
  func cycles() throws {
    var execution = try Execution(
      try BuiltFirmware.program("software_lstm"), on: Machine(smallChip(hidden: 4), log: NoLog()),
      ramBytes: Machine<NoLog>.defaultRAMBytes)
    var printed: [UInt8] = []
    let reason = try execution { printed += $0 }
    #expect(reason == .exited(.status(0)))
    let rows = String(decoding: printed, as: UTF8.self).split(separator: "\n").dropFirst().map { line in
      line.split(separator: " ").compactMap { Int($0) }
    }
    #expect(rows.count == 6 && rows.allSatisfy { $0.count == 6 })
    for row in rows {
      let network = SoftwareNetwork(
        NetworkShape(inputs: row[0], hidden: row[1], outputs: row[2]), steps: Double(row[3]))
      #expect(abs(network.cycles / Double(row[4]) - 1) < 0.02, "\(row)")
    }
    // Work that an optimiser leaves out tells another class.
    #expect(rows.map { $0[5] } == [5, 0, 5, 7, 5, 0])
  }
}

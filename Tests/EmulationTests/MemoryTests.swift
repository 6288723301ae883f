import Board
import Firmware
import FixedPoint
import TestSupport
import Testing
import Trace

@testable import Tasks

/// 256 KiB of RAM, of which code and stack take a third.
@Suite("The memory of the binary")
struct MemoryTests {
  @Test("A network whose training takes more than half of the heap is trained: nothing large is ever there twice")
  func once() throws {
    // 11 102 weights, of which training keeps 8 bytes each.
    let shape = NetworkShape(inputs: 4, hidden: 50, outputs: 2)
    let chip = try ChipConfiguration(tiles: []).sized(for: shape, named: "test")
    var session = Session(
      on: try EmulatedController(BuiltFirmware.program("controller"), on: Machine(chip, log: NoLog())))
    for request in HostRequest.preparation(of: chip, for: shape, window: 1, .hard) {
      try session.request(request.command, request.words)
    }
    var options = TrainingOptions()
    options.hidden = shape.hidden
    let settings = options.words(longest: 2, loss: .crossEntropy, stepNanoseconds: chip.timing.stepNanoseconds)
    for _ in 0..<2 { try session.request(.configureTraining, settings) }
    try session.request(.setRate, [Rate(1.0).raw])
    // Half a window for every weight, so that each row is pulsed.
    try session.request(.importState, Array(repeating: 1 << 26, count: shape.lstm.cells + shape.dense.cells))
    for label: UInt32 in 0...1 {
      try session.request(.train, [2, label, 0x3000_7000, 0x4000_5000, 0x7000_1000, 0x2000_6000])
    }
    #expect(session.machine.chip.tiles[0].counters.pulses >= UInt64(shape.lstm.cells))
    let state = try session.request(.exportState)
    try session.request(.importState, state)
    #expect(try session.request(.exportState) == state)
  }
}

import Board
import Firmware
import FixedPoint
import RV32
import TestSupport
import Testing
import Trace

@testable import Tasks

/// 256 KiB of RAM, of which code and stack take two fifths.
@Suite("The memory of the binary")
struct MemoryTests {
  @Test("A store from the stack's guard up to its limit stops the program, and none beside that")
  func guarded() throws {
    let program = try BuiltFirmware.program("controller")
    let start = try #require(program.image.symbols["__stack_guard"]?.address)
    let limit = try #require(program.image.symbols["__stack_limit"]?.address)
    for (address, isStopped) in [(start - 4, false), (start, true), (limit - 4, true), (limit, false)] {
      var machine = try Machine(smallChip(), log: NoLog(), ramBytes: 0)
      var core = try program.core(ramBytes: Machine<NoLog>.defaultRAMBytes)
      let store: UInt32 = 0x00a5_a023  // sw a0, 0(a1)
      core.pokeWord(store, core.pc)
      core[register: 11] = address
      let expected: StopReason = isStopped ? .stackOverflow(address: address) : .instructionLimit
      #expect(core.run(on: &machine, instructions: 1) == expected)
    }
  }

  @Test(
    "A training that needs all of the memory that the budget has is carried out; one step more is refused",
    arguments: TrainingOptions.RuleName.allCases, [(4, 20, 2, 0), (60, 16, 3, 0), (4, 40, 2, 0), (2, 20, 2, 40)])
  func exactFit(_ rule: TrainingOptions.RuleName, _ sizes: (Int, Int, Int, Int)) throws {
    let (inputs, hidden, outputs, spare) = sizes
    let shape = NetworkShape(inputs: inputs, hidden: hidden, outputs: outputs)
    var chip = try ChipConfiguration(tiles: []).sized(for: shape, named: "test")
    for tile in chip.tiles.indices {
      chip.tiles[tile].wordLines += 4 * spare
      chip.tiles[tile].bitLines += spare
    }
    var session = Session(
      on: try EmulatedController(BuiltFirmware.program("controller"), on: Machine(chip, log: NoLog())))
    for request in HostRequest.preparation(of: chip, for: shape, window: 1, .hard) {
      try session.request(request.command, request.words)
    }
    var options = TrainingOptions()
    (options.hidden, options.batch, options.rule) = (hidden, 1, rule)
    if rule != .errorFeedback { options.momentum = 3 }
    func settings(_ longest: Int) -> [UInt32] {
      options.words(longest: longest, loss: .crossEntropy, stepNanoseconds: chip.timing.stepNanoseconds)
    }
    // What one step more needs says what one step needs, and so how many there is room for.
    func need(_ longest: Int, _ session: inout Session<EmulatedController<NoLog>>) -> Int? {
      do throws(FirmwareRefusal) {
        try session.request(.configureTraining, settings(longest))
        return nil
      } catch {
        guard case .refused(.outOfMemory, let words) = error.reason else { return nil }
        return Int(words[0])
      }
    }
    let (some, more) = (try #require(need(60_000, &session)), try #require(need(60_001, &session)))
    let longest = 60_000 - (some - MemoryBudget.bytes + more - some - 1) / (more - some)
    let (fits, tooLong) = (need(longest, &session), need(longest + 1, &session))
    #expect(fits == nil && tooLong != nil)
    try session.request(.configureTraining, settings(longest))
    try session.request(.setRate, [Rate(1.0).raw])
    let words = [UInt32](repeating: 0x3000_7000, count: (inputs + 1) / 2)
    for label: UInt32 in 0...1 { try session.request(.train, [2, label] + words + words) }
    let state = try session.request(.exportState)
    try session.request(.importState, state)
    #expect(try session.request(.exportState) == state)
  }

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
    (options.hidden, options.batch, options.rule) = (shape.hidden, 1, .accumulate)
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

import Board
import Crossbar
import Files

/// Suite `dac`: codes to microvolts.
struct DACVector: ValueVector {
  let chip: ChipConfiguration
  let codes: [Int16]
  let step: Int64
  let microvolts: [Int32]
  private let drivers: LineDrivers

  init(_ given: inout Members, _ expect: inout Members) throws(InputError) {
    var chip = ChipConfiguration(tiles: [TileConfiguration(wordLines: 1, bitLines: 1)])
    let bits = try given.take("bits")
    chip.dacBits = try bits.integer()
    chip.mismatch.dacOffset = try given.take("offsetMicrovolts").integer()
    chip.mismatch.dacNonlinearity = try given.take("inlMicrovolts").integer()
    if let problem = chip.problem { throw bits.error("\(problem)") }
    self.chip = chip
    drivers = LineDrivers(chip)
    let largest = Int16(chip.largestDriveCode)
    codes = try given.take("codes").integers(in: -largest...largest)
    step = try expect.take("stepMicrovolts").integer(in: 1...Int64(Int32.max))
    microvolts = try expect.take("microvolts").integers(count: codes.count)
  }

  func difference() -> String? {
    guard drivers.microvoltsPerCode == step else {
      return "stepMicrovolts: expected \(step), got \(drivers.microvoltsPerCode)"
    }
    let got: [Int32]
    switch drivers.drive(codes) {
    case .codes(let codes, let step): got = codes.map { Int32($0) * Int32(step) }
    case .microvolts(let microvolts): got = microvolts
    }
    return Self.difference(microvolts, got) { "microvolts of code \(codes[$0])" }
  }
}

/// Suite `adc`: voltages to codes.
struct ADCVector: ValueVector {
  let chain: ReadChain
  let line: Int
  let trim: UInt32
  let steps: [Int32]
  let codes: [Int16]
  let overrange: [Bool]

  init(_ given: inout Members, _ expect: inout Members) throws(InputError) {
    var chip = ChipConfiguration(tiles: [TileConfiguration(wordLines: 1, bitLines: 1)])
    let bits = try given.take("bits")
    chip.adcBits = try bits.integer()
    chip.mismatch.adcOffset = try given.take("offsetSigmaMicrovolts").integer()
    chip.mismatch.adcGain = try given.take("gainSigmaPpm").integer()
    chip.seed = try given.take("seed").integer()
    if let problem = chip.problem { throw bits.error("\(problem)") }
    let tile: Int = try given.take("tile").integer(in: 0...7)
    line = try given.take("line").integer(in: 0...1023)
    trim = try given.take("trim").integer()
    steps = try given.take("steps").integers(in: -32_768...32_767)
    codes = try expect.take("codes").integers(count: steps.count)
    overrange = try expect.take("overrange").elements(count: steps.count)
      .map { node throws(InputError) in try node.bool() }
    chain = ReadChain(
      adcBits: chip.adcBits, lines: line + 1, mismatch: chip.mismatch, tile: tile,
      random: CounterRandom(seed: chip.seed))
  }

  func difference() -> String? {
    let got = steps.map { chain.convert($0, line: line, trim: trim) }
    return Self.difference(codes, got.map(\.code)) { "code of \(steps[$0]) steps" }
      ?? Self.difference(overrange, got.map(\.isLimited)) { "overrange of \(steps[$0]) steps" }
  }
}

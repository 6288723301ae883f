import Crossbar
import FixedPoint
import TestSupport
import Testing

@testable import Board

@Suite("Read chain")
struct ReadChainTests {
  static func chain(_ adcBits: Int, lines: Int = 1, _ mismatch: ConverterMismatch = .init(), seed: UInt64 = 1)
    -> ReadChain
  {
    ReadChain(adcBits: adcBits, lines: lines, mismatch: mismatch, tile: 0, random: CounterRandom(seed: seed))
  }

  static let unit: UInt32 = 0x8000_0000

  @Test("The amplifier gives the current times the resistance in steps of 25 µV, rounded half up, inside its rails")
  func amplifier() {
    let step: Int128 = 25_000_000_000_000
    var random = SeededRandom(1)
    var wrong: [String] = []
    func check(_ current: Int64, _ ohms: Int64) {
      let exact = halfUp(Int128(current) * Int128(ohms), over: step)
      let (z, isLimited) = ReadChain.amplify(current, .init(ohms: ohms))
      let limited = clamped(exact, -32_768, 32_767)
      if Int128(z.raw) != limited || isLimited != (limited != exact) { wrong.append("\(current) aA · \(ohms) Ω") }
    }
    for ohms: Int64 in [1, 2, 3, 1000, 10_000, 65_537, 1 << 24 - 1] {
      for current: Int64 in [.min, .min + 1, -1, 0, 1, .max] { check(current, ohms) }
      // Ties and their neighbours all over the range and around the rails.
      for code: Int128 in [-32_770, -32_769, -32_768, -32_767, -2, -1, 0, 1, 2, 777, 32_766, 32_767, 32_768, 32_769] {
        let tie = Int64(truncatingIfNeeded: (code * step + step / 2) / Int128(ohms))
        for offset: Int64 in -2...2 { check(tie + offset, ohms) }
      }
      for _ in 0..<2000 { check(Int64(bitPattern: random.next()) >> Int64(random.next() % 64), ohms) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    // 1 µA through 10 kΩ is 10 mV, 400 steps; 25 aV short of 12.5 µV is still 0.
    #expect(ReadChain.amplify(1_000_000_000_000, .init(ohms: 10_000)).z.raw == 400)
    #expect(ReadChain.amplify(1_250_000_000, .init(ohms: 10_000)).z.raw == 1)
    #expect(ReadChain.amplify(1_249_999_999, .init(ohms: 10_000)).z.raw == 0)
    #expect(ReadChain.amplify(-1_250_000_000, .init(ohms: 10_000)).z.raw == 0)
  }

  @Test("An ideal ADC rounds half up to its steps and stops at its ends, at every input", arguments: 5...16)
  func converter(bits: Int) {
    let chain = Self.chain(bits)
    let largest: Int128 = 1 << Int128(bits - 1) - 1
    var wrong: [Int32] = []
    var last = Int16.min
    for steps: Int32 in -32_768...32_767 {
      let (code, isLimited) = chain.convert(steps, line: 0, trim: Self.unit)
      let exact = clamped(halfUp(Int128(steps), over: 1 << Int128(16 - bits)), -largest - 1, largest)
      if Int128(code) != exact || isLimited || code < last { wrong.append(steps) }
      last = code
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("A voltage beyond the ends is limited and flagged, half a step above the top is not", arguments: 5...16)
  func overrange(bits: Int) {
    let chain = Self.chain(bits)
    let largest: Int128 = 1 << Int128(bits - 1) - 1
    var wrong: [Int32] = []
    for steps: Int32 in -80_000...80_000 where abs(steps) > 32_000 {
      let (code, isLimited) = chain.convert(steps, line: 0, trim: Self.unit)
      let exact = halfUp(Int128(steps), over: 1 << Int128(16 - bits))
      let isBeyond = exact > largest + 1 || exact < -largest - 1
      if Int128(code) != clamped(exact, -largest - 1, largest) || isLimited != isBeyond { wrong.append(steps) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("A trim takes its offset off, then multiplies by its gain, rounding half up")
  func trims() {
    var random = SeededRandom(2)
    let chain = Self.chain(16)
    var wrong: [String] = []
    for _ in 0..<20_000 {
      let steps = Int32(Int16(truncatingIfNeeded: random.next()))
      let offset = Int16(truncatingIfNeeded: random.next()) >> Int16(random.next() % 16)
      let gain = UInt16(truncatingIfNeeded: random.next())
      let trim = UInt32(gain) << 16 | UInt32(UInt16(bitPattern: offset))
      let exact = halfUp((Int128(steps) - Int128(offset)) * Int128(gain), over: 32_768)
      let code = chain.convert(steps, line: 0, trim: trim).code
      if Int128(code) != clamped(exact, -32_768, 32_767) { wrong.append("\(steps) − \(offset) by \(gain)") }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    #expect(chain.convert(100, line: 0, trim: Self.unit | 40).code == 60)
    #expect(chain.convert(100, line: 0, trim: Self.unit | 0xffff).code == 101)
    #expect(chain.convert(100, line: 0, trim: 0xc000_0000).code == 150)
    #expect(chain.convert(100, line: 0, trim: 0).code == 0)
  }

  @Test("Ideal converters have no mismatch; others have an offset and a gain of the given deviations each")
  func mismatches() {
    #expect(Self.chain(16, lines: 4).offsets.isEmpty && Self.chain(16, lines: 4).gains.isEmpty)
    #expect(Self.chain(16, lines: 4).mismatch(of: 3) == (0, 32_768))
    let chain = Self.chain(16, lines: 1024, ConverterMismatch(adcOffset: 5_000, adcGain: 10_000))
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func deviation(_ values: [Int32], about middle: Double) -> Double {
      mean(values.map { (Double($0) - middle) * (Double($0) - middle) }).squareRoot()
    }
    // 5 mV are 200 steps, 1 % is 327.68; σ of σ is 2.2 %.
    #expect(abs(deviation(chain.offsets, about: 0) / 200 - 1) < 0.09)
    #expect(abs(deviation(chain.gains, about: 32_768) / 327.68 - 1) < 0.09)
    #expect(abs(mean(chain.offsets.map { Double($0) })) < 4 * 200 / 32)
    #expect(abs(mean(chain.gains.map { Double($0) }) - 32_768) < 4 * 328 / 32)
    let offsetOnly = Self.chain(16, lines: 9, ConverterMismatch(adcOffset: 1000))
    #expect(offsetOnly.gains.allSatisfy { $0 == 32_768 } && Set(offsetOnly.offsets).count > 5)
    let gainOnly = Self.chain(16, lines: 9, ConverterMismatch(adcGain: 1000))
    #expect(gainOnly.offsets.allSatisfy { $0 == 0 } && Set(gainOnly.gains).count > 5)
    #expect(chain.offsets != Self.chain(16, lines: 1024, ConverterMismatch(adcOffset: 5_000), seed: 2).offsets)
  }

  @Test("A mismatched converter adds its offset, then multiplies by its gain")
  func mismatchFormula() {
    let chain = Self.chain(16, lines: 20, ConverterMismatch(adcOffset: 20_000, adcGain: 50_000))
    var wrong: [String] = []
    for line in 0..<20 {
      for steps in stride(from: Int32(-32_768), through: 32_767, by: 331) {
        let exact = halfUp((Int128(steps) + Int128(chain.offsets[line])) * Int128(chain.gains[line]), over: 32_768)
        let (code, isLimited) = chain.convert(steps, line: line, trim: Self.unit)
        if Int128(code) != clamped(exact, -32_768, 32_767) || isLimited != (exact > 32_768 || exact < -32_768) {
          wrong.append("\(steps) at \(line)")
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("The exact trim undoes an offset bit for bit, and an offset with a gain within a step and a half")
  func exactTrims() {
    let offsets = Self.chain(16, lines: 20, ConverterMismatch(adcOffset: 20_000))
    let both = Self.chain(16, lines: 20, ConverterMismatch(adcOffset: 20_000, adcGain: 50_000))
    var wrong: [String] = []
    for line in 0..<20 {
      let offsetTrim = Self.unit | UInt32(UInt16(bitPattern: Int16(offsets.offsets[line])))
      let output = (both.offsets[line] * both.gains[line]).shifted(rightBy: 15)
      let gain = (Int64(1) << 30).dividedHalfUp(by: Int64(both.gains[line]))
      let bothTrim = UInt32(gain) << 16 | UInt32(UInt16(bitPattern: Int16(output)))
      for steps in stride(from: Int32(-32_000), through: 32_000, by: 321) {
        if Int32(offsets.convert(steps, line: line, trim: offsetTrim).code) != steps { wrong.append("offset \(steps)") }
        let code = Int32(both.convert(steps, line: line, trim: bothTrim).code)
        if abs(code - steps) > 2 { wrong.append("both \(steps): \(code)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("A DAC's LSB is the read voltage over its largest code, rounded")
  func dacSteps() {
    for bits in 4...12 {
      let configuration = ChipConfiguration(tiles: [], dacBits: bits)
      let largest = 1 << (bits - 1) - 1
      #expect(configuration.largestDriveCode == largest)
      #expect(Int128(configuration.microvoltsPerCode) == halfUp(200_000, over: Int128(largest)))
    }
  }

  @Test("A DAC with offset and INL gives code · LSB + offset + a parabola that is zero at both ends and at 0")
  func dacMismatch() {
    for (offset, bow) in [(0, 900), (-300, 0), (250, -1200)] {
      let drivers = LineDrivers(
        .small(mismatch: ConverterMismatch(dacOffset: offset, dacNonlinearity: bow)))
      let codes = (-127...127).map { Int16($0) }
      guard case .microvolts(let microvolts) = drivers.drive(codes) else {
        Issue.record("not an ideal DAC")
        continue
      }
      for (code, voltage) in zip(codes, microvolts) {
        let c = Int(code.magnitude)
        let inl = bow * 4 * c * (127 - c) / (127 * 127) * Int(code.signum())
        #expect(abs(Int(voltage) - (Int(code) * 1575 + offset + inl)) <= 1)
      }
      #expect(microvolts[127] == Int32(offset) && microvolts[254] == Int32(127 * 1575 + offset))
      var squares: UInt64 = 0
      for voltage in microvolts { squares += UInt64(voltage.magnitude) * UInt64(voltage.magnitude) }
      #expect(LineDrivers.squares(.microvolts(microvolts)) == squares)
    }
  }

  @Test("An ideal DAC hands its codes on, and Σv² is the same either way")
  func idealDAC() {
    let drivers = LineDrivers(.small(dacBits: 12))
    let codes: [Int16] = [2047, -2047, 0, 5]
    guard case .codes(codes, microvoltsPerCode: 98) = drivers.drive(codes) else {
      Issue.record("an ideal DAC")
      return
    }
    let volts = codes.map { Int32($0) * 98 }
    #expect(LineDrivers.squares(drivers.drive(codes)) == LineDrivers.squares(.microvolts(volts)))
    let all = LineDrive.codes([Int16](repeating: -2047, count: 1024), microvoltsPerCode: 98)
    #expect(LineDrivers.squares(all) == 1024 * 200_606 * 200_606)
  }
}

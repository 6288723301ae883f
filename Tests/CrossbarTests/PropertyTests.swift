import TestSupport
import Testing

@testable import Crossbar

private enum Kind: String, CaseIterable { case plain, paired }

private struct Thing: Sendable, Equatable {
  var seed: UInt64 = 1
  var share = 0.0
  var offset = 0
  var resistance = 10_000.0
  var threshold = 0.7
  var kind = Kind.plain
}

/// Numbers as people write them, properties, and tables of them.
struct PropertyTests {
  private static let seed = Property<Thing>("seed", \.seed, in: 0...UInt64.max, isAlwaysWritten: true, "Of all draws")
  private static let share = Property<Thing>("d2d-share", \.share, in: 0...1, .share, "From device to device")
  private static let offset = Property<Thing>("adc-offset", \.offset, in: -9000...9000, .microvolts, "Of every ADC")
  private static let resistance = Property<Thing>("on-resistance", \.resistance, in: 500...1e11, .ohms, "On")
  private static let threshold = Property<Thing>("set-threshold", \.threshold, in: 0...5, .volts, "Of a SET")
  private static let kind = Property<Thing>("kind", \.kind, "Of a synapse")
  private static let table = PropertyTable(
    usual: Thing(), [seed, share, offset, resistance, threshold, kind])

  @Test func namesFollowFromTheNameAndTheUnit() {
    #expect(
      Self.table.properties.map(\.text)
        == ["seed", "d2d-share", "adc-offset-uv", "on-resistance-ohms", "set-threshold-v", "kind"])
    #expect(
      Self.table.properties.map(\.key)
        == ["seed", "d2dShare", "adcOffsetMicrovolts", "onResistanceOhms", "setThresholdVolts", "kind"])
  }

  @Test func numbersAreReadAsPeopleWriteThem() throws {
    func read(_ property: Property<Thing>, _ text: String) throws -> Double? { try property.value(of: text).number }
    for (text, share) in [("5%", 0.05), ("0.05", 0.05), (".05", 0.05), ("5e-2", 0.05), ("50000ppm", 0.05), ("1", 1)] {
      #expect(try read(Self.share, text) == share, "\(text)")
    }
    for text in ["5000", "5k", "5kΩ", "5kohm", "0.005M", "5e3", "5000000mΩ"] {
      #expect(try read(Self.resistance, text) == 5000, "\(text)")
    }
    for text in ["0.9", "0.9V", "900m", "900mV", "900000uV", "900000µV"] {
      #expect(try read(Self.threshold, text) == 0.9, "\(text)")
    }
    for text in ["2000", "2mV", "2000uV", "0.002V", "+2e3", "2000.0"] {
      #expect(try Self.offset.value(of: text) == .whole(2000), "\(text)")
    }
    #expect(try Self.seed.value(of: "18446744073709551615") == .whole(Int128(UInt64.max)))
  }

  @Test func onlyPlainNumbersAndSharesHaveParts() {
    for (unit, percent, parts) in [
      (PropertyUnit.share, -2, -6), (.none, -2, -6), (.ppm, 4, 0), (.perNanosecond, nil, nil), (.cycles, nil, nil),
      (.ohms, nil, nil), (.kilohertz, nil, nil), (.microsiemensPerVolt, nil, nil),
    ] as [(PropertyUnit, Int?, Int?)] {
      #expect(unit.exponent(of: "%") == percent && unit.exponent(of: "ppm") == parts, "\(unit)")
      #expect(unit.exponent(of: "") == 0 && unit.exponent(of: "x") == nil, "\(unit)")
    }
  }

  @Test func whatIsNoValueIsRefusedWithRangeAndUnit() {
    let cases: [(Property<Thing>, [String])] = [
      (
        Self.share,
        ["", "%", "x", "-1%", "101%", "nan", "inf", "0x1", "5 %", "5mV", "1e999", "1_0", "1/0", "3/2", "1/2%"]
      ),
      (Self.offset, ["9001", "-9001", "1.5", "0.0001mV", "2m", "2k", "9V", "2s", "--1", "1e-400"]),
      (Self.seed, ["-1", "18446744073709551616", "1e40", "5mV"]),
      (Self.resistance, ["499.9", "1e12", "5kV"]),
      (Self.kind, ["Plain", "", "pair"]),
    ]
    for (property, texts) in cases {
      for text in texts {
        #expect(throws: property.problem(text)) { try property.value(of: text) }
      }
    }
    #expect(
      Self.offset.problem("9V").message(about: "--adc-offset")
        == "--adc-offset is '9V', expected a whole number of µV from -9000 to 9000")
    #expect("\(Self.share.problem("2"))" == "d2d-share is '2', expected a share from 0 to 1, such as 0.05 or 5%")
    #expect("\(Self.kind.problem("x"))" == "kind is 'x', expected one of: plain, paired")
  }

  @Test func everyValueIsReadBackFromItsText() throws {
    var random = SeededRandom(20)
    for _ in 0..<2000 {
      let share = Double.random(in: 0...1, using: &random) * (Bool.random(using: &random) ? 1 : 1e-9)
      var thing = Thing()
      try Self.share.set(.real(share), of: &thing)
      #expect(try Self.share.value(of: "\(Self.share[thing])") == .real(share))
      let seed = Int128(UInt64.random(in: 0...UInt64.max, using: &random))
      try Self.seed.set(.whole(seed), of: &thing)
      #expect(try Self.seed.value(of: "\(Self.seed[thing])") == .whole(seed))
    }
  }

  @Test func aTextHoldsWhatIsNotUsual() throws {
    var thing = Thing()
    #expect(Self.table.text(of: thing) == "seed=1")
    try Self.share.set(Self.share.value(of: "17.5%"), of: &thing)
    try Self.kind.set(.name("paired"), of: &thing)
    #expect(Self.table.text(of: thing) == "seed=1 d2d-share=0.175 kind=paired")
    #expect(Self.share.described(Self.share[thing]) == "17.5 %")
    #expect(Self.offset.described(.whole(200)) == "200 µV")
  }

  @Test func outOfRangeIsNeverKept() {
    var thing = Thing()
    #expect(throws: Self.offset.problem("9001")) { try Self.offset.set(.whole(9001), of: &thing) }
    #expect(throws: Self.share.problem("2")) { try Self.share.set(.whole(2), of: &thing) }
    #expect(throws: Self.kind.problem("3")) { try Self.kind.set(.whole(3), of: &thing) }
    #expect(thing == Thing())
    thing.share = .nan
    #expect(Self.table.problem(of: thing) == Self.share.problem("nan"))
  }

  @Test func aNumberKeepsItsKindWhicheverWayItIsGiven() throws {
    var thing = Thing()
    try Self.share.set(.whole(1), of: &thing)
    #expect(Self.share[thing] == .real(1))
    try Self.offset.set(.real(-9000), of: &thing)
    #expect(Self.offset[thing] == .whole(-9000))
    for value in [.real(0.5), .real(9001), .real(.infinity), .name("1")] as [PropertyValue] {
      #expect(throws: Self.offset.problem("\(value)")) { try Self.offset.set(value, of: &thing) }
    }
    #expect(throws: Self.share.problem("half")) { try Self.share.set(.name("half"), of: &thing) }
    try Self.share.set(.real(-0.0), of: &thing)
    #expect(thing.share.sign == .plus)
  }

  @Test func aNumberHas36DigitsAndAnExponentOf400AtMost() throws {
    let zeros = String(repeating: "0", count: 34)
    #expect(try Self.share.value(of: "0.\(zeros)1") == .real(1e-35))
    #expect(try Self.share.value(of: "\(zeros)01") == .real(1))
    #expect(throws: PropertyProblem.self) { try Self.share.value(of: "0.\(zeros)01") }
    #expect(throws: PropertyProblem.self) { try Self.share.value(of: "\(zeros)001") }
    #expect(try Self.share.value(of: "1e-400") == .real(0))
    #expect(throws: PropertyProblem.self) { try Self.share.value(of: "1e-401") }
    #expect(throws: PropertyProblem.self) { try Self.share.value(of: "0e401") }
    #expect(try Self.share.value(of: "0e400") == .real(0))
  }

  @Test func anAxisSaysItsUnitOrItsNames() {
    #expect(Self.share.title == "d2d-share (%)")
    #expect(Self.seed.title == "seed")
    #expect(Self.threshold.title == "set-threshold (V)")
    #expect(Self.kind.title == "kind (0 plain, 1 paired)")
    #expect(Self.share.written(.real(0.175)) == "17.5%")
    #expect(Self.kind.written(.name("paired")) == "paired")
    #expect(Self.offset.written(.whole(200)) == "200")
  }

  @Test func aWholeNumberIsWrittenWithAllItsDigits() {
    let seed = PropertyValue.whole(Int128(UInt64.max))
    #expect(seed.shortest() == "18446744073709551615")
    #expect(Self.seed.written(seed) == "18446744073709551615" && Self.seed.described(seed) == "18446744073709551615")
    #expect(PropertyValue.whole(5).shortest(times: 1) == "50" && PropertyValue.whole(5).shortest(times: 2) == "500")
    #expect(PropertyValue.real(0.05).shortest(times: 2) == "5" && PropertyValue.real(2).shortest() == "2")
  }
}

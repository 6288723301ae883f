/// What the number of a property counts, and how it is called in texts, in keys and before people.
public struct PropertyUnit: Sendable, Hashable {
  /// For people: `µV`; empty where there is none.
  public let symbol: String
  /// What a name ends with in a text of `name=value`: `uv`.
  public let tag: String
  /// What a key ends with in JSON: `Microvolts`.
  public let word: String
  /// What stands for a value in the help: `SHARE`.
  public let placeholder: String
  /// How the unit without its prefix is written: `V`.
  let bases: [String]
  /// The power of ten that the prefix stands for.
  let exponent: Int

  private init(
    _ symbol: String, tag: String = "", word: String = "", placeholder: String? = nil, bases: [String] = [],
    exponent: Int = 0
  ) {
    self.symbol = symbol
    self.tag = tag
    self.word = word
    self.placeholder = placeholder ?? (symbol.isEmpty ? "N" : symbol.uppercased())
    self.bases = bases
    self.exponent = exponent
  }

  /// A number without a unit, or a name.
  public static let none = PropertyUnit("")
  /// Also written in per cent.
  public static let share = PropertyUnit("", placeholder: "SHARE")
  /// Parts per million, also written in per cent.
  public static let ppm = PropertyUnit("ppm", tag: "ppm", word: "Ppm", exponent: -6)
  /// Bits of a code: `8`, also written `8bits`.
  public static let bits = PropertyUnit("", bases: ["bits", "bit"])
  /// Cycles of the core clock.
  public static let cycles = PropertyUnit("cycles", tag: "cycles", word: "Cycles", placeholder: "N")
  /// Programming pulses.
  public static let pulses = PropertyUnit("pulses", tag: "pulses", word: "Pulses", placeholder: "N")
  /// Kilohertz, also written with another prefix: `100MHz`.
  public static let kilohertz = PropertyUnit("kHz", tag: "khz", word: "Kilohertz", bases: ["Hz"], exponent: 3)
  /// Ohms, also written with a prefix: `5k`, `5kΩ`.
  public static let ohms = PropertyUnit(
    "Ω", tag: "ohms", word: "Ohms", placeholder: "OHMS", bases: ["Ω", "ohm", "ohms"])
  /// Volts, also written with a prefix: `900m`, `900mV`.
  public static let volts = PropertyUnit("V", tag: "v", word: "Volts", bases: ["V"])
  /// Millivolts, also written with another prefix: `1.2V`.
  public static let millivolts = PropertyUnit("mV", tag: "mv", word: "Millivolts", bases: ["V"], exponent: -3)
  /// Microvolts, also written with another prefix: `200mV`.
  public static let microvolts = PropertyUnit(
    "µV", tag: "uv", word: "Microvolts", placeholder: "UV", bases: ["V"], exponent: -6)
  /// Seconds, also written with a prefix: `5m`, `5ms`.
  public static let seconds = PropertyUnit("s", tag: "s", word: "Seconds", bases: ["s"])
  /// Nanoseconds, also written with another prefix: `1us`.
  public static let nanoseconds = PropertyUnit("ns", tag: "ns", word: "Nanoseconds", bases: ["s"], exponent: -9)
  /// Picosiemens, also written with another prefix: `10uS`.
  public static let picosiemens = PropertyUnit("pS", tag: "ps", word: "Picosiemens", bases: ["S"], exponent: -12)
  /// Microsiemens, also written with another prefix: `100nS`.
  public static let microsiemens = PropertyUnit(
    "µS", tag: "us", word: "Microsiemens", placeholder: "US", bases: ["S"], exponent: -6)
  /// Conductance by gate voltage.
  public static let microsiemensPerVolt = PropertyUnit("µS/V", tag: "us-per-v", word: "MicrosiemensPerVolt")
  /// A share that moves in each nanosecond.
  public static let perNanosecond = PropertyUnit("/ns", tag: "per-ns", word: "PerNanosecond")

  /// The power of ten that a suffix multiplies a number in this unit by: `k`, `%`, `mV`; nil for one that does not fit.
  func exponent(of suffix: Substring) -> Int? {
    if suffix.isEmpty || suffix == symbol { return 0 }
    if bases.isEmpty {
      guard self == .share || self == .ppm || self == .none else { return Self.multiples[String(suffix)] }
      return (Self.parts[String(suffix)] ?? Self.multiples[String(suffix)]).map { $0 - exponent }
    }
    for base in bases where suffix.hasSuffix(base) {
      let prefix = String(suffix.dropLast(base.count))
      if let power = prefix.isEmpty ? 0 : Self.prefixes[prefix] { return power - exponent }
    }
    // `5k` of ohms, `900m` of volts; of millivolts a prefix alone would be a riddle.
    return exponent == 0 ? Self.prefixes[String(suffix)] : nil
  }

  private static let parts = ["%": -2, "ppm": -6]
  private static let multiples = ["k": 3, "M": 6, "G": 9]
  private static let prefixes = ["p": -12, "n": -9, "u": -6, "µ": -6, "m": -3, "k": 3, "M": 6, "G": 9]
}

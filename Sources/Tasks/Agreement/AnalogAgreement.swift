/// How near converted codes have to be to what was expected of them; what is digital is equal always.
public enum AnalogAgreement: Sendable, Equatable, CustomStringConvertible {
  /// One die: every code and what follows from it is equal.
  case exact
  /// Two dies: no code is further away than this.
  case codes(Int)
  /// Two dies: codes are of the model's distribution. No code counts as outside within this many standard deviations;
  /// how far beyond it has to be keeps false alarms to `CodeStatistics.falseAlarmRate` of a whole log.
  case sigmas(Int)

  /// `exact`, `2codes` or `3sigma`; nil for anything else, for 0 and for what no converter has.
  public init?(_ text: String) {
    func number(before unit: String) -> Int? {
      guard text.hasSuffix(unit), let number = Int(text.dropLast(unit.count)), number > 0,
        text.utf8.first != UInt8(ascii: "+")
      else { return nil }
      return number
    }
    if text == "exact" {
      self = .exact
    } else if let codes = number(before: "codes") ?? number(before: "code"), codes <= 65_535 {
      self = .codes(codes)
    } else if let sigmas = number(before: "sigma"), sigmas <= 100 {
      self = .sigmas(sigmas)
    } else {
      return nil
    }
  }

  public var description: String {
    switch self {
    case .exact: "exact"
    case .codes(let number): "\(number)codes"
    case .sigmas(let number): "\(number)sigma"
    }
  }
}

import Registers

/// Features as words: those of the property `features`.
extension ChipFeatures {
  /// `windows+cell`, in the order of the bits; `none`.
  public var words: String {
    let names = Self.named.filter { contains($0.feature) }.map(\.name)
    return names.isEmpty ? "none" : names.joined(separator: "+")
  }

  /// The words of every choice.
  public static var choices: [String] { (0...all.rawValue).map { ChipFeatures(rawValue: $0).words } }

  /// Features by their words; nil where there are none such.
  public init?(words: String) {
    guard let place = Self.choices.firstIndex(of: words) else { return nil }
    self.init(rawValue: UInt32(place))
  }

  private static var named: [(feature: ChipFeatures, name: String)] { [(.windows, "windows"), (.cell, "cell")] }
}

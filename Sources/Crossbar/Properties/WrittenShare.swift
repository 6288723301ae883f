/// A share as it is written: `0.05`, `5%`, `1/16`.
public enum WrittenShare {
  /// - Returns: nil for what is none; rounded once.
  public static func value(of text: some StringProtocol) -> Double? {
    let terms = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard terms.count == 2 else { return WrittenNumber(text, unit: .share)?.real }
    guard let numerator = whole(terms[0]), let denominator = whole(terms[1]), denominator > 0 else { return nil }
    return numerator / denominator
  }

  /// Below 10¹⁵, which a Double holds exactly.
  private static func whole(_ digits: some StringProtocol) -> Double? {
    guard (1...15).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Double(String(digits))
  }
}

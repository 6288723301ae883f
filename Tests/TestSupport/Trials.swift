import Foundation

/// How often a random test tries: as often as a run of all tests has time for, or as often as its claim names.
public enum Trials {
  /// - Parameters:
  ///   - usual: in a run of all tests.
  ///   - long: with MBLSTM_LONG in the environment, as `.ci/long` sets it.
  public static func count(_ usual: Int, long: Int) -> Int { isLong ? long : usual }

  /// Whether there is time for what a run of all tests has none for.
  public static var isLong: Bool { ProcessInfo.processInfo.environment["MBLSTM_LONG"] != nil }
}

import Foundation

/// How often a random test tries: as often as a run of all tests has time for, or as often as its claim names.
public enum Trials {
  /// - Parameters:
  ///   - usual: in a run of all tests.
  ///   - long: with MBLSTM_LONG in the environment, as `.ci/long` sets it.
  public static func count(_ usual: Int, long: Int) -> Int {
    ProcessInfo.processInfo.environment["MBLSTM_LONG"] == nil ? usual : long
  }
}

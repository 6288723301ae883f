/// How long a device must be pulsed to get from one conductance to another: the controller's only device knowledge.
///
/// For each polarity, the time to reach 65 equally spaced places of the device's range, in sixteenths of a pulse
/// step: SET from the lowest conductance up, RESET from the highest down. Between places the time is linear.
/// The width of a pulse is the difference of two times, so the law of the device, however curved, is followed; what
/// differs from cell to cell is left to the verify loop.
public struct PulseTimes: Sendable, Equatable {
  public static let places = 65

  /// Rising.
  public var set: [UInt32]
  /// Falling.
  public var reset: [UInt32]

  /// Whether the same pulse leads to a different place every time, so that programming takes what is good enough.
  public var isNoisy: Bool

  public init(set: [UInt32], reset: [UInt32], isNoisy: Bool = false) {
    precondition(set.count == Self.places && reset.count == Self.places, "65 times each")
    self.set = set
    self.reset = reset
    self.isNoisy = isNoisy
  }

  /// Whether RESET is all or nothing: a single step takes the device through its range.
  ///
  /// Such a device is moved by two pulses, a RESET and a SET whose width says where it ends.
  var isAbrupt: Bool { reset[0] <= 16 && set[64] > 16 }

  /// The width of a SET pulse, pulse steps, that brings an erased device to a place (Q0.15 of its range).
  func width(upTo target: Int32) -> Int32 {
    min(max((Self.time(set, at: target) + 8) >> 4, 1), Int32(Int16.max))
  }

  /// The signed pulse width, pulse steps, that moves a device from place `now` to place `target` (both Q0.15 of its
  /// range, limited to it).
  /// - Parameter atLeastOne: whether a move too small for a step still takes one.
  func width(from now: Int32, to target: Int32, atLeastOne: Bool = true) -> Int32 {
    guard target != now else { return 0 }
    let table = target > now ? set : reset
    let sixteenths = Self.time(table, at: target) - Self.time(table, at: now)
    let width = min(max((sixteenths + 8) >> 4, atLeastOne ? 1 : 0), Int32(Int16.max))
    return target > now ? width : -width
  }

  private static func time(_ table: [UInt32], at place: Int32) -> Int32 {
    let place = min(max(place, 0), 32_768)
    let index = min(Int(place >> 9), places - 2)
    let fraction = Int64(place) - Int64(index) << 9
    let low = Int64(table[index])
    let high = Int64(table[index + 1])
    return Int32(truncatingIfNeeded: low + ((high - low) * fraction) >> 9)
  }
}

import FixedPoint
import Registers

/// Where a device stands in its range: 0 at its lowest conductance, 1 at its highest.
struct Place: Sendable, Equatable, Comparable {
  let share: Share

  init(_ share: Share) { self.share = share }

  /// A device that carries the weight w alone, or as the first of a pair, stands at (1 + w)/2.
  init(carrying weight: Share) { share = Share(raw: (Share.one + weight).raw >> 1) }

  static var bottom: Place { Place(.zero) }
  static var middle: Place { Place(carrying: .zero) }
  static var top: Place { Place(.one) }

  /// Where its partner in a pair stands.
  var opposite: Place { Place(Share.one - share) }

  static func < (left: Self, right: Self) -> Bool { left.share < right.share }
}

/// How long a device must be pulsed to get from one conductance to another: the controller's only device knowledge.
///
/// For each polarity, the time to reach 65 equally spaced places of the device's range: SET from the lowest conductance
/// up, RESET from the highest down. Between places the time is linear. The width of a pulse is the difference of two
/// times, so the law of the device, however curved, is followed; what differs from cell to cell is left to the verify
/// loop.
public struct PulseTimes: Sendable, Equatable {
  /// From the one end of the range to the other, both counted.
  public static let places = 65

  /// Rising.
  public var set: [PulseTime]
  /// Falling.
  public var reset: [PulseTime]

  /// Whether the same pulse leads to a different place every time, so that programming takes what is good enough.
  public var isNoisy: Bool

  /// A device by its times.
  /// - Precondition: `places` times each.
  public init(set: [PulseTime], reset: [PulseTime], isNoisy: Bool = false) {
    precondition(set.count == Self.places && reset.count == Self.places, "65 times each")
    self.set = set
    self.reset = reset
    self.isNoisy = isNoisy
  }

  /// In the order of `setPulseTimes`.
  /// - Parameter isNoisyGiven: whether a word that says so is behind the times.
  init(_ source: inout some WordSource, isNoisyGiven: Bool = true, on bus: inout some Bus) throws(Status) {
    self.init(
      set: Array(repeating: .zero, count: Self.places), reset: Array(repeating: .zero, count: Self.places))
    for place in 0..<Self.places { set[place] = PulseTime(raw: Int32(try source.next(.pulseTime, on: &bus))) }
    for place in 0..<Self.places { reset[place] = PulseTime(raw: Int32(try source.next(.pulseTime, on: &bus))) }
    if isNoisyGiven { isNoisy = try source.next(.flag, on: &bus) == 1 }
  }

  /// Whether RESET is all or nothing: a single step takes the device through its range.
  ///
  /// Such a device is moved by two pulses, a RESET and a SET whose width says where it ends.
  public var isAbrupt: Bool { reset[0] <= .one && set[Self.places - 1] > .one }

  /// The width of a SET pulse that brings an erased device to a place.
  func width(upTo target: Place) -> PulseSteps { Self.steps(Self.time(set, at: target), atLeast: 1) }

  /// The signed pulse width that moves a device from place `now` to place `target`.
  /// - Parameter atLeastOne: whether a move too small for a step still takes one.
  func width(from now: Place, to target: Place, atLeastOne: Bool = true) -> PulseSteps {
    guard target != now else { return .none }
    let table = target > now ? set : reset
    let time = Self.time(table, at: target) - Self.time(table, at: now)
    let width = Self.steps(time, atLeast: atLeastOne ? 1 : 0)
    return target > now ? width : -width
  }

  /// The nearest whole number of steps that a pulse can have.
  private static func steps(_ time: PulseTime, atLeast least: Int32) -> PulseSteps {
    min(max(PulseSteps(Fixed<Int32, 0>(time).raw), PulseSteps(least)), .longest)
  }

  /// Linear between the places of a table; beyond the range as at its end.
  private static func time(_ table: [PulseTime], at place: Place) -> PulseTime {
    /// Places of the table have 6 fraction bits, which leaves 9 between them.
    typealias Fraction = Fixed<Int32, 9>
    let share = min(max(place, .bottom), .top).share
    let index = min(Int(share.raw) >> Fraction.fractionBits, places - 2)
    let fraction = Fraction(raw: share.raw - Int32(index) << Int32(Fraction.fractionBits))
    let rise = table[index + 1] - table[index]
    return table[index] + rise.multiplied(by: fraction, as: PulseTime.self, rounding: .down)
  }
}

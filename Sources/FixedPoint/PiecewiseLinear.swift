/// An activation circuit: straight segments between breakpoints, held between two supply rails.
///
/// Segment `k` serves `breakpoint[k] ≤ z < breakpoint[k+1]`; the first reaches down, the last up without end.
/// `y = offset[k] + slope[k] · z`, rounded half up once, then limited to `lowRail … highRail`.
/// The local slope is `slope[k]`, or zero where the rounded `y`, unlimited, is at or beyond a rail: this is the derivative
/// that back-propagation through the circuit must use.
@frozen
public struct PiecewiseLinear: Sendable {
  /// Segments that a bank of registers holds.
  public static let maximumSegments = 16

  /// One straight line, from its breakpoint to the next.
  @frozen
  public struct Segment: Sendable, Equatable {
    /// Where the segment begins; without meaning in the first.
    public var breakpoint: Q3_12
    /// dy/dz.
    public var slope: Q1_14
    /// `y` at `z = 0`, on the extended line.
    public var offset: Q0_15

    /// A segment by the integers of its formats: Q3.12, Q1.14, Q0.15.
    public init(from breakpoint: Int16 = .min, slope: Int16, offset: Int16) {
      self.breakpoint = Q3_12(raw: breakpoint)
      self.slope = Q1_14(raw: slope)
      self.offset = Q0_15(raw: offset)
    }
  }

  /// What the circuit answers at one input.
  @frozen
  public struct Answer: Sendable, Equatable {
    /// The output, between the rails.
    public var value: Q0_15
    /// dy/dz there, 0 at or beyond a rail.
    public var slope: Q1_14

    /// An output and its slope.
    @inlinable
    public init(value: Q0_15, slope: Q1_14) {
      self.value = value
      self.slope = slope
    }
  }

  /// The first `count` are in use, by rising breakpoint.
  public var segments: InlineArray<16, Segment>
  /// 1 … 16.
  public var count: Int
  /// The smallest output.
  public var lowRail: Q0_15
  /// The largest output.
  public var highRail: Q0_15

  /// - `segment`: gives the segments 0 up to `count`, breakpoints strictly rising; that of the first has no meaning.
  public init(lowRail: Int16, highRail: Int16, count: Int, segment: (Int) -> Segment) {
    precondition((1...Self.maximumSegments).contains(count), "1 to 16 segments")
    self.count = count
    self.lowRail = Q0_15(raw: lowRail)
    self.highRail = Q0_15(raw: highRail)
    segments = InlineArray(repeating: Segment(slope: 0, offset: 0))
    for k in 0..<count { segments[k] = segment(k) }
  }

  /// `value` and local slope at `z`.
  @inlinable @inline(__always)
  public func callAsFunction(_ z: Q3_12) -> Answer {
    var k = 0
    while k + 1 < count && z.raw >= segments[k + 1].breakpoint.raw { k += 1 }
    let segment = segments[k]
    // Q1.14 · Q3.12 = Q5.26; 11 bits fewer is Q0.15's scale.
    let line = Int32(segment.offset.raw) + (Int32(segment.slope.raw) * Int32(z.raw)).shifted(rightBy: 11)
    if line <= Int32(lowRail.raw) { return Answer(value: lowRail, slope: .zero) }
    if line >= Int32(highRail.raw) { return Answer(value: highRail, slope: .zero) }
    return Answer(value: Q0_15(raw: Int16(truncatingIfNeeded: line)), slope: segment.slope)
  }
}

extension PiecewiseLinear: Equatable {
  /// Whether both answer alike by construction: unused segments and the first breakpoint do not count.
  public static func == (left: Self, right: Self) -> Bool {
    guard left.count == right.count, left.lowRail == right.lowRail, left.highRail == right.highRail else {
      return false
    }
    return (0..<left.count).allSatisfy { k in
      let (one, other) = (left.segments[k], right.segments[k])
      return one.slope == other.slope && one.offset == other.offset && (k == 0 || one.breakpoint == other.breakpoint)
    }
  }
}

/// What pulses of one polarity did to cells of a measured device, by the conductance before: the mean step and its
/// deviation at each of some conductances.
///
/// Between measured conductances nothing is interpolated: a point speaks for all conductances nearer to it than to its
/// neighbours, so that the range falls into bins with edges half way between the points, the first and the last
/// reaching to the ends of the range.
public struct PulseTable: Sendable, Equatable {
  /// One measured conductance.
  public struct Point: Sendable, Equatable {
    /// Before the pulse, picosiemens.
    public var conductance: Double
    /// Size of the mean step, picosiemens, positive for SET and for RESET.
    public var mean: Double
    /// σ of the step, picosiemens.
    public var deviation: Double

    /// What pulses did from a conductance; all picosiemens.
    public init(_ conductance: Double, mean: Double, deviation: Double) {
      self.conductance = conductance
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// By rising conductance, one at least.
  public let points: [Point]
  /// Conductances where one bin ends and the next begins.
  let edges: [Double]

  /// A table of points by rising conductance; whether it is usable is not yet looked at.
  public init(_ points: [Point]) {
    self.points = points
    edges = zip(points, points.dropFirst()).map { ($0.conductance + $1.conductance) / 2 }
  }

  /// The most points that a table has.
  public static let most = 256

  /// The bin of a conductance; on the edge of two the one that SET, or RESET, leads into.
  func bin(_ picosiemens: Double, _ polarity: Polarity) -> Int {
    var bin = 0
    if polarity == .set {
      while bin < edges.count, edges[bin] <= picosiemens { bin += 1 }
    } else {
      while bin < edges.count, edges[bin] < picosiemens { bin += 1 }
    }
    return bin
  }

  /// Where pulses of `direction` leave a bin.
  func edge(of bin: Int, _ polarity: Polarity, in range: ClosedRange<Int32>) -> Double {
    if polarity == .set { return bin < edges.count ? edges[bin] : Double(range.upperBound) }
    return bin > 0 ? edges[bin - 1] : Double(range.lowerBound)
  }

  /// Four times the mean distance of the points: what is farther apart has a gap between.
  private var largestDistance: Double? {
    guard points.count > 1, let first = points.first, let last = points.last else { return nil }
    return 4 * (last.conductance - first.conductance) / Double(points.count - 1)
  }

  /// What makes the table unusable in a range of conductances, and which point, or nil.
  func problem(in range: ClosedRange<Int32>) -> (point: Int, text: String)? {
    guard !points.isEmpty, points.count <= Self.most else {
      return (0, "\(points.count) points, expected 1 to \(Self.most)")
    }
    for (index, (before, point)) in zip(points, points.dropFirst()).enumerated()
    where before.conductance >= point.conductance {
      return (
        index + 1, "conductance \(point.conductance) pS after \(before.conductance) pS, expected rising ones"
      )
    }
    let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
    for (index, point) in points.enumerated() {
      guard point.conductance >= low, point.conductance <= high else {
        return (index, "conductance \(point.conductance) pS, expected \(range.lowerBound) to \(range.upperBound)")
      }
      guard point.mean > 0, point.mean < 2e9 else {
        return (index, "a mean step of \(point.mean) pS, expected more than 0 and less than 2 mS")
      }
      guard point.deviation >= 0, point.deviation < 2e9 else {
        return (index, "a deviation of \(point.deviation) pS, expected 0 to 2 mS")
      }
      guard index > 0 else { continue }
      let before = points[index - 1].conductance
      if let largestDistance, point.conductance - before > largestDistance {
        return (index, "a gap from \(before) to \(point.conductance) pS, more than four times the mean distance")
      }
    }
    guard let largestDistance, let first = points.first, let last = points.last else { return nil }
    if first.conductance - low > largestDistance {
      return (0, "a gap from the lowest conductance, \(range.lowerBound) pS, to the first, \(first.conductance) pS")
    }
    if high - last.conductance > largestDistance {
      return (
        points.count - 1,
        "a gap from the last conductance, \(last.conductance) pS, to the highest, \(range.upperBound) pS"
      )
    }
    return nil
  }
}

/// In one word: `2900000/325000/526000,4700000/…`, conductance, mean and deviation of each point in picosiemens. `;` is
/// read as `,`: it stands between points where a comma ends the word.
extension PulseTable: LosslessStringConvertible {
  public var description: String {
    points.map { point in
      [point.conductance, point.mean, point.deviation].map { PropertyValue.real($0).shortest() }.joined(separator: "/")
    }.joined(separator: ",")
  }

  public init?(_ description: String) {
    var points: [Point] = []
    for item in description.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "," || $0 == ";" }) {
      let numbers = item.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
      guard numbers.count == 3, let conductance = numbers[0], let mean = numbers[1], let deviation = numbers[2],
        numbers.allSatisfy({ $0?.isFinite == true })
      else { return nil }
      points.append(Point(conductance, mean: mean, deviation: deviation))
    }
    self.init(points)
  }
}

/// A table of a model: what it is called, what it means, where it is kept.
public struct PulseTableProperty<Owner>: Sendable {
  /// In a text: `set-table`.
  public let name: String
  /// As a member of JSON, with its unit.
  public let key: String
  /// What it and the numbers of its points mean: the beginning of a sentence, without its end.
  public let meaning: String
  /// Where the model keeps it.
  public let path: WritableKeyPath<Owner, PulseTable> & Sendable
}

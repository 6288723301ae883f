import Crossbar
import Files
import FixedPoint

/// What the values of a series become before they are scaled: `transform=` in the header of its file.
///
/// The network is fed changes and predicts the next one, which is turned back from the true value before it: a prediction is
/// one step ahead, never of a prediction.
public enum SeriesTransform: String, Sendable, CaseIterable {
  /// value − value before.
  case difference
  /// ln(value ÷ value before), of values above 0: what grows by shares changes by the same at any height.
  case logDifference = "log-difference"

  /// From + − × ÷ in a fixed order, so that every machine has the same bits.
  func change(from last: Double, to value: Double) -> Double {
    switch self {
    case .difference: value - last
    case .logDifference: Exponential.logarithm(value / last)
    }
  }

  /// The way back, from the value before.
  func value(after last: Double, changedBy change: Double) -> Double {
    switch self {
    case .difference: last + change
    case .logDifference: last * Exponential.exp(change)
    }
  }

  /// Values that have a change, and whose errors have finite squares.
  var values: ClosedRange<Double> {
    switch self {
    case .difference: -1e100...1e100
    case .logDifference: 1e-100...1e100
    }
  }

  /// What |offset| + |scale| may come to: outputs reach 16 scales, and the value after a change has to be a number.
  var reach: Double {
    switch self {
    case .difference: 2e100
    case .logDifference: 4
    }
  }
}

extension SequenceHeader {
  /// - Throws: when a transform, or a season, is not for such a file.
  func expectSeries(_ items: HeaderItems) throws(InputError) {
    if let season {
      guard isRegression else { throw items.error("season=\(season), expected none without 'regression'") }
      guard season > 1 else { throw items.error("season=\(season), expected 2 steps or more") }
    }
    guard let transform else { return }
    let name = "transform=\(transform.rawValue)"
    guard isRegression else { throw items.error("\(name), expected none without 'regression'") }
    guard features == 1 else {
      throw items.error("F=\(features), expected 1 with \(name): a series of one value a step")
    }
    guard abs(offset) + abs(scale) <= transform.reach else {
      throw items.error(
        "\(name) with offset=\(offset) scale=\(scale), expected |offset| + |scale| of at most \(transform.reach)")
    }
  }

  /// - Throws: when a series does not go on as the one before it has been read.
  func expect(like history: SequenceSet, _ items: HeaderItems) throws(InputError) {
    func text(_ transform: SeriesTransform?, _ offset: Double, _ scale: Double) -> String {
      transform.map { "transform=\($0.rawValue) offset=\(offset) scale=\(scale)" } ?? "no transform"
    }
    let (own, before) = (
      text(transform, offset, scale), text(history.transform, history.targetOffset, history.targetScale)
    )
    guard own == before else { throw items.error("\(own), the series before it has \(before)") }
  }

  /// A value of a series that is transformed, as it is.
  func level(
    _ item: Substring, position: Int, of transform: SeriesTransform, at place: LineReader
  ) throws(InputError) -> Double {
    guard let number = Double(item), transform.values.contains(number) else {
      let (least, most) = (transform.values.lowerBound, transform.values.upperBound)
      throw place.error(
        "value \(position) is '\(item)', expected a number from \(least) to \(most) for transform=\(transform.rawValue)"
      )
    }
    return number
  }

  /// A change as Q0.15.
  func scaled(
    from last: Double, to value: Double, position: Int, by transform: SeriesTransform, at place: LineReader
  ) throws(InputError) -> Int16 {
    let change = transform.change(from: last, to: value)
    let scaled = (change - offset) / scale
    guard abs(scaled) <= 1 else {
      func text(_ number: Double) -> String { DecimalText.shortest(number, decimals: 4) }
      throw place.error(
        "value \(position) is \(text(value)), behind \(text(last)) a \(transform.rawValue) of \(text(change)),"
          + " outside ±1 after (\(transform.rawValue) − offset)/scale; adjust offset and scale")
    }
    return Q0_15(scaled).raw
  }
}

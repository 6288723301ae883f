/// The conductances that one cell can have, picosiemens.
struct CellBounds: Sendable, Equatable {
  var low: Int32
  var high: Int32

  /// A cell with nowhere to go never moves.
  var isStuck: Bool { low == high }

  /// A conductance of the cell at the same place of the device's nominal range.
  @inline(__always)
  func nominal(_ picosiemens: Int32, in range: ClosedRange<Int32>) -> Int32 {
    let scale = Double(range.upperBound - range.lowerBound) / Double(high - low)
    return Int32((Double(range.lowerBound) + Double(picosiemens - low) * scale).rounded())
  }

  /// The reverse.
  @inline(__always)
  func actual(_ nominal: Int32, in range: ClosedRange<Int32>) -> Int32 {
    let scale = Double(high - low) / Double(range.upperBound - range.lowerBound)
    return Int32((Double(low) + Double(nominal - range.lowerBound) * scale).rounded())
  }
}

/// What differs from cell to cell, drawn once for each; what does not differ is empty.
struct CellSpread: Sendable {
  /// Factors on the dose of each cell.
  let setRate: [Double]
  let resetRate: [Double]
  /// Factors on the threshold of each cell.
  let setThreshold: [Double]
  let resetThreshold: [Double]
  let bounds: [CellBounds]

  init(_ variation: Variation, range: ClosedRange<Int32>, cells: Int, tile: Int, random: CounterRandom) {
    func draw(_ purpose: CounterRandom.Purpose, _ cell: Int, deviation: Double) -> Double {
      Variation.factor(
        random.gaussian(purpose, tile: tile, operation: 0, index: cell), deviation: deviation)
    }
    func factors(_ purpose: CounterRandom.Purpose, deviation: Double) -> [Double] {
      deviation > 0 ? (0..<cells).map { draw(purpose, $0, deviation: deviation) } : []
    }
    func rates(_ polarity: Polarity) -> [Double] {
      guard variation.deviceToDevice > 0 else { return [] }
      return (0..<cells).map { variation.rateFactor(polarity, random, tile: tile, cell: $0) }
    }
    setRate = rates(.set)
    resetRate = rates(.reset)
    setThreshold = factors(.setThreshold, deviation: variation.thresholdSpread)
    resetThreshold = factors(.resetThreshold, deviation: variation.thresholdSpread)
    guard variation.boundsSpread > 0 || variation.stuckLRS > 0 || variation.stuckHRS > 0 else {
      bounds = []
      return
    }
    let lowest = factors(.lowBound, deviation: variation.boundsSpread)
    let highest = factors(.highBound, deviation: variation.boundsSpread)
    let faults = StuckShares(variation)
    bounds = (0..<cells).map { cell in
      var bounds = CellBounds(low: range.lowerBound, high: range.upperBound)
      if !lowest.isEmpty { bounds = Self.spread(range, lowest[cell], highest[cell]) }
      switch faults.fault(random.bits(.stuck, tile: tile, operation: 0, index: cell)[0]) {
      case .lowResistance: bounds.low = bounds.high
      case .highResistance: bounds.high = bounds.low
      case nil: break
      }
      return bounds
    }
  }

  /// The range with factors on its ends: the low one up to its middle, the high one from a tenth of the nominal span
  /// above the low one up to what a read can tell, a quarter above the nominal.
  private static func spread(_ range: ClosedRange<Int32>, _ lowest: Double, _ highest: Double) -> CellBounds {
    let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
    let ownLow = min(low * lowest, low + (high - low) / 2).rounded()
    let ownHigh = max(min(high * highest, 1.25 * high, Double(Int32.max)), ownLow + (high - low) / 10)
    return CellBounds(low: Int32(ownLow), high: Int32(ownHigh.rounded()))
  }
}

/// Which of 2³² equally likely words make a cell stuck.
private struct StuckShares {
  enum Fault { case lowResistance, highResistance }

  let low: UInt64
  let both: UInt64

  init(_ variation: Variation) {
    low = UInt64((variation.stuckLRS * 4_294_967_296).rounded())
    both = low + UInt64((variation.stuckHRS * 4_294_967_296).rounded())
  }

  func fault(_ word: UInt32) -> Fault? {
    UInt64(word) < low ? .lowResistance : UInt64(word) < both ? .highResistance : nil
  }
}

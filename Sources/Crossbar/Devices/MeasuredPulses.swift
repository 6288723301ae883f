/// Pulse statistics of a measured 1T1R array as a table (STELLAR: Zhang et al., Science 381, 2023; numbers from the
/// repository Tsinghua-LEMON-Lab/software_edge_learning_memristor_chip, `ResNet20_CIFAR100/models/utilities/common.py`).
///
/// The range is cut into equal bins. One fixed pulse from a bin changes the conductance by the bin's mean plus
/// clip(ξ·σ/√2, ±σ), limited to the range. The dose is a number of pulses: the mean of a long one runs through the
/// bins on its way, the noise is that of its first bin times the root of the dose.
///
/// The table is the "effective" one of the file, with two corrections: the file stores its RESET rows from the top
/// bin down but indexes them from the bottom up, and it draws its noise around 1. The first RESET bin's mean of
/// 2.8 nS, far below its neighbours, is the source's. Noise is 1.5 to 240 times the mean of a single pulse: weights
/// are found by statistics or by short pulses and verifying.
///
/// Valid for 2–20 µS and pulses one at a time; the source gives no law for parts of a pulse or for several in one, so
/// both are an extension of this model, as are other amplitudes (`NominalPulse`). A pulse is 500 ns of the width
/// registers, a choice: 358 mean SET pulses or 886 mean RESET pulses run through the range.
public struct MeasuredPulses: DeviceModel, Equatable {
  public let conductanceRange: ClosedRange<Int32>
  /// Mean change of one pulse in each bin from the lowest conductance up, picosiemens, positive.
  public let setMeans: [Double]
  public let resetMeans: [Double]
  /// σ in each bin, picosiemens.
  public let setDeviations: [Double]
  public let resetDeviations: [Double]
  /// Of a pulse at the nominal amplitude.
  public let pulseNanoseconds: Double
  /// Whether pulses have their noise, or their means only.
  public var isNoisy = true

  public init(
    conductanceRange: ClosedRange<Int32>, setMeans: [Double], resetMeans: [Double], setDeviations: [Double],
    resetDeviations: [Double], pulseNanoseconds: Double
  ) {
    self.conductanceRange = conductanceRange
    self.setMeans = setMeans
    self.resetMeans = resetMeans
    self.setDeviations = setDeviations
    self.resetDeviations = resetDeviations
    self.pulseNanoseconds = pulseNanoseconds
  }

  public static let stellar = MeasuredPulses(
    conductanceRange: 2_000_000...20_000_000,
    setMeans: [325_000, 250_000, 237_000, 143_000, 86_600, 59_800, 53_900, 35_800, 18_500, 19_400],
    resetMeans: [2_800, 76_400, 74_400, 21_900, 45_400, 54_100, 98_700, 146_000, 269_000, 511_000],
    setDeviations: [526_000, 540_000, 581_000, 602_000, 650_000, 640_000, 666_000, 635_000, 629_000, 440_000],
    resetDeviations: [380_000, 518_000, 443_000, 499_000, 592_000, 562_000, 648_000, 682_000, 795_000, 906_000],
    pulseNanoseconds: 500)

  public var problem: String? {
    let tables = [setMeans, resetMeans, setDeviations, resetDeviations]
    guard !setMeans.isEmpty, tables.allSatisfy({ $0.count == setMeans.count }) else {
      return "tables of measured pulses have the same number of bins"
    }
    guard (setMeans + resetMeans).allSatisfy({ $0 > 0 && $0 < 2e9 }), pulseNanoseconds > 0 else {
      return "means of measured pulses are positive"
    }
    guard (setDeviations + resetDeviations).allSatisfy({ $0 >= 0 && $0 < 2e9 }) else {
      return "deviations of measured pulses are not negative"
    }
    return rangeProblem
  }

  public func rate(_ polarity: Polarity, millivolts: Double) -> Double {
    NominalPulse.pulses(atMillivolts: millivolts) / pulseNanoseconds
  }

  private var binWidth: Double {
    Double(conductanceRange.upperBound - conductanceRange.lowerBound) / Double(setMeans.count)
  }

  /// The bin that a pulse starts in; on the edge of two the one that it leads into.
  private func bin(_ picosiemens: Int32, _ polarity: Polarity) -> Int {
    let place = Double(picosiemens - conductanceRange.lowerBound) / binWidth
    let bin = polarity == .set ? place.rounded(.down) : place.rounded(.up) - 1
    return min(max(Int(bin), 0), setMeans.count - 1)
  }

  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity) -> Int32 {
    let direction = polarity == .set ? 1 : -1
    let means = polarity == .set ? setMeans : resetMeans
    var bin = bin(before, polarity)
    var conductance = Double(before)
    var rest = dose
    while means.indices.contains(bin) {
      let edge = Double(conductanceRange.lowerBound) + binWidth * Double(polarity == .set ? bin + 1 : bin)
      let pulses = abs(edge - conductance) / means[bin]
      guard rest > pulses else { return limited(conductance + Double(direction) * means[bin] * rest) }
      rest -= pulses
      conductance = edge
      bin += direction
    }
    return limited(conductance)
  }

  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity, noise: Double) -> Int32 {
    let sigma = (polarity == .set ? setDeviations : resetDeviations)[bin(before, polarity)]
    let error = min(max(noise * sigma / 2.0.squareRoot(), -sigma), sigma)
    return limited(Double(conductance(before, after: dose, polarity)) + error * dose.squareRoot())
  }
}

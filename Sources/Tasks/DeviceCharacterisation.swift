import Crossbar
import Firmware

extension PulseTimes {
  /// What a device does under pulses of the programming amplitudes, measured on its model: the conductance after many
  /// short pulses in a row, turned round into the time to reach each place.
  ///
  /// A place that a device does not reach in 2¹⁵ steps of 20 ns keeps the time of the last one reached.
  public init(of device: Device, setMillivolts: Int = 1200, resetMillivolts: Int = 1200) {
    switch device {
    case .vteam(let model):
      self.init(measuring: model, setMillivolts: setMillivolts, resetMillivolts: resetMillivolts)
    }
  }

  private init(measuring model: some DeviceModel, setMillivolts: Int, resetMillivolts: Int) {
    let range = model.conductanceRange
    self.init(
      set: Self.times(
        model, .set, rate: model.rate(.set, millivolts: Double(setMillivolts)), from: range.lowerBound
      ) { place in Double(range.lowerBound) + Double(place) / 64 * Double(range.upperBound - range.lowerBound) },
      reset: Self.times(
        model, .reset, rate: model.rate(.reset, millivolts: Double(resetMillivolts)), from: range.upperBound
      ) { place in Double(range.upperBound) - Double(place) / 64 * Double(range.upperBound - range.lowerBound) }
      .reversed())
  }

  /// Times to reach places 0, 1, … 64 from the start, sixteenths of a 20 ns step.
  private static func times(
    _ model: some DeviceModel, _ polarity: Polarity, rate: Double, from start: Int32, place: (Int) -> Double
  ) -> [UInt32] {
    // A sixteenth of a step is 1.25 ns: the device is stepped a whole step at a time and interpolated between.
    var times: [UInt32] = [0]
    var conductance = start
    var step = 0
    while times.count < places && step < 1 << 15 {
      let next = model.conductance(start, after: rate * Double(20 * (step + 1)), polarity)
      while times.count < places {
        let target = place(times.count)
        let before = Double(conductance)
        let after = Double(next)
        guard polarity == .set ? after >= target - 0.5 : after <= target + 0.5 else { break }
        let share = after == before ? 1 : min(max((target - before) / (after - before), 0), 1)
        times.append(UInt32(((Double(step) + share) * 16).rounded()))
      }
      conductance = next
      step += 1
    }
    while times.count < places { times.append(times[times.count - 1]) }
    return times
  }
}

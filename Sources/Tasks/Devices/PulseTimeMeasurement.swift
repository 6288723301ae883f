import Crossbar
import Firmware
import Registers

extension PulseTimes {
  /// What a device does under pulses of the programming amplitudes, measured on its model: the conductance after many
  /// short pulses in a row, turned round into the time to reach each place.
  ///
  /// Devices that only approach their end get the time for 63⅞ of 64 places as that for the last. Any other place that
  /// a device does not reach in 2¹⁵ steps of a width keeps the time of the last one reached. Where the first steps move
  /// nothing, the time for place 0 is the last at which nothing has moved.
  public init(
    of device: Device, setMillivolts: Int = Electrical.pulseMillivolts,
    resetMillivolts: Int = Electrical.pulseMillivolts
  ) {
    self.init(measuring: device.model, setMillivolts: setMillivolts, resetMillivolts: resetMillivolts)
  }

  /// As the mailbox takes them.
  public var words: [UInt32] { self.set + reset + (isNoisy ? [1] : []) }

  private init(measuring model: some DeviceModel, setMillivolts: Int, resetMillivolts: Int) {
    let range = model.conductanceRange
    self.init(
      set: Self.times(
        model, .set, rate: model.rate(.set, millivolts: Double(setMillivolts)), from: range.lowerBound
      ) { place in Double(range.lowerBound) + place / 64 * Double(range.upperBound - range.lowerBound) },
      reset: Self.times(
        model, .reset, rate: model.rate(.reset, millivolts: Double(resetMillivolts)), from: range.upperBound
      ) { place in Double(range.upperBound) - place / 64 * Double(range.upperBound - range.lowerBound) }
      .reversed(),
      isNoisy: model.isNoisy)
  }

  /// Times to reach places 0, 1, … 64 from the start, sixteenths of a step.
  private static func times(
    _ model: some DeviceModel, _ polarity: Polarity, rate: Double, from start: Int32, place: (Double) -> Double
  ) -> [UInt32] {
    // The device is stepped a whole step at a time and interpolated between.
    var times: [UInt32] = [0]
    var nearEnd: UInt32?
    var conductance = start
    var step = 0
    while times.count < places && step < 1 << 15 {
      let next = model.conductance(
        start, after: rate * Double(Electrical.nanosecondsPerPulseStep * (step + 1)), polarity)
      func time(of place: Double) -> UInt32? {
        let (before, after) = (Double(conductance), Double(next))
        guard polarity == .set ? after >= place - 0.5 : after <= place + 0.5 else { return nil }
        let share = after == before ? 1 : min(max((place - before) / (after - before), 0), 1)
        return UInt32(((Double(step) + share) * 16).rounded())
      }
      if next == start { times[0] = UInt32(16 * (step + 1)) }
      while times.count < places, let time = time(of: place(Double(times.count))) { times.append(time) }
      if nearEnd == nil { nearEnd = time(of: place(Double(places - 1) - 0.125)) }
      conductance = next
      step += 1
    }
    while times.count < places {
      times.append(times.count == places - 1 ? nearEnd ?? times[times.count - 1] : times[times.count - 1])
    }
    return times
  }
}

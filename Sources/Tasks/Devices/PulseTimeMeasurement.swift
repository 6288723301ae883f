import Board
import Crossbar
import Firmware
import FixedPoint
import Registers

extension PulseTimes {
  /// What a device does under pulses of the programming amplitudes, measured on its model: the conductance after many
  /// short pulses in a row, turned round into the time to reach each place.
  ///
  /// Devices that only approach their end get the time for 63⅞ of 64 places as that for the last. Any other place that
  /// a device does not reach in 2¹⁵ steps keeps the time of the last one reached. Where the first steps move
  /// nothing, the time for place 0 is the last at which nothing has moved.
  package init(of device: Device, amplitudes: PulseAmplitudes = PulseAmplitudes(), timing: Timing = Timing()) {
    self.init(measuring: device.model, amplitudes, stepNanoseconds: timing.stepNanoseconds)
  }

  /// The same at the amplitudes that a chip has after reset, in steps of its pulse drivers.
  package init(of chip: ChipConfiguration) {
    self.init(of: chip.device, amplitudes: chip.amplitudes.afterReset, timing: chip.timing)
  }

  /// As the mailbox takes them.
  package var words: [UInt32] { (self.set + reset).map { UInt32($0.raw) } + (isNoisy ? [1] : []) }

  private init(measuring model: some DeviceModel, _ amplitudes: PulseAmplitudes, stepNanoseconds: Int) {
    let range = model.conductanceRange
    self.init(
      set: Self.times(
        model, .set, rate: model.rate(.set, millivolts: Double(amplitudes.set)), stepNanoseconds,
        from: range.lowerBound
      ) { place in Double(range.lowerBound) + place / 64 * Double(range.upperBound - range.lowerBound) },
      reset: Self.times(
        model, .reset, rate: model.rate(.reset, millivolts: Double(amplitudes.reset)), stepNanoseconds,
        from: range.upperBound
      ) { place in Double(range.upperBound) - place / 64 * Double(range.upperBound - range.lowerBound) }
      .reversed(),
      isNoisy: model.isNoisy)
  }

  /// Times to reach places 0, 1, … 64 from the start.
  private static func times(
    _ model: some DeviceModel, _ polarity: Polarity, rate: Double, _ stepNanoseconds: Int, from start: Int32,
    place: (Double) -> Double
  ) -> [PulseTime] {
    // The device is stepped a whole step at a time and interpolated between.
    var times: [PulseTime] = [.zero]
    var nearEnd: PulseTime?
    var conductance = start
    var step = 0
    while times.count < places && step < 1 << 15 {
      let next = model.conductance(start, after: rate * Double(stepNanoseconds * (step + 1)), polarity)
      func time(of place: Double) -> PulseTime? {
        let (before, after) = (Double(conductance), Double(next))
        guard polarity == .set ? after >= place - 0.5 : after <= place + 0.5 else { return nil }
        let share = after == before ? 1 : min(max((place - before) / (after - before), 0), 1)
        return PulseTime(Double(step) + share)
      }
      if next == start { times[0] = PulseTime(Double(step + 1)) }
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

import Board
import Crossbar
import Firmware
import FixedPoint
import Registers
import Testing

@testable import Tasks

/// What is measured of a device, computed again from what is said of it.
@Suite("Measured devices")
struct PulseMeasurementTests {
  /// The times of the model by their definition: the conductance after 0, 1, 2 … steps is a list; a place is reached with
  /// the first of them that is there to the half picosiemens, and between two of them time is linear.
  private static func times(
    _ model: some DeviceModel, _ polarity: Polarity, millivolts: Int, stepNanoseconds: Int
  ) -> [PulseTime] {
    let range = model.conductanceRange
    let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
    let start = polarity == .set ? range.lowerBound : range.upperBound
    let sign = polarity == .set ? 1.0 : -1.0
    let rate = model.rate(polarity, millivolts: Double(millivolts))
    // How far from the start after so many steps, one more at a time, as long as it may matter.
    var way = [0.0]
    func goOn() {
      let reached = model.conductance(start, after: rate * Double(stepNanoseconds * way.count), polarity)
      way.append(sign * Double(reached - start))
    }
    func time(_ place: Double, from first: Int) -> (PulseTime, Int)? {
      let target = place / 64 * (high - low)
      for step in max(first, 1)...1 << 15 {
        while way.count <= step { goOn() }
        guard way[step] >= target - 0.5 else { continue }
        let (before, after) = (way[step - 1], way[step])
        let share = after == before ? 1 : min(max((target - before) / (after - before), 0), 1)
        return (PulseTime(Double(step - 1) + share), step)
      }
      return nil
    }
    while way.count <= 1 << 15, way.last == 0 { goOn() }
    // The last step at which nothing has moved.
    var times = [PulseTime(Double(way.lastIndex(of: 0) ?? 0))]
    var step = 1
    for place in 1..<PulseTimes.places {
      guard let (found, at) = time(Double(place), from: step) else {
        let near = place == PulseTimes.places - 1 ? time(63.875, from: 1)?.0 : nil
        times.append(near ?? times[times.count - 1])
        continue
      }
      times.append(found)
      step = at
    }
    return times
  }

  @Test("Pulse times are those at which the device's conductance is there, of every device at every amplitude and step")
  func times() {
    for entry in Device.catalog {
      let amplitudes = [(1200, 1200), (1100, 1300), (1450, 900)]
      for ((set, reset), step) in zip(amplitudes, [20, 100, 7]) {
        var (pulses, timing) = (PulseAmplitudes(), Timing())
        (pulses.set, pulses.reset) = (set, reset)
        timing.pulseStep = step / 10 + 1
        let nanoseconds = timing.stepNanoseconds
        let measured = PulseTimes(of: entry.device, amplitudes: pulses, timing: timing)
        func expected(_ model: some DeviceModel) -> ([PulseTime], [PulseTime]) {
          (
            Self.times(model, .set, millivolts: set, stepNanoseconds: nanoseconds),
            Self.times(model, .reset, millivolts: reset, stepNanoseconds: nanoseconds).reversed()
          )
        }
        let (sets, resets) = expected(entry.device.model)
        #expect(measured.set == sets, "\(entry.name) \(set)")
        #expect(measured.reset == resets, "\(entry.name) \(reset)")
        #expect(measured.isNoisy == entry.device.model.isNoisy)
      }
    }
  }

  @Test("Words for the mailbox are the times of both polarities, and 1 behind them for a noisy device")
  func words() {
    for entry in Device.catalog {
      let times = PulseTimes(of: entry.device)
      let raws = (times.set + times.reset).map { UInt32($0.raw) }
      #expect(times.words == raws + (entry.device.model.isNoisy ? [1] : []), "\(entry.name)")
    }
  }

  /// Mean and standard deviation by whole numbers.
  private static func moments(_ cells: [Int32]) -> (mean: Double, deviation: Double) {
    let count = Int128(cells.count)
    let sum = cells.reduce(Int128(0)) { $0 + Int128($1) }
    let squares = cells.reduce(Int128(0)) { $0 + Int128($1) * Int128($1) }
    let variance = squares * count - sum * sum
    return (Double(sum) / Double(count), (Double(variance)).squareRoot() / Double(count))
  }

  @Test("A staircase has mean and deviation of its cells at each step, exact where they are nearly alike")
  func moments() {
    for (spread, cells) in [(1e-6, 5), (0.01, 64), (0.3, 7)] {
      for polarity in [Polarity.set, .reset] {
        let variation = Variation(deviceToDevice: spread, cycleToCycle: spread / 2)
        let chip = ChipConfiguration(tiles: [.init(wordLines: 1, bitLines: 2)], variation: variation, seed: 5)
        let staircase = Staircase(polarity, of: chip, cells: cells)
        var array = CrossbarArray(
          wordLines: 1, bitLines: cells, synapse: .reference, device: chip.device, variation: variation, seed: 5)
        let end = chip.device.conductanceRange
        if polarity == .reset {
          for cell in 0..<cells { array.setConductance(end.upperBound, wordLine: 0, bitLine: cell) }
        }
        for step in staircase.steps {
          if step.pulse > 0 {
            _ = array.apply(
              RowPhase(
                wordLine: 0, polarity: polarity, millivolts: staircase.millivolts,
                widths: Array(repeating: Nanoseconds(Int32(step.nanoseconds)), count: cells),
                operation: UInt64(step.pulse)))
          }
          let expected = Self.moments(array.conductance)
          #expect(abs(step.mean - expected.mean) <= 1e-9 * expected.mean)
          let error = abs(step.deviation - expected.deviation)
          #expect(error <= 1e-6 * expected.deviation + 1e-6, "\(spread) \(step.pulse)")
        }
        #expect(staircase.steps.count > 20 && staircase.steps.map(\.pulse) == Array(0..<staircase.steps.count))
        #expect(staircase.widths.first == staircase.steps[1].nanoseconds)
        #expect(staircase.widths.last == staircase.steps[staircase.steps.count - 1].nanoseconds)
      }
    }
  }
}

import Crossbar
import Firmware
import FixedPoint
import Registers
import Tasks
import Testing

@testable import Firmware

@Suite("Pulse times")
struct PulseTimesTests {
  let times = PulseTimes(of: .vteam(.analog))

  private func width(from now: Int32, to target: Int32) -> Int32 {
    times.width(from: Place(Share(raw: now)), to: Place(Share(raw: target))).count
  }

  @Test("SET times rise, RESET times fall, and both span the 128 µs of the device")
  func areMonotone() {
    #expect(zip(times.set, times.set.dropFirst()).allSatisfy { $0 < $1 })
    #expect(zip(times.reset, times.reset.dropFirst()).allSatisfy { $0 > $1 })
    // 128 µs are 6400 steps of 20 ns, 102 400 sixteenths.
    #expect(abs(Int(times.set[64].raw) - 102_400) < 100)
    #expect(abs(Int(times.reset[0].raw) - 102_400) < 100)
  }

  @Test("One pulse of the width for a move lands near: the better, the shorter the move", arguments: [0, 1])
  func widthsLand(_ seed: UInt64) {
    let model = VTEAM.analog
    let range = model.conductanceRange
    let random = CounterRandom(seed: seed)
    for index in 0..<2_000 {
      let bits = random.bits(.setPulse, tile: 0, operation: 0, index: index)
      let (from, to) = (Int32(bits[0] % 32_769), Int32(bits[1] % 32_769))
      func conductance(_ place: Int32) -> Double {
        Double(range.lowerBound) + Double(place) / 32_768 * Double(range.upperBound - range.lowerBound)
      }
      let width = width(from: from, to: to)
      let polarity: Polarity = width > 0 ? .set : .reset
      let dose = model.rate(polarity, millivolts: 1200) * Double(abs(width)) * 20
      let reached = model.conductance(Int32(conductance(from)), after: dose, polarity)
      let error = abs(Double(reached) - conductance(to)) / Double(range.upperBound - range.lowerBound)
      // From the bottom of the range to its top, where resistance hardly changes, the verify loop has to help.
      let bound = 0.004 + 0.06 * Double(abs(to - from)) / 32_768
      #expect(error < bound, "from \(from) to \(to) by \(width)")
    }
  }

  @Test("No move takes no pulse, and any move takes at least one step")
  func smallMoves() {
    #expect(width(from: 20_000, to: 20_000) == 0)
    #expect(width(from: 32_000, to: 32_001) == 1)
    #expect(width(from: 32_001, to: 32_000) == -1)
  }

  /// Steps as a time, in sixteenths.
  private static func steps(_ count: Double) -> PulseTime { PulseTime(raw: Int32((count * 16).rounded())) }

  @Test("RESET is all or nothing where one step goes through the range and SET needs more than one")
  func abrupt() {
    for (reset, isOne) in [(0.5, true), (1, true), (1.0625, false), (40, false)] {
      for (set, isMore) in [(0.5, false), (1, false), (1.0625, true), (40, true)] {
        let ramp = (0..<65).map { Double($0) / 64 }
        let times = PulseTimes(
          set: ramp.map { Self.steps($0 * set) }, reset: ramp.reversed().map { Self.steps($0 * reset) })
        #expect(times.isAbrupt == (isOne && isMore), "\(reset) \(set)")
      }
    }
  }

  @Test("Between places times are linear, beyond the range as at its end; a pulse has its nearest whole steps")
  func linear() {
    let times = PulseTimes(
      set: (0..<65).map { Self.steps(Double($0 * $0)) }, reset: (0..<65).map { Self.steps(Double(2 * (64 - $0))) })
    for place in 0..<64 {
      for (fraction, share) in [(0, 0.0), (1 << 7, 0.25), (1 << 8, 0.5), (3 << 7, 0.75)] {
        let target = Int32(place << 9 | fraction)
        let exact = Double(place * place) + share * Double(2 * place + 1)
        let steps = Int32((exact + 1e-9).rounded())
        #expect(times.width(upTo: Place(Share(raw: target))).count == max(1, steps), "\(place) \(share)")
        #expect(width(times, from: 0, to: target) == (target == 0 ? 0 : max(1, steps)))
        let down = Int32((2 * (64 - Double(place) - share) + 1e-9).rounded())
        #expect(width(times, from: 1 << 15, to: target) == -max(1, down))
      }
    }
    #expect(times.width(upTo: Place(Share(raw: 40_000))).count == 4096)
    #expect(times.width(upTo: Place(Share(raw: -5))).count == 1)
    let none = times.width(from: Place(Share(raw: 0)), to: Place(Share(raw: 1)), atLeastOne: false)
    #expect(none.count == 0)
    let long = PulseTimes(set: (0..<65).map { Self.steps(Double($0 * 1000)) }, reset: times.reset)
    #expect(long.width(upTo: Place.top).count == 32_767)
  }

  private func width(_ times: PulseTimes, from now: Int32, to target: Int32) -> Int32 {
    times.width(from: Place(Share(raw: now)), to: Place(Share(raw: target))).count
  }
}

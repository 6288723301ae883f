import Crossbar
import Registers

/// What no write can cross: amplitudes and widths stay at or below the limits, whatever comes first.
extension Tile {
  /// Whether a register would go beyond a limit, or a limit be crossed by being changed.
  @inline(__always)
  func isBeyondLimit(_ value: UInt32, in register: TileRegister) -> Bool {
    switch register {
    case .pulse: PulseSteps(Int32(Lanes.even(value))).magnitude > longestAllowed
    case .pulsePairs:
      max(PulseSteps(Int32(Lanes.even(value))).magnitude, PulseSteps(Int32(Lanes.odd(value))).magnitude)
        > longestAllowed
    case .amplitude: Amplitudes(value).exceed(highestAllowed)
    case .eraseWidth: PulseSteps(Int32(value)) > longestAllowed
    case .limitAmplitude:
      isFixed(.limitAmplitude) || Amplitudes(value).exceed(highestAllowed)
        || Amplitudes(registers[.amplitude]).exceed(Amplitudes(value))
    case .limitWidth:
      isFixed(.limitWidth) || PulseSteps(Int32(value)) > longestAllowed || PulseSteps(Int32(value)) < longestSet
    default: false
    }
  }

  /// Whether what the registers hold is at or below the limits, and those are the chip's unless they were written.
  var isWithinLimits: Bool {
    func isPossible(_ register: TileRegister) -> Bool {
      guard let place = registers.find(register.rawValue)?.word else { return false }
      return isFixed(register) || registers.words[place] == registers.map.resets[place]
    }
    let largest = registers.find(TileRegister.limitAmplitude.rawValue).map { registers.map.resets[$0.word] } ?? 0
    return isPossible(.limitAmplitude) && isPossible(.limitWidth) && !highestAllowed.exceed(Amplitudes(largest))
      && !Amplitudes(registers[.amplitude]).exceed(highestAllowed) && longestSet <= longestAllowed
  }

  private var highestAllowed: Amplitudes { Amplitudes(registers[.limitAmplitude]) }

  private var longestAllowed: PulseSteps {
    PulseSteps(Int32(TileRegister.Limit.width.decode(registers[.limitWidth])))
  }

  /// The longest width in `ERASE_WIDTH` and `PULSE`.
  private var longestSet: PulseSteps { max(eraseWidth, longest(.set), longest(.reset)) }

  private func isFixed(_ limit: TileRegister) -> Bool { TileRegister.Limit.fixed.decode(registers[limit]) == 1 }
}

/// The two fields of `AMPLITUDE` and of its limit, millivolts.
private struct Amplitudes {
  let set: UInt32
  let reset: UInt32

  init(_ word: UInt32) {
    set = TileRegister.Amplitude.set.decode(word)
    reset = TileRegister.Amplitude.reset.decode(word)
  }

  /// Whether one is higher than its limit.
  func exceed(_ limits: Amplitudes) -> Bool { set > limits.set || reset > limits.reset }
}

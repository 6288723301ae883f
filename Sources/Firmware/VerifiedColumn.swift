import FixedPoint
import Registers

extension ProgramVerify {
  /// What programming knows of one weight of the row.
  struct Column: Sendable {
    /// As it was read last.
    var weight = Share.zero
    /// The error before the last pulse.
    private var lastError = Share.zero
    /// How far beside its target an abrupt device is aimed, and whether it has been.
    private var aim = Share.zero
    var target = Q0_15.zero
    private var isAimed = false
    private(set) var isSettled = false
    /// Whether the error has changed its sign: widths are not more than nominal then where pulses are noisy.
    private var hasOvershot = false
    /// The exponent of the widths' correction: 2^−damping.
    private var damping: Int8 = 0

    /// From the weight to where it should be.
    var error: Share { Share(target) - weight }

    /// Forgets the row before.
    mutating func begin() {
      isSettled = false
      hasOvershot = false
      lastError = .zero
      damping = 0
      aim = .zero
      isAimed = false
    }

    /// A column that has been inside the tolerance leaves it only beyond twice that.
    mutating func settle(within tolerance: Share) {
      isSettled = error.magnitude <= (isSettled ? tolerance + tolerance : tolerance)
    }

    /// Shorter pulses after an overshoot, longer ones after too small a move.
    mutating func adjust(isNoisy: Bool) {
      let error = error
      if lastError != .zero {
        if (error < .zero) != (lastError < .zero) {
          damping = min(damping + 1, 6)
          hasOvershot = true
        } else if error.magnitude.raw > lastError.magnitude.raw / 2 {
          damping = max(damping - 1, isNoisy && hasOvershot ? 0 : -3)
        }
      }
      lastError = error
    }

    /// A width times 2^−damping, a step at least.
    func damped(_ width: PulseSteps) -> PulseSteps {
      guard width != .none else { return .none }
      let magnitude = abs(width.count)
      let damped =
        damping > 0 ? max(magnitude >> damping, 1) : min(magnitude << -damping, PulseSteps.longest.count)
      return PulseSteps(width.count < 0 ? -damped : damped)
    }

    /// The share to set an abrupt device to from the bottom: a quarter of its error further from shot to shot.
    mutating func aimed() -> Share {
      if isAimed { aim = (aim + Share(raw: error.raw / 4)).limitedToOne }
      isAimed = true
      return Share(target) + aim
    }
  }
}

import FixedPoint

/// What a controller has done that no request tells, since data decide it: many errors come to nothing, a weight without a
/// gradient stays, one that is where it should be gets no pulse.
///
/// For a test bench beside the controller; a host cannot ask for it. Native code counts; the binary does not, since it is measured.
public struct Effort: Sendable, Equatable {
  /// Kinds of work.
  public enum Kind: Int, Sendable, CaseIterable {
    /// Lines that carry something, whose codes errors are multiplied with; and products of the two, added to gradients.
    case gradientLine, gradient
    /// Cells of the LSTM that an error other than zero goes back through.
    case errorCell
    /// Segments of circuits that slopes are looked for in; a rail has none.
    case slopeSegment
    /// Weights whose gradients are other than zero at an update.
    case movedWeight
    /// Those of them whose scale to a residual takes more than 32 bits.
    case wideWeight
    /// Word lines of a tile of which one is selected.
    case selectedLine
    /// Weights worked out from a read of a row.
    case verifiedWeight
    /// Weights held against their targets.
    case judgedWeight
    /// Weights that are to be written.
    case dueWeight
    /// Times looked up in the table of a device.
    case pulseTime
  }

  #if hasFeature(Embedded)
    @inline(__always)
    static var isCounted: Bool { false }
    @inline(__always)
    mutating func note(_ kind: Kind, _ count: Int = 1) {}
  #else
    static var isCounted: Bool { true }
    /// By `Kind`.
    private var counts = SIMD16<UInt64>()

    /// None.
    public init() {}

    mutating func note(_ kind: Kind, _ count: Int = 1) { counts[kind.rawValue] &+= UInt64(count) }

    /// How often.
    public subscript(kind: Kind) -> UInt64 { counts[kind.rawValue] }

    /// Of one part of a controller and another.
    static func + (left: Effort, right: Effort) -> Effort {
      var sum = left
      sum.counts &+= right.counts
      return sum
    }

    /// Since an earlier moment of the same network, and the same training.
    public static func - (now: Effort, before: Effort) -> Effort {
      var difference = now
      difference.counts &-= before.counts
      return difference
    }
  #endif
}

extension Effort {
  /// A weight is to be pulsed from where it is to where it should be; from a place to itself no time is looked up.
  @inline(__always)
  mutating func noteWrite(from weight: Share, to target: Share, on tile: TileDriver, with times: PulseTimes) {
    guard Self.isCounted else { return }
    guard !times.isAbrupt else { return noteRenewal(on: tile) }
    note(.dueWeight)
    let isMove = Place(carrying: weight) != Place(carrying: target)
    note(.pulseTime, isMove ? tile.isDifferential ? 4 : 2 : 0)
  }

  /// A weight is to be erased, and pulsed from there.
  @inline(__always)
  mutating func noteRenewal(on tile: TileDriver) {
    note(.dueWeight)
    note(.pulseTime, tile.isDifferential ? 2 : 1)
  }
}

#if !hasFeature(Embedded)
  extension Controller {
    /// Since the network was configured; that of learning since `configureTraining`.
    public var effort: Effort {
      switch state {
      case .idle: return Effort()
      case .configured(let network): return network.value.effort
      case .training(let network, let trainer):
        let (lstm, dense) = (trainer.value.lstm.effort, trainer.value.dense.effort)
        return network.value.effort + lstm + dense
      }
    }
  }

  extension Network {
    fileprivate var effort: Effort { rows.reduce(Effort()) { $0 + $1.effort } }
  }
#endif

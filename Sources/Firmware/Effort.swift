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
    /// Digits of the root mean squares of an update's gradients.
    case rootDigit
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
  /// The weights of a row that are to be written, and the times that are looked up to pulse them.
  struct Writes {
    #if hasFeature(Embedded)
      @inline(__always)
      init(on tile: TileDriver) {}
      @inline(__always)
      mutating func note(from weight: Share, to target: Share) {}
      @inline(__always)
      mutating func noteRenewal() {}
    #else
      fileprivate var weights = 0
      /// Places that devices leave or are to reach.
      fileprivate var places = 0
      fileprivate let devices: Int

      init(on tile: TileDriver) { devices = tile.isDifferential ? 2 : 1 }

      /// Of both ends; from a place to itself none.
      @inline(__always)
      mutating func note(from weight: Share, to target: Share) {
        weights += 1
        if Place(carrying: weight) != Place(carrying: target) { places += 2 }
      }

      /// Of the end alone, since the device is erased first.
      @inline(__always)
      mutating func noteRenewal() {
        weights += 1
        places += 1
      }
    #endif
  }

  #if hasFeature(Embedded)
    @inline(__always)
    mutating func note(_ writes: Writes) {}
  #else
    mutating func note(_ writes: Writes) {
      note(.dueWeight, writes.weights)
      note(.pulseTime, writes.places * writes.devices)
    }
  #endif
}

#if !hasFeature(Embedded)
  extension Controller {
    /// Since the network was configured; that of learning since `configureTraining`.
    public var effort: Effort {
      switch state {
      case .idle: Effort()
      case .configured(let network): network.effort
      case .training(let network, let trainer): network.effort + trainer.effort
      }
    }
  }

  // Looked at in its place: a copy retains some thirty arrays.
  extension Boxed<Network> {
    fileprivate var effort: Effort { contents[0].rows[0].effort + contents[0].rows[1].effort }
  }

  extension Boxed<Trainer> {
    fileprivate var effort: Effort { contents[0].lstm.effort + contents[0].dense.effort }
  }
#endif

import Board
import Crossbar
import Firmware
import Registers
import Trace

/// What a request has had the controller do, as far as that takes time: how often each of some kinds of work.
package struct ControllerWork: Sendable, Equatable {
  /// Kinds of work.
  package enum Kind: Int, Sendable, CaseIterable {
    /// The request itself.
    case request
    /// Words of the host's, to the controller and from it.
    case hostWord
    /// Accesses to everything but the mailbox.
    case access
    /// Conversions of a tile.
    case conversion
    /// Pulse phases, each on a row.
    case phase
    /// Pulses on cells.
    case pulse
    /// Time steps.
    case step
    /// Values that go into a time step, and cells of the LSTM that are worked out for one.
    case input, cell
    /// Cells of the LSTM that an error goes back through.
    case backwardCell
    /// Products of a line's code and an error, added to a gradient.
    case gradient
    /// Products of a weight that was read back and an error.
    case weightProduct
    /// Outputs whose loss is worked out.
    case output
    /// Updates of the weights, weights of an update or of a layer, and word lines and columns of those.
    case update, weight, line
  }

  /// How cells are written, which decides what is computed for a pulse.
  package enum Writing: Sendable, CaseIterable {
    /// A memristor against a reference, from what is read; or both of a pair.
    case single, pair
    /// Both of a pair in one access.
    case pairByWindow
    /// With pulses that lead to a different place every time.
    case noisy
    /// From the bottom every time.
    case abrupt
  }

  /// What forms cells and outputs of a sequence that is not learnt from.
  package enum Inferring: Sendable, CaseIterable {
    case controller
    /// The chip's cell unit, whose inputs the controller makes codes of, or hands on through windows.
    case unit, unitByWindows

    init(on features: ChipFeatures) {
      self = !features.contains(.cell) ? .controller : features.contains(.windows) ? .unitByWindows : .unit
    }
  }

  /// Requests of which one of a kind takes the same.
  package enum Family: Sendable, Hashable {
    case infer(Inferring)
    case predict(Inferring)
    /// `train` and `update`, by the rule.
    case training(UpdateRule)
    case program(Writing)
    /// `calibrate` and `readWeights`: what is read is averaged.
    case reading
    /// What a commissioning record is for: it is written, held against the arrays, started from.
    case commit, scrub, boot
    /// Memory is taken.
    case configure, configureTraining
    /// All else.
    case other
  }

  package let family: Family
  /// By `Kind`.
  package private(set) var counts = SIMD16<Double>(repeating: 0)

  init(_ family: Family) { self.family = family }

  package subscript(_ kind: Kind) -> Double {
    get { counts[kind.rawValue] }
    set { counts[kind.rawValue] = newValue }
  }

  /// Cycles of the controller by the account of the shipped binary, whole.
  package var cycles: UInt64 {
    UInt64((counts * ControllerCosts.perUnit(of: family)).sum().rounded())
  }
}

/// What a board has done up to a moment, of what a controller's work is told by.
struct WorkDone: Sendable {
  /// Of its chip.
  let synapse: Synapse
  let features: ChipFeatures
  fileprivate let accesses: UInt64
  fileprivate var conversions: UInt64 = 0
  fileprivate var phases: UInt64 = 0
  fileprivate var pulses: UInt64 = 0

  /// Notes what has been done since.
  func note(upTo now: WorkDone, hostWords: Int, in work: inout ControllerWork) {
    work[.request] = 1
    work[.hostWord] = Double(hostWords)
    work[.access] = max(Double(now.accesses &- accesses) - Double(hostWords), 0)
    work[.conversion] = Double(now.conversions &- conversions)
    work[.phase] = Double(now.phases &- phases)
    work[.pulse] = Double(now.pulses &- pulses)
  }
}

extension Machine {
  /// Mutating, so that the board of a runner of any kind is looked at where it is: read through the protocol it would be
  /// copied, at every request.
  mutating func workDone() -> WorkDone {
    var done = WorkDone(
      synapse: chip.configuration.synapse, features: chip.configuration.features, accesses: accesses)
    for tile in chip.tiles.indices {
      done.conversions += chip.tiles[tile].counters.reads
      done.phases += chip.tiles[tile].counters.phases
      done.pulses += chip.tiles[tile].counters.pulses
    }
    return done
  }
}

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
    /// Accesses to everything but the mailbox and the widths of pulses.
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
    /// Steps, and cells of the LSTM in them, that errors go back through.
    case backwardStep, backwardCell
    /// Products of a weight that was read back and an error, and sums of them.
    case weightProduct, productSum
    /// Outputs of the dense layer, those that a probability is worked out for, and steps that have targets.
    case output, probability, targetStep
    /// Updates, weights of one or of a layer, word lines and columns of those, and weights of an update with momentum.
    case update, weight, line, velocity
    /// Segments of the circuits: those that slopes are looked for in, or all of both where training is configured.
    case segment
    /// Those of `Effort`: of learning,
    case gradientLine, gradient, errorCell, movedWeight, wideWeight, rootDigit
    /// and of what is read and written.
    case selectedLine, verifiedWeight, judgedWeight, dueWeight, pulseTime
  }

  /// How cells are written, which decides how many accesses a weight takes.
  package enum Writing: Sendable, CaseIterable {
    /// A memristor against a reference, or both of a pair.
    case single, pair
    /// Both of a pair in one access.
    case pairByWindow

    init(_ synapse: Synapse, _ features: ChipFeatures) {
      self = synapse == .reference ? .single : features.contains(.windows) ? .pairByWindow : .pair
    }

    /// At most: of a pair one may have none.
    fileprivate var pulsesPerAccess: Double { self == .pairByWindow ? 2 : 1 }
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
    /// What is read is averaged.
    case calibrate, readWeights
    /// What a commissioning record is for: it is written, held against the arrays, started from.
    case commit, scrub, boot
    /// Segments are set.
    case setActivation
    /// Memory is taken.
    case configure, configureTraining
    /// All else.
    case other

    /// Whether the controller's effort before and after are of the same network and training.
    fileprivate var keepsNetwork: Bool {
      switch self {
      case .training, .program, .calibrate, .readWeights, .commit, .scrub: true
      case .infer, .predict, .boot, .setActivation, .configure, .configureTraining, .other: false
      }
    }
  }

  package let family: Family
  private var counts = WorkRow()

  init(_ family: Family) { self.family = family }

  package subscript(_ kind: Kind) -> Double {
    get { counts[kind] }
    set { counts[kind] = newValue }
  }

  /// Notes what a look into the controller tells of a request.
  mutating func note(_ effort: Effort) {
    guard family.keepsNetwork else { return }
    for kind in Effort.Kind.allCases { self[Kind(kind)] = Double(effort[kind]) }
  }

  /// Cycles of the controller by what one of each kind takes.
  package func cycles(by costs: WorkRow) -> Double { counts * costs }
}

extension ControllerWork.Kind {
  init(_ kind: Effort.Kind) {
    self =
      switch kind {
      case .gradientLine: .gradientLine
      case .gradient: .gradient
      case .slopeSegment: .segment
      case .errorCell: .errorCell
      case .movedWeight: .movedWeight
      case .wideWeight: .wideWeight
      case .rootDigit: .rootDigit
      case .selectedLine: .selectedLine
      case .verifiedWeight: .verifiedWeight
      case .judgedWeight: .judgedWeight
      case .dueWeight: .dueWeight
      case .pulseTime: .pulseTime
      }
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
    let widths = Double(now.pulses &- pulses) / ControllerWork.Writing(synapse, features).pulsesPerAccess
    work[.access] = max(Double(now.accesses &- accesses) - Double(hostWords) - widths, 0)
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

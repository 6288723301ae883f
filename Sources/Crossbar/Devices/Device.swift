/// The device models a tile can be built with.
public enum Device: Sendable, Equatable {
  /// Voltage-threshold adaptive memristor, resistance linear in the state.
  case vteam(VTEAM)
  /// A step linear in the weight: constant steps, linear steps, soft bounds.
  case linearStep(LinearStep)
  /// The non-linear pulse model of MLP+NeuroSim V3.0.
  case neuroSim(NeuroSim)
  /// Gate-controlled 1T1R cell: SET leads to the conductance of its gate voltage.
  case umass(UMass1T1R)
  /// Measured steps by the conductance before, as a table.
  case measured(MeasuredPulses)

  /// Every model, without parameters: the order of the catalog.
  public enum Kind: CaseIterable, Sendable {
    /// `VTEAM`.
    case vteam
    /// `LinearStep`.
    case linearStep
    /// `NeuroSim`.
    case neuroSim
    /// `UMass1T1R`.
    case umass
    /// `MeasuredPulses`.
    case measured
  }

  /// Does `work` with the model behind the case, compiled for each of them: the one place that tells them apart.
  @inline(__always)
  func perform<Work: ModelWork>(_ work: Work, on subject: inout Work.Subject) -> Work.Result {
    switch self {
    case .vteam(let model): work(model, on: &subject)
    case .linearStep(let model): work(model, on: &subject)
    case .neuroSim(let model): work(model, on: &subject)
    case .umass(let model): work(model, on: &subject)
    case .measured(let model): work(model, on: &subject)
    }
  }

  private static func published(_ kind: Kind) -> [Published] {
    switch kind {
    case .vteam: VTEAM.catalog
    case .linearStep: LinearStep.catalog
    case .neuroSim: NeuroSim.catalog
    case .umass: UMass1T1R.catalog
    case .measured: MeasuredPulses.catalog
    }
  }

  /// A published parameter set.
  public struct Published: Sendable {
    /// As `--device` takes it: `neurosim-taox`.
    public let name: String
    /// Paper, program or data sheet, and what was chosen beyond it.
    public let source: String
    let standing: Standing
    let chosen: [(name: String, standing: Standing)]
    /// The device with these parameters.
    public let device: Device

    /// Parameters that stand on something else than the rest.
    package var chosenNames: [String] { chosen.map(\.name) }
    /// What one of its parameters or tables stands on.
    public func standing(of name: String) -> Standing { chosen.first { $0.name == name }?.standing ?? standing }
  }

  /// The published parameter sets.
  public static let catalog = Kind.allCases.flatMap(published)

  /// Names of the published parameter sets, in the order of `catalog`.
  public static let names = catalog.map(\.name)

  /// The published parameter set of that name.
  public init?(name: some StringProtocol) {
    guard let entry = Self.catalog.first(where: { $0.name == name }) else { return nil }
    self = entry.device
  }
}

/// What is to be done with a device's model, whichever it is.
protocol ModelWork {
  associatedtype Subject
  associatedtype Result
  func callAsFunction<Model: DeviceModel>(_ model: Model, on subject: inout Subject) -> Result
}

extension Device {
  private struct Erasure: ModelWork {
    func callAsFunction<Model: DeviceModel>(_ model: Model, on subject: inout Void) -> any DeviceModel { model }
  }

  /// The model behind the case, for code that is not in a hurry.
  public var model: any DeviceModel {
    var nothing: Void = ()
    return perform(Erasure(), on: &nothing)
  }

  /// Lowest and highest conductance of the nominal device, picosiemens.
  public var conductanceRange: ClosedRange<Int32> { model.conductanceRange }

  /// What makes the parameters unusable, or nil.
  public var problem: String? { model.anyProblem }
}

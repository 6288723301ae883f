/// The device models a tile can be built with.
public enum Device: Sendable, Equatable {
  case vteam(VTEAM)
  case linearStep(LinearStep)
  case neuroSim(NeuroSim)
  case umass(UMass1T1R)
  case measured(MeasuredPulses)

  /// The model behind the case, for code that is not in a hurry.
  public var model: any DeviceModel {
    switch self {
    case .vteam(let model): model
    case .linearStep(let model): model
    case .neuroSim(let model): model
    case .umass(let model): model
    case .measured(let model): model
    }
  }

  public var conductanceRange: ClosedRange<Int32> { model.conductanceRange }

  /// What makes the parameters unusable, or nil.
  public var problem: String? { model.problem }

  /// The published parameter sets and what they are called.
  public static let catalog: [(name: String, device: Device)] = [
    ("vteam", .vteam(.analog)),
    ("linear", .linearStep(.linearStep)),
    ("soft-bounds", .linearStep(.softBounds)),
    ("constant-step", .linearStep(.constantStep)),
    ("reram-sb", .linearStep(.reRamSB)),
    ("ecram", .linearStep(.ecRam)),
    ("neurosim-taox", .neuroSim(.taOxHfOx)),
    ("neurosim-alox", .neuroSim(.alOxHfO2)),
    ("neurosim-taox-tio2", .neuroSim(.taOxTiO2)),
    ("neurosim-ag-si", .neuroSim(.agASi)),
    ("neurosim-pcmo", .neuroSim(.pcmo)),
    ("neurosim-epiram", .neuroSim(.epiRAM)),
    ("umass", .umass(.airline)),
    ("measured", .measured(.stellar)),
  ]

  public static var names: [String] { catalog.map(\.name) }

  /// The published parameter set of that name.
  public init?(name: String) {
    guard let entry = Self.catalog.first(where: { $0.name == name }) else { return nil }
    self = entry.device
  }

  /// `custom` for parameters that are no published set.
  public var name: String { Self.catalog.first { $0.device == self }?.name ?? "custom" }
}

extension Device: CustomStringConvertible {
  /// The name, or all parameters where they are no published set.
  public var description: String { name == "custom" ? "\(model)" : name }
}

import Board
import Crossbar
import Firmware

/// What a chip takes in a technology, beside what it is held against.
public struct SystemReport: Sendable, Equatable, Codable {
  /// `130nm`.
  public var technology: String
  /// What the energy is of: `inference`, `training sequence`.
  public var of: String
  /// Where it goes.
  public var energy: [EnergyShare]
  /// Joules of all parts.
  public var totalJoules: Estimate
  /// Multiplications with weights, each with its addition; nil where it is not products that are counted.
  public var multiplications: Double?
  /// Of the total, femtojoules.
  public var femtojoulesPerMAC: Estimate?
  /// Two operations a multiplication.
  public var teraopsPerWatt: Estimate?
  /// The same network in software alone.
  public var software: Software?
  /// Square micrometres by part.
  public var area: [AreaShare]
  /// Published chips, and this total over theirs.
  public var published: [Comparison]?

  /// An RV32 core alone.
  public struct Software: Sendable, Equatable, Codable {
    /// Core clock cycles.
    public var cycles: Double
    /// Joules.
    public var joules: Estimate
  }

  /// A published chip.
  public struct Comparison: Sendable, Equatable, Codable {
    /// Authors or name, year, what ran on it.
    public var chip: String
    /// Its process.
    public var process: String
    /// Whether the figure was read in an abstract, a caption or a table page alone.
    public var isAbstractOnly: Bool
    /// What is in the figure.
    public var scope: String
    /// Its best and its worst figure: femtojoules a multiplication, or joules an answer.
    public var figures: [Double]
    /// Of the figures.
    public var unit: String
    /// The nominal total over each of them.
    public var ratios: [Double]
  }

  /// What an inference takes.
  /// - Parameters:
  ///   - account: of one inference.
  ///   - multiplications: of one inference.
  ///   - software: the same network on a core alone.
  ///   - chip: what the arrays and their periphery are.
  ///   - technology: the process.
  public init(
    inference account: EnergyAccount, multiplications: Double, software: SoftwareNetwork, on chip: ChipConfiguration,
    in technology: Technology
  ) {
    self.init(account, of: "inference", on: chip, in: technology)
    let energy = totalJoules / multiplications
    self.multiplications = multiplications
    femtojoulesPerMAC = energy * 1e15
    teraopsPerWatt = (energy * (1e12 / 2)).inverse
    self.software = Software(cycles: software.cycles, joules: software.joules(in: technology))
    published = PublishedChip.all.map { Comparison($0, energy: energy.nominal, total: totalJoules.nominal) }
  }

  /// What a training takes for each sequence, updates and their verifying included.
  public init(training account: EnergyAccount, on chip: ChipConfiguration, in technology: Technology) {
    self.init(account, of: "training sequence", on: chip, in: technology)
  }

  private init(_ account: EnergyAccount, of: String, on chip: ChipConfiguration, in technology: Technology) {
    precondition(account.hasController, "without a controller it is a part of a system")
    self.technology = technology.rawValue
    self.of = of
    energy = account.shares
    totalJoules = account.total
    area = AreaAccount(chip, in: technology).shares
  }
}

extension SystemReport.Comparison {
  fileprivate init(_ chip: PublishedChip, energy: Double, total: Double) {
    self.chip = chip.name
    process = chip.process
    isAbstractOnly = chip.isAbstractOnly
    scope = chip.scope
    switch chip.energy {
    case .femtojoulesPerMAC(let range):
      unit = "fJ a multiplication"
      figures = [range.lowerBound, range.upperBound]
      ratios = figures.map { energy * 1e15 / $0 }
    case .joulesPerInference(let joules):
      unit = "J an answer"
      figures = [joules]
      ratios = [total / joules]
    }
  }
}

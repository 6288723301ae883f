import Board
import Crossbar
import FixedPoint
import Testing

@testable import Tasks

@Suite("The fidelity ledger")
struct FidelityTests {
  private let ledger = FidelityLedger()

  private func entries(_ title: String) throws -> [FidelityLedger.Entry] {
    try #require(ledger.sections.first { $0.title.hasPrefix(title) }).entries
  }

  @Test("Every entry says what it stands on, and from where; no two of a section have a name")
  func whole() {
    for section in ledger.sections {
      #expect(!section.entries.isEmpty, "\(section.title)")
      #expect(Set(section.entries.map(\.name)).count == section.entries.count, "\(section.title)")
      for entry in section.entries { #expect(!entry.standing.source.isEmpty, "\(section.title): \(entry.name)") }
    }
    #expect(Set(ledger.omissions.map(\.name)).count == ledger.omissions.count)
    #expect(ledger.omissions.allSatisfy { !$0.consequence.isEmpty })
  }

  @Test("Every property of a chip, device, parameter, circuit, technology and published chip is in it")
  func complete() throws {
    #expect(try entries("Properties of a chip").map(\.name) == ChipConfiguration.properties.names)
    #expect(try entries("Activation circuits").map(\.name) == ActivationKind.allCases.map(\.rawValue))
    for device in Device.catalog {
      let names = device.device.parameters.map(\.name) + device.device.tables.map(\.name)
      #expect(try entries("Device \(device.name)").map(\.name) == names)
    }
    for technology in Technology.allCases {
      #expect(
        try entries("Technology \(technology.title)").map(\.name) == TechnologyConstant.allCases.map(\.rawValue))
    }
  }

  @Test("Parameters that stand on something else than their set are parameters of it")
  func chosen() throws {
    #expect(Device.catalog.first { $0.name == "measured" }?.standing(of: "pulse-time").kind == .assumed)
    #expect(Device.catalog.first { $0.name == "measured" }?.standing(of: "set-table").kind == .measured)
    #expect(Device.catalog.first { $0.name == "neurosim-taox" }?.standing(of: "pulse-time").kind == .measured)
    for device in Device.catalog {
      let names = Set(device.device.parameters.map(\.name) + device.device.tables.map(\.name))
      #expect(Set(device.chosenNames).isSubset(of: names), "\(device.name)")
    }
  }

  @Test("What textbooks and habit say is told as assumed, what papers say with their names")
  func standings() {
    for technology in Technology.allCases {
      for constant in [
        TechnologyConstant.amplifierBranches, .compensation, .currentEfficiency, .pulsePump, .pulseLinear,
      ] {
        #expect(technology.entry(of: constant).standing.kind == .assumed, "\(constant)")
      }
      #expect(technology.entry(of: .controllerCycle).standing.source.contains("phoeniX"))
      #expect(technology.entry(of: .adcStep).standing.source.contains("Murmann"))
    }
    #expect(PublishedChip.all.filter { !$0.isAbstractOnly }.map(\.name) == ["NeuRRAM core"])
  }

  @Test("The constants by node are those of their sources")
  func nodes() {
    let expected: [TechnologyConstant: [Double]] = [
      .adcStep: [40, 35, 15, 10, 8], .controllerCycle: [230, 75, 25, 7, 4], .digitalScale: [15, 5.1, 1.65, 0.42, 0.25],
      .supply: [1.8, 1.8, 1.2, 0.9, 0.85],
    ]
    for (constant, values) in expected {
      #expect(Technology.allCases.map { $0.entry(of: constant).value.nominal } == values, "\(constant)")
    }
  }

  @Test("Area: 12-bit ADCs at 130 nm by the published regression, cells by F², and parts by what they are for")
  func area() throws {
    var chip = ChipConfiguration(tiles: [.init(wordLines: 25, bitLines: 64)])
    let area = AreaAccount(chip, in: .nm130)
    func part(_ part: AreaPart) throws -> Estimate {
      try #require(area.shares.first { $0.part == part }).squareMicrometres
    }
    // exp(0.99328·ln 130 + 0.18072·ln 5·10⁶ + 0.29912·ln 75.568 + 1.34619) = 28 600 µm²
    #expect(try abs(part(.converters).nominal / (64 * 28_622) - 1) < 0.01)
    #expect(try abs(part(.transposedConverters).nominal / part(.converters).nominal - 25.0 / 64) < 1e-9)
    #expect(try abs(part(.cells).nominal - 2 * 1600 * 48 * 0.0169) < 1e-6)
    #expect(try abs(part(.amplifiers).nominal - 64 * 350) < 1e-6)
    #expect(try abs(part(.drivers).nominal - 25 * 438 * 3.25) < 1e-6)
    #expect(try abs(part(.residualMemory).nominal - 32 * 1600 * 155 * 0.0169) < 1e-6)
    // Word lines: ¼ · 10 kΩ / 64 = 39 Ω, 76.8 µm of 3 kΩ·µm; three switches of 4F.
    let wordLines = 25 * 3 * 76.8 * 0.52
    let bitLines = 64 * 3 * 30.0 * 0.52
    #expect(try abs(part(.pulseDrivers).nominal - (wordLines + bitLines)) < 1e-6)
    let parts = ([nil] + AreaPart.Purpose.allCases).map { area.area(for: $0).nominal }
    #expect(abs(parts.reduce(0, +) / area.total.nominal - 1) < 1e-12 && parts.allSatisfy { $0 > 0 })
    chip.synapse = .differential
    let pairs = AreaAccount(chip, in: .nm130)
    #expect(abs(pairs.shares[0].squareMicrometres.nominal * 2 - area.shares[0].squareMicrometres.nominal) < 1e-6)
  }
}

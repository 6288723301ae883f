import Board
import Crossbar
import Files
import FixedPoint
import RV32

/// What of the model is exact, measured, computed or assumed, and what is not modelled: gathered from where each of it
/// stands in the sources.
package struct FidelityLedger: Sendable {
  /// An effect or a constant.
  package struct Entry: Sendable, Equatable {
    package let name: String
    /// How an effect is modelled, or what a constant means.
    package let meaning: String
    /// Numbers; empty for an effect and for a name.
    package var low = ""
    package var value = ""
    package var high = ""
    package var unit = ""
    package let standing: Standing
  }

  /// Entries of one kind.
  package struct Section: Sendable, Equatable {
    package let title: String
    package let entries: [Entry]
  }

  /// In the order of the model: effects, the chip, devices, circuits, controller, technologies.
  package let sections: [Section]
  /// What is not modelled, by name; what a device's model leaves out under the device's.
  package let omissions: [Omission]

  /// Of this product.
  package init() {
    sections =
      [
        Section(title: "Effects in the arrays", entries: CrossbarArray.effects.map(Entry.init)),
        Section(title: "Effects around the arrays", entries: Chip.effects.map(Entry.init)),
        Section(title: "Electrical design", entries: Chip.constants.map(Entry.init)),
        Section(title: "Properties of a chip, as they are when nothing is said", entries: Self.chip),
        Section(title: "Activation circuits", entries: ActivationKind.allCases.map(Entry.init)),
        Section(title: "Controller", entries: Self.controller),
      ]
      + Device.catalog.map { Section(title: "Device \($0.name)", entries: Self.parameters(of: $0)) }
      + Technology.allCases.map { technology in
        Section(
          title: "Technology \(technology.title)",
          entries: TechnologyConstant.allCases.map { Entry($0, technology.entry(of: $0)) })
      }
      + [Section(title: "Published chips", entries: PublishedChip.all.map(Entry.init))]
    omissions = CrossbarArray.omissions + Chip.omissions + Self.systemOmissions + Self.deviceOmissions
  }

  private static var chip: [Entry] {
    let usual = ChipConfiguration.properties.usual
    return ChipConfiguration.stated.map { property, standing in
      let value = property[usual]
      return Entry(
        name: property.name, meaning: property.meaning, value: property.written(value),
        unit: value.number == nil ? "" : property.unit.symbol, standing: standing)
    }
  }

  private static func parameters(of device: Device.Published) -> [Entry] {
    device.device.parameters.map { parameter in
      Entry(
        name: parameter.name, meaning: parameter.meaning, value: parameter.described,
        standing: device.standing(of: parameter.name))
    }
      + device.device.tables.map { table in
        Entry(
          name: table.name, meaning: table.meaning, value: "\(table.table.points.count) points",
          standing: device.standing(of: table.name))
      }
  }

  private static var controller: [Entry] {
    [
      Entry(
        name: "instructions", meaning: "RV32IMAC, traps, CSRs; every access in its order.",
        standing: .exact("the RISC-V specification; 77 of 77 programs of riscv-tests")),
      Entry(
        name: "cycles of instructions", meaning: "A table of classes, one-cycle memory; loads of WAIT stall.",
        standing: .computed("Ibex documentation, Pipeline Details")),
      Entry(
        name: "software alone", meaning: "Cycles of the same network without a chip.",
        standing: SoftwareNetwork.standing),
    ]
  }

  private static let systemOmissions = [
    Omission("leakage and standby of circuits", "Energy of a chip that waits between sequences is not counted."),
    Omission("clock tree, references, charge pumps at rest", "Energy and area are those of circuits that act."),
    Omission("links off the chip", "Sequences and weights arrive without energy."),
    Omission("routing, pads and digital logic", "Area is that of arrays and their periphery."),
  ]

  private static var deviceOmissions: [Omission] {
    Device.Kind.allCases.map { kind in
      let first = Device.catalog.first { type(of: $0.device.model).kind == kind }
      guard let first else { preconditionFailure("a kind without a published set") }
      return Omission("of \(kind)", first.device.leavesOut)
    }
  }
}

extension FidelityLedger.Entry {
  fileprivate init(_ effect: ModelledEffect) {
    self.init(name: effect.name, meaning: effect.model, standing: effect.standing)
  }

  fileprivate init(_ constant: (name: String, value: Int, unit: String, standing: Standing)) {
    self.init(
      name: constant.name, meaning: "", value: "\(constant.value)", unit: constant.unit, standing: constant.standing)
  }

  fileprivate init(_ kind: ActivationKind) {
    self.init(
      name: kind.rawValue, meaning: "Largest error on |z| ≤ 8: \(kind.largestError).",
      standing: .exact("\(kind.source); rounded as the registers hold it"))
  }

  fileprivate init(_ constant: TechnologyConstant, _ entry: TechnologyEntry) {
    func text(_ value: Double) -> String { DecimalText.shortest(value, decimals: 4) }
    self.init(
      name: constant.rawValue, meaning: constant.meaning, low: text(entry.value.low), value: text(entry.value.nominal),
      high: text(entry.value.high), unit: constant.unit, standing: entry.standing)
  }

  fileprivate init(_ chip: PublishedChip) {
    func text(_ value: Double) -> String { DecimalText.shortest(value, decimals: 4) }
    let numbers =
      switch chip.energy {
      case .femtojoulesPerMAC(let range): (text(range.lowerBound), text(range.upperBound), "fJ a multiplication")
      case .joulesPerInference(let joules): (text(joules * 1e6), text(joules * 1e6), "µJ an answer")
      }
    self.init(
      name: chip.name,
      meaning: "\(chip.process), bits \(chip.bits), \(chip.scope)"
        + (chip.isAbstractOnly ? "; only an abstract, a caption or a table page was readable" : ""),
      low: numbers.0, high: numbers.1, unit: numbers.2, standing: chip.standing)
  }
}

// For machines.
extension FidelityLedger {
  /// Sections with their entries, and what is not modelled.
  package var json: JSON {
    .object([
      .init("sections", .array(sections.map(\.json))),
      .init(
        "notModelled",
        .array(
          omissions.map { .object([.init("name", .string($0.name)), .init("consequence", .string($0.consequence))]) })
      ),
    ])
  }
}

extension FidelityLedger.Section {
  fileprivate var json: JSON {
    .object([.init("title", .string(title)), .init("entries", .array(entries.map(\.json)))])
  }
}

extension FidelityLedger.Entry {
  fileprivate var json: JSON {
    let texts = [("low", low), ("value", value), ("high", high), ("unit", unit)].filter { !$0.1.isEmpty }
    return .object(
      [.init("name", .string(name)), .init("meaning", .string(meaning))] + texts.map { .init($0.0, .string($0.1)) }
        + [.init("standing", .string(standing.kind.rawValue)), .init("source", .string(standing.source))])
  }
}

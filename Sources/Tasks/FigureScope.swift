import Board
import Crossbar

/// What figures leave out, in words: said once, for reports and for captions.
package enum FigureScope {
  /// Of the model, whatever the chip.
  package static let model = "ideal wires, no ageing"

  /// `seed 1, ideal wires, no ageing, no noise, c2c 5 %`: what the figures of a chip contain.
  package static func caption(_ chip: ChipConfiguration) -> String {
    let others = ChipConfiguration.properties.written(of: chip).filter { !$0.isAlwaysWritten }
      .map { "\($0.name) \($0.described($0[chip]))" }
    return (["seed \(chip.seed)", model] + (chip.variation.readNoise == 0 ? ["no read noise"] : []) + others)
      .joined(separator: ", ")
  }

  /// How the controller's computing is in times.
  package enum Computing {
    /// As the RV32 core has taken for it.
    case measured
    /// By the account that `ControllerCosts` gives.
    case accounted
    case missing

    fileprivate var text: String {
      switch self {
      case .measured: "time: arrays, bus and the controller's instructions"
      case .accounted:
        "time: arrays, bus and the controller, whose part is an account of its RV32 binary (--core rv32 runs it)"
      case .missing: "time: arrays and bus, without the controller's computing"
      }
    }
  }

  /// What times, energies and variations of a report are not, a line each.
  package static func lines(of chip: ChipConfiguration, computing: Computing) -> [String] {
    [
      "wires: ideal; ageing: none",
      computing.text,
      "energy: dissipated in the arrays, without converters, amplifiers, drivers and controller",
    ]
      + (chip.variation.deviceToDevice > 0 || chip.variation.cycleToCycle > 0
        ? ["variation: of a pulse's dose, which reading and pulsing again undoes; not of a conductance as it is read"]
        : [])
  }
}

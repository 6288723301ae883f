import Board
import Crossbar
import Files

/// What a point of a sweep can have of its own.
package struct SweepSetting: Sendable, Equatable {
  package var chip: ChipConfiguration
  package var programming: ProgrammingSettings
  /// Of a trained network only the activation circuits count.
  package var training: TrainingOptions
  /// What the controller runs on, where its time counts.
  package var core: ControllerCore

  package init(
    chip: ChipConfiguration = ChipConfiguration(tiles: []), programming: ProgrammingSettings = ProgrammingSettings(),
    training: TrainingOptions = TrainingOptions(), core: ControllerCore = .native
  ) {
    self.chip = chip
    self.programming = programming
    self.training = training
    self.core = core
  }

  /// The axes of a sweep that programs a trained network.
  package static let inference = PropertyTable(
    usual: SweepSetting(),
    common + TrainingOptions.properties.properties.filter { $0.name == "activation" }.map(trained))

  /// The axes of a sweep that trains; lags are a matter of the data.
  package static let training = PropertyTable(
    usual: SweepSetting(), common + TrainingOptions.properties.properties.filter { $0.name != "lags" }.map(trained))

  /// The axes of a sweep that compares ways to write updates.
  package static let updates = PropertyTable(
    usual: SweepSetting(),
    chips + UpdateComparison.settings.properties.filter { $0.name != "lags" }.map(trained))

  /// The axes of a sweep that tells what training costs.
  package static let costs = PropertyTable(
    usual: SweepSetting(),
    training.properties.filter { !["test-every", "select"].contains($0.name) } + [
      Property("core", \SweepSetting.core, "What the controller runs on")
    ])

  /// Every axis that there is.
  package static let every = PropertyTable(
    usual: SweepSetting(), training.properties + costs.properties.filter { training.named($0.name) == nil })

  private static let chips =
    ([ChipConfiguration.doseVariation] + ChipConfiguration.properties.properties.filter { $0.name != "seed" })
    .map { $0.at(\SweepSetting.chip) }

  private static let common =
    chips + ProgrammingSettings.properties.properties.map { $0.at(\SweepSetting.programming) }

  private static func trained(_ property: Property<TrainingOptions>) -> Property<SweepSetting> {
    property.at(\SweepSetting.training)
  }

  /// Makes it that of a point. What is relative to another axis comes behind it, in the order of the table.
  /// - Precondition: axes have names of the table and values that it has read.
  mutating func apply(_ point: SweepPlan.Point, of plan: SweepPlan) {
    chip.seed = point.seed
    for property in Self.every.properties {
      guard let axis = plan.axes.firstIndex(where: { $0.name == property.name }) else { continue }
      do throws(PropertyProblem) {
        try property.set(property.value(of: point.values[axis]), of: &self)
      } catch {
        preconditionFailure("\(error)")
      }
    }
  }

  /// That of a point.
  func at(_ point: SweepPlan.Point, of plan: SweepPlan) -> SweepSetting {
    var setting = self
    setting.apply(point, of: plan)
    return setting
  }

  /// What is done at every point of a sweep that trains.
  /// - Parameters:
  ///   - what: the set's name and the kind of sweep first.
  ///   - files: whose content the results depend on.
  func subject(_ what: String, files: [String]) throws(InputError) -> String {
    "\(what) \(try SweepPlan.checksums(of: files)) \(TrainingOptions.properties.text(of: training))"
      + " \(ProgrammingSettings.properties.text(of: programming)) \(SweepPlan.base(chip))"
  }
}

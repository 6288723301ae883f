import Board
import Crossbar

/// What a point of a sweep can have of its own.
package struct SweepSetting: Sendable, Equatable {
  package var chip: ChipConfiguration
  package var programming: ProgrammingSettings
  /// Of a trained network only the activation circuits count.
  package var training: TrainingOptions

  package init(
    chip: ChipConfiguration = ChipConfiguration(tiles: []), programming: ProgrammingSettings = ProgrammingSettings(),
    training: TrainingOptions = TrainingOptions()
  ) {
    self.chip = chip
    self.programming = programming
    self.training = training
  }

  /// The axes of a sweep that programs a trained network.
  package static let inference = PropertyTable(
    usual: SweepSetting(),
    common + TrainingOptions.properties.properties.filter { $0.name == "activation" }.map(trained))

  /// The axes of a sweep that trains; lags are a matter of the data.
  package static let training = PropertyTable(
    usual: SweepSetting(), common + TrainingOptions.properties.properties.filter { $0.name != "lags" }.map(trained))

  /// Every axis that there is: those of training have those of inference among them.
  static var every: PropertyTable<SweepSetting> { training }

  private static let common =
    ([ChipConfiguration.doseVariation] + ChipConfiguration.properties.properties.filter { $0.name != "seed" })
    .map { $0.at(\SweepSetting.chip) }
    + ProgrammingSettings.properties.properties.map { $0.at(\SweepSetting.programming) }

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
}

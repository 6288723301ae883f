import Board
import Crossbar

/// What the head of a report says of a chip: what it always names, then what is not as usual.
enum ChipText {
  /// What has a place of its own in the head.
  private static let named = ["seed", "synapse", "device", "dac-bits", "adc-bits", "read-noise"]

  /// `DAC 8 bits, … seed 1`, and a line for what else is not as usual.
  static func converters(_ chip: ChipConfiguration) -> String {
    let variation = max(chip.variation.deviceToDevice, chip.variation.cycleToCycle)
    return "DAC \(chip.dacBits) bits, ADC \(chip.adcBits) bits, read noise \(percent(chip.readNoiseShare, 1)), "
      + "variation \(percent(variation, 1)), seed \(chip.seed)" + rest(chip)
  }

  private static func rest(_ chip: ChipConfiguration) -> String {
    let table = ChipConfiguration.properties
    let isOneVariation = chip.variation.deviceToDevice == chip.variation.cycleToCycle
    let doses = ["d2d", "c2c"]
    let items = table.properties.filter { property in
      doses.contains(property.name)
        ? !isOneVariation : !table.isUsual(property, in: chip) && !named.contains(property.name)
    }
    return items.isEmpty ? "" : "\n" + items.map { "\(spaced($0.name)) \(value($0, of: chip))" }.joined(separator: ", ")
  }

  /// `stuck-lrs` → `stuck LRS`.
  private static func spaced(_ name: String) -> String {
    name.split(separator: "-").map { ["lrs", "hrs", "adc", "dac", "inl"].contains($0) ? $0.uppercased() : String($0) }
      .joined(separator: " ")
  }

  private static func value(_ property: ChipProperty, of chip: ChipConfiguration) -> String {
    property.unit == .share ? percent(property[chip].number ?? 0) : property.described(property[chip])
  }
}

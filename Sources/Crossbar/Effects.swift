/// What the arrays model, and what they leave out. What a device's model leaves out stands with the device.
extension CrossbarArray {
  /// In the order of a cell's life: read, written, disturbed, dissipating.
  public static let effects = [
    ModelledEffect(
      "product of a read", .exact("Ohm's and Kirchhoff's laws in integers"),
      "Σ µV · pS over the driven lines, attoamperes, without rounding; conductances in steps of a 15-bit code."),
    ModelledEffect(
      "reference resistor", .assumed("ideal: the middle of the device's range, beside every cell"),
      "Subtracted from every cell of a synapse against a reference; its own spread and temperature are not there."),
    ModelledEffect(
      "read noise", .assumed("normal and white, of one σ whatever the conductance; 0.4 % of G_max measured on 1T1R"),
      "One draw for each line and read, with the variance of all driven cells together."),
    ModelledEffect(
      "dose of a pulse", .computed("each device's own law, named with it"),
      "Rate at the amplitude times the width; two pulses of one width do what one of twice the width does."),
    ModelledEffect(
      "half-selected cells", .computed("V/2 scheme: ideal lines and drivers"),
      "Half of the amplitude on the other cells of the word line and of each pulsed bit line, for as long as it is pulsed."
    ),
    ModelledEffect(
      "spread from device to device and from pulse to pulse",
      .assumed("normal factors on the dose, on thresholds and on bounds, drawn independently, not below a twentieth"),
      "Of rate, threshold and conductance range, once a cell; of dose, once a pulse."),
    ModelledEffect(
      "stuck cells",
      .measured(
        "1.75 % at low and 9.04 % at high resistance: Chen et al., IEEE TC 2015, and sources disagree which is which; off by default"
      ),
      "Drawn once a cell, evenly over the array; a stuck cell never moves."),
    ModelledEffect(
      "energy of the arrays", .exact("integers of 10⁻³³ J, from conductances before the pulse or at the read"),
      "Σ V²·G·t of selected and of half-selected cells, and of driven lines with the references beside their cells."),
  ]

  /// By name, so that nobody looks for them in a result.
  public static let omissions = [
    Omission("wire resistance", "Cells far from the drivers read low and get less of a pulse (IR drop)."),
    Omission(
      "capacitance of lines in time", "Lines settle at once; with some ten picoseconds they are never the limit."),
    Omission("sneak currents", "None in the V/2 scheme with driven lines; floating lines are not modelled."),
    Omission("leakage of unselected cells", "An offset of each column in a 1T1R array, 1 to 100 pA a cell."),
    Omission("relaxation and drift", "A conductance stays as its last pulse left it."),
    Omission("retention", "Nothing is forgotten, at any temperature."),
    Omission("endurance", "No pulse wears a cell."),
    Omission("read disturb", "No read moves a cell."),
    Omission("random telegraph noise and 1/f noise", "Read noise is white."),
    Omission("non-linear I–V", "A conductance is the same at every read voltage."),
    Omission("temperature", "Devices and circuits are those of one temperature."),
    Omission("compliance and line current", "Any number of cells of a word line are pulsed at once, at full voltage."),
    Omission("open and shorted lines", "Faults are single cells."),
  ]
}

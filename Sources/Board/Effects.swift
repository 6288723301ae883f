import Crossbar
import Registers

/// What the chip around the arrays models, and what it leaves out.
extension Chip {
  /// From the DACs to the bus.
  public static let effects = [
    ModelledEffect(
      "DAC", .computed("offset and a parabola of integral non-linearity, the same of every DAC"),
      "Code · LSB + offset + INL, microvolts; the LSB is rounded to a microvolt."),
    ModelledEffect(
      "transimpedance amplifier", .assumed("ideal but for its rails and its bandwidth"),
      "Current times FEEDBACK, rounded to 25 µV, limited to ± 819.2 mV."),
    ModelledEffect(
      "activation circuits", .computed("ideal amplifiers: each piecewise-linear circuit as its registers have it"),
      "Segments, offsets and rails in 16 bits, behind the columns and at the scalar port."),
    ModelledEffect(
      "ADC", .computed("ideal quantiser with offset and gain drawn for each; TRIM takes them back"),
      "Rounded to a code, limited to the range; no differential or integral non-linearity, no noise of its own."),
    ModelledEffect(
      "settling", .computed("one pole: `bandwidth` over the noise gain of the line; by default at once"),
      "1 − e^(−2π·GBW·t/NG) of the output where ADCs sample, SETTLE cycles after the lines are driven."),
    ModelledEffect(
      "supplies", .exact("specified: order, WAKE_UP, brown-out, loss of power with the dose given until then"),
      "References settle after WAKE_UP; what is under way ends with the effect that it has had."),
    ModelledEffect(
      "bus", .exact("specified: an access a cycle, WAIT stalls its master"),
      "Every access, its value, its order and its cycle; every refusal."),
    ModelledEffect(
      "flash", .exact("specified: pages, endurance, a torn page"),
      "Erases and writes in time, also cut by a loss of power."),
    ModelledEffect(
      "windows and cell unit", .exact("specified; none by default: `features`"),
      "Codes, states and outputs as the controller works them out; the unit holds the bus for two cycles a cell, and four."
    ),
  ]

  /// By name.
  public static let omissions = [
    Omission("offset of the amplifiers", "V_os times the noise gain of the column, which follows its weights."),
    Omission("ADC non-linearity", "DNL and INL of a capacitor array, ± 0.5 to 2 LSB of typical parts."),
    Omission("resistor spread", "FEEDBACK is the same behind every column."),
    Omission("supply and reference noise", "References are exact once they are settled."),
    Omission("current limits of drivers", "Any load is driven to its voltage."),
    Omission("clock domains and jitter", "One clock, without jitter."),
    Omission(
      "windows and cell unit", "Of `features`, area and the energy of registers; products and circuits are counted."),
    Omission("package and board", "Links off the chip take no time and no energy."),
  ]

  /// Constants of the electrical design.
  public static let constants: [(name: String, value: Int, unit: String, standing: Standing)] = [
    ("core clock", Electrical.clockHertz, "Hz", .assumed("a round figure for a microcontroller beside the array")),
    ("cycles of a step of a pulse width", Electrical.cyclesPerPulseStep, "cycles", .assumed("20 ns a step")),
    ("amplitude after reset", Electrical.pulseMillivolts, "mV", .assumed("half of it is below vteam's threshold")),
    ("erase width after reset", Electrical.eraseSteps, "steps", .computed("takes vteam through its range")),
    ("highest amplitude", Electrical.largestMillivolts, "mV", .exact("12 bits of AMPLITUDE")),
    ("longest pulse", Electrical.largestSteps, "steps", .exact("16 bits")),
    ("transimpedance after reset", Electrical.feedbackOhms, "Ω", .assumed("firmware writes its own")),
    (
      "voltage of the largest DAC code", Electrical.readMicrovolts, "µV",
      .assumed("below every threshold; 0.2 V is usual")
    ),
    ("step of the analog scale", AnalogScale.microvoltsPerStep, "µV", .exact("±819.2 mV in 16 bits")),
    ("1 at the input of a circuit", AnalogScale.unitMicrovolts, "µV", .exact("Q3.12 of the scale")),
    ("REFERENCE", AnalogScale.referenceMicrovolts, "µV", .exact("½ of Q0.15 of the scale")),
  ]
}

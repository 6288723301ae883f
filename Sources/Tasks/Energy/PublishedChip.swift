import Crossbar

/// A published chip to hold an account against.
public struct PublishedChip: Sendable, Equatable {
  /// Authors or name, year, what ran on it.
  public let name: String
  /// Its process.
  public let process: String
  /// Bits of inputs, weights and outputs.
  public let bits: String
  /// What is published of its energy.
  public let energy: Energy
  /// From best to worst of what is published.
  public enum Energy: Sendable, Equatable {
    /// Femtojoules of a multiplication with its addition.
    case femtojoulesPerMAC(ClosedRange<Double>)
    /// Joules of an answer of its own network.
    case joulesPerInference(Double)
  }

  /// What is in the figure, as far as the source says.
  public let scope: String
  /// Whether the figure was read in an abstract, a caption or a table page alone.
  public let isAbstractOnly: Bool
  /// What the figure stands on.
  public let standing: Standing

  private init(
    _ name: String, _ process: String, _ bits: String, _ energy: Energy, _ scope: String,
    isAbstractOnly: Bool = true, _ standing: Standing
  ) {
    self.name = name
    self.process = process
    self.bits = bits
    self.energy = energy
    self.scope = scope
    self.isAbstractOnly = isAbstractOnly
    self.standing = standing
  }

  /// In the order of their kind: LSTMs on memristors, on PCM, single cores, SRAM, digital.
  public static let all = [
    PublishedChip(
      "Yang 2025, LSTM for keywords, NL-ADC", "16 nm, calculated from measured arrays", "5 to 8",
      .femtojoulesPerMAC(65...500),
      "system as calculated", .computed("Yang et al., Nature Communications 2025, Table 1")),
    PublishedChip(
      "Yang 2025, LSTM for PTB", "16 nm, calculated from measured arrays", "5 to 8", .femtojoulesPerMAC(42...280),
      "system as calculated",
      .computed("Yang et al., Nature Communications 2025, Table 1")),
    PublishedChip(
      "Ambrogio 2023, RNN-T on 34 tiles", "14 nm PCM", "8/analog/8", .femtojoulesPerMAC(160...290),
      "chip; sustained peak is the best",
      .measured("Ambrogio et al., Nature 2023, abstract, and as Yang 2025 lists it")),
    PublishedChip(
      "HERMES, 64 cores and one core", "14 nm PCM", "8/analog/8", .femtojoulesPerMAC(190...1000), "chip and core",
      .measured("HERMES, abstracts; its LSTM as Yang 2025 lists it")),
    PublishedChip(
      "NeuRRAM core", "130 nm", "4/4/6 to 8/4/8", .femtojoulesPerMAC(52...125),
      "neurons and word lines; array and drivers come on top",
      isAbstractOnly: false, .computed("Wan et al., Nature 2022, by CiMLoop's component tables")),
    PublishedChip(
      "SRAM analog LSTM", "65 nm", "1 to 5", .femtojoulesPerMAC(15...60), "macro", .measured("arXiv 2512.06362")),
    PublishedChip(
      "digital LSTM chips", "65 nm", "8 to 16", .femtojoulesPerMAC(800...1800), "chip; one of them 225",
      .measured("Yang et al., Nature Communications 2025, Table 1")),
    PublishedChip(
      "ReRAM with digital LSTM for keywords", "not told", "5/analog/6", .joulesPerInference(25e-6), "a decision",
      .computed("a study of 2021, abstract")),
  ]
}

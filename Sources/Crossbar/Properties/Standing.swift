/// What a figure of the model stands on, and the source of it.
public struct Standing: Sendable, Equatable {
  /// How far a figure can be relied on.
  public enum Kind: String, Sendable, CaseIterable {
    /// A number of the digital design, the same in every part.
    case exact
    /// Published of real devices.
    case measured
    /// Follows from other figures by the model, or from a run of the emulated chip.
    case computed
    /// Chosen, with no measurement behind it.
    case assumed

    /// In words, without the name.
    public var meaning: String {
      switch self {
      case .exact: "a number of the digital design, the same in every part"
      case .measured: "published of real devices"
      case .computed: "follows from other figures by the model, or from a run of the emulated chip"
      case .assumed: "chosen; no measurement stands behind it"
      }
    }
  }

  /// How far it can be relied on.
  public let kind: Kind
  /// Paper, program, data sheet or rule that it comes from; of an assumption, why this one.
  public let source: String

  private init(_ kind: Kind, _ source: String) {
    self.kind = kind
    self.source = source
  }

  /// A number of the design. - Parameter source: where the design says it.
  public static func exact(_ source: String) -> Standing { Standing(.exact, source) }
  /// - Parameter source: who measured it, on what.
  public static func measured(_ source: String) -> Standing { Standing(.measured, source) }
  /// - Parameter source: from what, and how.
  public static func computed(_ source: String) -> Standing { Standing(.computed, source) }
  /// - Parameter source: why this value.
  public static func assumed(_ source: String) -> Standing { Standing(.assumed, source) }
}

/// Something that the model does as a real part would, or nearly.
public struct ModelledEffect: Sendable {
  /// What it is: `half-selected cells`.
  public let name: String
  /// How it is modelled, in a sentence.
  public let model: String
  /// What the model stands on.
  public let standing: Standing

  /// An effect and what its model stands on.
  public init(_ name: String, _ standing: Standing, _ model: String) {
    self.name = name
    self.model = model
    self.standing = standing
  }
}

/// Something that a real part has and the model has not.
public struct Omission: Sendable {
  /// What it is: `wire resistance`.
  public let name: String
  /// What it would do to results, in a sentence.
  public let consequence: String

  /// An omission.
  public init(_ name: String, _ consequence: String) {
    self.name = name
    self.consequence = consequence
  }
}

import FixedPoint

/// What one weight is owed, and how many writes in a row have not moved it, in a word.
///
/// Bits 27:0 are the residual, 31:28 the count. With the count at its end bit 0 says that the weight is given up, and is no
/// part of the residual.
public struct CellDebt: Sendable, Equatable {
  /// As `exportState` sends it.
  public var word: UInt32

  /// Writes in a row without movement that the count can hold.
  private static var mostFailures: UInt32 { 15 }
  private static var residualBits: UInt32 { 28 }

  /// What a word of `exportState` says.
  public init(word: UInt32) { self.word = word }

  /// Nothing owed, and no failure.
  public static var none: CellDebt { CellDebt(word: 0) }

  private var failures: UInt32 { word >> Self.residualBits }
  /// Whether bit 0 is the flag.
  private var isAtEnd: Bool { failures == Self.mostFailures }
  /// Those of the residual.
  private var ownBits: UInt32 { (1 << Self.residualBits - 1) & (isAtEnd ? ~1 : ~0) }

  /// Whether sixteen writes in a row have not moved it.
  var isGivenUp: Bool { isAtEnd && word & 1 == 1 }

  /// Where the weight should be, less where it is.
  public var residual: Residual {
    get {
      let raw = Int32(bitPattern: word << (32 - Self.residualBits)) >> Int32(32 - Self.residualBits)
      return Residual(raw: isAtEnd ? raw & ~1 : raw)
    }
    set {
      let limit = Residual(raw: 1 << Int32(Self.residualBits - 1) - 1)
      let raw = UInt32(bitPattern: min(max(newValue, .zero - limit), limit).raw)
      word = word & ~ownBits | raw & ownBits
    }
  }

  /// After a write that has moved it.
  mutating func noteMovement() { word &= ownBits }

  /// After a write that has not moved it: the sixteenth in a row gives the weight up, and forgets what it is owed.
  mutating func noteFailure() {
    if isAtEnd {
      word = Self.mostFailures << Self.residualBits | 1
    } else {
      word += 1 << Self.residualBits
      if isAtEnd { word &= ~1 }
    }
  }

  /// Whether it is time to write.
  /// - Parameter threshold: of a weight that is not given up, which is tried again at half a window.
  func isDue(at threshold: Residual) -> Bool {
    residual.magnitude >= (isGivenUp ? Residual(raw: Residual.one.raw / 2) : threshold)
  }
}

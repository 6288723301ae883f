extension TileRegister {
  /// The circuits behind the columns, two bits each from bit 0.
  public enum Activation {
    /// Columns in a word of `activation`.
    public static let columnsPerWord = 16

    /// The place of column `column`, of all columns, in its word.
    @inlinable
    public static func encode(_ circuit: Circuit, column: Int) -> UInt32 { circuit.rawValue << shift(column) }

    /// - Returns: nil for a code that is no circuit.
    @inlinable
    public static func decode(_ word: UInt32, column: Int) -> Circuit? { Circuit(rawValue: word >> shift(column) & 3) }

    /// Whether every column of a word selects a circuit, also those that a tile does not have.
    @inlinable
    public static func isLegal(_ word: UInt32) -> Bool {
      (0..<columnsPerWord).allSatisfy { decode(word, column: $0) != nil }
    }

    @inlinable
    static func shift(_ column: Int) -> UInt32 { UInt32(truncatingIfNeeded: column % columnsPerWord) * 2 }
  }
}

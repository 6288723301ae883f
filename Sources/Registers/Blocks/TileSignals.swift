extension TileRegister {
  /// Two lines of a word, in the numbers of software.
  static func signals(_ access: Access) -> [Field] {
    [
      Field("EVEN", access, bits: 0...15, signed: true, "Of line 2i."),
      Field("ODD", access, bits: 16...31, signed: true, "Of line 2i + 1."),
    ]
  }
}

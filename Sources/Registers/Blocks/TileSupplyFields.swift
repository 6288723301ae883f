extension TileRegister {
  /// Fields of `supply` and of `supplyState`, in the order in which they come up.
  public enum Supply {
    /// Without it there is no register to read.
    public static var logic: Field { Field("LOGIC", .readOnly, bit: 0, "The registers have theirs.") }
    /// References, amplifiers, converters.
    public static func analog(_ access: Access, bit: UInt32) -> Field {
      Field("ANALOG", access, bit: bit, "References, amplifiers and converters have theirs.")
    }
    /// The drivers of pulses.
    public static func drivers(_ access: Access, bit: UInt32) -> Field {
      Field("DRIVERS", access, bit: bit, "The drivers of pulses have theirs.")
    }
    /// Whether what is converted counts.
    public static var settled: Field {
      Field("SETTLED", .readOnly, bit: 3, "References and amplifiers have had theirs for WAKE_UP cycles.")
    }

    /// The fields of `supply`.
    public static var wanted: (analog: Field, drivers: Field) {
      (analog(.readWrite, bit: 0), drivers(.readWrite, bit: 1))
    }
    /// The fields of `supplyState` that have the same name.
    public static var present: (analog: Field, drivers: Field) {
      (analog(.readOnly, bit: 1), drivers(.readOnly, bit: 2))
    }
  }
}

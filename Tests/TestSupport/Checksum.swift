/// A short name for a long text: FNV-1a of 64 bits (Fowler, Noll and Vo), in hexadecimal.
public func checksum(of text: String) -> String {
  let sum = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  let digits = String(sum, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

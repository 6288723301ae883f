import Files
import Registers

/// An access as a vector has it; a cycle that is not there is not compared.
struct Access: Sendable {
  var transaction: Transaction
  var cycle: UInt64?
}

/// One line of a script.
enum ScriptLine: Sendable {
  case read(UInt32)
  case write(UInt32, UInt32)
  case advance(UInt64)
  case brownOut
}

extension Node {
  /// `W MBX0.DRIVE[0] 0x0000007f`, `R MBX0.SENSE[0]`, `advance 1000` or `brown-out`.
  func scriptLine(_ registers: RegisterText) throws(InputError) -> ScriptLine {
    let words = try string().split(separator: " ", omittingEmptySubsequences: false)
    switch (words.first, words.count) {
    case ("W", 3): return .write(try address(words[1], registers), try word(words[2]))
    case ("R", 2): return .read(try address(words[1], registers))
    case ("advance", 2):
      guard let cycle = UInt64(words[1]), cycle < 1 << 62 else { throw error("'\(words[1])' is not a cycle") }
      return .advance(cycle)
    case ("brown-out", 1): return .brownOut
    default: throw mismatch("'W NAME 0xVALUE', 'R NAME', 'advance CYCLE' or 'brown-out'")
    }
  }

  /// `R MBX0.WAIT 0x00000012`, or the same behind `@105 `.
  func access(_ registers: RegisterText) throws(InputError) -> Access {
    var words = try string().split(separator: " ", omittingEmptySubsequences: false)[...]
    var cycle: UInt64?
    if let first = words.first, first.hasPrefix("@") {
      cycle = UInt64(first.dropFirst())
      guard cycle != nil else { throw error("'\(first)' is not a cycle") }
      words.removeFirst()
    }
    let parts = Array(words)
    guard parts.count == 3, parts[0] == "R" || parts[0] == "W" else {
      throw mismatch("'R NAME 0xVALUE' or 'W NAME 0xVALUE'")
    }
    let transaction = Transaction(
      parts[0] == "R" ? .read : .write, try address(parts[1], registers), try word(parts[2]))
    return Access(transaction: transaction, cycle: cycle)
  }

  private func address(_ name: Substring, _ registers: RegisterText) throws(InputError) -> UInt32 {
    guard let address = registers.address(of: name) else { throw error("there is no register '\(name)'") }
    return address
  }

  private func word(_ text: Substring) throws(InputError) -> UInt32 {
    guard let word = RegisterText.word(text) else { throw error("'\(text)' is not 0x and eight digits") }
    return word
  }
}

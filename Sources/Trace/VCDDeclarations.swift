import Registers

extension ByteText {
  /// The identifier code of a variable: as many of the 94 printable characters as its number needs.
  mutating func append(identifier number: Int) {
    var rest = number
    repeat {
      append(UInt8(truncatingIfNeeded: 33 + rest % 94))
      rest = rest / 94 - 1
    } while rest >= 0
  }

  private mutating func appendOperations(_ name: StaticString, _ operations: [(code: UInt32, name: StaticString)]) {
    append("  ", name, ": 0 idle")
    for operation in operations { append(", ", Int(operation.code), operation.name) }
    append(".\n")
  }

  private mutating func appendErrors(_ name: StaticString, _ fields: [Field]) {
    append("  ", name, " by bit:")
    for field in fields { append(" ", Int(field.lowBit), field.name) }
    append(".\n")
  }

  private mutating func append(_ texts: StaticString...) { for text in texts { append(text) } }

  private mutating func append(_ separator: StaticString, _ number: Int, _ name: StaticString) {
    append(separator)
    append(decimal: number)
    append(" ", name)
  }

  /// Everything before the first time.
  mutating func append(declarationsOf signals: VCDSignals, pulseStep: Int) {
    append("$version mblstm register log $end\n")
    append("$comment\n")
    append(string: "  One cycle is \(Electrical.nanosecondsPerCycle) ns.")
    append(" bus.valid rises for half a cycle as an access returns.\n")
    appendOperations("MBXn.OPERATION", Operation.allCases.map { ($0.rawValue, $0.name) })
    appendErrors("MBX.ERROR", ChipError.fields)
    appendErrors("MBXn.ERROR", TileError.fields)
    appendOperations("FLASH.OPERATION", FlashOperation.allCases.map { ($0.rawValue, $0.name) })
    appendErrors("FLASH.ERROR", FlashError.fields)
    append("  DRIVE_i: DAC code of line i. SENSE_j: ADC code of line j. PULSE_k: pulse width on bit line k, ")
    append(decimal: pulseStep)
    append(" ns.\n")
    append("  These are two's complement.\n")
    if signals.showsReals { appendReals() }
    append("$end\n")
    append("$timescale 1ns $end\n")
    for scope in signals.scopes where scope.numbers.contains(where: { signals.variables[$0].isShown }) {
      append(string: "$scope module \(scope.name) $end\n")
      for number in scope.numbers where signals.variables[number].isShown {
        append(signals.variables[number].unit == nil ? "$var wire " : "$var real ")
        append(string: "\(signals.variables[number].width) ")
        append(identifier: number)
        append(string: " \(signals.variables[number].name) $end\n")
      }
      append("$upscope $end\n")
    }
    append("$enddefinitions $end\n")
  }

  private mutating func appendReals() {
    append("  wordline_volts_i, column_volts_j: what READ and READ_T drive, while they do.\n")
    append("  column_amperes_j, wordline_amperes_i: what they sensed, as they ended.\n")
    append("  pulse_volts: across the selected cells of ROW for the longest PULSE of its sign, + SET, - RESET;\n")
    append("  ERASE gives one to each word line in turn.\n")
  }
}

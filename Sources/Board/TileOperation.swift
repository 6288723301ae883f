import Crossbar
import FixedPoint
import Registers
import Trace

/// A word of `START`, decoded.
struct StartCommand: Sendable {
  var operation: Operation
  var gain: Int
  var isLinear: Bool
  var row: Int

  init?(_ word: UInt32) {
    guard let operation = Operation(rawValue: TileRegister.Start.operation.decode(word)) else { return nil }
    self.operation = operation
    gain = Int(TileRegister.Start.gain.decode(word))
    isLinear = TileRegister.Start.linear.decode(word) == 1
    row = Int(TileRegister.Start.row.decode(word))
  }
}

/// The life of an operation: accepted, under way for its time, finished all at once.
extension Tile {
  /// Accepts a start or says why not.
  mutating func start(_ word: UInt32, cycle: UInt64) -> TileError? {
    guard let command = StartCommand(word) else { return .operation }
    switch command.operation {
    case .programRow, .erase:
      guard !isLocked else { return .locked }
      guard command.operation == .erase || command.row < array.wordLines else { return .index }
    case .read, .readTransposed, .zero, .reference: break
    }
    underWay = command
    operationNumber += 1
    registers.set(TileRegister.Status.operation, of: .status, to: command.operation.rawValue)
    let duration = duration(of: command)
    let limit = UInt64(registers[.watchdog])
    endCycle = cycle + (limit > 0 ? min(duration, limit) : duration)
    refreshStatus()
    return nil
  }

  private func duration(of command: StartCommand) -> UInt64 {
    switch command.operation {
    case .read, .readTransposed, .zero, .reference:
      return timing.conversion
    case .programRow:
      return timing.phase(longest(.set)) + timing.phase(longest(.reset))
    case .erase:
      return UInt64(array.wordLines) * timing.phase(eraseWidth)
    }
  }

  /// The widest pulse of one polarity in `PULSE`.
  private func longest(_ polarity: Polarity) -> PulseSteps {
    (0..<array.bitLines).reduce(.none) { max($0, width(on: $1, polarity)) }
  }

  private func width(on bitLine: Int, _ polarity: Polarity) -> PulseSteps {
    let width = PulseSteps(Int32(Lanes.even(registers[.pulse, bitLine])))
    return max(polarity == .set ? width : -width, .none)
  }

  private var eraseWidth: PulseSteps { PulseSteps(Int32(registers[.eraseWidth])) }

  /// The operation's own view of itself, for the log.
  func description(of command: StartCommand) -> OperationStart {
    let driven: Int
    switch command.operation {
    case .read: driven = array.wordLines
    case .readTransposed: driven = array.columns
    default: driven = 0
    }
    let pulsed = command.operation == .programRow ? array.bitLines : 0
    return OperationStart(
      operation: command.operation, gain: command.gain, isLinear: command.isLinear, row: command.row,
      driveCodes: driveCodes(driven), pulseWidths: (0..<pulsed).map { Lanes.even(registers[.pulse, $0]) })
  }

  private func driveCodes(_ count: Int) -> [Int16] {
    [Int16](unsafeUninitializedCapacity: count) { codes, initialized in
      for line in 0..<count {
        let word = registers[.drive, line / 2]
        codes[line] = line & 1 == 0 ? Lanes.even(word) : Lanes.odd(word)
      }
      initialized = count
    }
  }

  /// Whether the watchdog cuts the operation under way short.
  var isOverdue: Bool {
    guard let underWay, registers[.watchdog] > 0 else { return false }
    return duration(of: underWay) > UInt64(registers[.watchdog])
  }

  /// Ends what is under way: its whole effect happens here, or none of it when the watchdog ended it.
  /// - Returns: nil for an operation that was aborted.
  mutating func finish(_ activation: ActivationUnit) -> StartCommand? {
    guard let command = underWay else { preconditionFailure("nothing is under way") }
    let isAborted = isOverdue
    underWay = nil
    endCycle = .max
    guard !isAborted else {
      _ = raise(.watchdog)
      return nil
    }
    switch command.operation {
    case .read: convert(command, .forward, activation)
    case .readTransposed: convert(command, .transposed, activation)
    case .programRow: programRow(command.row)
    case .erase: erase()
    case .zero: convertConstant(0)
    case .reference: convertConstant(Int32(AnalogScale.reference))
    }
    refreshStatus()
    return command
  }

  // MARK: Conversion

  private mutating func convert(
    _ command: StartCommand, _ direction: ReadDirection, _ activation: ActivationUnit
  ) {
    let drive = drivers.drive(driveCodes(direction == .forward ? array.wordLines : array.columns))
    array.read(drive, direction, into: &currents)
    array.addReadNoise(squares: LineDrivers.squares(drive), operation: operationNumber, to: &currents)
    let nanoseconds = Int64(timing.conversion) * Timing.nanosecondsPerCycle
    counters.readEnergy += array.dissipation(ofRead: drive, direction, nanoseconds: nanoseconds)
    let feedback = ReadChain.Feedback(ohms: Int64(registers[.feedback, command.gain]))
    let isLinear = command.isLinear || direction == .transposed
    var outputs = [Int32](repeating: 0, count: currents.count)
    clearSaturated()
    for line in currents.indices {
      let amplified = ReadChain.amplify(currents[line], feedback)
      switch isLinear ? .linear : circuits[line] {
      case .sigmoid: outputs[line] = Int32(activation.sigmoid(amplified.z).value.raw)
      case .tanh: outputs[line] = Int32(activation.tanh(amplified.z).value.raw)
      case .linear:
        outputs[line] = Int32(amplified.z.raw)
        if amplified.isLimited { markSaturated(line) }
      }
    }
    sense(outputs)
  }

  private mutating func convertConstant(_ steps: Int32) {
    clearSaturated()
    sense(Array(repeating: steps, count: lines))
  }

  private mutating func clearSaturated() {
    isSaturated = false
    for word in 0..<(lines + 31) / 32 { registers[.saturated, word] = 0 }
  }

  private mutating func markSaturated(_ line: Int) {
    isSaturated = true
    registers[.saturated, line / 32] |= 1 << UInt32(line % 32)
  }

  /// Converts voltages in steps of `AnalogScale` into `SENSE`, two codes a word.
  private mutating func sense(_ outputs: [Int32]) {
    counters.reads += 1
    if chain.isIdeal && correctedLines == 0 {
      senseIdeally(outputs)
      return
    }
    for line in outputs.indices {
      let converted = chain.convert(outputs[line], line: line, trim: registers[.trim, line])
      if converted.isLimited { markSaturated(line) }
      setSense(line, converted.code)
    }
  }

  /// The same with ideal converters and untouched trims, by pairs: their range is that of what drives them, so that
  /// nothing is limited here.
  private mutating func senseIdeally(_ outputs: [Int32]) {
    let shift = chain.shift
    let largest = Int32(chain.largestCode)
    registers.withWords(of: .sense) { words in
      for pair in 0..<outputs.count / 2 {
        let even = ReadChain.quantise(outputs[2 * pair], shift: shift, largest: largest)
        let odd = ReadChain.quantise(outputs[2 * pair + 1], shift: shift, largest: largest)
        words[pair] = Lanes.pack(even.code, odd.code)
      }
    }
    if let last = outputs.last, outputs.count & 1 == 1 {
      let converted = ReadChain.quantise(last, shift: shift, largest: largest)
      setSense(outputs.count - 1, converted.code)
    }
  }

  private mutating func setSense(_ line: Int, _ code: Int16) {
    let before = registers[.sense, line / 2]
    registers[.sense, line / 2] =
      line & 1 == 0 ? Lanes.pack(code, Lanes.odd(before)) : Lanes.pack(Lanes.even(before), code)
  }

  /// Lines that an operation converts.
  func sensedLines(_ operation: Operation) -> Int {
    switch operation {
    case .read: array.columns
    case .readTransposed: array.wordLines
    case .zero, .reference: lines
    case .programRow, .erase: 0
    }
  }

  /// What the last conversion left in `SENSE`, for the log.
  func senseCodes(_ count: Int) -> [Int16] {
    (0..<count).map { $0 & 1 == 0 ? Lanes.even(registers[.sense, $0 / 2]) : Lanes.odd(registers[.sense, $0 / 2]) }
  }

  // MARK: Programming

  /// Phase P, then phase N; a phase without pulses takes no time. `PULSE` is cleared.
  private mutating func programRow(_ row: Int) {
    let amplitude = registers[.amplitude]
    for polarity in [Polarity.set, .reset] {
      let strobe = longest(polarity)
      guard strobe > .none else { continue }
      let widths = (0..<array.bitLines).map { width(on: $0, polarity) }
      let field = polarity == .set ? TileRegister.Amplitude.set : TileRegister.Amplitude.reset
      let phase = RowPhase(
        wordLine: row, polarity: polarity, millivolts: Int(field.decode(amplitude)),
        widths: widths.map { timing.nanoseconds($0) }, operation: operationNumber)
      counters.programEnergy += array.apply(phase)
      counters.phases += 1
      counters.programCycles += timing.phase(strobe)
      for width in widths where width > .none {
        counters.pulses += 1
        counters.serialCycles += timing.phase(width)
      }
    }
    for bitLine in 0..<array.bitLines { registers[.pulse, bitLine] = 0 }
  }

  private mutating func erase() {
    let width = eraseWidth
    guard width > .none else { return }
    let millivolts = Int(TileRegister.Amplitude.reset.decode(registers[.amplitude]))
    counters.programEnergy += array.erase(
      millivolts: millivolts, width: timing.nanoseconds(width), operation: operationNumber)
    let cells = UInt64(array.wordLines * array.bitLines)
    counters.phases += UInt64(array.wordLines)
    counters.pulses += cells
    counters.programCycles += UInt64(array.wordLines) * timing.phase(width)
    counters.serialCycles += cells * timing.phase(width)
  }
}

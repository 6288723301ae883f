import Crossbar
import FixedPoint
import Registers
import Trace

/// What the converting operations do.
extension Tile {
  mutating func convert(
    _ command: StartCommand, _ direction: ReadDirection, _ activation: ActivationUnit
  ) {
    let drive = driven(direction)
    array.read(drive, direction, into: &currents[direction])
    array.addReadNoise(squares: LineDrivers.squares(drive), operation: operationNumber, to: &currents[direction])
    dissipate(drive, direction, cycles: conversionCycles)
    let feedback = ReadChain.Feedback(ohms: Int64(registers[.feedback, command.gain]))
    let currents = amplifiers.isIdeal ? currents[direction] : settled(currents[direction], direction, feedback)
    let isLinear = command.isLinear || direction == .transposed
    var outputs = Self.take(&self.outputs, count: currents.count)
    var evaluations: UInt64 = 0
    clearSaturated()
    outputs.withUnsafeMutableBufferPointer { outputs in
      for line in currents.indices {
        let amplified = ReadChain.amplify(currents[line], feedback)
        switch isLinear ? .linear : circuits[line] {
        case .sigmoid:
          evaluations &+= 1
          outputs[line] = Int32(activation.sigmoid(amplified.z).value.raw)
        case .tanh:
          evaluations &+= 1
          outputs[line] = Int32(activation.tanh(amplified.z).value.raw)
        case .linear:
          outputs[line] = Int32(amplified.z.raw)
          if amplified.isLimited { markSaturated(line) }
        }
      }
    }
    sense(outputs)
    self.outputs = outputs
    activity.amplifications += UInt64(currents.count)
    activity.noiseGain += UInt128(array.loadPicosiemens) * UInt128(UInt64(feedback.ohms))
    activity.evaluations += evaluations
  }

  /// What the amplifiers have come to of each current when they are sampled, in currents.
  @inline(never)
  private func settled(_ currents: [Int64], _ direction: ReadDirection, _ feedback: ReadChain.Feedback) -> [Int64] {
    let cycles = Int64(settleCycles)
    return currents.indices.map { line in
      amplifiers.settled(
        currents[line], picosiemens: array.load(ofSensed: line, direction), ohms: feedback.ohms, cycles: cycles)
    }
  }

  /// Working memory of some lines, for the caller alone until it gives it back: what is shared is copied when written.
  @inline(__always)
  private static func take<Element: FixedWidthInteger>(_ memory: inout [Element], count: Int) -> [Element] {
    var taken: [Element] = []
    swap(&taken, &memory)
    return taken.count == count ? taken : Array(repeating: 0, count: count)
  }

  private mutating func driven(_ direction: ReadDirection) -> LineDrive {
    let count = direction == .forward ? array.wordLines : array.columns
    var codes = Self.take(&self.codes, count: count)
    codes.withUnsafeMutableBufferPointer { codes in
      for line in codes.indices { codes[line] = driveCode(line) }
    }
    self.codes = codes
    return drivers.drive(codes)
  }

  private func driveCode(_ line: Int) -> Int16 { Lanes.at(line, of: registers[.drive, line / 2]) }

  /// What drives the first lines, for the log.
  func driveCodes(_ count: Int) -> [Int16] { (0..<count).map(driveCode) }

  /// Counts what the lines dissipate while they are driven for some cycles.
  mutating func dissipate(_ direction: ReadDirection, cycles: UInt64) {
    dissipate(driven(direction), direction, cycles: cycles)
  }

  private mutating func dissipate(_ drive: LineDrive, _ direction: ReadDirection, cycles: UInt64) {
    let nanoseconds = Int64(cycles) * Timing.nanosecondsPerCycle
    let load = array.load(ofRead: drive, direction, nanoseconds: nanoseconds)
    counters.readEnergy += load.energy
    activity.note(load, squares: LineDrivers.squares(drive), direction, of: array)
  }

  mutating func convertConstant(_ steps: Int32) {
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
    activity.conversions += UInt64(outputs.count)
    isStale = false
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
    registers[.sense, line / 2] = Lanes.put(code, line, in: registers[.sense, line / 2])
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

  /// The operation's own view of its end, for the log.
  func end(of operation: Operation, isUnsettled: Bool) -> OperationEnd {
    let sensed = isUnsettled ? 0 : sensedLines(operation)
    return OperationEnd(
      operation: operation, senseCodes: senseCodes(sensed), isSaturated: sensed > 0 && isSaturated,
      isUnsettled: isUnsettled)
  }

  /// What the last conversion left in `SENSE`, for the log.
  func senseCodes(_ count: Int) -> [Int16] {
    (0..<count).map { Lanes.at($0, of: registers[.sense, $0 / 2]) }
  }
}

import Registers

/// The state of all variables, and the text of their changes.
struct VCDWaves: Sendable {
  var text = ByteText()
  private(set) var signals: VCDSignals
  /// Value of each variable.
  private(set) var values: [UInt64]
  /// Nanoseconds of the entry at hand.
  private(set) var time: UInt64 = 0
  /// The last time written.
  private var stamped: UInt64 = 0
  /// When `bus.valid` has to fall.
  var fall: UInt64?
  /// What else will change by itself; the next is last.
  private var changes: [(time: UInt64, number: Int, value: UInt64)] = []

  /// Whether there is power.
  private(set) var isOn = true

  static let nanosecondsPerCycle = UInt64(Electrical.nanosecondsPerCycle)
  /// Written as x.
  private static let unknown = UInt64.max
  /// Of a real variable; written as NaN.
  private static let unknownReal = UInt64(bitPattern: .min)

  init(_ tiles: [TileSize], features: ChipFeatures, pulseStep: Int, analog: Bool) {
    signals = VCDSignals(tiles, features: features, analog: analog)
    values = Array(repeating: 0, count: signals.variables.count)
    for follower in signals.followers { values[follower.number] = follower.flag.read(follower.flag.register.reset) }
    for signal in [BusSignal.write, .address, .data] { values[signal.rawValue] = Self.unknown }
    for tile in signals.tiles {
      for signal in [TileSignal.locked, .analog, .drivers, .settled] { values[tile.first + signal.rawValue] = 1 }
    }
    text.append(declarationsOf: signals, pulseStep: pulseStep)
    text.append("#0\n")
    appendValues("$dumpvars")
  }

  /// Waves without a beginning, which `dump` gives, of some variables.
  init(
    _ tiles: [TileSize], features: ChipFeatures, pulseStep: Int, analog: Bool,
    showing isAsked: (_ scope: String, _ variable: String) -> Bool
  ) {
    self.init(tiles, features: features, pulseStep: pulseStep, analog: analog)
    signals.hide(allBut: isAsked)
    text.clear()
    text.append(declarationsOf: signals, pulseStep: pulseStep)
  }

  /// All values at a cycle.
  mutating func dump(_ keyword: StaticString, at cycle: UInt64) {
    advance(to: cycle)
    // What fell until then is among the values.
    text.clear()
    appendStamp(time)
    appendValues(keyword)
  }

  /// No values from the latest entry on.
  mutating func dumpOff() {
    move(to: time + Self.nanosecondsPerCycle)
    appendStamp(time)
    text.append("$dumpoff\n")
    for number in values.indices where signals.variables[number].isShown {
      let isReal = signals.variables[number].unit != nil
      text.append(isReal ? "rNaN " : signals.variables[number].width > 1 ? "bx " : "x")
      text.append(identifier: number)
      text.append("\n")
    }
    text.append("$end\n")
  }

  private mutating func appendStamp(_ time: UInt64) {
    stamped = time
    text.append("#")
    text.append(decimal: time)
    text.append("\n")
  }

  private mutating func appendValues(_ keyword: StaticString) {
    text.append(keyword)
    text.append("\n")
    for number in values.indices where signals.variables[number].isShown { appendValue(of: number) }
    text.append("$end\n")
  }

  /// One cycle passes, and its end is written.
  mutating func end() {
    move(to: time + Self.nanosecondsPerCycle)
    stamp(time)
  }

  // MARK: Time

  /// Times never decrease, and a cycle that 64 bits cannot hold in nanoseconds becomes about the last one they can.
  mutating func advance(to cycle: UInt64) {
    let latest = UInt64.max / Self.nanosecondsPerCycle - 1
    move(to: max(time, min(cycle, latest) * Self.nanosecondsPerCycle))
  }

  private mutating func move(to next: UInt64) {
    while let change = changes.last, change.time <= next {
      changes.removeLast()
      letFall(by: change.time)
      time = change.time
      set(change.number, change.value)
    }
    letFall(by: next)
    time = next
  }

  private mutating func letFall(by next: UInt64) {
    guard let fall, fall <= next else { return }
    time = fall
    set(BusSignal.valid.rawValue, 0)
    self.fall = nil
  }

  /// Has a variable change, now or later.
  mutating func change(_ number: Int, to value: UInt64, at moment: UInt64) {
    guard moment > time else { return set(number, value) }
    let place = changes.firstIndex { $0.time <= moment } ?? changes.endIndex
    changes.insert((moment, number, value), at: place)
  }

  mutating func cancelChanges(of number: Int) { changes.removeAll { $0.number == number } }

  private mutating func stamp(_ time: UInt64) {
    if time > stamped { appendStamp(time) }
  }

  // MARK: Values

  mutating func set(_ number: Int, _ value: UInt64) {
    guard values[number] != value else { return }
    values[number] = value
    guard signals.variables[number].isShown else { return }
    stamp(time)
    appendValue(of: number)
  }

  private mutating func appendValue(of number: Int) {
    if let unit = signals.variables[number].unit { return appendReal(of: number, unit) }
    let width = signals.variables[number].width
    if width > 1 { text.append("b") }
    if values[number] == Self.unknown {
      text.append("x")
    } else {
      text.append(binary: values[number], width: width)
    }
    if width > 1 { text.append(" ") }
    text.append(identifier: number)
    text.append("\n")
  }

  private mutating func appendReal(of number: Int, _ unit: VCDSignals.Unit) {
    text.append("r")
    if values[number] == Self.unknownReal {
      text.append("NaN")
    } else {
      text.append(real: Int64(bitPattern: values[number]), places: unit.rawValue)
    }
    text.append(" ")
    text.append(identifier: number)
    text.append("\n")
  }

  mutating func set(lines first: Int, most: Int, _ codes: [Int16]) {
    precondition(codes.count <= most, "more lines than the tile has")
    for (line, code) in codes.enumerated() { set(first + line, UInt64(UInt16(bitPattern: code))) }
  }

  mutating func set(_ tile: VCDSignals.TileNumbers, _ signal: TileSignal, _ value: UInt64) {
    set(tile.first + signal.rawValue, value)
  }

  func value(_ signal: ChipSignal) -> UInt64 { values[VCDSignals.chipFirst + signal.rawValue] }

  mutating func set(_ signal: ChipSignal, _ value: UInt64) {
    set(VCDSignals.chipFirst + signal.rawValue, value)
  }

  /// Nothing has a level without power.
  mutating func losePower() {
    fall = nil
    changes = []
    for number in values.indices {
      set(number, signals.variables[number].unit == nil ? Self.unknown : Self.unknownReal)
    }
    isOn = false
  }
}

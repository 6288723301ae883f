import Board
import Files
import RV32
import Trace

/// A bare-metal program on the board, run to its own end or to a limit.
public struct Execution<Log: LogSink>: ~Copyable {
  /// What runs on the core.
  public let program: Program
  /// The board that the program reaches.
  public var machine: Machine<Log>
  /// The hart, with the program in its RAM.
  public var core: Core
  /// Instructions retired since reset at which a run ends.
  public var instructionLimit = UInt64.max
  /// Core clock cycles since reset at which a run ends, at the next boundary of an instruction.
  public var cycleLimit = UInt64.max
  /// Instructions to trace, counted from 0 at reset.
  public var traced: Range<UInt64> = 0..<0
  /// Addresses of the instructions that were traced.
  public private(set) var tracedPlaces: Set<UInt32> = []
  /// Words that the program sent through `HOST.DATA`, where nobody reads them.
  public private(set) var wordsToHost = 0

  private let ramBytes: Int

  private static var slice: UInt64 { 1 << 20 }
  private static var tracedSlice: UInt64 { 4096 }
  /// What is typed and was not read, from which on no more is taken in.
  private static var inputAhead: Int { 1 << 16 }

  /// - Throws: when the program does not fit.
  public init(_ program: Program, on machine: Machine<Log>, ramBytes: Int) throws(InputError) {
    self.program = program
    self.machine = machine
    core = try program.core(ramBytes: ramBytes)
    self.ramBytes = ramBytes
  }

  /// Runs on, to its end, a limit, or until the user asks for the end (`Interruption`).
  /// - Parameters:
  ///   - print: given what the program prints, soon after it does.
  ///   - trace: given the traced instructions, in the form of Spike's commit log.
  ///   - type: asked for what the program reads, and whether it waits for that: none yet is empty, the end is nil.
  ///   - goOn: called now and then while the program runs, with the instructions retired.
  /// - Throws: when what the program is to read cannot be read.
  public mutating func callAsFunction(
    print: ([UInt8]) -> Void, trace: (String) -> Void = { _ in },
    type: (Bool) throws(InputError) -> [UInt8]? = { _ in nil }, goOn: (UInt64) -> Void = { _ in }
  ) throws(InputError) -> StopReason {
    machine.uart.isInputOpen = true
    while true {
      try takeTyped(type, waits: false)
      let reason = runSlice(trace)
      let printed = machine.uart.collect()
      if !printed.isEmpty { print(printed) }
      wordsToHost += machine.mailbox.collect().count
      if Interruption.signal != nil { return reason }
      if isSupplyFailing(after: reason) {
        failSupply()
        if machine.powerLoss != nil { return .exited(.powerOff) }
        if reason == .waitingForever { continue }
      }
      switch reason {
      case .instructionLimit where core.retired < instructionLimit: goOn(core.retired)
      // The supply failed.
      case .cycleLimit where core.cycle < cycleLimit: continue
      case .exited(.reset): try program.restart(&core, ramBytes: ramBytes)
      case .consoleWaits: try takeTyped(type, waits: true)
      case .waitingForever where machine.uart.isInputOpen && machine.uart.waiting == 0:
        try takeTyped(type, waits: true)
      default: return reason
      }
    }
  }

  /// Whether the supply fails by the hart's time, or next while it sleeps.
  private func isSupplyFailing(after reason: StopReason) -> Bool {
    let next = machine.faults.next
    guard next < .max, machine.exitStatus == nil else { return false }
    return core.cycle >= next || reason == .waitingForever && !machine.uart.isInputOpen && next < cycleLimit
  }

  private mutating func failSupply() {
    let next = machine.faults.next
    core.hart.cycle = max(core.cycle, next)
    machine.advance(to: max(next, machine.cycle))
  }

  private mutating func runSlice(_ trace: (String) -> Void) -> StopReason {
    let isTraced = traced.contains(core.retired)
    if isTraced != (core.recorder != nil) {
      core.recorder = isTraced ? Recorder(capacity: Int(Self.tracedSlice)) : nil
    }
    let reason = core.run(
      on: &machine, instructions: nextSlice(isTraced: isTraced),
      untilCycle: min(cycleLimit, machine.faults.next))
    for retired in core.recorder?.drain() ?? [] {
      tracedPlaces.insert(retired.pc)
      trace(retired.commitLogLine)
    }
    return reason
  }

  /// - Parameter waits: for something to be typed, if nothing is there.
  private mutating func takeTyped(
    _ type: (Bool) throws(InputError) -> [UInt8]?, waits: Bool
  ) throws(InputError) {
    guard machine.uart.isInputOpen, machine.uart.waiting < Self.inputAhead, Interruption.signal == nil else { return }
    if let bytes = try type(waits && machine.uart.waiting == 0) {
      machine.uart.receive(bytes)
    } else {
      machine.uart.isInputOpen = false
    }
  }

  /// Instructions up to the next one that matters.
  private func nextSlice(isTraced: Bool) -> UInt64 {
    let retired = core.retired
    var slice = min(isTraced ? Self.tracedSlice : Self.slice, instructionLimit - retired)
    if isTraced { slice = min(slice, traced.upperBound - retired) }
    if retired < traced.lowerBound { slice = min(slice, traced.lowerBound - retired) }
    return slice
  }
}

extension Program {
  /// The hart begins anew with its program as it was loaded; what a debugger and the host have set stays.
  func restart(_ core: inout Core, ramBytes: Int, keepingTime: Bool = true) throws(InputError) {
    var fresh = try self.core(ramBytes: ramBytes)
    if keepingTime {
      var hart = fresh.hart
      (hart.cycle, hart.retired) = (core.cycle, core.retired)
      fresh.hart = hart
    }
    fresh.takeOver(sessionOf: core)
    core = fresh
  }
}

extension Program {
  /// The last instructions before a stop, one a line: address, instruction, place.
  public func lastInstructions(_ count: Int, of core: borrowing Core) -> [String] {
    core.lastInstructions(count).map { placed in
      let digits = placed.instruction & 3 == 3 ? 8 : 4
      let word = Self.hex(placed.instruction, digits)
      let place = [symbols.describe(placed.pc), image.lines.line(of: placed.pc)?.description].compactMap(\.self)
      let gap = String(repeating: " ", count: 10 - digits)
      return Self.hex(placed.pc, 8) + "  " + word + (place.isEmpty ? "" : gap + place.joined(separator: "  "))
    }
  }

  private static func hex(_ value: UInt32, _ digits: Int) -> String {
    let text = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// What the hardware refused, a place a line, with the names of register and place.
  public func lines(of diagnostics: Diagnostics, names: RegisterNames) -> [String] {
    let lines = diagnostics.first.map { told in
      let register = names.name(of: told.address) ?? "0x" + String(told.address, radix: 16)
      let text = names.text(of: LogEntry(cycle: told.cycle, .event(told.refusal)))
      return "cycle \(told.cycle), \(describe(told.pc)): \(told.kind) of \(register)"
        + (told.isFault ? ", bus error: " : ": ") + "\(text.register) \(text.detail)"
        + (told.count > 1 ? ", here \(told.count) times" : "")
    }
    return diagnostics.others > 0 ? lines + ["and \(diagnostics.others) more, at other places"] : lines
  }
}

extension Program {
  /// What the program asked of the host and nothing serves, one a line.
  package func lines(of unserved: UnservedCalls) -> [String] {
    let lines = unserved.first.map { call in
      "\(describe(call.pc)): \(call.kind) is not served" + (call.count > 1 ? ", \(call.count) times" : "")
    }
    return unserved.others > 0 ? lines + ["and \(unserved.others) other calls that are not served"] : lines
  }
}

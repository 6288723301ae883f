// RISC-V semihosting ("RISC-V Semihosting", over Arm's "Semihosting for AArch32 and AArch64"): the standard streams, the
// clocks and the end of a program. There are no files.

/// What a program has open.
struct Semihosting: Sendable {
  enum Stream: Sendable {
    case input, output
    /// `:semihosting-features`, read up to a place.
    case features(Int)
  }

  /// By handle, from 1.
  private(set) var streams: [Stream?] = []
  /// Of the latest call that failed.
  var error: UInt32 = 0

  static let mostStreams = 32
  /// SH_EXT_EXIT_EXTENDED and SH_EXT_STDOUT_STDERR.
  static let features: [UInt8] = Array("SHFB".utf8) + [0b11]

  subscript(handle: UInt32) -> Stream? {
    get { handle >= 1 && handle <= streams.count ? streams[Int(handle) - 1] : nil }
    set { if handle >= 1 && handle <= streams.count { streams[Int(handle) - 1] = newValue } }
  }

  /// The handle of a stream that is now open; nil if there are too many.
  mutating func open(_ stream: Stream) -> UInt32? {
    if let free = streams.firstIndex(where: { $0 == nil }) {
      streams[free] = stream
      return UInt32(free) + 1
    }
    guard streams.count < Self.mostStreams else { return nil }
    streams.append(stream)
    return UInt32(streams.count)
  }
}

/// The numbers of the calls.
enum SemihostingCall: UInt32, Sendable {
  case open = 0x01
  case close = 0x02
  case writeCharacter = 0x03
  case writeText = 0x04
  case write = 0x05
  case read = 0x06
  case readCharacter = 0x07
  case isError = 0x08
  case isTerminal = 0x09
  case seek = 0x0A
  case length = 0x0C
  case clock = 0x10
  case error = 0x13
  case exit = 0x18
  case exitExtended = 0x20
  case elapsed = 0x30
  case tickFrequency = 0x31
}

extension Core {
  /// `slli x0, x0, 0x1f; ebreak; srai x0, x0, 7`, none of them compressed.
  func isSemihostingCall(at pc: UInt32) -> Bool {
    peekWord(pc &- 4) == 0x01F0_1013 && peekWord(pc &+ 4) == 0x4070_5013
  }

  private enum Outcome {
    case result(UInt32)
    /// -1, with this as the error number.
    case failure(UInt32)
    case unserved
    /// The program is to make the call again when there is something to read.
    case wait
  }

  /// Does the call in a0 with its argument in a1. False while it waits for input.
  mutating func semihost<Bus: DeviceBus & ~Copyable>(_ bus: inout Bus) -> Bool {
    let number = x[10]
    switch SemihostingCall(rawValue: number).map({ outcome($0, x[11], &bus) }) ?? .unserved {
    case .result(let value): x[10] = value
    case .failure(let error): fail(error)
    case .unserved:
      unservedCalls.note(.semihosting(number), pc: state.pc)
      fail(HostError.noSystemCall)
    case .wait: return false
    }
    return true
  }

  private mutating func fail(_ error: UInt32) {
    semihosting.error = error
    x[10] = .max
  }

  private mutating func outcome<Bus: DeviceBus & ~Copyable>(
    _ call: SemihostingCall, _ argument: UInt32, _ bus: inout Bus
  ) -> Outcome {
    switch call {
    case .writeCharacter:
      guard printBytes(from: argument, count: 1, &bus) != nil else { return .failure(HostError.badAddress) }
      return .result(x[10])
    case .writeText: return printText(from: argument, &bus)
    case .readCharacter:
      guard let typed = bus.takeTyped(1) else {
        stop = .consoleWaits
        return .wait
      }
      return .result(typed.first.map { UInt32($0) } ?? .max)
    case .clock: return .result(UInt32(truncatingIfNeeded: bus.time(at: state.cycle) / (host.cyclesPerSecond / 100)))
    case .tickFrequency: return .result(UInt32(clamping: host.cyclesPerSecond))
    case .error: return .result(semihosting.error)
    case .exit: return end(argument, status: 1)
    case .elapsed:
      guard argument & 3 == 0, bytes(at: argument, count: 8) != nil else { return .failure(HostError.badAddress) }
      let time = bus.time(at: state.cycle)
      pokeWord(UInt32(truncatingIfNeeded: time), argument)
      pokeWord(UInt32(time >> 32), argument &+ 4)
      return .result(0)
    case .open, .close, .write, .read, .isError, .isTerminal, .seek, .length, .exitExtended:
      guard let first = peekWord(argument) else { return .failure(HostError.badAddress) }
      return onBlock(call, first, peekWord(argument &+ 4) ?? 0, peekWord(argument &+ 8) ?? 0, &bus)
    }
  }

  /// The calls whose argument is the address of words.
  private mutating func onBlock<Bus: DeviceBus & ~Copyable>(
    _ call: SemihostingCall, _ first: UInt32, _ second: UInt32, _ third: UInt32, _ bus: inout Bus
  ) -> Outcome {
    switch call {
    case .open: return open(name: first, mode: second, length: third)
    case .isError: return .result(first >> 31)
    case .exitExtended: return end(first, status: second)
    default: break
    }
    guard let stream = semihosting[first] else { return .failure(HostError.badDescriptor) }
    switch (call, stream) {
    case (.close, _):
      semihosting[first] = nil
      return .result(0)
    case (.isTerminal, .features): return .result(0)
    case (.isTerminal, _): return .result(1)
    case (.length, .features): return .result(UInt32(Semihosting.features.count))
    case (.length, _): return .result(0)
    case (.seek, .features):
      guard second <= Semihosting.features.count else { return .failure(HostError.invalid) }
      semihosting[first] = .features(Int(second))
      return .result(0)
    case (.seek, _): return .failure(HostError.invalid)
    case (.write, .output):
      guard let printed = printBytes(from: second, count: third, &bus) else { return .failure(HostError.badAddress) }
      return .result(third - printed)
    case (.read, .input):
      switch readBytes(to: second, count: third, &bus) {
      case .read(let count): return .result(third - count)
      case .noRAM: return .failure(HostError.badAddress)
      case .wait: return .wait
      }
    case (.read, .features(let place)): return readFeatures(first, place, to: second, count: third)
    default: return .failure(HostError.badDescriptor)
    }
  }

  /// Modes 0 to 3 read, 4 to 7 write, 8 to 11 append; of `:tt` the last are standard error.
  private mutating func open(name: UInt32, mode: UInt32, length: UInt32) -> Outcome {
    guard mode < 12 else { return .failure(HostError.invalid) }
    guard length <= 4096, let bytes = bytes(at: name, count: Int(length)) else { return .failure(HostError.badAddress) }
    let stream: Semihosting.Stream
    switch String(decoding: bytes, as: UTF8.self) {
    case ":tt": stream = mode < 4 ? .input : .output
    case ":semihosting-features" where mode < 4: stream = .features(0)
    default:
      unservedCalls.note(.semihosting(SemihostingCall.open.rawValue), pc: state.pc)
      return .failure(HostError.noFile)
    }
    return semihosting.open(stream).map { .result($0) } ?? .failure(HostError.invalid)
  }

  private mutating func readFeatures(_ handle: UInt32, _ place: Int, to address: UInt32, count: UInt32) -> Outcome {
    let rest = Array(Semihosting.features[place...].prefix(Int(count)))
    guard setBytes(rest, at: address) else { return .failure(HostError.badAddress) }
    semihosting[handle] = .features(place + rest.count)
    return .result(count - UInt32(rest.count))
  }

  private mutating func printText<Bus: DeviceBus & ~Copyable>(from address: UInt32, _ bus: inout Bus) -> Outcome {
    let offset = address &- configuration.ramBase
    guard offset < configuration.ramSize else { return .failure(HostError.badAddress) }
    let room = min(configuration.ramSize - offset, Self.mostBytesOfACall)
    let count = (0..<room).first { ramValue(offset + $0, .byte) == 0 } ?? room
    _ = printBytes(from: address, count: count, &bus)
    return .result(x[10])
  }

  /// ADP_Stopped_ApplicationExit ends a program with its status, anything else with 1.
  private mutating func end(_ reason: UInt32, status: UInt32) -> Outcome {
    let applicationExit: UInt32 = 0x20026
    let isExtended = x[10] == SemihostingCall.exitExtended.rawValue
    stop = .exited(.status(reason == applicationExit ? (isExtended ? status : 0) : 1))
    return .result(x[10])
  }
}

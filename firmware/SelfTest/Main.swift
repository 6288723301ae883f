import Firmware
import FixedPoint
import Registers

/// Arithmetic, activation circuits and the whole controller, over made-up registers: prints a checksum a line. It needs
/// a UART and the test finisher only, so that it runs on any RISC-V `virt` machine and must print the same on all.
@main
struct Main {
  static func main() {
    Console.print("MbLSTM self-test\n")
    report("multiply, divide, shift ", arithmetic())
    report("long division           ", division())
    report("rounding shifts         ", rounding())
    report("requantizer             ", requantizer())
    report("activation circuits     ", activation())
    report("heap                    ", heap())
    report("controller              ", controller())
    Console.print("done\n")
  }

  private static func report(_ name: StaticString, _ checksum: Checksum) {
    Console.print(name)
    Console.print(hex: checksum.value)
    Console.print("\n")
  }
}

/// FNV-1a over words (Fowler, Noll and Vo).
struct Checksum {
  private(set) var value: UInt32 = 0x811c_9dc5

  mutating func add(_ word: UInt32) { value = (value ^ word) &* 0x0100_0193 }
  mutating func add(_ number: Int32) { add(UInt32(bitPattern: number)) }
  mutating func add(_ number: Int64) {
    add(UInt32(truncatingIfNeeded: number))
    add(UInt32(truncatingIfNeeded: number >> 32))
  }
}

/// Marsaglia's xorshift with 32 bits.
struct Numbers {
  private var state: UInt32 = 2_463_534_242

  mutating func next() -> UInt32 {
    state ^= state << 13
    state ^= state >> 17
    state ^= state << 5
    return state
  }

  /// Of all magnitudes.
  mutating func next64() -> Int64 {
    let word = UInt64(next()) << 32 | UInt64(next())
    return Int64(bitPattern: word) >> Int64(next() & 63)
  }
}

private func arithmetic() -> Checksum {
  var checksum = Checksum()
  var numbers = Numbers()
  for _ in 0..<200 {
    let (one, other) = (numbers.next64(), numbers.next64() | 1)
    checksum.add(one &* other)
    checksum.add(one.dividedReportingOverflow(by: other).partialValue)
    checksum.add(one.remainderReportingOverflow(dividingBy: other).partialValue)
    checksum.add(Int64(bitPattern: UInt64(bitPattern: one) / UInt64(bitPattern: other)))
    checksum.add(Int64(bitPattern: UInt64(bitPattern: one) % UInt64(bitPattern: other)))
    let count = Int64(numbers.next() & 63)
    checksum.add(one << count)
    checksum.add(one >> count)
    checksum.add(Int64(bitPattern: UInt64(bitPattern: one) >> UInt64(count)))
    let (small, divisor) = (Int32(truncatingIfNeeded: one), Int32(truncatingIfNeeded: other))
    checksum.add(small.dividedReportingOverflow(by: divisor).partialValue)
    checksum.add(small.multipliedFullWidth(by: divisor).high)
  }
  return checksum
}

/// Operands of all lengths, and those next to where a digit of the quotient is guessed one or two too large.
private func division() -> Checksum {
  var checksum = Checksum()
  var numbers = Numbers()
  let edges: [UInt64] = [1, 0x7fff, 0x8000_ffff, 0xffff_0000, 0xffff_ffff, 1 << 32, 1 << 63, .max]
  for round in 0..<edges.count * edges.count + 200 {
    var (dividend, divisor) = (UInt64(bitPattern: numbers.next64()), UInt64(bitPattern: numbers.next64()))
    if round < edges.count * edges.count {
      dividend = edges[round / edges.count] &- UInt64(numbers.next() & 3)
      divisor = edges[round % edges.count]
    }
    if divisor == 0 { divisor = 1 }
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    if remainder >= divisor || quotient &* divisor &+ remainder != dividend { Console.print("wrong division\n") }
    checksum.add(Int64(bitPattern: quotient))
    checksum.add(Int64(bitPattern: remainder))
  }
  return checksum
}

private func rounding() -> Checksum {
  var checksum = Checksum()
  var numbers = Numbers()
  for _ in 0..<100 {
    let value = numbers.next64()
    let count = Int(numbers.next() & 31)
    for rule in [Rounding.halfUp, .halfToEven, .halfAwayFromZero, .down, .towardZero] {
      checksum.add(value.shifted(rightBy: count, rounding: rule))
      checksum.add(Int32(truncatingIfNeeded: value).shifted(rightBy: count, rounding: rule))
    }
    checksum.add(Int32(value.saturated(to: Int16.self)))
    checksum.add((value >> 1).dividedHalfUp(by: Int64(numbers.next() | 1)))
  }
  return checksum
}

private func requantizer() -> Checksum {
  var checksum = Checksum()
  var numbers = Numbers()
  for _ in 0..<100 {
    let scale = Requantizer(
      numerator: Int64(numbers.next() >> 8 | 1), denominator: Int64(numbers.next() >> 8 | 1))
    checksum.add(scale.multiplier)
    checksum.add(scale.shift)
    checksum.add(scale(Int32(bitPattern: numbers.next())))
  }
  return checksum
}

private func activation() -> Checksum {
  var checksum = Checksum()
  let circuit = PiecewiseLinear(lowRail: 0, highRail: .max, count: 3) { k in
    .init(from: [.min, -4096, 4096][k], slope: [1024, 4096, 1024][k], offset: [8192, 16_384, 24_576][k])
  }
  for step in 0..<512 {
    let answer = circuit(Q3_12(raw: Int16(truncatingIfNeeded: -32_768 + 128 * step)))
    checksum.add(Int32(answer.value.raw))
    checksum.add(Int32(answer.slope.raw))
  }
  return checksum
}

/// Arrays that come and go: far more in all than the memory there is.
private func heap() -> Checksum {
  var checksum = Checksum()
  var numbers = Numbers()
  var kept: [[UInt32]] = Array(repeating: [], count: 16)
  for _ in 0..<2000 {
    let place = Int(numbers.next() & 15)
    kept[place] = Array(repeating: numbers.next(), count: Int(numbers.next() & 1023))
    checksum.add(kept[place].last ?? 0)
  }
  for array in kept { for word in array { checksum.add(word) } }
  return checksum
}

private func controller() -> Checksum {
  var bus = SoftBus()
  var controller = Controller()
  // Twice, so that the second network takes the memory of the first.
  for _ in 0..<2 {
    bus.post(.configure, [5, 7, 3, 512, 512, 1])
    _ = controller.serve(on: &bus)
    bus.post(.calibrate, [1])
    _ = controller.serve(on: &bus)
    bus.post(.readWeights, [0, 1])
    _ = controller.serve(on: &bus)
    for _ in 0..<4 {
      bus.post(.infer, [2, 0x1234_0123, 0xfedc_4567, 0x0000_7fff, 0x8000_1111, 0x2222_3333, 0x0000_4444])
      _ = controller.serve(on: &bus)
    }
  }
  return bus.checksum
}

/// Registers that answer with numbers made up from their address, and remember all that happens.
private struct SoftBus: Bus {
  private(set) var checksum = Checksum()
  private var numbers = Numbers()
  private var words: [UInt32] = []

  mutating func post(_ command: Command, _ arguments: [UInt32]) {
    words = arguments.reversed() + [UInt32(arguments.count), command.rawValue]
  }

  mutating func read(_ address: UInt32) -> UInt32 {
    let value = answer(address)
    checksum.add(address)
    checksum.add(value)
    return value
  }

  mutating func write(_ address: UInt32, _ value: UInt32) {
    checksum.add(address)
    checksum.add(value)
  }

  private mutating func answer(_ address: UInt32) -> UInt32 {
    switch address {
    case MemoryMap.host + HostRegister.level.offset(): return UInt32(words.count)
    case MemoryMap.host + HostRegister.data.offset(): return words.popLast() ?? 0
    case MemoryMap.chip + ChipRegister.tiles.offset(): return 2
    default: break
    }
    switch TileRegister(rawValue: address & (MemoryMap.tileStride - 1)) {
    case .geometry: return 32 | 64 << 16
    case .converters: return 8 | 12 << 8
    case .conductance: return 10_000
    case .readVoltage: return 1575
    case .wait, .error: return 0
    default: return address == MemoryMap.tile(0) + TileRegister.conductance.offset(1) ? 100_000 : numbers.next() >> 4
    }
  }
}

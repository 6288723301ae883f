import Registers
import _Volatile

/// The bus of the real machine: loads and stores at the registers' addresses.
struct MemoryMappedBus: Bus {
  @inline(__always)
  mutating func read(_ address: UInt32) -> UInt32 {
    VolatileMappedRegister<UInt32>(unsafeBitPattern: UInt(address)).load()
  }
  @inline(__always)
  mutating func write(_ address: UInt32, _ value: UInt32) {
    VolatileMappedRegister<UInt32>(unsafeBitPattern: UInt(address)).store(value)
  }
}

/// The serial line, for people.
enum Console {
  private static func put(_ byte: UInt8) {
    let line = VolatileMappedRegister<UInt8>(unsafeBitPattern: UInt(MemoryMap.uart + UARTRegister.lineStatus.offset()))
    while line.load() & UInt8(truncatingIfNeeded: UARTRegister.LineStatus.transmitEmpty.mask) == 0 {}
    VolatileMappedRegister<UInt8>(unsafeBitPattern: UInt(MemoryMap.uart + UARTRegister.data.offset())).store(byte)
  }

  static func print(_ text: StaticString) {
    var place = text.utf8Start
    for _ in 0..<text.utf8CodeUnitCount {
      put(place.pointee)
      place += 1
    }
  }

  /// Eight digits.
  static func print(hex value: UInt32) {
    for digit in 0..<8 {
      let nibble = UInt8(truncatingIfNeeded: value >> UInt32(28 - 4 * digit)) & 15
      put(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") - 10 + nibble)
    }
  }
}

/// Sleeps until an interrupt line is up.
@_extern(c) func platform_wait()

/// Ends the run: 0 is success.
@c public func platform_exit(_ status: UInt32) -> Never {
  var bus = MemoryMappedBus()
  let word = status == 0 ? FinisherRegister.pass : FinisherRegister.fail | status << 16
  bus.write(MemoryMap.finisher + FinisherRegister.finish.offset(), word)
  while true { platform_wait() }
}

/// What a trap says before it ends the run with status 128 + cause.
@c public func platform_trap(_ cause: UInt32, _ pc: UInt32, _ value: UInt32) -> Never {
  Console.print("trap: cause ")
  Console.print(hex: cause)
  Console.print(" pc ")
  Console.print(hex: pc)
  Console.print(" value ")
  Console.print(hex: value)
  Console.print("\n")
  platform_exit(0x80 | cause & 0x7f)
}

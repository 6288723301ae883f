import Firmware
import Registers
import _Volatile

/// A memory-mapped bus, so that every generic of the firmware is really compiled for the target.
struct MemoryMappedBus: Bus {
  mutating func read(_ address: UInt32) -> UInt32 {
    VolatileMappedRegister<UInt32>(unsafeBitPattern: UInt(address)).load()
  }
  mutating func write(_ address: UInt32, _ value: UInt32) {
    VolatileMappedRegister<UInt32>(unsafeBitPattern: UInt(address)).store(value)
  }
}

@main
struct Instantiate {
  static func main() {
    var bus = MemoryMappedBus()
    var controller = Controller()
    while controller.serve(on: &bus) {}
  }
}

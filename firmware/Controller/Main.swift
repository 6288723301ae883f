import Firmware
import Registers

/// The controller's program: serves the host's requests, and sleeps while there are none.
@main
struct Main {
  static func main() {
    var bus = MemoryMappedBus()
    var controller = Controller()
    // Words that wait in the mailbox end a sleep.
    bus.write(MemoryMap.host + HostRegister.interruptEnable.offset(), HostRegister.InterruptEnable.waiting.mask)
    repeat { platform_wait() } while controller.serve(on: &bus)
  }
}

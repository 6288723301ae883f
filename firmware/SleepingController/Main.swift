import Firmware
import Registers

extension MemoryMappedBus: WakingBus {
  mutating func sleep() { platform_wait() }
}

/// The controller's program with interrupts: sleeps while an operation is under way, and while there are no requests.
@main
struct Main {
  static func main() {
    var bus = SleepingBus(MemoryMappedBus())
    var controller = Controller()
    var isAsked: Bool
    repeat {
      bus.listenToHost()
      bus.base.sleep()
      bus.ignoreHost()
      isAsked = controller.serve(on: &bus)
    } while isAsked
  }
}

// The ways out of the guest: HTIF (riscv-isa-sim, "fesvr"), the SiFive test finisher, and RISC-V semihosting
// (RISC-V Semihosting specification, over the Arm one, "Semihosting for AArch32 and AArch64").

extension Core {
  /// A write to `tohost`: an odd value ends the program, an even one is the address of a system call.
  mutating func callHost<Bus: DeviceBus & ~Copyable>(_ bus: inout Bus) {
    guard let tohost = host.tohost, let value = peekWord(tohost), value != 0 else { return }
    if value & 1 == 1 {
      stop = .exited(.status(value >> 1))
      return
    }
    // Eight 64-bit words: number, then arguments. 64 is `write(descriptor, address, count)`.
    guard peekWord(value) == 64, let start = peekWord(value &+ 16), let count = peekWord(value &+ 24) else { return }
    printBytes(from: start, count: count, &bus)
    pokeWord(count, value)
    pokeWord(0, value &+ 4)
    pokeWord(0, tohost)
    pokeWord(1, tohost &+ 64)  // `fromhost`, where riscv-tests has it
  }

  /// A write to the finisher. Returns whether it ends the run.
  mutating func finish(_ value: UInt32) -> Bool {
    switch value & 0xFFFF {
    case 0x5555: stop = .exited(.status(0))
    case 0x3333: stop = .exited(.status(value >> 16))
    case 0x7777: stop = .exited(.reset)
    default: break
    }
    return true
  }

  /// `slli x0, x0, 0x1f; ebreak; srai x0, x0, 7`, none of them compressed.
  func isSemihostingCall(at pc: UInt32) -> Bool {
    peekWord(pc &- 4) == 0x01F0_1013 && peekWord(pc &+ 4) == 0x4070_5013
  }

  /// The call in a0 with its argument in a1. Calls other than these fail with -1 in a0.
  mutating func semihost<Bus: DeviceBus & ~Copyable>(_ bus: inout Bus) {
    let argument = x[11]
    // ADP_Stopped_ApplicationExit
    let applicationExit: UInt32 = 0x20026
    switch x[10] {
    case 0x03:  // SYS_WRITEC
      printBytes(from: argument, count: 1, &bus)
    case 0x04:  // SYS_WRITE0
      printBytes(from: argument, count: .max, untilZero: true, &bus)
    case 0x18:  // SYS_EXIT
      stop = .exited(.status(argument == applicationExit ? 0 : 1))
    case 0x20:  // SYS_EXIT_EXTENDED
      guard let reason = peekWord(argument), let status = peekWord(argument &+ 4) else {
        x[10] = .max
        return
      }
      stop = .exited(.status(reason == applicationExit ? status : 1))
    default: x[10] = .max
    }
  }

  private func printBytes<Bus: DeviceBus & ~Copyable>(
    from address: UInt32, count: UInt32, untilZero: Bool = false, _ bus: inout Bus
  ) {
    let first = address &- configuration.ramBase
    guard first < configuration.ramSize else { return }
    // One call prints no more than 64 KiB, so that a guest cannot keep the host busy with one instruction.
    for offset in first..<(first + min(count, configuration.ramSize - first, 1 << 16)) {
      let byte = ram.load(fromByteOffset: Int(offset), as: UInt8.self)
      if untilZero && byte == 0 { return }
      bus.print(byte)
    }
  }
}

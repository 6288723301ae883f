// What GDB asks, packet by packet.

extension GDBServer {
  typealias Monitor<Bus: ~Copyable> = (String, inout Core, inout Bus) -> String?
  typealias Restart<Bus: ~Copyable> = (inout Core, inout Bus) -> Void

  /// The reply to a packet; nil for those that have none, or have it later.
  mutating func answer<Bus: DeviceBus & ~Copyable>(
    _ packet: [UInt8], _ core: inout Core, _ bus: inout Bus, _ monitor: Monitor<Bus>, _ restart: Restart<Bus>
  ) -> String? {
    let text = String(decoding: packet, as: UTF8.self)
    let rest = text.dropFirst()
    switch packet.first.map({ Character(UnicodeScalar($0)) }) {
    case "?": return isKilled ? "X09" : lastStop
    case "g": return GDBRegisters.all(of: core).map(\.littleEndianBytes.hexText).joined()
    case "G": return writeAll(Array(rest.utf8), &core)
    case "p":
      guard let number = rest.hexNumber,
        let value = GDBRegisters.read(Int(number), of: core, time: bus.time(at: core.cycle))
      else { return "E01" }
      return value.littleEndianBytes.hexText
    case "P": return writeOne(rest, &core)
    case "m": return read(rest, core, bus)
    case "M": return write(rest, &core, &bus) { $0.hexBytes }
    case "X": return writeBinary(packet, &core, &bus)
    case "Z", "z": return setPoint(rest, packet.first == UInt8(ascii: "Z"), &core)
    case "c", "s", "C", "S":
      let isSignalled = text.first?.isUppercase ?? false
      if !isSignalled, let address = rest.hexNumber { core.pc = address }
      return resume(step: text.first?.lowercased() == "s")
    case "H", "T": return "OK"
    case "!":
      isExtended = true
      return "OK"
    case "R":
      restart(&core, &bus)
      beginAnew()
      return nil
    case "D":
      // GDB stays where it may attach or start the program anew.
      isDetached = !isExtended
      return "OK"
    case "k":
      isKilled = true
      return nil
    case "v": return answerV(text, &core, &bus, restart)
    case "q", "Q": return answerQuery(text, &core, &bus, monitor)
    default: return ""
    }
  }

  private mutating func answerV<Bus: DeviceBus & ~Copyable>(
    _ text: String, _ core: inout Core, _ bus: inout Bus, _ restart: Restart<Bus>
  ) -> String? {
    switch text.prefix(while: { $0 != ";" }) {
    case "vCont?": return "vCont;c;C;s;S"
    case "vCont":
      // The first action is that of the only thread.
      let action = text.dropFirst(6).first
      return "cCsS".contains(action ?? " ") ? resume(step: action == "s" || action == "S") : "E01"
    case "vKill":
      isKilled = true
      return "OK"
    case "vRun":
      // There is one program, whatever GDB calls it.
      restart(&core, &bus)
      beginAnew()
      return lastStop
    case "vAttach": return isKilled ? "E01" : lastStop
    default: return ""
    }
  }

  private mutating func answerQuery<Bus: DeviceBus & ~Copyable>(
    _ text: String, _ core: inout Core, _ bus: inout Bus, _ monitor: Monitor<Bus>
  ) -> String {
    switch text.prefix(while: { $0 != ":" && $0 != "," && $0 != ";" }) {
    case "qSupported":
      return "PacketSize=\(String(GDBFraming.limit, radix: 16));qXfer:features:read+;qXfer:memory-map:read+;"
        + "QStartNoAckMode+;vContSupported+"
    case "QStartNoAckMode":
      acknowledges = false
      return "OK"
    case "qXfer": return transfer(text, core, bus)
    case "qfThreadInfo": return "m01"
    case "qsThreadInfo": return "l"
    case "qC": return "QC01"
    case "qAttached": return isStartedAnew ? "0" : "1"
    case "qSymbol": return "OK"
    case "qOffsets": return "Text=0;Data=0;Bss=0"
    case "qRcmd":
      guard let command = text.dropFirst(6).utf8.hexBytes else { return "E01" }
      guard let shown = monitor(String(decoding: command, as: UTF8.self), &core, &bus) else {
        return "unknown monitor command\n".utf8.hexText
      }
      return shown.isEmpty ? "OK" : shown.utf8.hexText
    default: return ""
    }
  }
}

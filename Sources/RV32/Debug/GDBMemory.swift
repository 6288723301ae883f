// Registers, memory and breakpoints as GDB asks for them.

extension GDBServer {
  func writeAll(_ digits: [UInt8], _ core: inout Core) -> String {
    guard let bytes = digits.hexBytes, bytes.count >= 4 * 33 else { return "E01" }
    for number in 0...GDBRegisters.pc {
      guard let value = UInt32(littleEndianBytes: bytes[(4 * number)..<(4 * number + 4)]) else { return "E01" }
      _ = GDBRegisters.write(value, number, of: &core)
    }
    return "OK"
  }

  /// `number=value`
  func writeOne(_ text: Substring, _ core: inout Core) -> String {
    let parts = text.split(separator: "=")
    guard parts.count == 2, let number = parts[0].hexNumber, let bytes = parts[1].utf8.hexBytes,
      let value = UInt32(littleEndianBytes: bytes), GDBRegisters.write(value, Int(number), of: &core)
    else { return "E01" }
    return "OK"
  }

  /// `address,count`: as many bytes as can be read.
  func read<Bus: DeviceBus & ~Copyable>(
    _ text: Substring, _ core: borrowing Core, _ bus: borrowing Bus
  ) -> String {
    guard let (address, count) = range(text), count <= GDBFraming.limit / 2 else { return "E01" }
    var bytes: [UInt8] = []
    while bytes.count < count, let byte = core.peek(address &+ UInt32(bytes.count), on: bus) { bytes.append(byte) }
    return bytes.isEmpty && count > 0 ? "E01" : bytes.hexText
  }

  /// `address,count:data`
  func write<Bus: DeviceBus & ~Copyable>(
    _ text: Substring, _ core: inout Core, _ bus: inout Bus, _ decode: (Substring.UTF8View) -> [UInt8]?
  ) -> String {
    guard let colon = text.firstIndex(of: ":"), let (address, count) = range(text[..<colon]),
      let bytes = decode(text[text.index(after: colon)...].utf8), bytes.count == count
    else { return "E01" }
    return poke(bytes, address, &core, &bus)
  }

  /// `Xaddress,count:` and bytes, which are no text.
  func writeBinary<Bus: DeviceBus & ~Copyable>(_ packet: [UInt8], _ core: inout Core, _ bus: inout Bus) -> String {
    guard let colon = packet.firstIndex(of: UInt8(ascii: ":")),
      let (address, count) = range(Substring(decoding: packet[1..<colon], as: UTF8.self)),
      packet.count - colon - 1 == count
    else { return "E01" }
    return poke(Array(packet[(colon + 1)...]), address, &core, &bus)
  }

  private func poke<Bus: DeviceBus & ~Copyable>(
    _ bytes: [UInt8], _ address: UInt32, _ core: inout Core, _ bus: inout Bus
  ) -> String {
    if bytes.isEmpty || core.setBytes(bytes, at: address) { return "OK" }
    if address & 3 == 0, let word = UInt32(littleEndianBytes: bytes) {
      return bus.poke(word, address, .word) ? "OK" : "E01"
    }
    for (index, byte) in bytes.enumerated() where !bus.poke(UInt32(byte), address &+ UInt32(index), .byte) {
      return "E01"
    }
    return "OK"
  }

  private static var mostWatchpoints: Int { 64 }

  /// `type,address,kind`: 0 and 1 are breakpoints, 2 to 4 watchpoints of `kind` bytes.
  func setPoint(_ text: Substring, _ isSet: Bool, _ core: inout Core) -> String {
    let parts = text.prefix { $0 != ";" }.split(separator: ",")
    guard parts.count == 3, let type = UInt8(parts[0]), let address = parts[1].hexNumber,
      let count = parts[2].hexNumber
    else { return "E01" }
    if type < 2 {
      if isSet { core.breakpoints.insert(address) } else { core.breakpoints.remove(address) }
      return "OK"
    }
    guard let kind = Watchpoint.Kind(rawValue: type) else { return "" }
    let watchpoint = Watchpoint(kind, address: address, count: count)
    core.watchpoints.removeAll { $0 == watchpoint }
    // Every access is held against all of them.
    guard isSet, core.watchpoints.count < Self.mostWatchpoints else { return isSet ? "E01" : "OK" }
    core.watchpoints.append(watchpoint)
    return "OK"
  }

  /// `qXfer:features:read:target.xml:offset,count`, or the same of the map of the memory.
  func transfer<Bus: DeviceBus & ~Copyable>(
    _ text: String, _ core: borrowing Core, _ bus: borrowing Bus
  ) -> String {
    func part(of document: String, behind prefix: String) -> String {
      guard let (offset, count) = range(text.dropFirst(prefix.count)) else { return "E01" }
      let part = document.dropFirst(Int(offset)).prefix(count)
      return (Int(offset) + part.count < document.count ? "m" : "l") + part
    }
    let features = "qXfer:features:read:target.xml:"
    if text.hasPrefix(features) { return part(of: GDBRegisters.description, behind: features) }
    let map = "qXfer:memory-map:read::"
    if text.hasPrefix(map) { return part(of: memoryMap(core, bus), behind: map) }
    return ""
  }

  /// RAM, and the devices, which a debugger only reads (GDB manual, "Memory Map Format").
  private func memoryMap<Bus: DeviceBus & ~Copyable>(_ core: borrowing Core, _ bus: borrowing Bus) -> String {
    func line(_ type: String, _ start: UInt32, _ length: UInt32) -> String {
      #"<memory type="\#(type)" start="\#(hex(start))" length="\#(hex(length))"/>"#
    }
    let devices = bus.deviceRanges.map { line("rom", $0.lowerBound, $0.upperBound - $0.lowerBound) }
    let ram = line("ram", core.configuration.ramBase, core.configuration.ramSize)
    let type =
      #"<!DOCTYPE memory-map PUBLIC "+//IDN gnu.org//DTD GDB Memory Map V1.0//EN" "#
      + #""http://sourceware.org/gdb/gdb-memory-map.dtd">"#
    return #"<?xml version="1.0"?>"# + type + "<memory-map>" + devices.joined() + ram + "</memory-map>"
  }

  /// `address,count` in hexadecimal.
  private func range(_ text: Substring) -> (UInt32, Int)? {
    let parts = text.split(separator: ",")
    guard parts.count == 2, let address = parts[0].hexNumber, let count = parts[1].hexNumber else { return nil }
    return (address, Int(count))
  }
}

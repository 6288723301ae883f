import RV32

/// A session with a server: what is sent and what comes back, without the framing.
struct GDBSession: ~Copyable {
  var server = GDBServer()
  var core: Core
  var bus = LoggingBus()

  init(_ program: [UInt32]) { core = RV32Tests.core(program) }

  mutating func raw(_ bytes: [UInt8]) -> String {
    let output = server.receive(
      bytes, core: &core, bus: &bus,
      monitor: { command, core, _ in command == "retired" ? "\(core.retired)\n" : nil },
      restart: { core, _ in core = RV32Tests.core([nop]) })
    return String(decoding: output, as: UTF8.self)
  }

  mutating func ask(_ packet: String) -> String {
    var answer = raw(framed(Array(packet.utf8)))
    if answer.first == "+" { answer.removeFirst() }
    return payload(answer)
  }

  /// Ends the connection; whether no other debugger is to come.
  mutating func disconnect() -> Bool { server.disconnect(core: &core) }

  mutating func advance() -> String {
    payload(String(decoding: server.advance(core: &core, bus: &bus, instructions: 100), as: UTF8.self))
  }
}

func framed(_ body: [UInt8]) -> [UInt8] {
  let sum = body.reduce(0 as UInt8, &+)
  return Array("$".utf8) + body + Array("#\(String(sum >> 4, radix: 16))\(String(sum & 15, radix: 16))".utf8)
}

func payload(_ wire: String) -> String {
  guard let start = wire.lastIndex(of: "$"), let end = wire.lastIndex(of: "#") else { return wire }
  return String(wire[wire.index(after: start)..<end])
}

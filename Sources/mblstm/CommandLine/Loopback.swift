import Files
import Glibc

/// What went wrong with a connection, in the operating system's words.
struct ConnectionError: Error, CustomStringConvertible {
  let description: String

  init(_ what: String) { description = "\(what): \(SystemReason.latest)" }
}

/// A port of this machine that only this machine can reach.
struct LoopbackListener: ~Copyable {
  fileprivate let descriptor: Int32
  let port: UInt16

  /// - Parameter port: 0 for any that is free.
  init(port: UInt16) throws(ConnectionError) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw ConnectionError("no socket") }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001 as UInt32).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = Self.withGeneric(&address) { bind(descriptor, $0, length) == 0 } && listen(descriptor, 4) == 0
    guard isBound, Self.withGeneric(&address, { getsockname(descriptor, $0, &length) }) == 0 else {
      let error = ConnectionError("cannot wait on 127.0.0.1:\(port)")
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(descriptor) }

  private static func withGeneric<Result>(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
  ) -> Result {
    withUnsafeMutablePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body) }
  }

  /// Waits for a peer.
  func accept() throws(ConnectionError) -> LoopbackConnection {
    let peer = Glibc.accept(descriptor, nil, nil)
    guard peer >= 0 else { throw ConnectionError("no connection") }
    return LoopbackConnection(peer)
  }
}

/// Bytes to and from a peer. An object, because a descriptor is closed once.
final class LoopbackConnection {
  fileprivate let descriptor: Int32

  fileprivate init(_ descriptor: Int32) {
    self.descriptor = descriptor
    var yes: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit { close(descriptor) }

  /// What has arrived, where something has; nil once the peer is gone.
  func receive() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return count > 0 ? Array(bytes[..<count]) : nil
  }

  /// False once the peer is gone.
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}

extension LoopbackConnection {
  /// Says that nothing more is to come.
  func end() { shutdown(descriptor, Int32(SHUT_WR)) }
}

extension LoopbackListener {
  /// Which of the peers have something, or are gone, and whether a new one has come; waits for the first if it `waits`,
  /// or until a signal comes.
  func ready(_ peers: [LoopbackConnection], waits: Bool) -> (hasNew: Bool, peers: [Bool]) {
    var requests = ([descriptor] + peers.map(\.descriptor)).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard poll(&requests, nfds_t(requests.count), waits ? -1 : 0) > 0 else {
      return (false, Array(repeating: false, count: peers.count))
    }
    let ready = requests.map { $0.revents != 0 }
    return (ready[0], Array(ready.dropFirst()))
  }
}

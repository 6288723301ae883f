import Glibc
import Testing

@testable import mblstm

@Suite("Connections of this machine")
struct LoopbackTests {
  private static func connected(to port: UInt16) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001 as UInt32).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    #expect(status == 0)
    return descriptor
  }

  @Test("Give what has come, be it one byte, both ways, until the peer is gone")
  func bytes() throws {
    let listener = try LoopbackListener(port: 0)
    let peer = Self.connected(to: listener.port)
    #expect(listener.ready([], waits: true) == (true, []))
    let connection = try listener.accept()
    #expect(listener.ready([connection], waits: false) == (false, [false]))
    for byte in [3, 0, 255] as [UInt8] {
      var sent = byte
      #expect(send(peer, &sent, 1, 0) == 1)
      #expect(listener.ready([connection], waits: true) == (false, [true]))
      #expect(connection.receive() == [byte])
    }
    #expect(connection.send([7]) && connection.send([]))
    var received = [UInt8](repeating: 0, count: 4)
    #expect(recv(peer, &received, 4, 0) == 1 && received[0] == 7)
    connection.end()
    #expect(recv(peer, &received, 4, 0) == 0)
    close(peer)
    #expect(connection.receive() == nil)
  }

  @Test("A port that is taken is told with its number")
  func taken() throws {
    let listener = try LoopbackListener(port: 0)
    do {
      _ = try LoopbackListener(port: listener.port)
      Issue.record("two wait on one port")
    } catch {
      #expect(error.description == "cannot wait on 127.0.0.1:\(listener.port): Address already in use")
    }
  }
}

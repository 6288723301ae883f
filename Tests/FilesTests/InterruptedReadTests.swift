import Foundation
import Synchronization
import Testing

@testable import Files

/// The thread that reads, and what it read.
private final class Reading: Sendable {
  let thread = Mutex<pthread_t?>(nil)
  let result = Mutex<Result<[UInt8], any Error>?>(nil)
  let isOver = Mutex(false)
}

@Suite("Reading while signals come")
struct InterruptedReadTests {
  @Test("A signal that asks for no end does not end a read: the bytes that come later are read")
  func otherSignals() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "signals-\(UUID().uuidString)").path
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    var (ignoring, before) = (sigaction(), sigaction())
    ignoring.__sigaction_handler.sa_handler = { _ in }
    sigaction(SIGUSR2, &ignoring, &before)
    defer { sigaction(SIGUSR2, &before, nil) }
    let reading = Reading()
    let reader = Thread {
      // The threads of a pool have signals blocked, and so have those that they start.
      var signals = sigset_t()
      sigemptyset(&signals)
      sigaddset(&signals, SIGUSR2)
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      reading.thread.withLock { $0 = pthread_self() }
      let read = Result { try InputFile.bytes(of: path, expecting: "a text") }
      reading.result.withLock { $0 = read }
      while !reading.isOver.withLock({ $0 }) { usleep(1000) }
    }
    reader.start()
    defer { reading.isOver.withLock { $0 = true } }
    let descriptor = open(path, O_WRONLY)
    // Where the reader has gone there is one still.
    let spare = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(spare) }
    #expect(descriptor >= 0 && Descriptor.write(Array("one ".utf8), to: descriptor) == 0)
    let thread = try #require(reading.thread.withLock { $0 })
    for _ in 0..<20 {
      usleep(2000)
      pthread_kill(thread, SIGUSR2)
    }
    #expect(Descriptor.write("two".utf8, to: descriptor) == 0)
    close(descriptor)
    while reading.result.withLock({ $0 == nil }) { usleep(1000) }
    let read = try reading.result.withLock { try $0?.get() }
    #expect(read == Array("one two".utf8))
  }

  @Test("Bytes that cannot be written are told by the reason")
  func reasons() {
    #expect(Descriptor.write([1, 2], to: -1) == EBADF && Descriptor.write([UInt8](), to: -1) == 0)
    #expect(Descriptor.write(repeatElement(7 as UInt8, count: 3), to: -1) == EBADF)
    #expect(SystemReason.text(EBADF) == "Bad file descriptor" && Interruption.name(SIGTERM) == "SIGTERM")
    #expect(Interruption.name(SIGINT) == "SIGINT")
  }
}

import Foundation
import TestSupport
import Testing

/// A sample of what `.ci/long guests` does at length.
@Suite("Guests that do anything")
struct RandomGuestTests {
  @Test("Random programs and random accesses end with a status and words, in bounded time and memory", .needs(.python3))
  func sample() throws {
    let seed = UInt32.random(in: 0...(.max))
    let script = Transcript.repository + "/.ci/random-guests"
    let ran = try Transcript.run(
      "\(script) --programs 40 --accesses 20000 --seed \(seed) --mblstm \(Transcript.program)",
      in: FileManager.default.temporaryDirectory)
    #expect(ran.status == 0, "seed \(seed): \(ran.output)\(ran.error)")
    #expect(ran.output.contains("41 guests ended: "))
  }
}

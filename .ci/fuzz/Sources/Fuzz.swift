import Files
import Glibc

/// What libFuzzer calls for each input. The reader that takes it is chosen by FUZZ_TARGET.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  // What is refused in words is as good as what is read; a trap, a hang and too much memory end the process.
  try? FuzzTarget.chosen.take(bytes)
  return 0
}

/// A reader of something from outside.
enum FuzzTarget: String, CaseIterable {
  case log, diff, chip, checkpoint, model, settings, device, pulses, sequences, vectors, sweep, answers, waivers,
    image, gdb, guest

  static let chosen: FuzzTarget = {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
      print("FUZZ_TARGET is '\(name)', expected one of \(allCases.map(\.rawValue).joined(separator: ", "))")
      exit(2)
    }
    return target
  }()

  func take(_ bytes: [UInt8]) throws {
    switch self {
    case .log: try Readers.log(bytes)
    case .diff: try Readers.diff(bytes)
    case .chip: try Readers.chip(bytes)
    case .checkpoint: try Readers.checkpoint(bytes)
    case .model: try Readers.model(bytes)
    case .settings: try Readers.settings(bytes)
    case .device: try Readers.device(bytes)
    case .pulses: try Readers.pulses(bytes)
    case .sequences: try Readers.sequences(bytes)
    case .vectors: try Readers.vectors(bytes)
    case .sweep: try Readers.sweep(bytes)
    case .answers: try Readers.answers(bytes)
    case .waivers: try Readers.waivers(bytes)
    case .image: try Readers.image(bytes)
    case .gdb: try Guests.debugged(bytes)
    case .guest: try Guests.run(bytes)
    }
  }
}

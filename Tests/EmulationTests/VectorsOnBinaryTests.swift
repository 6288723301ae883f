import Foundation
import Tasks
import TestSupport
import Testing
import Vectors

/// The firmware's binary against the golden vectors, through the mailbox alone.
@Suite("Golden vectors on the RV32 controller")
struct VectorsOnBinaryTests {
  private static let suites = Suite.allCases.filter { $0.kind == .firmware }

  /// `.ci/run` has the binary pass all of them in a release build.
  private static var stride: Int { Trials.count(4, long: 1) }

  @Test("The binary passes what the native controller passes", arguments: suites)
  func passes(_ suite: Suite) throws {
    let path = repository + "/vectors/v1/\(suite.rawValue).json"
    let program = try BuiltFirmware.program("controller")
    let file = try VectorFile(path: path).thinned(by: Self.stride)
    let outcome = try file.check { machine in
      var controller = try EmulatedController(program, on: machine)
      controller.instructionLimit = 1_000_000_000
      return controller
    }
    #expect(outcome.firstDifference == nil)
    #expect(outcome.passed == file.count)
  }

  @Test("Another program than a controller fails in words, and values are not its affair")
  func others() throws {
    let program = try BuiltFirmware.program("selftest")
    let folder = repository + "/vectors/v1/"
    let outcome = try VectorFile(path: folder + "calibration.json").check { machine in
      try EmulatedController(program, on: machine)
    }
    #expect(outcome.failed == outcome.cases.count)
    let values = try VectorFile(path: folder + "random.json").check { machine in
      try EmulatedController(program, on: machine)
    }
    #expect(values.skipped == values.cases.count)
  }
}

import Board
import Tasks
import Testing
import Vectors

/// A small controller of a user against the golden vectors: what it claims, it does.
@Suite("Agreement of a user's controller")
struct OwnControllerAgreementTests {
  private static let claims = Claims(["configure", "setActivation", "program", "infer"])

  private static func outcome(_ suite: Suite, _ agreement: Agreement) throws -> FileOutcome {
    let program = try OwnController.program()
    return try VectorFile(path: repository + "/vectors/v1/\(suite.rawValue).json").check(agreement) { machine in
      var controller = try EmulatedController(program, on: machine)
      controller.instructionLimit = 20_000_000
      return controller
    }
  }

  @Test(
    "It passes every case of what it claims at 'replies', on chips of its kind",
    arguments: [
      (Suite.programVerify, 61), (.lstmStep, 71), (.dense, 60), (.inference, 34), (.calibration, 31),
    ])
  func passes(_ suite: Suite, _ count: Int) throws {
    let outcome = try Self.outcome(suite, Agreement(.replies, claims: Self.claims))
    #expect(outcome.firstDifference == nil)
    #expect(outcome.passed == count)
  }

  @Test("It makes other accesses, and its programming another state")
  func stricter() throws {
    let accesses = try Self.outcome(.lstmStep, Agreement(.accesses, claims: Self.claims))
    #expect(accesses.firstDifference?.contains("transaction ") == true)
    let state = try Self.outcome(.programVerify, Agreement(.state, claims: Self.claims))
    #expect(state.firstDifference?.contains("(program), ") == true, "\(state.firstDifference ?? "")")
  }

  @Test("Its calibration, which does nothing, is named")
  func calibration() throws {
    let outcome = try Self.outcome(.calibration, Agreement(.replies, claims: Claims(["configure", "calibrate"])))
    #expect(outcome.failed == 28)
    #expect(outcome.differences.allSatisfy { $0.contains(" (calibrate), ") }, "\(outcome.differences)")
    #expect(outcome.firstDifference?.contains("converters of tile 0 are off by 32 steps, expected at most 16") == true)
  }

  @Test(
    "A controller that is wrong in one thing is told where",
    arguments: [
      ("g[H+k]*c_[k]", "g[k]*c_[k]", Suite.lstmStep, "(infer), word "),
      ("if(y[k]>y[best])", "if(y[k]>=y[best])", .inference, "(infer), word 1 of the reply"),
      ("missed+=work;", "missed+=0*work;", .programVerify, "(program), "),
      ("word|=(c/H==2?2u:1u)", "word|=(c/H==1?2u:1u)", .lstmStep, "(infer), word "),
      ("base[1]=r;", "", .inference, "(infer), word "),
    ])
  func wrong(_ old: String, _ new: String, _ suite: Suite, _ told: String) throws {
    let program = try OwnController.program([(old, new)])
    let outcome = try VectorFile(path: repository + "/vectors/v1/\(suite.rawValue).json").check(
      Agreement(.replies, claims: Self.claims)
    ) { machine in
      var controller = try EmulatedController(program, on: machine)
      controller.instructionLimit = 20_000_000
      return controller
    }
    #expect(outcome.firstDifference?.contains(told) == true, "\(outcome.firstDifference ?? "no difference")")
  }
}

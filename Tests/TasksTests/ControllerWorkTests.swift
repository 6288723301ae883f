import Crossbar
import Firmware
import FixedPoint
import Registers
import Testing

@testable import Tasks

@Suite("What requests have a controller compute")
struct ControllerWorkTests {
  /// A controller that knows a network 3-2-2, and trains it.
  private static func knowledge(
    batch: UInt32 = 2, truncation: UInt32 = 0, loss: Firmware.Loss = .crossEntropy, path: BackwardPath = .readTransposed
  ) -> ControllerKnowledge {
    var knowledge = ControllerKnowledge()
    knowledge.note(.configure, [3, 2, 2, 256, 256, 0], .done, [])
    let settings = [
      UpdateRule.errorFeedback.rawValue, loss.rawValue, path.rawValue, batch, truncation, 4, 0, 5, 10, 0,
    ]
    knowledge.note(.configureTraining, settings, .done, [])
    return knowledge
  }

  /// Two steps, of which three values are not zero.
  private static let sequence: [UInt32] = [
    2, 1, Lanes.pack(5, 0), Lanes.pack(7, 0), Lanes.pack(0, 0), Lanes.pack(-1, 0),
  ]

  @Test("The way forward is steps, what goes into them, and cells")
  func forward() {
    let work = Self.knowledge().work(of: .infer, [2, 1, 2, 3, 4], on: .reference)
    #expect(work.family == .infer(.controller))
    #expect(work[.step] == 2 && work[.input] == 6 && work[.cell] == 4 && work[.output] == 2)
    #expect(Self.knowledge().work(of: .predict, [2, 1, 2, 3, 4], on: .reference)[.output] == 4)
  }

  @Test("Sequences are inferred by the controller, or by the cell unit from codes or from signals")
  func inferring() {
    func family(_ features: ChipFeatures) -> ControllerWork.Family {
      Self.knowledge().work(of: .infer, [2, 1, 2, 3, 4], on: .reference, with: features).family
    }
    #expect(family([]) == .infer(.controller) && family(.windows) == .infer(.controller))
    #expect(family(.cell) == .infer(.unit) && family([.windows, .cell]) == .infer(.unitByWindows))
  }

  @Test(
    "Errors go back through the cells of all steps, or of the last; weights that were read back are multiplied with them"
  )
  func backward() {
    let work = Self.knowledge().work(of: .train, Self.sequence, on: .reference)
    #expect(work.family == .training(.errorFeedback) && work[.weightProduct] == 0)
    #expect(work[.backwardStep] == 2 && work[.backwardCell] == 4)
    #expect(work[.output] == 2 && work[.probability] == 2 && work[.targetStep] == 0)
    let short = Self.knowledge(truncation: 1).work(of: .train, Self.sequence, on: .reference)
    #expect(short[.backwardStep] == 1 && short[.backwardCell] == 2)
    let copied = Self.knowledge(path: .readBack).work(of: .train, Self.sequence, on: .reference)
    #expect(copied[.weightProduct] == Double(2 * 8 + 2 * 2) && copied[.productSum] == 4)
    // Of one step back errors go through the dense layer alone, and none come to a step before.
    let latest = Self.knowledge(truncation: 1, path: .readBack).work(of: .train, Self.sequence, on: .reference)
    #expect(latest[.weightProduct] == Double(2 * 2) && latest[.productSum] == 2)
  }

  @Test("With a squared error every step has targets, and an output of the dense layer")
  func squared() {
    let words: [UInt32] = [2, 0] + [5, 7, 99, 0, 0, 99]
    let work = Self.knowledge(loss: .squaredError).work(of: .train, words, on: .reference)
    #expect(work[.output] == 4 && work[.targetStep] == 2 && work[.probability] == 0)
  }

  @Test("Segments that training looks slopes up in are those that were set, of both circuits")
  func segments() {
    var knowledge = Self.knowledge()
    func segments() -> Double {
      knowledge.work(of: .configureTraining, [4, 0, 0, 1, 0, 3], on: .reference)[.segment]
    }
    let hard = Double(Activation.hard.sigmoid.count + Activation.hard.tanh.count)
    #expect(segments() == hard)
    knowledge.note(.setActivation, [1, 15] + Array(repeating: 0, count: 31), .done, [])
    #expect(segments() == Double(Activation.hard.sigmoid.count + 15))
    knowledge.note(.setActivation, [0, 9], .badLength, [])
    knowledge.note(.setActivation, [2, 9], .done, [])
    #expect(segments() == Double(Activation.hard.sigmoid.count + 15))
  }

  @Test("An update comes with the last sequence of a batch, or with what is left of one")
  func updates() {
    var knowledge = Self.knowledge()
    func work(_ command: Command) -> ControllerWork {
      knowledge.work(of: command, command == .train ? Self.sequence : [], on: .reference)
    }
    #expect(work(.update)[.update] == 0 && work(.train)[.update] == 0)
    knowledge.note(.train, Self.sequence, .done, [])
    #expect(work(.update)[.update] == 1)
    #expect(work(.train)[.update] == 1 && work(.train)[.weight] == 48 + 6 && work(.train)[.line] == 6 + 8 + 3 + 2)
    knowledge.note(.train, Self.sequence, .done, [])
    #expect(work(.train)[.update] == 0)
    knowledge.note(.train, Self.sequence, .done, [])
    knowledge.note(.update, [], .done, [])
    #expect(work(.train)[.update] == 0)
  }

  @Test("Weights are written as the synapse has them, and the chip's windows")
  func writing() {
    let knowledge = Self.knowledge()
    func family(_ synapse: Synapse, _ features: ChipFeatures = []) -> ControllerWork.Family {
      knowledge.work(of: .program, [0], on: synapse, with: features).family
    }
    #expect(family(.reference) == .program(.single) && family(.reference, .windows) == .program(.single))
    #expect(family(.differential) == .program(.pair) && family(.differential, .windows) == .program(.pairByWindow))
  }
}

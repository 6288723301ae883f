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

  @Test("Gradients are of lines that carry something: inputs that are not 0, h behind the first step, the bias")
  func gradients() {
    let work = Self.knowledge().work(of: .train, Self.sequence, on: .reference)
    #expect(work.family == .training(.errorFeedback) && work[.backwardCell] == 4 && work[.weightProduct] == 0)
    #expect(work[.gradient] == Double((3 + 2 + 2) * 8 + 3 * 2))
    // One step back alone, the last: one input, h and the bias.
    let short = Self.knowledge(truncation: 1).work(of: .train, Self.sequence, on: .reference)
    #expect(short[.gradient] == Double((1 + 2 + 1) * 8 + 3 * 2) && short[.backwardCell] == 2)
    let copied = Self.knowledge(path: .readBack).work(of: .train, Self.sequence, on: .reference)
    #expect(copied[.weightProduct] == Double(2 * 8 + 2 * 2))
    // Of one step back errors go through the dense layer alone, and none come to a step before.
    let latest = Self.knowledge(truncation: 1, path: .readBack).work(of: .train, Self.sequence, on: .reference)
    #expect(latest[.weightProduct] == Double(2 * 2))
  }

  @Test("With a squared error every step has targets, and a dense layer to go back through")
  func squared() {
    let words: [UInt32] = [2, 0] + [5, 7, 99, 0, 0, 99]
    let work = Self.knowledge(loss: .squaredError).work(of: .train, words, on: .reference)
    #expect(work[.output] == 4 && work[.gradient] == Double((2 + 2 + 2) * 8 + 2 * 3 * 2))
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

  @Test("Weights are written as the synapse and the device's pulse times have it")
  func writing() {
    var knowledge = Self.knowledge()
    func family(_ synapse: Synapse) -> ControllerWork.Family { knowledge.work(of: .program, [0], on: synapse).family }
    #expect(family(.reference) == .program(.single) && family(.differential) == .program(.pair))
    let (steady, abrupt) = ((0..<65).map { UInt32($0) * 100 }, Array(repeating: UInt32(16), count: 65))
    let byWindow = knowledge.work(of: .program, [0], on: .differential, with: .windows)
    #expect(byWindow.family == .program(.pairByWindow))
    knowledge.note(.setPulseTimes, steady + steady.reversed() + [1], .done, [])
    #expect(family(.differential) == .program(.noisy))
    knowledge.note(.setPulseTimes, steady + abrupt + [1], .done, [])
    #expect(family(.reference) == .program(.abrupt))
    knowledge.note(.setPulseTimes, steady + steady.reversed() + [0], .done, [])
    #expect(family(.reference) == .program(.single))
  }
}

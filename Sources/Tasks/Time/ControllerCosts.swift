import Firmware

/// What the shipped controller takes to compute on the RV32 core, cycles of `CycleTable.ibex`, for one of each kind of work.
///
/// Fitted to the binary, least squares over requests of several tasks, rules and shapes, by `.ci/cost-model --write`, which
/// writes the lines of the table; `.ci/cost-model` holds it against those and others, within 5 % of the time of a whole run.
enum ControllerCosts {
  static func perUnit(of family: ControllerWork.Family) -> WorkRow {
    let learning: WorkRow = [
      .hostWord: 23.1, .access: 60.7, .conversion: 764.1, .step: 286.9, .input: 4.1, .backwardCell: 1078.7,
      .weightProduct: 49.5, .probability: 478.4, .targetStep: 2179.6, .velocity: 26.2, .gradientLine: 144.3,
      .gradient: 20.3, .slopeSegment: 8.5, .errorCell: 160.5, .wideWeight: 31.7, .verifiedWeight: 28.7,
    ]
    return switch family {
    case .infer(.controller):
      [.request: 843.8, .hostWord: 32.8, .access: 21.3, .step: 419.2, .cell: 45.7, .output: 13.0]
    case .predict(.controller): [.access: 38.2, .input: 52.3]
    case .infer(.unit): [.request: 399.7, .hostWord: 28.5, .access: 11.2, .step: 1.1, .output: 23.2]
    case .predict(.unit): [.access: 10.0, .step: 293.2]
    case .infer(.unitByWindows): [.request: 739.3, .hostWord: 10.0, .access: 12.2, .step: 15.8]
    case .predict(.unitByWindows): [.access: 10.2, .step: 196.3]
    case .training(.accumulate):
      learning + [.pulse: 37.3, .update: 4871.6, .weight: 80.1, .movedWeight: 64.9, .dueWeight: 68.2]
    case .training(.fixedVoltage):
      learning + [.phase: 454.8, .pulse: 9.0, .update: 2253.2, .weight: 63.6, .movedWeight: 64.1]
    case .training(.linear):
      learning + [.phase: 127.8, .pulse: 38.7, .weight: 48.4, .dueWeight: 179.3, .pulseTime: 92.3]
    case .training(.target):
      learning + [.update: 2347.0, .weight: 83.5, .line: 13.1, .movedWeight: 63.8, .judgedWeight: 115.1]
    case .training(.errorFeedback):
      learning + [
        .phase: 588.5, .pulse: 66.3, .update: 28291.0, .weight: 182.8, .line: 1609.5, .movedWeight: 303.1,
        .dueWeight: 348.7, .pulseTime: 82.2,
      ]
    case .program(.single):
      [
        .request: 2351.8, .hostWord: 188.4, .phase: 207.2, .pulse: 23.2, .selectedLine: 42.5, .verifiedWeight: 131.8,
        .pulseTime: 210.5,
      ]
    case .program(.pair):
      [.hostWord: 194.1, .phase: 197.4, .pulse: 12.3, .selectedLine: 20.5, .verifiedWeight: 126.6, .pulseTime: 169.4]
    case .program(.pairByWindow):
      [.hostWord: 183.1, .phase: 193.7, .pulse: 11.6, .selectedLine: 19.6, .verifiedWeight: 125.9, .pulseTime: 166.0]
    case .calibrate: [.access: 92.8]
    case .readWeights: [.request: 1609.3, .hostWord: 35.6, .selectedLine: 34.6, .verifiedWeight: 79.3]
    case .commit: [.request: 22750.6, .access: 170.3, .line: 1690.4]
    case .scrub: [.request: 15890.1, .access: 163.5, .weight: 66.2, .selectedLine: 379.7, .verifiedWeight: 63.3]
    case .boot: [.request: 19841.5, .access: 126.9, .line: 451.6]
    case .setActivation: [.request: 786.0, .access: 19.5]
    case .configure: [.request: 13299.0, .access: 7.1, .line: 74.4]
    case .configureTraining:
      [
        .request: 41260.0, .access: 122.9, .conversion: 233.3, .step: 54.6, .cell: 35.3, .weight: 16.0, .line: 20.4,
        .slopeSegment: 835.4,
      ]
    case .other: [.request: 876.6, .hostWord: 27.8]
    }
  }
}

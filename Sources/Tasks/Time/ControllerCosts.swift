import Firmware

/// What the shipped controller takes to compute on the RV32 core, cycles of `CycleTable.ibex`, for one of each kind of work.
///
/// Fitted to the binary, least squares over requests of several tasks, rules and shapes, by `.ci/cost-model --write`, which
/// writes the lines of the table; `.ci/cost-model` holds it against those and others, within 5 % of the time of a whole run.
enum ControllerCosts {
  static func perUnit(of family: ControllerWork.Family) -> WorkRow {
    let learning: WorkRow = [
      .hostWord: 25.3, .access: 62.6, .conversion: 727.6, .step: 228.2, .input: 9.4, .backwardStep: 581.2,
      .backwardCell: 1080.3, .weightProduct: 48.5, .productSum: 41.0, .output: 631.1, .targetStep: 1398.7,
      .velocity: 27.7, .gradientLine: 110.3, .gradient: 20.8, .errorCell: 120.2, .segment: 8.4, .wideWeight: 29.4,
      .verifiedWeight: 29.4,
    ]
    return switch family {
    case .infer(.controller):
      [.request: 691.2, .hostWord: 25.6, .access: 17.6, .step: 453.7, .input: 4.7, .cell: 58.2, .output: 22.3]
    case .predict(.controller): [.access: 38.2, .step: 629.7]
    case .infer(.unit): [.request: 424.0, .hostWord: 28.9, .access: 10.8, .step: 2.9, .output: 22.9]
    case .predict(.unit): [.access: 9.9, .step: 294.2]
    case .infer(.unitByWindows): [.request: 785.9, .hostWord: 11.5, .access: 10.3, .step: 24.0]
    case .predict(.unitByWindows): [.access: 10.1, .input: 16.4]
    case .training(.accumulate): learning + [.update: 4385.7, .weight: 75.7, .movedWeight: 70.1]
    case .training(.fixedVoltage):
      learning + [.phase: 135.7, .pulse: 51.2, .update: 3823.8, .weight: 62.8, .movedWeight: 65.6]
    case .training(.linear):
      learning + [.pulse: 38.5, .update: 367.0, .weight: 60.5, .dueWeight: 167.1, .pulseTime: 92.3]
    case .training(.target): learning + [.update: 2927.1, .weight: 80.8, .movedWeight: 68.7, .judgedWeight: 99.0]
    case .training(.errorFeedback):
      learning + [
        .pulse: 130.2, .update: 11034.2, .weight: 183.2, .line: 478.7, .movedWeight: 289.5, .rootDigit: 68.9,
        .dueWeight: 406.2, .pulseTime: 37.7,
      ]
    case .program(.single):
      [
        .request: 414.4, .hostWord: 180.8, .phase: 207.6, .pulse: 23.1, .selectedLine: 53.6, .verifiedWeight: 130.0,
        .pulseTime: 213.8,
      ]
    case .program(.pair):
      [.hostWord: 144.5, .phase: 192.2, .pulse: 16.4, .selectedLine: 26.6, .verifiedWeight: 116.4, .pulseTime: 174.7]
    case .program(.pairByWindow):
      [.hostWord: 131.9, .phase: 192.4, .pulse: 15.5, .selectedLine: 27.1, .verifiedWeight: 115.1, .pulseTime: 171.7]
    case .calibrate: [.access: 91.8]
    case .readWeights: [.request: 1126.6, .selectedLine: 39.7, .verifiedWeight: 96.0]
    case .commit: [.request: 27850.7, .access: 174.2, .line: 1564.9]
    case .scrub: [.request: 11592.7, .access: 166.2, .weight: 77.6, .selectedLine: 153.0, .verifiedWeight: 66.4]
    case .boot: [.request: 22415.4, .access: 124.6, .line: 445.5]
    case .setActivation: [.request: 786.0, .access: 19.5]
    case .configure: [.request: 13034.8, .access: 30.8, .line: 70.3]
    case .configureTraining:
      [
        .request: 41057.2, .access: 126.1, .conversion: 101.5, .step: 73.3, .cell: 34.3, .weight: 15.8, .line: 25.4,
        .segment: 856.8,
      ]
    case .other: [.request: 879.9, .hostWord: 27.8]
    }
  }
}

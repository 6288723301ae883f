import Firmware

/// What the shipped controller takes to compute on the RV32 core, cycles of `CycleTable.ibex`, for one of each kind of work in
/// the order of `ControllerWork.Kind`.
///
/// Fitted to the binary, least squares over requests of several tasks, rules and shapes, by `.ci/cost-model --write`, which
/// writes the lines of the table; `.ci/cost-model` holds it against those and others, within 5 % of the time of a whole run.
enum ControllerCosts {
  static func perUnit(of family: ControllerWork.Family) -> SIMD16<Double> {
    switch family {
    case .infer(.controller):
      SIMD16(1019.2, 39.1, 16.7, 0.0, 0.0, 0.0, 401.3, 0.0, 63.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .infer(.unit): SIMD16(518.3, 0.0, 10.4, 0.0, 0.0, 0.0, 41.7, 11.7, 0.0, 0.0, 0.0, 0.0, 37.1, 0.0, 0.0, 0.0)
    case .infer(.unitByWindows):
      SIMD16(568.2, 0.0, 10.5, 0.0, 0.0, 0.0, 52.2, 3.3, 0.0, 0.0, 0.0, 0.0, 27.8, 0.0, 0.0, 0.0)
    case .predict(.controller): SIMD16(0.0, 89.8, 38.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .predict(.unit): SIMD16(0.0, 0.0, 9.6, 0.0, 0.0, 0.0, 298.4, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .predict(.unitByWindows):
      SIMD16(0.0, 0.0, 9.6, 0.0, 0.0, 0.0, 203.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .training(.accumulate):
      SIMD16(0.0, 0.0, 95.9, 2051.0, 948.4, 0.0, 0.0, 0.0, 596.1, 0.0, 25.4, 0.0, 636.4, 0.0, 136.9, 311.6)
    case .training(.fixedVoltage):
      SIMD16(0.0, 0.0, 104.7, 1940.1, 0.0, 42.5, 0.0, 0.0, 590.0, 0.0, 25.0, 0.0, 638.6, 0.0, 129.2, 160.0)
    case .training(.linear):
      SIMD16(0.0, 0.0, 174.5, 317.8, 0.0, 124.6, 0.0, 0.0, 480.0, 0.0, 22.7, 0.0, 2046.2, 0.0, 238.8, 0.0)
    case .training(.target):
      SIMD16(0.0, 0.0, 134.5, 1546.8, 3206.7, 0.0, 0.0, 0.0, 487.0, 0.0, 24.2, 0.0, 923.5, 0.0, 142.9, 233.4)
    case .training(.errorFeedback):
      SIMD16(0.0, 0.0, 163.4, 0.0, 0.0, 325.2, 0.0, 0.0, 1214.2, 0.0, 14.4, 44.0, 6194.8, 0.0, 505.9, 1235.4)
    case .program(.single):
      SIMD16(269.9, 0.0, 27.2, 418.3, 0.0, 748.7, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .program(.pair): SIMD16(0.0, 0.0, 67.8, 0.0, 0.0, 98.6, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .program(.pairByWindow):
      SIMD16(0.0, 0.0, 67.3, 0.0, 0.0, 129.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .program(.noisy): SIMD16(0.0, 4680.0, 15.6, 0.0, 0.0, 567.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .program(.abrupt): SIMD16(0.0, 3622.0, 26.1, 0.0, 0.0, 180.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .reading: SIMD16(0.0, 0.0, 92.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .commit: SIMD16(25083.7, 0.0, 174.8, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1543.3)
    case .scrub: SIMD16(0.0, 0.0, 170.1, 1699.4, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 129.9, 0.0)
    case .boot: SIMD16(0.0, 0.0, 212.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .configure: SIMD16(9970.1, 0.0, 153.9, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 69.6)
    case .configureTraining:
      SIMD16(44771.9, 0.0, 128.7, 0.0, 0.0, 0.0, 0.0, 0.0, 38.1, 0.0, 0.0, 0.0, 0.0, 0.0, 15.8, 15.5)
    case .other: SIMD16(777.8, 28.4, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    }
  }
}

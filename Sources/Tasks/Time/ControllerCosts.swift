import Firmware

/// What the shipped controller takes to compute on the RV32 core, cycles of `CycleTable.ibex`, for one of each kind of work in
/// the order of `ControllerWork.Kind`.
///
/// Fitted to the binary, least squares over requests of several tasks, rules and shapes, by `.ci/cost-model --write`, which
/// writes the lines of the table; `.ci/cost-model` holds it against those and others, within 5 % of the time of a whole run.
enum ControllerCosts {
  static func perUnit(of family: ControllerWork.Family) -> SIMD16<Double> {
    switch family {
    case .infer: SIMD16(1421.1, 37.1, 18.1, 0.0, 0.0, 0.0, 352.7, 0.0, 58.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .predict: SIMD16(0.0, 0.0, 38.2, 0.0, 0.0, 0.0, 0.0, 76.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .training(.accumulate):
      SIMD16(0.0, 0.0, 96.1, 1949.4, 1063.8, 0.0, 0.0, 0.0, 610.5, 0.0, 25.1, 0.0, 688.4, 0.0, 138.9, 293.3)
    case .training(.fixedVoltage):
      SIMD16(0.0, 0.0, 102.7, 1856.0, 0.0, 14.5, 0.0, 0.0, 597.5, 0.0, 25.0, 0.0, 680.7, 0.0, 128.7, 131.9)
    case .training(.linear):
      SIMD16(0.0, 0.0, 175.1, 176.9, 0.0, 121.4, 0.0, 0.0, 480.2, 0.0, 22.7, 0.0, 2135.5, 0.0, 234.8, 0.0)
    case .training(.target):
      SIMD16(0.0, 0.0, 134.4, 1454.8, 3240.7, 0.0, 0.0, 0.0, 490.7, 0.0, 24.1, 0.0, 950.2, 0.0, 143.0, 232.5)
    case .training(.errorFeedback):
      SIMD16(0.0, 0.0, 171.2, 44.3, 0.0, 273.0, 0.0, 0.0, 1127.4, 0.0, 15.1, 43.6, 5580.6, 0.0, 484.2, 1454.2)
    case .program(.single):
      SIMD16(333.9, 0.0, 28.7, 395.4, 0.0, 746.7, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .program(.pair): SIMD16(0.0, 0.0, 65.1, 0.0, 0.0, 98.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .program(.noisy): SIMD16(0.0, 4737.2, 12.4, 0.0, 0.0, 572.4, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .program(.abrupt): SIMD16(0.0, 3633.4, 22.7, 0.0, 0.0, 181.6, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .reading: SIMD16(0.0, 0.0, 91.9, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    case .configure: SIMD16(13012.8, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 76.1)
    case .configureTraining:
      SIMD16(44843.4, 0.0, 129.1, 0.0, 0.0, 0.0, 0.0, 0.0, 39.2, 0.0, 0.0, 0.0, 0.0, 0.0, 16.0, 0.0)
    case .other: SIMD16(789.2, 28.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    }
  }
}

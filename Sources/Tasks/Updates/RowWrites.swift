import Board
import Crossbar
import Registers

/// The PROGRAM_ROWs of an update, given again to a copy of the array that they began with.
struct RowWrites {
  let writes: [UpdateLog.Write]
  /// The tile's operation number before the log was begun: the same draws.
  let operationsBefore: UInt64
  let chip: ChipConfiguration

  private func phases(_ write: UpdateLog.Write) -> [RowPhase] {
    [Polarity.set, .reset].compactMap { polarity in
      let widths = write.widths.map { width in
        Nanoseconds(max(polarity == .set ? Int32(width) : -Int32(width), 0) * Int32(chip.timing.stepNanoseconds))
      }
      guard widths.contains(where: { $0 > 0 }) else { return nil }
      return RowPhase(
        wordLine: write.row, polarity: polarity, millivolts: chip.millivolts(polarity), widths: widths,
        operation: operationsBefore + write.place)
    }
  }

  /// As the chip has done it: one phase for all SET pulses of a word line, one for all RESET pulses, each as long as its
  /// longest pulse.
  func rowParallel(on array: inout CrossbarArray) -> UpdateCost {
    var cost = begun
    for phase in writes.flatMap(phases) { cost.add(phase, on: &array, chip) }
    return cost
  }

  /// Each of the pulses in a phase of its own, with half its voltage on the rest of both lines.
  func cellSerial(on array: inout CrossbarArray) -> UpdateCost {
    var cost = begun
    for phase in writes.flatMap(phases) {
      for bitLine in phase.widths.indices where phase.widths[bitLine] > 0 {
        var single = phase
        single.widths = phase.widths.indices.map { $0 == bitLine ? phase.widths[$0] : 0 }
        cost.add(single, on: &array, chip)
      }
    }
    cost.operations = cost.phases
    return cost
  }

  private var begun: UpdateCost {
    var cost = UpdateCost()
    cost.operations = Double(writes.count)
    cost.wordLines = Double(Set(writes.map(\.row)).count)
    return cost
  }
}

extension UpdateCost {
  fileprivate mutating func add(_ phase: RowPhase, on array: inout CrossbarArray, _ chip: ChipConfiguration) {
    let energy = array.dissipation(of: phase)
    _ = array.apply(phase)
    let longest = phase.widths.map(\.count).max() ?? 0
    phases += 1
    pulses += Double(phase.widths.count { $0 > 0 })
    pulseSeconds += Double(longest) * 1e-9 + chip.restSeconds
    restSeconds += chip.restSeconds
    energyJoules += Double(energy.sum.attojoules) * 1e-18
    halfSelectedJoules += Double(energy.halfSelected.attojoules) * 1e-18
  }
}

extension ChipConfiguration {
  /// Of a polarity's pulses, after reset.
  func millivolts(_ polarity: Polarity) -> Int {
    polarity == .set ? amplitudes.afterReset.set : amplitudes.afterReset.reset
  }

  /// Behind a pulse phase.
  var restSeconds: Double { Double(timing.relax) * Double(Timing.nanosecondsPerCycle) * 1e-9 }
}

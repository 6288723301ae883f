import FixedPoint
import Registers

/// The requests that make a chip ready: what it is, its network, its circuits, its trims, its weights.
extension Controller {
  func identify(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    try request.expectEnd()
    var capabilities: UInt32 = 0
    for command in Command.allCases { capabilities |= command.capability }
    HostPort.answer([Command.version, capabilities], on: &bus)
  }

  mutating func configure(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let plan = try NetworkPlan(&request, on: &bus)
    try request.expectEnd()
    let network = try Network(plan, on: working, &bus)
    state = .configured(Boxed(network))
    network.cell.selectCircuits(on: &bus)
    WeightScale.set(window: plan.windows.lstm, headroom: 0, of: network.cell.tile, on: &bus)
    WeightScale.set(window: plan.windows.dense, headroom: plan.headroom, of: network.dense.tile, on: &bus)
    try network.expectNoErrors(on: &bus)
    HostPort.answer(on: &bus)
  }

  mutating func setActivation(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    guard let bank = ActivationBank(rawValue: try request.next(on: &bus)) else { throw .badArgument }
    let count = try request.next(.segments, on: &bus)
    guard request.remaining == 1 + 2 * count else { throw .badLength }
    let circuit = try bank.take(count, from: &request, on: &bus)
    keep(circuit, of: bank)
    forgetTrainings()
    HostPort.answer(on: &bus)
  }

  mutating func calibrate(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let calibration = Calibration(samplesLog2: Int(try request.next(.samplesLog2, on: &bus)))
    try request.expectEnd()
    try withNetwork { network throws(Status) in
      let lstm = calibration.calibrate(network.cell.tile, &network.calibration[0], on: &bus)
      let dense = calibration.calibrate(network.dense.tile, &network.calibration[1], on: &bus)
      HostPort.answer(on: &bus)
      for report in [lstm, dense] {
        HostPort.send(UInt32(report.largestOffset.raw), on: &bus)
        HostPort.send(UInt32(report.largestGainError.raw), on: &bus)
      }
    }
  }

  mutating func setPulseTimes(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let words = 2 * UInt32(PulseTimes.places)
    guard request.remaining == words || request.remaining == words + 1 else { throw .badLength }
    times = try PulseTimes(&request, isNoisyGiven: request.remaining > words, on: &bus)
    HostPort.answer(on: &bus)
  }

  mutating func program(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let layer = try request.nextLayer(on: &bus)
    let routine = try ProgramVerify(&request, on: &bus)
    guard let times else { throw .notConfigured }
    try withNetwork { network throws(Status) in
      let report = try network.program(layer, &request, by: routine, with: times, on: &bus)
      HostPort.answer([UInt32(report.worstError.raw), report.missed, report.rounds, report.reads], on: &bus)
    }
  }

  mutating func readWeights(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let layer = try request.nextLayer(on: &bus)
    let samples = try request.next(.samplesLog2, on: &bus)
    try request.expectEnd()
    try withNetwork { network throws(Status) in
      network.sendWeights(of: layer, samplesLog2: Int(samples), on: &bus)
    }
  }

  mutating func erase(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let layer = try request.nextLayer(on: &bus)
    try request.expectEnd()
    try withNetwork { network throws(Status) in
      let tile = network.tile(layer)
      tile.setUnlocked(true, on: &bus)
      tile.perform(.erase, on: &bus)
      tile.setUnlocked(false, on: &bus)
      try network.expectNoErrors(on: &bus)
      HostPort.answer(on: &bus)
    }
  }
}

extension Network {
  /// Writes the weights that follow in the request, row by row as they come.
  fileprivate mutating func program(
    _ layer: Layer, _ request: inout Request, by routine: ProgramVerify, with times: PulseTimes, on bus: inout some Bus
  ) throws(Status) -> ProgramVerify.Report {
    let (lines, tile, number) = (shape[layer], tile(layer), Int(layer.rawValue))
    guard request.remaining == UInt32(lines.rows * ((lines.columns + 1) / 2)) else { throw .badLength }
    var report = ProgramVerify.Report()
    tile.setUnlocked(true, on: &bus)
    routine.prepare(tile, with: times, on: &bus)
    for row in 0..<lines.rows {
      for column in stride(from: 0, to: lines.columns, by: 2) {
        let pair = try request.next(on: &bus)
        rows[number].columns[column].target = Q0_15(raw: Lanes.even(pair))
        if column + 1 < lines.columns { rows[number].columns[column + 1].target = Q0_15(raw: Lanes.odd(pair)) }
      }
      routine.program(row, &rows[number], columns: lines.columns, of: tile, with: times, report: &report, on: &bus)
    }
    tile.setUnlocked(false, on: &bus)
    guard tile.read(.error, on: &bus) == 0 else { throw .hardware }
    return report
  }

  fileprivate mutating func sendWeights(of layer: Layer, samplesLog2: Int, on bus: inout some Bus) {
    let (lines, tile, number) = (shape[layer], tile(layer), Int(layer.rawValue))
    let routine = ProgramVerify(tolerance: .zero, rounds: 0, samplesLog2: samplesLog2)
    HostPort.answer(on: &bus)
    for row in 0..<lines.rows {
      routine.select(row, &rows[number], of: tile, on: &bus)
      routine.verify(&rows[number], of: tile, on: &bus)
      for column in stride(from: 0, to: lines.columns, by: 2) {
        let even = Q0_15(rows[number].columns[column].weight)
        let odd = column + 1 < lines.columns ? Q0_15(rows[number].columns[column + 1].weight) : .zero
        HostPort.send(Lanes.pack(even.raw, odd.raw), on: &bus)
      }
    }
  }
}

import FixedPoint
import Registers

/// The requests that make a chip ready: what it is, its network, its circuits, its trims, its weights.
extension Controller {
  func identify(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    try request.expectEnd()
    answer([Command.version], on: &bus)
  }

  mutating func configure(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let size: ClosedRange<UInt32> = 1...UInt32(MemoryMap.maximumLines)
    let inputs = Int(try request.next(in: size, on: &bus))
    let hidden = Int(try request.next(in: size, on: &bus))
    let outputs = Int(try request.next(in: size, on: &bus))
    let lstmWindow = try request.next(in: 1...0xffff, on: &bus)
    let denseWindow = try request.next(in: 1...0xffff, on: &bus)
    let headroom = try request.next(in: 0...8, on: &bus)
    try request.expectEnd()
    guard bus.read(MemoryMap.chip + ChipRegister.tiles.offset()) >= 2 else { throw .doesNotFit }
    let cell = LSTMCell(tile: TileDriver(number: 0, on: &bus), inputs: inputs, hidden: hidden)
    let dense = DenseLayer(tile: TileDriver(number: 1, on: &bus), inputs: hidden, outputs: outputs)
    guard cell.tile.wordLines >= inputs + hidden + 1, cell.tile.columns >= 4 * hidden,
      dense.tile.wordLines >= hidden + 1, dense.tile.columns >= outputs
    else { throw .doesNotFit }
    let tiles = [cell.tile, dense.tile]
    trainer = nil
    network = Network(
      cell: cell, dense: dense, windows: (lstmWindow, denseWindow), denseHeadroom: Int(headroom),
      rows: tiles.map { ProgramVerify.Row($0) },
      calibration: tiles.map { Calibration.Buffers($0) })
    cell.selectCircuits(on: &bus)
    WeightScale.set(window: lstmWindow, headroom: 0, of: cell.tile, on: &bus)
    WeightScale.set(window: denseWindow, headroom: headroom, of: dense.tile, on: &bus)
    try expectNoErrors(on: &bus)
    answer([], on: &bus)
  }

  mutating func setActivation(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let isTanh = try request.next(in: 0...1, on: &bus) == 1
    let count = try request.next(in: 1...UInt32(PiecewiseLinear.maximumSegments), on: &bus)
    guard request.remaining == 1 + 2 * count else { throw .badLength }
    func put(_ register: ChipRegister, _ index: Int, _ value: UInt32) {
      bus.write(MemoryMap.chip + register.offset(index), value)
    }
    let rails = try request.next(on: &bus)
    put(isTanh ? .tanhRails : .sigmoidRails, 0, rails)
    var circuit = PiecewiseLinear(lowRail: Lanes.even(rails), highRail: Lanes.odd(rails), count: Int(count)) { _ in
      .init(slope: 0, offset: 0)
    }
    for k in 0..<Int(count) {
      let breakpoint = try request.next(in: 0...0xffff, on: &bus)
      put(isTanh ? .tanhBreakpoint : .sigmoidBreakpoint, k, breakpoint)
      circuit.segments[k].breakpoint = Q3_12(raw: Lanes.even(breakpoint))
    }
    for k in 0..<Int(count) {
      let line = try request.next(on: &bus)
      put(isTanh ? .tanhLine : .sigmoidLine, k, line)
      circuit.segments[k].slope = Q1_14(raw: Lanes.even(line))
      circuit.segments[k].offset = Q0_15(raw: Lanes.odd(line))
    }
    put(isTanh ? .tanhCount : .sigmoidCount, 0, count)
    if isTanh { tanh = circuit } else { sigmoid = circuit }
    trainer = nil
    answer([], on: &bus)
  }

  mutating func calibrate(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let calibration = Calibration(samplesLog2: Int(try request.next(in: 0...8, on: &bus)))
    try request.expectEnd()
    guard var network else { throw .notConfigured }
    self.network = nil
    defer { self.network = network }
    let lstm = calibration.calibrate(network.cell.tile, &network.calibration[0], on: &bus)
    let dense = calibration.calibrate(network.dense.tile, &network.calibration[1], on: &bus)
    let reports = [lstm, dense]
    answer(reports.flatMap { [UInt32($0.largestOffset), UInt32($0.largestGainError)] }, on: &bus)
  }

  mutating func setPulseTimes(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let words = 2 * UInt32(PulseTimes.places)
    guard request.remaining == words || request.remaining == words + 1 else { throw .badLength }
    var times = PulseTimes(
      set: Array(repeating: 0, count: PulseTimes.places), reset: Array(repeating: 0, count: PulseTimes.places))
    // A time fits 2³⁰, so that the difference of two cannot overflow.
    for place in 0..<PulseTimes.places { times.set[place] = try request.next(in: 0...0x3fff_ffff, on: &bus) }
    for place in 0..<PulseTimes.places { times.reset[place] = try request.next(in: 0...0x3fff_ffff, on: &bus) }
    if request.remaining > 0 { times.isNoisy = try request.next(in: 0...1, on: &bus) == 1 }
    self.times = times
    answer([], on: &bus)
  }

  mutating func program(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let layer = try self.layer(&request, on: &bus)
    let tolerance = try request.next(in: 0...0x7fff, on: &bus)
    let rounds = try request.next(in: 1...0xffff, on: &bus)
    let samples = try request.next(in: 0...8, on: &bus)
    guard var network, let times else { throw .notConfigured }
    let columns = network.columns(of: layer)
    guard request.remaining == UInt32(network.rows(of: layer) * ((columns + 1) / 2)) else { throw .badLength }
    let routine = ProgramVerify(tolerance: Int32(tolerance), rounds: Int(rounds), samplesLog2: Int(samples))
    let tile = network.tile(layer)
    var report = ProgramVerify.Report()
    self.network = nil
    defer { self.network = network }
    tile.setUnlocked(true, on: &bus)
    routine.prepare(tile, with: times, on: &bus)
    for row in 0..<network.rows(of: layer) {
      var column = 0
      while column < columns {
        let pair = try request.next(on: &bus)
        network.rows[Int(layer.rawValue)].targets[column] = Lanes.even(pair)
        if column + 1 < columns { network.rows[Int(layer.rawValue)].targets[column + 1] = Lanes.odd(pair) }
        column += 2
      }
      routine.program(
        row, &network.rows[Int(layer.rawValue)], columns: columns, of: tile, with: times, report: &report, on: &bus)
    }
    tile.setUnlocked(false, on: &bus)
    guard tile.read(.error, on: &bus) == 0 else { throw .hardware }
    answer([UInt32(report.worstError), report.missed, report.rounds, report.reads], on: &bus)
  }

  mutating func readWeights(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let layer = try self.layer(&request, on: &bus)
    let samples = try request.next(in: 0...8, on: &bus)
    try request.expectEnd()
    guard var network else { throw .notConfigured }
    self.network = nil
    defer { self.network = network }
    let routine = ProgramVerify(tolerance: 0, rounds: 0, samplesLog2: Int(samples))
    let tile = network.tile(layer)
    let columns = network.columns(of: layer)
    HostPort.send(Status.done.rawValue, on: &bus)
    for number in 0..<network.rows(of: layer) {
      routine.select(number, &network.rows[Int(layer.rawValue)], of: tile, on: &bus)
      routine.verify(&network.rows[Int(layer.rawValue)], of: tile, on: &bus)
      let weights = network.rows[Int(layer.rawValue)].weights
      for column in stride(from: 0, to: columns, by: 2) {
        let odd = column + 1 < columns ? weights[column + 1] : 0
        HostPort.send(Lanes.pack(weights[column].saturated(to: Int16.self), odd.saturated(to: Int16.self)), on: &bus)
      }
    }
  }

  func erase(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let layer = try self.layer(&request, on: &bus)
    try request.expectEnd()
    guard let network else { throw .notConfigured }
    let tile = network.tile(layer)
    tile.setUnlocked(true, on: &bus)
    tile.perform(.erase, on: &bus)
    tile.setUnlocked(false, on: &bus)
    try expectNoErrors(on: &bus)
    answer([], on: &bus)
  }

  private func layer(_ request: inout Request, on bus: inout some Bus) throws(Status) -> Layer {
    guard let layer = Layer(rawValue: try request.next(on: &bus)) else { throw .badArgument }
    return layer
  }
}

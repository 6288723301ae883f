import FixedPoint
import Registers

extension Controller {
  /// Runs a sequence through the network as it arrives and answers with the class and the outputs.
  mutating func infer(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let steps = try request.next(on: &bus)
    try withActiveNetwork { network throws(Status) in
      guard steps > 0 else { throw .badArgument }
      let wordsPerStep = network.wordsPerInput
      guard request.remaining / wordsPerStep == steps, request.remaining % wordsPerStep == 0 else { throw .badLength }
      network.begin(on: &bus)
      for _ in 0..<steps { try network.step(&request, on: &bus) }
      network.conclude(on: &bus)
      let isRefused = network.hasCellUnit && Network.hasClearedCellErrors(on: &bus)
      try network.expectNoErrors(on: &bus)
      guard !isRefused else { throw .hardware }
      HostPort.answer([UInt32(network.dense.winner)], on: &bus)
      network.sendOutputs(on: &bus)
    }
  }

  /// Runs a sequence and answers with the outputs after every step.
  mutating func predict(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let steps = try request.next(.steps, on: &bus)
    try withActiveNetwork { network throws(Status) in
      guard request.remaining == steps * network.wordsPerInput else { throw .badLength }
      network.begin(on: &bus)
      HostPort.answer(on: &bus)
      for _ in 0..<steps {
        try network.step(&request, on: &bus)
        network.conclude(on: &bus)
        network.sendOutputs(on: &bus)
      }
    }
  }
}

extension Network {
  /// Before the first step of a sequence.
  fileprivate mutating func begin(on bus: inout some Bus) {
    if hasCellUnit { beginOnUnit(on: &bus) } else { cell.reset() }
  }

  /// A step with the inputs that the request has next.
  fileprivate mutating func step(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    if hasCellUnit { return try stepOnUnit(&request, on: &bus) }
    try takeInputs(&request, on: &bus)
    cell.step(on: &bus)
  }

  /// The outputs after a step.
  fileprivate mutating func conclude(on bus: inout some Bus) {
    if hasCellUnit { dense.convert(on: &bus) } else { classify(on: &bus) }
  }

  /// Words of a request that hold the inputs of a step.
  var wordsPerInput: UInt32 { UInt32((shape.inputs + 1) / 2) }

  /// The inputs of the coming time step, from the request.
  mutating func takeInputs(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    var k = 0
    while k < shape.inputs {
      let pair = try request.next(on: &bus)
      cell.setInput(k, Q0_15(raw: Lanes.even(pair)))
      if k + 1 < shape.inputs { cell.setInput(k + 1, Q0_15(raw: Lanes.odd(pair))) }
      k += 2
    }
  }

  mutating func classify(on bus: inout some Bus) { dense.apply(to: cell.output, on: &bus) }

  // In line: a call would be given a copy of the network.
  @inline(__always)
  func sendOutputs(on bus: inout some Bus) {
    var k = 0
    while k < shape.outputs {
      let odd = k + 1 < shape.outputs ? dense.output[k + 1] : .zero
      HostPort.send(Lanes.pack(dense.output[k].raw, odd.raw), on: &bus)
      k += 2
    }
  }
}

import FixedPoint
import Registers

extension Controller {
  /// Runs a sequence through the network as it arrives and answers with the class and the outputs.
  mutating func infer(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let steps = try request.next(on: &bus)
    guard network != nil else { throw .notConfigured }
    guard let wordsPerStep = network.map({ UInt32(($0.cell.inputs + 1) / 2) }), steps > 0 else { throw .badArgument }
    guard request.remaining.dividedReportingOverflow(by: wordsPerStep) == (steps, false),
      request.remaining % wordsPerStep == 0
    else { throw .badLength }
    network?.cell.reset()
    for _ in 0..<steps {
      try network?.takeInputs(&request, on: &bus)
      network?.cell.step(on: &bus)
    }
    network?.classify(on: &bus)
    try expectNoErrors(on: &bus)
    network?.sendResult(on: &bus)
  }
}

extension Controller.Network {
  /// The inputs of the coming time step, from the request.
  mutating func takeInputs(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    var k = 0
    while k < cell.inputs {
      let pair = try request.next(on: &bus)
      cell.setInput(k, Lanes.even(pair))
      if k + 1 < cell.inputs { cell.setInput(k + 1, Lanes.odd(pair)) }
      k += 2
    }
  }

  mutating func classify(on bus: inout some Bus) { dense.apply(to: cell.output, on: &bus) }

  func sendResult(on bus: inout some Bus) {
    HostPort.send(Status.done.rawValue, on: &bus)
    HostPort.send(UInt32(dense.winner), on: &bus)
    sendOutputs(on: &bus)
  }

  func sendOutputs(on bus: inout some Bus) {
    var k = 0
    while k < dense.outputs {
      HostPort.send(Lanes.pack(dense.output[k], k + 1 < dense.outputs ? dense.output[k + 1] : 0), on: &bus)
      k += 2
    }
  }
}

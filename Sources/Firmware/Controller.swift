import FixedPoint
import Registers

/// The firmware: a network on two tiles, and the host's wishes carried out on them.
///
/// Tile 0 holds the LSTM cell, tile 1 the dense layer; tiles 2 and 3, where there are, those of a second network: see
/// `Side`. Memory is taken when a network or its training is configured, and kept; a time step allocates nothing.
public struct Controller: Sendable {
  /// What the controller is ready for; a command that wants more is refused with `notConfigured`.
  enum State: Sendable {
    case idle
    case configured(Boxed<Network>)
    case training(Boxed<Network>, Boxed<Trainer>)

    /// Of the network, where there is one.
    var shape: NetworkShape? {
      switch self {
      case .idle: nil
      case .configured(let network), .training(let network, _): network.value.shape
      }
    }
  }

  /// Of the side that is worked on.
  var state = State.idle
  /// Of the other one.
  var parked = State.idle
  /// What requests are of, but `infer` and `predict`.
  var working = Side.first
  /// What `infer` and `predict` are of.
  var active = Side.first
  var times: PulseTimes?
  /// The circuits as the host set them; the chip resets to the hard ones.
  var sigmoid = Activation.hard.sigmoid
  var tanh = Activation.hard.tanh
  /// Bytes that training needed and the controller did not have.
  var missingMemory: UInt32 = 0

  /// A controller that knows no network yet.
  public init() {}

  /// Keeps a circuit that is in the chip.
  mutating func keep(_ circuit: PiecewiseLinear, of bank: ActivationBank) {
    switch bank {
    case .sigmoid: sigmoid = circuit
    case .tanh: tanh = circuit
    }
  }

  /// Serves requests until none waits.
  /// - Returns: false once the host asked to stop.
  public mutating func serve(on bus: inout some Bus) -> Bool {
    while HostPort.waiting(on: &bus) > 0 {
      let word = HostPort.take(on: &bus)
      var request = Request(remaining: HostPort.take(on: &bus))
      do throws(Status) {
        guard let command = Command(rawValue: word) else { throw .unknownCommand }
        try carryOut(command, &request, on: &bus)
        if command == .stop { return false }
      } catch {
        request.drain(on: &bus)
        HostPort.send(error.rawValue, on: &bus)
        if error == .hardware {
          sendErrors(of: Command(rawValue: word)?.isOfActiveSide == true ? active : working, on: &bus)
        }
        if error == .flash { sendFlashErrors(on: &bus) }
        if error == .outOfMemory {
          HostPort.send(missingMemory, on: &bus)
          HostPort.send(UInt32(MemoryBudget.bytes), on: &bus)
        }
      }
    }
    return true
  }

  private mutating func carryOut(_ command: Command, _ request: inout Request, on bus: inout some Bus) throws(Status) {
    switch command {
    case .identify: try identify(&request, on: &bus)
    case .configure: try configure(&request, on: &bus)
    case .setActivation: try setActivation(&request, on: &bus)
    case .calibrate: try calibrate(&request, on: &bus)
    case .setPulseTimes: try setPulseTimes(&request, on: &bus)
    case .program: try program(&request, on: &bus)
    case .infer: try infer(&request, on: &bus)
    case .readWeights: try readWeights(&request, on: &bus)
    case .erase: try erase(&request, on: &bus)
    case .configureTraining: try configureTraining(&request, on: &bus)
    case .setRate: try setRate(&request, on: &bus)
    case .train: try train(&request, on: &bus)
    case .update: try finishBatch(&request, on: &bus)
    case .predict: try predict(&request, on: &bus)
    case .exportState: try exportState(&request, on: &bus)
    case .importState: try importState(&request, on: &bus)
    case .commit: try commit(&request, on: &bus)
    case .boot: try boot(&request, on: &bus)
    case .scrub: try scrub(&request, on: &bus)
    case .workOn: try workOn(&request, on: &bus)
    case .switchTo: try switchTo(&request, on: &bus)
    case .trainingReport: try trainingReport(&request, on: &bus)
    case .stop:
      try request.expectEnd()
      HostPort.answer(on: &bus)
    }
  }

  /// The answer to a tile that refused: the `ERROR` of both tiles of a side, which are cleared.
  private func sendErrors(of side: Side, on bus: inout some Bus) {
    for layer in Layer.allCases {
      let address = MemoryMap.tile(side.tile(layer)) + TileRegister.error.offset()
      let errors = bus.read(address)
      HostPort.send(errors, on: &bus)
      bus.write(address, errors)
    }
  }

  /// The same of the flash.
  private func sendFlashErrors(on bus: inout some Bus) {
    let errors = FlashDriver.read(.error, on: &bus)
    HostPort.send(errors, on: &bus)
    FlashDriver.write(.error, 0, errors, on: &bus)
  }
}

// Work on a state takes it out and puts it back, so that its buffers have one owner and are changed in their place.
extension Controller {
  /// Takes the state out and leaves the idle one.
  private mutating func take() -> State {
    var taken = State.idle
    swap(&taken, &state)
    return taken
  }

  /// Lets `body` work on the network.
  /// - Throws: `notConfigured` where there is none, or what `body` throws.
  mutating func withNetwork(_ body: (inout Network) throws(Status) -> Void) throws(Status) {
    switch take() {
    case .idle: throw .notConfigured
    case .configured(var network):
      defer { state = .configured(network) }
      try network.change(body)
    case .training(var network, let trainer):
      defer { state = .training(network, trainer) }
      try network.change(body)
    }
  }

  /// Lets `body` work on the network that is active.
  /// - Throws: `notConfigured` where there is none, or what `body` throws.
  mutating func withActiveNetwork(_ body: (inout Network) throws(Status) -> Void) throws(Status) {
    let side = working
    work(on: active)
    defer { work(on: side) }
    try withNetwork(body)
  }

  /// Lets `body` work on a network that is being trained.
  /// - Throws: `notConfigured` where there is none, or what `body` throws.
  mutating func withTraining(_ body: (inout Network, inout Trainer) throws(Status) -> Void) throws(Status) {
    guard case .training(var network, var trainer) = state else { throw .notConfigured }
    state = .idle
    defer { state = .training(network, trainer) }
    try network.change { network throws(Status) in
      try trainer.change { trainer throws(Status) in try body(&network, &trainer) }
    }
  }

  /// Bytes that training the network would take; 0 where there is no network.
  func needOfTraining(_ settings: TrainingSettings) -> Int {
    switch state {
    case .idle: 0
    case .configured(let network), .training(let network, _): MemoryBudget.need(network.value, settings)
    }
  }

  /// Begins to train the network, once the memory of the training before, of either side, is given back.
  /// - Throws: `notConfigured` where there is none.
  mutating func beginTraining(_ make: (inout Network) -> Trainer) throws(Status) {
    forgetTrainings()
    guard case .configured(var network) = take() else { throw .notConfigured }
    let trainer = network.change { make(&$0) }
    state = .training(network, Boxed(trainer))
  }

  /// Gives the memory of trainings back.
  mutating func forgetTrainings() {
    if case .training(let network, _) = state { state = .configured(network) }
    if case .training(let network, _) = parked { parked = .configured(network) }
  }
}

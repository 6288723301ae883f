import FixedPoint
import Registers

/// The firmware: a network on two tiles, and the host's wishes carried out on them.
///
/// Tile 0 holds the LSTM cell, tile 1 the dense layer. Memory is taken when a network is configured and kept; a time
/// step allocates nothing.
public struct Controller: Sendable {
  /// A configured network with its buffers.
  struct Network: Sendable {
    var cell: LSTMCell
    var dense: DenseLayer
    /// UQ8.8, and bits.
    var windows: (lstm: UInt32, dense: UInt32)
    var denseHeadroom: Int
    var rows: [ProgramVerify.Row]
    var calibration: [Calibration.Buffers]

    func tile(_ layer: Layer) -> TileDriver { layer == .lstm ? cell.tile : dense.tile }
    /// Word lines and columns that the layer uses.
    func rows(of layer: Layer) -> Int { layer == .lstm ? cell.inputs + cell.hidden + 1 : dense.inputs + 1 }
    func columns(of layer: Layer) -> Int { layer == .lstm ? 4 * cell.hidden : dense.outputs }
  }

  var network: Network?
  var times: PulseTimes?
  var trainer: Trainer?
  /// The circuits as the host set them; the chip resets to the hard ones.
  var sigmoid = Activation.hard.sigmoid
  var tanh = Activation.hard.tanh
  /// Bytes that training needed and the controller did not have.
  var missingMemory: UInt32 = 0

  public init() {}

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
        if error == .hardware { sendErrors(on: &bus) }
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
    case .stop:
      try request.expectEnd()
      HostPort.send(Status.done.rawValue, on: &bus)
    }
  }

  /// The answer to a tile that refused: the `ERROR` of both tiles, which are cleared.
  private func sendErrors(on bus: inout some Bus) {
    for number in 0..<2 {
      let address = MemoryMap.tile(number) + TileRegister.error.offset()
      let errors = bus.read(address)
      HostPort.send(errors, on: &bus)
      bus.write(address, errors)
    }
  }

  /// Throws if a tile has an error bit set.
  func expectNoErrors(on bus: inout some Bus) throws(Status) {
    guard let network else { return }
    for tile in [network.cell.tile, network.dense.tile] where tile.read(.error, on: &bus) != 0 { throw .hardware }
  }

  func answer(_ words: [UInt32], on bus: inout some Bus) {
    HostPort.send(Status.done.rawValue, on: &bus)
    for word in words { HostPort.send(word, on: &bus) }
  }
}

import Board
import Crossbar
import Firmware
import FixedPoint
import Registers
import Tasks

/// The steps that the controller's firmware does, asked through the mailbox.
extension BringUpGuide {
  var controllerSteps: [BringUpStep] { [calibration, inference] }

  /// Small enough for every part, and each gate of it used.
  static let network = Model(
    task: "bring-up", shape: NetworkShape(inputs: 2, hidden: 2, outputs: 2), activation: .hard, window: 1,
    lstm: [
      [0.5, -0.5, 0.75, 0.25, 0.875, -0.25, 0.5, 0.5],
      [-0.25, 0.75, -0.5, 0.5, -0.25, 0.875, 0.25, -0.5],
      [0.25, 0, 0, 0.25, 0.5, 0, 0.25, 0],
      [0, 0.25, 0.25, 0, 0, 0.5, 0, 0.25],
      [0.5, 0.25, 0.5, 0.5, 0, 0.125, 0.75, 0.5],
    ], dense: [[0.875, -0.75], [-0.75, 0.875], [0.125, -0.125]])

  private static let sequence = SequenceSet.Sequence(
    label: 0, values: [(0.75, -0.25), (0.5, 0.25), (0.875, -0.5)].flatMap { [$0.0, $0.1] }.map { Int16($0 * 32_768) },
    steps: 3)

  private func program(_ tile: Int, _ body: (inout ProgramBuilder) -> Void) -> [Action] {
    var builder = ProgramBuilder(tile: tile, of: chip)
    body(&builder)
    return builder.actions
  }

  private var preparation: [HostRequest] {
    let network = Self.network
    return HostRequest.preparation(of: chip, for: network.shape, window: network.window, network.activation)
  }

  private func status(_ status: Status) -> AnswerWord { .word(Band(status.rawValue)) }

  private var calibration: BringUpStep {
    BringUpStep(
      title: "The controller answers, and calibrates",
      meaning:
        "Version \(Firmware.Command.version) of the protocol; what is no command is refused; `calibrate` finds each"
        + " converter's offset and gain within what steps 8 and 9 allow, and the tiles then convert 0 V and the reference"
        + " right to a code and a half of one line's spread.",
      remedy: "No answer: the controller's binary, its interrupt from HOST. Wrong words: their order in the mailbox."
        + " `hardware`: the words behind it are ERROR of both tiles, step 5.",
      program: { tile in
        program(tile) { builder in
          let capabilities = Firmware.Command.allCases.reduce(0) { $0 | $1.capability }
          builder.request(
            HostRequest(.identify),
            [status(.done), .word(Band(Firmware.Command.version)), .word(Band(capabilities))], "identify")
          builder.request(HostRequest(.infer, []), [.word(Band(1, 7))], "a command that comes too early or too short")
          for request in preparation {
            let isCalibration = request.command == .calibrate
            let limits = (offset: calibrationLimit(0), gain: calibrationLimit(AnalogScale.reference))
            builder.request(
              request,
              [status(.done)]
                + (isCalibration
                  ? (0..<2).flatMap { _ in [AnswerWord.word(limits.offset), .word(limits.gain)] } : []),
              "\(request.command)")
          }
          for number in 0..<2 { converted(&builder, tile: number) }
        }
      }, isOfEachTile: false)
  }

  /// Steps of `AnalogScale`, and for a gain 2⁻¹⁵.
  private func calibrationLimit(_ steps: Int) -> Band {
    let codes = ExpectedCodes(chip, tile: 0)
    let shift = 16 - chip.adcBits
    let band = codes.converter(steps, isTrimmed: true)
    let most =
      Int64(max(abs(band.high - Int64(steps >> shift)), abs(band.low - Int64(steps >> shift))) + 1) << Int64(shift)
    return Band(0, steps == 0 ? most : most * 5)
  }

  private func converted(_ builder: inout ProgramBuilder, tile: Int) {
    let most: Int64 = chip.mismatch == ConverterMismatch() ? 1 : 3
    for (operation, steps) in [(Operation.zero, 0), (.reference, AnalogScale.reference)] {
      let nominal = Int64(steps >> (16 - chip.adcBits))
      builder.append(.perform(OperationCall(operation: operation), tile: tile))
      let lines = ProgramBuilder(tile: tile, of: chip).lines
      for line in 0..<lines {
        builder.expect(
          that: .sense(line: line, tile: tile), Band(nominal - most, nominal + most), "\(operation.name) calibrated")
      }
    }
  }

  private var inference: BringUpStep {
    let network = Self.network
    return BringUpStep(
      title: "An inference",
      meaning: "The controller writes the weights of a network \(network.shape) by program and verify, and classifies a"
        + " sequence of \(Self.sequence.steps) steps: the class that the same network has in real numbers, and outputs as"
        + " near as converters and weights allow.",
      remedy:
        "Cells missed: step 17's map. A wrong class with good weights: ACTIVATION's circuits, step 11; tile 1 alone:"
        + " its FEEDBACK, written by `configure`.",
      program: { tile in
        program(tile) { builder in
          for request in preparation { builder.request(request, anyAnswer(request), "\(request.command)") }
          let settings = ProgrammingSettings()
          for (layer, weights) in [(Layer.lstm, network.lstm), (.dense, network.dense)] {
            builder.request(
              .program(layer, weights, window: network.window, settings: settings, on: chip),
              [status(.done), .word(.any), .word(missed(of: layer)), .word(.any), .word(.any)], "program \(layer)")
          }
          let outputs = FloatNetwork(network, activation: network.activation).outputs(Self.sequence)
          let winner = outputs.indices.reduce(0) { outputs[$1] > outputs[$0] ? $1 : $0 }
          let bands = outputs.map { output in
            let raw = output * Double(1 << (12 - Int(Model.denseHeadroom)))
            return Band(Int64(raw - tolerance), Int64(raw + tolerance))
          }
          builder.request(
            HostRequest(.infer, InferenceRequest(Self.sequence, features: network.inputs).words),
            [status(.done), .word(Band(winner)), .lanes(bands[0], bands[1])], "infer: status, class, outputs")
        }
      }, isOfEachTile: false)
  }

  /// Of an output, Q4.11: an eighth, and what noise and coarse converters add.
  private var tolerance: Double {
    let unit = Double(1 << (12 - Int(Model.denseHeadroom)))
    return unit * (0.125 + 16 / Double(1 << chip.adcBits) + 4 / Double(1 << chip.dacBits) + 8 * chip.readNoiseShare)
  }

  /// Devices that differ may leave an eighth of the cells, devices whose pulses are noisy half of them.
  private func missed(of layer: Layer) -> Band {
    let variation = chip.variation
    let cells = Int64(Self.network.shape[layer].cells)
    if chip.device.model.isNoisy, variation.deviceNoise > 0 { return Band(0, cells / 2) }
    return variation == Variation(deviceNoise: variation.deviceNoise) ? Band(0) : Band(0, max(1, cells / 8))
  }

  private func anyAnswer(_ request: HostRequest) -> [AnswerWord] {
    [status(.done)] + (request.command == .calibrate ? Array(repeating: .word(.any), count: 4) : [])
  }
}

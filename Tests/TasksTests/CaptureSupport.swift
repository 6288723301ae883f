import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Registers
import Tasks
import TestSupport
import Trace

/// Logs of a small network's commissioning and use, of a controller and a chip that may each have a fault.
struct CaptureBench: Bus {
  /// What becomes of the write of a number.
  enum WriteFault: CaseIterable {
    case altered, dropped, doubled
  }

  /// What a chip answers otherwise than its description says.
  enum ChipFault: CaseIterable {
    case gain, stuckBit, exchangedColumns, settleTime
  }

  private var machine: Machine<MemoryLog>
  private var log: CSVLog<MemoryOutput>
  /// Writes of the controller so far.
  private(set) var writes = 0
  var writeFault: (kind: WriteFault, number: Int, bit: UInt32)?
  var chipFault: (kind: ChipFault, column: Int)?

  static func chip(seed: UInt64 = 1, change: (inout ChipConfiguration) -> Void = { _ in }) throws -> ChipConfiguration {
    var chip = try ChipConfiguration(tiles: [], seed: seed).sized(for: shape, named: "test")
    change(&chip)
    return chip
  }

  private static let shape = NetworkShape(inputs: 2, hidden: 2, outputs: 2)

  init(_ chip: ChipConfiguration, chipFault: (kind: ChipFault, column: Int)? = nil) throws {
    self.chipFault = chipFault
    var made = chip
    if chipFault?.kind == .settleTime { made.timing.settle += 1 }
    machine = try Machine(made, log: MemoryLog())
    log = CSVLog(to: MemoryOutput(), description: "\(chip)", names: RegisterNames(machine.maps))
  }

  mutating func read(_ address: UInt32) -> UInt32 {
    let value = machine.read(address)
    return collect(Transaction(.read, address, value))
  }

  mutating func write(_ address: UInt32, _ value: UInt32) {
    defer { writes += 1 }
    guard let fault = writeFault, fault.number == writes else { return make(address, value) }
    switch fault.kind {
    case .altered: make(address, value ^ 1 << fault.bit)
    case .dropped: break
    case .doubled:
      make(address, value)
      make(address, value)
    }
  }

  private mutating func make(_ address: UInt32, _ value: UInt32) {
    machine.write(address, value)
    _ = collect(Transaction(.write, address, value))
  }

  /// Moves what the board logged to the log, with the chip's fault in what was read.
  private mutating func collect(_ access: Transaction) -> UInt32 {
    var access = access
    for var entry in machine.log.entries {
      if case .access(let made) = entry.body {
        access = faulty(made)
        entry.body = .access(access)
      }
      log.append(entry)
    }
    machine.log.entries.removeAll(keepingCapacity: true)
    return access.value
  }

  private func faulty(_ access: Transaction) -> Transaction {
    let first = MemoryMap.tile(0) + TileRegister.sense.offset()
    guard let fault = chipFault, access.kind == .read, access.address &- first < 16 else { return access }
    var codes = [Lanes.even(access.value), Lanes.odd(access.value)]
    let lane = fault.column & 1
    let isOfColumn = Int(access.address &- first) / 4 == fault.column / 2
    switch fault.kind {
    case .gain: if isOfColumn { codes[lane] = Int16(clamping: Int(codes[lane]) * 101 / 100) }
    case .stuckBit: if isOfColumn { codes[lane] &= ~1 }
    case .exchangedColumns: if isOfColumn { codes.swapAt(0, 1) }
    case .settleTime: break
    }
    return Transaction(.read, access.address, Lanes.pack(codes[0], codes[1]))
  }

  /// Runs the controller through its requests.
  /// - Returns: the log.
  static func log(
    of chip: ChipConfiguration, write: (kind: WriteFault, number: Int, bit: UInt32)? = nil,
    chip fault: (kind: ChipFault, column: Int)? = nil
  ) throws -> (text: String, writes: Int) {
    var bench = try CaptureBench(chip, chipFault: fault)
    bench.writeFault = write
    var controller = Controller()
    func weight(_ row: Int, _ column: Int) -> Double { Double((row * 5 + column * 3) % 7 - 3) / 8 }
    func weights(_ rows: Int, _ columns: Int) -> [[Double]] {
      (0..<rows).map { row in (0..<columns).map { weight(row, $0) } }
    }
    let settings = ProgrammingSettings()
    let inputs: [UInt32] = [2] + Lanes.pack(row: [9000, -20_000]) + Lanes.pack(row: [-30_000, 12_000])
    var requests = [HostRequest(.identify)]
    requests += HostRequest.preparation(of: chip, for: shape, window: 1, .hard)
    requests.append(.program(.lstm, weights(5, 8), window: 1, settings: settings, on: chip))
    requests.append(.program(.dense, weights(3, 2), window: 1, settings: settings, on: chip))
    requests.append(HostRequest(.infer, inputs))
    requests.append(HostRequest(.readWeights, [0, 0]))
    for request in requests {
      bench.machine.mailbox.post([request.command.rawValue, UInt32(request.words.count)] + request.words)
      _ = controller.serve(on: &bench)
      _ = bench.machine.mailbox.collect()
    }
    return (bench.log.output.text, bench.writes)
  }
}

extension Shadow {
  /// The sides of all differences of a log, the cause first.
  static func sides(of text: String, _ agreement: AnalogAgreement = .exact) throws -> [(Side, String)] {
    var reader = try LogReader(Array(text.utf8), file: "log")
    var replay = try Replay(of: reader, file: "log")
    if agreement != .exact { replay.judge = AgreementJudge(agreement, of: replay.chip) }
    let ofChip = try differences(ofChipIn: &reader, &replay)
    var shadow = Shadow(Capture(try LogReader(Array(text.utf8), file: "log"), file: "log", of: replay.chip))
    try shadow.runNative()
    return ordered(chip: ofChip, firmware: shadow.capture.differences).map { ($0.side, "\($0.difference)") }
  }
}

import Board
import Crossbar
import Firmware
import FixedPoint
import Registers
import Testing
import Trace

@testable import Tasks

/// The network computed from the conductances alone, plainly and in 128 bits: the documented arithmetic, not the code.
private struct Oracle {
  let machine: Machine<MemoryLog>
  let activation: Activation

  func column(_ tile: Int, _ codes: [Int], _ column: Int) -> Int {
    let array = machine.chip.tiles[tile].array
    let configuration = machine.chip.configuration
    func code(_ bitLine: Int, _ row: Int) -> Int128 {
      (Int128(array.conductance[row * array.bitLines + bitLine]) * 2 + Int128(array.conductanceStep))
        / (2 * Int128(array.conductanceStep))
    }
    var sum: Int128 = 0
    for (row, drive) in codes.enumerated() {
      let weight =
        array.synapse == .differential
        ? code(2 * column, row) - code(2 * column + 1, row) : code(column, row) - Int128(array.referenceCode)
      sum += Int128(drive) * weight
    }
    let ohms = Int128(machine.peek(MemoryMap.tile(tile) + TileRegister.feedback.offset(0)) ?? 0)
    let attovolts = sum * Int128(configuration.microvoltsPerCode) * Int128(array.conductanceStep) * ohms
    let steps = floor(2 * attovolts + 25_000_000_000_000, 50_000_000_000_000)
    return Int(min(max(steps, -32_768), 32_767))
  }

  /// ⌊numerator / denominator⌋.
  func floor(_ numerator: Int128, _ denominator: Int128) -> Int128 {
    let quotient = numerator / denominator
    return numerator % denominator < 0 ? quotient - 1 : quotient
  }

  func converted(_ steps: Int) -> Int {
    let bits = machine.chip.configuration.adcBits
    let unit = 1 << (16 - bits)
    let code = Int(floor(Int128(2 * steps + unit), Int128(2 * unit)))
    return min(max(code, -(1 << (bits - 1))), 1 << (bits - 1) - 1) * unit
  }

  func circuit(_ circuit: PiecewiseLinear, _ z: Int) -> Int { Int(circuit(Q3_12(raw: Int16(z))).value.raw) }

  func drive(_ value: Int) -> Int {
    let full = machine.chip.configuration.largestDriveCode
    return Int(floor(Int128(2 * value * full + 32_768), 65_536))
  }

  func run(_ inputs: [[Int16]], hidden: Int, outputs: Int) -> [Int] {
    var cell = [Int](repeating: 0, count: hidden)
    var output = cell
    let full = machine.chip.configuration.largestDriveCode
    for step in inputs {
      let codes = (step.map { Int($0) } + output).map(drive) + [full]
      let gates = (0..<4 * hidden).map { column -> Int in
        let z = self.column(0, codes, column)
        return converted(circuit(column / hidden == 2 ? activation.tanh : activation.sigmoid, z))
      }
      for k in 0..<hidden {
        // f·c has 27 fraction bits, i·g has 30.
        let sum = gates[hidden + k] * cell[k] * 8 + gates[k] * gates[2 * hidden + k]
        cell[k] = min(max(Int(floor(Int128(sum * 2 + 1 << 18), 1 << 19)), -32_768), 32_767)
        let product = gates[3 * hidden + k] * circuit(activation.tanh, cell[k])
        output[k] = min(Int(floor(Int128(product * 2 + 1 << 15), 1 << 16)), 32_767)
      }
    }
    let codes = output.map(drive) + [full]
    return (0..<outputs).map { converted(column(1, codes, $0)) }
  }
}

@Suite("The LSTM network on the chip")
struct LSTMCellTests {
  @Test(
    "Every output equals the documented arithmetic on the conductances",
    arguments: ActivationKind.allCases, Synapse.allCases)
  func equalsOracle(_ kind: ActivationKind, _ synapse: Synapse) throws {
    for (seed, sizes) in [(UInt64(1), (3, 4, 3)), (2, (8, 5, 2)), (3, (1, 1, 1))] {
      let (inputs, hidden, outputs) = sizes
      var options = ChipConfiguration(tiles: [])
      options.synapse = synapse
      options.seed = seed
      options.dacBits = [4, 8, 12][Int(seed) % 3]
      options.adcBits = [16, 8, 12][Int(seed) % 3]
      let shape = NetworkShape(inputs: inputs, hidden: hidden, outputs: outputs)
      let chip = try options.sized(for: shape, named: "test")
      var session = Session(try Machine(chip, log: MemoryLog()))
      let random = CounterRandom(seed: seed)
      func matrix(_ set: UInt64, rows: Int, columns: Int) -> [[Double]] {
        (0..<rows).map { row in
          (0..<columns).map { column in
            let bits = random.bits(.setPulse, tile: 0, operation: set, index: row * columns + column)
            return Double(bits[0]) / Double(UInt32.max) * 1.9 - 0.95
          }
        }
      }
      let model = Model(
        task: "test", shape: shape, activation: kind, window: 1,
        lstm: matrix(1, rows: inputs + hidden + 1, columns: 4 * hidden),
        dense: matrix(2, rows: hidden + 1, columns: outputs))
      _ = try session.commission(model, activation: kind)
      let steps = (0..<9).map { step in
        (0..<inputs).map { k in
          Int16(truncatingIfNeeded: random.bits(.setPulse, tile: 1, operation: 3, index: step * inputs + k)[0])
        }
      }
      let answer = try session.request(.infer, [9] + steps.flatMap { Lanes.pack(row: $0) })
      let expected = Oracle(machine: session.machine, activation: kind.circuits)
        .run(steps, hidden: hidden, outputs: outputs)
      let results = (0..<outputs).map { k -> Int in
        let word = answer[1 + k / 2]
        return Int(k % 2 == 0 ? Lanes.even(word) : Lanes.odd(word))
      }
      #expect(results == expected, "\(kind) \(synapse) seed \(seed)")
      let winner = expected.indices.reduce(0) { expected[$1] > expected[$0] ? $1 : $0 }
      #expect(Int(answer[0]) == winner)
    }
  }

  @Test("A sequence starts from nothing: what ran before does not matter")
  func forgets() throws {
    var bench = try Bench(inputs: 2, hidden: 3, outputs: 2)
    _ = try bench.expectDone(.configure, [2, 3, 2, 256, 256, 0])
    let first = try bench.expectDone(.infer, [2, 0x1234_4321, 0x7fff_8000])
    _ = try bench.expectDone(.infer, [3, 1, 2, 3])
    let again = try bench.expectDone(.infer, [2, 0x1234_4321, 0x7fff_8000])
    #expect(first == again)
  }

  @Test("A time step makes the documented transactions: drive, start, wait, sense, tanh")
  func transactions() throws {
    var bench = try Bench(inputs: 2, hidden: 2, outputs: 2)
    _ = try bench.expectDone(.configure, [2, 2, 2, 256, 256, 0])
    bench.machine.log.entries.removeAll()
    _ = try bench.expectDone(.infer, [1, 0])
    let tile = MemoryMap.tile(0)
    let expected: [(Transaction.Kind, UInt32)] = [
      (.write, tile + TileRegister.drive.offset(0)), (.write, tile + TileRegister.drive.offset(1)),
      (.write, tile + TileRegister.drive.offset(2)), (.write, tile + TileRegister.start.offset()),
      (.read, tile + TileRegister.wait.offset()), (.read, tile + TileRegister.sense.offset(0)),
      (.read, tile + TileRegister.sense.offset(1)), (.read, tile + TileRegister.sense.offset(2)),
      (.read, tile + TileRegister.sense.offset(3)),
      (.write, MemoryMap.chip + ChipRegister.scalarTanh.offset()),
      (.read, MemoryMap.chip + ChipRegister.scalarValue.offset()),
    ]
    let accesses = bench.machine.log.entries.compactMap { entry -> Transaction? in
      guard case .access(let transaction) = entry.body, transaction.address < MemoryMap.host else { return nil }
      return transaction
    }
    for (access, (kind, address)) in zip(accesses, expected) {
      #expect(access.kind == kind && access.address == address)
    }
    #expect(accesses.count > expected.count)
  }
}

import Board
import Registers
import Trace

/// Suite `registers` for Verilog: accesses, case by case, and what reads return, of the cases in which registers store,
/// refuse and report: no operation, time, supply or port is part of them. Then sweeps, as the product answers them: what
/// the vectors have of other chips alone, of every register of this one.
struct RegistersExport: SuiteExport {
  private var accesses = HexText("registers.hex", "case (16), write (4), address, value (32 each)")
  /// Reads among them.
  private(set) var comparisons = 0
  private var cases = 0
  private let goldenCases: Int
  private let machine: Machine<MemoryLog>

  /// That of the model: one tile of two word lines and two bit lines, all else as usual.
  private static let chip = ChipConfiguration(tiles: [TileConfiguration(wordLines: 2, bitLines: 2)])

  init(_ file: VectorFile) {
    let machine = Machine(Self.chip, [:], log: MemoryLog())
    self.machine = machine
    let golden = file.cases.compactMap { entry -> MemoryLog? in
      guard case .bus(let vector) = entry.body, vector.chip == Self.chip, vector.script.allSatisfy(Self.isStorage)
      else { return nil }
      return vector.run().log
    }
    goldenCases = golden.count
    let sweeps = machine.maps.filter { Self.isOfTiles($0.base) }.flatMap { block in
      block.entries.flatMap { Self.sweeps(of: $0, in: block, machine) }
    }
    for log in golden + (golden.isEmpty ? [] : sweeps) { append(log) }
  }

  private mutating func append(_ log: MemoryLog) {
    for entry in log.entries {
      guard case .access(let access) = entry.body else { continue }
      accesses.append([
        UInt16(truncatingIfNeeded: cases).bits, (access.kind == .write ? 1 : 0, 4), access.address.bits,
        access.value.bits,
      ])
      if access.kind == .read { comparisons += 1 }
    }
    cases += 1
  }

  /// Locked and unlocked: the first and the last element of a register and the first that the tile lacks, read, written
  /// with words at the edges of their fields, and read again; what was refused.
  private static func sweeps(
    of entry: BlockMap.Entry, in block: BlockMap, _ fresh: Machine<MemoryLog>
  ) -> [MemoryLog] {
    let count = Int(entry.register.count)
    let there = block.number.map { fresh.chip.tiles[$0].elements(of: entry.register) } ?? count
    let writable = entry.masks.writable
    let words = [
      .max, writable, 0x5555_5555 & writable, 0xff80_ff80 & writable, 0x0080_0080 & writable, 0xff81_007f & writable, 0,
      1,
    ]
    let reports = [
      MemoryMap.firstTile + TileRegister.error.rawValue, MemoryMap.firstTile + TileRegister.status.rawValue,
      MemoryMap.chip + ChipRegister.error.rawValue, MemoryMap.chip + ChipRegister.errorAddress.rawValue,
      MemoryMap.chip + ChipRegister.interruptPending.rawValue,
    ]
    return Set([0, there - 1, min(there, count - 1)]).sorted().flatMap { index in
      [0, TileRegister.unlockKey].map { key in
        let address = block.base + entry.offset + UInt32(index) * block.registerBytes
        var machine = fresh
        machine.write(MemoryMap.firstTile + TileRegister.unlock.rawValue, key)
        _ = machine.read(address)
        for word in words where !acts(address) {
          machine.write(address, word)
          for place in [address] + reports { _ = machine.read(place) }
        }
        for place in reports { _ = machine.read(place) }
        return machine.log
      }
    }
  }

  /// Whether an access has no effect but on the registers' own bits.
  private static func isStorage(_ line: ScriptLine) -> Bool {
    switch line {
    case .read(let address): isOfTiles(address)
    case .write(let address, _): isOfTiles(address) && !acts(address)
    case .advance, .brownOut: false
    }
  }

  private static func isOfTiles(_ address: UInt32) -> Bool { address &- MemoryMap.chip < MemoryMap.chipBytes }

  private static func acts(_ address: UInt32) -> Bool {
    if address < MemoryMap.firstTile {
      return switch ChipRegister(rawValue: address - MemoryMap.chip) {
      case .snapshot, .scalarSigmoid, .scalarTanh, .reset: true
      default: false
      }
    }
    return switch TileRegister(rawValue: (address - MemoryMap.firstTile) % MemoryMap.tileStride) {
    case .start, .supply, .limitAmplitude, .limitWidth: true
    default: false
    }
  }

  var files: [VerilogExport.File] {
    [accesses.file, .init(name: "registers.v", text: RegistersModel(machine).text), bench.file]
  }

  var manual: String {
    """
    registers: what MBX and a tile store, refuse and report (vectors/specification/chip.md 7), of a chip with one tile of
    2 word lines and 2 bit lines, in \(cases) cases, each from reset: \(goldenCases) of the golden vectors, then sweeps over
    every register, locked and unlocked, as this product answers them
      registers.hex    \(accesses.size), one an access: case[15:0] write[3:0] (0 or 1) address[31:0] value[31:0]
                       (that is written, or that the read returns)
      registers.v      a model that passes, written from the register map: \(RegistersModel(machine).size)
      registers_tb.v   holds a module 'registers', that or yours, against them: 'reset' is up for one rising edge of
                       'clock' before each case, then 'valid' with an access for one edge each; behind it 'answer' is
                       what a read returns
    \(VerilogBench.command("registers"))
    """
  }

  private var bench: VerilogBench {
    VerilogBench(
      module: "registers", declarations: Self.declarations, files: [("accesses", accesses)], run: Self.run,
      compares: ("reads of \(cases) cases", comparisons))
  }

  private static let declarations = """
    reg clock = 0, reset = 0, valid = 0, write = 0;
    reg [31:0] address, data;
    wire [31:0] answer;
    reg [15:0] number, latest;
    reg [3:0] is_write;
    reg [31:0] value;
    integer a;

    registers dut (
      .clock(clock), .reset(reset), .valid(valid), .write(write), .address(address), .data(data), .answer(answer));

    always #5 clock = ~clock;
    """

  private static let run = """
    @(negedge clock);
    for (a = 0; a < ACCESSES; a = a + 1) begin
      {number, is_write, address, value} = accesses.word[a];
      if (a == 0 || number != latest) begin
        reset = 1;
        @(negedge clock);
        reset = 0;
      end
      latest = number;
      write = is_write[0];
      data = write ? value : 0;
      valid = 1;
      @(negedge clock);
      valid = 0;
      if (!write) begin
        if (answer !== value) begin
          $display("failed: access %0d, case %0d: expected %h at %h, got %h", a, number, value, address, answer);
          $fatal(1);
        end
        compared = compared + 1;
      end
    end
    """
}

import Board
import Registers
import Trace

/// The registers of a chip's shared block and of its first tile as a module in Verilog, written from the map.
struct RegistersModel {
  /// An entry of a block, and where its elements are in the model's memory.
  private struct Place {
    let entry: BlockMap.Entry
    let elements: Int
    let first: Int
  }

  private let chip: [Place]
  private let tile: [Place]
  /// After reset.
  private let resets: [UInt32]

  init(_ machine: Machine<MemoryLog>) {
    var resets: [UInt32] = []
    func places(_ block: BlockMap, _ elements: (Register) -> Int) -> [Place] {
      block.entries.map { entry in
        let count = elements(entry.register)
        let place = Place(entry: entry, elements: count, first: resets.count)
        let start = Int(entry.offset / block.registerBytes)
        resets += block.resets[start..<start + count]
        return place
      }
    }
    let blocks = machine.maps.filter { $0.base == MemoryMap.chip || $0.base == MemoryMap.firstTile }
    chip = places(blocks[0]) { Int($0.count) }
    tile = places(blocks[1]) { machine.chip.tiles[0].elements(of: $0) }
    self.resets = resets
    largestCode = machine.chip.configuration.largestDriveCode
  }

  private let largestCode: Int

  /// `162 words`.
  var size: String { "\(resets.count) words" }

  private func word<Block: RegisterBlock>(_ register: Block, _ places: [Place]) -> Int {
    places.first { $0.entry.offset == register.rawValue }?.first ?? 0
  }

  /// What a write is refused for, or does beside, by the register's offset; `NONE` for most.
  private static let tileRules: [TileRegister: String] = [
    .status: "STATUS", .wait: "STATUS", .unlock: "UNLOCK", .drive: "CODES", .activation: "CIRCUITS",
    .feedback: "POSITIVE", .settle: "POSITIVE",
  ]
  private static let chipRules: [ChipRegister: String] = [.sigmoidCount: "SEGMENTS", .tanhCount: "SEGMENTS"]

  private static func decoder(_ places: [Place], rule: (UInt32) -> String?) -> String {
    places.map { place in
      let masks = place.entry.masks
      let register = place.entry.register
      let words = [
        masks.readable, masks.writable, masks.reserved, masks.replaced, masks.setByOnes, masks.clearedByOnes,
      ]
      let values = words.map { "32'h\(hex($0))" }.joined(separator: ", ")
      return """
            else if (offset >= \(place.entry.offset) && offset < \(place.entry.offset + 4 * register.count)) begin // \(register.name)
              index = (offset - \(place.entry.offset)) / 4;
              here(\(place.first), \(place.elements), \(register.isGuarded ? 1 : 0), \(rule(place.entry.offset) ?? "NONE"));
              {readable, writable, reserved, replaced, set, clear} = {\(values)};
            end
        """
    }.joined(separator: "\n").replacingFirstElse
  }

  private static func hex(_ word: UInt32) -> String { String(word, radix: 16) }

  /// Bits of both `ERROR` registers, that of a tile first.
  private static let errors: [(name: String, tile: TileError, chip: ChipError)] = [
    ("MISALIGNED", .misaligned, .misaligned), ("UNMAPPED", .unmapped, .unmapped), ("ACCESS", .access, .access),
    ("RESERVED", .reserved, .reserved), ("CODE", .code, .code),
  ]

  var text: String {
    let errors = Self.errors.map {
      "localparam \($0.name) = \($0.tile.rawValue), CHIP_\($0.name) = \($0.chip.rawValue);"
    }
    let words = resets.enumerated().map { "word[\($0.offset)] = 32'h\(Self.hex($0.element));" }
    return """
      // The registers of MBX and MBX0 as they store, refuse and report, of a chip with one tile. Written by
      // 'mblstm export readmemh' from the register map. An access a rising edge; 'answer' is what a read returned.
      // It starts no operation and has no time: what START, RESET, SNAPSHOT, SUPPLY, the scalar port and the limits do
      // is not in it.
      /* verilator lint_off WIDTH */
      /* verilator lint_off UNSIGNED */
      module registers (
        input wire clock,
        input wire reset,
        input wire valid,
        input wire write,
        input wire [31:0] address,
        input wire [31:0] data,
        output reg [31:0] answer
      );
      \(errors.map { "  \($0)" }.joined(separator: "\n"))
        localparam INDEX = \(TileError.index.rawValue), LOCKED = \(TileError.locked.rawValue);
        localparam NONE = 0, STATUS = 1, UNLOCK = 2, CODES = 3, CIRCUITS = 4, POSITIVE = 5, SEGMENTS = 6;
        localparam TILE_ERROR = \(word(TileRegister.error, tile)), CHIP_ERROR = \(word(ChipRegister.error, chip));
        localparam ERROR_ADDRESS = \(word(ChipRegister.errorAddress, chip));
        localparam IRQ_PENDING = \(word(ChipRegister.interruptPending, chip));

        reg [31:0] word [0:\(resets.count - 1)];
        reg locked;
        reg is_tile, is_block, is_guarded;
        reg [15:0] offset;
        reg [31:0] readable, writable, reserved, replaced, set, clear;
        integer index, place, elements, rule;

      \(actions)

        // The register at an offset: its first word here, how many elements the tile has, whether the lock guards it.
        task here(input integer first, input integer count, input guarded, input integer its_rule);
          begin
            place = first + index;
            elements = count;
            is_guarded = guarded;
            rule = its_rule;
          end
        endtask

        task find;
          begin
            offset = address[15:0];
            is_tile = address[31:16] == 16'h\(Self.hex(MemoryMap.firstTile >> 16));
            is_block = is_tile || address[31:16] == 16'h\(Self.hex(MemoryMap.chip >> 16));
            index = 0;
            elements = 0;
            {readable, writable, reserved, replaced, set, clear} = 192'b0;
            rule = NONE;
            if (is_tile) begin
      \(Self.decoder(tile) { offset in TileRegister(rawValue: offset).flatMap { Self.tileRules[$0] } }.shifted)
            end else if (is_block) begin
      \(Self.decoder(chip) { offset in ChipRegister(rawValue: offset).flatMap { Self.chipRules[$0] } }.shifted)
            end
          end
        endtask

        task start;
          begin
            locked = 1;
            answer = 0;
      \(words.map { "      \($0)" }.joined(separator: "\n"))
          end
        endtask
      endmodule

      """
  }

  private var actions: String {
    let status = TileRegister.Status.self
    let error = ChipRegister.Interrupt.tileErrors(.readOnly).lowBit
    let chipError = ChipRegister.Interrupt.chipError(.readOnly).lowBit
    let segments = ChipRegister.segments
    return """
        always @(posedge clock) begin
          if (reset) start;
          else if (valid) begin
            find;
            answer = 0;
            if (is_block && address[1:0] != 0) refuse(MISALIGNED, CHIP_MISALIGNED);
            else if (readable == 0 && writable == 0) refuse(UNMAPPED, CHIP_UNMAPPED);
            else if (write ? writable == 0 : readable == 0) refuse(ACCESS, CHIP_ACCESS);
            else if (write && (data & reserved) != 0) refuse(RESERVED, CHIP_RESERVED);
            else if (index >= elements) refuse(INDEX, INDEX);
            else if (write && is_guarded && locked) refuse(LOCKED, LOCKED);
            else if (write && !is_code(data)) refuse(CODE, CHIP_CODE);
            else if (write) begin
              word[place] = (word[place] & ~(replaced | (data & clear))) | (data & (replaced | set));
              if (rule == UNLOCK) locked = data != 32'h\(Self.hex(TileRegister.unlockKey));
            end else if (rule == STATUS)
              answer = {31'b0, locked} << \(status.locked.lowBit) | {31'b0, word[TILE_ERROR] != 0} << \(status.error.lowBit);
            else answer = word[place] & readable;
          end
        end

        // Sets the error's bit, of the tile or of the chip, and pends its interrupt.
        task refuse(input integer tile_error, input integer chip_error);
          begin
            if (is_tile) begin
              word[TILE_ERROR] = word[TILE_ERROR] | (32'b1 << tile_error);
              word[IRQ_PENDING] = word[IRQ_PENDING] | (32'b1 << \(error));
            end else begin
              word[CHIP_ERROR] = word[CHIP_ERROR] | (32'b1 << chip_error);
              word[ERROR_ADDRESS] = address;
              word[IRQ_PENDING] = word[IRQ_PENDING] | (32'b1 << \(chipError));
            end
          end
        endtask

        function is_drive_code(input signed [15:0] lane);
          is_drive_code = lane >= -\(largestCode) && lane <= \(largestCode);
        endfunction

        // Whether the register can hold a word.
        function is_code(input [31:0] value);
          case (rule)
            CODES: is_code = is_drive_code(value[15:0]) && is_drive_code(value[31:16]);
            CIRCUITS: is_code = (value & (value >> 1) & 32'h55555555) == 0;
            POSITIVE: is_code = value != 0;
            SEGMENTS: is_code = value >= \(segments.lowerBound) && value <= \(segments.upperBound);
            default: is_code = 1;
          endcase
        endfunction
      """
  }
}

extension String {
  /// A chain of `else if` that begins with `if`.
  fileprivate var replacingFirstElse: String { replacing("else if", with: "if", maxReplacements: 1) }

  fileprivate var shifted: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { "        \($0)" }.joined(separator: "\n")
  }
}

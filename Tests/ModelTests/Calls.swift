import ModelHeader

/// Every call that takes a handle, with arguments that it can have; what they fill in goes nowhere.
enum Calls {
  typealias Call = @Sendable (_ handle: UInt64) -> Int32

  /// But that which lets go of a chip.
  static let ofChips: [Call] = [
    { handle in place { mblstm_chip_read8(handle, 0x1000_0005, $0) } },
    { handle in place { mblstm_chip_read16(handle, 0, $0) } },
    { handle in place { mblstm_chip_read32(handle, 0x4000_0000, $0) } },
    { handle in place { mblstm_chip_read_register(handle, 0x4000_0000, $0) } },
    { handle in place { mblstm_chip_peek(handle, 0x4000_0000, $0) } },
    { mblstm_chip_write8($0, 0x1000_0007, 1) },
    { mblstm_chip_write16($0, 0x1000_0007, 1) },
    { mblstm_chip_write32($0, 0x4001_1000, 1) },
    { mblstm_chip_write_register($0, 0x4001_1000, 1) },
    { mblstm_chip_poke($0, 0x8000_0000, 1) },
    { handle in
      var line = mblstm_access(operation: 5, address: 0x8000_0000, value: 3, status: 0)
      return mblstm_chip_batch(handle, &line, 1)
    },
    { handle in place { mblstm_chip_cycle(handle, $0) } },
    { mblstm_chip_advance($0, 1 << 40) },
    { handle in place { mblstm_chip_next_event(handle, $0) } },
    { handle in place { mblstm_chip_interrupts(handle, $0) } },
    { mblstm_chip_reset($0, 2) },
    { mblstm_chip_power_cycle($0) },
    { mblstm_chip_schedule($0, 1 << 40, 1 << 40) },
    { handle in place { mblstm_chip_snapshot(handle, nil, 0, $0) } },
    { handle in place(UInt8(0)) { mblstm_chip_restore(handle, $0, 1) } },
    { mblstm_chip_save($0, "/dev/null") },
    { handle in place { mblstm_chip_tiles(handle, $0) } },
    { handle in threePlaces { mblstm_chip_tile_size(handle, 0, $0, $1, $2) } },
    { handle in place { mblstm_chip_get_cells(handle, 0, 0, $0, 1) } },
    { handle in place(Int32(50_000_000)) { mblstm_chip_set_cells(handle, 0, 0, $0, 1) } },
    { mblstm_chip_log_csv($0, "/dev/null") },
    { mblstm_chip_log_vcd($0, "/dev/null", 0) },
    { mblstm_chip_log_callback($0, { _, _, _, _, _, _ in }, nil) },
    { mblstm_chip_log_close($0) },
  ]

  /// But that which lets go of a tile.
  static let ofTiles: [Call] = [
    { handle in threePlaces { mblstm_tile_size(handle, $0, $1, $2) } },
    { handle in threePlaces { mblstm_tile_converters(handle, $0, $1, $2) } },
    { handle in
      var sense = [Int32](repeating: 0, count: 6)
      return mblstm_tile_convert(handle, 5, nil, 0, &sense, 6, nil, nil)
    },
    { handle in
      var currents = [Int64](repeating: 0, count: 4)
      return mblstm_tile_currents(handle, &currents, 4)
    },
    { mblstm_tile_program_row($0, 0, [1, 2, 3, 4], 4, nil) },
    { mblstm_tile_erase($0, 5, nil) },
    { mblstm_tile_amplitudes($0, 1000, 1000) },
    { mblstm_tile_feedback($0, 20_000) },
    { mblstm_tile_settle($0, 20) },
    { mblstm_tile_stop($0, 20) },
    { mblstm_tile_trims($0, [0x8000_0000, 1, 2, 3, 4, 5], 6) },
    { mblstm_tile_circuits($0, [0, 1, 2, 0], 4) },
    { mblstm_tile_bank($0, 1, [1] + [UInt32](repeating: 7, count: 33), 34) },
    { mblstm_tile_set_supplies($0, 1) },
    { handle in place { mblstm_tile_supplies(handle, $0) } },
    { handle in place { mblstm_tile_cycle(handle, $0) } },
    { mblstm_tile_advance($0, 1 << 40) },
    { handle in
      var energy: (UInt64, UInt64) = (0, 0)
      return mblstm_tile_energy(handle, &energy.0, &energy.1)
    },
    { handle in place { mblstm_tile_dissipated(handle, $0) } },
    { handle in place { mblstm_tile_get_cells(handle, 0, $0, 1) } },
    { handle in place(Int32(50_000_000)) { mblstm_tile_set_cells(handle, 0, $0, 1) } },
  ]

  /// Somewhere for what a call fills in.
  private static func place<Value: FixedWidthInteger>(
    _ value: Value = 0, _ call: (UnsafeMutablePointer<Value>) -> Int32
  ) -> Int32 {
    var value = value
    return withUnsafeMutablePointer(to: &value, call)
  }

  private static func threePlaces<Value: FixedWidthInteger>(
    _ call: (UnsafeMutablePointer<Value>, UnsafeMutablePointer<Value>, UnsafeMutablePointer<Value>) -> Int32
  ) -> Int32 {
    var values = [Value](repeating: 0, count: 3)
    return values.withUnsafeMutableBufferPointer { buffer in
      guard let first = buffer.baseAddress else { return .max }
      return call(first, first + 1, first + 2)
    }
  }
}

import Registers

/// Everything on the bus that is not a tile.
extension Machine {
  private enum Region {
    case chip(UInt32), host(UInt32), flash(UInt32), cell(UInt32)
    case uart(UInt32), timer(UInt32), finisher(UInt32), ram(Int), nothing
  }

  @inline(__always)
  private func region(of address: UInt32) -> Region {
    func within(_ base: UInt32, _ bytes: UInt32) -> Bool { address &- base < bytes }
    if within(MemoryMap.chip, MemoryMap.tileStride) { return .chip(address - MemoryMap.chip) }
    if within(MemoryMap.host, 0x1000) { return .host(address - MemoryMap.host) }
    if within(MemoryMap.ram, UInt32(ram.count * 4)) { return .ram(Int(address - MemoryMap.ram)) }
    if within(MemoryMap.uart, 0x100) { return .uart(address - MemoryMap.uart) }
    if within(MemoryMap.timer, 0x1_0000) { return .timer(address - MemoryMap.timer) }
    if within(MemoryMap.finisher, 0x1000) { return .finisher(address - MemoryMap.finisher) }
    if within(MemoryMap.flash, MemoryMap.flashBytes) { return .flash(address - MemoryMap.flash) }
    if within(MemoryMap.cellUnit, MemoryMap.cellUnitBytes), chip.cellUnit != nil {
      return .cell(address - MemoryMap.cellUnit)
    }
    return .nothing
  }

  @inline(__always)
  mutating func readBoard(_ address: UInt32) -> (value: UInt32, error: ChipError?) {
    do throws(Refusal) {
      switch region(of: address) {
      case .chip(let offset):
        let answer = chip.read(offset)
        if answer.error != nil { isDisturbed = true }
        return answer
      case .host(let offset):
        let place = try host.locate(reading: offset)
        isDisturbed = true
        return (readHost(place), nil)
      case .flash(let offset): return (try readFlash(offset), nil)
      case .cell(let offset): return (try readCell(offset), nil)
      case .uart(let offset):
        isDisturbed = true
        return (uart.read(try uart.registers.locate(reading: offset)), nil)
      case .timer(let offset): return (timer.read(try timer.registers.locate(reading: offset), cycle: cycle), nil)
      case .finisher(let offset): return (finisher.read(try finisher.locate(reading: offset)), nil)
      case .ram(let offset):
        guard offset & 3 == 0 else { throw .misaligned }
        return (ram[offset / 4], nil)
      case .nothing: throw .unmapped
      }
    } catch {
      isDisturbed = true
      return (0, chip.raise(error.chipError, at: address))
    }
  }

  @inline(__always)
  mutating func writeBoard(_ address: UInt32, _ value: UInt32) -> Refused? {
    do throws(Refusal) {
      switch region(of: address) {
      case .chip(let offset):
        // Those of the interrupt line are below; the scalar port, which a network uses at every step, is not.
        if offset < ChipRegister.snapshot.rawValue { isDisturbed = true }
        let error = chip.write(offset, value, cycle: cycle)
        if error != nil { isDisturbed = true }
        if error == nil && offset == ChipRegister.reset.rawValue { reset(value) }
        return error.map { .chip($0) }
      case .host(let offset):
        let place = try host.locate(writing: value, at: offset)
        isDisturbed = true
        writeHost(value, at: place)
      case .flash(let offset):
        return try writeFlash(value, at: offset).map { .flash($0) }
      case .cell(let offset):
        return try writeCell(value, at: offset).map { .cell($0) }
      case .uart(let offset):
        isDisturbed = true
        uart.write(value, at: try uart.registers.locate(writing: value, at: offset))
      case .timer(let offset):
        timer.write(value, at: try timer.registers.locate(writing: value, at: offset), cycle: cycle)
        isDisturbed = true
      case .finisher(let offset):
        _ = try finisher.locate(writing: value, at: offset)
        finish(value)
      case .ram(let offset):
        guard offset & 3 == 0 else { throw .misaligned }
        ram[offset / 4] = value
      case .nothing: throw .unmapped
      }
      return nil
    } catch {
      isDisturbed = true
      return .chip(chip.raise(error.chipError, at: address))
    }
  }

  /// A word that is no known code ends nothing, as on QEMU.
  private mutating func finish(_ word: UInt32) {
    switch word & 0xffff {
    case FinisherRegister.pass: exitStatus = 0
    case FinisherRegister.fail: exitStatus = Int32(word >> 16)
    default: break
    }
  }

  /// Bytes of a register of the block at an address; nil where there is no block.
  @inline(__always)
  func registerBytes(at address: UInt32) -> UInt32? {
    if tile(at: address) != nil { return 4 }
    switch region(of: address) {
    case .chip, .host, .flash, .cell, .timer, .finisher, .ram: return 4
    case .uart: return 1
    case .nothing: return nil
    }
  }

  /// Which word of the RAM an address is; nil for none.
  func ramPlace(of address: UInt32) -> Int? {
    guard case .ram(let offset) = region(of: address), offset & 3 == 0 else { return nil }
    return offset / 4
  }

  private mutating func readHost(_ place: RegisterFile<HostRegister>.Place) -> UInt32 {
    let value = host.read(place)
    return switch place.register {
    case .data: mailbox.take()
    case .level: mailbox.level()
    case .interruptEnable: value
    }
  }

  private func peekHost(_ place: RegisterFile<HostRegister>.Place) -> UInt32 {
    switch place.register {
    case .data: mailbox.peekNext()
    case .level: UInt32(mailbox.waiting)
    case .interruptEnable: host.peek(place)
    }
  }

  private mutating func writeHost(_ value: UInt32, at place: RegisterFile<HostRegister>.Place) {
    host.write(value, at: place)
    switch place.register {
    case .data: mailbox.send(value)
    case .level, .interruptEnable: break
    }
  }

  // Out of line: the accesses of a network do not come here.
  @inline(never)
  private mutating func readFlash(_ offset: UInt32) throws(Refusal) -> UInt32 {
    let place = try flash.registers.locate(reading: offset)
    guard place.register != .wait || stallForFlash() else { return readWithoutPower(MemoryMap.flash + offset) }
    return flash.registers.read(place)
  }

  @inline(never)
  private mutating func writeFlash(_ value: UInt32, at offset: UInt32) throws(Refusal) -> FlashError? {
    let place = try flash.registers.locate(writing: value, at: offset)
    isDisturbed = true
    let error = flash.write(value, at: place, cycle: cycle)
    noteFlash(at: cycle)
    return error
  }

  func peekBoard(_ address: UInt32) -> UInt32? {
    switch region(of: address) {
    case .chip(let offset): chip.peek(offset)
    case .host(let offset): host.find(offset).map { peekHost($0) }
    case .flash(let offset): flash.registers.find(offset).map { flash.registers.peek($0) }
    case .cell(let offset):
      chip.cellUnit.flatMap { unit in unit.registers.find(offset).map { unit.registers.peek($0) } }
    case .uart(let offset): uart.registers.find(offset).map { uart.peek($0) }
    case .timer(let offset): timer.registers.find(offset).map { timer.peek($0, cycle: cycle) }
    case .finisher(let offset): finisher.find(offset).map { finisher.peek($0) }
    case .ram(let offset): offset & 3 == 0 ? ram[offset / 4] : nil
    case .nothing: nil
    }
  }
}

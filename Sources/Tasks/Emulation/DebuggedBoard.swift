import Board
import Files
import RV32
import Registers
import Trace

/// Resets and power of a board in the hands of a debugger.
///
/// GDB keeps registers that it has read: after any of these `maintenance flush register-cache` has it read them again.
struct DebuggedBoard: Sendable {
  let program: Program
  let ramBytes: Int

  static let help = """
    reset          hart and chip; reset hart | chip | tile N | power: a part. A hart that is reset begins its program
                   anew, as the file has it; 'maintenance flush register-cache' then shows GDB where it is
    brown-out      the supplies of references and drivers fail, and stay off until the program switches them on
    power-cut      the power goes, and comes again: cells are as they were left, everything else is as after power-up
    power          supplies, what is under way, and why parts were reset

    """

  private enum Action {
    case reset(UInt32), powerCycle, brownOut
  }

  /// Carries a command out; the text to show, nil for one that is none.
  func perform<Log: LogSink>(_ words: [String], _ core: inout Core, _ machine: inout Machine<Log>) -> String? {
    if words == ["power"] { return state(of: machine) }
    guard let action = Self.action(words) else { return nil }
    do {
      switch action {
      case .reset(let word): return try reset(word, &core, &machine)
      case .powerCycle: return try powerCycle(&core, &machine)
      case .brownOut:
        machine.catchUp(to: core.cycle)
        machine.brownOut()
        return state(of: machine)
      }
    } catch {
      return "\(error)\n"
    }
  }

  private static func action(_ words: [String]) -> Action? {
    let (hart, chip) = (ChipRegister.Reset.hart(.writeOnly).mask, ChipRegister.Reset.chip(.writeOnly).mask)
    switch words.count == 3 && words[1] == "tile" ? words[..<2] : words[...] {
    case ["reset"]: return .reset(hart | chip)
    case ["reset", "hart"]: return .reset(hart)
    case ["reset", "chip"]: return .reset(chip)
    case ["reset", "tile"]:
      guard let tile = words.last.flatMap({ UInt32($0) }), tile < UInt32(MemoryMap.maximumTiles) else { return nil }
      return .reset(ChipRegister.Reset.tiles(.writeOnly).encode(UInt32(1) << tile))
    case ["reset", "power"], ["power-cut"]: return .powerCycle
    case ["brown-out"]: return .brownOut
    default: return nil
    }
  }

  private func reset<Log: LogSink>(
    _ word: UInt32, _ core: inout Core, _ machine: inout Machine<Log>
  ) throws -> String {
    machine.catchUp(to: core.cycle)
    guard let resetsHart = machine.reset(parts: word) else { return "the chip has no such tile\n" }
    if resetsHart { try program.restart(&core, ramBytes: ramBytes) }
    return causes(of: machine)
  }

  private func powerCycle<Log: LogSink>(_ core: inout Core, _ machine: inout Machine<Log>) throws -> String {
    machine.catchUp(to: core.cycle)
    let loss = try machine.powerCycle()
    try program.restart(&core, ramBytes: ramBytes, keepingTime: false)
    return "\(loss), and came again\n" + causes(of: machine)
  }

  private func state<Log: LogSink>(of machine: Machine<Log>) -> String {
    let tiles = machine.chip.tiles.enumerated().map { number, tile in
      "MBX\(number): \(tile.supplies); \(tile.operationUnderWay ?? "idle")\n"
    }
    let flash = "FLASH: \(machine.flash.operationUnderWay ?? "idle")\n"
    return "on, cycle \(machine.cycle)\n" + tiles.joined() + flash + causes(of: machine)
  }

  private func causes<Log: LogSink>(of machine: Machine<Log>) -> String {
    let address = MemoryMap.chip + ChipRegister.resetCause.rawValue
    let names = RegisterNames(machine.maps)
    return "MBX.RESET_CAUSE: \(names.fields(of: machine.peek(address) ?? 0, at: address))\n"
  }
}

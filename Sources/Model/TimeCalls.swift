import Board
import ModelHeader
import Registers
import Trace

@c @implementation
public func mblstm_chip_cycle(_ chip: UInt64, _ cycle: UnsafeMutablePointer<UInt64>?) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    try cycle.given("cycle").pointee = held.cycle
  }
}

@c @implementation
public func mblstm_chip_advance(_ chip: UInt64, _ cycle: UInt64) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in try held.advance(to: cycle) }
}

@c @implementation
public func mblstm_chip_next_event(_ chip: UInt64, _ cycle: UnsafeMutablePointer<UInt64>?) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    try cycle.given("cycle").pointee = held.silent?.pointee.nextChange ?? held.logged?.pointee.nextChange ?? .max
  }
}

@c @implementation
public func mblstm_chip_interrupts(_ chip: UInt64, _ lines: UnsafeMutablePointer<UInt32>?) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    try lines.given("lines").pointee = (held.silent?.pointee.lines ?? held.logged?.pointee.lines ?? []).rawValue
  }
}

@c @implementation
public func mblstm_chip_reset(_ chip: UInt64, _ parts: UInt32) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    guard held.hasPower else { throw .noPower }
    let some = ChipRegister.Reset.chip(.writeOnly).mask | ChipRegister.Reset.tiles(.writeOnly).mask
    guard parts & ~some == 0,
      (held.silent?.pointee.reset(parts: parts) ?? held.logged?.pointee.reset(parts: parts)) != nil
    else {
      throw .argument("parts is \(parts), expected bit 1 for MBX and bits from 8 on for tiles that it has")
    }
  }
}

@c @implementation
public func mblstm_chip_power_cycle(_ chip: UInt64) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    try held.expectNoLog("a cycle of the power")
    do throws(SnapshotProblem) { _ = try held.silent?.pointee.powerCycle() } catch { throw .input(error) }
  }
}

@c @implementation
public func mblstm_chip_schedule(_ chip: UInt64, _ power_cut: UInt64, _ brown_out: UInt64) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    guard held.hasPower else { throw .noPower }
    let faults = SupplyFaults(
      powerCut: power_cut == .max ? nil : power_cut, brownOut: brown_out == .max ? nil : brown_out)
    guard faults.next >= held.cycle else {
      throw .argument("cycle \(faults.next), expected one from now, \(held.cycle), on")
    }
    held.silent?.pointee.schedule(faults)
    held.logged?.pointee.schedule(faults)
  }
}

extension Machine {
  /// The first later cycle at which something happens by itself.
  fileprivate var nextChange: UInt64 {
    powerLoss == nil ? min(nextEvent(after: cycle) ?? .max, max(faults.next, cycle + 1)) : .max
  }
}

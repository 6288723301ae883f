import Board
import ModelHeader
import Registers
import Trace

@c @implementation
public func mblstm_chip_log_csv(_ chip: UInt64, _ path: UnsafePointer<CChar>?) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    try held.log { log, state throws(Failure) in
      try expectNone(log.csv)
      let names = RegisterNames(state.configuration.maps)
      log.csv = CSVLog(
        to: try path.output(), description: "\(state.configuration)", names: names,
        origin: LogOrigin(state: state.logState))
    }
  }
}

@c @implementation
public func mblstm_chip_log_vcd(_ chip: UInt64, _ path: UnsafePointer<CChar>?, _ analog: Int32) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    try held.log { log, state throws(Failure) in
      try expectNone(log.waves)
      guard state.cycle == 0 else {
        throw Failure(MBLSTM_BAD_ORDER, "waves begin at cycle 0, and it is cycle \(state.cycle)")
      }
      guard analog == 0 || analog == 1 else { throw .argument("analog is \(analog), expected 0 or 1") }
      let chip = state.configuration
      log.waves = VCDLog(
        to: try path.output(), tiles: chip.tileSizes, features: chip.features, pulseStep: chip.timing.stepNanoseconds,
        analog: analog == 1)
    }
  }
}

@c @implementation
public func mblstm_chip_log_callback(
  _ chip: UInt64, _ entry: mblstm_log_entry?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    guard let entry else { throw .null("entry") }
    try held.log { log, state throws(Failure) in
      try expectNone(log.told)
      log.told = ToldLog(
        state.configuration, LogOrigin(state: state.logState), entry: entry, context: context)
    }
  }
}

@c @implementation
public func mblstm_chip_log_close(_ chip: UInt64) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in try held.closeLog() }
}

private func expectNone(_ log: (some LogSink)?) throws(Failure) {
  guard log == nil else { throw Failure(MBLSTM_BAD_ORDER, "the chip has such a log, expected mblstm_chip_log_close") }
}

import Board
import ModelHeader

@c @implementation
public func mblstm_chip_new(
  _ configuration: UnsafePointer<CChar>?, _ chip: UnsafeMutablePointer<UInt64>?
) -> Int32 {
  status { () throws(Failure) in
    let handle = try chip.given("chip")
    handle.pointee = 0
    handle.pointee = try Table.add(try HeldChip(try ChipConfiguration(argument: configuration)))
  }
}

@c @implementation
public func mblstm_chip_open(_ path: UnsafePointer<CChar>?, _ chip: UnsafeMutablePointer<UInt64>?) -> Int32 {
  status { () throws(Failure) in
    let handle = try chip.given("chip")
    handle.pointee = 0
    handle.pointee = try Table.add(try HeldChip(path: try path.path()))
  }
}

@c @implementation
public func mblstm_chip_free(_ chip: UInt64) -> Int32 {
  status { () throws(Failure) in
    let held = try Table.remove(chip, HeldChip.self)
    try held.logged?.pointee.log.closed()
  }
}

import Board
import ModelHeader
import RV32
import Registers

// One access each. A failed one of the bus is told of in words only where it failed, so that others cost nothing.

@c @implementation
public func mblstm_chip_read8(_ chip: UInt64, _ address: UInt32, _ value: UnsafeMutablePointer<UInt8>?) -> Int32 {
  read(chip, address, value) { $0.read($1, .byte) }
}

@c @implementation
public func mblstm_chip_read16(_ chip: UInt64, _ address: UInt32, _ value: UnsafeMutablePointer<UInt16>?) -> Int32 {
  read(chip, address, value) { $0.read($1, .half) }
}

@c @implementation
public func mblstm_chip_read32(_ chip: UInt64, _ address: UInt32, _ value: UnsafeMutablePointer<UInt32>?) -> Int32 {
  read(chip, address, value) { $0.read($1, .word) }
}

@c @implementation
public func mblstm_chip_read_register(
  _ chip: UInt64, _ address: UInt32, _ value: UnsafeMutablePointer<UInt32>?
) -> Int32 {
  read(chip, address, value) { $0.readRegister($1) }
}

@c @implementation
public func mblstm_chip_write8(_ chip: UInt64, _ address: UInt32, _ value: UInt8) -> Int32 {
  write(chip, address) { $0.write($1, UInt32(value), .byte) }
}

@c @implementation
public func mblstm_chip_write16(_ chip: UInt64, _ address: UInt32, _ value: UInt16) -> Int32 {
  write(chip, address) { $0.write($1, UInt32(value), .half) }
}

@c @implementation
public func mblstm_chip_write32(_ chip: UInt64, _ address: UInt32, _ value: UInt32) -> Int32 {
  write(chip, address) { $0.write($1, value, .word) }
}

@c @implementation
public func mblstm_chip_write_register(_ chip: UInt64, _ address: UInt32, _ value: UInt32) -> Int32 {
  write(chip, address) { $0.writeRegister($1, value) }
}

@inline(__always)
private func read<Value: FixedWidthInteger>(
  _ chip: UInt64, _ address: UInt32, _ value: UnsafeMutablePointer<Value>?,
  _ access: (borrowing HeldChip, UInt32) -> (value: UInt32, status: mblstm_status)
) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    let place = try value.given("value")
    let answer = access(held, address)
    place.pointee = Value(truncatingIfNeeded: answer.value)
    try judge(answer.status, address, "a read")
  }
}

@inline(__always)
private func write(
  _ chip: UInt64, _ address: UInt32, _ access: (borrowing HeldChip, UInt32) -> mblstm_status
) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in try judge(access(held, address), address, "a write") }
}

@inline(__always)
private func judge(_ status: mblstm_status, _ address: UInt32, _ what: StaticString) throws(Failure) {
  guard status == MBLSTM_OK else { throw Failure(status, address, what) }
}

extension Failure {
  /// Of an access that was not answered as one should be.
  @inline(never)
  fileprivate init(_ status: mblstm_status, _ address: UInt32, _ what: StaticString) {
    guard status == MBLSTM_BUS_ERROR else {
      self = .noPower
      return
    }
    let digits = String(address, radix: 16)
    let place = "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    self.init(status, "the bus ended \(what) at \(place) with an error: no block, or another size or alignment there")
  }
}

// MARK: Batches

@c @implementation
public func mblstm_chip_batch(_ chip: UInt64, _ accesses: UnsafeMutablePointer<mblstm_access>?, _ count: UInt64)
  -> Int32
{
  status(chip, HeldChip.self) { held throws(Failure) in
    let batch = try accesses.given("accesses").array(count, most: 1 << 24, "accesses")
    var first: Failure?
    for place in batch.indices {
      do throws(Failure) {
        batch[place].status = 0
        try held.perform(&batch[place])
      } catch {
        batch[place].status = error.status.rawValue
        first = first ?? Failure(error.status, "line \(place): \(error.text)")
      }
    }
    if let first { throw first }
  }
}

extension HeldChip {
  /// Does what a line of a batch says, and fills in what it reads.
  fileprivate mutating func perform(_ line: inout mblstm_access) throws(Failure) {
    switch mblstm_operation(line.operation) {
    case MBLSTM_READ8: try take(read(line.address, .byte), &line)
    case MBLSTM_READ16: try take(read(line.address, .half), &line)
    case MBLSTM_READ32: try take(read(line.address, .word), &line)
    case MBLSTM_READ_REGISTER: try take(readRegister(line.address), &line)
    case MBLSTM_WRITE8: try judge(write(line.address, line.value & 0xff, .byte), line.address, "a write")
    case MBLSTM_WRITE16: try judge(write(line.address, line.value & 0xffff, .half), line.address, "a write")
    case MBLSTM_WRITE32: try judge(write(line.address, line.value, .word), line.address, "a write")
    case MBLSTM_WRITE_REGISTER: try judge(writeRegister(line.address, line.value), line.address, "a write")
    case MBLSTM_PASS: try pass(UInt64(line.value))
    default: throw .argument("operation \(line.operation), expected one of enum mblstm_operation")
    }
  }

  private func take(
    _ answer: (value: UInt32, status: mblstm_status), _ line: inout mblstm_access
  ) throws(Failure) {
    line.value = answer.value
    try judge(answer.status, line.address, "a read")
  }
}

// MARK: Behind the bus

@c @implementation
public func mblstm_chip_peek(_ chip: UInt64, _ address: UInt32, _ value: UnsafeMutablePointer<UInt32>?) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    let place = try value.given("value")
    guard let word = held.silent?.pointee.peek(address) ?? held.logged?.pointee.peek(address) else {
      throw Failure(MBLSTM_BUS_ERROR, address, "a look")
    }
    place.pointee = word
  }
}

@c @implementation
public func mblstm_chip_poke(_ chip: UInt64, _ address: UInt32, _ value: UInt32) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    guard held.hasPower else { throw .noPower }
    do throws(SnapshotProblem) {
      try held.silent?.pointee.poke(address, value)
      try held.logged?.pointee.poke(address, value)
    } catch { throw .input(error) }
  }
}

import Board
import Crossbar
import ModelHeader
import Registers

extension AnalogTile: Held {
  static var kind: UInt64 { 2 }
}

@c @implementation
public func mblstm_tile_new(_ configuration: UnsafePointer<CChar>?, _ tile: UnsafeMutablePointer<UInt64>?) -> Int32 {
  mblstm_tile_of(configuration, 0, tile)
}

@c @implementation
public func mblstm_tile_of(
  _ configuration: UnsafePointer<CChar>?, _ number: UInt32, _ tile: UnsafeMutablePointer<UInt64>?
) -> Int32 {
  status { () throws(Failure) in
    let handle = try tile.given("tile")
    handle.pointee = 0
    let source = try ChipConfiguration(argument: configuration)
    guard Int(number) < source.tiles.count else {
      throw .argument("tile \(number), expected 0 to \(source.tiles.count - 1)")
    }
    let made: AnalogTile
    do throws(ConfigurationProblem) { made = try AnalogTile(source, number: Int(number)) } catch { throw .input(error) }
    handle.pointee = try Table.add(made)
  }
}

@c @implementation
public func mblstm_tile_free(_ tile: UInt64) -> Int32 {
  status { () throws(Failure) in _ = try Table.remove(tile, AnalogTile.self) }
}

@c @implementation
public func mblstm_tile_size(
  _ tile: UInt64, _ word_lines: UnsafeMutablePointer<UInt32>?, _ bit_lines: UnsafeMutablePointer<UInt32>?,
  _ columns: UnsafeMutablePointer<UInt32>?
) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    try held.array.tellSize(word_lines, bit_lines, columns)
  }
}

@c @implementation
public func mblstm_tile_converters(
  _ tile: UInt64, _ largest_drive: UnsafeMutablePointer<Int32>?, _ largest_sense: UnsafeMutablePointer<Int32>?,
  _ microvolts_per_code: UnsafeMutablePointer<Int32>?
) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    let drive = try largest_drive.given("largest_drive")
    let sense = try largest_sense.given("largest_sense")
    let microvolts = try microvolts_per_code.given("microvolts_per_code")
    drive.pointee = Int32(held.largestDrive)
    sense.pointee = Int32(held.largestSense)
    microvolts.pointee = Int32(held.microvoltsPerCode)
  }
}

// MARK: Operations

@c @implementation
public func mblstm_tile_convert(
  _ tile: UInt64, _ conversion: UInt32, _ drive: UnsafePointer<Int32>?, _ driven: UInt32,
  _ sense: UnsafeMutablePointer<Int32>?, _ sensed: UInt32, _ saturated: UnsafeMutablePointer<UInt8>?,
  _ cycles: UnsafeMutablePointer<UInt64>?
) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    guard let operation = Operation(rawValue: conversion), held.lines(of: operation).sensed > 0 else {
      throw .argument("conversion is \(conversion), expected one of enum mblstm_conversion")
    }
    let lines = held.lines(of: operation)
    guard driven == lines.driven, sensed == lines.sensed else {
      throw .argument(
        "\(driven) lines driven and \(sensed) sensed, expected \(lines.driven) and \(lines.sensed) for \(operation.name)"
      )
    }
    let codes = driven == 0 ? [] : Array(UnsafeBufferPointer(start: try drive.given("drive"), count: Int(driven)))
    let place = try sense.given("sense")
    let got = try tried { () throws(AnalogTile.Problem) in try held.convert(operation, drive: codes) }
    for (line, code) in got.codes.enumerated() { place[line] = Int32(code) }
    if let saturated { for (line, isIt) in got.saturated.enumerated() { saturated[line] = isIt ? 1 : 0 } }
    cycles?.pointee = got.cycles
  }
}

@c @implementation
public func mblstm_tile_currents(
  _ tile: UInt64, _ attoamperes: UnsafeMutablePointer<Int64>?, _ count: UInt32
) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    let place = try attoamperes.given("attoamperes")
    let currents = held.currents
    guard !currents.isEmpty else { throw Failure(MBLSTM_BAD_ORDER, "nothing has been read yet") }
    guard Int(count) == currents.count else { throw .argument("\(count) currents, expected \(currents.count)") }
    for (line, current) in currents.enumerated() { place[line] = current }
  }
}

@c @implementation
public func mblstm_tile_program_row(
  _ tile: UInt64, _ row: UInt32, _ widths: UnsafePointer<Int32>?, _ count: UInt32,
  _ cycles: UnsafeMutablePointer<UInt64>?
) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    let widths = Array(try widths.given("widths").array(UInt64(count), most: held.array.bitLines, "widths"))
    let took = try tried { () throws(AnalogTile.Problem) in try held.programRow(Int(row), widths: widths) }
    cycles?.pointee = took
  }
}

@c @implementation
public func mblstm_tile_erase(_ tile: UInt64, _ width: UInt32, _ cycles: UnsafeMutablePointer<UInt64>?) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    let took = try tried { () throws(AnalogTile.Problem) in try held.erase(width: Int(width)) }
    cycles?.pointee = took
  }
}

@c @implementation
public func mblstm_tile_stop(_ tile: UInt64, _ cycles: UInt64) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in held.stop(after: cycles) }
}

@inline(__always)
func tried<Answer>(_ body: () throws(AnalogTile.Problem) -> Answer) throws(Failure) -> Answer {
  do throws(AnalogTile.Problem) { return try body() } catch {
    switch error {
    case .refused(.supply), .unsettled: throw Failure(MBLSTM_BAD_ORDER, error.description)
    case .refused, .range: throw .argument(error.description)
    }
  }
}

// MARK: What it is set to

@c @implementation
public func mblstm_tile_amplitudes(_ tile: UInt64, _ set: UInt32, _ reset: UInt32) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    try tried { () throws(AnalogTile.Problem) in try held.setAmplitudes(set: Int(set), reset: Int(reset)) }
  }
}

@c @implementation
public func mblstm_tile_feedback(_ tile: UInt64, _ ohms: UInt32) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    try tried { () throws(AnalogTile.Problem) in try held.setFeedback(ohms: ohms) }
  }
}

@c @implementation
public func mblstm_tile_settle(_ tile: UInt64, _ cycles: UInt32) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    try tried { () throws(AnalogTile.Problem) in try held.setSettle(cycles: Int(cycles)) }
  }
}

@c @implementation
public func mblstm_tile_set_supplies(_ tile: UInt64, _ wanted: UInt32) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    let (analog, drivers) = (MBLSTM_SUPPLY_ANALOG.rawValue, MBLSTM_SUPPLY_DRIVERS.rawValue)
    guard wanted & ~(analog | drivers) == 0 else {
      throw .argument("wanted is \(wanted), expected MBLSTM_SUPPLY_ANALOG, _DRIVERS, both or none")
    }
    try tried { () throws(AnalogTile.Problem) in
      try held.switchSupplies(analog: wanted & analog != 0, drivers: wanted & drivers != 0)
    }
  }
}

@c @implementation
public func mblstm_tile_supplies(_ tile: UInt64, _ present: UnsafeMutablePointer<UInt32>?) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    let supplies = held.supplies
    try present.given("present").pointee =
      (supplies.analog ? MBLSTM_SUPPLY_ANALOG.rawValue : 0) | (supplies.drivers ? MBLSTM_SUPPLY_DRIVERS.rawValue : 0)
      | (supplies.settled ? MBLSTM_SUPPLY_SETTLED.rawValue : 0)
  }
}

// MARK: Its account

@c @implementation
public func mblstm_tile_cycle(_ tile: UInt64, _ cycle: UnsafeMutablePointer<UInt64>?) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in try cycle.given("cycle").pointee = held.cycle }
}

@c @implementation
public func mblstm_tile_advance(_ tile: UInt64, _ cycle: UInt64) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    guard cycle >= held.cycle, cycle < 1 << 61 else {
      throw .argument("cycle \(cycle), expected one from now, \(held.cycle), on and below 2^61")
    }
    held.advance(to: cycle)
  }
}

@c @implementation
public func mblstm_tile_energy(
  _ tile: UInt64, _ read: UnsafeMutablePointer<UInt64>?, _ programmed: UnsafeMutablePointer<UInt64>?
) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    let places = (try read.given("read"), try programmed.given("programmed"))
    places.0.pointee = held.counters.readEnergy.attojoules
    places.1.pointee = held.counters.programEnergy.attojoules
  }
}

@c @implementation
public func mblstm_tile_dissipated(_ tile: UInt64, _ attojoules: UnsafeMutablePointer<UInt64>?) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    let energies = (held.counters.readEnergy, held.counters.programEnergy)
    try attojoules.given("attojoules").pointee = Energy(raw: energies.0.raw + energies.1.raw).attojoules
  }
}

@c @implementation
public func mblstm_tile_get_cells(
  _ tile: UInt64, _ first: UInt64, _ picosiemens: UnsafeMutablePointer<Int32>?, _ count: UInt64
) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in try held.array.get(first, picosiemens, count) }
}

@c @implementation
public func mblstm_tile_set_cells(
  _ tile: UInt64, _ first: UInt64, _ picosiemens: UnsafePointer<Int32>?, _ count: UInt64
) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    let array = held.array
    for (place, cell) in try array.cells(first, picosiemens, count).enumerated() {
      let (wordLine, bitLine) = (Int(first) + place).quotientAndRemainder(dividingBy: array.bitLines)
      held.setConductance(cell, wordLine: wordLine, bitLine: bitLine)
    }
  }
}

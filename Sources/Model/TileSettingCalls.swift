import Board
import Crossbar
import ModelHeader
import Registers

// What MBX's own digital side sets a tile to.

@c @implementation
public func mblstm_tile_trims(_ tile: UInt64, _ words: UnsafePointer<UInt32>?, _ count: UInt32) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    let words = Array(try words.given("words").array(UInt64(count), most: held.converters, "words"))
    try tried { () throws(AnalogTile.Problem) in try held.setTrims(words) }
  }
}

@c @implementation
public func mblstm_tile_circuits(_ tile: UInt64, _ circuits: UnsafePointer<UInt32>?, _ count: UInt32) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    let codes = Array(try circuits.given("circuits").array(UInt64(count), most: held.array.columns, "circuits"))
    try tried { () throws(AnalogTile.Problem) in try held.setCircuits(codes) }
  }
}

@c @implementation
public func mblstm_tile_bank(
  _ tile: UInt64, _ circuit: UInt32, _ words: UnsafePointer<UInt32>?, _ count: UInt32
) -> Int32 {
  status(tile, AnalogTile.self) { held throws(Failure) in
    guard let circuit = Circuit(rawValue: circuit) else {
      throw .argument("circuit is \(circuit), expected MBLSTM_SIGMOID or MBLSTM_TANH")
    }
    let words = Array(try words.given("words").array(UInt64(count), most: AnalogTile.bankWords, "words"))
    try tried { () throws(AnalogTile.Problem) in try held.setBank(circuit, words) }
  }
}

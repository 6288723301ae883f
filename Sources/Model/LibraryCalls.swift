import Board
import ModelHeader
import Registers
import Trace

@c @implementation
public func mblstm_abi_version() -> UInt32 { MBLSTM_ABI_VERSION }

@c @implementation
public func mblstm_results_version() -> UInt32 { UInt32(ResultsVersion.current) }

@c @implementation
public func mblstm_error_text() -> UnsafePointer<CChar>? { text_get(TEXT_OF_ERROR) }

@c @implementation
public func mblstm_register_text(_ address: UInt32, _ value: UInt32) -> UnsafePointer<CChar>? {
  let names = RegisterNames(BlockMap.board(tiles: MemoryMap.maximumTiles))
  let fields = names.fields(of: value, at: address)
  let name = names.name(of: address) ?? ""
  (fields.isEmpty ? name : "\(name) \(fields)").keep(TEXT_OF_REGISTER)
  return text_get(TEXT_OF_REGISTER)
}

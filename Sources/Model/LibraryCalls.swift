import Board
import ModelHeader

@c @implementation
public func mblstm_abi_version() -> UInt32 { MBLSTM_ABI_VERSION }

@c @implementation
public func mblstm_results_version() -> UInt32 { UInt32(ResultsVersion.current) }

@c @implementation
public func mblstm_error_text() -> UnsafePointer<CChar>? { error_text_get() }

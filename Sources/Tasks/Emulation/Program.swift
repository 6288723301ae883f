import Files
import RV32
import Registers
import Trace

/// A program for the RV32 core, from a file.
public struct Program: Sendable {
  /// The file that it is from.
  public let path: String
  /// What goes into RAM, where execution begins, and the names of the file.
  public let image: Image
  /// For people; `image.symbols` has the names of the file.
  public let symbols: SymbolTable
  /// Whether loads and stores in RAM trap at addresses that are not a multiple of their size.
  public var trapsMisaligned = false

  /// With all that debuggers want to know.
  public static var mostBytes: Int { 256 << 20 }

  /// - `rawAddress`: where a file goes that is neither ELF nor Intel HEX; nil where it has to be either.
  /// - `mostRawBytes`: the room for such a file.
  /// - Throws: when the file cannot be read, or is no program.
  public init(path: String, rawAddress: UInt32? = nil, mostRawBytes: Int = mostBytes) throws(InputError) {
    let kind =
      rawAddress == nil
      ? FileKind("a program", mostBytes: Self.mostBytes, signatures: Image.signatures, refusal: Image.unknownForm)
      : FileKind("a program", mostBytes: min(mostRawBytes, Self.mostBytes))
    let bytes = try InputFile.bytes(of: path, expecting: kind)
    try self.init(bytes, named: path, rawAddress: rawAddress)
  }

  /// A program by the content of its file.
  package init(_ bytes: [UInt8], named path: String, rawAddress: UInt32?) throws(InputError) {
    do throws(ImageError) {
      image = try Image(anyFormat: bytes, rawAddress: rawAddress)
    } catch {
      throw InputError(path, "\(error)")
    }
    self.path = path
    symbols = image.symbols.readable
  }

  /// A program of the product's own firmware: where `firmware/build.sh` leaves it in a checkout, or else in `firmware` beside
  /// the command or above, where the product is installed.
  /// - Throws: when it is nowhere.
  public static func builtPath(_ program: String) throws(InputError) -> String {
    let built = ".build/firmware/\(program).elf"
    if ProductFolder.path(built) == nil, let installed = ProductFolder.aroundProgram("firmware/\(program).elf") {
      return installed
    }
    return try ProductFolder.found(built, or: "firmware/build.sh makes it")
  }

  /// A core with the program in its RAM, guarded below the stack if the program says where that is.
  public func core(ramBytes: Int) throws(InputError) -> Core {
    var configuration = Core.Configuration()
    configuration.ramSize = UInt32(ramBytes)
    configuration.trapsMisaligned = trapsMisaligned
    var core = Core(configuration)
    // The machine has the finisher, so that the log shows it.
    core.host.finisher = nil
    core.host.cyclesPerSecond = UInt64(Electrical.clockHertz)
    do throws(ImageError) {
      try core.load(image)
    } catch {
      throw InputError(path, "\(error)")
    }
    if let guardStart = image.symbols["__stack_guard"], let limit = stackLimit, guardStart.address < limit {
      core.stackGuard = guardStart.address..<limit
    }
    return core
  }

  /// For a register log.
  public var programSymbols: ProgramSymbols {
    let symbols = symbols
    return { symbols.describe($0) }
  }

  private var stackLimit: UInt32? { image.symbols["__stack_limit"]?.address }

  /// Where the stack is, if the program says so.
  var stack: Range<UInt32>? {
    guard let limit = stackLimit, let top = image.symbols["__stack_top"]?.address, limit < top else { return nil }
    return limit..<top
  }

  /// `Firmware.LSTMCell.step+0x1c (LSTMCell.swift:18, 0x80001234)`, as far as the program says it.
  public func describe(_ pc: UInt32) -> String {
    let address = "0x" + String(pc, radix: 16)
    let line = image.lines.line(of: pc).map { "\($0)" }
    guard let symbol = symbols.describe(pc) else { return address + (line.map { " (\($0))" } ?? "") }
    return "\(symbol) (\(line.map { "\($0), " } ?? "")\(address))"
  }
}

extension Program {
  /// The words between the symbols `begin_signature` and `end_signature`, one a line, as RISCOF compares them.
  public func signature(in core: borrowing Core) throws(InputError) -> String {
    guard let begin = image.symbols["begin_signature"]?.address, let end = image.symbols["end_signature"]?.address,
      begin <= end, let bytes = core.bytes(at: begin, count: Int(end - begin) / 4 * 4)
    else { throw InputError(path, "has no signature, expected the symbols begin_signature and end_signature in RAM") }
    return stride(from: 0, to: bytes.count, by: 4).map { first in
      let word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[first + $1]) << UInt32(8 * $1) }
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits + "\n"
    }.joined()
  }
}

/// The bytes of a stack that were ever written.
struct StackPaint {
  private static let colour: UInt8 = 0xa5

  private let stack: Range<UInt32>

  /// Paints the stack of a core whose program has not begun; nil if the program does not say where it is.
  init?(_ program: Program, on core: inout Core) {
    guard let stack = program.stack else { return nil }
    self.stack = stack
    guard core.setBytes(Array(repeating: Self.colour, count: stack.count), at: stack.lowerBound) else { return nil }
  }

  /// The most that was in use at any time.
  func highWater(_ core: borrowing Core) -> Int {
    let bytes = core.bytes(at: stack.lowerBound, count: stack.count) ?? []
    return bytes.count - (bytes.firstIndex { $0 != Self.colour } ?? bytes.count)
  }

  var size: Int { stack.count }
}

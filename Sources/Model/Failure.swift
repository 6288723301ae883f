import Glibc
import ModelHeader

/// Why a call did not do all that it was asked for.
struct Failure: Error {
  let status: mblstm_status
  let text: String

  init(_ status: mblstm_status, _ text: String) {
    self.status = status
    self.text = text
  }

  static func argument(_ text: String) -> Failure { Failure(MBLSTM_BAD_ARGUMENT, text) }
  static func input(_ problem: some Error & CustomStringConvertible) -> Failure {
    Failure(MBLSTM_BAD_INPUT, problem.description)
  }
  static func output(_ problem: some Error & CustomStringConvertible) -> Failure {
    Failure(MBLSTM_CANNOT_WRITE, problem.description)
  }

  /// Keeps the text for this thread.
  /// - Returns: the status, as a call returns it.
  @inline(never)
  func told() -> Int32 {
    text.keep(TEXT_OF_ERROR)
    return status.rawValue
  }
}

extension String {
  /// Keeps it for this thread, as its latest of a kind (`TEXT_OF_ERROR`, `TEXT_OF_REGISTER`).
  func keep(_ kind: Int) {
    var text = self
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text_set(kind, $0.baseAddress, $0.count) }
    }
  }
}

/// What a call returns for work that may fail.
@inline(__always)
func status(_ body: () throws(Failure) -> Void) -> Int32 {
  do throws(Failure) {
    try body()
    return 0
  } catch {
    return error.told()
  }
}

/// The same with what a handle stands for.
@inline(__always)
func status<Content: Held & ~Copyable>(
  _ handle: UInt64, _ type: Content.Type, _ body: (inout Content) throws(Failure) -> Void
) -> Int32 {
  do throws(Failure) {
    try Table.with(handle, type, body)
    return 0
  } catch {
    return error.told()
  }
}

// MARK: Arguments

extension Optional {
  /// - Parameter name: of the argument.
  @inline(__always)
  func given<Pointee>(_ name: StaticString) throws(Failure) -> UnsafeMutablePointer<Pointee>
  where Wrapped == UnsafeMutablePointer<Pointee> {
    guard let pointer = self else { throw .null(name) }
    return pointer
  }

  /// - Parameter name: of the argument.
  @inline(__always)
  func given<Pointee>(_ name: StaticString) throws(Failure) -> UnsafePointer<Pointee>
  where Wrapped == UnsafePointer<Pointee> {
    guard let pointer = self else { throw .null(name) }
    return pointer
  }

  /// A text of at most 4 MiB, which is UTF-8.
  func text(_ name: StaticString) throws(Failure) -> String where Wrapped == UnsafePointer<CChar> {
    let pointer = try given(name)
    let most = 4 << 20
    let bytes = UnsafeBufferPointer(start: pointer, count: strnlen(pointer, most + 1))
    guard bytes.count <= most else { throw .argument("\(name) is longer than 4 MiB, expected a shorter text") }
    let text = bytes.withMemoryRebound(to: UInt8.self) { String(validating: $0, as: UTF8.self) }
    guard let text else { throw .argument("\(name) is not UTF-8 text") }
    return text
  }
}

extension Failure {
  @inline(never)
  static func null(_ name: StaticString) -> Failure { .argument("\(name) is a null pointer") }
}

extension UnsafeMutablePointer {
  /// An array of a caller's.
  /// - Parameter most: elements that an array can sensibly have.
  func array(_ count: UInt64, most: Int, _ name: StaticString) throws(Failure) -> UnsafeMutableBufferPointer<Pointee> {
    guard count <= most else { throw .argument("\(name) has \(count) elements, expected at most \(most)") }
    return UnsafeMutableBufferPointer(start: self, count: Int(count))
  }
}

extension UnsafePointer {
  /// An array of a caller's.
  /// - Parameter most: elements that an array can sensibly have.
  func array(_ count: UInt64, most: Int, _ name: StaticString) throws(Failure) -> UnsafeBufferPointer<Pointee> {
    guard count <= most else { throw .argument("\(name) has \(count) elements, expected at most \(most)") }
    return UnsafeBufferPointer(start: self, count: Int(count))
  }
}

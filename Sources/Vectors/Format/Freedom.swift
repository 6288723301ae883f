import Files
import Registers
import Tasks

/// What a case leaves to the implementation; nothing else is free.
package struct Freedom: Sendable, Equatable {
  /// The order of the PULSE writes between two other transactions.
  package var pulseOrder: Bool
  /// Steps by which a PULSE value may differ, its sign kept.
  package var pulseWidth: Int

  package init(pulseOrder: Bool = false, pulseWidth: Int = 0) {
    self.pulseOrder = pulseOrder
    self.pulseWidth = pulseWidth
  }

  init(_ node: Node?) throws(InputError) {
    self.init()
    for element in try node?.elements() ?? [] {
      if case .string(let flag) = element.value.kind {
        guard flag == "pulse-order", !pulseOrder else {
          throw element.error("expected \"pulse-order\" or {\"pulse-width\": n}, each at most once")
        }
        pulseOrder = true
      } else {
        var members = try element.members()
        let width = try members.take("pulse-width")
        guard pulseWidth == 0 else { throw element.error("\"pulse-width\" is there twice") }
        pulseWidth = try width.integer(in: 1...0x7fff)
        try members.end()
      }
    }
  }

  /// Whether an access writes a pulse width.
  package static func isPulse(_ transaction: Transaction) -> Bool {
    let tiles = UInt32(MemoryMap.maximumTiles) * MemoryMap.tileStride
    guard transaction.kind == .write, transaction.address &- MemoryMap.firstTile < tiles else { return false }
    let place = transaction.address & (MemoryMap.tileStride - 1)
    return place &- TileRegister.pulse.rawValue < TileRegister.pulse.register.count * TileRegister.registerBytes
  }

  /// Whether an access is what was expected.
  package func allows(_ got: Transaction, for expected: Transaction) -> Bool {
    if got == expected { return true }
    guard pulseWidth > 0, got.kind == expected.kind, got.address == expected.address, Self.isPulse(expected),
      got.value | expected.value <= 0xffff
    else { return false }
    let (one, other) = (Int(Lanes.even(expected.value)), Int(Lanes.even(got.value)))
    return one.signum() == other.signum() && abs(one - other) <= pulseWidth
  }

  /// Accesses in an order that does not depend on what is free.
  func ordered(_ accesses: [Access]) -> [Access] {
    guard pulseOrder else { return accesses }
    var ordered = accesses
    var start = 0
    while start < ordered.count {
      guard Self.isPulse(ordered[start].transaction) else {
        start += 1
        continue
      }
      let end = ordered[start...].firstIndex { !Self.isPulse($0.transaction) } ?? ordered.count
      Self.sort(&ordered[start..<end])
      start = end
    }
    return ordered
  }

  /// By address; writes to the same register keep their order, since the last one counts.
  private static func sort(_ run: inout ArraySlice<Access>) {
    let sorted = run.enumerated().sorted {
      ($0.element.transaction.address, $0.offset) < ($1.element.transaction.address, $1.offset)
    }
    for (place, access) in zip(run.indices, sorted.map(\.element)) { run[place] = access }
  }

  /// The first access that is not what was expected, in words; the number counts from 1.
  /// - Parameter judge: how near values have to be; nil for equal.
  func difference(
    expected: [Access], got: [Access], _ registers: RegisterText, _ judge: inout AgreementJudge?
  ) -> String? {
    differences(expected: expected, got: got, registers, all: false, &judge).first
  }

  /// The accesses that are not what was expected, place by place: the first, or all.
  func differences(
    expected: [Access], got: [Access], _ registers: RegisterText, all: Bool, _ judge: inout AgreementJudge?
  ) -> [String] {
    let (expected, got) = (ordered(expected), ordered(got))
    var differences: [String] = []
    for place in 0..<max(expected.count, got.count) {
      let words = difference(
        expected.count > place ? expected[place] : nil, got.count > place ? got[place] : nil, registers, &judge)
      guard let words else { continue }
      differences.append("transaction \(place + 1): \(words)")
      if !all { break }
    }
    return differences
  }

  private func difference(
    _ expected: Access?, _ got: Access?, _ registers: RegisterText, _ judge: inout AgreementJudge?
  ) -> String? {
    guard let got else {
      return expected.map { "expected \(registers.words($0.transaction)), got nothing more" }
    }
    guard let expected else { return "expected nothing more, got \(registers.words(got.transaction))" }
    let isOfStep =
      got.transaction.kind == expected.transaction.kind
      && got.transaction.address == expected.transaction.address
    let isNear =
      isOfStep && judge?.disagreement(expected: expected.transaction, got: got.transaction) == 0
    guard isNear || allows(got.transaction, for: expected.transaction) else {
      return registers.words(expected: expected.transaction, got: got.transaction)
    }
    guard let cycle = expected.cycle, let other = got.cycle, cycle != other else { return nil }
    return "\(registers.words(got.transaction)): expected cycle \(cycle), got \(other)"
  }
}

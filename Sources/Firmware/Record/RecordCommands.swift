import FixedPoint
import Registers

/// The requests that write the commissioning record and start from it. What it holds, word by word, is in
/// `vectors/specification/firmware.md` 10.
extension Controller {
  /// Writes the record into the slot that does not have the newest, and reads it back.
  mutating func commit(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let samples = try request.next(.samplesLog2, on: &bus)
    try request.expectEnd()
    guard let times else { throw .notConfigured }
    try withNetwork { network throws(Status) in
      let newest = try? RecordSlot.newest(on: &bus)
      let slot = newest?.slot.other ?? .first
      let sequence = (newest?.head.sequence ?? 0) &+ 1
      FlashDriver.setUnlocked(true, on: &bus)
      var writer = RecordWriter(slot)
      let words = network.writeRecord(sequence, to: &writer, times, samplesLog2: Int(samples), on: &bus)
      // What tiles refused leaves no valid record.
      var failure: Status?
      do throws(Status) {
        try network.expectNoErrors(on: &bus)
        writer.finish(on: &bus)
      } catch {
        failure = error
      }
      FlashDriver.setUnlocked(false, on: &bus)
      if let failure { throw failure }
      guard FlashDriver.read(.error, on: &bus) == 0, case .valid(let head) = slot.content(on: &bus),
        head.sequence == sequence
      else { throw .flash }
      HostPort.answer([sequence, words], on: &bus)
    }
  }

  /// Makes the chip ready for inference by the newest valid record.
  mutating func boot(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let asked = request.remaining > 0 ? try request.nextSide(on: &bus) : nil
    try request.expectEnd()
    let (slot, head) = try RecordSlot.newest(of: asked, on: &bus)
    guard head.die == RecordHead.Die(on: &bus) else { throw .foreignRecord }
    var reader = RecordReader(slot)
    reader.pass(RecordHead.words, on: &bus)
    let network = try Network(try NetworkPlan(&reader, on: &bus), on: head.side, &bus)
    work(on: head.side)
    active = head.side
    state = .idle
    forgetTrainings()
    network.cell.selectCircuits(on: &bus)
    for bank in ActivationBank.allCases {
      let count = try reader.next(.segments, on: &bus)
      keep(try bank.take(count, from: &reader, on: &bus), of: bank)
    }
    times = try PulseTimes(&reader, on: &bus)
    for layer in Layer.allCases { try network.tile(layer).restore(&reader, on: &bus) }
    state = .configured(Boxed(network))
    try network.expectNoErrors(on: &bus)
    HostPort.answer([head.sequence, head.side.rawValue] + network.plan.words, on: &bus)
  }
}

extension Network {
  /// All but the checksum.
  /// - Returns: the words of the record.
  fileprivate mutating func writeRecord(
    _ sequence: UInt32, to writer: inout RecordWriter, _ times: PulseTimes, samplesLog2: Int, on bus: inout some Bus
  ) -> UInt32 {
    let die = RecordHead.Die(on: &bus)
    let segments = ActivationBank.allCases.map { $0.count(on: &bus) }
    let words = recordWords(segments: Int(segments[0] + segments[1]))
    for word in [RecordHead.magic, words, sequence, die.low, die.high, side.rawValue] + plan.words {
      writer.put(word, on: &bus)
    }
    for (bank, count) in zip(ActivationBank.allCases, segments) { bank.save(count, to: &writer, on: &bus) }
    times.save(to: &writer, on: &bus)
    for layer in Layer.allCases { tile(layer).save(to: &writer, on: &bus) }
    for layer in Layer.allCases { saveSums(of: layer, samplesLog2: samplesLog2, to: &writer, on: &bus) }
    return words
  }

  private func recordWords(segments: Int) -> UInt32 {
    var words = RecordHead.words + plan.words.count + 2 * (2 + segments) + 1 + 2 * PulseTimes.places + 1
    for layer in Layer.allCases {
      words += 3 + tile(layer).lines + 1 + sumWords(of: layer)
    }
    return UInt32(words)
  }

  private mutating func saveSums(
    of layer: Layer, samplesLog2: Int, to writer: inout RecordWriter, on bus: inout some Bus
  ) {
    let code = codeForSums(of: layer, samplesLog2: samplesLog2, on: &bus)
    writer.put(UInt32(code), on: &bus)
    let columns = shape[layer].columns
    for pattern in 0..<patterns(of: layer) {
      measure(pattern, of: layer, code: code, samplesLog2: samplesLog2, on: &bus)
      for column in stride(from: 0, to: columns, by: 2) {
        let odd = column + 1 < columns ? sum(column + 1, of: layer) : .zero
        writer.put(Lanes.pack(sum(column, of: layer).raw, odd.raw), on: &bus)
      }
    }
  }
}

extension PulseTimes {
  fileprivate func save(to writer: inout RecordWriter, on bus: inout some Bus) {
    for time in set { writer.put(UInt32(bitPattern: time.raw), on: &bus) }
    for time in reset { writer.put(UInt32(bitPattern: time.raw), on: &bus) }
    writer.put(isNoisy ? 1 : 0, on: &bus)
  }
}

extension TileDriver {
  /// What calibration and the weight scale left: both feedback resistors, and the trim of every line behind their number.
  fileprivate func save(to writer: inout RecordWriter, on bus: inout some Bus) {
    for gain in 0..<2 { writer.put(read(.feedback, gain, on: &bus), on: &bus) }
    writer.put(UInt32(lines), on: &bus)
    for line in 0..<lines { writer.put(read(.trim, line, on: &bus), on: &bus) }
  }

  fileprivate func restore(_ reader: inout RecordReader, on bus: inout some Bus) throws(Status) {
    let feedback = [reader.next(on: &bus), reader.next(on: &bus)]
    guard reader.next(on: &bus) == UInt32(lines) else { throw .doesNotFit }
    setUnlocked(true, on: &bus)
    for gain in 0..<2 { write(.feedback, gain, feedback[gain], on: &bus) }
    for line in 0..<lines { write(.trim, line, reader.next(on: &bus), on: &bus) }
    setUnlocked(false, on: &bus)
  }
}

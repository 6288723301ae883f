import Crossbar
import Files

/// Suite `pulse`: one pulse on one cell, without the model's own noise.
struct PulseVector: ValueVector {
  private enum Direction: String, CaseIterable {
    case set = "SET"
    case reset = "RESET"
  }

  private let device: Device
  private let variation: Variation
  private let random: CounterRandom
  private let tile: Int
  private let operation: UInt64
  private let cell: Int
  private let polarity: Polarity
  private let isHalfSelected: Bool
  private let millivolts: Int
  private let nanoseconds: Int
  private let before: [Int32]
  private let after: [Int32]

  init(_ given: inout Members, _ expect: inout Members) throws(InputError) {
    device = try Device(given.take("device"))
    variation = Variation(
      deviceToDevice: try given.take("deviceToDevice").number(in: 0...1),
      cycleToCycle: try given.take("cycleToCycle").number(in: 0...1))
    random = CounterRandom(seed: try given.take("seed").integer())
    tile = try given.take("tile").integer(in: 0...7)
    operation = try given.take("operation").integer()
    cell = try given.take("cell").integer(in: 0...1 << 20 - 1)
    polarity = try given.take("polarity").choice(Direction.self) == .set ? .set : .reset
    isHalfSelected = try given.take("halfSelected").bool()
    millivolts = try given.take("millivolts").integer(in: 0...4095)
    nanoseconds = try given.take("nanoseconds").integer(in: 0...1 << 20)
    before = try given.take("picosiemens").integers(in: device.conductanceRange)
    after = try expect.take("picosiemens").integers(in: 1...Int32.max, count: before.count)
  }

  func difference() -> String? {
    let got = moved(with: device.model)
    return Self.difference(after, got) { "after a pulse on \(before[$0]) pS" }
  }

  private func moved(with model: some DeviceModel) -> [Int32] { before.map { moved($0, with: model) } }

  private func moved(_ picosiemens: Int32, with model: some DeviceModel) -> Int32 {
    let rate = model.rate(polarity, millivolts: isHalfSelected ? Double(millivolts) / 2 : Double(millivolts))
    guard rate > 0 else { return picosiemens }
    var dose = rate * Double(nanoseconds)
    if variation.deviceToDevice > 0 { dose *= variation.rateFactor(polarity, random, tile: tile, cell: cell) }
    if variation.cycleToCycle > 0 {
      dose *= variation.pulseFactor(
        polarity, isDisturb: isHalfSelected, random, tile: tile, operation: operation, index: cell)
    }
    return model.conductance(picosiemens, after: dose, polarity)
  }
}

/// Suite `random`: the counter-based generator and its normal draws.
struct RandomVector: ValueVector {
  private enum Draw {
    case words(key: [UInt32], counter: [UInt32])
    case named(CounterRandom, CounterRandom.Purpose, tile: Int, operation: UInt64, index: Int, gaussian: Int32)
  }

  private let draw: Draw
  private let words: [UInt32]

  init(_ given: inout Members, _ expect: inout Members) throws(InputError) {
    if given.has("key") {
      draw = .words(
        key: try given.take("key").integers(count: 2), counter: try given.take("counter").integers(count: 4))
    } else {
      let seed: UInt64 = try given.take("seed").integer()
      let node = try given.take("purpose")
      // What this product alone draws has numbers behind those of the specification.
      guard let purpose = CounterRandom.Purpose(rawValue: try node.integer()),
        purpose.rawValue <= CounterRandom.Purpose.order.rawValue
      else {
        throw node.mismatch("a purpose of random numbers: 1 to 21, 64 or 65")
      }
      draw = .named(
        CounterRandom(seed: seed), purpose, tile: try given.take("tile").integer(in: 0...7),
        operation: try given.take("operation").integer(),
        index: try given.take("index").integer(in: 0...Int(UInt32.max)),
        gaussian: try expect.take("gaussian").integer())
    }
    words = try expect.take("words").integers(count: 4)
  }

  func difference() -> String? {
    switch draw {
    case .words(let key, let counter):
      return difference(
        of: CounterRandom.philox(
          counter: [counter[0], counter[1], counter[2], counter[3]], key: [key[0], key[1]]))
    case .named(let random, let purpose, let tile, let operation, let index, let gaussian):
      let bits = random.bits(purpose, tile: tile, operation: operation, index: index)
      if let difference = difference(of: bits) { return difference }
      let got = random.gaussian(purpose, tile: tile, operation: operation, index: index)
      return got == Int64(gaussian) ? nil : "gaussian: expected \(gaussian), got \(got)"
    }
  }

  private func difference(of bits: SIMD4<UInt32>) -> String? {
    Self.difference(words, (0..<4).map { bits[$0] }) { "word \($0)" }
  }
}

import Board
import Crossbar
import Registers
import Testing

@testable import Tasks

@Suite("Converters that are off in one way alone")
struct ConverterErrorTests {
  private static func chip(
    offset: Int = 0, gain: Int = 0, noise: Double = 0, synapse: Synapse = .reference
  ) -> ChipConfiguration {
    var chip = ChipConfiguration(
      tiles: [.init(wordLines: 4, bitLines: 6), .init(wordLines: 4, bitLines: 6)],
      mismatch: ConverterMismatch(adcOffset: offset, adcGain: gain))
    chip.readNoiseShare = noise
    chip.synapse = synapse
    return chip
  }

  private static func conversion(_ operation: Registers.Operation = .read) -> Conversion {
    Conversion(
      operation: operation, gain: 0, sensed: 6, isLinear: true, ohms: 20_000,
      drive: [Lanes.pack(127, 127), Lanes.pack(127, 127), Lanes.pack(127, 127)], slope: 1)
  }

  private static func deviation(_ chip: ChipConfiguration, isTrimmed: Bool = false) -> CodeDeviation {
    DeviationModel(chip).deviation(of: conversion(), tile: 0, isTrimmed: isTrimmed)
  }

  private static func isNear(_ value: Double, _ expected: Double) -> Bool {
    abs(value - expected) <= 1e-4 * abs(expected)
  }

  /// Codes of 400 µV: 800 µV are two codes.
  @Test("An offset alone makes codes unlike by itself, and no gain")
  func offset() {
    let deviation = Self.deviation(Self.chip(offset: 800))
    #expect(!deviation.isCertain && deviation.drawn == 0.5 && deviation.noise == 0)
    #expect(Self.isNear(deviation.offset, 8) && deviation.gain == 0 && deviation.bias > 0.6)
    #expect(Self.isNear(deviation.fixed(at: 2000), 8))
  }

  @Test("A gain alone makes codes unlike by their share, and no offset")
  func gain() {
    let deviation = Self.deviation(Self.chip(gain: 500))
    #expect(!deviation.isCertain && deviation.drawn == 0.5 && deviation.noise == 0)
    #expect(deviation.offset == 0 && Self.isNear(deviation.gain, 5e-7) && deviation.bias > 0.6)
    // 2 · (500 ppm of 2000 codes)².
    #expect(Self.isNear(deviation.fixed(at: 2000), 2) && Self.isNear(deviation.fixed(at: -2000), 2))
    #expect(deviation.fixed(at: 0) == 0)
  }

  @Test("Behind a trim half a code is left of either, whichever it was; of an ideal converter nothing")
  func trimmed() {
    let expected = Self.deviation(Self.chip(offset: 800, gain: 500), isTrimmed: true)
    #expect(expected.offset == 0.5 && expected.gain > 0)
    for chip in [Self.chip(offset: 800), Self.chip(gain: 500), Self.chip(offset: 1), Self.chip(gain: 1)] {
      let deviation = Self.deviation(chip, isTrimmed: true)
      #expect(deviation.offset == 0.5 && deviation.gain == expected.gain && !deviation.isCertain)
    }
    #expect(Self.deviation(Self.chip(), isTrimmed: true).isCertain)
    #expect(Self.deviation(Self.chip(noise: 0.01), isTrimmed: true).offset == 0)
  }

  @Test("Noise is that of the lines that a conversion drives, in pairs of cells twice the variance of one")
  func lines() {
    let model = DeviationModel(Self.chip(noise: 0.001))
    func noise(_ operation: Registers.Operation, _ model: DeviationModel) -> Double {
      model.deviation(of: Self.conversion(operation), tile: 0, isTrimmed: false).noise
    }
    let read = noise(.read, model)
    // Four word lines, and six columns; none of a conversion without drive.
    #expect(read > 0 && Self.isNear(noise(.readTransposed, model), 1.5 * read))
    #expect(noise(.zero, model) == 0 && noise(.reference, model) == 0)
    let pairs = DeviationModel(Self.chip(noise: 0.001, synapse: .differential))
    #expect(Self.isNear(noise(.read, pairs), 2 * read))
    // Three columns of two cells.
    #expect(Self.isNear(noise(.readTransposed, pairs), 1.5 * read))
  }

  @Test("Cells are unlike in the tile that was written, and by operations that write alone")
  func written() {
    for operation in Registers.Operation.allCases {
      var model = DeviationModel(Self.chip(noise: 0.001))
      let start = MemoryMap.tile(1) + TileRegister.start.offset()
      let word = TileRegister.Start.operation.encode(operation.rawValue)
      model.follow(Transaction(.read, start, word))
      model.follow(Transaction(.write, start + 4, word))
      #expect(model.deviation(of: Self.conversion(), tile: 1, isTrimmed: false).cells.isEmpty)
      model.follow(Transaction(.write, start, word))
      let cells = (0...1).map { model.deviation(of: Self.conversion(), tile: $0, isTrimmed: false).cells.count }
      #expect(cells == [0, [.programRow, .erase].contains(operation) ? 4 : 0], "\(operation)")
      let none = model.deviation(of: Self.conversion(.zero), tile: 1, isTrimmed: false)
      #expect(none.cells.isEmpty && none.isCertain)
    }
  }

  @Test("What is wrong with a line is told at its word and half of it, in its tile")
  func places() {
    for line in 0..<6 {
      var judge = AgreementJudge(.sigmas(3), of: Self.chip(offset: 100))
      func take(_ kind: Transaction.Kind, _ register: TileRegister, _ place: Int, _ one: UInt32, _ other: UInt32) {
        let address = MemoryMap.tile(1) + register.offset(place)
        _ = judge.disagreement(expected: Transaction(kind, address, one), got: Transaction(kind, address, other))
      }
      for _ in 0..<200 {
        take(.write, .start, 0, 0x21, 0x21)
        for word in 0..<3 {
          let codes = (0..<2).map { Int16(2 * word + $0 == line ? 9 : 0) }
          take(.read, .sense, word, 0, Lanes.pack(codes[0], codes[1]))
        }
      }
      let findings = judge.findings()
      #expect(findings.map(\.address) == [MemoryMap.tile(1) + TileRegister.sense.offset(line / 2)], "\(line)")
      #expect(findings.map(\.bits) == [line % 2 == 0 ? 0xffff : 0xffff_0000])
      #expect(findings.first?.words == "READ, 200 reads: its codes are off by 9.00 in the mean")
    }
  }
}

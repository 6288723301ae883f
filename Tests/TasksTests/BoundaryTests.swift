import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Registers
import Testing

@testable import Tasks

/// Where small tables and ranges of the tasks begin and end.
@Suite("Edges of what tasks take and tell")
struct BoundaryTests {
  private static func set(_ text: String) throws -> SequenceSet {
    let file = try TemporaryFile(text)
    defer { file.remove() }
    return try SequenceSet(csv: file.path)
  }

  @Test("Whole numbers of a header go from 1 to a million, real ones to 1e100 either way")
  func headers() throws {
    let wide = "# F=1000000 classes=2 n=1\n0" + String(repeating: ",0", count: 1_000_000) + "\n"
    #expect(try Self.set(wide).features == 1_000_000)
    #expect(try Self.set("# F=1 classes=1000000\n999999,0\n").sequences[0].label == 999_999)
    for text in ["1000001", "0", "-1", "1.5", ""] {
      #expect(throws: InputError.self) { try Self.set("# F=1 classes=\(text)\n0,1\n") }
    }
    #expect(throws: InputError.self) { try Self.set("# F=1 classes=1\n0,1\n") }
    for (offset, isTaken) in [("1e100", true), ("-1e100", true), ("1.1e100", false), ("-1.1e100", false)] {
      let values = offset.contains("1.1") ? "0" : offset
      #expect(((try? Self.set("# F=1 classes=2 offset=\(offset)\n1,\(values)\n")) != nil) == isTaken, "\(offset)")
    }
  }

  @Test("A value is within ±1 of the scale, both ends in; a series has label 0, its targets, and inputs a step")
  func values() throws {
    let ends = try Self.set("# F=2 classes=2 offset=10 scale=5\n1,15,5\n")
    #expect(ends.sequences[0].values == [.max, .min])
    for value in ["15.001", "4.999"] {
      #expect(throws: InputError.self) { try Self.set("# F=1 classes=2 offset=10 scale=5\n1,\(value)\n") }
    }
    let series = try Self.set("# regression F=2 scale=4 offset=1\n\n1,3,-1\n\n2,5,-3\n")
    let steps = SequenceSet.Sequence(label: 0, values: [16_384, -16_384, .max, .min], steps: 2, targets: [0, 8192])
    #expect(series.sequences == [steps])
    #expect(series.isRegression && series.outputs == 1 && series.targetScale == 4 && series.targetOffset == 1)
    for text in ["# regression F=2\n", "# regression F=2\n0,1\n", "# regression F=2\n0,1,1,1\n"] {
      #expect(throws: InputError.self) { try Self.set(text) }
    }
  }

  @Test(
    "Lags put the last inputs into a step; steps without as many before them fall away, or take those of the history")
  func lags() {
    func series(_ values: [Int16], _ targets: [Int16], features: Int = 1) -> SequenceSet {
      SequenceSet(
        name: "s", features: features, classes: 0,
        sequences: [.init(label: 0, values: values, steps: targets.count, targets: targets)])
    }
    let own = series([1, 2, 3, 4], [11, 12, 13, 14])
    #expect(own.withLags(1).sequences == own.sequences && own.withLags(1).features == 1)
    let two = own.withLags(2)
    #expect(two.features == 2 && two.warmUp == 0)
    #expect(two.sequences == [.init(label: 0, values: [1, 2, 2, 3, 3, 4], steps: 3, targets: [12, 13, 14])])
    let behind = own.withLags(3, after: series([-2, -1], [9, 10]))
    #expect(behind.warmUp == 0 && behind.sequences[0].targets == [11, 12, 13, 14])
    #expect(behind.sequences[0].values == [-2, -1, 1, -1, 1, 2, 1, 2, 3, 2, 3, 4])
    let warmed = own.withLags(2, after: series([-3, -2, -1], [8, 9, 10]))
    #expect(warmed.warmUp == 2 && warmed.sequences[0].steps == 6 && warmed.sequences[0].targets.first == 9)
    #expect(own.withLags(9).sequences[0].steps == 0)
    let wide = series([1, 2, 3, 4, 5, 6], [7, 8, 9], features: 2).withLags(2)
    #expect(wide.features == 4 && wide.sequences[0].values == [1, 2, 3, 4, 3, 4, 5, 6])
    // As this month: targets 11 … against 1 …, 10 steps of 2⁻¹⁵ each, times the scale.
    var scaled = own
    scaled.targetScale = 32_768
    #expect(abs(scaled.persistenceError() - 10) < 1e-12)
    scaled.warmUp = 3
    scaled.sequences[0].targets[3] = 5
    #expect(abs(scaled.persistenceError() - 1) < 1e-12)
  }

  @Test("Numbers have their decimals below 10¹⁵ in the last place, and the shortest text beyond")
  func decimals() {
    for (value, decimals, text) in [
      (999_999_999_999_999, 0, "999999999999999"), (1e15, 0, "1000000000000000.0"), (1.5e15, 0, "1500000000000000.0"),
      (-1e15, 0, "-1000000000000000.0"), (1e16, 1, "1e+16"),
      (9_999_999_999_999.99, 2, "9999999999999.99"), (1e13, 2, "10000000000000.0"), (0.005, 2, "0.01"),
      (-0.005, 2, "-0.01"), (0.004, 2, "0.00"), (0.5, 0, "1"), (12, 3, "12.000"), (.infinity, 2, "inf"),
      (.nan, 2, "nan"),
    ] as [(Double, Int, String)] {
      #expect(DecimalText.fixed(value, decimals: decimals) == text, "\(value) \(decimals)")
    }
    for (value, text) in [(0, "0"), (1.5, "1.5"), (100, "100"), (0.101, "0.1"), (-2.50, "-2.5"), (1e16, "1e+16")] {
      #expect(DecimalText.shortest(value, decimals: 2) == text, "\(value)")
    }
  }

  @Test("A chip without tiles gets two that just hold the network; with tiles it has to have those")
  func sized() throws {
    let shape = NetworkShape(inputs: 3, hidden: 4, outputs: 2)
    for synapse in Synapse.allCases {
      var chip = ChipConfiguration(tiles: [])
      chip.synapse = synapse
      let lines = synapse == .reference ? [(8, 16), (5, 2)] : [(8, 32), (5, 4)]
      let tiles = lines.map { TileConfiguration(wordLines: $0.0, bitLines: $0.1) }
      let sized = try chip.sized(for: shape, named: "n")
      #expect(sized.tiles == tiles)
      #expect(try sized.sized(for: shape, named: "n") == sized)
      let extended = try sized.extended(for: shape, named: "n")
      #expect(extended.tiles == tiles + tiles)
      for other in [[tiles[0]], [tiles[1], tiles[0]], tiles + tiles] {
        var chip = chip
        chip.tiles = other
        let text = other.map { "\($0.wordLines)x\($0.bitLines)" }.joined(separator: ",")
        let needed = lines.map { "\($0.0)x\($0.1)" }.joined(separator: ",")
        #expect(
          throws: InputError("n", "the chip has tiles of \(text), \(shape) needs \(needed); leave them out")
        ) { try chip.sized(for: shape, named: "n") }
      }
      for change in [(0, 0), (-1, 0), (0, -1), (1, 1)] {
        for place in 0..<2 {
          var chip = extended
          chip.tiles[place].wordLines += change.0
          chip.tiles[place].bitLines += change.1
          let isRoom = change.0 >= 0 && change.1 >= 0
          #expect(chip.hasRoom(for: shape) == isRoom && chip.hasRoom(for: shape, on: .second))
          chip.tiles.swapAt(place, place + 2)
          #expect(chip.hasRoom(for: shape) && chip.hasRoom(for: shape, on: .second) == isRoom)
        }
      }
      #expect(!sized.hasRoom(for: shape, on: .second))
      // 1024 lines are the most that a tile has: x + h + 1 of them, 4h columns.
      let most = synapse == .reference ? 256 : 128
      #expect((try? chip.sized(for: NetworkShape(inputs: 1, hidden: most, outputs: 2), named: "n")) != nil)
      for (shape, words) in [
        (NetworkShape(inputs: 1, hidden: most + 1, outputs: 2), "the LSTM cell of"),
        (NetworkShape(inputs: 1024, hidden: 2, outputs: 2), "the LSTM cell of"),
        (NetworkShape(inputs: 1, hidden: 2, outputs: 1025), "the dense layer of"),
      ] {
        do {
          _ = try chip.sized(for: shape, named: "n")
          Issue.record("\(shape)")
        } catch { #expect(error.description.hasPrefix("n: \(words) \(shape) needs "), "\(error)") }
      }
    }
  }

  @Test(
    "Differences of both sides are in the order of their lines, on one line the chip's first, each side's as they were")
  func order() {
    func differences(_ lines: [Int], _ side: String) -> [Replay.Difference] {
      lines.enumerated().map { number, line in
        Replay.Difference(file: "f", line: line, cycle: 0, subject: .event(block: ""), message: "\(side)\(number)")
      }
    }
    for chip in [[], [3], [1, 1, 5], [2, 4, 6, 6]] {
      for firmware in [[], [3], [1, 2, 3], [4, 4, 6, 7], [9, 9]] {
        let all = Shadow.ordered(chip: differences(chip, "c"), firmware: differences(firmware, "f"))
        let ofChip = chip.enumerated().map { ($0.element, 0, $0.offset) }
        let expected = (ofChip + firmware.enumerated().map { ($0.element, 1, $0.offset) }).sorted { $0 < $1 }
        #expect(all.map(\.difference.message) == expected.map { "\($0.1 == 0 ? "c" : "f")\($0.2)" })
        #expect(all.map(\.side) == expected.map { $0.1 == 0 ? .chip : .firmware })
      }
    }
  }

  @Test("The plot of a prediction has what was measured, what the chip said, and what the last value would have said")
  func predictions() {
    for features in 1...3 {
      for warmUp in [0, 2] {
        let steps = 5
        var set = SequenceSet(
          name: "air", features: features, classes: 0,
          sequences: [
            .init(
              label: 0, values: (0..<steps * features).map { Int16($0 * 700 - 3000) }, steps: steps,
              targets: (0..<steps).map { Int16($0 * 1300 + 100) })
          ])
        (set.targetScale, set.targetOffset, set.warmUp) = (200, 30, warmUp)
        let predicted = (0..<steps).map { Double($0) * 9 - 4 }
        let chip = ChipConfiguration(tiles: [])
        func unit(_ raw: Int) -> Double { Double(raw) / 32_768 * 200 + 30 }
        let shown = warmUp..<steps
        let plot = LinePlot(
          "air: next value, predicted in situ", subtitle: FigureScope.caption(chip), x: "step of the test series",
          y: "value",
          series: [
            .init("measured", shown.map { unit($0 * 1300 + 100) }, from: 1),
            .init("chip", shown.map { predicted[$0] + 30 }, from: 1),
            .init("as the last", shown.map { unit((($0 + 1) * features - 1) * 700 - 3000) }, from: 1),
          ])
        #expect(TrainingPlots.predictions(predicted, of: set, on: chip) == plot.svg, "\(features) \(warmUp)")
      }
    }
  }
}

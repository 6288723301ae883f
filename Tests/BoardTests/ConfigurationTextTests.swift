import Board
import Crossbar
import Registers
import Testing
import Trace

@Suite("A chip in words")
struct ConfigurationTextTests {
  static let tiles = [TileConfiguration(wordLines: 6, bitLines: 4), TileConfiguration(wordLines: 3, bitLines: 10)]

  @Test("Every property at either end of its range comes back from its words, and is refused beyond")
  func everyProperty() throws {
    for property in ChipConfiguration.properties.properties {
      let (ends, beyond) = Self.ends(of: property.range)
      for value in ends {
        var chip = ChipConfiguration(tiles: Self.tiles)
        try property.set(value, of: &chip)
        #expect(property[chip] == value, "\(property.name)")
        #expect(try property.value(of: "\(value)") == value)
        #expect(try ChipConfiguration(description: chip.description) == chip, "\(property.name)")
        #expect(chip.problem == nil)
      }
      for value in beyond {
        var chip = ChipConfiguration(tiles: Self.tiles)
        #expect(throws: property.problem("\(value)")) { try property.set(value, of: &chip) }
        #expect(throws: property.problem("\(value)")) { try property.value(of: "\(value)") }
        let words = "chip \(property.text)=\(value)\ntile word-lines=1 bit-lines=1"
        let problem = ConfigurationProblem(description: property.problem("\(value)").message(about: property.text))
        #expect(throws: problem) { try ChipConfiguration(description: words) }
      }
    }
  }

  /// Both ends, and what is just beyond them.
  private static func ends(of range: PropertyRange) -> (ends: [PropertyValue], beyond: [PropertyValue]) {
    switch range {
    case .whole(let range):
      (
        [.whole(range.lowerBound), .whole(range.upperBound)],
        [.whole(range.lowerBound - 1), .whole(range.upperBound + 1)]
      )
    case .real(let range):
      (
        [.real(range.lowerBound), .real(range.upperBound)],
        [.real(range.lowerBound.nextDown), .real(range.upperBound.nextUp), .real(.nan), .real(.infinity)]
      )
    case .names(let names), .words(let names): (names.map { .name($0) }, [.name("custom"), .name("")])
    }
  }

  @Test("Every device with every variation comes back from its words", arguments: Device.names)
  func roundTrip(name: String) throws {
    var chip = ChipConfiguration(tiles: Self.tiles, device: try #require(Device(name: name)))
    #expect(try ChipConfiguration(description: chip.description) == chip)
    chip.variation = Variation(
      deviceToDevice: 0.1, thresholdSpread: 0.02, boundsSpread: 1 / 3, cycleToCycle: 0.05, deviceNoise: 0.5,
      programError: 0.01, stuckLRS: 0.0175, stuckHRS: 0.0904, readNoise: 12)
    chip.synapse = .differential
    chip.seed = .max
    #expect(try ChipConfiguration(description: chip.description) == chip)
    #expect(chip.description.contains(" device=\(name) "))
  }

  @Test("Words hold what is not as usual, so that a property added later changes none")
  func stable() throws {
    let usual = ChipConfiguration(tiles: Self.tiles)
    let words = """
      results version=3
      chip seed=1 synapse=reference device=vteam
      tile word-lines=6 bit-lines=4
      tile word-lines=3 bit-lines=10
      """
    #expect(usual.description == words)
    var chip = usual
    chip.variation.stuckLRS = 0.02
    chip.variation.deviceNoise = 0
    chip.readVoltage = 100_000
    let changed = " device=vteam device-noise=0.0 stuck-lrs=0.02 read-voltage-uv=100000\n"
    #expect(chip.description.contains(changed))
    let later = ChipConfiguration.properties.adding([
      ChipProperty("wire-resistance", \.mismatch.dacOffset, in: 0...10, .ohms, "Of a wire")
    ])
    #expect(usual.text(later) == words && chip.text(later) == chip.description)
    #expect(try ChipConfiguration(description: words, later) == usual)
    chip.mismatch.dacOffset = 3
    #expect(chip.text(later).contains(" wire-resistance-ohms=3\n"))
    #expect(try ChipConfiguration(description: chip.text(later), later) == chip)
  }

  @Test("What cannot be read is named")
  func mistakes() {
    func problem(_ item: String, before: String = "") -> String? {
      do {
        _ = try ChipConfiguration(description: "\(before)chip \(item)\ntile word-lines=1 bit-lines=1")
        return nil
      } catch { return error.description }
    }
    let share = "expected a share from 0 to 1, such as 0.05 or 5%"
    #expect(problem("stuck-lrs=0.1") == nil)
    #expect(problem("stuck-lrs=some") == "stuck-lrs is 'some', \(share)")
    #expect(problem("stuck-lrs=2") == "stuck-lrs is '2', \(share)")
    #expect(problem("program-error=nan") == "program-error is 'nan', \(share)")
    #expect(problem("stuck-lrs=0.6 stuck-hrs=0.6") == "the shares of stuck cells are more than 1 together")
    #expect(problem("stuck=1") == "'stuck' in the head is no property")
    #expect(problem("stuck-lsr=1") == "'stuck-lsr' in the head is no property, did you mean 'stuck-lrs'?")
    #expect(problem("seed=1 seed=1") == "'seed' is twice in a line of the head")
    #expect(problem("seed=1", before: "chip seed=2\n") == "the head has two lines 'chip'")
    #expect(problem("seed=1", before: "tle word-lines=1\n") == "'tle' in the head is no property, did you mean 'tile'?")
    #expect(
      problem("seed=1", before: "results version=7\n")
        == "results are of version '7', this program makes version 3")
    let names = Device.names.joined(separator: ", ")
    #expect(problem("device=hfo2") == "device is 'hfo2', expected one of: \(names)")
    #expect(problem("device=custom") == "device is 'custom', expected one of: \(names)")
  }

  @Test("A snapshot in which a stuck cell has moved is refused")
  func stuckCells() throws {
    var chip = ChipConfiguration(tiles: Self.tiles)
    chip.variation = Variation(boundsSpread: 0.05, stuckLRS: 0.5)
    let machine = try Machine(chip, log: NoLog())
    var snapshot = machine.snapshot
    #expect(try Machine(snapshot, log: NoLog()).snapshot == snapshot)
    let array = machine.chip.tiles[0].array
    let cell = try #require((0..<24).first { array.bounds(wordLine: $0 / 4, bitLine: $0 % 4).count == 1 })
    let value = snapshot.tiles[0].conductance[cell]
    snapshot.tiles[0].conductance[cell] -= 1
    do {
      _ = try Machine(snapshot, log: NoLog())
      Issue.record("no error")
    } catch { #expect(error.description == "a cell of tile 0 has \(value - 1) pS, expected \(value) to \(value)") }
  }
}

import Board
import Crossbar
import Files
import Registers
import Testing
import Trace

@Suite("A chip in JSON")
struct ChipJSONTests {
  private func read(_ json: JSON) throws -> ChipConfiguration {
    try ChipConfiguration(json: try Node(Array(json.prettyText.utf8), file: "c.json"))
  }

  private func problem(_ text: String) -> String? {
    do {
      _ = try ChipConfiguration(json: try Node(Array(text.utf8), file: "c.json"))
      return nil
    } catch { return "\(error)" }
  }

  @Test("Every property at either end of its range comes back, and is refused beyond")
  func everyProperty() throws {
    for property in ChipConfiguration.properties.properties {
      let (ends, beyond): ([PropertyValue], [PropertyValue]) =
        switch property.range {
        case .whole(let range):
          ([.whole(range.lowerBound), .whole(range.upperBound)], [.whole(range.upperBound + 1)])
        case .real(let range): ([.real(range.lowerBound), .real(range.upperBound)], [.real(range.upperBound.nextUp)])
        case .names(let names), .words(let names): (names.map { .name($0) }, [.name("nothing")])
        }
      for value in ends {
        var chip = ChipConfiguration(tiles: [.init(wordLines: 3, bitLines: 4)])
        try property.set(value, of: &chip)
        #expect(try read(chip.json) == chip, "\(property.name)")
        chip.tiles = []
        #expect(try read(.object([.init(property.key, value.json)])) == chip)
      }
      for value in beyond {
        #expect(throws: InputError.self) { try read(.object([.init(property.key, value.json)])) }
      }
    }
  }

  @Test("What is wrong is said with file, line and member")
  func mistakes() {
    #expect(problem("{}") == nil)
    #expect(problem("{\"adcBits\": 17}") == "c.json:1: adcBits: expected a whole number from 5 to 16, found 17")
    #expect(problem("{\n\"adcBit\": 7}") == "c.json:2: the member 'adcBit' is unknown, did you mean 'adcBits'?")
    #expect(problem("{\"stuckLRS\": 0.6, \"stuckHRS\": 0.6}")?.hasSuffix("more than 1 together") == true)
    #expect(problem("{\"resultsVersion\": 1}")?.contains("expected 3, that of this program's results, found 1") == true)
    #expect(problem("{\"seed\": 18446744073709551615}") == nil)
    #expect(problem("{\"seed\": 18446744073709551616}") != nil)
  }

  @Test("A map of a chip has what its registers are after reset")
  func resets() throws {
    var chip = ChipConfiguration(tiles: [.init(wordLines: 3, bitLines: 4), .init(wordLines: 5, bitLines: 2)])
    chip.readVoltage = 100_000
    chip.amplitudes = PulseAmplitudes(set: 1100, reset: 1300)
    chip.feedback = 22_000
    chip.timing.settle = 7
    let machine = try Machine(chip, log: NoLog())
    for map in chip.maps {
      for (place, reset) in map.resets.enumerated() where map.places[place] != BlockMap.nowhere {
        let entry = map.entries[Int(map.places[place])]
        // Of an array the first element: those beyond the tile's lines answer 0.
        guard entry.masks.readable != 0, Int(entry.offset / map.registerBytes) == place, map.base >= MemoryMap.chip,
          map.base != MemoryMap.host
        else { continue }
        #expect(machine.peek(map.base + UInt32(place) * map.registerBytes) == reset, "\(entry.register.name)")
      }
    }
  }

  @Test("A board that goes on has what software wrote, whatever its chip has after reset")
  func restored() throws {
    var chip = ChipConfiguration(tiles: [.init(wordLines: 3, bitLines: 4)])
    chip.amplitudes = PulseAmplitudes(set: 1100, reset: 1100)
    chip.feedback = 22_000
    let amplitude = MemoryMap.tile(0) + TileRegister.amplitude.offset()
    let feedback = MemoryMap.tile(0) + TileRegister.feedback.offset(1)
    for (first, second) in [
      (UInt32(1200 | 1200 << 16), UInt32(10_000)), (900 | 1000 << 16, 1), (1100 | 1100 << 16, 22_000),
    ] {
      var machine = try Machine(chip, log: NoLog())
      machine.write(MemoryMap.tile(0) + TileRegister.unlock.offset(), TileRegister.unlockKey)
      machine.write(amplitude, first)
      machine.write(feedback, second)
      let again = try Machine(machine.snapshot, log: NoLog())
      #expect(again.peek(amplitude) == first && again.peek(feedback) == second)
      #expect(again.peek(feedback - 4) == 22_000)
    }
  }
}

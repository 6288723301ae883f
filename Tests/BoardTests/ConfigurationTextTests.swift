import Board
import Crossbar
import Registers
import Testing
import Trace

@Suite("A chip in words")
struct ConfigurationTextTests {
  static let tiles = [TileConfiguration(wordLines: 6, bitLines: 4), TileConfiguration(wordLines: 3, bitLines: 10)]

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

  @Test("The words of an ideal chip are those that they always were")
  func stable() {
    #expect(
      ChipConfiguration(tiles: Self.tiles).description == """
        chip seed=1 synapse=reference device=vteam dac-bits=8 adc-bits=12 device-to-device=0.0 cycle-to-cycle=0.0 \
        read-noise-ps=0 adc-offset-uv=0 adc-gain-ppm=0 dac-offset-uv=0 dac-inl-uv=0
        tile word-lines=6 bit-lines=4
        tile word-lines=3 bit-lines=10
        """)
    var chip = ChipConfiguration(tiles: [])
    chip.variation.stuckLRS = 0.02
    chip.variation.deviceNoise = 0
    #expect(chip.description.hasSuffix(" dac-inl-uv=0 device-noise=0.0 stuck-lrs=0.02"))
  }

  @Test("What cannot be read is named")
  func mistakes() {
    func problem(_ item: String) -> String? {
      do {
        _ = try ChipConfiguration(description: "chip \(item)\ntile word-lines=1 bit-lines=1")
        return nil
      } catch { return error.description }
    }
    #expect(problem("stuck-lrs=0.1") == nil)
    #expect(problem("stuck-lrs=some") == "stuck-lrs is 'some' in the head, expected a number")
    #expect(problem("stuck-lrs=2") == "a variation is a share from 0 to 1")
    #expect(problem("program-error=nan") == "a variation is a share from 0 to 1")
    #expect(problem("stuck-lrs=0.6 stuck-hrs=0.6") == "the shares of stuck cells are more than 1 together")
    #expect(problem("stuck=1") == "'stuck' in the head is no property of a chip")
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

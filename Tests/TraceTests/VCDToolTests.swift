import Board
import Files
import Foundation
import Registers
import TestSupport
import Testing
import Trace

/// What other programs read in the volts and amperes of the waves.
@Suite("Volts and amperes in other programs")
struct VCDToolTests {
  private let scratch: Scratch
  private let path: String
  private let document: VCDDocument

  /// Some conversions and pulses.
  init() throws {
    scratch = try Scratch()
    path = scratch.file("run.vcd")
    let chip = ChipConfiguration(tiles: [TileConfiguration(wordLines: 5, bitLines: 4)])
    let size = TileSize(wordLines: 5, bitLines: 4, columns: 4)
    var machine = try Machine(chip, log: VCDLog(to: OutputFile(path), tiles: [size], features: [], analog: true))
    let tile = MemoryMap.tile(0)
    machine.write(tile + TileRegister.unlock.rawValue, TileRegister.unlockKey)
    for (round, operation) in [Registers.Operation.read, .programRow, .readTransposed, .erase, .read].enumerated() {
      machine.write(tile + TileRegister.drive.offset(0), Lanes.pack(Int16(31 * round), -77))
      machine.write(tile + TileRegister.pulse.offset(1), TileRegister.Pulse.width.encode(Int32(9 - 4 * round)))
      machine.write(tile + TileRegister.start.rawValue, TileRegister.Start.operation.encode(operation.rawValue))
      _ = machine.read(tile + TileRegister.wait.rawValue)
    }
    try machine.log.close()
    document = try VCDDocument(String(contentsOfFile: path, encoding: .utf8))
  }

  /// Each real variable with its changes: `MBX0.pulse_volts 0=0.0 …`.
  private var expected: Set<String> {
    Set(
      document.variables.filter(\.isReal).map { variable in
        let changes = document.history(variable.path).map { "\($0.time)=\(Double($0.value) ?? .nan)" }
        return "\(variable.path) \(changes.joined(separator: " "))"
      })
  }

  /// Prints each real variable with its changes.
  private static let script = """
    import sys
    from vcdvcd import VCDVCD
    dump = VCDVCD(sys.argv[1])
    for name in dump.signals:
        if "volts" in name or "amperes" in name:
            print(name, *(f"{time}={float(value)!r}" for time, value in dump[name].tv))
    """

  @Test("vcdvcd reads their values", .needs(.python3, .vcdvcd))
  func vcdvcd() throws {
    let lines = try values(of: path)
    #expect(lines.count == 5 + 4 + 4 + 5 + 1)
    #expect(lines == expected)
  }

  @Test("FST holds the same values", .needs(.python3, .vcdvcd, .vcd2fst, .fst2vcd))
  func fst() throws {
    let (fst, back) = (scratch.file("run.fst"), scratch.file("back.vcd"))
    for command in [["vcd2fst", path, fst], ["fst2vcd", fst, "-o", back]] {
      let (output, status) = try Shell.run("/usr/bin/env", command)
      #expect(status == 0, "\(output)")
    }
    #expect(try values(of: back) == expected)
  }

  private func values(of dump: String) throws -> Set<String> {
    let (output, status) = try Shell.run("/usr/bin/env", ["python3", "-c", Self.script, dump])
    #expect(status == 0, "\(output)")
    // Every number by the one description that Swift has of it.
    let lines = output.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let changes = words.dropFirst().map { word in
        let parts = word.split(separator: "=")
        return "\(parts[0])=\(Double(parts[1]) ?? .nan)"
      }
      return "\(words[0]) \(changes.joined(separator: " "))"
    }
    return Set(lines)
  }
}

import Board
import Crossbar
import Registers
import Testing

@testable import Vectors

@Suite("What a case's program compares in the end")
struct CaseStateTests {
  @Test("A code for each cell of an exact chip, above 0 where it conducts more than its reference, below where less")
  func codes() throws {
    var compared = 0
    for item in try VectorFile(path: GoldenVectors.path("program_row.json")).cases {
      guard case .bus(let vector) = item.body, vector.chip.synapse == .reference, vector.chip.mismatch == .init(),
        vector.chip.variation.readNoise == 0, vector.conductancesAfter.count == 1,
        let cells = vector.conductancesAfter[0]
      else { continue }
      let bitLines = vector.chip.tiles[0].bitLines
      let words = (bitLines + 1) / 2
      let sense = MemoryMap.tile(0) + TileRegister.sense.offset()
      let codes = CaseState(vector).steps.compactMap { step -> [Int16]? in
        guard case .read(let address, let word) = step, address &- sense < UInt32(4 * words) else { return nil }
        return [Lanes.even(word), Lanes.odd(word)]
      }
      guard codes.count == words * cells.count / bitLines else { continue }
      let range = vector.chip.device.conductanceRange
      let (middle, tenth) = ((range.lowerBound + range.upperBound) / 2, (range.upperBound - range.lowerBound) / 10)
      for (cell, conductance) in cells.enumerated() where abs(conductance - middle) > tenth {
        let place = cell % bitLines
        let code = codes[cell / bitLines * words + place / 2][place % 2]
        #expect(code != 0 && (code > 0) == (conductance > middle), "case \(item.id), cell \(cell)")
        compared += 1
      }
    }
    #expect(compared > 500)
  }
}

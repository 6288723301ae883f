import Firmware
import Foundation
import Registers
import Testing

@Suite("Shapes of networks")
struct NetworkShapeTests {
  @Test("Columns are the gates i, f, g, o in groups, each gate its own, for every small network")
  func columns() {
    for inputs in 1...4 {
      for hidden in 1...5 {
        let shape = NetworkShape(inputs: inputs, hidden: hidden, outputs: 3)
        let columns = Gate.allCases.flatMap { gate in (0..<hidden).map { shape.column(gate, $0) } }
        #expect(columns == Array(0..<shape.lstm.columns))
        for gate in Gate.allCases {
          #expect(Array(shape.columns(ofGroup: gate.rawValue)) == (0..<hidden).map { shape.column(gate, $0) })
          for k in 0..<hidden { #expect(shape.gate(ofColumn: shape.column(gate, k)) == gate) }
        }
      }
    }
  }

  @Test("Word lines are [x ; h ; 1] and [h ; 1]")
  func rows() {
    let shape = NetworkShape(inputs: 8, hidden: 16, outputs: 10)
    #expect(shape.lstm.rows == 25 && shape.lstm.columns == 64 && shape.lstm.cells == 1600)
    #expect(shape.dense.rows == 17 && shape.dense.columns == 10 && shape.dense.cells == 170)
    #expect(shape.hiddenRows == 8..<24 && shape.lstm.biasRow == 24 && shape.dense.biasRow == 16)
    #expect(shape[.lstm] == shape.lstm && shape[.dense] == shape.dense)
  }

  @Test("tanh stands behind gate g, sigmoid behind i, f, o")
  func circuits() {
    #expect(Gate.allCases.map(\.circuit) == [.sigmoid, .sigmoid, .tanh, .sigmoid])
  }

  @Test("No other source counts the lines of a network for itself")
  func isTheOnlyPlace() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let count = /(\d|Count) \* (\w+\.)*hidden\b|\bhidden\)? \+ 1\b|0\.\.\.(\w+\.)*hidden\b/
    var sources = 0
    for folder in ["Sources", "firmware"] {
      let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
      for case let path as String in try #require(paths) where path.hasSuffix(".swift") {
        sources += 1
        let text = try String(contentsOf: root.appending(path: folder).appending(path: path), encoding: .utf8)
        let lines = text.split(separator: "\n").filter { $0.contains(count) }
        #expect(lines.isEmpty || path.hasSuffix("Firmware/NetworkShape.swift"), "\(path): \(lines)")
      }
    }
    #expect(sources > 100)
  }
}

import RV32

/// Which functions of a program were entered, and how often its lines were executed: `lcov` (geninfo(1), "TRACEFILE FORMAT").
/// Functions are by symbol, and the number of a function's first line is its place in the program; lines are there where the
/// program has DWARF line numbers, by the names of their files without folders.
package struct FunctionCoverage: Sendable {
  package let program: Program
  /// How often the instruction at an address was executed; nil where that was not counted.
  private let visits: [UInt32: UInt64]?
  /// Starts of code that was executed.
  private let starts: [UInt32]

  /// - Parameter traced: addresses of instructions that a recorder saw.
  package init(_ program: Program, _ core: borrowing Core, traced: Set<UInt32>) {
    self.program = program
    visits = core.profiler?.visits
    starts = (core.enteredCode.map(\.lowerBound) + traced + (visits ?? [:]).keys).sorted()
  }

  package var functions: [(name: String, isExecuted: Bool)] {
    program.image.symbols.symbols.filter { $0.kind == .function && $0.size > 0 }.map { symbol in
      (SymbolTable.readable(symbol.name), executes(symbol.address, symbol.size))
    }
  }

  private func executes(_ address: UInt32, _ size: UInt32) -> Bool {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < address { low = middle + 1 } else { high = middle }
    }
    return low < starts.count && starts[low] - address < size
  }

  package var lcov: String {
    let functions = functions
    let names = functions.enumerated().map { "FN:\($0.offset + 1),\($0.element.name)" }
    let hits = functions.map { "FNDA:\($0.isExecuted ? 1 : 0),\($0.name)" }
    let executed = functions.count { $0.isExecuted }
    return
      (["TN:", "SF:\(program.path)"] + names + hits + ["FNF:\(functions.count)", "FNH:\(executed)"]
      + ["LF:0", "LH:0", "end_of_record", ""]).joined(separator: "\n") + lines
  }

  /// A record for each source. A line counts as often as that of its instructions that was executed most.
  private var lines: String {
    guard let visits else { return "" }
    var hits = Dictionary(program.image.lines.lines.map { ($0, UInt64(0)) }) { first, _ in first }
    for (address, count) in visits {
      guard let line = program.image.lines.line(of: address) else { continue }
      hits[line] = max(hits[line] ?? 0, count)
    }
    let files = Dictionary(grouping: hits, by: \.key.file).sorted { $0.key < $1.key }
    return files.map { file, lines in
      let lines = lines.sorted { $0.key.line < $1.key.line }
      return
        (["TN:", "SF:\(file)"] + lines.map { "DA:\($0.key.line),\($0.value)" }
        + ["LF:\(lines.count)", "LH:\(lines.count { $0.value > 0 })", "end_of_record", ""]).joined(separator: "\n")
    }.joined()
  }
}

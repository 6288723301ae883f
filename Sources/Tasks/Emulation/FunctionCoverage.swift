import RV32

/// Which functions of a program were entered: `lcov` by symbol (geninfo(1), "TRACEFILE FORMAT"), without lines, which
/// would need debugging information. The number of a function's first line is its place in the program.
package struct FunctionCoverage: Sendable {
  package let program: Program
  /// Starts of code that was executed.
  private let starts: [UInt32]

  /// - Parameter traced: addresses of instructions that a recorder saw.
  package init(_ program: Program, _ core: borrowing Core, traced: Set<UInt32>) {
    self.program = program
    starts = (core.enteredCode.map(\.lowerBound) + traced).sorted()
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
      + ["LF:0", "LH:0", "end_of_record", ""]).joined(separator: "\n")
  }
}

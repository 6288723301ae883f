import Registers

/// Which tile a request speaks of.
public enum Layer: UInt32, Sendable, CaseIterable {
  /// Tile 0.
  case lstm = 0
  /// Tile 1.
  case dense = 1
}

/// The gates of an LSTM cell, in the order of their column groups.
public enum Gate: Int, Sendable, CaseIterable {
  /// i: how much of the candidate enters the cell state.
  case input
  /// f: how much of the cell state stays.
  case forget
  /// g: what is offered to the cell state.
  case candidate
  /// o: how much of the cell state shows in `h`.
  case output

  /// What stands behind the gate's columns.
  public var circuit: Circuit { self == .candidate ? .tanh : .sigmoid }
}

/// The sizes of an LSTM with a dense layer, and the lines that its layers take of their tiles.
///
/// The LSTM cell has the word lines `[x ; h ; 1]` and the columns `i, f, g, o`, a group of `hidden` for each gate; the
/// dense layer the word lines `[h ; 1]` and a column for each output.
public struct NetworkShape: Sendable, Equatable {
  /// Values of a time step.
  public var inputs: Int
  /// Cells of the LSTM.
  public var hidden: Int
  /// Outputs of the dense layer: classes, or predicted values.
  public var outputs: Int

  /// A network of these sizes, each 1 or more.
  public init(inputs: Int, hidden: Int, outputs: Int) {
    self.inputs = inputs
    self.hidden = hidden
    self.outputs = outputs
  }

  /// Word lines and columns of a weight matrix.
  public struct Lines: Sendable, Equatable {
    /// The last is the bias.
    public let rows: Int
    /// What is sensed; a pair of bit lines counts once.
    public let columns: Int

    /// A matrix of that many word lines and columns.
    @inlinable
    public init(rows: Int, columns: Int) {
      self.rows = rows
      self.columns = columns
    }

    /// Weights of the layer.
    @inlinable
    public var cells: Int { rows * columns }
    /// The word line that is always driven at full scale.
    @inlinable
    public var biasRow: Int { rows - 1 }
  }

  /// `(inputs + hidden + 1) × (gates · hidden)`.
  public var lstm: Lines { Lines(rows: inputs + hidden + 1, columns: Gate.allCases.count * hidden) }
  /// `(hidden + 1) × outputs`.
  public var dense: Lines { Lines(rows: hidden + 1, columns: outputs) }

  /// The lines of a layer.
  public subscript(layer: Layer) -> Lines {
    switch layer {
    case .lstm: lstm
    case .dense: dense
    }
  }

  /// Word lines of the LSTM cell that errors go back through: what the step before left.
  var recurrentRows: Range<Int> { hiddenRows }

  /// Word lines of the LSTM cell that carry `h`.
  public var hiddenRows: Range<Int> { inputs..<inputs + hidden }

  /// The column of a gate of cell `k`.
  @inlinable @inline(__always)
  public func column(_ gate: Gate, _ k: Int) -> Int { gate.rawValue * hidden + k }

  /// The columns of group `number` of a matrix whose gates are in any order.
  public func columns(ofGroup number: Int) -> Range<Int> { number * hidden..<(number + 1) * hidden }

  /// The gate that a column of the LSTM cell forms.
  public func gate(ofColumn column: Int) -> Gate {
    guard let gate = Gate(rawValue: column / hidden) else { preconditionFailure("the cell has no such column") }
    return gate
  }
}

/// A shape in the words of `configure`.
extension NetworkShape {
  /// As the host sends it.
  public var words: [UInt32] { [UInt32(inputs), UInt32(hidden), UInt32(outputs)] }

  init(_ source: inout some WordSource, on bus: inout some Bus) throws(Status) {
    self.init(
      inputs: Int(try source.next(.size, on: &bus)), hidden: Int(try source.next(.size, on: &bus)),
      outputs: Int(try source.next(.size, on: &bus)))
  }
}

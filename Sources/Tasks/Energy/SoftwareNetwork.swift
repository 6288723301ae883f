import Crossbar
import Firmware

/// The same network in software alone: an RV32 core with weights and signals in its memory, no chip.
///
/// Cycles are those of `firmware/examples/software_lstm.c` (16-bit weights and signals, `hard` circuits, clang -O2) on the
/// emulator's core with Ibex's cycles, as a sum over what it does; over 40 shapes it is within 1.1 % of what the program
/// counts itself.
public struct SoftwareNetwork: Sendable, Equatable {
  /// Sizes of the layers.
  public var shape: NetworkShape
  /// Time steps of a sequence, a mean.
  public var steps: Double

  /// A network that is asked sequences of so many steps, and answers at the end of each.
  public init(_ shape: NetworkShape, steps: Double) {
    self.shape = shape
    self.steps = steps
  }

  /// What its cycles stand on.
  public static let standing = Standing.computed(
    "firmware/examples/software_lstm.c on the emulator's core with Ibex's cycles, fitted within 1.1 %")

  /// Cycles of four products of a row, together.
  private static let fourProducts = 37.2
  /// Cycles of each product that is left.
  private static let product = 11.9
  /// Cycles of a row beside its products: loop, rounding, circuit.
  private static let row = 36.8
  /// Cycles of a cell: c = f·c + i·g, h = o·tanh(c).
  private static let cell = 33.0
  /// Cycles of a step beside that, its inputs taken over.
  private static let step = 117.7

  /// Core clock cycles of an inference.
  public var cycles: Double {
    let (hidden, outputs) = (Double(shape.hidden), Double(shape.outputs))
    return steps * (Double(shape.lstm.columns) * Self.row(of: shape.lstm.rows) + hidden * Self.cell + Self.step)
      + outputs * Self.row(of: shape.dense.rows)
  }

  private static func row(of products: Int) -> Double {
    row + Double(products / 4) * fourProducts + Double(products % 4) * product
  }

  /// Joules of an inference: the core never waits.
  public func joules(in technology: Technology) -> Estimate { technology(.controllerCycle) * 1e-12 * cycles }
}

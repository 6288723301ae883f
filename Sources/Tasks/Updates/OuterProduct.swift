import Firmware
import FixedPoint

/// What one step of one sequence adds to a layer's gradient: a vector of the word lines times one of the columns.
struct OuterProduct: Sendable, Equatable {
  /// What drives the word lines, of full scale: ±1.
  var lines: [Double]
  /// The columns' errors δ.
  var errors: [Double]

  /// Its vectors from the matrix, as the difference of two of the controller's gradients has it: code · δ in 2⁻¹⁴, row-major.
  ///
  /// The word line of the bias is driven at full scale, so that its row is the errors; a line is told from its row's share
  /// of the bias' where the error is largest.
  /// - Returns: nil for a matrix of zeros.
  init?(_ matrix: [Int32], _ shape: NetworkShape.Lines, fullScale: Int) {
    let bias = (0..<shape.columns).map { Double(matrix[shape.biasRow * shape.columns + $0]) }
    guard let largest = bias.indices.max(by: { bias[$0].magnitude < bias[$1].magnitude }), bias[largest] != 0 else {
      return nil
    }
    lines = (0..<shape.rows).map { Double(matrix[$0 * shape.columns + largest]) / bias[largest] }
    errors = bias.map { $0 / Double(fullScale) / Double(Int64(1) << Int64(Gradient.fractionBits)) }
  }

  /// Each vector times factors of its lines.
  func scaled(lines lineFactors: [Double], errors errorFactors: [Double]) -> OuterProduct {
    var product = self
    for line in lines.indices { product.lines[line] *= lineFactors[line] }
    for column in errors.indices { product.errors[column] *= errorFactors[column] }
    return product
  }

  /// All of it times a factor.
  func scaled(by factor: Double) -> OuterProduct {
    var product = self
    for column in errors.indices { product.errors[column] *= factor }
    return product
  }
}

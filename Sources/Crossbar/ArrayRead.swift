/// What drives the lines of a read.
public enum LineDrive: Sendable {
  /// Signed DAC codes of an ideal DAC: `microvoltsPerCode` each.
  case codes([Int16], microvoltsPerCode: Int64)
  /// Microvolts on each line, from a DAC with offset or INL.
  case microvolts([Int32])
}

/// Which product a read forms.
public enum ReadDirection: Sendable {
  /// Word lines driven, columns sensed.
  case forward
  /// Columns driven, word lines sensed.
  case transposed
}

extension CrossbarArray {
  /// The current of every sensed line, attoamperes, exact: Σ µV · pS over the driven lines.
  ///
  /// - `drive`: one entry for each driven line (word lines forward, columns transposed), at most ±2047 codes.
  /// - `currents`: receives one sum for each sensed line.
  public func read(_ drive: LineDrive, _ direction: ReadDirection, into currents: inout [Int64]) {
    let sensed = direction == .forward ? columns : wordLines
    if currents.count != sensed { currents = Array(repeating: 0, count: sensed) }
    switch drive {
    case .codes(let codes, let microvoltsPerCode):
      let quantum = microvoltsPerCode * conductanceStep
      sums(codes, direction, into: &currents)
      for line in 0..<sensed { currents[line] *= quantum }
    case .microvolts(let voltages):
      for line in 0..<sensed {
        var sum: Int64 = 0
        for (driven, microvolts) in voltages.enumerated() {
          sum += Int64(microvolts) * Int64(weight(driven: driven, sensed: line, direction))
        }
        currents[line] = sum * conductanceStep
      }
    }
  }

  func weight(driven: Int, sensed: Int, _ direction: ReadDirection) -> Int16 {
    direction == .forward
      ? rowWeights[driven * paddedColumns + sensed] : rowWeights[sensed * paddedColumns + driven]
  }

  /// Σ code · weight for each sensed line.
  private func sums(_ codes: [Int16], _ direction: ReadDirection, into sums: inout [Int64]) {
    let driven = codes.reduce(0) { $1 == 0 ? $0 : $0 + 1 }
    let (weights, acrossWeights, padded, acrossPadded) =
      direction == .forward
      ? (columnWeights, rowWeights, paddedWordLines, paddedColumns)
      : (rowWeights, columnWeights, paddedColumns, paddedWordLines)
    if driven <= 2 {
      Self.sparse(codes, acrossWeights, stride: acrossPadded, into: &sums)
    } else {
      Self.dense(codes, weights, stride: padded, into: &sums)
    }
  }

  /// For reads that drive a line or two: walks the driven lines only.
  private static func sparse(_ codes: [Int16], _ weights: [Int16], stride: Int, into sums: inout [Int64]) {
    for line in sums.indices { sums[line] = 0 }
    for (driven, code) in codes.enumerated() where code != 0 {
      for line in sums.indices { sums[line] &+= Int64(code) &* Int64(weights[driven * stride + line]) }
    }
  }

  /// A dot product for each sensed line, four lines at a time.
  private static func dense(_ codes: [Int16], _ weights: [Int16], stride: Int, into sums: inout [Int64]) {
    let largest = codes.reduce(1) { max($0, Int($1.magnitude)) }
    precondition(largest <= 2047, "a DAC has at most 12 bits")
    // This many products of them fit in 32 bits.
    let block = min(stride, Int(Int32.max) / (largest * Int(ConductanceCode.largest)) / lanes * lanes)
    withUnsafeTemporaryAllocation(of: Int16.self, capacity: stride) { padded in
      padded.initialize(repeating: 0)
      for (line, code) in codes.enumerated() { padded[line] = code }
      weights.withUnsafeBufferPointer { weights in
        sums.withUnsafeMutableBufferPointer { sums in
          guard let codes = UnsafeBufferPointer(padded).baseAddress, let weights = weights.baseAddress else { return }
          var line = 0
          while line + 4 <= sums.count {
            let four = dot4(codes, weights + line * stride, stride: stride, block: block)
            for k in 0..<4 { sums[line + k] = four[k] }
            line += 4
          }
          while line < sums.count {
            sums[line] = dot(codes, weights + line * stride, count: stride, block: block)
            line += 1
          }
        }
      }
    }
  }

  @inline(__always)
  private static func dot4(
    _ codes: UnsafePointer<Int16>, _ weights: UnsafePointer<Int16>, stride: Int, block: Int
  ) -> SIMD4<Int64> {
    var totals = SIMD4<Int64>()
    var start = 0
    while start < stride {
      let end = min(start &+ block, stride)
      var partial0: Int32 = 0
      var partial1: Int32 = 0
      var partial2: Int32 = 0
      var partial3: Int32 = 0
      for k in start..<end {
        let code = Int32(codes[k])
        partial0 &+= code &* Int32(weights[k])
        partial1 &+= code &* Int32(weights[stride &+ k])
        partial2 &+= code &* Int32(weights[2 &* stride &+ k])
        partial3 &+= code &* Int32(weights[3 &* stride &+ k])
      }
      totals &+= SIMD4(Int64(partial0), Int64(partial1), Int64(partial2), Int64(partial3))
      start = end
    }
    return totals
  }

  @inline(__always)
  private static func dot(
    _ codes: UnsafePointer<Int16>, _ weights: UnsafePointer<Int16>, count: Int, block: Int
  ) -> Int64 {
    var total: Int64 = 0
    var start = 0
    while start < count {
      let end = min(start &+ block, count)
      var partial: Int32 = 0
      for k in start..<end { partial &+= Int32(codes[k]) &* Int32(weights[k]) }
      total &+= Int64(partial)
      start = end
    }
    return total
  }
}

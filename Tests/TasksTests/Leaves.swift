/// All stored properties of a value, down to numbers, texts and arrays of numbers, by their paths.
struct Leaves {
  /// `chip.tiles.1.counters.reads` and what it holds.
  private(set) var values: [String: String] = [:]

  /// - Parameter skipped: names of properties that are not gone into.
  init(of value: Any, skipping skipped: Set<String>) { add(value, "", skipped) }

  /// A path without the numbers of elements: `chip.tiles.counters.reads`.
  static func kind(_ path: String) -> String {
    path.split(separator: ".").filter { Int($0) == nil }.joined(separator: ".")
  }

  private mutating func add(_ value: Any, _ path: String, _ skipped: Set<String>) {
    let mirror = Mirror(reflecting: value)
    if let numbers = Self.numbers(value) {
      values[path] = "\(numbers.hashValue)"
      return
    }
    if let lanes = Self.lanes(value) {
      for (number, lane) in lanes.enumerated() { values["\(path).\(number)"] = "\(lane)" }
      return
    }
    // An optional is a leaf of its own, whether it is nil or not.
    if mirror.displayStyle == .optional {
      values[path] = mirror.children.isEmpty ? "nil" : "some"
      if let child = mirror.children.first { add(child.value, "\(path).some", skipped) }
      return
    }
    if mirror.children.isEmpty || mirror.displayStyle == .enum {
      values[path] = "\(value)"
      return
    }
    for (number, child) in mirror.children.enumerated() {
      let label = child.label ?? "\(number)"
      guard !skipped.contains(label) else { continue }
      add(child.value, path.isEmpty ? label : "\(path).\(label)", skipped)
    }
  }

  /// Of a vector, each by itself.
  private static func lanes(_ value: Any) -> [UInt32]? {
    switch value {
    case let vector as SIMD4<UInt32>: vector.indices.map { vector[$0] }
    case let vector as SIMD16<UInt32>: vector.indices.map { vector[$0] }
    case let vector as SIMD32<UInt32>: vector.indices.map { vector[$0] }
    default: nil
    }
  }

  /// Compared as a whole: there are many.
  private static func numbers(_ value: Any) -> AnyHashable? {
    switch value {
    case let numbers as [UInt32]: AnyHashable(numbers)
    case let numbers as [Int32]: AnyHashable(numbers)
    case let numbers as [Int16]: AnyHashable(numbers)
    case let numbers as [Int64]: AnyHashable(numbers)
    case let numbers as [UInt8]: AnyHashable(numbers)
    default: nil
    }
  }
}

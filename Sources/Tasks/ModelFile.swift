import Board
import Crossbar
import Files
import Firmware

/// A model in a file, JSON: what it declares is honoured or refused.
extension Model {
  /// Two layers of 1024 × 1024 numbers are less.
  private static var kind: FileKind { FileKind("a model file", mostBytes: 64 << 20) }
  private static var format: String { "mblstm-model" }
  private static var version: Int { 1 }
  /// The firmware's order of the gates.
  private static var gateOrder: String { "ifgo" }
  /// What the firmware's UQ8.8 holds.
  static var windows: ClosedRange<Double> { 0.00390625...255.99609375 }

  /// Reads a model file. `format`, `version` and `gate_order` may be absent and are then this program's; a `gate_order`
  /// of its own has the gates' columns put in the firmware's order.
  public init(json path: String) throws(InputError) {
    try self.init(Node(try InputFile.bytes(of: path, expecting: Self.kind), file: path))
  }

  /// - Parameter node: the whole of a file.
  package init(_ node: Node) throws(InputError) {
    var members = try node.members()
    try Self.expect(members.takeIfPresent("format"), Self.format)
    if let version = members.takeIfPresent("version"), try version.integer() != Self.version {
      throw version.mismatch("version \(Self.version), the one that this program reads")
    }
    let name = members.takeIfPresent("task")
    task = try name?.string() ?? "model"
    if let name, !task.isOneLine { throw name.mismatch("one line of text") }
    shape = try Self.shape(&members)
    activation = try members.take("activation").choice()
    window = try members.take("window").number(in: Self.windows)
    let order = try Self.order(members.takeIfPresent("gate_order"))
    // Remarks of whoever made it.
    _ = members.takeIfPresent("float_test_accuracy")
    _ = members.takeIfPresent("provenance")
    lstm = try Self.matrix(try members.take("lstm"), shape.lstm, window: window)
    dense = try Self.matrix(try members.take("dense"), shape.dense, window: window)
    try members.end()
    lstm = lstm.map { [shape] row in order.flatMap { row[shape.columns(ofGroup: $0)] } }
  }

  private static func shape(_ members: inout Members) throws(InputError) -> NetworkShape {
    var shape = NetworkShape.properties.usual
    for property in NetworkShape.properties.properties {
      let node = property.isAlwaysWritten ? try members.take(property.key) : members.takeIfPresent(property.key)
      guard let node else { continue }
      do { try property.set(try node.value(of: property), of: &shape) } catch {
        throw node.mismatch(property.expected)
      }
    }
    return shape
  }

  private static func expect(_ node: Node?, _ text: String) throws(InputError) {
    guard let node, try node.string() != text else { return }
    throw node.mismatch("'\(text)', the format that this program reads")
  }

  /// Where each gate of the firmware's order is in the file's.
  private static func order(_ node: Node?) throws(InputError) -> [Int] {
    let own = Array(gateOrder)
    guard let node else { return Array(own.indices) }
    let order = Array(try node.string())
    guard order.count == own.count, Set(order) == Set(own) else {
      throw node.mismatch("the letters of '\(gateOrder)' in the order of the columns")
    }
    return own.compactMap { order.firstIndex(of: $0) }
  }

  private static func matrix(
    _ node: Node, _ lines: NetworkShape.Lines, window: Double
  ) throws(InputError) -> [[Double]] {
    let nodes = try node.elements()
    guard nodes.count == lines.rows else { throw node.error("expected \(lines.rows) rows, found \(nodes.count)") }
    var matrix: [[Double]] = []
    for row in nodes {
      let cells = try row.elements()
      guard cells.count == lines.columns else {
        throw row.error("expected \(lines.columns) numbers, found \(cells.count)")
      }
      var numbers: [Double] = []
      for cell in cells {
        let weight = try cell.number()
        guard abs(weight) <= window else {
          throw cell.error(
            "the weight \(weight) is beyond the window of ±\(window), expected a window of at least \(abs(weight))"
              + " or weights scaled down")
        }
        numbers.append(weight)
      }
      matrix.append(numbers)
    }
    return matrix
  }
}

/// An SVG document under construction: shapes and text in pixels, the origin at the top left.
///
/// Numbers have at most two decimals and nothing depends on the machine, the language or the time: the same plot
/// gives the same bytes.
package struct SVG {
  /// Where a text is in relation to its point.
  package enum Anchor: String { case start, middle, end }

  package enum Dash: String {
    case none = ""
    case dashed = "6 4"
    case dotted = "1.5 4"
  }

  package static let ink = "#1f2328"
  package static let quiet = "#59636e"
  package static let grid = "#e4e8ec"
  private static let font = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif"

  private var body: [String] = []
  package let width: Double
  package let height: Double

  package init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// The whole document.
  /// - Parameter title: what a screen reader says.
  package func document(_ title: String) -> String {
    let size = "\(Self.text(width)) \(Self.text(height))"
    let head = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(Self.text(width))" \
      height="\(Self.text(height))" font-family="\(Self.font)" role="img">
      <title>\(Self.escaped(title))</title>
      <rect width="100%" height="100%" fill="#ffffff"/>
      """
    return ([head] + body + ["</svg>\n"]).joined(separator: "\n")
  }

  // MARK: Shapes

  package mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ colour: String, width: Double = 1
  ) {
    body.append(
      "<path d=\"M\(Self.text(x1)) \(Self.text(y1))L\(Self.text(x2)) \(Self.text(y2))\""
        + " stroke=\"\(colour)\" stroke-width=\"\(Self.text(width))\"/>")
  }

  package mutating func polyline(_ points: [(x: Double, y: Double)], _ colour: String, _ dash: Dash) {
    guard points.count > 1 else { return }
    let path = points.map { "\(Self.text($0.x)) \(Self.text($0.y))" }.joined(separator: "L")
    let dashes = dash == .none ? "" : " stroke-dasharray=\"\(dash.rawValue)\""
    body.append(
      "<path d=\"M\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\" stroke-linejoin=\"round\""
        + " stroke-linecap=\"round\"\(dashes)/>")
  }

  /// A closed shape given by its path data.
  package mutating func path(_ data: String, fill: String, attributes: String = "") {
    body.append("<path d=\"\(data)\" fill=\"\(fill)\"\(attributes.isEmpty ? "" : " " + attributes)/>")
  }

  package mutating func frame(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ colour: String) {
    body.append(
      "<rect x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" width=\"\(Self.text(width))\""
        + " height=\"\(Self.text(height))\" fill=\"none\" stroke=\"\(colour)\"/>")
  }

  package mutating func text(
    _ text: String, _ x: Double, _ y: Double, size: Double = 12, _ anchor: Anchor = .start, colour: String = ink,
    isBold: Bool = false, isVertical: Bool = false
  ) {
    let place = "x=\"\(Self.text(x))\" y=\"\(Self.text(y))\""
    let turn = isVertical ? " transform=\"rotate(-90 \(Self.text(x)) \(Self.text(y)))\"" : ""
    let side = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    body.append(
      "<text \(place) font-size=\"\(Self.text(size))\" fill=\"\(colour)\"\(side)"
        + (isBold ? " font-weight=\"600\"" : "") + "\(turn)>\(Self.escaped(text))</text>")
  }

  /// Pixels that a text takes, nearly: fonts differ.
  package static func width(of text: String, size: Double = 12) -> Double {
    text.unicodeScalars.reduce(0) { $0 + (" .,:;'|il1()".unicodeScalars.contains($1) ? 0.36 : 0.6) } * size
  }

  // MARK: Text

  static func text(_ value: Double) -> String { DecimalText.shortest(value, decimals: 2) }

  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // XML has no other control characters.
      case "\t", "\n", "\r": result += " "
      case _ where scalar.value < 0x20 || scalar.value & 0xfffe == 0xfffe: break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// Numbers as text without the C library's locale.
enum DecimalText {
  /// Rounded to `decimals` (half away from zero), all of them shown.
  static func fixed(_ value: Double, decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value * scale).rounded()
    guard scaled.magnitude < 1e15 else { return "\(value)" }
    let digits = String(Int64(scaled.magnitude))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = scaled < 0 ? "-" : ""
    return decimals == 0 ? sign + padded : sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// The same without zeros at the end.
  static func shortest(_ value: Double, decimals: Int) -> String {
    var text = fixed(value, decimals: decimals)
    guard text.contains("."), !text.contains("e") else { return text }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }
}

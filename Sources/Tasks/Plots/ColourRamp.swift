/// Colours from dark violet to yellow in steps that look equal, in print and to the colour-blind too: nine points of
/// Viridis (van der Walt and Smith, matplotlib 2015), with straight lines between.
enum ColourRamp {
  private static let points: [(Double, Double, Double)] = [
    (0x44, 0x01, 0x54), (0x47, 0x2d, 0x7b), (0x3b, 0x52, 0x8b), (0x2c, 0x72, 0x8e), (0x21, 0x91, 0x8c),
    (0x28, 0xae, 0x80), (0x5e, 0xc9, 0x62), (0xad, 0xdc, 0x30), (0xfd, 0xe7, 0x25),
  ]

  /// Steps that a picture uses.
  static let levels = 64

  /// The step for a share from 0 to 1; others take the nearest end.
  static func level(_ share: Double) -> Int { Int(min(max(share, 0), 1) * Double(levels - 1) + 0.5) }

  /// `#440154` for level 0.
  static func colour(_ level: Int) -> String {
    let place = Double(level) / Double(levels - 1) * Double(points.count - 1)
    let first = min(Int(place), points.count - 2)
    let share = place - Double(first)
    func mix(_ a: Double, _ b: Double) -> String {
      let text = String(Int((a + (b - a) * share).rounded()), radix: 16)
      return text.count < 2 ? "0" + text : text
    }
    let (a, b) = (points[first], points[first + 1])
    return "#" + mix(a.0, b.0) + mix(a.1, b.1) + mix(a.2, b.2)
  }
}

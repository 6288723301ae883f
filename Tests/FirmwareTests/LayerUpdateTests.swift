import FixedPoint
import Testing

@testable import Firmware

@Suite("Updates of a layer")
struct LayerUpdateTests {
  private static let lines = NetworkShape.Lines(rows: 2, columns: 3)

  @Test("A rate of 2⁻³² of a step or more lets gradients be kept, a smaller one forgets them")
  func smallest() {
    // window · batch · full scale = 127 · 2²⁹, in units of which the rate has 2⁻³² for every 127.
    for (raw, isKept) in [(0, false), (1, false), (126, false), (127, true), (128, true), (1 << 20, true)]
      as [(UInt32, Bool)]
    {
      var layer = LayerUpdate(Self.lines, TrainingSettings(longest: 4, momentum: 2), fullScale: 127)
      layer.setRate(Rate(raw: raw), window: Window(raw: 1 << 15), batch: 1 << 14, fullScale: 127)
      layer.gradients[1] = Gradient(raw: 4000)
      layer.step(momentum: 2)
      #expect(layer.gradients.allSatisfy { $0 == .zero })
      #expect(layer.velocities[1] == (isKept ? Gradient(raw: 4000) : .zero), "\(raw)")
      layer.step(momentum: 2)
      #expect(layer.velocities[1] == (isKept ? Gradient(raw: 3000) : .zero), "\(raw)")
    }
  }
}

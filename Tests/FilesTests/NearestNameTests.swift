import Files
import Testing

@Suite("Names that someone probably meant")
struct NearestNameTests {
  @Test(
    "Are those with a third of the letters changed at most, one at least, in any case of letters",
    arguments: [
      ("adc", "adk", true), ("adc", "akk", false), ("reset", "resat", true), ("reset", "ressat", true),
      ("reset", "rassat", false), ("pulses", "puls", false), ("threshold", "thrasheld", true),
      ("threshold", "treshul", false), ("learning", "laerning", true), ("learning", "larenign", false),
      ("Seed", "sEEd", true), ("x", "y", true), ("x", "yz", false),
    ])
  func near(_ name: String, _ written: String, _ isNear: Bool) {
    #expect(NearestName.of(written, among: [name]) == (isNear ? name : nil))
  }

  @Test("Of several the nearest, of equals the first; none among none")
  func best() {
    #expect(NearestName.of("sed", among: ["speed", "seed", "send"]) == "seed")
    #expect(NearestName.of("sed", among: ["send", "seed"]) == "send" && NearestName.of("seed", among: []) == nil)
    #expect(NearestName.hint("sed", among: ["seed"]) == ", did you mean 'seed'?")
    #expect(NearestName.hint("q", among: ["seed"]) == "")
  }
}

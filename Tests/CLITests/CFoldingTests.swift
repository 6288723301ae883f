import Testing

@testable import mblstm

@Suite("Loops of the bring-up program")
struct CFoldingTests {
  private static func statements(_ count: Int, turns: Int, step: Int = 1) -> [CStatement] {
    (0..<turns).flatMap { turn in
      (0..<count).map { place -> CStatement in
        let number = CText.number(place + step * turn)
        return CStatement("call\(place)(" + number + ");")
      }
    }
  }

  @Test("Are made of up to twelve statements that repeat three times or more, and of no more or fewer")
  func lengths() {
    for count in 1...14 {
      for turns in 1...4 {
        let folded = Self.statements(count, turns: turns).folded
        let isLoop = count <= 12 && turns >= 3
        #expect(folded.count == (isLoop ? 1 : count * turns), "\(count) × \(turns)")
        guard isLoop else { continue }
        let lines = folded[0].lines.map(\.text)
        #expect(lines.first == "for (int i = 0; i < \(turns); i++) {" && lines.last == "}" && lines.count == count + 2)
        #expect(lines[1] == "  call0(i);" && (count == 1 || lines[2] == "  call1(1 + i);"))
      }
    }
  }

  @Test("Count by what their numbers grow by, and leave what does not count as it is")
  func steps() {
    #expect(
      Self.statements(1, turns: 5, step: 4).folded.map { $0.lines.map(\.text) } == [
        ["for (int i = 0; i < 5; i++) {", "  call0(4 * i);", "}"]
      ])
    #expect(Self.statements(1, turns: 5, step: 0).folded[0].lines[1].text == "  call0(0);")
    let numbers = [1, 2, 4, 8, 9].map { CStatement("a(" + CText.number($0) + ");") }
    #expect(numbers.folded == numbers)
    let other = Self.statements(1, turns: 2) + [CStatement("b();")] + Self.statements(1, turns: 2)
    #expect(other.folded == other)
  }
}

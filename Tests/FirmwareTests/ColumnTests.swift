import FixedPoint
import Registers
import Testing

@testable import Firmware

@Suite("What programming knows of a weight")
struct ColumnTests {
  private func column(_ error: Int32) -> ProgramVerify.Column {
    var column = ProgramVerify.Column()
    column.target = .zero
    column.weight = Share(raw: -error)
    return column
  }

  @Test("A cell settles inside the tolerance and is taken up again beyond twice that, for every small error")
  func hysteresis() {
    let tolerance = Share(raw: 10)
    for before in -30...30 as ClosedRange<Int32> {
      for after in -30...30 as ClosedRange<Int32> {
        var column = column(before)
        column.settle(within: tolerance)
        #expect(column.isSettled == (abs(before) <= 10))
        column.weight = Share(raw: -after)
        column.settle(within: tolerance)
        #expect(column.isSettled == (abs(after) <= (abs(before) <= 10 ? 20 : 10)))
      }
    }
  }

  @Test("A width halves at each overshoot to a 64th, a step at least, and keeps its sign")
  func overshoot() {
    var column = ProgramVerify.Column()
    var expected: Int32 = 1000
    column.weight = Share(raw: -100)
    column.adjust(isNoisy: false)
    for turn in 1...8 {
      #expect(column.damped(PulseSteps(1000)).count == expected && column.damped(PulseSteps(-1000)).count == -expected)
      #expect(column.damped(PulseSteps(1)).count == 1 && column.damped(.none) == .none)
      column.weight = Share(raw: turn % 2 == 1 ? 100 : -100)
      column.adjust(isNoisy: false)
      if turn <= 6 { expected /= 2 }
    }
  }

  @Test("A width doubles, up to eight times, while the error does not fall to half; not after an overshoot with noise")
  func slowness() {
    for isNoisy in [false, true] {
      var column = column(100)
      for _ in 0..<6 { column.adjust(isNoisy: isNoisy) }
      #expect(column.damped(PulseSteps(10)).count == 80 && column.damped(.longest) == .longest)
      column.weight = Share(raw: 100)
      for _ in 0..<8 { column.adjust(isNoisy: isNoisy) }
      #expect(column.damped(PulseSteps(10)).count == (isNoisy ? 10 : 80))
      column.begin()
      #expect(column.damped(PulseSteps(10)).count == 10)
    }
  }

  @Test("An abrupt device is aimed at its target first, then a quarter of its error beside it")
  func aim() {
    var column = ProgramVerify.Column()
    column.target = Q0_15(raw: 1000)
    #expect(column.aimed().raw == 1000)
    column.weight = Share(raw: 600)
    #expect(column.aimed().raw == 1100)
    column.weight = Share(raw: 1200)
    #expect(column.aimed().raw == 1050)
  }
}

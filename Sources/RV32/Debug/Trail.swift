/// An instruction and where it is.
public struct PlacedInstruction: Equatable, Sendable {
  /// Its address.
  public var pc: UInt32
  /// A 16-bit instruction has its upper half zero.
  public var instruction: UInt32
}

extension Core {
  /// Up to `count` instructions retired last, oldest first, as RAM has them now. They are always at hand, at no cost in
  /// speed; a `Recorder` also has what they did, and as many as it is told to keep.
  public func lastInstructions(_ count: Int) -> [PlacedInstruction] {
    let (trail, latest) = (context(x).pointee.trail, context(x).pointee.latest)
    var found: [PlacedInstruction] = []
    for age in 1...Passage.count where found.count < count {
      let passage = trail[(latest + 1 + Passage.count - age) % Passage.count]
      found.insert(contentsOf: instructions(in: passage), at: 0)
    }
    return Array(found.suffix(max(count, 0)))
  }

  private func instructions(in passage: Passage) -> [PlacedInstruction] {
    var result: [PlacedInstruction] = []
    var pc = passage.start
    while pc < passage.end {
      let word = instruction(at: pc)
      result.append(PlacedInstruction(pc: pc, instruction: word))
      pc += word & 3 == 3 ? 4 : 2
    }
    return result
  }

  /// The instruction at an address in RAM, 0 where there is none.
  public func instruction(at pc: UInt32) -> UInt32 {
    let offset = pc &- configuration.ramBase
    guard contains(offset, .half) else { return 0 }
    let low = ramValue(offset, .half)
    return low & 3 == 3 && contains(offset, .word) ? ramValue(offset, .word) : low
  }
}

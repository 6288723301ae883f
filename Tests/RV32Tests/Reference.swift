/// RV32IM as the manual's prose puts it, one instruction at a time in 64-bit arithmetic: an oracle that shares nothing with
/// the engine. It stops at what it does not know and at accesses outside its memory.
struct Reference {
  var pc: UInt32
  var x = [Int64](repeating: 0, count: 32)  // sign-extended
  var memory: [UInt8]

  func get(_ register: UInt32) -> Int64 { x[Int(register)] }

  mutating func set(_ register: UInt32, _ value: Int64) {
    if register != 0 { x[Int(register)] = Int64(Int32(truncatingIfNeeded: value)) }
  }

  private func slice(_ address: Int64, _ count: Int) -> Range<Int>? {
    let offset = Int(UInt32(truncatingIfNeeded: address) &- base)
    return offset + count <= memory.count ? offset..<offset + count : nil
  }

  private func read(_ address: Int64, _ count: Int) -> Int64? {
    slice(address, count).map { memory[$0].reversed().reduce(0) { $0 << 8 | Int64($1) } }
  }

  /// False if the instruction is not executed.
  mutating func step() -> Bool {
    guard let fetched = read(Int64(pc), 4) else { return false }
    let word = UInt32(fetched)
    let rd = word >> 7 & 31
    let funct3 = word >> 12 & 7
    let left = get(word >> 15 & 31)
    let right = get(word >> 20 & 31)
    let immediate = Int64(Int32(bitPattern: word) >> 20)
    var next = pc &+ 4
    switch word & 0x7F {
    case 0x37: set(rd, Int64(word & 0xFFFF_F000))
    case 0x17: set(rd, Int64(pc) + Int64(word & 0xFFFF_F000))
    case 0x13:
      let isShift = funct3 & 3 == 1
      let funct7 = isShift ? word >> 25 : 0
      guard let value = alu(funct7, funct3, left, isShift ? immediate & 31 : immediate) else { return false }
      set(rd, value)
    case 0x33:
      guard let value = alu(word >> 25, funct3, left, right) else { return false }
      set(rd, value)
    case 0x03:
      guard [0, 1, 2, 4, 5].contains(funct3), let raw = read(left + immediate, 1 << Int(funct3 & 3)) else {
        return false
      }
      let width = Int64(8 << (funct3 & 3))
      set(rd, funct3 < 4 ? (raw << (64 - width)) >> (64 - width) : raw)
    case 0x23:
      let offset = immediate & ~31 | Int64(rd)
      guard funct3 < 3, let range = slice(left + offset, 1 << Int(funct3)) else { return false }
      for (index, place) in range.enumerated() { memory[place] = UInt8(truncatingIfNeeded: right >> Int64(8 * index)) }
    case 0x63:
      guard let isTaken = condition(funct3, left, right) else { return false }
      let offset = (immediate & ~31) & 0x7E0 | Int64(rd & 30) | Int64(rd & 1) << 11
      let signed = word >> 31 == 1 ? offset - 4096 : offset
      if isTaken { next = UInt32(truncatingIfNeeded: Int64(pc) + signed) }
    case 0x6F:
      let low = Int64(word >> 21 & 0x3FF) << 1 | Int64(word >> 20 & 1) << 11 | Int64(word >> 12 & 0xFF) << 12
      set(rd, Int64(pc) + 4)
      next = UInt32(truncatingIfNeeded: Int64(pc) + low - (word >> 31 == 1 ? 1 << 20 : 0))
    case 0x67 where funct3 == 0:
      next = UInt32(truncatingIfNeeded: left + immediate) & ~1
      set(rd, Int64(pc) + 4)
    default: return false
    }
    pc = next
    return true
  }

  private func alu(_ funct7: UInt32, _ funct3: UInt32, _ left: Int64, _ right: Int64) -> Int64? {
    Arithmetic.all.first { $0.funct7 == funct7 && $0.funct3 == funct3 }?.oracle(left, right)
  }

  private func condition(_ funct3: UInt32, _ left: Int64, _ right: Int64) -> Bool? {
    switch funct3 {
    case 0: left == right
    case 1: left != right
    case 4: left < right
    case 5: left >= right
    case 6: left & 0xFFFF_FFFF < right & 0xFFFF_FFFF
    case 7: left & 0xFFFF_FFFF >= right & 0xFFFF_FFFF
    default: nil
    }
  }
}

// Superinstructions: the pairs of the nine commonest arithmetic operations, and those of 64-bit arithmetic. A C function
// pointer cannot be generic, so each pair is spelt out; what the instructions do is said elsewhere, and once.

@inline(always)
private func pair(
  _ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left,
  _ f: (UInt32, UInt32) -> UInt32, _ g: (UInt32, UInt32) -> UInt32
) {
  doArithmetic(ip, x, f)
  doArithmetic(following(ip), x, g)
  next(following(ip), x, ram, left)
}

@c private func rv32AddAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.add, ALU.add) }
@c private func rv32AddSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.add, ALU.sub) }
@c private func rv32AddSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.add, ALU.sll) }
@c private func rv32AddSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.add, ALU.srl) }
@c private func rv32AddSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.add, ALU.sra) }
@c private func rv32AddXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.add, ALU.xor) }
@c private func rv32AddOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.add, ALU.or) }
@c private func rv32AddAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.add, ALU.and) }
@c private func rv32AddMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.add, ALU.mul) }
@c private func rv32SubAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sub, ALU.add) }
@c private func rv32SubSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sub, ALU.sub) }
@c private func rv32SubSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sub, ALU.sll) }
@c private func rv32SubSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sub, ALU.srl) }
@c private func rv32SubSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sub, ALU.sra) }
@c private func rv32SubXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sub, ALU.xor) }
@c private func rv32SubOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sub, ALU.or) }
@c private func rv32SubAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sub, ALU.and) }
@c private func rv32SubMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sub, ALU.mul) }
@c private func rv32SllAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sll, ALU.add) }
@c private func rv32SllSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sll, ALU.sub) }
@c private func rv32SllSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sll, ALU.sll) }
@c private func rv32SllSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sll, ALU.srl) }
@c private func rv32SllSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sll, ALU.sra) }
@c private func rv32SllXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sll, ALU.xor) }
@c private func rv32SllOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sll, ALU.or) }
@c private func rv32SllAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sll, ALU.and) }
@c private func rv32SllMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sll, ALU.mul) }
@c private func rv32SrlAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.srl, ALU.add) }
@c private func rv32SrlSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.srl, ALU.sub) }
@c private func rv32SrlSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.srl, ALU.sll) }
@c private func rv32SrlSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.srl, ALU.srl) }
@c private func rv32SrlSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.srl, ALU.sra) }
@c private func rv32SrlXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.srl, ALU.xor) }
@c private func rv32SrlOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.srl, ALU.or) }
@c private func rv32SrlAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.srl, ALU.and) }
@c private func rv32SrlMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.srl, ALU.mul) }
@c private func rv32SraAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sra, ALU.add) }
@c private func rv32SraSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sra, ALU.sub) }
@c private func rv32SraSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sra, ALU.sll) }
@c private func rv32SraSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sra, ALU.srl) }
@c private func rv32SraSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sra, ALU.sra) }
@c private func rv32SraXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sra, ALU.xor) }
@c private func rv32SraOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sra, ALU.or) }
@c private func rv32SraAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sra, ALU.and) }
@c private func rv32SraMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.sra, ALU.mul) }
@c private func rv32XorAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.xor, ALU.add) }
@c private func rv32XorSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.xor, ALU.sub) }
@c private func rv32XorSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.xor, ALU.sll) }
@c private func rv32XorSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.xor, ALU.srl) }
@c private func rv32XorSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.xor, ALU.sra) }
@c private func rv32XorXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.xor, ALU.xor) }
@c private func rv32XorOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.xor, ALU.or) }
@c private func rv32XorAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.xor, ALU.and) }
@c private func rv32XorMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.xor, ALU.mul) }
@c private func rv32OrAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.or, ALU.add) }
@c private func rv32OrSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.or, ALU.sub) }
@c private func rv32OrSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.or, ALU.sll) }
@c private func rv32OrSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.or, ALU.srl) }
@c private func rv32OrSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.or, ALU.sra) }
@c private func rv32OrXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.or, ALU.xor) }
@c private func rv32OrOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.or, ALU.or) }
@c private func rv32OrAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.or, ALU.and) }
@c private func rv32OrMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.or, ALU.mul) }
@c private func rv32AndAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.and, ALU.add) }
@c private func rv32AndSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.and, ALU.sub) }
@c private func rv32AndSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.and, ALU.sll) }
@c private func rv32AndSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.and, ALU.srl) }
@c private func rv32AndSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.and, ALU.sra) }
@c private func rv32AndXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.and, ALU.xor) }
@c private func rv32AndOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.and, ALU.or) }
@c private func rv32AndAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.and, ALU.and) }
@c private func rv32AndMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.and, ALU.mul) }
@c private func rv32MulAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.mul, ALU.add) }
@c private func rv32MulSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.mul, ALU.sub) }
@c private func rv32MulSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.mul, ALU.sll) }
@c private func rv32MulSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.mul, ALU.srl) }
@c private func rv32MulSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.mul, ALU.sra) }
@c private func rv32MulXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.mul, ALU.xor) }
@c private func rv32MulOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.mul, ALU.or) }
@c private func rv32MulAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.mul, ALU.and) }
@c private func rv32MulMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { pair(ip, x, ram, left, ALU.mul, ALU.mul) }
@c private func rv32AddSltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  pair(ip, x, ram, left, ALU.add, ALU.sltu)
}
@c private func rv32SltuAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  pair(ip, x, ram, left, ALU.sltu, ALU.add)
}
@c private func rv32MulMulhsu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  pair(ip, x, ram, left, ALU.mul, ALU.mulhsu)
}
@c private func rv32MulMulh(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  pair(ip, x, ram, left, ALU.mul, ALU.mulh)
}
@c private func rv32MulhsuMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  pair(ip, x, ram, left, ALU.mulhsu, ALU.mul)
}
@c private func rv32MulhsuAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  pair(ip, x, ram, left, ALU.mulhsu, ALU.add)
}
@c private func rv32MulhuMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  pair(ip, x, ram, left, ALU.mulhu, ALU.mul)
}
@c private func rv32MulhMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  pair(ip, x, ram, left, ALU.mulh, ALU.mul)
}

/// Two operations of arithmetic.
func arithmeticPair(_ first: Op.Code, _ second: Op.Code) -> Handler? {
  switch first {
  case .add: afterAdd(second)
  case .sub: afterSub(second)
  case .sll: afterSll(second)
  case .srl: afterSrl(second)
  case .sra: afterSra(second)
  case .xor: afterXor(second)
  case .or: afterOr(second)
  case .and: afterAnd(second)
  case .mul: afterMul(second)
  case .sltu: second == .add ? rv32SltuAdd : nil
  case .mulhu: second == .mul ? rv32MulhuMul : nil
  case .mulh: second == .mul ? rv32MulhMul : nil
  case .mulhsu: second == .mul ? rv32MulhsuMul : second == .add ? rv32MulhsuAdd : nil
  default: nil
  }
}

private func afterAdd(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32AddAdd
  case .sub: rv32AddSub
  case .sll: rv32AddSll
  case .srl: rv32AddSrl
  case .sra: rv32AddSra
  case .xor: rv32AddXor
  case .or: rv32AddOr
  case .and: rv32AddAnd
  case .mul: rv32AddMul
  case .sltu: rv32AddSltu
  default: nil
  }
}

private func afterSub(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32SubAdd
  case .sub: rv32SubSub
  case .sll: rv32SubSll
  case .srl: rv32SubSrl
  case .sra: rv32SubSra
  case .xor: rv32SubXor
  case .or: rv32SubOr
  case .and: rv32SubAnd
  case .mul: rv32SubMul
  default: nil
  }
}

private func afterSll(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32SllAdd
  case .sub: rv32SllSub
  case .sll: rv32SllSll
  case .srl: rv32SllSrl
  case .sra: rv32SllSra
  case .xor: rv32SllXor
  case .or: rv32SllOr
  case .and: rv32SllAnd
  case .mul: rv32SllMul
  default: nil
  }
}

private func afterSrl(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32SrlAdd
  case .sub: rv32SrlSub
  case .sll: rv32SrlSll
  case .srl: rv32SrlSrl
  case .sra: rv32SrlSra
  case .xor: rv32SrlXor
  case .or: rv32SrlOr
  case .and: rv32SrlAnd
  case .mul: rv32SrlMul
  default: nil
  }
}

private func afterSra(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32SraAdd
  case .sub: rv32SraSub
  case .sll: rv32SraSll
  case .srl: rv32SraSrl
  case .sra: rv32SraSra
  case .xor: rv32SraXor
  case .or: rv32SraOr
  case .and: rv32SraAnd
  case .mul: rv32SraMul
  default: nil
  }
}

private func afterXor(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32XorAdd
  case .sub: rv32XorSub
  case .sll: rv32XorSll
  case .srl: rv32XorSrl
  case .sra: rv32XorSra
  case .xor: rv32XorXor
  case .or: rv32XorOr
  case .and: rv32XorAnd
  case .mul: rv32XorMul
  default: nil
  }
}

private func afterOr(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32OrAdd
  case .sub: rv32OrSub
  case .sll: rv32OrSll
  case .srl: rv32OrSrl
  case .sra: rv32OrSra
  case .xor: rv32OrXor
  case .or: rv32OrOr
  case .and: rv32OrAnd
  case .mul: rv32OrMul
  default: nil
  }
}

private func afterAnd(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32AndAdd
  case .sub: rv32AndSub
  case .sll: rv32AndSll
  case .srl: rv32AndSrl
  case .sra: rv32AndSra
  case .xor: rv32AndXor
  case .or: rv32AndOr
  case .and: rv32AndAnd
  case .mul: rv32AndMul
  default: nil
  }
}

private func afterMul(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32MulAdd
  case .sub: rv32MulSub
  case .sll: rv32MulSll
  case .srl: rv32MulSrl
  case .sra: rv32MulSra
  case .xor: rv32MulXor
  case .or: rv32MulOr
  case .and: rv32MulAnd
  case .mul: rv32MulMul
  case .mulh: rv32MulMulh
  case .mulhsu: rv32MulMulhsu
  default: nil
  }
}

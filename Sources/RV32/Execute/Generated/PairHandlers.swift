// Written by .ci/generate-pairs, which holds the table. Not to be edited.

@c private func rv32AddAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32AddSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  compute(following(ip), x, ram, left, ALU.sub)
}

@c private func rv32AddSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  compute(following(ip), x, ram, left, ALU.sll)
}

@c private func rv32AddSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  compute(following(ip), x, ram, left, ALU.srl)
}

@c private func rv32AddSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  compute(following(ip), x, ram, left, ALU.sra)
}

@c private func rv32AddXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  compute(following(ip), x, ram, left, ALU.xor)
}

@c private func rv32AddOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  compute(following(ip), x, ram, left, ALU.or)
}

@c private func rv32AddAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  compute(following(ip), x, ram, left, ALU.and)
}

@c private func rv32AddMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  compute(following(ip), x, ram, left, ALU.mul)
}

@c private func rv32AddSltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  compute(following(ip), x, ram, left, ALU.sltu)
}

@c private func rv32AddLb(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  load(following(ip), x, ram, left, Memory.byteSigned)
}

@c private func rv32AddLh(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  load(following(ip), x, ram, left, Memory.halfSigned)
}

@c private func rv32AddLw(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  load(following(ip), x, ram, left, Memory.word)
}

@c private func rv32AddLbu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  load(following(ip), x, ram, left, Memory.byte)
}

@c private func rv32AddLhu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  load(following(ip), x, ram, left, Memory.half)
}

@c private func rv32AddSb(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  store(following(ip), x, ram, left, Memory.setByte)
}

@c private func rv32AddSh(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  store(following(ip), x, ram, left, Memory.setHalf)
}

@c private func rv32AddSw(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  store(following(ip), x, ram, left, Memory.setWord)
}

@c private func rv32AddBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  branch(following(ip), x, ram, left, Comparison.eq)
}

@c private func rv32AddBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  branch(following(ip), x, ram, left, Comparison.ne)
}

@c private func rv32AddBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  branch(following(ip), x, ram, left, Comparison.lt)
}

@c private func rv32AddBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  branch(following(ip), x, ram, left, Comparison.ge)
}

@c private func rv32AddBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  branch(following(ip), x, ram, left, Comparison.ltu)
}

@c private func rv32AddBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  branch(following(ip), x, ram, left, Comparison.geu)
}

@c private func rv32AddJal(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  jump(following(ip), x, ram, left)
}

@c private func rv32AddJalr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  jumpIndirectly(following(ip), x, ram, left)
}

@c private func rv32SubAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sub)
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32SubSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sub)
  compute(following(ip), x, ram, left, ALU.sub)
}

@c private func rv32SubSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sub)
  compute(following(ip), x, ram, left, ALU.sll)
}

@c private func rv32SubSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sub)
  compute(following(ip), x, ram, left, ALU.srl)
}

@c private func rv32SubSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sub)
  compute(following(ip), x, ram, left, ALU.sra)
}

@c private func rv32SubXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sub)
  compute(following(ip), x, ram, left, ALU.xor)
}

@c private func rv32SubOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sub)
  compute(following(ip), x, ram, left, ALU.or)
}

@c private func rv32SubAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sub)
  compute(following(ip), x, ram, left, ALU.and)
}

@c private func rv32SubMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sub)
  compute(following(ip), x, ram, left, ALU.mul)
}

@c private func rv32SllAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32SllSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  compute(following(ip), x, ram, left, ALU.sub)
}

@c private func rv32SllSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  compute(following(ip), x, ram, left, ALU.sll)
}

@c private func rv32SllSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  compute(following(ip), x, ram, left, ALU.srl)
}

@c private func rv32SllSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  compute(following(ip), x, ram, left, ALU.sra)
}

@c private func rv32SllXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  compute(following(ip), x, ram, left, ALU.xor)
}

@c private func rv32SllOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  compute(following(ip), x, ram, left, ALU.or)
}

@c private func rv32SllAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  compute(following(ip), x, ram, left, ALU.and)
}

@c private func rv32SllMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  compute(following(ip), x, ram, left, ALU.mul)
}

@c private func rv32SllBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  branch(following(ip), x, ram, left, Comparison.eq)
}

@c private func rv32SllBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  branch(following(ip), x, ram, left, Comparison.ne)
}

@c private func rv32SllBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  branch(following(ip), x, ram, left, Comparison.lt)
}

@c private func rv32SllBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  branch(following(ip), x, ram, left, Comparison.ge)
}

@c private func rv32SllBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  branch(following(ip), x, ram, left, Comparison.ltu)
}

@c private func rv32SllBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sll)
  branch(following(ip), x, ram, left, Comparison.geu)
}

@c private func rv32SrlAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32SrlSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  compute(following(ip), x, ram, left, ALU.sub)
}

@c private func rv32SrlSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  compute(following(ip), x, ram, left, ALU.sll)
}

@c private func rv32SrlSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  compute(following(ip), x, ram, left, ALU.srl)
}

@c private func rv32SrlSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  compute(following(ip), x, ram, left, ALU.sra)
}

@c private func rv32SrlXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  compute(following(ip), x, ram, left, ALU.xor)
}

@c private func rv32SrlOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  compute(following(ip), x, ram, left, ALU.or)
}

@c private func rv32SrlAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  compute(following(ip), x, ram, left, ALU.and)
}

@c private func rv32SrlMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  compute(following(ip), x, ram, left, ALU.mul)
}

@c private func rv32SrlBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  branch(following(ip), x, ram, left, Comparison.eq)
}

@c private func rv32SrlBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  branch(following(ip), x, ram, left, Comparison.ne)
}

@c private func rv32SrlBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  branch(following(ip), x, ram, left, Comparison.lt)
}

@c private func rv32SrlBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  branch(following(ip), x, ram, left, Comparison.ge)
}

@c private func rv32SrlBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  branch(following(ip), x, ram, left, Comparison.ltu)
}

@c private func rv32SrlBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.srl)
  branch(following(ip), x, ram, left, Comparison.geu)
}

@c private func rv32SraAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sra)
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32SraSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sra)
  compute(following(ip), x, ram, left, ALU.sub)
}

@c private func rv32SraSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sra)
  compute(following(ip), x, ram, left, ALU.sll)
}

@c private func rv32SraSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sra)
  compute(following(ip), x, ram, left, ALU.srl)
}

@c private func rv32SraSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sra)
  compute(following(ip), x, ram, left, ALU.sra)
}

@c private func rv32SraXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sra)
  compute(following(ip), x, ram, left, ALU.xor)
}

@c private func rv32SraOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sra)
  compute(following(ip), x, ram, left, ALU.or)
}

@c private func rv32SraAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sra)
  compute(following(ip), x, ram, left, ALU.and)
}

@c private func rv32SraMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sra)
  compute(following(ip), x, ram, left, ALU.mul)
}

@c private func rv32SraJalr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sra)
  jumpIndirectly(following(ip), x, ram, left)
}

@c private func rv32XorAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32XorSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  compute(following(ip), x, ram, left, ALU.sub)
}

@c private func rv32XorSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  compute(following(ip), x, ram, left, ALU.sll)
}

@c private func rv32XorSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  compute(following(ip), x, ram, left, ALU.srl)
}

@c private func rv32XorSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  compute(following(ip), x, ram, left, ALU.sra)
}

@c private func rv32XorXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  compute(following(ip), x, ram, left, ALU.xor)
}

@c private func rv32XorOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  compute(following(ip), x, ram, left, ALU.or)
}

@c private func rv32XorAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  compute(following(ip), x, ram, left, ALU.and)
}

@c private func rv32XorMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  compute(following(ip), x, ram, left, ALU.mul)
}

@c private func rv32XorBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  branch(following(ip), x, ram, left, Comparison.eq)
}

@c private func rv32XorBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  branch(following(ip), x, ram, left, Comparison.ne)
}

@c private func rv32XorBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  branch(following(ip), x, ram, left, Comparison.lt)
}

@c private func rv32XorBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  branch(following(ip), x, ram, left, Comparison.ge)
}

@c private func rv32XorBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  branch(following(ip), x, ram, left, Comparison.ltu)
}

@c private func rv32XorBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.xor)
  branch(following(ip), x, ram, left, Comparison.geu)
}

@c private func rv32OrAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32OrSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  compute(following(ip), x, ram, left, ALU.sub)
}

@c private func rv32OrSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  compute(following(ip), x, ram, left, ALU.sll)
}

@c private func rv32OrSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  compute(following(ip), x, ram, left, ALU.srl)
}

@c private func rv32OrSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  compute(following(ip), x, ram, left, ALU.sra)
}

@c private func rv32OrXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  compute(following(ip), x, ram, left, ALU.xor)
}

@c private func rv32OrOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  compute(following(ip), x, ram, left, ALU.or)
}

@c private func rv32OrAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  compute(following(ip), x, ram, left, ALU.and)
}

@c private func rv32OrMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  compute(following(ip), x, ram, left, ALU.mul)
}

@c private func rv32OrBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  branch(following(ip), x, ram, left, Comparison.eq)
}

@c private func rv32OrBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  branch(following(ip), x, ram, left, Comparison.ne)
}

@c private func rv32OrBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  branch(following(ip), x, ram, left, Comparison.lt)
}

@c private func rv32OrBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  branch(following(ip), x, ram, left, Comparison.ge)
}

@c private func rv32OrBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  branch(following(ip), x, ram, left, Comparison.ltu)
}

@c private func rv32OrBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.or)
  branch(following(ip), x, ram, left, Comparison.geu)
}

@c private func rv32AndAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32AndSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  compute(following(ip), x, ram, left, ALU.sub)
}

@c private func rv32AndSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  compute(following(ip), x, ram, left, ALU.sll)
}

@c private func rv32AndSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  compute(following(ip), x, ram, left, ALU.srl)
}

@c private func rv32AndSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  compute(following(ip), x, ram, left, ALU.sra)
}

@c private func rv32AndXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  compute(following(ip), x, ram, left, ALU.xor)
}

@c private func rv32AndOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  compute(following(ip), x, ram, left, ALU.or)
}

@c private func rv32AndAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  compute(following(ip), x, ram, left, ALU.and)
}

@c private func rv32AndMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  compute(following(ip), x, ram, left, ALU.mul)
}

@c private func rv32AndBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  branch(following(ip), x, ram, left, Comparison.eq)
}

@c private func rv32AndBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  branch(following(ip), x, ram, left, Comparison.ne)
}

@c private func rv32AndBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  branch(following(ip), x, ram, left, Comparison.lt)
}

@c private func rv32AndBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  branch(following(ip), x, ram, left, Comparison.ge)
}

@c private func rv32AndBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  branch(following(ip), x, ram, left, Comparison.ltu)
}

@c private func rv32AndBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.and)
  branch(following(ip), x, ram, left, Comparison.geu)
}

@c private func rv32MulAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mul)
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32MulSub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mul)
  compute(following(ip), x, ram, left, ALU.sub)
}

@c private func rv32MulSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mul)
  compute(following(ip), x, ram, left, ALU.sll)
}

@c private func rv32MulSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mul)
  compute(following(ip), x, ram, left, ALU.srl)
}

@c private func rv32MulSra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mul)
  compute(following(ip), x, ram, left, ALU.sra)
}

@c private func rv32MulXor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mul)
  compute(following(ip), x, ram, left, ALU.xor)
}

@c private func rv32MulOr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mul)
  compute(following(ip), x, ram, left, ALU.or)
}

@c private func rv32MulAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mul)
  compute(following(ip), x, ram, left, ALU.and)
}

@c private func rv32MulMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mul)
  compute(following(ip), x, ram, left, ALU.mul)
}

@c private func rv32MulMulh(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mul)
  compute(following(ip), x, ram, left, ALU.mulh)
}

@c private func rv32MulMulhsu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mul)
  compute(following(ip), x, ram, left, ALU.mulhsu)
}

@c private func rv32SltuAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sltu)
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32MulhMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mulh)
  compute(following(ip), x, ram, left, ALU.mul)
}

@c private func rv32MulhuMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mulhu)
  compute(following(ip), x, ram, left, ALU.mul)
}

@c private func rv32MulhsuMul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mulhsu)
  compute(following(ip), x, ram, left, ALU.mul)
}

@c private func rv32MulhsuAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.mulhsu)
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32LbAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.byteSigned) else { return leave(ip, x, ram, left) }
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32LbLb(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.byteSigned) else { return leave(ip, x, ram, left) }
  load(following(ip), x, ram, left, Memory.byteSigned)
}

@c private func rv32LhAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.halfSigned) else { return leave(ip, x, ram, left) }
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32LhLh(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.halfSigned) else { return leave(ip, x, ram, left) }
  load(following(ip), x, ram, left, Memory.halfSigned)
}

@c private func rv32LwAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.word) else { return leave(ip, x, ram, left) }
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32LwLw(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.word) else { return leave(ip, x, ram, left) }
  load(following(ip), x, ram, left, Memory.word)
}

@c private func rv32LwSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.word) else { return leave(ip, x, ram, left) }
  compute(following(ip), x, ram, left, ALU.sll)
}

@c private func rv32LwSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.word) else { return leave(ip, x, ram, left) }
  compute(following(ip), x, ram, left, ALU.srl)
}

@c private func rv32LwAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.word) else { return leave(ip, x, ram, left) }
  compute(following(ip), x, ram, left, ALU.and)
}

@c private func rv32LwBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.word) else { return leave(ip, x, ram, left) }
  branch(following(ip), x, ram, left, Comparison.eq)
}

@c private func rv32LwBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.word) else { return leave(ip, x, ram, left) }
  branch(following(ip), x, ram, left, Comparison.ne)
}

@c private func rv32LwBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.word) else { return leave(ip, x, ram, left) }
  branch(following(ip), x, ram, left, Comparison.lt)
}

@c private func rv32LwBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.word) else { return leave(ip, x, ram, left) }
  branch(following(ip), x, ram, left, Comparison.ge)
}

@c private func rv32LwBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.word) else { return leave(ip, x, ram, left) }
  branch(following(ip), x, ram, left, Comparison.ltu)
}

@c private func rv32LwBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.word) else { return leave(ip, x, ram, left) }
  branch(following(ip), x, ram, left, Comparison.geu)
}

@c private func rv32LbuAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.byte) else { return leave(ip, x, ram, left) }
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32LbuLbu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.byte) else { return leave(ip, x, ram, left) }
  load(following(ip), x, ram, left, Memory.byte)
}

@c private func rv32LhuAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.half) else { return leave(ip, x, ram, left) }
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32LhuLhu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doLoad(ip, x, ram, Memory.half) else { return leave(ip, x, ram, left) }
  load(following(ip), x, ram, left, Memory.half)
}

@c private func rv32SbAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doStore(ip, x, ram, Memory.setByte) else { return leave(ip, x, ram, left) }
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32ShAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doStore(ip, x, ram, Memory.setHalf) else { return leave(ip, x, ram, left) }
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32SwAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doStore(ip, x, ram, Memory.setWord) else { return leave(ip, x, ram, left) }
  compute(following(ip), x, ram, left, ALU.add)
}

@c private func rv32SwSw(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  guard doStore(ip, x, ram, Memory.setWord) else { return leave(ip, x, ram, left) }
  store(following(ip), x, ram, left, Memory.setWord)
}

/// What executes two operations in a row, if they are fused.
func handler(of first: Op.Code, _ second: Op.Code) -> Handler? {
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
  case .sltu: afterSltu(second)
  case .mulh: afterMulh(second)
  case .mulhu: afterMulhu(second)
  case .mulhsu: afterMulhsu(second)
  case .lb: afterLb(second)
  case .lh: afterLh(second)
  case .lw: afterLw(second)
  case .lbu: afterLbu(second)
  case .lhu: afterLhu(second)
  case .sb: afterSb(second)
  case .sh: afterSh(second)
  case .sw: afterSw(second)
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
  case .lb: rv32AddLb
  case .lh: rv32AddLh
  case .lw: rv32AddLw
  case .lbu: rv32AddLbu
  case .lhu: rv32AddLhu
  case .sb: rv32AddSb
  case .sh: rv32AddSh
  case .sw: rv32AddSw
  case .beq: rv32AddBeq
  case .bne: rv32AddBne
  case .blt: rv32AddBlt
  case .bge: rv32AddBge
  case .bltu: rv32AddBltu
  case .bgeu: rv32AddBgeu
  case .jal: rv32AddJal
  case .jalr: rv32AddJalr
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
  case .beq: rv32SllBeq
  case .bne: rv32SllBne
  case .blt: rv32SllBlt
  case .bge: rv32SllBge
  case .bltu: rv32SllBltu
  case .bgeu: rv32SllBgeu
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
  case .beq: rv32SrlBeq
  case .bne: rv32SrlBne
  case .blt: rv32SrlBlt
  case .bge: rv32SrlBge
  case .bltu: rv32SrlBltu
  case .bgeu: rv32SrlBgeu
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
  case .jalr: rv32SraJalr
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
  case .beq: rv32XorBeq
  case .bne: rv32XorBne
  case .blt: rv32XorBlt
  case .bge: rv32XorBge
  case .bltu: rv32XorBltu
  case .bgeu: rv32XorBgeu
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
  case .beq: rv32OrBeq
  case .bne: rv32OrBne
  case .blt: rv32OrBlt
  case .bge: rv32OrBge
  case .bltu: rv32OrBltu
  case .bgeu: rv32OrBgeu
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
  case .beq: rv32AndBeq
  case .bne: rv32AndBne
  case .blt: rv32AndBlt
  case .bge: rv32AndBge
  case .bltu: rv32AndBltu
  case .bgeu: rv32AndBgeu
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

private func afterSltu(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32SltuAdd
  default: nil
  }
}

private func afterMulh(_ second: Op.Code) -> Handler? {
  switch second {
  case .mul: rv32MulhMul
  default: nil
  }
}

private func afterMulhu(_ second: Op.Code) -> Handler? {
  switch second {
  case .mul: rv32MulhuMul
  default: nil
  }
}

private func afterMulhsu(_ second: Op.Code) -> Handler? {
  switch second {
  case .mul: rv32MulhsuMul
  case .add: rv32MulhsuAdd
  default: nil
  }
}

private func afterLb(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32LbAdd
  case .lb: rv32LbLb
  default: nil
  }
}

private func afterLh(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32LhAdd
  case .lh: rv32LhLh
  default: nil
  }
}

private func afterLw(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32LwAdd
  case .lw: rv32LwLw
  case .sll: rv32LwSll
  case .srl: rv32LwSrl
  case .and: rv32LwAnd
  case .beq: rv32LwBeq
  case .bne: rv32LwBne
  case .blt: rv32LwBlt
  case .bge: rv32LwBge
  case .bltu: rv32LwBltu
  case .bgeu: rv32LwBgeu
  default: nil
  }
}

private func afterLbu(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32LbuAdd
  case .lbu: rv32LbuLbu
  default: nil
  }
}

private func afterLhu(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32LhuAdd
  case .lhu: rv32LhuLhu
  default: nil
  }
}

private func afterSb(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32SbAdd
  default: nil
  }
}

private func afterSh(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32ShAdd
  default: nil
  }
}

private func afterSw(_ second: Op.Code) -> Handler? {
  switch second {
  case .add: rv32SwAdd
  case .sw: rv32SwSw
  default: nil
  }
}

// Written by .ci/generate-pairs, which holds the table. Not to be edited.

@c private func rv32Add(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.add)
}

@c private func rv32Sub(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.sub)
}

@c private func rv32Sll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.sll)
}

@c private func rv32Srl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.srl)
}

@c private func rv32Sra(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.sra)
}

@c private func rv32Xor(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.xor)
}

@c private func rv32Or(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.or)
}

@c private func rv32And(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.and)
}

@c private func rv32Mul(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.mul)
}

@c private func rv32Slt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.slt)
}

@c private func rv32Sltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.sltu)
}

@c private func rv32Mulh(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.mulh)
}

@c private func rv32Mulhsu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.mulhsu)
}

@c private func rv32Mulhu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.mulhu)
}

@c private func rv32Div(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.div)
}

@c private func rv32Divu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.divu)
}

@c private func rv32Rem(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.rem)
}

@c private func rv32Remu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  compute(ip, x, ram, left, ALU.remu)
}

@c private func rv32Lb(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  load(ip, x, ram, left, Memory.byteSigned)
}

@c private func rv32Lh(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  load(ip, x, ram, left, Memory.halfSigned)
}

@c private func rv32Lw(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  load(ip, x, ram, left, Memory.word)
}

@c private func rv32Lbu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  load(ip, x, ram, left, Memory.byte)
}

@c private func rv32Lhu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  load(ip, x, ram, left, Memory.half)
}

@c private func rv32Sb(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  store(ip, x, ram, left, Memory.setByte)
}

@c private func rv32Sh(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  store(ip, x, ram, left, Memory.setHalf)
}

@c private func rv32Sw(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  store(ip, x, ram, left, Memory.setWord)
}

@c private func rv32Beq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  branch(ip, x, ram, left, Comparison.eq)
}

@c private func rv32Bne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  branch(ip, x, ram, left, Comparison.ne)
}

@c private func rv32Blt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  branch(ip, x, ram, left, Comparison.lt)
}

@c private func rv32Bge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  branch(ip, x, ram, left, Comparison.ge)
}

@c private func rv32Bltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  branch(ip, x, ram, left, Comparison.ltu)
}

@c private func rv32Bgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  branch(ip, x, ram, left, Comparison.geu)
}

@c private func rv32Jal(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  jump(ip, x, ram, left)
}

@c private func rv32Jalr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  jumpIndirectly(ip, x, ram, left)
}

/// What executes an operation.
func handler(of code: Op.Code) -> Handler {
  switch code {
  case .add: rv32Add
  case .sub: rv32Sub
  case .sll: rv32Sll
  case .srl: rv32Srl
  case .sra: rv32Sra
  case .xor: rv32Xor
  case .or: rv32Or
  case .and: rv32And
  case .mul: rv32Mul
  case .slt: rv32Slt
  case .sltu: rv32Sltu
  case .mulh: rv32Mulh
  case .mulhsu: rv32Mulhsu
  case .mulhu: rv32Mulhu
  case .div: rv32Div
  case .divu: rv32Divu
  case .rem: rv32Rem
  case .remu: rv32Remu
  case .lb: rv32Lb
  case .lh: rv32Lh
  case .lw: rv32Lw
  case .lbu: rv32Lbu
  case .lhu: rv32Lhu
  case .sb: rv32Sb
  case .sh: rv32Sh
  case .sw: rv32Sw
  case .beq: rv32Beq
  case .bne: rv32Bne
  case .blt: rv32Blt
  case .bge: rv32Bge
  case .bltu: rv32Bltu
  case .bgeu: rv32Bgeu
  case .jal: rv32Jal
  case .jalr: rv32Jalr
  case .li, .auipc: rv32Add
  case .fence: rv32GoOn
  case .next: rv32Cut
  case .load, .store, .lr, .sc, .amo, .csr, .illegal, .fetchFault, .breakpoint, .ecall, .ebreak, .mret, .wfi: leave
  }
}

// Superinstructions at the end of a run: arithmetic or a load of a word before a branch, arithmetic before a jump.

/// Two operations of which the second may go elsewhere.
func branchPair(_ first: Op.Code, _ second: Op.Code) -> Handler? {
  switch first {
  case .add: afterAdd(second)
  case .sll: afterSll(second)
  case .and: afterAnd(second)
  case .or: afterOr(second)
  case .xor: afterXor(second)
  case .srl: afterSrl(second)
  case .sra: second == .jalr ? rv32SraJalr : nil
  case .lw: afterLw(second)
  default: nil
  }
}

@inline(always)
private func computeBranch(
  _ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left,
  _ f: (UInt32, UInt32) -> UInt32, _ condition: (UInt32, UInt32) -> Bool
) {
  doArithmetic(ip, x, f)
  branch(test(following(ip), x, condition), following(ip), x, ram, left)
}

@inline(always)
private func loadBranch(
  _ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left, _ condition: (UInt32, UInt32) -> Bool
) {
  guard doLoad(ip, x, ram, Memory.word) else { return leave(ip, x, ram, left) }
  branch(test(following(ip), x, condition), following(ip), x, ram, left)
}

@c private func rv32AddJal(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  jump(following(ip), x, ram, left)
}

@c private func rv32AddJalr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.add)
  jumpIndirectly(following(ip), x, ram, left)
}

@c private func rv32SraJalr(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  doArithmetic(ip, x, ALU.sra)
  jumpIndirectly(following(ip), x, ram, left)
}

@c private func rv32AddBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.add, Comparison.eq)
}
@c private func rv32AddBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.add, Comparison.ne)
}
@c private func rv32AddBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.add, Comparison.lt)
}
@c private func rv32AddBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.add, Comparison.ge)
}
@c private func rv32AddBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.add, Comparison.ltu)
}
@c private func rv32AddBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.add, Comparison.geu)
}
@c private func rv32SllBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.sll, Comparison.eq)
}
@c private func rv32SllBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.sll, Comparison.ne)
}
@c private func rv32SllBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.sll, Comparison.lt)
}
@c private func rv32SllBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.sll, Comparison.ge)
}
@c private func rv32SllBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.sll, Comparison.ltu)
}
@c private func rv32SllBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.sll, Comparison.geu)
}
@c private func rv32AndBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.and, Comparison.eq)
}
@c private func rv32AndBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.and, Comparison.ne)
}
@c private func rv32AndBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.and, Comparison.lt)
}
@c private func rv32AndBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.and, Comparison.ge)
}
@c private func rv32AndBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.and, Comparison.ltu)
}
@c private func rv32AndBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.and, Comparison.geu)
}
@c private func rv32OrBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.or, Comparison.eq)
}
@c private func rv32OrBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.or, Comparison.ne)
}
@c private func rv32OrBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.or, Comparison.lt)
}
@c private func rv32OrBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.or, Comparison.ge)
}
@c private func rv32OrBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.or, Comparison.ltu)
}
@c private func rv32OrBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.or, Comparison.geu)
}
@c private func rv32XorBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.xor, Comparison.eq)
}
@c private func rv32XorBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.xor, Comparison.ne)
}
@c private func rv32XorBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.xor, Comparison.lt)
}
@c private func rv32XorBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.xor, Comparison.ge)
}
@c private func rv32XorBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.xor, Comparison.ltu)
}
@c private func rv32XorBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.xor, Comparison.geu)
}
@c private func rv32SrlBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.srl, Comparison.eq)
}
@c private func rv32SrlBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.srl, Comparison.ne)
}
@c private func rv32SrlBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.srl, Comparison.lt)
}
@c private func rv32SrlBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.srl, Comparison.ge)
}
@c private func rv32SrlBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.srl, Comparison.ltu)
}
@c private func rv32SrlBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  computeBranch(ip, x, ram, left, ALU.srl, Comparison.geu)
}
@c private func rv32LwBeq(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadBranch(ip, x, ram, left, Comparison.eq)
}
@c private func rv32LwBne(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadBranch(ip, x, ram, left, Comparison.ne)
}
@c private func rv32LwBlt(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadBranch(ip, x, ram, left, Comparison.lt)
}
@c private func rv32LwBge(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadBranch(ip, x, ram, left, Comparison.ge)
}
@c private func rv32LwBltu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadBranch(ip, x, ram, left, Comparison.ltu)
}
@c private func rv32LwBgeu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadBranch(ip, x, ram, left, Comparison.geu)
}

private func afterAdd(_ second: Op.Code) -> Handler? {
  switch second {
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

private func afterSll(_ second: Op.Code) -> Handler? {
  switch second {
  case .beq: rv32SllBeq
  case .bne: rv32SllBne
  case .blt: rv32SllBlt
  case .bge: rv32SllBge
  case .bltu: rv32SllBltu
  case .bgeu: rv32SllBgeu
  default: nil
  }
}

private func afterAnd(_ second: Op.Code) -> Handler? {
  switch second {
  case .beq: rv32AndBeq
  case .bne: rv32AndBne
  case .blt: rv32AndBlt
  case .bge: rv32AndBge
  case .bltu: rv32AndBltu
  case .bgeu: rv32AndBgeu
  default: nil
  }
}

private func afterOr(_ second: Op.Code) -> Handler? {
  switch second {
  case .beq: rv32OrBeq
  case .bne: rv32OrBne
  case .blt: rv32OrBlt
  case .bge: rv32OrBge
  case .bltu: rv32OrBltu
  case .bgeu: rv32OrBgeu
  default: nil
  }
}

private func afterLw(_ second: Op.Code) -> Handler? {
  switch second {
  case .beq: rv32LwBeq
  case .bne: rv32LwBne
  case .blt: rv32LwBlt
  case .bge: rv32LwBge
  case .bltu: rv32LwBltu
  case .bgeu: rv32LwBgeu
  default: nil
  }
}

private func afterXor(_ second: Op.Code) -> Handler? {
  switch second {
  case .beq: rv32XorBeq
  case .bne: rv32XorBne
  case .blt: rv32XorBlt
  case .bge: rv32XorBge
  case .bltu: rv32XorBltu
  case .bgeu: rv32XorBgeu
  default: nil
  }
}

private func afterSrl(_ second: Op.Code) -> Handler? {
  switch second {
  case .beq: rv32SrlBeq
  case .bne: rv32SrlBne
  case .blt: rv32SrlBlt
  case .bge: rv32SrlBge
  case .bltu: rv32SrlBltu
  case .bgeu: rv32SrlBgeu
  default: nil
  }
}

// Superinstructions with RAM: two loads of a kind, two stores of words, an addition after or before a load or a store,
// and what takes a word apart. Where the access is no plain one, the engine leaves at the operation that makes it, as it would without the
// pair.

@inline(always)
private func loadAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left, _ value: (Bytes) -> UInt32) {
  loadCompute(ip, x, ram, left, value, ALU.add)
}

@inline(always)
private func loadCompute(
  _ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left, _ value: (Bytes) -> UInt32, _ f: (UInt32, UInt32) -> UInt32
) {
  guard doLoad(ip, x, ram, value) else { return leave(ip, x, ram, left) }
  doArithmetic(following(ip), x, f)
  next(following(ip), x, ram, left)
}

@inline(always)
private func loadTwice(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left, _ value: (Bytes) -> UInt32) {
  guard doLoad(ip, x, ram, value) else { return leave(ip, x, ram, left) }
  guard doLoad(following(ip), x, ram, value) else { return leave(following(ip), x, ram, left) }
  next(following(ip), x, ram, left)
}

@inline(always)
private func addLoad(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left, _ value: (Bytes) -> UInt32) {
  doArithmetic(ip, x, ALU.add)
  guard doLoad(following(ip), x, ram, value) else { return leave(following(ip), x, ram, left) }
  next(following(ip), x, ram, left)
}

@inline(always)
private func addStore(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left, _ set: (Bytes, UInt32) -> Void) {
  doArithmetic(ip, x, ALU.add)
  guard doStore(following(ip), x, ram, set) else { return leave(following(ip), x, ram, left) }
  next(following(ip), x, ram, left)
}

@inline(always)
private func storeAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left, _ set: (Bytes, UInt32) -> Void) {
  guard doStore(ip, x, ram, set) else { return leave(ip, x, ram, left) }
  doArithmetic(following(ip), x, ALU.add)
  next(following(ip), x, ram, left)
}

@inline(always)
private func storeTwice(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left, _ set: (Bytes, UInt32) -> Void) {
  guard doStore(ip, x, ram, set) else { return leave(ip, x, ram, left) }
  guard doStore(following(ip), x, ram, set) else { return leave(following(ip), x, ram, left) }
  next(following(ip), x, ram, left)
}

@c private func rv32LbLb(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadTwice(ip, x, ram, left, Memory.byteSigned)
}
@c private func rv32LhLh(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadTwice(ip, x, ram, left, Memory.halfSigned)
}
@c private func rv32LwLw(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { loadTwice(ip, x, ram, left, Memory.word) }
@c private func rv32LbuLbu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { loadTwice(ip, x, ram, left, Memory.byte) }
@c private func rv32LhuLhu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { loadTwice(ip, x, ram, left, Memory.half) }
@c private func rv32AddLb(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  addLoad(ip, x, ram, left, Memory.byteSigned)
}
@c private func rv32AddLh(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  addLoad(ip, x, ram, left, Memory.halfSigned)
}
@c private func rv32AddLw(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { addLoad(ip, x, ram, left, Memory.word) }
@c private func rv32AddLbu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { addLoad(ip, x, ram, left, Memory.byte) }
@c private func rv32AddLhu(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { addLoad(ip, x, ram, left, Memory.half) }
@c private func rv32AddSb(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { addStore(ip, x, ram, left, Memory.setByte) }
@c private func rv32AddSh(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { addStore(ip, x, ram, left, Memory.setHalf) }
@c private func rv32AddSw(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { addStore(ip, x, ram, left, Memory.setWord) }
@c private func rv32LbAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadAdd(ip, x, ram, left, Memory.byteSigned)
}
@c private func rv32LhAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadAdd(ip, x, ram, left, Memory.halfSigned)
}
@c private func rv32LwAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { loadAdd(ip, x, ram, left, Memory.word) }
@c private func rv32LbuAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { loadAdd(ip, x, ram, left, Memory.byte) }
@c private func rv32LhuAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { loadAdd(ip, x, ram, left, Memory.half) }

@c private func rv32LwSll(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadCompute(ip, x, ram, left, Memory.word, ALU.sll)
}
@c private func rv32LwSrl(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadCompute(ip, x, ram, left, Memory.word, ALU.srl)
}
@c private func rv32LwAnd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  loadCompute(ip, x, ram, left, Memory.word, ALU.and)
}
@c private func rv32SbAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { storeAdd(ip, x, ram, left, Memory.setByte) }
@c private func rv32ShAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { storeAdd(ip, x, ram, left, Memory.setHalf) }
@c private func rv32SwAdd(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) { storeAdd(ip, x, ram, left, Memory.setWord) }
@c private func rv32SwSw(_ ip: Raw, _ x: Regs, _ ram: Raw, _ left: Left) {
  storeTwice(ip, x, ram, left, Memory.setWord)
}

/// Two operations of which at least one loads or stores.
func memoryPair(_ first: Op.Code, _ second: Op.Code) -> Handler? {
  switch first {
  case .add: memoryAfterAdd(second)
  case .sb, .sh, .sw: afterStore(first, second)
  default: afterLoad(first, second)
  }
}

private func memoryAfterAdd(_ second: Op.Code) -> Handler? {
  switch second {
  case .lb: rv32AddLb
  case .lh: rv32AddLh
  case .lw: rv32AddLw
  case .lbu: rv32AddLbu
  case .lhu: rv32AddLhu
  case .sb: rv32AddSb
  case .sh: rv32AddSh
  case .sw: rv32AddSw
  default: nil
  }
}

private func afterLoad(_ first: Op.Code, _ second: Op.Code) -> Handler? {
  switch (first, second) {
  case (.lb, .lb): rv32LbLb
  case (.lb, .add): rv32LbAdd
  case (.lh, .lh): rv32LhLh
  case (.lh, .add): rv32LhAdd
  case (.lw, .lw): rv32LwLw
  case (.lw, .add): rv32LwAdd
  case (.lw, .sll): rv32LwSll
  case (.lw, .srl): rv32LwSrl
  case (.lw, .and): rv32LwAnd
  case (.lbu, .lbu): rv32LbuLbu
  case (.lbu, .add): rv32LbuAdd
  case (.lhu, .lhu): rv32LhuLhu
  case (.lhu, .add): rv32LhuAdd
  default: nil
  }
}

private func afterStore(_ first: Op.Code, _ second: Op.Code) -> Handler? {
  switch (first, second) {
  case (.sb, .add): rv32SbAdd
  case (.sh, .add): rv32ShAdd
  case (.sw, .add): rv32SwAdd
  case (.sw, .sw): rv32SwSw
  default: nil
  }
}

import Testing

@testable import RV32

@Test("Of a program that takes no answer 64 are kept, and they come one by one once it does")
func keptAnswers() {
  let (tohost, fromhost) = (base + 0x8000, base + 0x8008)
  // Commands to a device that there is none of, each stored whole, for ever.
  var core = core([sw(a2, 0, a1), sw(a0, 4, a1), jal(0, -8)])
  core[register: 10] = 7 << 24
  core[register: 11] = tohost
  core[register: 12] = 2
  core.host.tohost = HostInterface.Word(address: tohost)
  core.host.fromhost = HostInterface.Word(address: fromhost)
  core.pokeWord(1, fromhost)
  var bus = EmptyBus()
  for (turns, kept) in [(10, 10), (63, 63), (64, 64), (65, 64), (200, 64)] as [(UInt64, Int)] {
    _ = core.run(on: &bus, instructions: 3 * turns - core.retired)
    #expect(core.htif.answers.count == kept, "\(turns)")
  }
  core.pokeWord(0, fromhost)
  _ = core.run(on: &bus, instructions: 3)
  #expect(core.peekWord(fromhost + 4) == 7 << 24 && core.htif.answers.count == HTIF.mostAnswers - 1)
}

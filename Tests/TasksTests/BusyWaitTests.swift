import Testing

@testable import RV32
@testable import Tasks

@Suite("A busy wait")
struct BusyWaitTests {
  private static func retired(_ places: [Int]) -> [Retired] {
    places.map { Retired(pc: 0x8000_0000 + UInt32($0) * 4, instruction: 0x13, isCompressed: false) }
  }

  /// The shortest of the first 31 distances to an instruction like the last that is the length of two equal turns.
  private static func turn(_ places: [Int]) -> [Int]? {
    guard let end = places.last else { return nil }
    let count = places.count
    let distances = (1..<max(count, 1)).filter { places[count - 1 - $0] == end }.prefix(31)
    return distances.first { length in
      2 * length <= count && places.suffix(length) == places.dropLast(length).suffix(length)
    }.map { Array(places.suffix($0)) }
  }

  @Test("Is the shortest turn that the last instructions have gone twice, of all sequences of three instructions")
  func all() {
    for count in 0...9 {
      var combinations = 1
      for _ in 0..<count { combinations *= 3 }
      for number in 0..<combinations {
        var (rest, places) = (number, [Int]())
        for _ in 0..<count {
          places.append(rest % 3)
          rest /= 3
        }
        let wait = BusyWait(Self.retired(places))
        #expect(wait?.turn == Self.turn(places).map(Self.retired), "\(places)")
      }
    }
  }

  @Test("May have its last instruction in a turn 31 times, and no more")
  func often() {
    for (count, isFound) in [(1, true), (2, true), (31, true), (32, false), (40, false)] {
      // Between two of the last another one each time.
      let turn = (1...count).flatMap { [$0, 0] }
      #expect((BusyWait(Self.retired(turn + turn)) != nil) == isFound, "\(count)")
      #expect(BusyWait(Self.retired(turn)) == nil || count == 1)
    }
  }

  @Test("Is one of the same values only, and reads the first device that it loads from outside RAM")
  func values() throws {
    var turn = Self.retired([0, 1, 2, 3])
    func access(_ address: UInt32, isLoaded: Bool = true) -> Retired.Memory {
      Retired.Memory(address: address, width: .word, isLoaded: isLoaded, stored: isLoaded ? nil : 1)
    }
    let ram: Range<UInt32> = 0x8000_0000..<0x8001_0000
    turn[0].memory = access(0x8000_ffff)
    turn[1].memory = access(0x4001_0000, isLoaded: false)
    #expect(try #require(BusyWait(turn + turn)).firstDevice(outside: ram) == nil)
    turn[2].memory = access(0x8001_0000)
    turn[3].memory = access(0x4001_0010)
    #expect(try #require(BusyWait(turn + turn)).firstDevice(outside: ram) == 0x8001_0000)
    var changed = turn
    changed[2].value = 5
    #expect(BusyWait(changed + turn) == nil && BusyWait(turn + changed) == nil)
    #expect(BusyWait.window == 4096)
  }
}

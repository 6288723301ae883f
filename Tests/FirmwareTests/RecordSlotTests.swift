import Board
import Crossbar
import Registers
import Testing
import Trace

@testable import Firmware
@testable import Tasks

/// Records put together by hand, as `vectors/specification/firmware.md` 10 has them.
@Suite("What a slot of the flash holds")
struct RecordSlotTests {
  private static let slotWords = FlashRegister.pages / 2 * FlashRegister.pageWords

  /// A board with these words in a slot, erased behind them.
  private static func board(_ words: [UInt32], in slot: RecordSlot) throws -> Machine<NoLog> {
    var snapshot = try Machine(ChipConfiguration(tiles: [.init(wordLines: 1, bitLines: 1)]), log: NoLog()).snapshot
    let size = FlashRegister.pageWords
    snapshot.flash.pages = stride(from: 0, to: min(words.count, slotWords), by: size).map { start in
      var page = Flash.Page()
      for (place, word) in words[start..<min(start + size, words.count)].enumerated() { page.words[place] = word }
      return .init(number: slot.rawValue * FlashRegister.pages / 2 + start / size, page: page)
    }
    return try Machine(snapshot, log: NoLog())
  }

  /// Head, content and checksum.
  private static func record(count: Int, magic: UInt32 = 0x4d42_5232, side: UInt32 = 1, error: UInt32 = 0) -> [UInt32] {
    let head: [UInt32] = [magic, UInt32(count), 7, 0x1234, 0x5678, side]
    let words = head + (0..<max(count - 7, 0)).map { UInt32($0) &* 0x9e37_79b9 }
    let bytes = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } }
    return words + [CRC32.checksum(bytes) ^ error]
  }

  @Test("A record has its head and its checksum at least and its slot at most; one of another length is damaged")
  func lengths() throws {
    for slot in RecordSlot.allCases {
      for count in [7, 8, 255, 256, 257, Self.slotWords - 1, Self.slotWords] {
        var board = try Self.board(Self.record(count: count), in: slot)
        let head = RecordHead(sequence: 7, die: .init(low: 0x1234, high: 0x5678), side: .second)
        #expect(slot.content(on: &board) == .valid(head), "\(count)")
        #expect(slot.other.content(on: &board) == .empty)
      }
      for count in [0, 1, 6, Self.slotWords + 1, Int(UInt32.max)] {
        var words = Self.record(count: min(count, Self.slotWords + 1))
        words[1] = UInt32(count)
        var board = try Self.board(words, in: slot)
        #expect(slot.content(on: &board) == .damaged, "\(count)")
      }
    }
  }

  @Test(
    "What has another beginning, another checksum, or a side that there is none of, is damaged; an erased one is empty")
  func content() throws {
    for (words, content) in [
      (Self.record(count: 9, magic: 0x4d42_5852), SlotContent.damaged), (Self.record(count: 9, error: 1), .damaged),
      (Self.record(count: 9, error: 1 << 31), .damaged), (Self.record(count: 9, side: 2), .damaged),
      (Self.record(count: 9, magic: .max), .empty), ([], .empty),
      (
        Self.record(count: 9, side: 0),
        .valid(RecordHead(sequence: 7, die: .init(low: 0x1234, high: 0x5678), side: .first))
      ),
    ] {
      var board = try Self.board(words, in: .first)
      #expect(RecordSlot.first.content(on: &board) == content)
    }
  }
}

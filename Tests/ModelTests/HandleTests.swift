import Foundation
import ModelHeader
import Synchronization
import Testing

@testable import Model

extension LibraryTests {
  @Suite("A handle") struct HandleTests {
    private func newTile() -> UInt64 {
      var tile: UInt64 = 77
      must(mblstm_tile_new(small, &tile))
      return tile
    }

    @Test("Is generation, kind and place: the first place that is free, a generation later each time")
    func parts() {
      var chips = [UInt64](repeating: 0, count: 3)
      for place in chips.indices { must(mblstm_chip_new("{}", &chips[place])) }
      let tile = newTile()
      #expect((chips + [tile]).map { $0 & 0xffff_ffff } == [0x1000, 0x1001, 0x1002, 0x2003])
      #expect((chips + [tile]).allSatisfy { $0 >> 32 > 0 })
      must(mblstm_chip_free(chips[1]))
      let next = newTile()
      #expect(next == (chips[1] >> 32 + 1) << 32 | 0x2001)
      must(mblstm_tile_free(next))
      must(mblstm_chip_new("{}", &chips[1]))
      #expect(chips[1] == (next >> 32 + 1) << 32 | 0x1001)
      for chip in chips { must(mblstm_chip_free(chip)) }
      must(mblstm_tile_free(tile))
    }

    @Test("That was never given out, is freed or of the other kind is refused by every call, and changes nothing")
    func strange() {
      withChip { chip in
        withTile { tile in
          var freed: UInt64 = 0
          must(mblstm_chip_new(small, &freed))
          must(mblstm_chip_free(freed))
          let before = snapshot(chip)
          let never: [UInt64] = [0, freed, .max, 4096, chip + 3, chip + 1 << 32, chip & 0xffff_ffff, chip - 1 << 32]
          let flipped = (12..<32).map { chip ^ 1 << $0 }
          for handle in never + flipped + [tile] {
            for call in Calls.ofChips { wants(MBLSTM_BAD_HANDLE, noHandle(handle), call(handle)) }
            wants(MBLSTM_BAD_HANDLE, noHandle(handle), mblstm_chip_free(handle))
          }
          for handle in never + flipped where handle != tile {
            for call in Calls.ofTiles { wants(MBLSTM_BAD_HANDLE, noHandle(handle), call(handle)) }
            wants(MBLSTM_BAD_HANDLE, noHandle(handle), mblstm_tile_free(handle))
          }
          for call in Calls.ofTiles { wants(MBLSTM_BAD_HANDLE, noHandle(chip), call(chip)) }
          #expect(snapshot(chip) == before)
        }
      }
    }

    @Test("4096 are alive at most, all different; one that is freed makes room for one")
    func all() {
      var handles: [UInt64] = []
      for _ in 0..<4096 {
        var tile: UInt64 = 0
        must(mblstm_tile_new(#"{"tiles": [[1, 1]]}"#, &tile))
        handles.append(tile)
      }
      #expect(handles.map { $0 & 0xfff } == Array(0..<4096) && handles.allSatisfy { $0 & 0xf000 == 0x2000 })
      #expect(handles[4095] >> 32 == 1)
      var more: UInt64 = 77
      let tooMany = "4096 chips and tiles are alive, expected fewer"
      wants(MBLSTM_TOO_MANY, tooMany, mblstm_tile_new(small, &more))
      #expect(more == 0)
      more = 77
      wants(MBLSTM_TOO_MANY, tooMany, mblstm_chip_new(small, &more))
      #expect(more == 0)
      must(mblstm_tile_free(handles[1234]))
      must(mblstm_chip_new(small, &more))
      #expect(more & 0xffff == 0x1000 | 1234)
      must(mblstm_chip_free(more))
      handles[1234] = newTile()
      wants(MBLSTM_TOO_MANY, tooMany, mblstm_chip_new(small, &more))
      for handle in handles { must(mblstm_tile_free(handle)) }
    }

    @Test("Of a place whose generations are used up there is none any more")
    func generations() throws {
      let first = newTile()
      must(mblstm_tile_free(first))
      let word = try #require(table_place(Int(first & 0xfff)))
      let generation = (word + 8).assumingMemoryBound(to: UInt32.self)
      #expect(generation.pointee == UInt32(first >> 32))
      generation.pointee = .max - 1
      let last = newTile()
      #expect(last == UInt64(UInt32.max) << 32 | first & 0xffff_ffff)
      must(mblstm_tile_free(last))
      let beside = newTile()
      #expect(beside & 0xffff_ffff == first & 0xffff_ffff + 1)
      must(mblstm_tile_free(beside))
      wants(MBLSTM_BAD_HANDLE, noHandle(last), mblstm_tile_free(last))
      generation.pointee = UInt32(first >> 32)
      word.assumingMemoryBound(to: UInt64.self).pointee = 0
      let again = newTile()
      #expect(again == first + 1 << 32)
      must(mblstm_tile_free(again))
    }

    @Test("Is given out once, however many threads ask, and is freed by any of them")
    func threads() {
      let counts = Mutex<[UInt64]>([])
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        var own: [UInt64] = []
        for _ in 0..<400 {
          var tile: UInt64 = 0
          if mblstm_tile_new(#"{"tiles": [[1, 1]]}"#, &tile) == 0 { own.append(tile) }
        }
        counts.withLock { $0 += own }
      }
      let all = counts.withLock { $0 }
      #expect(all.count == 3200 && Set(all).count == 3200 && Set(all.map { $0 & 0xfff }).count == 3200)
      let failed = Mutex(0)
      DispatchQueue.concurrentPerform(iterations: 8) { part in
        for tile in all[(400 * part)..<(400 * (part + 1))] where mblstm_tile_free(tile) != 0 {
          failed.withLock { $0 += 1 }
        }
      }
      #expect(failed.withLock { $0 } == 0)
    }

    private final class Meddler {
      var chip: UInt64 = 0
      var said: [String] = []
    }

    @Test("Is in use while a call is under way, for what that call calls too; then it goes on")
    func use() {
      let meddler = Meddler()
      withChip { chip in
        meddler.chip = chip
        must(
          mblstm_chip_log_callback(
            chip,
            { context, _, _, _, _, _ in
              guard let context else { return }
              let meddler = Unmanaged<Meddler>.fromOpaque(context).takeUnretainedValue()
              for call in [mblstm_chip_free(meddler.chip), mblstm_chip_advance(meddler.chip, 5)] {
                meddler.said.append("\(call) \(words)")
              }
            }, Unmanaged.passUnretained(meddler).toOpaque()))
        must(mblstm_chip_write32(chip, 0x4000_0000, 0))
        #expect(cycle(chip) == 1)
      }
      let used = "-2 \(meddler.chip) is in use by another call, expected one at a time"
      // The head, an access, and what it raised.
      #expect(meddler.said.count >= 4 && Set(meddler.said) == [used])
    }

    @Test("The library's versions are those of its header and of its results")
    func versions() {
      #expect(mblstm_abi_version() == 0x0001_0002 && mblstm_results_version() > 0)
    }
  }
}

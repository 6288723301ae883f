import Board
import Files
import RV32
import Registers
import Testing
import Trace

@testable import Tasks

@Suite("Names of a program in a log")
struct PlainNameTests {
  @Test(
    "What Swift has mangled is a type and a function, without arguments, closures, statics and marks of private names",
    arguments: [
      ("$s4main3fooyyF", "main.foo"), ("$s4main1SV3baryyFZ", "main.S.bar"), ("$s4main3fooyyFyycfU_", "main.foo"),
      ("$s4main3foo33_0123456789ABCDEF0123456789ABCDEFLLyyF", "main.foo"), ("$sSi", "Swift.Int"),
    ])
  func mangled(_ name: String, _ readable: String) { #expect(SymbolTable.readable(name) == readable) }

  @Test(
    "Any other name is as it is, but for what a column cannot hold",
    arguments: [
      ("main", "main"), ("$x", "$x"), ("$", "$"), ("", ""), ("a b~!", "a b~!"), ("f(int, char)", "f(int; char)"),
      ("say\"hi\"", "say?hi?"), ("a\nb\tc", "a?b?c"), ("a\u{7f}b", "a?b"), ("a\u{1f}b", "a?b"), ("größe,", "größe;"),
      ("größe", "größe"), ("memory of s4main", "memory of s4main"),
    ])
  func plain(_ name: String, _ readable: String) { #expect(SymbolTable.readable(name) == readable) }

  @Test("Names up to 4096 bytes are whole, longer ones end behind 1024 characters")
  func long() {
    let most = String(repeating: "a", count: 4096)
    #expect(SymbolTable.readable(most) == most)
    #expect(SymbolTable.readable(most + "a") == String(repeating: "a", count: 1024))
    #expect(SymbolTable.readable(String(repeating: "ö", count: 3000)) == String(repeating: "ö", count: 1024))
    #expect(SymbolTable.readable(String(repeating: ",", count: 1025)) == String(repeating: ";", count: 1024))
  }

  @Test("A table keeps addresses, sizes and kinds")
  func table() {
    let table = SymbolTable([
      Symbol(name: "$s4main3fooyyF", address: 8, size: 4, kind: .function),
      Symbol(name: "a,b", address: 16, size: 2, kind: .object),
    ])
    #expect(
      table.readable
        == SymbolTable([
          Symbol(name: "main.foo", address: 8, size: 4, kind: .function),
          Symbol(name: "a;b", address: 16, size: 2, kind: .object),
        ]))
  }
}

@Suite("What a difference is of")
struct DifferenceSubjectTests {
  private static let maps = BlockMap.board(tiles: 2)

  @Test("The fields of its register that hold one of the bits that differ; none of a register that is a number")
  func fields() {
    let sense = MemoryMap.tile(1) + TileRegister.sense.offset(3)
    for (bits, fields) in [
      (0, []), (1, ["EVEN"]), (0x8000, ["EVEN"]), (0x1_0000, ["ODD"]), (0x8000_0000, ["ODD"]),
      (0x1_8000, ["EVEN", "ODD"]),
    ] as [(UInt32, [String])] {
      let subject = DifferenceSubject(Transaction(.read, sense, 0), bits: bits, in: Self.maps)
      #expect(subject == .access(address: sense, fields: fields), "\(bits)")
    }
    let outside = DifferenceSubject(Transaction(.write, 0x5000_0000, 0), bits: .max, in: Self.maps)
    #expect(outside == .access(address: 0x5000_0000, fields: []))
    #expect(DifferenceSubject.fields(at: sense, in: []).isEmpty)
  }

  @Test("That a line left its range is the last word of an event, and nothing else is taken away")
  func saturation() {
    for (detail, without) in [
      ("finished READ saturated", "finished READ"), ("finished READ", "finished READ"),
      ("finished READ saturated unsettled", "finished READ saturated unsettled"), ("saturated", "saturated"),
      (" saturated", ""), ("saturated saturated", "saturated"), ("", ""),
    ] {
      let text = EntryText(register: "MBX1", detail: detail)
      #expect(text.withoutSaturation == EntryText(register: "MBX1", detail: without), "\(detail)")
    }
  }
}

@Suite("Numbers of intervals")
struct IntervalNumberTests {
  @Test("Below 3 degrees of freedom they are rounded down, to 1 at least")
  func few() {
    for (degrees, t) in [
      (0.1, 12.706204736174698), (1, 12.706204736174698), (1.999999, 12.706204736174698), (2, 4.302652729749464),
      (2.999999, 4.302652729749464), (3, 3.178616995054), (6, 2.446559362),
    ] {
      #expect(abs(MeanInterval.student(degrees: degrees) - t) < (degrees == 6 ? 5e-4 : 1e-8), "\(degrees)")
    }
  }

  /// Worked out apart from the program by the formulas of the documentation.
  @Test(
    "With an accuracy they are those of its formulas",
    arguments: [
      (0.5, 0.0, 2, 4, 0.07680247227352466, 0.9231975277264753),
      (0.5, 0.1, 3, 101, 0.32531828654735034, 0.6746817134526497),
      (0.8, 0.3, 2, 50, 0.012904376204690815, 0.9991835997978233),
      (0.9, 0.02, 4, 3, 0.11280962427851882, 0.9984326604557143),
      (0.25, 0.2, 3, 1000, 0.03568029183047705, 0.7501851169673251),
    ])
  func accuracies(_ mean: Double, _ deviation: Double, _ seeds: Int, _ sequences: Int, _ lower: Double, _ upper: Double)
    throws
  {
    let interval = try #require(
      MeanInterval(accuracy: mean, deviation: deviation, seeds: seeds, sequences: sequences))
    #expect(abs(interval.lower - lower) < 1e-9 && abs(interval.upper - upper) < 1e-9, "\(interval)")
  }

  @Test("What is no share is no accuracy")
  func noShares() {
    for mean in [-1e-9, 1 + 1e-9, .infinity, -.infinity, .nan] {
      #expect(MeanInterval(accuracy: mean, deviation: 0.1, seeds: 5, sequences: 100) == nil, "\(mean)")
    }
    for (seeds, sequences) in [(0, 9), (1, 9), (9, 0), (9, 1), (-1, 9)] {
      #expect(MeanInterval(accuracy: 0.5, deviation: 0.1, seeds: seeds, sequences: sequences) == nil)
    }
    #expect(MeanInterval(mean: 0.5, deviation: 0.1, seeds: 0) == nil)
    let two = MeanInterval(mean: 5, deviation: 2.0.squareRoot(), seeds: 2)
    #expect(two.map { abs($0.lower - (5 - 12.706204736174698)) < 1e-8 } == true)
  }
}

@Suite("Headers and rows of answers")
struct AnswerRowTests {
  private static let header = "# mblstm answers 1 task=toy sequences=2 data=00000000\nsequence,label,answer,right\n"

  private static func problem(_ text: String) -> String? {
    do throws(InputError) {
      _ = try AnswerFile(Array(text.utf8), named: "a.csv")
      return nil
    } catch {
      return error.description.split(separator: "a.csv").last.map(String.init)
    }
  }

  @Test("Rows are numbered from 1, with classes of any size and a mark that tells whether they are equal")
  func rows() throws {
    let file = try AnswerFile(Array((Self.header + "1,0,7,0\n2,1000000,1000000,1\n").utf8), named: "a.csv")
    #expect(file.labels == [0, 1_000_000] && file.answers == [7, 1_000_000] && file.accuracy == 0.5)
    #expect(file.task == "toy" && file.data == "00000000")
  }

  @Test("A row that is not as it would be written is refused, with its line and its number")
  func noRows() {
    for row in [
      "2,1,1,0", "2,1,0,1", "1,1,1,1", "3,1,1,1", "2,01,1,1", "2,1,+1,1", "2,1,1", "2,1,1,1,", "2,-1,-1,1", "x",
    ] {
      let said = Self.problem(Self.header + "1,0,0,1\n" + row + "\n")
      let expected = "expected sequence 2, its label, the answer, and 1 where they are equal"
      #expect(said == ":4: '\(row)', \(expected)", "\(row)")
    }
    let first = Self.problem(Self.header + "0,0,0,1\n")
    #expect(first == ":3: '0,0,0,1', expected sequence 1, its label, the answer, and 1 where they are equal")
  }

  @Test("As many rows as the header says, and one at least")
  func numbers() {
    #expect(Self.problem(Self.header + "1,0,0,1\n") == ":1: the header: sequences=2, the file has 1")
    #expect(Self.problem(Self.header + "1,0,0,1\n2,0,0,1\n3,0,0,1\n") == ":1: the header: sequences=2, the file has 3")
    let none = Self.header.replacing("sequences=2", with: "sequences=0")
    #expect(Self.problem(none) == ":1: the header: sequences=0, the file has 0")
    let words = Self.header.replacing("sequences=2", with: "sequences=two") + "1,0,0,1\n"
    #expect(Self.problem(words) == ":1: the header: sequences=two, the file has 1")
    #expect(
      Self.problem("# mblstm answers 1 task=toy sequences=2 data=0\n") == ":2: expected 'sequence,label,answer,right'")
  }

  @Test("Each of the three items of the header is needed", arguments: [" task=toy", " sequences=2", " data=00000000"])
  func items(_ item: String) {
    let said = Self.problem(Self.header.replacing(item, with: "") + "1,0,0,1\n2,0,0,1\n")
    #expect(said == ":1: the header: expected task=…, sequences=… and data=…")
  }

  @Test("Files of two test sets are told apart with the names, numbers and checksums of both")
  func compared() throws {
    let rows = "1,0,0,1\n2,1,0,0\n"
    let one = try AnswerFile(Array((Self.header + rows).utf8), named: "a.csv")
    let text = Self.header.replacing("data=00000000", with: "data=00000001") + rows
    let other = try AnswerFile(Array(text.utf8), named: "b.csv")
    let error = #expect(throws: InputError.self) { try one.compared(with: other, named: ("a.csv", "b.csv")) }
    #expect(
      error?.description.contains(
        "is of another test set than a.csv: toy, 2 sequences, checksum 00000001, not toy, 2 sequences, checksum 00000000"
      )
        == true, "\(String(describing: error))")
    let right = try one.compared(with: one, named: ("a.csv", "a.csv"))
    #expect((right.first, right.second, right.firstAlone, right.secondAlone) == (1, 1, 0, 0))
    #expect(right.mcnemarExactP == 1)
  }

  @Test("Numbers that differ by one or not at all say nothing; by two they begin to")
  func smallNumbers() {
    #expect(McNemar.exactP(1, 0) == 1 && McNemar.exactP(4, 5) == 1 && McNemar.exactP(600, 601) == 1)
    #expect(McNemar.exactP(2, 0) == 0.5 && McNemar.exactP(1, 3) == 0.625)
  }
}

import Files
import Foundation
import Tasks
import Testing

@Suite("Sequence files")
struct SequenceSetTests {
  private func read(_ text: String) throws -> SequenceSet {
    let file = try TemporaryFile(text)
    defer { file.remove() }
    return try SequenceSet(csv: file.path)
  }

  /// The message without the folder of the file.
  private func problem(_ text: String) throws -> String {
    let file = try TemporaryFile(text)
    defer { file.remove() }
    do throws(InputError) {
      _ = try SequenceSet(csv: file.path)
      return "no error"
    } catch {
      return error.description.replacingOccurrences(
        of: (file.path as NSString).deletingLastPathComponent + "/", with: "")
    }
  }

  @Test("Values are scaled by the header to Q0.15")
  func scales() throws {
    let set = try read("# name=a T=2 F=2 classes=3 offset=8 scale=8\n2,0,8,16,12\n0,8,8,8,8\n")
    #expect(set.name == "a")
    #expect(set.features == 2 && set.classes == 3)
    #expect(set.sequences.map(\.label) == [2, 0])
    #expect(set.sequences[0].values == [-32_768, 0, 32_767, 16_384])
    #expect(set.sequences[0].steps == 2)
  }

  @Test("Sequences of variable length keep their own number of steps")
  func variableLength() throws {
    let set = try read("# T=9 F=2 classes=2 variable_length=1 scale=10\r\n0,1,2\r\n1,1,2,3,4,5,6\r\n")
    #expect(set.sequences.map(\.steps) == [1, 3])
  }

  @Test("A frame joins successive steps")
  func frames() throws {
    let set = try read("# T=4 F=1 classes=2 scale=4 frame=2\n1,1,2,3,4\n")
    #expect(set.features == 2)
    #expect(set.sequences[0].steps == 2)
  }

  @Test(
    "Every mistake is named with its file, its line and what was expected",
    arguments: [
      ("1,2,3\n", "file.csv:1: expected a header line such as '# T=8 F=8 classes=10 offset=8 scale=8'"),
      ("", "file.csv:1: expected a header line such as '# T=8 F=8 classes=10 offset=8 scale=8'"),
      ("# F=2\n0,1,2\n", "file.csv:1: the header: classes=…, 2 or more, is missing"),
      ("# classes=2\n0,1,2\n", "file.csv:1: the header: F=…, the number of values in a step, is missing"),
      ("# F=x classes=2\n", "file.csv:1: the header: F=x, expected a positive whole number"),
      ("# F=1 classes=2 scale=0\n0,1\n", "file.csv:1: the header: scale=0, expected another number"),
      (
        "# F=1 classes=2 offset=nan\n0,1\n",
        "file.csv:1: the header: offset=nan, expected a number from -1e100 to 1e100"
      ),
      (
        "# F=1 classes=2 scale=1e101\n0,1\n",
        "file.csv:1: the header: scale=1e101, expected a number from -1e100 to 1e100"
      ),
      ("# regression F=1 frame=2\n0,1\n", "file.csv:1: the header: frame=2, expected none for regression"),
      ("# name=a\u{2028}b F=1 classes=2\n0,1\n", "file.csv:1: the header: the name is not one line of text"),
      ("# T=5 F=1 classes=2 frame=2\n0,1\n", "file.csv:1: the header: T=5 is not a multiple of frame=2"),
      ("# F=1 F=2 classes=2\n0,1\n", "file.csv:1: the header: 'F' is there twice"),
      ("# F=1 classes=2 Scale=2\n0,1\n", "file.csv:1: the header: 'Scale' is unknown, did you mean 'scale'?"),
      (
        "# F=1 classes=2 variable_length=yes\n0,1\n", "file.csv:1: the header: variable_length=yes, expected 0 or 1"
      ),
      ("# F=1 classes=2 n=2\n0,1\n", "file.csv:1: the header: n=2, the file has 1"),
      ("# F=2 classes=2\n", "file.csv: no sequences, expected at least one after the header"),
      ("# F=2 classes=2\n0,1,1\n2,1,1\n", "file.csv:3: label '2', expected 0 to 1"),
      ("# F=2 classes=2\n-1,1,1\n", "file.csv:2: label '-1', expected 0 to 1"),
      ("# F=2 classes=2\nx,1,1\n", "file.csv:2: label 'x', expected 0 to 1"),
      (
        "# F=2 classes=2\n0,1,1,1\n",
        "file.csv:2: 3 values after the label, expected a multiple of 2 (values in a step)"
      ),
      ("# F=2 classes=2\n0\n", "file.csv:2: 0 values after the label, expected a multiple of 2 (values in a step)"),
      ("# T=2 F=2 classes=2\n0,1,1\n", "file.csv:2: 2 values after the label, expected T·F = 4"),
      ("# F=2 classes=2\n0,1,y\n", "file.csv:2: value 2 is 'y', expected a number"),
      ("# F=2 classes=2\n0,1,\n", "file.csv:2: value 2 is '', expected a number"),
      (
        "# F=2 classes=2 scale=2\n0,1,3\n",
        "file.csv:2: value 2 is 3, outside ±1 after (value − offset)/scale; adjust offset and scale"
      ),
    ])
  func mistakes(_ text: String, _ message: String) throws {
    #expect(try problem(text) == message)
  }

  @Test("A file that is not there is named")
  func missing() {
    let reason = "cannot be read: No such file or directory; expected a file of sequences"
    #expect(throws: InputError("/nowhere/x.csv", reason)) {
      try SequenceSet(csv: "/nowhere/x.csv")
    }
  }
}

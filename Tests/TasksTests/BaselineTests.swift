import FixedPoint
import Foundation
import TestSupport
import Testing

@testable import Tasks

@Suite("Baselines in floating point")
struct BaselineTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("vectors/reference").path

  private static func python(_ arguments: String...) throws -> (output: String, status: Int32) {
    let result = try Shell.run(
      "/usr/bin/env", ["OPENBLAS_NUM_THREADS=1", "python3", "\(folder)/\(arguments[0])"] + arguments.dropFirst())
    return (result.output, result.status)
  }

  @Test("Gradients, rule and regressions are what they say", .needs(.python3, .numpy))
  func checks() throws {
    let result = try Self.python("float_checks.py")
    #expect(result.status == 0 && result.output.contains("OK"), "\(result.output)")
  }

  @Test("They are trained with the settings of the product's presets", .needs(.python3, .numpy))
  func settings() throws {
    let result = try Self.python("baselines.py", "--settings")
    let expected = try TaskCatalog.names.compactMap { name -> String? in
      let set = try TaskCatalog().task(name).trainingSet()
      guard !set.isRegression else { return nil }
      let options = TrainingOptions.preset(for: name).fitted(to: set.sequences.count)
      #expect(options.rule == .errorFeedback && options.schedule == .linear && options.activation == .hard, "\(name)")
      let numbers = [options.window, options.forgetBias, options.spread, options.rate].map { String(format: "%g", $0) }
      return """
        \(name) inputs=\(set.features) hidden=\(options.hidden) window=\(numbers[0]) forget_bias=\(numbers[1]) \
        spread=\(numbers[2]) rate=\(numbers[3]) epochs=\(options.epochs) batch=\(options.batch)
        """
    }
    #expect(result.output.split(separator: "\n").map(String.init) == expected)
    #expect(result.status == 0 && !expected.isEmpty)
  }

  /// Sequences of two steps, so many of each; the class is the first of them.
  private static func sequences(_ counts: [(first: Int, second: Int, count: Int)]) -> String {
    "# name=first F=1 classes=2 offset=0 scale=1\n"
      + counts.map { first, second, count in
        String(repeating: "\(first > 0 ? 1 : 0),\(first),\(second)\n", count: count)
      }.joined()
  }

  @Test("Where the class is the first of two steps, each method reaches what it can", .needs(.python3, .numpy))
  func knownClasses() throws {
    // -1 is the commoner class behind either second step, and with -1, 1 rather than 1, -1 of the mean 0.
    let train = try TemporaryFile(Self.sequences([(-1, -1, 12), (-1, 1, 14), (1, -1, 8), (1, 1, 6)]))
    let test = try TemporaryFile(Self.sequences([(-1, -1, 3), (-1, 1, 3), (1, -1, 1), (1, 1, 3)]))
    defer {
      train.remove()
      test.remove()
    }
    let result = try Self.python(
      "baselines.py", "--train", train.path, "--test", test.path, "--hidden", "4", "--epochs", "40")
    let rows = result.output.replacing(#/ \(L2 [0-9.e-]+\)/#, with: "")
    #expect(
      rows == """
        | first | test set |
        |---|---|
        | majority | 60.0 % |
        | soft-max on all values | 100.0 % |
        | soft-max on the mean step | 90.0 % |
        | 1-NN on all values | 100.0 % |
        | memoryless (LSTM 4) | 60.0 ± 0.0 % |
        | float, same rule (LSTM 4) | 100.0 ± 0.0 % |


        """, "\(result.output)")
  }

  @Test("A series that grows by a part each year is known to those that know of years", .needs(.python3, .numpy))
  func knownSeries() throws {
    // Months 3 and 4 alternate, and each year has twice as much as the one before: 3, 4, 3, 4, … 6, 8, 6, 8 …
    let series = (0..<61).map { (3 + $0 % 2) << ($0 / 12) }
    func text(_ steps: Range<Int>) -> String {
      "# name=growing F=1 regression offset=0 scale=128\n"
        + steps.map { "\(series[$0 + 1]),\(series[$0])\n" }.joined()
    }
    let (train, test) = (try TemporaryFile(text(0..<48)), try TemporaryFile(text(48..<59)))
    defer {
      train.remove()
      test.remove()
    }
    let result = try Self.python("baselines.py", "--train", train.path, "--test", test.path)
    // From 48 to 64 and back: 16 each; from 24 and 32: six of 32, five of 24 …; what has grown in between is 2.
    let yearBefore = ((6.0 * 32 * 32 + 5 * 24 * 24) / 11).squareRoot()
    #expect(
      result.output == """
        | growing | error |
        |---|---|
        | last value | 16.0 |
        | a year before | \(String(format: "%.1f", yearBefore)) |
        | a year before, with growth | 0.0 |
        | least squares on 12 values | 0.0 |


        """, "\(result.output)")
  }

  @Test(
    "The table of a README is made and held against it; cells of another table are taken from there",
    .needs(.python3, .numpy))
  func readmeTable() throws {
    let tables = try TemporaryFile(
      #"{"others": {"baselines": {"settings": {"methods": ["majority", "1-NN"], "rows": [{"task": "digits","#
        + #" "in situ": {"table": "mine", "row": "a", "column": "second"}}]}}}}"#)
    defer { tables.remove() }
    func run(_ option: String, _ readme: String) throws -> (output: String, status: Int32) {
      let file = try TemporaryFile(readme, named: "README.md")
      defer { file.remove() }
      let result = try Self.python("baselines.py", "--tables", tables.path, option, file.path)
      return (result.output.replacing(file.path, with: "README.md"), result.status)
    }
    let mine = "<!-- table mine -->\n| what | first | second |\n|---|---|---|\n| a | 1 | 2 % |\n<!-- end mine -->\n"
    let made = try run("--table", mine)
    let lines = made.output.split(separator: "\n")
    #expect(made.status == 0 && lines.prefix(2) == ["| task | majority | 1-NN | in situ |", "|---|---|---|---|"])
    #expect(lines.dropFirst(2) == ["| digits | 10.1 % | 98.0 % | 2 % |"])
    let readme = mine + "<!-- table baselines -->\n\(made.output)<!-- end baselines -->\n"
    #expect(try run("--check", readme) == ("no difference in baselines\n", 0))
    for (old, new, message, status) in [
      ("98.0", "98.1", "README.md:9: expected '\(lines[2])', found '", 1 as Int32),
      ("| digits", "| vowels | 8 % |\n| digits", "README.md:9: expected '\(lines[2])', found '| vowels", 1),
      ("<!-- end baselines -->", "", "README.md: has the line '<!-- end baselines -->' 0 times, expected it once", 2),
      ("| a |", "| b |", "README.md: the table 'mine' has no row 'a'", 2),
      ("second", "third", "README.md: the table 'mine' has no column 'second'", 2),
    ] {
      let other = try run("--check", readme.replacing(old, with: new))
      #expect(other.status == status && other.output.contains(message), "\(new): \(other)")
    }
  }

  @Test("What is asked for and is not there is said", .needs(.python3, .numpy))
  func refusals() throws {
    let result = try Self.python("baselines.py", "numbers")
    #expect(result.status == 2)
    let names = TaskCatalog.names.joined(separator: ", ")
    #expect(result.output.hasSuffix("baselines.py: error: TASK is 'numbers', expected one of: \(names)\n"))
    #expect(try Self.python("baselines.py", "--train", "a.csv").output.contains("--train and --test go together"))
  }
}

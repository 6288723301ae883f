import Files
import Tasks

/// Some tables and plots, whose sweeps run in a folder.
struct Reproduction {
  let names: [String]
  private let file: TablesFile
  private let vectors: String
  private let folder: String
  private let threads: Int
  private let works: [(name: String, work: SweepWork)]

  /// - Parameters:
  ///   - vectors: the folder 'vectors'; README.md is beside it.
  ///   - folder: of the sweeps' results.
  /// - Throws: what cannot be run or shown, before anything runs.
  init(_ file: TablesFile, _ names: [String], vectors: String, folder: String, threads: Int) throws {
    (self.file, self.names, self.vectors, self.folder, self.threads) = (file, names, vectors, folder, threads)
    var works: [(name: String, work: SweepWork)] = []
    for sweep in file.sweeps(of: names) {
      do {
        works.append((sweep.name, try sweep.work(vectors: vectors)))
      } catch let error as UsageError {
        throw sweep.node.error("is no sweep: \(error)")
      }
    }
    self.works = works
    let plans = Dictionary(uniqueKeysWithValues: works.map { ($0.name, $0.work.plan) })
    for table in tables { try table.expectColumns(of: plans) }
  }

  private var tables: [TablesFile.Table] { file.tables.filter { names.contains($0.name) } }
  private var plots: [TablesFile.Plot] { file.plots.filter { names.contains($0.name) } }

  /// Runs what is missing.
  private func results() throws -> [String: SweepResults] {
    var results: [String: SweepResults] = [:]
    for (name, work) in works {
      Console.message("\(name): \(grouped(work.plan.count)) runs")
      results[name] = try work.run(threads: threads, file: "\(folder)/\(name).csv")
    }
    return results
  }

  /// What is made: each table in Markdown and each plot, with its path in the folder.
  func files() throws -> [(path: String, text: String)] {
    let results = try results()
    return try tables.map { ("\(folder)/\($0.name).md", Self.text(try $0.lines(results))) }
      + plots.map { ("\(folder)/\($0.name).svg", Self.plot($0, results)) }
  }

  /// The first line in which README.md, or a plot that is kept, is another; nil where there is none.
  func difference() throws -> String? {
    // What is not there is told before hours of runs.
    let readme = try tables.isEmpty ? nil : TextFile(Self.readme(beside: vectors), expecting: "README.md")
    let standing = try tables.compactMap { table in try readme.map { try ReadmeTable(table.name, in: $0) } }
    let kept = try plots.map { try InputFile.bytes(of: "\(vectors)/plots/\($0.name).svg", expecting: "a plot") }
    let results = try results()
    for (table, stands) in zip(tables, standing) {
      if let difference = stands.difference(from: try table.lines(results)) { return difference }
    }
    for (plot, bytes) in zip(plots, kept) {
      let made = Self.plot(plot, results)
      guard !bytes.elementsEqual(made.utf8) else { continue }
      let path = "\(vectors)/plots/\(plot.name).svg"
      let lines = try TextFile(Array(made.utf8), named: plot.name).lines.map(String.init)
      return TextDifference(try TextFile(bytes, named: path).lines, lines).map { $0.text(in: path, from: 1) }
        ?? "\(path): the ends of lines are others"
    }
    return nil
  }

  static func readme(beside vectors: String) -> String { "\(vectors)/../README.md" }

  private static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  private static func plot(_ plot: TablesFile.Plot, _ results: [String: SweepResults]) -> String {
    guard let results = results[plot.sweep] else { preconditionFailure("the sweep \(plot.sweep) was not run") }
    return results.plot.svg
  }
}

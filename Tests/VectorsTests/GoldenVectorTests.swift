import Foundation
import Testing
import Vectors

/// The golden vectors of the repository.
enum GoldenVectors {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("vectors/v1")

  static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".json") && $0 != "schema.json" }.sorted()
  }

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
}

@Suite("Golden vectors")
struct GoldenVectorTests {
  @Test("The product does what the independent reference says", arguments: GoldenVectors.names)
  func file(_ name: String) throws {
    let folder = try #require(Specification.folder(beside: GoldenVectors.path(name)))
    let file = try VectorFile(path: GoldenVectors.path(name), specification: try Specification(folder: folder))
    #expect(file.provenance == .golden)
    let outcome = file.check()
    #expect(outcome.firstDifference == nil)
    #expect(outcome.passed == file.count)
  }

  @Test("Every suite has its file, under its name")
  func everySuite() throws {
    #expect(GoldenVectors.names == Suite.allCases.map { "\($0.rawValue).json" }.sorted())
    for name in GoldenVectors.names {
      #expect(try VectorFile(path: GoldenVectors.path(name)).suite.rawValue + ".json" == name)
    }
  }

  @Test("Cases with gradients are those whose file says some, of the firmware's suites alone")
  func gradients() throws {
    var all = 0
    for suite in Suite.allCases {
      let path = GoldenVectors.path("\(suite.rawValue).json")
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
      let count = text.ranges(of: "\"gradients\":{").count
      #expect(try VectorFile(path: path).casesWithGradients == count, "\(suite)")
      all += count
    }
    #expect(all > 0)
  }
}

import Files
import FixedPoint
import Foundation
import Tasks
import Testing

@Suite("Model files")
struct ModelTests {
  private static let good = """
    {"task": "t", "inputs": 1, "hidden": 1, "outputs": 2, "activation": "hard", "window": 1,
     "lstm": [[0.1, 0.2, 0.3, 0.4], [0, 0, 0, 0], [1, 1, 1, 1]], "dense": [[0.5, -0.5], [0, 1]]}
    """

  private func problem(replacing old: String, with new: String) throws -> String {
    let file = try TemporaryFile(Self.good.replacingOccurrences(of: old, with: new), named: "m.json")
    defer { file.remove() }
    do throws(InputError) {
      _ = try Model(json: file.path)
      return "no error"
    } catch {
      return error.message
    }
  }

  @Test(
    "Every mistake is named",
    arguments: [
      ("{\"task\"", "[\"task\"", "is not JSON"),
      ("\"hidden\": 1", "\"hiden\": 1", "is not a model: 'hidden' is missing"),
      ("\"hidden\": 1", "\"hidden\": \"1\"", "is not a model: 'hidden' is of another type than expected"),
      ("\"hard\"", "\"soft\"", "is not a model: 'activation' has an unknown value"),
      ("\"hidden\": 1", "\"hidden\": 0", "hidden is 0, expected 1 to 1024"),
      ("\"hidden\": 1", "\"hidden\": 2", "lstm has 3 rows, expected 4"),
      ("[1, 1, 1, 1]", "[1, 1, 1]", "row 2 of lstm has 3 numbers, expected 4"),
      ("-0.5", "-1.5", "row 0 of dense has a weight beyond the window of ±1.0"),
      ("\"window\": 1", "\"window\": 0", "window is 0.0, expected more than 0, below 256"),
    ])
  func mistakes(_ old: String, _ new: String, _ message: String) throws {
    #expect(try problem(replacing: old, with: new) == message)
  }

  @Test("A sound model is read")
  func reads() throws {
    let file = try TemporaryFile(Self.good)
    defer { file.remove() }
    let model = try Model(json: file.path)
    #expect(model.lstm[0][3] == 0.4 && model.dense[0][1] == -0.5 && model.activation == .hard)
  }

  @Test("The float network reaches the accuracy that its training script measured")
  func floatAccuracy() throws {
    let task = try TaskCatalog().task("digits")
    let path = try #require(task.model)
    let model = try Model(json: path)
    let test = try SequenceSet(csv: task.test)
    struct Provenance: Decodable { var float_test_accuracy: Double }
    let data = try #require(FileManager.default.contents(atPath: path))
    let stated = try JSONDecoder().decode(Provenance.self, from: data).float_test_accuracy
    let network = FloatNetwork(model, activation: model.activation)
    // A sixth of the set keeps a debug run short; the whole set is measured by `mblstm run digits`.
    let some = test.sequences.enumerated().filter { $0.offset % 6 == 0 }.map(\.element)
    let right = some.count { network.classify($0) == $0.label }
    #expect(abs(Double(right) / Double(some.count) - stated) < 0.03)
  }
}

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
      return error.description.replacing(FilePath.folder(of: file.path) + "/", with: "")
    }
  }

  @Test(
    "Every mistake is named",
    arguments: [
      ("{\"task\"", "[\"task\"", "m.json:1:8: is not JSON: expected ',' or ']', found ':'"),
      ("\"hidden\": 1", "\"hiden\": 1", "m.json:1: 'hidden' is missing, did you mean 'hiden'?"),
      ("\"hidden\": 1", "\"hidden\": \"1\"", "m.json:1: hidden: expected a whole number from 1 to 1024, found \"1\""),
      (
        "\"hard\"", "\"hart\"",
        "m.json:1: activation: expected one of hard, pwl5, plan, pwl16, found \"hart\", did you mean 'hard'?"
      ),
      ("\"hidden\": 1", "\"hidden\": 0", "m.json:1: hidden: expected a whole number from 1 to 1024, found 0"),
      ("\"hidden\": 1", "\"hidden\": 2", "m.json:2: lstm: expected 4 rows, found 3"),
      ("[1, 1, 1, 1]", "[1, 1, 1]", "m.json:2: lstm[2]: expected 4 numbers, found 3"),
      (
        "-0.5", "-1.5",
        "m.json:2: dense[0][1]: the weight -1.5 is beyond the window of ±1.0, expected a window of at least 1.5"
          + " or weights scaled down"
      ),
      (
        "\"window\": 1", "\"window\": 0", "m.json:1: window: expected a number from 0.00390625 to 255.99609375, found 0"
      ),
      (
        "\"window\": 1", "\"window\": 1, \"window\": 1",
        "m.json:1:90: is not JSON: the name \"window\" is there twice, found '\"'"
      ),
      (
        "\"window\": 1", "\"window\": 1, \"wndow\": 1",
        "m.json:1: the member 'wndow' is unknown, did you mean 'window'?"
      ),
      (
        "\"inputs\"", "\"format\": \"onnx\", \"inputs\"",
        "m.json:1: format: expected 'mblstm-model', the format that this program reads, found \"onnx\""
      ),
      (
        "\"inputs\"", "\"version\": 99, \"inputs\"",
        "m.json:1: version: expected version 1, the one that this program reads, found 99"
      ),
      (
        "\"inputs\"", "\"gate_order\": \"ifco\", \"inputs\"",
        "m.json:1: gate_order: expected the letters of 'ifgo' in the order of the columns, found \"ifco\""
      ),
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

  @Test("A model whose gates stand in another order is the same network", arguments: ["iofg", "ogfi", "gfio"])
  func gateOrder(_ order: String) throws {
    let file = try TemporaryFile(Self.good)
    defer { file.remove() }
    let columns = order.map { gate in ["i": "0.1", "f": "0.2", "g": "0.3", "o": "0.4"][gate] ?? "" }
    let other = try TemporaryFile(
      Self.good.replacing("[0.1, 0.2, 0.3, 0.4]", with: "[\(columns.joined(separator: ", "))]")
        .replacing("\"inputs\"", with: "\"gate_order\": \"\(order)\", \"inputs\""))
    defer { other.remove() }
    #expect(try Model(json: other.path) == Model(json: file.path))
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

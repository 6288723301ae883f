import Board
import Foundation
import TestSupport
import Testing

/// What users' files had that was taken, passed over or ended the process.
@Suite("Files as users reported them")
struct ReportedFileTests {
  private func run(_ script: String, _ prepare: (URL) throws -> Void = { _ in }) throws -> (
    output: String, error: String, status: Int32
  ) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try prepare(folder)
    return try Transcript.run(script, in: folder)
  }

  /// A model of two inputs, one hidden cell and two outputs.
  private static func model(window: String = "1.0", first: String = "0.5", more: String = "") -> String {
    """
    {"task": "t", "inputs": 2, "hidden": 1, "outputs": 2, "activation": "hard", "window": \(window),
    "lstm": [[\(first), 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
    "dense": [[0, 0], [0, 0]]\(more)}
    """
  }

  @Test(
    "A model, a data set and a log with what cannot be meant are refused with line, member, range and remedy",
    arguments: [
      (
        "m.json", model(more: ", \"window\": 4.0"),
        "m.json:3:28: is not JSON: the name \"window\" is there twice, found '\"'"
      ),
      ("m.json", model(more: ","), "m.json:3:27: is not JSON: expected a name in quotes, found '}'"),
      ("m.json", model(more: ", \"wndow\": 3"), "m.json:3: the member 'wndow' is unknown, did you mean 'window'?"),
      ("m.json", model(first: "NaN"), "m.json:2:11: is not JSON: expected a value, found 'N'"),
      (
        "m.json", model(window: "1e-300"),
        "m.json:1: window: expected a number from 0.00390625 to 255.99609375, found 1e-300"
      ),
      (
        "m.json", model(first: "1.5"),
        "m.json:2: lstm[0][0]: the weight 1.5 is beyond the window of ±1.0, expected a window of at least 1.5 or weights scaled down"
      ),
      ("m.json", model(more: ", \"gate_order\": \"iofx\""), "m.json:3: gate_order: "),
      ("m.json", model(more: ", \"version\": 99"), "m.json:3: version: "),
      ("m.json", model(more: ", \"format\": \"onnx\""), "m.json:3: format: "),
      (
        "d.csv", "# name=mine F=3 F=1 classes=2 offset=0 scale=127\n0,1,2,3\n",
        "d.csv:1: the header: 'F' is there twice"
      ),
      (
        "d.csv", "# name=t F=2 classes=2 variable-length=1 offset=0 scale=127\n0,0.5,-0.5\n",
        "d.csv:1: the header: 'variable-length' is unknown, did you mean 'variable_length'?"
      ),
      (
        "d.csv", "# name=t F=2 classes=2 offset=0 Scale=127\n0,0.5,-0.5\n",
        "d.csv:1: the header: 'Scale' is unknown, did you mean 'scale'?"
      ),
      (
        "log.csv",
        """
        # mblstm register log, version 4
        # results version=3
        # chip seed=1 synapse=reference device=vteam
        # tile word-lines=25 bit-lines=64
        # tile word-lines=17 bit-lines=10
        cycle,initiator,kind,address,value,register,detail
        18446744073709551615,firmware,read,0x40010000,0x00000000,,

        """, "log.csv:7: expected a cycle, decimal, below 2^62, found \"18446744073709551615\""
      ),
    ])
  func refused(name: String, text: String, told: String) throws {
    let commands = [
      "m.json": "mblstm run digits --limit 1 --model m.json",
      "d.csv": "mblstm train --data d.csv --test d.csv --epochs 1",
      "log.csv": "mblstm replay log.csv",
    ]
    let ran = try run(#require(commands[name])) {
      try text.write(to: $0.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    #expect(ran.status == 2 && ran.error.split(separator: "\n").count == 1, "\(ran)")
    #expect(ran.error.contains(told), "\(ran.error)")
  }

  @Test("A checkpoint whose checksum is right and whose epochs are not is refused, and stays as it is")
  func epochs() throws {
    let data = "# name=d T=2 F=2 classes=2 offset=0 scale=2\n0,1,0,-1,2\n1,-1,1,0,0\n"
    let train = "mblstm train --data d.csv --test d.csv --hidden 1 --epochs 10 --checkpoint c.mbx"
    let encoded = try run("\(train) >out.txt; base64 c.mbx") {
      try data.write(to: $0.appendingPathComponent("d.csv"), atomically: true, encoding: .utf8)
    }.output
    var text = try #require(Data(base64Encoded: encoded, options: .ignoreUnknownCharacters)).map { $0 }.dropLast(4)
    let old = Array("\"epoch\":10".utf8)
    let place = try #require(text.indices.first { text[$0...].starts(with: old) })
    text.replaceSubrange(place..<place + old.count, with: Array("\"epoch\":-1".utf8))
    let edited = Array(text) + withUnsafeBytes(of: CRC32.checksum(text).littleEndian) { Array($0) }
    let ran = try run("\(train); cmp c.mbx kept.mbx && echo same") {
      try data.write(to: $0.appendingPathComponent("d.csv"), atomically: true, encoding: .utf8)
      for name in ["c.mbx", "kept.mbx"] { try Data(edited).write(to: $0.appendingPathComponent(name)) }
    }
    #expect(ran.error.contains("c.mbx: section 'training-reports' tells of epoch -1, expected 10"), "\(ran)")
    #expect(ran.output == "same\n")
  }

  @Test("A forget bias beyond the window is told, with the remedy")
  func forgetBias() throws {
    let ran = try run("mblstm train reber --window 1 --forget-bias 2 --epochs 1 --limit 3")
    #expect(ran.status == 2)
    #expect(
      ran.error
        == "mblstm train: --forget-bias is '2.0', expected a number within the window of ±1.0; choose a larger window\n"
    )
  }
}

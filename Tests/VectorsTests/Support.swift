import Files
import Vectors

/// A file around cases, well-formed but for what a test puts into it.
func vectorText(
  suite: String = "fixed", kind: String = "value", head: String = "", provenance: String = "recorded",
  _ cases: String...
) -> String {
  """
  {
    "format": 2, "suite": "\(suite)", "kind": "\(kind)", "provenance": "\(provenance)", "purpose": "a test",\(head)
    "source": {"generator": "this test", "specification": "none"}, "fields": {},
    "cases": [\(cases.joined(separator: ",\n      "))]
  }
  """
}

func vectorFile(_ text: String) throws(InputError) -> VectorFile {
  try VectorFile(Array(text.utf8), path: "a.json")
}

/// The error that reading a file ends in, or nil.
func readingError(_ text: String) -> String? {
  do throws(InputError) {
    _ = try vectorFile(text)
    return nil
  } catch {
    return error.description
  }
}

/// The first difference of a file that can be read.
func difference(_ text: String) throws -> String? { try vectorFile(text).check().firstDifference }

/// Requests that configure a 1-1-1 network on a fresh chip, with what the firmware does at the given places.
func firmwareText(
  free: String = "", expected: [String], replies: String = "[[0, 1], [0]]", conductances: String = "",
  gradients: String = ""
) -> String {
  let transactions = expected.map { "\"\($0)\"" }.joined(separator: ", ")
  return vectorText(
    suite: "calibration", kind: "firmware",
    """
    {"id": 1, \(free)"given": {"chip": {"tiles": [[3, 4], [2, 1]]}, "requests": [[1], [9, 1]]}, \
    "expect": {"replies": \(replies), "transactions": [null, [\(transactions)]]\(conductances)\(gradients)}}
    """)
}

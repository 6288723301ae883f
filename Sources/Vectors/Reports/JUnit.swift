import Files

/// Outcomes as JUnit's XML, which every continuous integration reads.
package enum JUnit {
  /// - Parameter errors: files that could not be run.
  package static func text(_ files: [FileOutcome], errors: [InputError]) -> String {
    let cases = files.reduce(0) { $0 + $1.cases.count } + errors.count
    let failures = files.reduce(0) { $0 + $1.failed }
    let head = "name=\"mblstm check\" tests=\"\(cases)\" failures=\"\(failures)\" errors=\"\(errors.count)\""
    let suites = files.map(suite) + errors.map(unreadable)
    return (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites \(head)>"] + suites + ["</testsuites>"])
      .joined(separator: "\n") + "\n"
  }

  private static func suite(_ file: FileOutcome) -> String {
    let head =
      "name=\"\(file.suite.rawValue)\" tests=\"\(file.cases.count)\" failures=\"\(file.failed)\" errors=\"0\""
      + " skipped=\"\(file.skipped + file.waived)\"\(time(file.seconds)) file=\"\(escaped(file.path))\""
    let level = file.level.map { "<property name=\"level\" value=\"\($0.rawValue)\"/>" } ?? ""
    let properties =
      "    <properties><property name=\"provenance\" value=\"\(file.provenance.rawValue)\"/>\(level)</properties>"
    return (["  <testsuite \(head)>", properties] + file.cases.map { line($0, file) } + ["  </testsuite>"])
      .joined(separator: "\n")
  }

  private static func line(_ entry: FileOutcome.Case, _ file: FileOutcome) -> String {
    let head =
      "    <testcase classname=\"\(file.suite.rawValue)\" name=\"\(escaped(entry.name))\"\(time(entry.seconds))"
    switch entry.verdict {
    case .passed: return head + "/>"
    case .failed(let text): return head + "><failure message=\"\(escaped(text))\"/></testcase>"
    case .skipped(let text): return head + "><skipped message=\"\(escaped(text))\"/></testcase>"
    case .waived(let reason, let text):
      return head + "><skipped message=\"\(escaped("waived: \(reason): \(text)"))\"/></testcase>"
    }
  }

  /// To the millisecond.
  private static func time(_ seconds: Double?) -> String {
    guard let seconds else { return "" }
    let thousandths = Int((seconds * 1000).rounded())
    let digits = String(thousandths % 1000 + 1000).dropFirst()
    return " time=\"\(thousandths / 1000).\(digits)\""
  }

  private static func unreadable(_ error: InputError) -> String {
    let file = escaped(error.file)
    return """
        <testsuite name="\(file)" tests="1" failures="0" errors="1" skipped="0">
          <testcase classname="\(file)" name="is a file of golden vectors"><error message="\(escaped("\(error)"))"/></testcase>
        </testsuite>
      """
  }

  /// For an attribute; characters that XML cannot hold become U+FFFD.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n", "\t", "\r": escaped += "&#\(scalar.value);"
      case "\u{0}"..<" ", "\u{fffe}", "\u{ffff}": escaped += "\u{fffd}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension FileOutcome {
  /// Of all cases; nil where nobody looked.
  fileprivate var seconds: Double? {
    let known = cases.compactMap(\.seconds)
    return known.isEmpty ? nil : known.reduce(0, +)
  }
}

import Crossbar
import Tasks

/// The ledger in Markdown.
enum FidelityText {
  static func text(_ ledger: FidelityLedger) -> String {
    let kinds = Standing.Kind.allCases.map { "*\($0.rawValue)*, \($0.meaning)" }.joined(separator: "; ")
    let omissions = MarkdownTable.text(["what", "so that"], ledger.omissions.map { [$0.name, $0.consequence] })
    return
      (["# Fidelity ledger", "Standing: \(kinds)."] + ledger.sections.map(text)
      + ["## Not modelled", omissions]).joined(separator: "\n\n")
  }

  private static func text(_ section: FidelityLedger.Section) -> String {
    let all = ["name", "low", "value", "high", "unit", "standing", "source", "meaning"]
    let rows = section.entries.map {
      [$0.name, $0.low, $0.value, $0.high, $0.unit, $0.standing.kind.rawValue, $0.standing.source, $0.meaning]
    }
    // A column that nothing stands in is left out.
    let used = all.indices.filter { column in rows.contains { !$0[column].isEmpty } }
    return "## \(section.title)\n\n"
      + MarkdownTable.text(used.map { all[$0] }, rows.map { row in used.map { row[$0] } })
  }
}

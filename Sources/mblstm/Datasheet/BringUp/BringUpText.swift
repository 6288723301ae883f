import Board
import Firmware
import Registers
import Tasks

/// The guide as Markdown, and what going through it found as text.
struct BringUpText {
  let guide: BringUpGuide

  var markdown: String {
    let steps = guide.steps.enumerated().map { chapter($0 + 1, $1) }
    return ([head] + steps + [appendix]).joined(separator: "\n\n") + "\n"
  }

  private var head: String {
    """
    # First silicon in \(guide.steps.count) steps

    For \(ChipSummary.sentence(guide.chip)). Written by `mblstm datasheet`; `mblstm datasheet --bring-up` with the same
    options does all of it to the emulated chip.

    Each step is a program of register accesses, with what a good part answers: a value, or a band of
    \(Int(ExpectedCodes.deviations)) standard deviations of what the chip's options spread. Numbers without a unit are codes
    of the converters. Steps build on those before them: stop at the first that fails. Programs are of MBX0; steps marked
    *each tile* are for all \(guide.chip.tiles.count), with the sizes of each. Parts with stuck cells fail steps
    \(guide.number(of: "Every word line")) to \(guide.number(of: "READ_T")), at those cells.

    Ideal in the emulated chip, and to be expected of a real one: wires without resistance, no ageing, no drift of
    the converters.
    """
  }

  private func chapter(_ number: Int, _ step: BringUpStep) -> String {
    let actions = step.program(0)
    let requests = self.requests(actions)
    return """
      ## \(number). \(step.title)

      \(step.meaning)\(step.isOfEachTile ? " *Each tile.*" : "")

      ```c
      \(CProgram.function(number, actions))
      ```

      \(expectations(actions))\(requests.isEmpty ? "" : "\n\n" + requests)

      **If not:** \(step.remedy)
      """
  }

  /// A row for each label.
  private func expectations(_ actions: [Action]) -> String {
    var labels: [String] = []
    var bands: [String: (band: Band, isUniform: Bool)] = [:]
    for action in actions {
      guard let (label, band) = action.expectation else { continue }
      guard let before = bands[label] else {
        labels.append(label)
        bands[label] = (band, true)
        continue
      }
      bands[label] = (before.band.joined(band), before.isUniform && before.band == band)
    }
    guard !labels.isEmpty else { return "" }
    let rows = labels.compactMap { label in
      bands[label].map { "| \(label) | \($0.band)\($0.isUniform ? "" : ", each as in the program") |" }
    }
    return (["| what | expected |", "|---|---|"] + rows).joined(separator: "\n")
  }

  private func requests(_ actions: [Action]) -> String {
    let rows = actions.compactMap { action -> String? in
      guard case .request(let request, let answer, let label) = action else { return nil }
      return "| \(label) | \(Self.words(request)) | \(answer.map(\.description).joined(separator: "; ")) |"
    }
    guard !rows.isEmpty else { return "" }
    return (["| the host asks | words | answer, word by word |", "|---|---|---|"] + rows).joined(separator: "\n")
  }

  private static let shownWords = 6

  private static func words(_ request: HostRequest) -> String {
    let all = [request.command.rawValue, UInt32(request.words.count)] + request.words
    let shown = all.prefix(shownWords + 2).map { $0 < 1 << 16 ? "\($0)" : hex($0) }.joined(separator: " ")
    return all.count > shownWords + 2 ? "\(shown) … (\(all.count) words, `bring-up.c`)" : shown
  }

  private var appendix: String {
    """
    ## The programs' own functions

    `bring-up.c` beside this page has them with all steps; compile it with what `mblstm map --header` prints as
    `mblstm.h`, and it leaves the number of failed checks as its exit status.

    ```c
    \(CProgram.prelude)
    ```
    """
  }

  /// What a run found, for people.
  static func text(_ outcomes: [StepOutcome], _ guide: BringUpGuide) -> String {
    let lines = zip(outcomes, guide.steps).flatMap { outcome, step -> [String] in
      let number = String(outcome.number).leftPadding(to: 2)
      let head = "\(number)  \(outcome.passed ? "pass" : "FAIL")  \(outcome.title), \(outcome.checks) checks"
      let found = outcome.findings.map { "          \($0)" }
      return [head] + found
        + (outcome.failure.map { ["          ! \($0)", "          check: \(step.remedy)"] } ?? [])
    }
    let passed = outcomes.filter(\.passed).count
    return (lines + ["\(passed) of \(outcomes.count) steps passed"]).joined(separator: "\n")
  }
}

extension Action {
  /// What is looked at, and what it may be.
  var expectation: (label: String, band: Band)? {
    switch self {
    case .expect(_, let band, let label), .compare(_, _, let band, let label): (label, band)
    case .write, .keep, .drive, .perform, .request: nil
    }
  }
}

extension BringUpGuide {
  /// Number of the step whose title begins so.
  func number(of title: String) -> Int {
    guard let index = steps.firstIndex(where: { $0.title.hasPrefix(title) }) else {
      preconditionFailure("no step '\(title)'")
    }
    return index + 1
  }
}

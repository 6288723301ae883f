/// A piece of C in which numbers are known as such, so that lines that count become loops.
struct CText: Sendable, Equatable, ExpressibleByStringInterpolation {
  enum Token: Sendable, Equatable {
    case text(String)
    case number(Int)
  }

  var tokens: [Token]

  init(tokens: [Token]) { self.tokens = tokens }
  init(stringLiteral value: String) { tokens = [.text(value)] }

  static func number(_ number: Int) -> CText { CText(tokens: [.number(number)]) }

  static func + (left: CText, right: CText) -> CText { CText(tokens: left.tokens + right.tokens) }

  var text: String {
    tokens.map { token in
      switch token {
      case .text(let text): text
      case .number(let number): "\(number)"
      }
    }.joined()
  }
}

/// One statement of C, or a loop of them.
struct CStatement: Sendable, Equatable {
  var lines: [CText]

  init(_ line: CText) { lines = [line] }
  init(lines: [CText]) { self.lines = lines }

  /// What is added to each number from one statement to another of the same shape; nil where the shapes differ.
  func steps(to other: CStatement) -> [Int]? {
    guard lines.count == other.lines.count else { return nil }
    var steps: [Int] = []
    for (line, next) in zip(lines, other.lines) {
      guard line.tokens.count == next.tokens.count else { return nil }
      for pair in zip(line.tokens, next.tokens) {
        switch pair {
        case (.text(let one), .text(let two)): guard one == two else { return nil }
        case (.number(let one), .number(let two)): steps.append(two - one)
        default: return nil
        }
      }
    }
    return steps
  }

  /// The same with what counts written by a variable: `3 + 2 * i`.
  func counted(_ steps: [Int], by variable: String) -> CStatement {
    var rest = steps[...]
    return CStatement(
      lines: lines.map { line in
        CText(
          tokens: line.tokens.flatMap { token -> [CText.Token] in
            guard case .number(let first) = token, let step = rest.popFirst(), step != 0 else { return [token] }
            let counter = step == 1 ? variable : "\(step) * \(variable)"
            return first == 0 ? [.text(counter)] : [.number(first), .text(" + \(counter)")]
          })
      })
  }
}

extension [CStatement] {
  /// Statements that repeat with numbers that count become loops, then loops of loops.
  var folded: [CStatement] { folded(by: "i").folded(by: "k") }

  private static let longestBody = 12
  private static let fewestTurns = 3

  private func folded(by variable: String) -> [CStatement] {
    var result: [CStatement] = []
    var place = 0
    while place < count {
      let best = (1...Self.longestBody).map { (body: $0, turns: turns(at: place, body: $0)) }
        .filter { $0.turns >= Self.fewestTurns }.max { ($0.body * $0.turns, -$0.body) < ($1.body * $1.turns, -$1.body) }
      guard let best else {
        result.append(self[place])
        place += 1
        continue
      }
      result.append(loop(at: place, body: best.body, turns: best.turns, variable))
      place += best.body * best.turns
    }
    return result
  }

  private func steps(from place: Int, to other: Int, body: Int) -> [[Int]]? {
    guard other + body <= count else { return nil }
    var steps: [[Int]] = []
    for offset in 0..<body {
      guard let step = self[place + offset].steps(to: self[other + offset]) else { return nil }
      steps.append(step)
    }
    return steps
  }

  private func turns(at place: Int, body: Int) -> Int {
    guard let steps = steps(from: place, to: place + body, body: body) else { return 1 }
    var turns = 2
    while self.steps(from: place + (turns - 1) * body, to: place + turns * body, body: body) == steps { turns += 1 }
    return turns
  }

  private func loop(at place: Int, body: Int, turns: Int, _ variable: String) -> CStatement {
    let steps = steps(from: place, to: place + body, body: body) ?? []
    let inner = (0..<body).flatMap { self[place + $0].counted(steps[$0], by: variable).lines }
    let head = "for (int \(variable) = 0; \(variable) < " + CText.number(turns) + "; \(variable)++) {"
    return CStatement(lines: [head] + inner.map { "  " + $0 } + ["}"])
  }
}

import Foundation
import TestSupport
import Testing

@Suite("Completions")
struct CompletionTests {
  /// What is offered for each line, of which the last word is being written.
  private static let cases: [(line: String, offers: [String], not: [String])] = [
    ("mblstm ru", ["run"], ["train"]),
    ("mblstm --v", ["--version"], ["--help"]),
    ("mblstm run d", ["digits"], ["vowels"]),
    ("mblstm run digits --syn", ["--synapse"], ["--seed"]),
    ("mblstm run --synapse dif", ["differential"], ["digits"]),
    ("mblstm run digits --device neurosim-p", ["neurosim-pcmo"], ["umass"]),
    ("mblstm run digits --device c", ["constant-step", "c.json"], ["umass"]),
    ("mblstm device vt", ["vteam"], ["umass"]),
    ("mblstm replay a", ["a.csv"], ["a.json"]),
    ("mblstm replay inner/", ["inner/b.csv"], []),
    ("mblstm run --model a", ["a.json"], ["a.csv"]),
    ("mblstm sweep mer", ["merge"], []),
    ("mblstm sweep merge a", ["a.csv"], ["a.json"]),
    ("mblstm help swe", ["sweep"], []),
    ("mblstm compare a", ["a.csv"], ["a.json"]),
    ("mblstm reproduce --tables a", ["a.json"], ["a.csv"]),
    ("mblstm export rea", ["readmemh"], []), ("mblstm export e", ["elf"], []),
    ("mblstm exec -- a", ["a.elf"], ["a.csv"]),
  ]

  private func inFolder(_ script: String, _ body: (_ script: String) -> String) throws -> [String] {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(
      at: place.appendingPathComponent("inner"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    for name in ["a.csv", "a.json", "a.elf", "c.json", "inner/b.csv"] {
      try Data().write(to: place.appendingPathComponent(name))
    }
    try body(script).write(to: place.appendingPathComponent("drive"), atomically: true, encoding: .utf8)
    let result = try Transcript.run("mblstm completions \(script) > completions; \(script) drive", in: place)
    #expect(result.error == "")
    return result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// - Parameter offersAllFiles: fish's way is to offer files of the wrong kind too, behind the right ones.
  /// - Parameter namesOnly: zsh is given files without the folder that is written already.
  private func check(_ printed: [String], offersAllFiles: Bool = false, namesOnly: Bool = false) {
    let answers = printed.dropLast().split(separator: "==", omittingEmptySubsequences: false).dropLast()
    #expect(answers.count == Self.cases.count)
    for ((line, offers, not), answer) in zip(Self.cases, answers) {
      let words = answer.flatMap { $0.split(separator: "\t").prefix(1) }
        .map { $0.trimmingCharacters(in: .whitespaces) }
      for offer in offers {
        let offer = namesOnly ? offer.split(separator: "/").last.map(String.init) ?? "" : offer
        #expect(words.contains(offer), "\(line): \(words)")
      }
      for word in not where !(offersAllFiles && word.contains(".")) {
        #expect(!words.contains(word), "\(line): \(words)")
      }
    }
  }

  @Test("bash offers verbs, options, choices, files and tasks, and no others", .needs(.bash))
  func bash() throws {
    check(
      try inFolder("bash") { _ in
        ". ./completions\n"
          + Self.cases.map { line, _, _ in
            """
            COMP_WORDS=(\(line)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _mblstm
            printf '%s\\n' "${COMPREPLY[@]}"; echo ==
            """
          }.joined(separator: "\n")
      })
  }

  @Test("bash completes a value behind '='", .needs(.bash))
  func equals() throws {
    let printed = try inFolder("bash") { _ in
      """
      . ./completions
      COMP_WORDS=(mblstm run --synapse = ref); COMP_CWORD=4; _mblstm; echo "${COMPREPLY[@]}"
      COMP_WORDS=(mblstm run --limit = 3 dig); COMP_CWORD=5; _mblstm; echo "${COMPREPLY[@]}"
      COMP_WORDS=(mblstm run --device =); COMP_CWORD=3; _mblstm; echo "${COMPREPLY[0]}"
      """
    }
    #expect(printed == ["reference", "digits", "vteam", ""])
  }

  @Test("fish offers verbs, options, choices, files and tasks, and no others", .needs(.fish))
  func fish() throws {
    check(
      try inFolder("fish") { _ in
        "source completions\n"
          + Self.cases.map { line, _, _ in "complete -C '\(line)'; echo ==" }.joined(separator: "\n")
      }, offersAllFiles: true)
  }

  @Test("zsh offers verbs, options, choices, files and tasks, and no others", .needs(.zsh))
  func zsh() throws {
    check(
      try inFolder("zsh") { _ in
        Self.zshDriver + Self.cases.map { line, _, _ in "offers '\(line)'; print -r '=='" }.joined(separator: "\n")
      }, namesOnly: true)
  }

  /// A zsh on a terminal of its own, whose `compadd` writes what it is given to a file.
  private static let zshDriver = #"""
    zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell 'autoload -Uz compinit; compinit -u -d ./dump; . ./completions'
    zpty -w shell 'compadd() { local -a shown; if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi; builtin compadd -A shown "$@"; print -rl -- $shown >>offered; builtin compadd "$@"; }'
    zpty -w shell 'widget() { BUFFER=$(<line); CURSOR=$#BUFFER; zle complete-word; BUFFER=; print -r "==" >>offered; zle accept-line }; zle -C complete-word complete-word _main_complete; zle -N widget; bindkey "^X" widget; print -r "==" >ready'
    for try in {1..400}; do [[ -s ready ]] && break; sleep 0.05; done
    offers() {
      print -rn -- $1 >line; : >offered
      zpty -w -n shell $'\C-x'
      for try in {1..400}; do [[ $(<offered) == *== ]] && break; sleep 0.05; done
      grep -v '==' offered
      return 0
    }

    """#
}

/// Completions for bash 4.1 and later.
enum BashCompletions {
  static func text(_ verbs: [any Verb.Type]) -> String {
    let names = (verbs.map { $0.name } + TopOptions.names).joined(separator: " ")
    return """
      # Completions of mblstm for bash, printed by 'mblstm completions bash'.
      _mblstm_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }
      _mblstm_files() {
        local suffix
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(
          if [ -z "$1" ]; then compgen -f -- "$cur"; else compgen -d -- "$cur"; fi
          for suffix in $1; do compgen -f -X "!*.$suffix" -- "$cur"; done
        )
      }
      _mblstm_words_or_files() {
        local words
        _mblstm_words "$1"
        words=("${COMPREPLY[@]}")
        _mblstm_files "$2"
        COMPREPLY=("${words[@]}" "${COMPREPLY[@]}")
      }
      _mblstm_folders() {
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -d -- "$cur")
      }
      _mblstm() {
        local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} verb=${COMP_WORDS[1]} valued=
        local i count=0 ended=
        COMPREPLY=()
        if [ "$COMP_CWORD" -eq 1 ]; then _mblstm_words '\(names)'; return; fi
        if [ "$cur" = = ]; then cur=; elif [ "$prev" = = ]; then prev=${COMP_WORDS[COMP_CWORD - 2]}; fi
        case $verb in
      \(verbs.map(valued).joined(separator: "\n"))
        *) return ;;
        esac
        for ((i = 2; i < COMP_CWORD; i++)); do
          case ${COMP_WORDS[i]} in
          --) ended=yes; count=$((count + COMP_CWORD - i - 1)); break ;;
          -?*)
            if [[ " $valued " == *" ${COMP_WORDS[i]} "* ]]; then
              [ "${COMP_WORDS[i + 1]}" = = ] && i=$((i + 1))
              i=$((i + 1))
            fi ;;
          *) count=$((count + 1)) ;;
          esac
        done
        if [ -z "$ended" ]; then
          case "$verb $prev" in
      \(verbs.flatMap(values).joined(separator: "\n"))
          esac
          case "$verb $cur" in
      \(verbs.map(options).joined(separator: "\n"))
          esac
        fi
        case "$verb $count" in
      \(verbs.flatMap(operands).joined(separator: "\n"))
        esac
      }
      complete -F _mblstm mblstm
      """
  }

  private static func valued(_ verb: any Verb.Type) -> String {
    let names = verb.allOptions.filter { $0.value != nil }.flatMap(\.names)
    return "  \(verb.name)) valued='\(names.joined(separator: " "))' ;;"
  }

  private static func values(_ verb: any Verb.Type) -> [String] {
    verb.allOptions.compactMap { option in
      option.completion.map { completion in
        "    \(option.names.map { "'\(verb.name) \($0)'" }.joined(separator: " | "))) \(call(completion)); return ;;"
      }
    }
  }

  private static func options(_ verb: any Verb.Type) -> String {
    let names = verb.allOptions.flatMap(\.names).joined(separator: " ")
    return "    '\(verb.name) -'*) _mblstm_words '\(names)'; return ;;"
  }

  private static func operands(_ verb: any Verb.Type) -> [String] {
    var first = 0
    return verb.operands.map { operand in
      defer { first += operand.count.upperBound }
      let places =
        operand.count.upperBound > 8
        ? "*"
        : (first..<first + operand.count.upperBound).map(String.init)
          .joined(separator: " | '\(verb.name) '")
      return "  '\(verb.name) '\(places)) \(call(Completion(operand.kind))) ;;"
    }
  }

  private static func call(_ completion: Completion) -> String {
    switch completion {
    case .nothing: ":"
    case .words(let words): "_mblstm_words '\(words.joined(separator: " "))'"
    case .wordsOrFiles(let words, let suffixes):
      "_mblstm_words_or_files '\(words.joined(separator: " "))' '\(suffixes.joined(separator: " "))'"
    case .files(let suffixes): "_mblstm_files '\(suffixes.joined(separator: " "))'"
    case .folders: "_mblstm_folders"
    }
  }
}

/// What a shell can offer for a value.
enum Completion: Equatable {
  case nothing
  case words([String])
  case wordsOrFiles([String], suffixes: [String])
  /// Files whose names end so, or any where that is empty; and folders on the way there.
  case files([String])
  case folders

  init(_ kind: ValueKind) {
    self =
      switch kind {
      case .choice(let names): .words(names)
      case .nameOrInput(let names, let form): .wordsOrFiles(names, suffixes: form.suffixes)
      case .input(let form), .output(let form, _): .files(form.suffixes)
      case .folder: .folders
      case .text, .whole, .number, .share, .address, .list, .form: .nothing
      }
  }
}

extension Option {
  var completion: Completion? { value.map { Completion($0.kind) } }
}

/// The options before any verb.
enum TopOptions {
  static let names = Option.help.names + ["--version"]
}

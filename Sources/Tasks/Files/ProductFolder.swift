import Files

/// Files and folders that come with the product.
package enum ProductFolder {
  /// Where things are looked for, in words.
  package static let places = "here, beside the program or above either"

  /// Where something is: in the current folder, beside the program, or above either.
  /// - Parameter advice: what helps where it is nowhere.
  /// - Throws: when it is nowhere.
  package static func found(_ name: String, or advice: String? = nil) throws(InputError) -> String {
    if let path = path(name) { return path }
    throw InputError(name, "not found \(places)" + (advice.map { "; \($0)" } ?? ""))
  }

  /// Where something is: in the current folder, beside the program, or above either; nil when it is nowhere.
  package static func path(_ name: String) -> String? {
    path(name, above: FilePath.current) ?? aroundProgram(name)
  }

  /// Where something is beside the program or above; nil when it is nowhere.
  package static func aroundProgram(_ name: String) -> String? {
    FilePath.program.flatMap { path(name, above: FilePath.folder(of: $0)) }
  }

  private static func path(_ name: String, above start: String) -> String? {
    var place = start
    while true {
      let candidate = (place == "/" ? "" : place) + "/" + name
      if FilePath.exists(candidate) { return shortened(candidate) }
      if place == "/" || place == "." { break }
      place = FilePath.folder(of: place)
    }
    return nil
  }

  /// The path as the user would write it from the current folder.
  private static func shortened(_ path: String) -> String {
    let here = FilePath.current + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}

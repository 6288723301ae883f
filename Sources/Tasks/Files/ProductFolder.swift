import Files

/// Files and folders that come with the product.
public enum ProductFolder {
  /// Where something is: in the current folder, beside the program, or above either; nil when it is nowhere.
  public static func path(_ name: String) -> String? {
    for start in [FilePath.current, FilePath.program.map(FilePath.folder)].compactMap(\.self) {
      var place = start
      while true {
        let candidate = (place == "/" ? "" : place) + "/" + name
        if FilePath.exists(candidate) { return shortened(candidate) }
        if place == "/" || place == "." { break }
        place = FilePath.folder(of: place)
      }
    }
    return nil
  }

  /// The path as the user would write it from the current folder.
  private static func shortened(_ path: String) -> String {
    let here = FilePath.current + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}

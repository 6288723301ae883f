import Foundation

/// Folders that come with the product.
public enum ProductFolder {
  /// Where a folder is: in the current one, beside the program, or above either; nil when it is nowhere.
  public static func path(_ name: String) -> String? {
    let program = Bundle.main.executablePath ?? "."
    for start in [FileManager.default.currentDirectoryPath, (program as NSString).deletingLastPathComponent] {
      var place = start
      while !place.isEmpty {
        let candidate = (place == "/" ? "" : place) + "/" + name
        if FileManager.default.fileExists(atPath: candidate) { return shortened(candidate) }
        if place == "/" { break }
        place = (place as NSString).deletingLastPathComponent
      }
    }
    return nil
  }

  /// The path as the user would write it from the current folder.
  private static func shortened(_ path: String) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}

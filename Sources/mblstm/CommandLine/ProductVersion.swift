import Board
import Files
import Registers
import Tasks

/// Which product this is, and what it stands on.
struct ProductVersion: Encodable {
  /// Raised with a release; nothing is released yet.
  static let number = "0.1.0-dev"

  let version = number
  let resultsVersion = ResultsVersion.current
  /// Of the checkout that the program stands in; nil outside of one.
  let commit: String?
  /// Of what `map --tiles 8` prints.
  let mapCRC32: String
  /// Of the golden vectors found, one after another in the order of their names; nil where there are none.
  let vectorsCRC32: String?

  init() {
    commit = Checkout.commit
    mapCRC32 = CRC32.digits(ListingMap.text(BlockMap.board(tiles: MemoryMap.maximumTiles)).utf8 + [0x0a])
    let files = (try? CheckVerb.paths([])) ?? []
    let contents = files.compactMap { try? InputFile.bytes(of: $0, expecting: "golden vectors") }
    vectorsCRC32 =
      files.isEmpty || contents.count < files.count ? nil : CRC32.digits(contents.reduce(into: []) { $0 += $1 })
  }

  var text: String {
    """
    mblstm \(version)
    commit   \(commit ?? "unknown")
    results  \(resultsVersion)
    map      \(mapCRC32)
    vectors  \(vectorsCRC32 ?? "none found")
    """
  }
}

/// The checkout that the program stands in, by what git keeps of it.
private enum Checkout {
  static var commit: String? {
    guard ProductFolder.aroundProgram("Sources/mblstm") != nil, let git = ProductFolder.aroundProgram(".git"),
      let own = folder(git), let head = line("\(own)/HEAD")
    else { return nil }
    guard head.hasPrefix("ref: ") else { return head }
    let name = String(head.dropFirst(5))
    let common = line("\(own)/commondir").map { absolute($0, in: own) } ?? own
    return line("\(own)/\(name)") ?? line("\(common)/\(name)") ?? packed(name, in: common)
  }

  /// `.git` itself, or the folder that it names in a work tree of its own.
  private static func folder(_ git: String) -> String? {
    guard let text = line(git), text.hasPrefix("gitdir: ") else { return git }
    return absolute(String(text.dropFirst(8)), in: String(git.dropLast(".git".count)) + ".")
  }

  private static func absolute(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  private static func packed(_ name: String, in folder: String) -> String? {
    lines("\(folder)/packed-refs")?.first { $0.hasSuffix(" \(name)") }?.split(separator: " ").first.map(String.init)
  }

  private static func line(_ path: String) -> String? { lines(path)?.first.map(String.init) }

  private static func lines(_ path: String) -> [Substring]? {
    (try? InputFile.bytes(of: path, expecting: "a file of git")).map {
      String(decoding: $0, as: UTF8.self).split(separator: "\n")
    }
  }
}

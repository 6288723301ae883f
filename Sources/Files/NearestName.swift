/// What someone probably meant who wrote a name that does not exist.
package enum NearestName {
  /// The name with the fewest letters inserted, dropped, changed or swapped; nil where none is near.
  ///
  /// Near is a third of the word's letters, at least one; of equals the first. Upper and lower case are alike.
  package static func of(_ word: some StringProtocol, among names: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased())
    let most = max(letters.count / 3, 1)
    var best: (name: String, distance: Int)?
    for name in names {
      let distance = distance(letters, Array(name.lowercased()))
      if distance <= most, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
  }

  /// `, did you mean 'NAME'?` to put behind a message, or nothing.
  package static func hint(_ word: some StringProtocol, among names: some Sequence<String>) -> String {
    of(word, among: names).map { ", did you mean '\($0)'?" } ?? ""
  }

  /// Damerau and Levenshtein's, with swaps of neighbours (optimal string alignment).
  private static func distance(_ one: [Character], _ other: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...other.count)
    for i in one.indices {
      var row = [i + 1]
      for j in other.indices {
        var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] { least = min(least, before[j - 1] + 1) }
        row.append(least)
      }
      (before, last) = (last, row)
    }
    return last[other.count]
  }
}

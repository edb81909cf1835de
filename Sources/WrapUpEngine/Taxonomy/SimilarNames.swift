internal import Conversations

/// Finds pairs of names that are likely meant to be one.
///
/// Names are compared by their folded letters and digits alone. Two are similar when these are the same, or, from five
/// on, when one letter was added, left out, exchanged or swapped with its neighbour; digits tell names apart.
enum SimilarNames {
  /// Below this a letter is much of a word.
  private static let leastLetters = 5
  private static let lengthLimit = 64
  /// So many names that have the same left are a numbering, not slips.
  private static let groupLimit = 64

  /// Pairs of places, each with the lesser first, ascending. O(names × length × log).
  ///
  /// Names that are one edit apart have something in common that is left when a letter of each, or of the longer one, is
  /// taken out: see Mor and Fraenkel, "A hash code method for detecting and correcting spelling errors" (1982).
  static func pairs(in names: [String]) -> [(Int, Int)] {
    let letters = names.map(letters)
    var remains: [(hash: Int, place: Int)] = []
    for (place, name) in letters.enumerated() where name.count <= lengthLimit && !name.isEmpty {
      // Digits tell names apart: they are never what is left out, and what has others is looked for elsewhere.
      remains.append((name.hashValue, place))
      guard name.count >= leastLetters else { continue }
      for gap in name.indices where !isDigit(name[gap]) && (gap == 0 || name[gap] != name[gap - 1]) {
        remains.append((Array(name[..<gap] + name[(gap + 1)...]).hashValue, place))
      }
    }
    remains.sort { ($0.hash, $0.place) < ($1.hash, $1.place) }
    var found: Set<[Int]> = []
    var start = 0
    while start < remains.count {
      var end = start + 1
      while end < remains.count, remains[end].hash == remains[start].hash { end += 1 }
      for one in start..<end where end - start <= groupLimit {
        for other in (one + 1)..<end where remains[one].place != remains[other].place {
          let (first, second) = (remains[one].place, remains[other].place)
          if areSimilar(letters[first], letters[second]) { found.insert([first, second]) }
        }
      }
      start = end
    }
    return found.map { ($0[0], $0[1]) }.sorted { $0 < $1 }
  }

  private static func letters(_ name: String) -> [Unicode.Scalar] {
    NameFold.fold(name).unicodeScalars.filter {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.numericType != nil }

  private static func areSimilar(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Bool {
    if one == other { return true }
    guard min(one.count, other.count) >= leastLetters - 1, max(one.count, other.count) >= leastLetters,
      digits(one) == digits(other)
    else { return false }
    return NearestNames.edits(one, other) <= 1
  }

  private static func digits(_ name: [Unicode.Scalar]) -> [Unicode.Scalar] {
    name.filter(isDigit)
  }
}

/// Names close to one that was mistyped, nearest first.
package enum NearestNames {
  /// Up to `limit` of `candidates` within a third of the name's length in edits, compared by their folds; never an empty
  /// one.
  /// O(candidates × length²).
  package static func of(_ name: String, among candidates: some Sequence<String>, limit: Int = 3) -> [String]
  {
    let wanted = Array(NameFold.fold(name).unicodeScalars.prefix(64))
    let reach = max(1, wanted.count / 3)
    let near = candidates.compactMap { candidate -> (distance: Int, name: String)? in
      if candidate.isEmpty { return nil }
      let folded = Array(NameFold.fold(candidate).unicodeScalars.prefix(64))
      guard abs(folded.count - wanted.count) <= reach else { return nil }
      let distance = edits(wanted, folded)
      return distance <= reach ? (distance, candidate) : nil
    }
    return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(limit).map(\.name)
  }

  /// Insertions, deletions, replacements and swaps of neighbours from one to the other (optimal string
  /// alignment distance).
  package static func edits(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: other.count + 1)
    var last = Array(0...other.count)
    for row in 0..<one.count {
      var current = [row + 1]
      for column in 0..<other.count {
        var best = min(
          last[column + 1] + 1, current[column] + 1, last[column] + (one[row] == other[column] ? 0 : 1))
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[other.count]
  }
}

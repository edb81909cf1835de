internal import Conversations

/// The order in which the values of a dimension are listed.
enum LabelOrder {
  /// For each code its place: names by alphabet without case and accents, numbers by size, missing last.
  static func ranks(of labels: [HandlingReport.Label]) -> [Int] {
    let folded = labels.map { label in
      if case .name(let name) = label { NameFold.fold(name) } else { "" }
    }
    func precedes(_ one: Int, _ other: Int) -> Bool {
      switch (labels[one], labels[other]) {
      case (.missing, _): return false
      case (_, .missing): return true
      case (.number(let first), .number(let second)): return first < second
      case (.name(let first), .name(let second)):
        if folded[one] != folded[other] {
          return folded[one].unicodeScalars.lexicographicallyPrecedes(folded[other].unicodeScalars)
        }
        return first.utf8.lexicographicallyPrecedes(second.utf8)
      case (.number, .name): return true
      case (.name, .number): return false
      }
    }
    var ranks = [Int](repeating: 0, count: labels.count)
    for (rank, code) in labels.indices.sorted(by: precedes).enumerated() { ranks[code] = rank }
    return ranks
  }
}

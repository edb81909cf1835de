internal import Conversations

/// The order in which the values of a dimension are listed: names by alphabet without case and accents, then by bytes;
/// numbers by size, before names; missing last.
package enum LabelOrder {
  /// For each code its place.
  package static func ranks(of labels: [HandlingReport.Label]) -> [Int] {
    let keys = labels.map(Key.init)
    var ranks = [Int](repeating: 0, count: labels.count)
    for (rank, code) in labels.indices.sorted(by: { keys[$0] < keys[$1] }).enumerated() { ranks[code] = rank }
    return ranks
  }

  /// A label in a form that is compared quickly.
  struct Key: Comparable {
    private let label: HandlingReport.Label
    private let fold: String

    init(_ label: HandlingReport.Label) {
      self.label = label
      fold = if case .name(let name) = label { NameFold.fold(name) } else { "" }
    }

    static func < (one: Key, other: Key) -> Bool {
      switch (one.label, other.label) {
      case (.missing, _): return false
      case (_, .missing): return true
      case (.number(let first), .number(let second)): return first < second
      case (.name(let first), .name(let second)):
        if one.fold != other.fold {
          return one.fold.unicodeScalars.lexicographicallyPrecedes(other.fold.unicodeScalars)
        }
        return first.utf8.lexicographicallyPrecedes(second.utf8)
      case (.number, .name): return true
      case (.name, .number): return false
      }
    }
  }
}

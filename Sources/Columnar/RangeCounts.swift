/// Counts of values by range: how many lie at or below each of some edges, or above all.
///
/// Ranges follow one another: range i holds the values above edge i - 1 and at or below edge i, the last one those
/// above all edges.
package struct RangeCounts: Sendable, Equatable {
  /// Ascending.
  package let edges: [UInt64]
  /// `edges.count + 1` counts a group.
  package private(set) var counts: [UInt64] = []

  /// No groups.
  package init(edges: [UInt64]) {
    self.edges = edges
  }

  /// Makes room for groups up to `count`.
  package mutating func grow(to count: Int) {
    let missing = count * (edges.count + 1) - counts.count
    if missing > 0 { counts.append(contentsOf: repeatElement(0, count: missing)) }
  }

  /// The counts of one group.
  package func counts(of group: Int) -> ArraySlice<UInt64> {
    counts[(group * (edges.count + 1))..<((group + 1) * (edges.count + 1))]
  }

  /// Counts one value. O(log edges).
  @inline(__always)
  package mutating func add(_ value: UInt64, to group: Int) {
    var low = 0
    var high = edges.count
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] < value { low = middle + 1 } else { high = middle }
    }
    counts[group &* (edges.count &+ 1) &+ low] &+= 1
  }

  /// Counts the value of each handled contact that has one. O(entries × log edges).
  package mutating func add(
    rows: [UInt32], groups: [UInt32], seconds: Span<UInt32>, marks: Span<UInt8>, handledBit: UInt8
  ) {
    for entry in rows.indices {
      let row = Int(rows[entry])
      guard seconds[row] != missingSeconds, marks[row] & handledBit != 0 else { continue }
      add(UInt64(seconds[row]), to: Int(groups[entry]))
    }
  }

  /// Counts the value of each conversation that has one. O(entries × log edges).
  package mutating func add(_ entries: ConversationEntries) {
    for entry in 0..<entries.count where entries.values[entry] != missingValue {
      add(entries.values[entry], to: Int(entries.groups[entry]))
    }
  }

  /// Adds the counts of a group of another slice to one of this.
  package mutating func merge(_ group: Int, of other: RangeCounts, into own: Int) {
    for (place, count) in other.counts(of: group).enumerated() {
      counts[own * (edges.count + 1) + place] += count
    }
  }
}

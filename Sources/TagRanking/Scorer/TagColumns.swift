/// Where each tag stands in the weights: tag t has lane c mod 16 of block c / 16, c its column.
///
/// Columns are given out when a tag is first learnt about, to all candidates of that close together, so that the tags
/// of one category share blocks, which is what makes ranking them fast.
struct TagColumns: Equatable, Sendable {
  /// Column of each tag plus 1, by tag id; 0 for none.
  private(set) var columns: [UInt32] = []
  /// The next column.
  private(set) var count = 0

  /// No tag has one.
  init() {}

  /// Columns as a checkpoint holds them; `nil` where they can't be.
  init?(columns: [UInt32], count: Int) {
    // Two for each tag that a store takes: a group begins a new block only where it leaves less than itself.
    guard columns.allSatisfy({ $0 <= count }), count <= 1 << 17 else { return nil }
    (self.columns, self.count) = (columns, count)
  }

  /// The column of a tag; `nil` before it is first learnt about. O(1).
  @inline(__always)
  func column(of tag: Int32) -> Int? {
    let place = Int(tag)
    guard place >= 0, place < columns.count, columns[place] > 0 else { return nil }
    return Int(columns[place]) - 1
  }

  /// Gives columns to the tags that have none, in their order. O(tags).
  ///
  /// A group that would fit into one block and not into the rest of the last begins a new one.
  mutating func add(_ tags: [Int32]) {
    let fresh = tags.count { column(of: $0) == nil }
    guard fresh > 0 else { return }
    let used = count % WeightTable.width
    if used > 0, fresh <= WeightTable.width, used + fresh > WeightTable.width {
      count += WeightTable.width - used
    }
    for tag in tags where column(of: tag) == nil {
      let place = Int(tag)
      precondition(place >= 0, "tags are numbered from 0")
      if place >= columns.count {
        columns.append(contentsOf: repeatElement(0, count: place + 1 - columns.count))
      }
      count += 1
      columns[place] = UInt32(count)
    }
  }
}

/// What learning has changed in a table, so that a second one can be made like it without being copied whole.
struct TableChanges {
  /// More changes than this are a copy's work.
  private static let limit = 1 << 17

  private(set) var rows: [UInt32] = []
  private(set) var slots: [UInt32] = []
  /// Whether nothing less than a copy will do.
  private(set) var isAll = false

  /// A row, or a place of the directory that belongs to it, has changed.
  mutating func noteRow(_ feature: Int) {
    if !isAll { rows.append(UInt32(feature)) }
  }

  /// The weights of some slots have changed.
  mutating func note(_ slots: [UInt32]) {
    if isAll { return }
    self.slots += slots
    if self.slots.count > Self.limit { noteAll() }
  }

  /// Anything may have changed.
  mutating func noteAll() { self = TableChanges(isAll: true) }

  private init(isAll: Bool) { self.isAll = isAll }

  /// Nothing has.
  init() {}
}

extension WeightTable {
  /// Becomes like another, which has changed from what both were. O(changes), or O(slots + directory) for a copy.
  ///
  /// - Parameter slotCount: slots there are.
  func follow(_ other: WeightTable, _ changes: TableChanges, slotCount: Int) {
    guard !changes.isAll else {
      (rows, directory) = (other.rows, other.directory)
      return upper.copy(0..<slotCount, from: other.upper)
    }
    reserveRow(other.rows.count - 1)
    let grown = other.directory.count - directory.count
    if grown > 0 { directory.append(contentsOf: other.directory.suffix(grown)) }
    for feature in changes.rows {
      let row = other.rows[Int(feature)]
      rows[Int(feature)] = row
      for place in Int(row.start)..<(Int(row.start) + Int(row.count)) {
        directory[place] = other.directory[place]
      }
    }
    for slot in changes.slots { upper.copy(Int(slot)..<(Int(slot) + 1), from: other.upper) }
  }
}

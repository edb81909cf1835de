/// What learning has changed in a scorer, so that a second one can be made like it without being copied whole.
struct ScorerChanges {
  /// More numbers than this are a copy's work: half a megabyte.
  private static let limit = 1 << 17

  /// Features whose rows of the table, or places that belong to them, have changed.
  private(set) var rows: [UInt32] = []
  /// Slots whose weights have.
  private(set) var slots: [UInt32] = []
  /// The features of each text that was counted.
  private(set) var texts: [[UInt32]] = []
  /// Whether nothing less than a copy will do.
  private(set) var isAll = false
  private var size = 0

  /// Nothing has changed.
  init() {}

  /// A row, or a place of the directory that belongs to it, has changed.
  mutating func noteRow(_ feature: Int) {
    if makesRoom(for: 1) { rows.append(UInt32(feature)) }
  }

  /// The weights of some slots have changed.
  mutating func note(_ slots: [UInt32]) {
    if makesRoom(for: slots.count) { self.slots += slots }
  }

  /// A text was counted.
  mutating func noteText(_ features: [UInt32]) {
    if makesRoom(for: features.count + 1) { texts.append(features) }
  }

  /// Anything may have changed.
  mutating func noteAll() {
    self = ScorerChanges()
    isAll = true
  }

  private mutating func makesRoom(for count: Int) -> Bool {
    size += count
    if !isAll, size > Self.limit { noteAll() }
    return !isAll
  }
}

extension WeightTable {
  /// Becomes like another, which has changed from what both were. O(changes), or O(slots + directory) for a copy.
  ///
  /// - Parameter slotCount: slots there are.
  func follow(_ other: WeightTable, _ changes: ScorerChanges, slotCount: Int) {
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

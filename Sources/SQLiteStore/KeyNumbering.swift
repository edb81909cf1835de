/// Gives added rows ascending keys.
final class KeyNumbering {
  private var next: Int64
  /// Where a row takes its key; `nil` where SQLite gives the same: appending is cheaper than looking up whether a key is
  /// taken.
  private let place: Int32?

  /// - Parameters:
  ///   - firstKey: the first row's key; `nil` for the one behind all others, which SQLite gives a row without one.
  ///   - place: the position of the key among a row's values, behind all others.
  init(from firstKey: Int64?, in table: String, on connection: SQLiteConnection, place: Int)
    throws(SQLiteFault)
  {
    if let firstKey {
      next = firstKey
    } else {
      next = try connection.integer("SELECT coalesce(max(key), 0) + 1 FROM \(table)")
    }
    self.place = firstKey == nil ? nil : Int32(truncatingIfNeeded: place)
  }

  /// The column of the key, where rows need one.
  static func columns(_ firstKey: Int64?) -> [String] { firstKey == nil ? [] : ["key"] }

  /// Completes a row; its key.
  func endRow(of values: RowInsertion) throws(SQLiteFault) -> Int64 {
    if let place { values.bind(place, number: next) }
    try values.endRow()
    next += 1
    return next - 1
  }
}

internal import CSQLite

/// Adds rows to one table, several a statement: a statement costs as much as the values of several rows.
///
/// A row's values are noted first and handed to SQLite when a statement is full, so that a row too few for it can
/// still go alone. SQLite reads texts where they were noted, without a copy of its own.
@safe
package final class RowInsertion: BindingTarget {
  private let connection: SQLiteConnection
  private let batch: SQLiteStatement
  private let single: SQLiteStatement
  private let columnCount: Int
  private let batchSize: Int
  // Safe: all three address `columnCount * batchSize` elements from init to deinit.
  /// The numbers, and of texts the places in `texts`.
  private let numbers: UnsafeMutablePointer<Int64>
  /// What each value is: ``Kind``, or the length of a text.
  private let kinds: UnsafeMutablePointer<Int32>
  /// What each value of ``batch`` was when it was bound last.
  private let bound: UnsafeMutablePointer<Int32>
  // Safe: `texts` addresses `textRoom` bytes, of which `textCount` have been noted.
  private var texts: UnsafeMutableRawPointer
  private var textRoom = 1 << 14
  private var textCount = 0
  /// Rows that are complete, and where the values of the one after them begin.
  private var rowCount = 0
  private var start = 0

  private enum Kind {
    static let null: Int32 = -1
    static let number: Int32 = -2
  }

  /// - Parameters:
  ///   - columns: every other column keeps its default.
  ///   - batchSize: rows kept back until they fill a statement; see ``flush()``.
  init(into table: String, of columns: [String], on connection: SQLiteConnection, batchSize: Int)
    throws(SQLiteFault)
  {
    self.connection = connection
    columnCount = columns.count
    self.batchSize = batchSize
    let names = columns.joined(separator: ", ")
    let marks = "(" + repeatElement("?", count: columns.count).joined(separator: ", ") + ")"
    let rows = repeatElement(marks, count: batchSize).joined(separator: ", ")
    batch = try connection.prepare("INSERT INTO \(table) (\(names)) VALUES \(rows)")
    single = try connection.prepare("INSERT INTO \(table) (\(names)) VALUES \(marks)")
    unsafe numbers = .allocate(capacity: columns.count * batchSize)
    unsafe kinds = .allocate(capacity: columns.count * batchSize)
    unsafe kinds.initialize(repeating: Kind.null, count: columns.count * batchSize)
    unsafe bound = .allocate(capacity: columns.count * batchSize)
    unsafe bound.initialize(repeating: Kind.null, count: columns.count * batchSize)
    unsafe texts = .allocate(byteCount: textRoom, alignment: 1)
  }

  deinit {
    unsafe numbers.deallocate()
    unsafe kinds.deallocate()
    unsafe bound.deallocate()
    unsafe texts.deallocate()
  }

  /// Notes a number of the current row, or NULL, by position from 1; what is not noted is NULL.
  package func bind(_ position: Int32, _ value: Int64?) {
    if let value { bind(position, number: value) }
  }

  /// Notes a number of the current row.
  package func bind(_ position: Int32, number: Int64) {
    let place = place(position)
    unsafe numbers[place] = number
    unsafe kinds[place] = Kind.number
  }

  /// Notes a text of the current row, or NULL.
  package func bind(_ position: Int32, _ value: String?) {
    guard var value else { return }
    value.withUTF8 { utf8 in
      unsafe bind(position, utf8: UnsafeRawBufferPointer(utf8))
    }
  }

  /// Notes a text of the current row, in UTF-8.
  @unsafe
  package func bind(_ position: Int32, utf8: UnsafeRawBufferPointer) {
    let place = place(position)
    unsafe numbers[place] = Int64(textCount)
    unsafe kinds[place] = Int32(utf8.count)
    guard let source = utf8.baseAddress else { return }
    if textCount + utf8.count > textRoom { makeRoom(utf8.count) }
    unsafe (texts + textCount).copyMemory(from: source, byteCount: utf8.count)
    textCount += utf8.count
  }

  private func makeRoom(_ count: Int) {
    textRoom = 2 * (textRoom + count)
    let wider = UnsafeMutableRawPointer.allocate(byteCount: textRoom, alignment: 1)
    unsafe wider.copyMemory(from: texts, byteCount: textCount)
    unsafe texts.deallocate()
    unsafe texts = wider
  }

  /// The row is complete.
  package func endRow() throws(SQLiteFault) {
    rowCount += 1
    start += columnCount
    guard rowCount == batchSize else { return }
    try writeBatch()
    forget()
  }

  /// Writes the rows that were kept back.
  package func flush() throws(SQLiteFault) {
    for row in 0..<rowCount {
      for column in 0..<columnCount { bind(row * columnCount + column, to: single, at: column) }
      try single.run()
    }
    if rowCount > 0 { forget() }
  }

  private func place(_ position: Int32) -> Int {
    precondition(position >= 1 && position <= columnCount)
    return start + Int(position) - 1
  }

  private func forget() {
    unsafe kinds.update(repeating: Kind.null, count: columnCount * batchSize)
    textCount = 0
    rowCount = 0
    start = 0
  }

  private func writeBatch() throws(SQLiteFault) {
    for place in 0..<(columnCount * batchSize) {
      let kind = unsafe kinds[place]
      // What was NULL still is; everything else is bound anew, also where it points to texts that are gone.
      if kind == Kind.null {
        if unsafe bound[place] != Kind.null { batch.bindNull(Int32(truncatingIfNeeded: place + 1)) }
      } else {
        bind(place, to: batch, at: place)
      }
      unsafe bound[place] = kind
    }
    try batch.runKeepingValues()
  }

  @inline(__always)
  private func bind(_ place: Int, to statement: SQLiteStatement, at column: Int) {
    let position = Int32(truncatingIfNeeded: column + 1)
    let number = unsafe numbers[place]
    switch unsafe kinds[place] {
    case Kind.null: break
    case Kind.number: statement.bind(position, number: number)
    case let length:
      // Safe: the text was noted with this place and length, and stays until the statement has run; before it runs
      // again it is bound anew.
      unsafe statement.bind(
        position, kept: UnsafeRawBufferPointer(start: texts + Int(number), count: Int(length)))
    }
  }
}

/// What takes the values of a row by position from 1.
protocol BindingTarget {
  /// A number, or NULL.
  func bind(_ position: Int32, _ value: Int64?)
  /// A text, or NULL.
  func bind(_ position: Int32, _ value: String?)
}

extension SQLiteStatement: BindingTarget {}

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
  // Safe: both address `columnCount * batchSize` elements from init to deinit.
  /// The numbers, and of texts the places in `texts`.
  private let numbers: UnsafeMutablePointer<Int64>
  /// What each value is: ``Kind``, or the length of a text.
  private let kinds: UnsafeMutablePointer<Int32>
  private var texts: [UInt8] = []
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
  }

  deinit {
    unsafe numbers.deallocate()
    unsafe kinds.deallocate()
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
    unsafe numbers[place] = Int64(texts.count)
    unsafe kinds[place] = Int32(utf8.count)
    unsafe texts.append(contentsOf: utf8)
  }

  /// The row is complete.
  package func endRow() throws(SQLiteFault) {
    rowCount += 1
    start += columnCount
    if rowCount == batchSize { try write(rows: 0..<batchSize, by: batch) }
    if rowCount == batchSize { forget() }
  }

  /// Writes the rows that were kept back.
  package func flush() throws(SQLiteFault) {
    for row in 0..<rowCount { try write(rows: row..<(row + 1), by: single) }
    forget()
  }

  private func place(_ position: Int32) -> Int {
    precondition(position >= 1 && position <= columnCount)
    return start + Int(position) - 1
  }

  private func forget() {
    unsafe kinds.update(repeating: Kind.null, count: columnCount * batchSize)
    texts.removeAll(keepingCapacity: true)
    rowCount = 0
    start = 0
  }

  private func write(rows: Range<Int>, by statement: SQLiteStatement) throws(SQLiteFault) {
    let first = rows.lowerBound * columnCount
    let fault = unsafe texts.withUnsafeBytes { texts -> SQLiteFault? in
      for place in 0..<(rows.count * columnCount) {
        let kind = unsafe kinds[first + place]
        let number = unsafe numbers[first + place]
        let position = Int32(truncatingIfNeeded: place + 1)
        switch kind {
        case Kind.null: break
        case Kind.number: statement.bind(position, number: number)
        default:
          // Safe: the text was noted with this place and length; the statement has forgotten it when the texts
          // can change.
          unsafe statement.bind(
            position, kept: UnsafeRawBufferPointer(rebasing: texts[Int(number)..<Int(number) + Int(kind)]))
        }
      }
      do throws(SQLiteFault) {
        try statement.run()
        return nil
      } catch {
        return error
      }
    }
    if let fault { throw fault }
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

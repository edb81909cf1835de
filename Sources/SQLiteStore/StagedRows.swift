/// Values of some rows of a table, noted column by column until a statement takes them.
///
/// Filled by one thread and then, untouched by it, written by another or by the same.
@safe
final class StagedRows: @unchecked Sendable {
  /// What a value is, unless it is the length of a text.
  enum Kind {
    static let null: Int32 = -1
    static let number: Int32 = -2
  }

  let columnCount: Int
  let capacity: Int
  // Safe: both address `columnCount * capacity` elements from init to deinit.
  /// The numbers, and of texts the places in `texts`.
  private let numbers: UnsafeMutablePointer<Int64>
  /// What each value is: ``Kind``, or the length of a text.
  private let kinds: UnsafeMutablePointer<Int32>
  // Safe: `texts` addresses `textRoom` bytes, of which `textCount` have been noted.
  private var texts: UnsafeMutableRawPointer
  private var textRoom: Int
  private var textCount = 0
  /// Texts of more bytes make no lot of rows larger.
  private static let textLimit = 1 << 20
  /// Whether the rows should be written before more are noted.
  var isFull: Bool { count == capacity || textCount >= Self.textLimit }
  /// Rows that are complete.
  private(set) var count = 0
  /// Where the values of the row after them begin.
  private var start = 0

  /// Room for `capacity` rows.
  init(columnCount: Int, capacity: Int) {
    self.columnCount = columnCount
    self.capacity = capacity
    textRoom = 32 * capacity
    unsafe numbers = .allocate(capacity: columnCount * capacity)
    unsafe numbers.initialize(repeating: 0, count: columnCount * capacity)
    unsafe kinds = .allocate(capacity: columnCount * capacity)
    unsafe kinds.initialize(repeating: Kind.null, count: columnCount * capacity)
    unsafe texts = .allocate(byteCount: textRoom, alignment: 1)
  }

  deinit {
    unsafe numbers.deallocate()
    unsafe kinds.deallocate()
    unsafe texts.deallocate()
  }

  /// Notes a number of the current row, by position from 1; what is not noted is NULL.
  @inline(__always)
  func note(_ position: Int32, number: Int64) {
    let place = place(position)
    unsafe numbers[place] = number
    unsafe kinds[place] = Kind.number
  }

  /// Notes a text of the current row, in UTF-8.
  @unsafe
  func note(_ position: Int32, utf8: UnsafeRawBufferPointer) {
    let place = place(position)
    unsafe numbers[place] = Int64(textCount)
    unsafe kinds[place] = Int32(utf8.count)
    guard let source = utf8.baseAddress else { return }
    if textCount + utf8.count > textRoom { makeRoom(utf8.count) }
    unsafe (texts + textCount).copyMemory(from: source, byteCount: utf8.count)
    textCount += utf8.count
  }

  /// The current row is complete.
  func endRow() {
    count += 1
    start += columnCount
  }

  /// Forgets all rows.
  func removeAll() {
    unsafe kinds.update(repeating: Kind.null, count: columnCount * count)
    (textCount, count, start) = (0, 0, 0)
  }

  /// What a value is, and its number if it is one, by its place among all: `columnCount` times its row plus its
  /// column, both from 0.
  @inline(__always)
  func value(_ place: Int) -> (kind: Int32, number: Int64) { unsafe (kinds[place], numbers[place]) }

  /// Binds a value that is not NULL to a position from 1. SQLite reads texts where they were noted, without a copy of
  /// its own: they must stay until the statement has been run and, before it runs again, be bound anew.
  @inline(__always)
  func bind(_ place: Int, to statement: SQLiteStatement, at position: Int32) {
    let number = unsafe numbers[place]
    switch unsafe kinds[place] {
    case Kind.null: break
    case Kind.number: statement.bind(position, number: number)
    case let length:
      // Safe: the text was noted with this place and length; the caller keeps it.
      unsafe statement.bind(
        position, kept: UnsafeRawBufferPointer(start: texts + Int(number), count: Int(length)))
    }
  }

  private func place(_ position: Int32) -> Int {
    precondition(count < capacity && position >= 1 && position <= columnCount)
    return start + Int(position) - 1
  }

  private func makeRoom(_ count: Int) {
    textRoom = 2 * (textRoom + count)
    let wider = UnsafeMutableRawPointer.allocate(byteCount: textRoom, alignment: 1)
    unsafe wider.copyMemory(from: texts, byteCount: textCount)
    unsafe texts.deallocate()
    unsafe texts = wider
  }
}

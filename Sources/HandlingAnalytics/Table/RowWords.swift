/// One number of up to 32 bits for each of some contacts. While all are the same they take no memory: most exports
/// lack most columns.
struct RowWords: Sendable {
  /// The number of every contact as long as `elements` is empty.
  private var common: UInt32 = 0
  private var elements: [UInt32] = []
  private(set) var count = 0
  /// For how many numbers room is made when it is needed.
  private var expected = 0

  /// No numbers.
  init() {}

  /// Numbers that differ, or may.
  init(_ elements: [UInt32]) {
    self.elements = elements
    count = elements.count
  }

  subscript(row: Int) -> UInt32 {
    precondition(row < count)
    return elements.isEmpty ? common : elements[row]
  }

  /// Makes room for as many numbers in all, once they differ.
  mutating func reserve(_ numbers: Int) { expected = numbers }

  /// The numbers of some contacts. O(rows).
  func numbers(of rows: ArraySlice<Int>) -> [UInt32] {
    elements.isEmpty ? [UInt32](repeating: common, count: rows.count) : rows.map { elements[$0] }
  }

  /// Adds a number. Amortised O(1).
  mutating func append(_ number: UInt32) {
    append(repeating: number, count: 1)
  }

  /// Adds the same number several times.
  mutating func append(repeating number: UInt32, count added: Int) {
    guard added > 0 else { return }
    if count == 0 { common = number }
    if !elements.isEmpty || number != common {
      spread()
      elements.append(contentsOf: repeatElement(number, count: added))
    }
    count += added
  }

  /// Adds numbers.
  mutating func append(_ numbers: Span<UInt32>) {
    guard let first = numbers.isEmpty ? nil : numbers[0] else { return }
    if elements.isEmpty, numbers.indices.allSatisfy({ numbers[$0] == first }) {
      return append(repeating: first, count: numbers.count)
    }
    spread()
    // Safe: the elements are copied before the call returns.
    unsafe numbers.withUnsafeBufferPointer { unsafe elements.append(contentsOf: $0) }
    count += numbers.count
  }

  /// Adds some numbers of another run.
  mutating func append(_ other: RowWords, _ range: Range<Int>) {
    precondition(range.upperBound <= other.count)
    if other.elements.isEmpty {
      append(repeating: other.common, count: range.count)
    } else {
      append(other.elements.span.extracting(range))
    }
  }

  /// Gives every contact its own number.
  private mutating func spread() {
    guard elements.isEmpty else { return }
    elements.reserveCapacity(expected)
    elements.append(contentsOf: repeatElement(common, count: count))
  }
}

/// One key for each of some contacts. While they ascend one by one, as those of a first import do, they take no memory.
struct RowKeys: Sendable {
  /// The first key as long as `elements` is empty.
  private var first: Int64 = 0
  private var elements: [Int64] = []
  private(set) var count = 0

  /// No keys.
  init() {}

  /// Keys in any order.
  init(_ elements: [Int64]) {
    self.elements = elements
    count = elements.count
  }

  subscript(row: Int) -> Int64 {
    precondition(row < count)
    return elements.isEmpty ? first &+ Int64(row) : elements[row]
  }

  /// Adds a key. Amortised O(1).
  mutating func append(_ key: Int64) {
    append(from: key, count: 1)
  }

  /// Adds keys that ascend one by one.
  mutating func append(from key: Int64, count added: Int) {
    guard added > 0 else { return }
    if count == 0 { first = key }
    if !elements.isEmpty || key != first &+ Int64(count) {
      spread()
      elements.append(contentsOf: key..<(key + Int64(added)))
    }
    count += added
  }

  /// Adds some keys of another run.
  mutating func append(_ other: RowKeys, _ range: Range<Int>) {
    precondition(range.upperBound <= other.count)
    guard !range.isEmpty else { return }
    if other.elements.isEmpty {
      append(from: other[range.lowerBound], count: range.count)
    } else {
      spread()
      elements += other.elements[range]
      count += range.count
    }
  }

  /// Gives every contact its own key.
  private mutating func spread() {
    guard elements.isEmpty, count > 0 else { return }
    elements = Array(first..<(first + Int64(count)))
  }
}

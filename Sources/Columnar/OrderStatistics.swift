/// Values of given ranks, by selection instead of sorting.
package enum OrderStatistics<Value: Comparable & BitwiseCopyable> {
  /// The values that would stand at `ranks` were `values` sorted ascending.
  ///
  /// Three-way quickselect towards all ranks at once; a range that refuses to shrink is sorted instead, so the
  /// worst case is O(n log n) and the usual one O(n + n log ranks).
  ///
  /// - Parameters:
  ///   - values: reordered in place.
  ///   - ranks: ascending, each in `0..<values.count`.
  @specialized(where Value == UInt32)
  @specialized(where Value == UInt64)
  package static func select(_ ranks: [Int], from values: inout MutableSpan<Value>) -> [Value] {
    var found: [Value] = []
    found.reserveCapacity(ranks.count)
    place(
      ranks[...], in: 0..<values.count, of: &values,
      depth: 2 * (Int.bitWidth - values.count.leadingZeroBitCount) + 4)
    for rank in ranks { found.append(values[rank]) }
    return found
  }

  private static func place(
    _ ranks: ArraySlice<Int>, in range: Range<Int>, of values: inout MutableSpan<Value>, depth: Int
  ) {
    guard !ranks.isEmpty, range.count > 1 else { return }
    if range.count <= 24 { return insertionSort(range, of: &values) }
    if depth == 0 { return heapSort(range, of: &values) }
    let pivot = medianOfThree(range, of: values)
    let (less, greater) = partition(range, around: pivot, of: &values)
    let firstInMiddle = ranks.firstIndex { $0 >= less } ?? ranks.endIndex
    let firstAbove = ranks.firstIndex { $0 >= greater } ?? ranks.endIndex
    place(ranks[..<firstInMiddle], in: range.lowerBound..<less, of: &values, depth: depth - 1)
    place(ranks[firstAbove...], in: greater..<range.upperBound, of: &values, depth: depth - 1)
  }

  /// Reorders to `< pivot`, `== pivot`, `> pivot`; returns where the second and third part begin.
  private static func partition(
    _ range: Range<Int>, around pivot: Value, of values: inout MutableSpan<Value>
  ) -> (Int, Int) {
    var less = range.lowerBound
    var scan = range.lowerBound
    var greater = range.upperBound
    while scan < greater {
      let value = values[scan]
      if value < pivot {
        values.swapAt(less, scan)
        less += 1
        scan += 1
      } else if value > pivot {
        greater -= 1
        values.swapAt(scan, greater)
      } else {
        scan += 1
      }
    }
    return (less, greater)
  }

  private static func medianOfThree(_ range: Range<Int>, of values: borrowing MutableSpan<Value>)
    -> Value
  {
    let low = values[range.lowerBound]
    let middle = values[range.lowerBound + range.count / 2]
    let high = values[range.upperBound - 1]
    return max(min(low, middle), min(max(low, middle), high))
  }

  private static func insertionSort(_ range: Range<Int>, of values: inout MutableSpan<Value>) {
    for end in range.dropFirst() {
      let value = values[end]
      var hole = end
      while hole > range.lowerBound, values[hole - 1] > value {
        values[hole] = values[hole - 1]
        hole -= 1
      }
      values[hole] = value
    }
  }

  private static func heapSort(_ range: Range<Int>, of values: inout MutableSpan<Value>) {
    func sink(_ start: Int, _ end: Int, _ values: inout MutableSpan<Value>) {
      var root = start
      while true {
        var child = range.lowerBound + 2 * (root - range.lowerBound) + 1
        guard child < end else { return }
        if child + 1 < end, values[child + 1] > values[child] { child += 1 }
        guard values[child] > values[root] else { return }
        values.swapAt(root, child)
        root = child
      }
    }
    for root in stride(from: range.lowerBound + range.count / 2 - 1, through: range.lowerBound, by: -1) {
      sink(root, range.upperBound, &values)
    }
    for end in stride(from: range.upperBound - 1, to: range.lowerBound, by: -1) {
      values.swapAt(range.lowerBound, end)
      sink(range.lowerBound, end, &values)
    }
  }
}

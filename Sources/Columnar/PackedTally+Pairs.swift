/// Where the places of rows with one or two codes come from: base + first code × its stride + second code × its stride.
package struct CodePair: Sendable {
  fileprivate enum Columns {
    case bytes(Column<UInt8>, Column<UInt8>)
    case mixed(Column<UInt16>, Column<UInt8>)
    case words(Column<UInt16>, Column<UInt16>)
  }

  fileprivate let columns: Columns
  fileprivate let strides: (UInt32, UInt32)
  /// What codes that are the same for all rows add.
  package let base: UInt32

  /// `nil` when there are more columns than two, or some too wide.
  ///
  /// - Parameter codes: columns of equally many rows, each with what its codes are multiplied by.
  package init?(_ codes: [(column: CodeColumn, stride: UInt32)]) {
    var base: UInt32 = 0
    var varying: [(column: CodeColumn, stride: UInt32)] = []
    for code in codes {
      if case .constant(let constant, _) = code.column {
        base += constant * code.stride
      } else {
        varying.append(code)
      }
    }
    guard let first = varying.first, varying.count <= 2 else { return nil }
    // A lone column is its own second one, times nothing.
    let second = varying.count == 2 ? varying[1] : (column: first.column, stride: 0)
    switch (first.column, second.column) {
    case (.bytes(let one), .bytes(let other)): columns = .bytes(one, other)
    case (.words(let one), .bytes(let other)), (.bytes(let other), .words(let one)):
      columns = .mixed(one, other)
    case (.words(let one), .words(let other)): columns = .words(one, other)
    default: return nil
    }
    if case (.bytes, .words) = (first.column, second.column) {
      strides = (second.stride, first.stride)
    } else {
      strides = (first.stride, second.stride)
    }
    self.base = base
  }
}

extension PackedTally {
  /// Adds each row under the place of its codes, every second, third and fourth one `wayStride`, 2 and 3 of it further
  /// on, and takes those without a value off again. O(rows + stretches): codes and 4 bytes read a row.
  ///
  /// - Parameters:
  ///   - stretches: what their rows have in their places besides codes, up to the last row.
  ///   - valueless: the rows without a value, ascending.
  ///   - isHandled: of one of these; `nil` when all have been.
  package mutating func add(
    _ codes: CodePair, _ seconds: Span<UInt32>, _ stretches: [Stretch], wayStride: Int,
    valueless: Span<UInt16>, isHandled: ((Int) -> Bool)?
  ) {
    switch codes.columns {
    case .bytes(let high, let low):
      add(high.span, low.span, codes.strides, seconds, stretches, wayStride, valueless, isHandled)
    case .mixed(let high, let low):
      add(high.span, low.span, codes.strides, seconds, stretches, wayStride, valueless, isHandled)
    case .words(let high, let low):
      add(high.span, low.span, codes.strides, seconds, stretches, wayStride, valueless, isHandled)
    }
  }

  @inline(__always)
  private mutating func add<High: FixedWidthInteger, Low: FixedWidthInteger>(
    _ high: Span<High>, _ low: Span<Low>, _ strides: (UInt32, UInt32), _ seconds: Span<UInt32>,
    _ stretches: [Stretch], _ wayStride: Int, _ valueless: Span<UInt16>, _ isHandled: ((Int) -> Bool)?
  ) {
    let count = stretches.last?.end ?? 0
    precondition(high.count == count && low.count == count && seconds.count == count && wayStride >= 0)
    if hasSpread {
      var row = 0
      for stretch in stretches {
        while row < stretch.end {
          let place = Self.place(row, high, low, strides, stretch.base)
          add(seconds[row], at: place, isHandled: isHandled?(row) ?? true)
          row += 1
        }
      }
    } else {
      Self.addSums(high, low, strides, seconds, stretches, wayStride, &words)
      Self.remove(
        valueless, high, low, strides, stretches, &words, &self.valueless, &unhandled, isHandled)
    }
  }

  // Safe: places of the planner are below 2^31.
  @inline(__always)
  private static func place<High: FixedWidthInteger, Low: FixedWidthInteger>(
    _ row: Int, _ high: Span<High>, _ low: Span<Low>, _ strides: (UInt32, UInt32), _ base: Int
  ) -> Int {
    // Safe: the caller's rows are below the count of both.
    let one = UInt32(truncatingIfNeeded: unsafe high[unchecked: row]) &* strides.0
    return base &+ Int(one &+ UInt32(truncatingIfNeeded: unsafe low[unchecked: row]) &* strides.1)
  }

  @inline(__always)
  private static func greatest<Code: FixedWidthInteger>(_ codes: Span<Code>) -> Code {
    var greatest: Code = 0
    // Safe: a row of the span's own.
    for row in codes.indices { greatest = max(greatest, unsafe codes[unchecked: row]) }
    return greatest
  }

  @inline(__always)
  private static func addSums<High: FixedWidthInteger, Low: FixedWidthInteger>(
    _ high: Span<High>, _ low: Span<Low>, _ strides: (UInt32, UInt32), _ seconds: Span<UInt32>,
    _ stretches: [Stretch], _ wayStride: Int, _ words: inout [UInt64]
  ) {
    // Vectors find the greatest codes in a fraction of the time that a check of every place takes.
    let farthest = Int(greatest(high)) * Int(strides.0) + Int(greatest(low)) * Int(strides.1)
    var words = words.mutableSpan
    var row = 0
    for stretch in stretches {
      let (base, end) = (stretch.base, min(stretch.end, seconds.count))
      precondition(base >= 0 && base + 3 * wayStride + farthest < words.count)
      let (second, third, fourth) = (base &+ wayStride, base &+ 2 &* wayStride, base &+ 3 &* wayStride)
      // Safe: rows lie below the counts that were checked, and no place is beyond the one that was.
      while row &+ 4 <= end {
        unsafe words[unchecked: place(row, high, low, strides, base)] &+=
          one &+ UInt64(unsafe seconds[unchecked: row])
        unsafe words[unchecked: place(row &+ 1, high, low, strides, second)] &+=
          one &+ UInt64(unsafe seconds[unchecked: row &+ 1])
        unsafe words[unchecked: place(row &+ 2, high, low, strides, third)] &+=
          one &+ UInt64(unsafe seconds[unchecked: row &+ 2])
        unsafe words[unchecked: place(row &+ 3, high, low, strides, fourth)] &+=
          one &+ UInt64(unsafe seconds[unchecked: row &+ 3])
        row &+= 4
      }
      while row < end {
        unsafe words[unchecked: place(row, high, low, strides, base)] &+=
          one &+ UInt64(unsafe seconds[unchecked: row])
        row &+= 1
      }
    }
  }

  @inline(__always)
  private static func remove<High: FixedWidthInteger, Low: FixedWidthInteger>(
    _ rows: Span<UInt16>, _ high: Span<High>, _ low: Span<Low>, _ strides: (UInt32, UInt32),
    _ stretches: [Stretch], _ words: inout [UInt64], _ valueless: inout [UInt32],
    _ unhandled: inout [UInt32], _ isHandled: ((Int) -> Bool)?
  ) {
    var words = words.mutableSpan
    var valueless = valueless.mutableSpan
    var unhandled = unhandled.mutableSpan
    var next = 0
    for stretch in stretches {
      while next < rows.count, Int(rows[next]) < stretch.end {
        let row = Int(rows[next])
        precondition(row < high.count)
        let place = place(row, high, low, strides, stretch.base)
        words[place] &-= one &+ UInt64(missingSeconds)
        valueless[place] &+= 1
        if let isHandled, !isHandled(row) { unhandled[place] &+= 1 }
        next &+= 1
      }
    }
  }
}

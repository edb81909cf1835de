internal import CLanes

/// What readers need of the scorer's weights: where they stand, and the upper halves of them.
///
///     row of a feature      start, first, count
///                             |
///     directory             [ 0 | slot+1 | slot+1 | 0 ]   blocks first ..< first + count
///                                  |
///     upper halves          [ 16 tags | … ]               half a cache line each
///
/// Blocks are made where learning happened; those of a feature that are made together stand side by side. What only the
/// learner needs is in ``WeightLearner``.
///
/// Many may read while nobody learns into this table.
final class WeightTable {
  /// Tags of a block.
  static let width = 16
  typealias Block = SIMD16<Float>

  struct Row: Equatable {
    var start: UInt32 = 0
    var first: UInt16 = 0
    var count: UInt16 = 0
  }

  /// More blocks than the columns of 65,534 tags can need: a tag begins one at most.
  private static let blockLimit = Int(UInt16.max)

  /// By feature.
  var rows = [Row](repeating: Row(), count: FeatureHash.count)
  /// Slots plus 1, or 0, by row and block.
  var directory: [UInt32] = []
  let upper: SlotMemory<UInt16>

  /// - Parameter capacity: slots there is room for.
  init(capacity: Int) { upper = SlotMemory(capacity: capacity) }

  /// Σ x·w for each block, by the upper halves. O(features × blocks).
  func scores(of vector: FeatureVector, _ blocks: [Int], at places: inout WeightPlaces) -> [Block] {
    var scores = [Block](repeating: .zero, count: blocks.count)
    places.forEachPortion(of: vector, blocks, in: self) { places in
      unsafe places.withEntries(vector.values) { entries, values in
        // Safe: as many sums as blocks; entries are 0 or a slot below the capacity plus 1.
        unsafe wrapup_add_upper(entries, places.features.count, blocks.count, values, upper.zeros, &scores)
      }
    }
    return scores
  }

  /// The weight of each feature for the tag in a column by its upper half, 0 where nothing was learnt. O(features).
  func weights(of features: [UInt32], column: Int) -> [Float] {
    let (block, lane) = (column / Self.width, column % Self.width)
    return unsafe rows.withUnsafeBufferPointer { rows in
      unsafe directory.withUnsafeBufferPointer { directory in
        features.map { feature in
          guard feature < rows.count else { return 0 }
          let row = unsafe rows[Int(feature)]
          let offset = UInt(bitPattern: block &- Int(row.first))
          // Safe: a row's places lie in the directory; an entry is 0 or a slot below the capacity plus 1.
          let entry = unsafe offset < UInt(row.count) ? directory[Int(row.start) &+ Int(offset)] : 0
          return unsafe Float(
            bitPattern: UInt32(upper.zeros[Int(entry) &* Self.width &+ lane]) << 16)
        }
      }
    }
  }

  /// Makes room for rows up to one of a context.
  func reserveRow(_ feature: Int) {
    if feature >= rows.count {
      rows.append(contentsOf: repeatElement(Row(), count: feature + 1 - rows.count))
    }
  }

  /// The directory's place for a feature's block. Makes its row long enough: the range grows to twice what it was at least,
  /// in new directory space. Amortised O(1).
  ///
  /// - Precondition: the row exists.
  func place(of feature: Int, block: Int) -> Int {
    let row = rows[feature]
    let (first, end) = (Int(row.first), Int(row.first) + Int(row.count))
    if row.count > 0, block >= first, block < end { return Int(row.start) + block - first }
    let start = directory.count
    if row.count == 0 {
      rows[feature] = Row(start: UInt32(start), first: UInt16(block), count: 1)
      directory.append(0)
      return start
    }
    let newFirst = min(first, block)
    let length = min(max(max(end, block + 1) - newFirst, 2 * Int(row.count)), Self.blockLimit - newFirst)
    directory.append(contentsOf: repeatElement(0, count: length))
    for offset in 0..<Int(row.count) {
      directory[start + first - newFirst + offset] = directory[Int(row.start) + offset]
    }
    rows[feature] = Row(start: UInt32(start), first: UInt16(newFirst), count: UInt16(length))
    return start + block - newFirst
  }

  /// Writes the directory anew, each row as short as its blocks allow.
  func compact() {
    var places: [UInt32] = []
    for feature in rows.indices where rows[feature].count > 0 {
      let row = rows[feature]
      let range = Int(row.start)..<(Int(row.start) + Int(row.count))
      guard let first = range.first(where: { directory[$0] > 0 }),
        let last = range.last(where: { directory[$0] > 0 })
      else {
        rows[feature] = Row()
        continue
      }
      rows[feature] = Row(
        start: UInt32(places.count), first: row.first + UInt16(first - range.lowerBound),
        count: UInt16(last - first + 1))
      places += directory[first...last]
    }
    directory = places
  }

  /// Calls `body` with each place of the directory that belongs to a row.
  func forEachPlace(_ body: (Int) -> Void) {
    for row in rows where row.count > 0 {
      for place in Int(row.start)..<(Int(row.start) + Int(row.count)) { body(place) }
    }
  }
}

internal import CLanes

/// Where the weights of some of a text's features under some blocks stand: for each feature and block a slot, or none.
///
/// Good for one vector and one list of blocks, until blocks are given up.
struct WeightPlaces {
  /// Places held at once, 4 bytes each: a text of 32 KB under 65,534 tags has 240 million.
  static let limit = 1 << 16
  /// Features ahead of which rows and what they point to are asked for.
  private static let lookahead = 8

  /// Which features of the vector these are.
  private(set) var features = 0..<0
  private var blockCount = 0
  /// Slots plus 1, 0 for none: feature after feature, in each block after block.
  private var entries: [UInt32] = []

  /// Of no features.
  init() {}

  /// The slot of a feature's block, by their places in the vector and the list.
  @inline(__always)
  subscript(feature: Int, block: Int) -> Int? {
    get {
      let entry = entries[(feature &- features.lowerBound) &* blockCount &+ block]
      return entry == 0 ? nil : Int(entry) &- 1
    }
    set {
      entries[(feature &- features.lowerBound) &* blockCount &+ block] = newValue.map { UInt32($0 + 1) } ?? 0
    }
  }

  /// Runs `body` with the entries, a slot plus 1 or 0 each, and what a vector says of their features.
  @inline(__always)
  func withEntries(
    _ values: [Float], _ body: (_ entries: UnsafePointer<UInt32>, _ values: UnsafePointer<Float>) -> Void
  ) {
    unsafe entries.withUnsafeBufferPointer { entries in
      unsafe values.withUnsafeBufferPointer { values in
        // Safe: the features are some of the vector's.
        guard let entries = entries.baseAddress, let values = values.baseAddress else { return }
        unsafe body(entries, values + features.lowerBound)
      }
    }
  }

  /// Has this hold where some features stand after others: all at once for all but very long texts under very many tags, and
  /// then only the first time.
  mutating func forEachPortion(
    of vector: FeatureVector, _ blocks: [Int], in table: WeightTable, limit: Int = Self.limit,
    _ body: (inout WeightPlaces) -> Void
  ) {
    let size = max(1, min(Self.limit, limit) / max(1, blocks.count))
    var first = 0
    while first < vector.features.count {
      let features = first..<min(first + size, vector.features.count)
      if self.features != features { look(for: vector, features, blocks, in: table) }
      body(&self)
      first = features.upperBound
    }
  }

  /// Looks up where the weights of some of a vector's features stand, and has them fetched. O(features × blocks).
  mutating func look(
    for vector: FeatureVector, _ features: Range<Int>, _ blocks: [Int], in table: WeightTable
  ) {
    self.features = features
    blockCount = blocks.count
    let blockCount = blocks.count
    // An array made without room would write its count into the storage that all empty arrays share.
    guard !features.isEmpty, blockCount > 0 else {
      entries = []
      return
    }
    entries = unsafe [UInt32](unsafeUninitializedCapacity: features.count * blockCount) { entries, count in
      count = features.count * blockCount
      var place = 0
      unsafe table.rows.withUnsafeBufferPointer { rows in
        unsafe table.directory.withUnsafeBufferPointer { directory in
          for feature in features {
            unsafe Self.fetchAhead(vector, feature, features.upperBound, rows, directory)
            let number = Int(vector.features[feature])
            let row = unsafe number < rows.count ? rows[number] : WeightTable.Row()
            for block in blocks {
              let offset = UInt(bitPattern: block &- Int(row.first))
              // Safe: a row's places lie in the directory; as many entries as there is room for.
              let entry = unsafe offset < UInt(row.count) ? directory[Int(row.start) &+ Int(offset)] : 0
              unsafe entries.initializeElement(at: place, to: entry)
              place &+= 1
              if entry > 0 { unsafe wrapup_prefetch(table.upper[Int(entry) &- 1]) }
            }
          }
        }
      }
    }
  }

  /// Rows lie all over their table, and so do their places: asked for in time, many are on their way at once.
  @inline(__always)
  private static func fetchAhead(
    _ vector: FeatureVector, _ feature: Int, _ end: Int, _ rows: UnsafeBufferPointer<WeightTable.Row>,
    _ directory: UnsafeBufferPointer<UInt32>
  ) {
    // Safe: addresses are asked for and not read, but for rows that were checked to be there.
    let far = feature &+ 2 &* lookahead
    if far < end { unsafe wrapup_prefetch(rows.baseAddress! + Int(vector.features[far])) }
    let near = feature &+ lookahead
    if near < end, Int(vector.features[near]) < rows.count, !directory.isEmpty {
      unsafe wrapup_prefetch(directory.baseAddress! + Int(rows[Int(vector.features[near])].start))
    }
  }
}

internal import CLanes

/// Where the weights of some of a text's features under some blocks stand: for each feature and block a slot, or none.
///
/// Good for one vector and one list of blocks, until blocks are given up.
struct WeightPlaces {
  /// Places held at once, 4 bytes each: a text of 32 KB under 65,534 tags has 240 million.
  static let limit = 1 << 16

  /// Which features of the vector these are.
  let features: Range<Int>
  private let blockCount: Int
  /// Slots plus 1, 0 for none: feature after feature, in each block after block.
  private var entries: [UInt32]

  /// Of no features.
  init() { self.init(features: 0..<0, blockCount: 0) }

  /// None stands anywhere yet.
  init(features: Range<Int>, blockCount: Int) {
    self.features = features
    self.blockCount = blockCount
    entries = Array(repeating: 0, count: features.count * blockCount)
  }

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

  /// Calls `body` with each feature that has a slot under a block, in the order of features.
  @inline(__always)
  func forEach(of block: Int, _ body: (_ feature: Int, _ slot: Int) -> Void) {
    var place = block
    for feature in features {
      let entry = entries[place]
      if entry > 0 { body(feature, Int(entry) &- 1) }
      place &+= blockCount
    }
  }
}

extension WeightBlocks {
  /// Features ahead of which rows and what they point to are asked for.
  private static let lookahead = 8

  /// Looks up where the weights of some of a vector's features stand, and has them fetched. O(features × blocks).
  func places(of vector: FeatureVector, _ features: Range<Int>, _ blocks: [Int]) -> WeightPlaces {
    var places = WeightPlaces(features: features, blockCount: blocks.count)
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe directory.withUnsafeBufferPointer { directory in
        unsafe chunks.withUnsafeBufferPointer { chunks in
          for feature in features where Int(vector.features[feature]) < rows.count {
            unsafe fetchAhead(vector, feature, features.upperBound, rows, directory)
            // Safe: checked by the loop; a row's places lie in the directory.
            let row = unsafe rows[Int(vector.features[feature])]
            if row.count == 0 { continue }
            for block in blocks.indices {
              let offset = UInt(bitPattern: blocks[block] &- Int(row.first))
              guard offset < UInt(row.count) else { continue }
              let entry = unsafe directory[Int(row.start) &+ Int(offset)]
              guard entry > 0 else { continue }
              let slot = Int(entry) &- 1
              places[feature, block] = slot
              // Safe: the slot's block, which is only asked for.
              unsafe wrapup_prefetch(chunks[slot >> Self.chunkBits] + (slot & (Self.chunkSize &- 1)))
            }
          }
        }
      }
    }
    return places
  }

  /// Rows lie all over their table, and so do their places: asked for in time, many are on their way at once.
  @inline(__always)
  private func fetchAhead(
    _ vector: FeatureVector, _ feature: Int, _ end: Int, _ rows: UnsafeBufferPointer<Row>,
    _ directory: UnsafeBufferPointer<UInt32>
  ) {
    // Safe: addresses are asked for and not read, but for rows that were checked to be there.
    let far = feature &+ 2 &* Self.lookahead
    if far < end { unsafe wrapup_prefetch(rows.baseAddress! + Int(vector.features[far])) }
    let near = feature &+ Self.lookahead
    if near < end, Int(vector.features[near]) < rows.count, !directory.isEmpty {
      unsafe wrapup_prefetch(directory.baseAddress! + Int(rows[Int(vector.features[near])].start))
    }
  }
}

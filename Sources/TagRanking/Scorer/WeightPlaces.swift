/// Where the weights of a text's features under some blocks stand: for each feature and block a slot, or none.
///
/// Good until blocks are given up.
struct WeightPlaces {
  let blockCount: Int
  /// Slots plus 1, 0 for none: feature after feature, in each block after block.
  private var entries: [UInt32]

  /// None stands anywhere yet.
  init(featureCount: Int, blockCount: Int) {
    self.blockCount = blockCount
    entries = Array(repeating: 0, count: featureCount * blockCount)
  }

  /// The slot of a feature's block, by their places in the vector and the selection.
  @inline(__always)
  subscript(feature: Int, block: Int) -> Int? {
    get {
      let entry = entries[feature &* blockCount &+ block]
      return entry == 0 ? nil : Int(entry) &- 1
    }
    set { entries[feature &* blockCount &+ block] = newValue.map { UInt32($0 + 1) } ?? 0 }
  }

  /// Calls `body` with each feature that has a slot under a block, in the order of features.
  @inline(__always)
  func forEach(of block: Int, _ body: (_ feature: Int, _ slot: Int) -> Void) {
    var place = block
    var feature = 0
    while place < entries.count {
      let entry = entries[place]
      if entry > 0 { body(feature, Int(entry) &- 1) }
      place &+= blockCount
      feature &+= 1
    }
  }
}

extension WeightBlocks {
  /// Looks up where a vector's weights stand. O(features × blocks).
  func places(of vector: FeatureVector, _ blocks: [Int]) -> WeightPlaces {
    var places = WeightPlaces(featureCount: vector.features.count, blockCount: blocks.count)
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe directory.withUnsafeBufferPointer { directory in
        for (feature, row) in vector.features.enumerated() where Int(row) < rows.count {
          // Safe: checked by the loop; a row's places lie in the directory.
          let row = unsafe rows[Int(row)]
          if row.count == 0 { continue }
          for block in blocks.indices {
            let offset = UInt(bitPattern: blocks[block] &- Int(row.first))
            guard offset < UInt(row.count) else { continue }
            let entry = unsafe directory[Int(row.start) &+ Int(offset)]
            if entry > 0 { places[feature, block] = Int(entry) &- 1 }
          }
        }
      }
    }
    return places
  }
}

/// Ranking and learning over blocks: 16 tags at a time, features in the vector's order, so that sums have the same bits
/// on every run.
extension WeightBlocks {
  /// Changes below this are not worth a line of memory: |g x|.
  static let leastChange: Float = 1e-4
  /// What keeps the first step of a weight finite, and small for features that say little.
  static let damping: Float = 0.001

  /// Adds Σ x·w to each block's sums.
  ///
  /// - Parameter sums: as many as blocks.
  /// - Complexity: O(features × blocks).
  func addScores(of vector: FeatureVector, _ blocks: [Int], to sums: inout [Block]) {
    precondition(sums.count == blocks.count)
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe directory.withUnsafeBufferPointer { directory in
        unsafe chunks.withUnsafeBufferPointer { chunks in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            unsafe blocks.withUnsafeBufferPointer { blocks in
              for (feature, x) in zip(vector.features, vector.values) where Int(feature) < rows.count {
                // Safe: checked by the loop; a row's places lie in the directory, an entry's slot in its chunk, and
                // `sums` is as long as `blocks`.
                let row = unsafe rows[Int(feature)]
                if row.count == 0 { continue }
                for k in 0..<blocks.count {
                  let offset = unsafe UInt(bitPattern: blocks[k] &- Int(row.first))
                  if offset >= UInt(row.count) { continue }
                  let entry = unsafe Int(directory[Int(row.start) &+ Int(offset)])
                  if entry == 0 { continue }
                  let slot = entry &- 1
                  let weights = unsafe chunks[slot >> Self.chunkBits][slot & (Self.chunkSize &- 1)]
                  unsafe sums[k] += weights * x
                }
              }
            }
          }
        }
      }
    }
  }

  /// How far the scores would move at learning rate 1 and error 1: Σ x² / √(G + (g x)² + damping), by block.
  ///
  /// - Parameter errors: g of each block's tags, 0 for a tag that is not learnt about.
  func reach(of vector: FeatureVector, _ blocks: [Int], errors: [Block], largest: [Float]) -> [Block] {
    var sums = [Block](repeating: .zero, count: blocks.count)
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe directory.withUnsafeBufferPointer { directory in
        unsafe chunks.withUnsafeBufferPointer { chunks in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            for (feature, x) in zip(vector.features, vector.values) {
              // Safe: rows were reserved by the caller; places, slots and sums as in `addScores`.
              let row = unsafe rows[Int(feature)]
              let square = x * x
              for k in blocks.indices where largest[k] * x >= Self.leastChange {
                var sum = Block(repeating: Self.damping)
                let offset = UInt(bitPattern: blocks[k] &- Int(row.first))
                if offset < UInt(row.count) {
                  let entry = unsafe Int(directory[Int(row.start) &+ Int(offset)])
                  if entry > 0 {
                    let slot = entry &- 1
                    unsafe sum +=
                      chunks[slot >> Self.chunkBits][(slot & (Self.chunkSize &- 1)) &+ Self.chunkSize]
                  }
                }
                let change = errors[k] * x
                unsafe sums[k] += ExactMath.inverseRoot(sum + change * change) * square
              }
            }
          }
        }
      }
    }
    return sums
  }

  /// One AdaGrad step (Duchi, Hazan and Singer 2011): G += (g x)², w -= rate · g x / √(G + damping).
  ///
  /// - Parameters:
  ///   - errors: g of each block's tags, 0 for a tag that is not learnt about.
  ///   - largest: the greatest |g| of each block.
  /// - Complexity: O(features × blocks with an error worth learning).
  func learn(_ vector: FeatureVector, _ blocks: [Int], errors: [Block], largest: [Float], rate: Float) {
    clock &+= 1
    let least = Block(repeating: Self.leastChange * Self.leastChange)
    for (feature, x) in zip(vector.features, vector.values) {
      makeRoom(for: blocks.count)
      for k in blocks.indices where largest[k] * x >= Self.leastChange {
        var change = errors[k] * x
        change.replace(with: 0, where: (change * change) .< least)
        let slot = slot(Int(feature), blocks[k])
        stamps[slot] = clock
        // Safe: the slot was just found; its sums stand `chunkSize` blocks after its weights.
        let weights = unsafe chunks[slot >> Self.chunkBits] + (slot & (Self.chunkSize &- 1))
        let sums = unsafe weights + Self.chunkSize
        let sum = unsafe sums.pointee + change * change
        unsafe sums.pointee = sum
        unsafe weights.pointee -= (change * rate) * ExactMath.inverseRoot(sum + Self.damping)
      }
    }
  }
}

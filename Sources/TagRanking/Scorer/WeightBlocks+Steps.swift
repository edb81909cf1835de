/// Ranking and learning over blocks: 16 tags at a time, features in the vector's order, so that sums have the same bits
/// on every run.
///
/// Where the weights of a text stand is looked up once and used by all that follows: see ``WeightPlaces``.
extension WeightBlocks {
  /// Changes below this are not worth a line of memory: |g x|.
  static let leastChange: Float = 1e-4
  /// What keeps the first step of a weight finite, and small for features that say little.
  static let damping: Float = 0.001

  /// Σ x·w for each block. O(features × blocks).
  func scores(at places: WeightPlaces, _ values: [Float]) -> [Block] {
    var scores: [Block] = []
    scores.reserveCapacity(places.blockCount)
    unsafe chunks.withUnsafeBufferPointer { chunks in
      for block in 0..<places.blockCount {
        var sum = Block.zero
        places.forEach(of: block) { feature, slot in
          // Safe: a place's slot lies in its chunk.
          let weights = unsafe chunks[slot >> Self.chunkBits][slot & (Self.chunkSize &- 1)]
          sum += weights * values[feature]
        }
        scores.append(sum)
      }
    }
    return scores
  }

  /// How far the scores would move at learning rate 1 and error 1: Σ x² / √(G + (g x)² + damping) within 0.2%, by block.
  ///
  /// - Parameters:
  ///   - errors: g of each block's tags, 0 for a tag that is not learnt about.
  ///   - largest: the greatest |g| of each block.
  /// - Complexity: O(features × blocks).
  func reach(at places: WeightPlaces, _ values: [Float], errors: [Block], largest: [Float]) -> [Block] {
    var reach: [Block] = []
    reach.reserveCapacity(places.blockCount)
    unsafe chunks.withUnsafeBufferPointer { chunks in
      for block in 0..<places.blockCount {
        var sum = Block.zero
        let error = errors[block]
        for feature in values.indices where largest[block] * values[feature] >= Self.leastChange {
          let x = values[feature]
          let change = error * x
          var squares = change * change + Self.damping
          if let slot = places[feature, block] {
            // Safe: a place's slot lies in its chunk, its sums `chunkSize` blocks after its weights.
            squares += unsafe chunks[slot >> Self.chunkBits][
              (slot & (Self.chunkSize &- 1)) &+ Self.chunkSize]
          }
          sum += ExactMath.roughInverseRoot(squares) * (x * x)
        }
        reach.append(sum)
      }
    }
    return reach
  }

  /// One AdaGrad step (Duchi, Hazan and Singer 2011): G += (g x)², w -= rate · g x / √(G + damping).
  ///
  /// - Parameters:
  ///   - places: of the vector under the blocks.
  ///   - errors: g of each block's tags, 0 for a tag that is not learnt about.
  ///   - largest: the greatest |g| of each block.
  /// - Complexity: O(features × blocks with an error worth learning).
  func learn(
    _ vector: FeatureVector, _ blocks: [Int], at places: inout WeightPlaces, errors: [Block],
    largest: [Float],
    rate: Float
  ) {
    clock &+= 1
    // So few features at a time that their blocks fit under the ceiling together.
    let portion = max(1, 4096 / max(1, blocks.count))
    var first = 0
    while first < vector.features.count {
      let features = first..<min(first + portion, vector.features.count)
      makePlaces(for: vector, features, blocks, largest: largest, &places)
      step(vector.values, features, places, errors: errors, largest: largest, rate: rate)
      first = features.upperBound
    }
  }

  /// Makes the blocks that are to be learnt and not there yet.
  private func makePlaces(
    for vector: FeatureVector, _ features: Range<Int>, _ blocks: [Int], largest: [Float],
    _ places: inout WeightPlaces
  ) {
    var missing = 0
    for feature in features {
      for block in blocks.indices where largest[block] * vector.values[feature] >= Self.leastChange {
        if places[feature, block] == nil { missing += 1 }
      }
    }
    guard missing > 0 else { return }
    // Slots that were given up may have been among these.
    if makeRoom(for: features.count * blocks.count) { places = self.places(of: vector, blocks) }
    for feature in features {
      for block in blocks.indices where largest[block] * vector.values[feature] >= Self.leastChange {
        if places[feature, block] == nil {
          places[feature, block] = slot(Int(vector.features[feature]), blocks[block])
        }
      }
    }
  }

  private func step(
    _ values: [Float], _ features: Range<Int>, _ places: WeightPlaces, errors: [Block], largest: [Float],
    rate: Float
  ) {
    let least = Block(repeating: Self.leastChange * Self.leastChange)
    let clock = clock
    unsafe chunks.withUnsafeBufferPointer { chunks in
      unsafe stamps.withUnsafeMutableBufferPointer { stamps in
        for feature in features {
          let x = values[feature]
          for block in 0..<places.blockCount where largest[block] * x >= Self.leastChange {
            guard let slot = places[feature, block] else { continue }
            unsafe stamps[slot] = clock
            var change = errors[block] * x
            let square = change * change
            change.replace(with: 0, where: square .< least)
            // Safe: a place's slot lies in its chunk, its sums `chunkSize` blocks after its weights.
            let weights = unsafe chunks[slot >> Self.chunkBits] + (slot & (Self.chunkSize &- 1))
            let sums = unsafe weights + Self.chunkSize
            let sum = unsafe sums.pointee + change * change
            unsafe sums.pointee = sum
            unsafe weights.pointee -= (change * rate) * ExactMath.inverseRoot(sum + Self.damping)
          }
        }
      }
    }
  }
}

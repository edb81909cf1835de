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
  func scores(of vector: FeatureVector, _ blocks: [Int], at places: inout WeightPlaces) -> [Block] {
    var scores = [Block](repeating: .zero, count: blocks.count)
    forEachPortion(of: vector, blocks, at: &places) { places in
      unsafe chunks.withUnsafeBufferPointer { chunks in
        for block in blocks.indices {
          var sum = scores[block]
          places.forEach(of: block) { feature, slot in
            // Safe: a place's slot lies in its chunk.
            let weights = unsafe chunks[slot >> Self.chunkBits][slot & (Self.chunkSize &- 1)]
            sum += weights * vector.values[feature]
          }
          scores[block] = sum
        }
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
  func reach(
    of vector: FeatureVector, _ blocks: [Int], at places: inout WeightPlaces, errors: [Block],
    largest: [Float]
  ) -> [Block] {
    var reach = [Block](repeating: .zero, count: blocks.count)
    forEachPortion(of: vector, blocks, at: &places) { places in
      unsafe chunks.withUnsafeBufferPointer { chunks in
        for block in blocks.indices {
          var sum = reach[block]
          let error = errors[block]
          for feature in places.features where largest[block] * vector.values[feature] >= Self.leastChange {
            let x = vector.values[feature]
            let change = error * x
            var squares = change * change + Self.damping
            if let slot = places[feature, block] {
              // Safe: a place's slot lies in its chunk, its sums `chunkSize` blocks after its weights.
              squares += unsafe chunks[slot >> Self.chunkBits][
                (slot & (Self.chunkSize &- 1)) &+ Self.chunkSize]
            }
            sum += ExactMath.roughInverseRoot(squares) * (x * x)
          }
          reach[block] = sum
        }
      }
    }
    return reach
  }

  /// One AdaGrad step (Duchi, Hazan and Singer 2011): G += (g x)², w -= rate · g x / √(G + damping).
  ///
  /// - Parameters:
  ///   - errors: g of each block's tags, 0 for a tag that is not learnt about.
  ///   - largest: the greatest |g| of each block.
  /// - Complexity: O(features × blocks with an error worth learning).
  func learn(
    _ vector: FeatureVector, _ blocks: [Int], at places: inout WeightPlaces, errors: [Block],
    largest: [Float], rate: Float
  ) {
    clock &+= 1
    forEachPortion(of: vector, blocks, at: &places) { places in
      makePlaces(for: vector, blocks, largest: largest, &places)
      step(vector.values, places, errors: errors, largest: largest, rate: rate)
    }
  }

  /// Makes the blocks that are to be learnt and not there yet.
  private func makePlaces(
    for vector: FeatureVector, _ blocks: [Int], largest: [Float], _ places: inout WeightPlaces
  ) {
    func isMissing(_ feature: Int, _ block: Int, in places: WeightPlaces) -> Bool {
      largest[block] * vector.values[feature] >= Self.leastChange && places[feature, block] == nil
    }
    let features = places.features
    guard
      features.contains(where: { feature in blocks.indices.contains { isMissing(feature, $0, in: places) } })
    else { return }
    // Slots that were given up may have been among these.
    if makeRoom(for: features.count * blocks.count) { places = self.places(of: vector, features, blocks) }
    for feature in features {
      for block in blocks.indices where isMissing(feature, block, in: places) {
        places[feature, block] = slot(Int(vector.features[feature]), blocks[block])
      }
    }
  }

  private func step(
    _ values: [Float], _ places: WeightPlaces, errors: [Block], largest: [Float], rate: Float
  ) {
    let least = Block(repeating: Self.leastChange * Self.leastChange)
    let clock = clock
    unsafe chunks.withUnsafeBufferPointer { chunks in
      unsafe stamps.withUnsafeMutableBufferPointer { stamps in
        for feature in places.features {
          let x = values[feature]
          for block in errors.indices where largest[block] * x >= Self.leastChange {
            // All that are learnt have been made.
            let slot = places[feature, block]!
            unsafe stamps[slot] = clock
            var change = errors[block] * x
            change.replace(with: 0, where: change * change .< least)
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

  /// Has `places` hold where some features stand after others: all at once for all but very long texts under very many
  /// tags, and then only the first time.
  private func forEachPortion(
    of vector: FeatureVector, _ blocks: [Int], at places: inout WeightPlaces,
    _ body: (inout WeightPlaces) -> Void
  ) {
    let size = max(1, min(WeightPlaces.limit, ceiling) / max(1, blocks.count))
    var first = 0
    while first < vector.features.count {
      let features = first..<min(first + size, vector.features.count)
      if places.features != features { places = self.places(of: vector, features, blocks) }
      body(&places)
      first = features.upperBound
    }
  }
}

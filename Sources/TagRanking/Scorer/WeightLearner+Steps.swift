internal import CLanes

/// Scoring and learning to the last bit: 16 tags at a time, features in the vector's order, so that sums have the same bits
/// on every run.
///
/// Where the weights of a text stand is looked up once and used by all that follows: see ``WeightPlaces``.
extension WeightLearner {
  /// Changes below this are not worth a line of memory: |g x|.
  static let leastChange: Float = 1e-4
  /// Changes below this are not worth a new line of memory: under a ceiling, what says little drives out what says much.
  static let leastNewChange: Float = 1e-3
  /// What keeps the first step of a weight finite, and small for features that say little.
  static let damping: Float = 0.003

  /// Σ x·w for each block. O(features × blocks).
  func scores(
    of vector: FeatureVector, _ blocks: [Int], in table: WeightTable, at places: inout WeightPlaces
  ) -> [Block] {
    var scores = [Block](repeating: .zero, count: blocks.count)
    let (upper, lower) = (table.upper, lower)
    unsafe scores.withUnsafeMutableBufferPointer { scores in
      places.forEachPortion(of: vector, blocks, in: table, limit: ceiling) { places in
        // Safe: a slot of the directory is below the capacity; as many sums as blocks.
        places.forEach(fetch: { unsafe wrapup_prefetch(lower[$0]) }) { feature, block, slot in
          unsafe scores[block] += Self.weights(upper[slot], lower[slot]) * vector.values[feature]
        }
      }
    }
    return scores
  }

  @inline(__always)
  private static func weights(_ upper: UnsafePointer<UInt16>, _ lower: UnsafePointer<UInt16>) -> Block {
    var weights = Block.zero
    // Safe: a block is sixteen floats.
    unsafe withUnsafeMutableBytes(of: &weights) {
      unsafe wrapup_join(upper, lower, $0.baseAddress!.assumingMemoryBound(to: Float.self))
    }
    return weights
  }

  /// How far the scores would move at learning rate 1 and error 1: Σ x² / √(G + (g x)² + damping) within 0.2%, by block.
  ///
  /// - Parameters:
  ///   - errors: g of each block's tags, 0 for a tag that is not learnt about.
  ///   - largest: the greatest |g| of each block.
  /// - Complexity: O(features × blocks).
  func reach(
    of vector: FeatureVector, _ blocks: [Int], in table: WeightTable, at places: inout WeightPlaces,
    errors: [Block], largest: [Float]
  ) -> [Block] {
    var reach = [Block](repeating: .zero, count: blocks.count)
    let sums = sums
    let learnt = largest.indices.filter { largest[$0] > 0 }
    unsafe reach.withUnsafeMutableBufferPointer { reach in
      places.forEachPortion(of: vector, blocks, in: table, limit: ceiling) { places in
        // Safe: slots of the directory are below the capacity; as many blocks as errors.
        places.forEach(of: learnt, fetch: { unsafe wrapup_prefetch(sums[$0]) }) { feature, block, slot in
          let x = vector.values[feature]
          guard largest[block] * x >= (slot == nil ? Self.leastNewChange : Self.leastChange) else { return }
          let change = errors[block] * x
          var squares = change * change + Self.damping
          if let slot { unsafe squares += Self.block(sums[slot]).pointee }
          unsafe reach[block] += ExactMath.roughInverseRoot(squares) * (x * x)
        }
      }
    }
    return reach
  }

  /// Sixteen floats of a slot as a block.
  @inline(__always)
  private static func block(_ numbers: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Block> {
    // Safe: slots begin at multiples of 64 bytes.
    unsafe UnsafeMutableRawPointer(numbers).assumingMemoryBound(to: Block.self)
  }

  /// One AdaGrad step (Duchi, Hazan and Singer 2011): G += (g x)², w -= rate · g x / √(G + damping).
  ///
  /// - Parameters:
  ///   - errors: g of each block's tags, 0 for a tag that is not learnt about.
  ///   - largest: the greatest |g| of each block.
  /// - Complexity: O(features × blocks with an error worth learning).
  func learn(
    _ vector: FeatureVector, _ blocks: [Int], in table: WeightTable, at places: inout WeightPlaces,
    errors: [Block], largest: [Float], rate: Float
  ) {
    clock &+= 1
    guard largest.contains(where: { $0 > 0 }) else { return }
    places.forEachPortion(of: vector, blocks, in: table, limit: ceiling) { places in
      makePlaces(for: vector, blocks, in: table, largest: largest, &places)
      step(vector.values, places, in: table, errors: errors, largest: largest, rate: rate)
    }
  }

  /// Makes the blocks that are to be learnt and not there yet.
  private func makePlaces(
    for vector: FeatureVector, _ blocks: [Int], in table: WeightTable, largest: [Float],
    _ places: inout WeightPlaces
  ) {
    func isMissing(_ feature: Int, _ block: Int, in places: WeightPlaces) -> Bool {
      largest[block] * vector.values[feature] >= Self.leastNewChange && places[feature, block] == nil
    }
    let features = places.features
    guard
      features.contains(where: { feature in blocks.indices.contains { isMissing(feature, $0, in: places) } })
    else { return }
    // Slots that were given up may have been among these.
    if makeRoom(for: features.count * blocks.count, in: table) {
      places.look(for: vector, features, blocks, in: table)
    }
    for feature in features {
      for block in blocks.indices where isMissing(feature, block, in: places) {
        places[feature, block] = slot(Int(vector.features[feature]), blocks[block], in: table)
      }
    }
  }

  private func step(
    _ values: [Float], _ places: WeightPlaces, in table: WeightTable, errors: [Block], largest: [Float],
    rate: Float
  ) {
    let least = Block(repeating: Self.leastChange * Self.leastChange)
    let (clock, upper, lower, sums) = (clock, table.upper, lower, sums)
    let learnt = largest.indices.filter { largest[$0] > 0 }
    var slots: [UInt32] = []
    slots.reserveCapacity(places.features.count * learnt.count)
    defer { changes.note(slots) }
    unsafe stamps.withUnsafeMutableBufferPointer { stamps in
      places.forEach(of: learnt) { feature, block, slot in
        let x = values[feature]
        // Safe: slots of the directory are below the capacity.
        guard let slot, largest[block] * x >= Self.leastChange else { return }
        unsafe stamps[slot] = clock
        slots.append(UInt32(slot))
        var change = errors[block] * x
        change.replace(with: 0, where: change * change .< least)
        let squares = unsafe Self.block(sums[slot])
        let sum = unsafe squares.pointee + change * change
        unsafe squares.pointee = sum
        var weights = unsafe Self.weights(upper[slot], lower[slot])
        weights -= (change * rate) * ExactMath.inverseRoot(sum + Self.damping)
        unsafe withUnsafeBytes(of: weights) {
          unsafe wrapup_part($0.baseAddress!.assumingMemoryBound(to: Float.self), upper[slot], lower[slot])
        }
      }
    }
  }
}

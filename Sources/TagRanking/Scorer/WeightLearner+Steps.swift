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
    places.forEachPortion(of: vector, blocks, in: table, limit: ceiling) { places in
      unsafe places.withEntries(vector.values) { entries, values in
        // Safe: as many sums as blocks; entries are 0 or a slot below the capacity plus 1.
        unsafe wrapup_add_joined(
          entries, places.features.count, blocks.count, values, upper.zeros, lower.zeros, &scores)
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
    of vector: FeatureVector, _ blocks: [Int], in table: WeightTable, at places: inout WeightPlaces,
    errors: [Block], largest: [Float]
  ) -> [Block] {
    var reach = [Block](repeating: .zero, count: blocks.count)
    let squares = sums
    places.forEachPortion(of: vector, blocks, in: table, limit: ceiling) { places in
      unsafe withStep(places, vector.values, errors, largest) {
        unsafe wrapup_add_reach($0, squares.zeros, &reach)
      }
    }
    return reach
  }

  /// Runs `body` with what a step is told.
  private func withStep(
    _ places: WeightPlaces, _ values: [Float], _ errors: [Block], _ largest: [Float],
    _ body: (UnsafePointer<wrapup_learning>) -> Void
  ) {
    let learnt = largest.indices.filter { largest[$0] > 0 }
    unsafe places.withEntries(values) { entries, values in
      unsafe errors.withUnsafeBufferPointer { errors in
        unsafe largest.withUnsafeBufferPointer { largest in
          unsafe learnt.withUnsafeBufferPointer { learnt in
            // Safe: as many errors as blocks; `learnt` are some of them.
            var step = unsafe wrapup_learning(
              entries: entries, features: places.features.count, blocks: largest.count, values: values,
              learnt: learnt.baseAddress, learntCount: learnt.count, errors: errors.baseAddress,
              largest: largest.baseAddress, damping: Self.damping, leastChange: Self.leastChange,
              leastNewChange: Self.leastNewChange)
            unsafe body(&step)
          }
        }
      }
    }
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
    let (upper, lower, squares) = (table.upper, lower, sums)
    let slots = unsafe [UInt32](unsafeUninitializedCapacity: max(1, places.features.count * largest.count)) {
      slots, count in
      unsafe withStep(places, values, errors, largest) { step in
        // Safe: at most one slot for each entry.
        count = unsafe wrapup_learn(
          step, rate, upper.zeros, lower.zeros, squares.zeros, slots.baseAddress)
      }
    }
    for slot in slots { stamps[Int(slot)] = clock }
    changes.note(slots)
  }
}

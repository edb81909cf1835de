import TestSupport
import Testing

@testable import TagRanking

struct WeightLearnerTests {
  private typealias Block = WeightTable.Block

  private struct Place: Hashable {
    let feature: UInt32
    let block: Int
  }

  /// Weights and sums of squares in a dictionary, stepped one feature at a time.
  private struct Naive {
    var weights: [Place: Block] = [:]
    var sums: [Place: Block] = [:]

    func scores(_ vector: FeatureVector, _ blocks: [Int]) -> [Block] {
      blocks.map { block in
        zip(vector.features, vector.values).reduce(Block.zero) { sum, entry in
          sum + (weights[Place(feature: UInt32(entry.0), block: block)] ?? .zero) * entry.1
        }
      }
    }

    mutating func learn(_ vector: FeatureVector, _ blocks: [Int], errors: [Block]) {
      for (feature, x) in zip(vector.features, vector.values) {
        for (place, block) in blocks.enumerated() {
          let change = errors[place] * x
          let key = Place(feature: UInt32(feature), block: block)
          for lane in 0..<WeightTable.width where change[lane] * change[lane] >= 1e-8 {
            let sum = sums[key, default: Block(repeating: 0x1p-20)][lane] + change[lane] * change[lane]
            weights[key, default: .zero][lane] -= change[lane] / (sum + 0.003).squareRoot()
            // Kept with eleven bits of fraction.
            sums[key, default: Block(repeating: 0x1p-20)][lane] = Float(
              bitPattern: (sum.bitPattern + 0x800) & ~0xFFF)
          }
        }
      }
    }
  }

  private static func vector(_ features: Range<Int>, _ random: inout SeededGenerator) -> FeatureVector {
    var vector = FeatureVector()
    for feature in features { vector.append(feature * 7, Float.random(in: 0.05...0.5, using: &random)) }
    return vector
  }

  private static func errors(_ count: Int, _ random: inout SeededGenerator) -> [Block] {
    (0..<count).map { _ in
      let isLearnt = Bool.random(using: &random)
      return Block(
        (0..<WeightTable.width).map { _ in isLearnt ? Float.random(in: -1...1, using: &random) : 0 })
    }
  }

  private static func largest(_ errors: [Block]) -> [Float] { errors.map { max($0.max(), -$0.min()) } }

  @Test(
    "few features at a time or all at once, what is learnt is the same",
    arguments: [(9, 3), (40, 260), (20, 4096)])
  func portions(featureCount: Int, blockCount: Int) {
    var random = SeededGenerator(seed: UInt64(blockCount))
    let weights = WeightLearner(ceiling: 400_000)
    let table = WeightTable(capacity: 400_000)
    var naive = Naive()
    let blocks = Array(0..<blockCount)
    for round in 0..<2 {
      let vector = Self.vector(round * featureCount / 2..<(round + 2) * featureCount / 2, &random)
      let errors = Self.errors(blockCount, &random)
      var places = WeightPlaces()
      weights.learn(
        vector, blocks, in: table, at: &places, errors: errors, largest: Self.largest(errors), rate: 1)
      naive.learn(vector, blocks, errors: errors)
      places = WeightPlaces()
      let scores = weights.scores(of: vector, blocks, in: table, at: &places)
      #expect(places.features.count * blockCount <= WeightPlaces.limit)
      places = WeightPlaces()
      let rounded = table.scores(of: vector, blocks, at: &places)
      for ((one, other), reader) in zip(zip(scores, naive.scores(vector, blocks)), rounded) {
        let difference = one - other
        #expect(max(difference.max(), -difference.min()) < 1e-4)
        // Readers see eight bits of each weight.
        let rounding = reader - other
        #expect(max(rounding.max(), -rounding.min()) < 0.04)
      }
    }
  }

  @Test func underASmallCeilingAsMuchStaysAsFits() {
    var random = SeededGenerator(seed: 4)
    let weights = WeightLearner(ceiling: 5_000)
    let table = WeightTable(capacity: 5_000)
    for _ in 0..<3 {
      let errors = Self.errors(1_000, &random)
      var places = WeightPlaces()
      weights.learn(
        Self.vector(0..<30, &random), Array(0..<1_000), in: table, at: &places, errors: errors,
        largest: Self.largest(errors), rate: 1)
      #expect(weights.count > 0 && weights.count <= 5_000)
    }
  }

  @Test func theNumberAtAPlaceIsThatOfTheSorted() {
    var random = SeededGenerator(seed: 5)
    for range in [0...3, 65_530...65_545, 0...UInt32.max] as [ClosedRange<UInt32>] {
      for count in [1, 2, 3, 500] {
        let numbers = (0..<count).map { _ in UInt32.random(in: range, using: &random) }
        let place = Int.random(in: 0..<count, using: &random)
        #expect(WeightLearner.number(at: place, of: numbers) == numbers.sorted()[place])
      }
    }
  }
}

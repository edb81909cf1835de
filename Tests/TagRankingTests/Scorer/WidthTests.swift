import CLanes
import Foundation
import TestSupport
import Testing

@testable import TagRanking

/// The loops in C: right, and the same to the bit whatever vectors the processor has.
struct WidthTests {
  private typealias Block = SIMD16<Float>

  private static func blocks(
    _ count: Int, _ range: ClosedRange<Float>, _ random: inout SeededGenerator
  ) -> [Block] {
    (0..<count).map { _ in Block((0..<16).map { _ in Float.random(in: range, using: &random) }) }
  }

  @Test(arguments: [0, 1, 15, 16, 17, 100]) func featuresAreWeighed(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let features = (0..<count).map { UInt32($0) * 3 }
    let occurrences = features.map { _ in
      Int.random(in: 0..<4, using: &random) == 0 ? UInt32.random(in: 1...900, using: &random) : 1
    }
    let arePieces = features.map { _ in UInt8.random(in: 0...1, using: &random) }
    let frequencies = (0..<max(1, 3 * count)).map { _ in
      UInt32(exp(Double.random(in: 0...22, using: &random))) - 1
    }
    var raw: [Double] = []
    for (place, feature) in features.enumerated() {
      let rarity = log(1 + 4e9 / (Double(frequencies[Int(feature)]) + 0.5))
      raw.append((1 + log(Double(occurrences[place]))) * rarity * (arePieces[place] == 1 ? 0.6 : 1))
    }
    let length = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
    var bits: Set<[UInt32]> = []
    for width in 0...Int(wrapup_width()) {
      let weigh = unsafe [wrapup_weigh_lanes, wrapup_weigh_eight, wrapup_weigh_sixteen][width]
      var values = [Float](repeating: 0, count: (count + 15) / 16 * 16)
      unsafe weigh(features, occurrences, arePieces, count, frequencies, 4e9, 0.6, &values)
      for (value, raw) in zip(values, raw) {
        #expect(abs(Double(value) - raw / length) < 2e-6 * (raw / length))
      }
      bits.insert(values.map(\.bitPattern))
    }
    #expect(bits.count == 1)
  }

  @Test func errorsAreThoseOfTheLogisticLoss() {
    var random = SeededGenerator(seed: 1)
    let scores = Self.blocks(200, -40...40, &random) + [Block(repeating: -1e30), Block(repeating: 1e30)]
    let targets = Self.blocks(202, 0...1, &random).map { $0.rounded(.toNearestOrEven) }
    let isLearnt = Self.blocks(202, 0...1, &random).map { $0.rounded(.toNearestOrEven) }
    var bits: Set<[UInt32]> = []
    for width in 0...Int(wrapup_width()) {
      let find = unsafe [wrapup_errors_lanes, wrapup_errors_eight, wrapup_errors_sixteen][width]
      var errors = [Block](repeating: .zero, count: 202)
      var largest = [Float](repeating: 0, count: 202)
      unsafe find(scores, targets, isLearnt, 202, &errors, &largest)
      for (block, error) in errors.enumerated() {
        for lane in 0..<16 {
          let right = 1 / (1 + exp(-Double(scores[block][lane]))) - Double(targets[block][lane])
          #expect(abs(Double(error[lane]) - right * Double(isLearnt[block][lane])) < 1e-6)
        }
        #expect(largest[block] == max(error.max(), -error.min()))
      }
      bits.insert(errors.flatMap { error in error.indices.map { error[$0].bitPattern } })
    }
    #expect(bits.count == 1)
  }

  @Test func stepsAreShortenedToWhatRemainsAfterThem() {
    var random = SeededGenerator(seed: 2)
    let scores = Self.blocks(100, -6...6, &random)
    let targets = Self.blocks(100, 0...1, &random).map { $0.rounded(.toNearestOrEven) }
    let reach = Self.blocks(100, 0...20, &random)
    let full = zip(scores, targets).map { score, target in
      Block(score.indices.map { Float(1 / (1 + exp(-Double(score[$0]))) - Double(target[$0])) })
    }
    var bits: Set<[UInt32]> = []
    for width in 0...Int(wrapup_width()) {
      let shorten = unsafe [wrapup_shorten_lanes, wrapup_shorten_eight, wrapup_shorten_sixteen][width]
      var errors = full
      var largest = full.map { max($0.max(), -$0.min()) }
      // A block of which nothing is learnt stays as it is.
      largest[99] = 0
      unsafe shorten(scores, targets, reach, 100, 1.2, &errors, &largest)
      for block in 0..<99 {
        for lane in 0..<16 {
          let (first, error) = (Double(full[block][lane]), Double(errors[block][lane]))
          let after = Double(scores[block][lane]) - 1.2 * Double(reach[block][lane]) * error
          let remaining = 1 / (1 + exp(-after)) - Double(targets[block][lane])
          // Within a 512th of the error, which moves what remains by as much times the slope.
          let slope = 1 + 0.25 * 1.2 * Double(reach[block][lane])
          #expect(abs(remaining - error) <= abs(first) / 512 * slope + 1e-5)
        }
        #expect(largest[block] == max(errors[block].max(), -errors[block].min()))
      }
      #expect(errors[99] == full[99] && largest[99] == 0)
      bits.insert(errors.flatMap { error in error.indices.map { error[$0].bitPattern } })
    }
    #expect(bits.count == 1)
  }
}

import CLanes
import Foundation
import TestSupport
import Testing

/// The loops over weights in C: right, and the same to the bit whatever vectors the processor has.
struct WeightWidthTests {
  private typealias Block = SIMD16<Float>

  /// Weights and sums of squares of some slots, and where those of a text stand.
  private struct Setting {
    static let slots = 40
    let blocks: Int
    let features = 37
    var entries: [UInt32]
    let values: [Float]
    var upper: [UInt16]
    var lower: [UInt16]
    var squares: [UInt16]
    let errors: [Block]
    let largest: [Float]
    let learnt: [Int]

    init(blocks: Int, _ random: inout SeededGenerator) {
      self.blocks = blocks
      // Each slot once at most, as a table has them.
      var slots = Array(1...UInt32(Self.slots)).shuffled(using: &random)
      entries = (0..<features * blocks).map { _ in
        Bool.random(using: &random) ? 0 : slots.popLast() ?? 0
      }
      values = (0..<features).map { _ in Float.random(in: 1e-4...0.7, using: &random) }
      let count = 16 * (Self.slots + 1)
      (upper, lower) = (Array(repeating: 0, count: count), Array(repeating: 0, count: count))
      squares = Array(repeating: 0, count: count)
      for place in 16..<count {
        let bits = Float.random(in: -3...3, using: &random).bitPattern
        upper[place] = UInt16(truncatingIfNeeded: (bits + 0x8000) >> 16)
        lower[place] = UInt16(truncatingIfNeeded: bits)
        squares[place] = UInt16.random(in: 0...45_000, using: &random)
      }
      errors = (0..<blocks).map { block in
        block % 3 == 2 ? .zero : Block((0..<16).map { _ in Float.random(in: -1...1, using: &random) })
      }
      largest = errors.map { max($0.max(), -$0.min()) }
      let sizes = largest
      learnt = sizes.indices.filter { sizes[$0] > 0 }
    }

    /// A weight to the bit, or by its upper half.
    func weight(_ entry: UInt32, _ lane: Int, isWhole: Bool) -> Double {
      let place = 16 * Int(entry) + lane
      let rest = isWhole ? Int64(Int16(bitPattern: lower[place])) : 0
      return Double(Float(bitPattern: UInt32(truncatingIfNeeded: Int64(upper[place]) << 16 + rest)))
    }

    /// A sum of squares: 2^(number / 2048 - 20) where its fraction is 0, straight lines between.
    func sum(_ place: Int) -> Double {
      let (exponent, fraction) = (Int(squares[place]) / 2048, Double(Int(squares[place]) % 2048) / 2048)
      return (1 + fraction) * pow(2, Double(exponent - 20))
    }

    func sums(isWhole: Bool) -> [[Double]] {
      (0..<blocks).map { block in
        (0..<16).map { lane in
          (0..<features).reduce(0) { sum, feature in
            sum + Double(values[feature])
              * weight(entries[feature * blocks + block], lane, isWhole: isWhole)
          }
        }
      }
    }

    func withStep(_ body: (UnsafePointer<wrapup_learning>) -> Void) {
      unsafe entries.withUnsafeBufferPointer { entries in
        unsafe values.withUnsafeBufferPointer { values in
          unsafe errors.withUnsafeBufferPointer { errors in
            unsafe largest.withUnsafeBufferPointer { largest in
              unsafe learnt.withUnsafeBufferPointer { learnt in
                var step = unsafe wrapup_learning(
                  entries: entries.baseAddress, features: features, blocks: blocks,
                  values: values.baseAddress,
                  learnt: learnt.baseAddress, learntCount: learnt.count, errors: errors.baseAddress,
                  largest: largest.baseAddress, damping: 0.003, leastChange: 1e-3, leastNewChange: 0.1)
                unsafe body(&step)
              }
            }
          }
        }
      }
    }
  }

  private static func bits(_ blocks: [Block]) -> [UInt32] {
    blocks.flatMap { block in block.indices.map { block[$0].bitPattern } }
  }

  @Test(arguments: [1, 3, 4, 9]) func scoresAreSums(blocks: Int) {
    var random = SeededGenerator(seed: UInt64(blocks))
    let setting = Setting(blocks: blocks, &random)
    var bits: Set<[UInt32]> = []
    for width in 0...Int(wrapup_width()) {
      var (rounded, joined) = (
        [Block](repeating: .one, count: blocks), [Block](repeating: .one, count: blocks)
      )
      let addUpper = unsafe [wrapup_add_upper_lanes, wrapup_add_upper_eight, wrapup_add_upper_sixteen][width]
      let addJoined = unsafe [wrapup_add_joined_lanes, wrapup_add_joined_eight, wrapup_add_joined_sixteen][
        width]
      unsafe addUpper(setting.entries, setting.features, blocks, setting.values, setting.upper, &rounded)
      unsafe addJoined(
        setting.entries, setting.features, blocks, setting.values, setting.upper, setting.lower, &joined)
      for (found, right) in [(rounded, setting.sums(isWhole: false)), (joined, setting.sums(isWhole: true))] {
        for block in 0..<blocks {
          for lane in 0..<16 { #expect(abs(Double(found[block][lane]) - 1 - right[block][lane]) < 1e-4) }
        }
      }
      bits.insert(Self.bits(rounded + joined))
    }
    #expect(bits.count == 1)
  }

  @Test(arguments: [1, 3, 4, 9]) func stepsAreThoseOfAdaGrad(blocks: Int) {
    var random = SeededGenerator(seed: UInt64(blocks) + 20)
    let before = Setting(blocks: blocks, &random)
    var outcomes: Set<[UInt32]> = []
    for width in 0...Int(wrapup_width()) {
      var after = before
      var reach = [Block](repeating: .zero, count: blocks)
      var changed = [UInt32](repeating: 0, count: before.features * blocks)
      var count = 0
      let addReach = unsafe [wrapup_add_reach_lanes, wrapup_add_reach_eight, wrapup_add_reach_sixteen][width]
      let learn = unsafe [wrapup_learn_lanes, wrapup_learn_eight, wrapup_learn_sixteen][width]
      unsafe before.withStep { unsafe addReach($0, before.squares, &reach) }
      unsafe before.withStep {
        count = unsafe learn($0, 1.2, &after.upper, &after.lower, &after.squares, &changed)
      }
      Self.expectSteps(from: before, to: after, reach, changed: Set(changed.prefix(count)))
      outcomes.insert(
        Self.bits(reach) + after.upper.map(UInt32.init) + after.lower.map(UInt32.init)
          + after.squares.map(UInt32.init) + changed.prefix(count))
    }
    #expect(outcomes.count == 1)
  }

  private static func expectSteps(
    from before: Setting, to after: Setting, _ reach: [Block], changed: Set<UInt32>
  ) {
    var slots: Set<UInt32> = []
    for block in 0..<before.blocks {
      for lane in 0..<16 {
        var whole = 0.0
        let error = Double(before.errors[block][lane])
        for feature in 0..<before.features {
          let (x, entry) = (before.values[feature], before.entries[feature * before.blocks + block])
          let place = 16 * Int(entry) + lane
          let change = error * Double(x)
          let isLearnt = abs(change) >= 1e-3 && before.largest[block] > 0
          let sum = before.sum(place) + (isLearnt ? change * change : 0)
          if before.largest[block] * x >= (entry == 0 ? 0.1 : 1e-3), before.largest[block] > 0 {
            whole +=
              Double(x) * Double(x) / (before.sum(place) + change * change + 0.003).squareRoot()
          }
          guard entry > 0 else { continue }
          let step = isLearnt ? 1.2 * change / (sum + 0.003).squareRoot() : 0
          let (old, new) = (
            before.weight(entry, lane, isWhole: true), after.weight(entry, lane, isWhole: true)
          )
          #expect(abs(new - (old - step)) < 1e-6)
          // Half a unit of the last of eleven bits.
          #expect(abs(after.sum(place) - min(sum, 4_095)) <= sum / 4_095 + 1e-9)
          if before.largest[block] * x >= 1e-3, before.largest[block] > 0 { slots.insert(entry - 1) }
        }
        #expect(abs(Double(reach[block][lane]) - whole) <= 0.002 * whole + 1e-9)
      }
    }
    #expect(slots == changed)
    #expect(after.upper.prefix(16).allSatisfy { $0 == 0 } && after.squares.prefix(16).allSatisfy { $0 == 0 })
  }
}

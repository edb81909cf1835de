import TestSupport

@testable import Columnar

/// Random rows of a block for kernels of durations, and what each code adds up to by the definitions.
struct DurationRows {
  /// How the values are chosen.
  enum Values: CaseIterable {
    case ordinary, extreme, missing

    func value(using generator: inout SeededGenerator) -> UInt32 {
      switch self {
      case .ordinary:
        Int.random(in: 0..<12, using: &generator) == 0
          ? .max : UInt32.random(in: 0...7_200, using: &generator)
      case .extreme: [0, PackedTally.valueBound - 1, .max, 1].randomElement(using: &generator)!
      case .missing: .max
      }
    }
  }

  /// Sizes around the steps that loops take.
  static let sizes = [0, 1, 2, 3, 4, 5, 7, 8, 63, 64, 65, 127, 4_095, 4_096, 4_097, 65_535, 65_536]

  var codes: [UInt8] = []
  var seconds: [UInt32] = []
  var isHandled: [Bool] = []

  /// - Parameter isSkewed: nine rows in ten have one code.
  init(_ count: Int, _ values: Values, isSkewed: Bool, codes most: UInt8 = 254, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<count {
      let isCommon = isSkewed && Int.random(in: 0..<10, using: &generator) > 0
      codes.append(isCommon ? 7 : UInt8.random(in: 0...most, using: &generator))
      seconds.append(values.value(using: &generator))
      isHandled.append(seconds.last != .max || Bool.random(using: &generator))
    }
  }

  /// The rows without a value.
  var valueless: [Int] { seconds.indices.filter { seconds[$0] == .max } }

  /// By code, over the rows for which `isKept` holds.
  func tallies(hasSpread: Bool, where isKept: (Int) -> Bool = { _ in true }) -> [Tally] {
    var tallies = [Tally](repeating: Tally(), count: 256)
    for row in codes.indices where isKept(row) {
      tallies[Int(codes[row])].contacts += 1
      guard isHandled[row] else { continue }
      tallies[Int(codes[row])].handled += 1
      let value = seconds[row]
      guard value != .max else { continue }
      tallies[Int(codes[row])].n += 1
      tallies[Int(codes[row])].sum += UInt64(value)
      guard hasSpread else { continue }
      tallies[Int(codes[row])].squares += UInt128(value) * UInt128(value)
      tallies[Int(codes[row])].min = min(tallies[Int(codes[row])].min, value)
      tallies[Int(codes[row])].max = max(tallies[Int(codes[row])].max, value)
    }
    return tallies
  }
}

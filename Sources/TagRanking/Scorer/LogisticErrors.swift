internal import CLanes

/// Errors of one close, block by block: the slope of the logistic loss, shortened so that a step doesn't overshoot.
struct LogisticErrors {
  typealias Block = WeightTable.Block

  /// Sixteen tags whose errors are all below this are known well enough: means over four sets change by at most 0.05 points
  /// either way, and up to two fifths of the learning are saved.
  private static let leastError: Float = 0.01

  /// σ(s) - y, 0 for tags that are not learnt about.
  private(set) var errors: [Block]
  /// The greatest |error| of each block.
  private(set) var largest: [Float]
  private let scores: [Block]
  private let targets: [Block]

  /// - Parameters:
  ///   - lanes: where the tags stand that are learnt about, the chosen ones among them.
  ///   - chosen: where the chosen ones stand.
  ///   - limit: of more tags only so many are learnt about: the chosen ones and the greatest errors.
  init(scores: [Block], lanes: [Int], chosen: [Int], limit: Int) {
    self.scores = scores
    var targets = [Block](repeating: .zero, count: scores.count)
    for lane in chosen { targets[lane / WeightTable.width][lane % WeightTable.width] = 1 }
    var isLearnt = [Block](repeating: .zero, count: scores.count)
    for lane in lanes { isLearnt[lane / WeightTable.width][lane % WeightTable.width] = 1 }
    self.targets = targets
    var errors = [Block](repeating: .zero, count: scores.count)
    largest = [Float](repeating: 0, count: scores.count)
    // Safe: so many blocks of each.
    unsafe wrapup_errors(scores, targets, isLearnt, scores.count, &errors, &largest)
    if lanes.count > limit {
      var sizes = lanes.map { abs(errors[$0 / WeightTable.width][$0 % WeightTable.width]) }
      sizes.sort(by: >)
      let bound = sizes[limit - 1]
      // Of equal errors the first ones are learnt.
      var room = limit - sizes.count { $0 > bound }
      for place in lanes {
        let (block, lane) = (place / WeightTable.width, place % WeightTable.width)
        let size = abs(errors[block][lane])
        if size > bound || targets[block][lane] > 0 { continue }
        if size == bound, room > 0 { room -= 1 } else { errors[block][lane] = 0 }
      }
      for (block, errors) in errors.enumerated() {
        largest[block] = errors.indices.reduce(0) { max($0, abs(errors[$1])) }
      }
    }
    self.errors = errors
    for block in errors.indices where largest[block] < Self.leastError {
      self.errors[block] = .zero
      largest[block] = 0
    }
  }

  /// Replaces each error g by c·g, where c·g is the error that remains after the step: c g = σ(s - rate·reach·c g) - y.
  ///
  /// That is the implicit step of Kulis and Bartlett (2010), close to the importance invariant one of Karampatziakis and
  /// Langford (2011): however long a text is, learning it does not carry its scores past their goal. c is found by
  /// halving, within 1/512.
  ///
  /// - Parameter reach: how far a score moves per unit of error at rate 1.
  mutating func shorten(reach: [Block], rate: Float) {
    // Safe: so many blocks of each.
    unsafe wrapup_shorten(scores, targets, reach, scores.count, rate, &errors, &largest)
  }
}

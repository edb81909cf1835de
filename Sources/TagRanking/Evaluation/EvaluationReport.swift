/// What an evaluation found.
public struct EvaluationReport: Sendable {
  /// In which order closes are ranked and learnt.
  public enum Order: String, CaseIterable, Sendable {
    /// Each close is ranked before it is learnt.
    case prequential
    /// The training closes are learnt once, then the others are ranked by what is known then.
    case split
  }

  /// How lists are made.
  public enum Method: String, CaseIterable, Sendable {
    /// By this program.
    case wrapup
    /// By how often tags were chosen, in the category and anywhere.
    case mostUsedInCategory
    case mostUsed
    /// By name.
    case alphabetical
    /// The expected figures of a random order.
    case random
  }

  /// Closes of one category, or all.
  public struct Row: Sendable {
    /// Its name; `nil` for closes without one and for all.
    public let category: String?
    /// By method, each over the same lists.
    public package(set) var qualities: [Method: RankingQuality] = [:]
  }

  /// Times of one kind of step, microseconds of the wall's clock.
  public struct Timing: Equatable, Sendable {
    /// Steps timed.
    public let n: Int
    /// Half the steps took at most this.
    public let median: Double
    /// 99 of 100 steps took at most this.
    public let p99: Double

    package init(_ times: [Double]) {
      let sorted = times.sorted()
      n = sorted.count
      median = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
      p99 = sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    }
  }

  /// The order asked for.
  public let order: Order
  /// Whether the category was known, so that only its mapped tags were ranked.
  public let isCategoryKnown: Bool
  /// All closes ranked.
  public package(set) var total = Row(category: nil)
  /// By category, by name.
  public package(set) var categories: [Row] = []
  /// Closes that were learnt.
  public package(set) var learnt = 0
  /// Closes ranked of which a chosen tag was in the list at all.
  public package(set) var covered = 0
  /// Whether the chances given to the first five tags of each list held.
  public package(set) var reliability = Reliability()
  /// Of making a list.
  public package(set) var ranking = Timing([])
  /// Of learning a close.
  public package(set) var learning = Timing([])

  package init(order: Order, isCategoryKnown: Bool) {
    self.order = order
    self.isCategoryKnown = isCategoryKnown
  }
}

/// A visitor's rating of a conversation: a score of 1 to 5, or one of the two words of a two-valued survey.
public struct Rating: Hashable, Sendable {
  /// The stored number: 1 to 5 for the scores, 6 for bad, 7 for good.
  public let code: UInt8

  /// The lower word of a two-valued survey.
  public static let bad = Rating(known: 6)
  /// The upper word of a two-valued survey.
  public static let good = Rating(known: 7)

  /// The rating with this stored number; `nil` when there is none.
  public init?(code: UInt8) {
    guard (1...7).contains(code) else { return nil }
    self.code = code
  }

  /// The rating called `name`, in lower case; `nil` when there is none.
  public init?(name: String) {
    switch name {
    case "bad": self = .bad
    case "good": self = .good
    default:
      guard name.utf8.count == 1, let score = UInt8(name), (1...5).contains(score) else { return nil }
      self.init(known: score)
    }
  }

  private init(known code: UInt8) {
    self.code = code
  }

  /// The word in files and answers: "1" to "5", "bad", "good".
  public var name: String {
    switch self {
    case .bad: "bad"
    case .good: "good"
    default: String(code)
    }
  }

  /// The score, 1 to 5; `nil` for a word, which is in no mean of scores.
  public var score: Int? { code <= 5 ? Int(code) : nil }

  /// Whether it counts as satisfied: 4, 5 and good.
  public var isSatisfied: Bool { code == 4 || code == 5 || self == .good }
}

extension Rating: CaseIterable {
  /// Every rating by its code.
  public static let allCases = (1...7).map(Rating.init(known:))
}

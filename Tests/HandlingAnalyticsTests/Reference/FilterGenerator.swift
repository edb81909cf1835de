import Conversations
import TestSupport

@testable import HandlingAnalytics

/// Random filters of values that a text can say.
struct FilterGenerator {
  /// Names that are easy to write, and names that only quotes can hold.
  static let names = [
    "refund", "Élan", "late parcel", "it's", "say \"no\"", "and", "NOT", "missing", "", " ", "a,b", "(x)",
    "1<2", "true", "from", "\u{301}x", "日本", "x!", "\u{85}", "o''clock",
  ]
  static let seconds: [UInt32] = [0, 1, 59, 60, 300, 4_294_967_293, 4_294_967_294, 4_294_967_295]
  static let calendar: [HandlingAnalytics.Dimension] = [
    .hour, .weekday, .day, .week, .month, .quarter, .year,
  ]
  static let periods: [Period] = [
    .named("2016"), .named("2016-Q3"), .named("last-month"), .named("30d"),
    .named("2015-12-31..2016-02-29"),
    .between(from: "2016-02-29", to: "2017-01-01"), .between(from: nil, to: "2016-07-01T00:00:00Z"),
    .between(from: "2015-06-01T12:00:00+02:00", to: nil), .between(from: nil, to: nil),
  ]

  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  mutating func next(depth: Int = 4) -> Filter {
    switch Int.random(in: 0..<(depth == 0 ? 5 : 10), using: &generator) {
    case 5, 6: return .all(parts(depth))
    case 7, 8: return .any(parts(depth))
    case 9: return .not(next(depth: depth - 1))
    default: return leaf()
    }
  }

  private mutating func parts(_ depth: Int) -> [Filter] {
    (0..<Int.random(in: 0...3, using: &generator)).map { _ in next(depth: depth - 1) }
  }

  private mutating func leaf() -> Filter {
    let dimension = HandlingAnalytics.Dimension.allCases.randomElement(using: &generator)!
    let duration = Filter.Duration.allCases.randomElement(using: &generator)!
    switch Int.random(in: 0..<16, using: &generator) {
    case 0...2: return .oneOf(dimension, values(of: dimension, isBound: false))
    case 3...5:
      let ordered = (Self.calendar + [.rating]).randomElement(using: &generator)!
      return .range(
        ordered, from: values(of: ordered, isBound: true).first,
        through: values(of: ordered, isBound: true).first)
    case 6: return .missing(dimension)
    case 7: return .isBot
    case 8: return .basis(HandlingBasis.allCases.filter { _ in Bool.random(using: &generator) })
    case 9: return .flags(ContactFlags(rawValue: UInt16.random(in: 0..<256, using: &generator)))
    case 10, 11:
      return .seconds(
        duration, from: Self.seconds.randomElement(using: &generator)!,
        through: Self.seconds.randomElement(using: &generator)!)
    case 12: return .missingSeconds(duration)
    case 13:
      return Bool.random(using: &generator) ? .missingVisitor : .visitor(values(of: .agent, isBound: false))
    case 14: return .period(Self.periods.randomElement(using: &generator)!)
    default: return strict()
    }
  }

  /// What `<` and `>` of a calendar's texts are read as, and what nearly looks like it.
  private mutating func strict() -> Filter {
    let dimension = Self.calendar.randomElement(using: &generator)!
    let other = Int.random(in: 0..<4, using: &generator) == 0 ? .day : dimension
    return .all([
      .not(.missing(dimension)),
      .not(
        .range(
          other, from: values(of: other, isBound: true).first, through: values(of: other, isBound: true).first
        )),
    ])
  }

  /// Up to three values as answers label them.
  private mutating func values(of dimension: HandlingAnalytics.Dimension, isBound: Bool) -> [String] {
    (0..<Int.random(in: 0...3, using: &generator)).map { _ in
      let year = Int.random(in: 2014...2018, using: &generator)
      switch dimension {
      case .tag, .category, .channel, .agent, .group: return Self.names.randomElement(using: &generator)!
      case .closing: return Closing.allCases.randomElement(using: &generator)!.name
      case .rating:
        return (["1", "2", "3", "4", "5"] + (isBound ? [] : ["good", "bad"])).randomElement(
          using: &generator)!
      case .hour: return String(Int.random(in: 0...23, using: &generator))
      case .weekday: return String(Int.random(in: 1...7, using: &generator))
      case .day: return "\(year)-\(padded(1...12))-\(padded(1...28))"
      case .week: return "\(year)-W\(padded(1...52))"
      case .month: return "\(year)-\(padded(1...12))"
      case .quarter: return "\(year)-Q\(Int.random(in: 1...4, using: &generator))"
      case .year: return String(year)
      }
    }
  }

  private mutating func padded(_ range: ClosedRange<Int>) -> String {
    let number = Int.random(in: range, using: &generator)
    return number < 10 ? "0\(number)" : "\(number)"
  }
}

import Conversations
import TestSupport

@testable import HandlingAnalytics

/// Random filters over every case, mostly of values that some contact has.
struct CohortFilterGenerator {
  private var generator: SeededGenerator
  private let contacts: [Contact]
  private let calendar: ReferenceCalendar

  init(seed: UInt64, over contacts: [Contact], in calendar: ReferenceCalendar) {
    generator = SeededGenerator(seed: seed &* 31 &+ 7)
    self.contacts = contacts
    self.calendar = calendar
  }

  /// Combinations up to `depth` levels deep, some of them of no parts.
  mutating func next(depth: Int = 3) -> Filter {
    switch Int.random(in: 0..<(depth == 0 ? 6 : 10), using: &generator) {
    case 6, 7: return .all(parts(depth))
    case 8: return .any(parts(depth))
    case 9: return .not(next(depth: depth - 1))
    default: return leaf()
    }
  }

  private mutating func parts(_ depth: Int) -> [Filter] {
    let count = [0, 1, 2, 2, 2, 3].randomElement(using: &generator)!
    return (0..<count).map { _ in next(depth: depth - 1) }
  }

  private mutating func leaf() -> Filter {
    let dimension = HandlingAnalytics.Dimension.allCases.randomElement(using: &generator)!
    let duration = Filter.Duration.allCases.randomElement(using: &generator)!
    switch Int.random(in: 0..<17, using: &generator) {
    case 0...4:
      return .oneOf(
        dimension, (0..<Int.random(in: 0...4, using: &generator)).compactMap { _ in value(of: dimension) })
    case 5...7: return range()
    case 8: return .missing(dimension)
    case 9: return .isBot
    case 10: return .basis(HandlingBasis.allCases.filter { _ in Bool.random(using: &generator) })
    case 11: return .flags(ContactFlags(rawValue: UInt16.random(in: 0..<512, using: &generator)))
    case 12, 13: return .seconds(duration, from: seconds(), through: seconds())
    case 14: return .missingSeconds(duration)
    case 15 where Bool.random(using: &generator): return .missingVisitor
    case 15:
      let known = TestNames.visitors + ["nobody"]
      return .visitor(known.filter { _ in Int.random(in: 0..<3, using: &generator) == 0 })
    default: return .period(period())
    }
  }

  /// A value that a random contact has, in one of its spellings; sometimes one that none may have.
  private mutating func value(of dimension: HandlingAnalytics.Dimension) -> String? {
    let attribution = HandlingQuery.Attribution.allCases.randomElement(using: &generator)!
    if Int.random(in: 0..<6, using: &generator) == 0 {
      switch dimension {
      case .closing: return "natural"
      case .rating: return "5"
      case .hour: return "23"
      case .year: return "1987"
      case .day: return "2016-02-29"
      default: break
      }
    }
    guard let contact = contacts.randomElement(using: &generator),
      let text = contact.labels(dimension, attribution, in: calendar).randomElement(using: &generator)?.text
    else { return nil }
    guard [.tag, .category, .channel].contains(dimension) else { return text }
    return ([text] + (TestNames.spellings[text] ?? [])).randomElement(using: &generator)
  }

  private mutating func range() -> Filter {
    let ordered: [HandlingAnalytics.Dimension] = [
      .rating, .hour, .weekday, .day, .week, .month, .quarter, .year,
    ]
    let dimension = ordered.randomElement(using: &generator)!
    let limits = (0..<2).map { _ -> String? in
      let limit = Int.random(in: 0..<4, using: &generator) == 0 ? nil : value(of: dimension)
      // The words of a rating of two values are no ends of a range.
      return limit == "good" || limit == "bad" ? nil : limit
    }
    return .range(dimension, from: limits[0], through: limits[1])
  }

  private mutating func seconds() -> UInt32 {
    [0, 1, 200, 400, 900, 2_000, .max - 2, .max - 1, .max].randomElement(using: &generator)!
  }

  /// Periods of every form that a text can have, around the contacts.
  mutating func period() -> Period {
    let month = Self.padded(Int.random(in: 1...12, using: &generator))
    let day = Self.padded(Int.random(in: 1...28, using: &generator))
    let early = "2016-\(["10", "11", "12"].randomElement(using: &generator)!)-\(day)"
    let late = "2017-\(month)-\(day)"
    let hour = Self.padded(Int.random(in: 0...23, using: &generator))
    let zone = ["Z", "+05:30", "-03:00"].randomElement(using: &generator)!
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: return .named(["2016", "2017"].randomElement(using: &generator)!)
    case 1: return .named("2017-Q\(Int.random(in: 1...4, using: &generator))")
    case 2: return .named("2017-\(month)")
    case 3: return .named("2017-W\(Self.padded(Int.random(in: 1...52, using: &generator)))")
    case 4: return .named("\(early)..\(late)")
    case 5:
      let names = [
        "today", "last-week", "this-month", "last-year", "30d", "100d", "2016-10-16", "2016-10-30",
      ]
      return .named(names.randomElement(using: &generator)!)
    case 6: return .between(from: early, to: [nil, late].randomElement(using: &generator)!)
    case 7:
      return .between(
        from: [nil, "\(early)T\(hour):30:15\(zone)"].randomElement(using: &generator)!, to: late)
    default:
      return .between(
        from: [nil, early].randomElement(using: &generator)!, to: "\(late)T\(hour):00:00\(zone)")
    }
  }

  private static func padded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}

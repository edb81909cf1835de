import Columnar

@testable import HandlingAnalytics

/// The figures of one row by their definitions: lists, sorting and dictionaries.
struct ReferenceFigures {
  private let query: HandlingQuery
  private let contacts: [Contact]
  private let handled: [Contact]
  /// In the unit of the question, ascending.
  private let values: [UInt64]
  private let missing: Int
  /// The sums of conversations that have one.
  private let conversationSums: [UInt64]

  init(_ contacts: [Contact], _ query: HandlingQuery) {
    self.query = query
    self.contacts = contacts
    handled = contacts.filter(\.isHandled)
    let byConversation = Dictionary(grouping: handled, by: \.conversation).values
    conversationSums = byConversation.filter { !$0.contains { $0.seconds == nil } }
      .map { $0.reduce(0) { $0 + UInt64($1.seconds!) } }
    switch query.unit {
    case .contact:
      values = handled.compactMap(\.seconds).map { UInt64($0) }.sorted()
      missing = handled.count - values.count
    case .conversation:
      values = conversationSums.sorted()
      missing = byConversation.count - values.count
    }
  }

  /// - Parameter whole: the row of all contacts, of which shares are taken.
  func figure(_ measure: Measure, of whole: ReferenceFigures) -> HandlingReport.Figure {
    switch measure {
    case .contacts: .whole(contacts.count)
    case .handled: .whole(handled.count)
    case .unhandled: .whole(contacts.count - handled.count)
    case .conversations: .whole(Set(contacts.map(\.conversation)).count)
    case .n: .whole(values.count)
    case .missing: .whole(missing)
    case .total: .whole(Int(sum))
    case .hours: .real(Double(sum) / 3600)
    case .mean: Self.mean(values)
    case .sd: values.count < 2 ? .none : .real((squares / Double(values.count - 1)).squareRoot())
    case .sdPopulation: values.isEmpty ? .none : .real((squares / Double(values.count)).squareRoot())
    case .min: values.first.map { .whole(Int($0)) } ?? .none
    case .max: values.last.map { .whole(Int($0)) } ?? .none
    case .quantile(let permille): quantile(permille, of: values)
    case .trimmedMean:
      Self.mean(Array(values.dropFirst(dropped).dropLast(dropped)))
    case .within: share(values.count { $0 <= UInt64(query.target!) }, of: values.count)
    case .meanInterval(let bound):
      ConfidenceInterval.ofMean(
        n: UInt64(values.count), sum: sum, squares: values.reduce(0) { $0 + UInt128($1) * UInt128($1) }
      ).map { .real(bound == .low ? $0.low : $0.high) } ?? .none
    case .quantileInterval(let permille, let bound):
      Self.rank(QuantileInterval.ranks(n: values.count, permille: permille), bound)
        .map { .whole(Int(values[$0])) } ?? .none
    case .histogram: .none
    case .bin(let from, let through):
      .whole(values.count { $0 >= UInt64(from) && (through == .max || $0 <= UInt64(through)) })
    case .nConversation: .whole(conversationSums.count)
    case .meanConversation: Self.mean(conversationSums)
    case .share: whole.sum == 0 ? .none : .real(Double(sum) / Double(whole.sum))
    case .shareContacts: share(contacts.count, of: whole.contacts.count)
    case .partCount(let part): .whole(parts(part).count)
    case .partMean(let part): Self.mean(parts(part))
    case .nFirstReply: .whole(firstReplies.count)
    case .firstReplyQuantile(let permille): quantile(permille, of: firstReplies)
    case .nRating: .whole(answers { $0.rating?.stars }.count)
    case .rating: Self.mean(answers { $0.rating?.stars })
    case .nSatisfaction: .whole(answers { $0.rating?.satisfaction }.count)
    case .satisfaction: Self.mean(answers { $0.rating?.satisfaction })
    case .surveyCount(.networkQuality): .whole(answers { $0.networkQuality }.count)
    case .surveyMean(.networkQuality): Self.mean(answers { $0.networkQuality })
    case .surveyCount(.productQuality): .whole(answers { $0.productQuality }.count)
    case .surveyMean(.productQuality): Self.mean(answers { $0.productQuality })
    case .reopens:
      .whole(Dictionary(grouping: contacts, by: \.conversation).values.reduce(0) { $0 + $1[0].reopens })
    case .engaged: .whole(engaged)
    case .concurrency:
      engaged == 0 ? .none : .real(Double(handled.reduce(0) { $0 + Int($1.seconds ?? 0) }) / Double(engaged))
    }
  }

  /// The figures of a row in which every conversation counts one k-th for its k tags.
  func dividedFigure(_ measure: Measure) -> HandlingReport.Figure {
    func divided(_ amount: (ReferenceFigures) -> Double) -> Double {
      Dictionary(grouping: contacts, by: \.conversation).values.reduce(0) {
        $0 + amount(ReferenceFigures($1, query)) / Double(max($1[0].tags.count, 1))
      }
    }
    let n = divided { Double($0.values.count) }
    switch measure {
    case .contacts: return .real(divided { Double($0.contacts.count) })
    case .n: return .real(n)
    case .total: return .real(divided { Double($0.sum) })
    case .mean: return n == 0 ? .none : .real(divided { Double($0.sum) } / n)
    default: return .none
    }
  }

  private var sum: UInt64 { values.reduce(0, +) }
  private var dropped: Int { values.count * query.trimPermille! / 1000 }
  private var squares: Double {
    let mean = Double(sum) / Double(values.count)
    return values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
  }

  private var firstReplies: [UInt64] { contacts.compactMap(\.firstReply).map { UInt64($0) }.sorted() }

  private func parts(_ part: Measure.Part) -> [UInt64] {
    handled.compactMap { contact in
      switch part {
      case .talk: contact.talk
      case .hold: contact.hold
      case .wrapup: contact.wrapUp
      }
    }.filter { $0 > 0 }.map { UInt64($0) }
  }

  /// The answers of the conversations that have a human handled contact here, one each.
  private func answers(_ answer: (Contact) -> Int?) -> [UInt64] {
    Dictionary(grouping: handled.filter { !$0.isBot }, by: \.conversation).values
      .compactMap { answer($0[0]) }.map { UInt64($0) }
  }

  /// Between any two neighbouring limits an agent is engaged throughout or not at all.
  private var engaged: Int {
    Dictionary(grouping: contacts.filter { $0.agent != nil && $0.endedAt != nil }, by: \.agent).values.reduce(
      0
    ) {
      sum, contacts in
      let limits = Set(contacts.flatMap { [$0.startedAt, $0.endedAt!] }).sorted()
      return zip(limits, limits.dropFirst()).reduce(sum) { sum, stretch in
        let isOpen = contacts.contains { $0.startedAt <= stretch.0 && $0.endedAt! >= stretch.1 }
        return isOpen ? sum + Int(stretch.1 - stretch.0) : sum
      }
    }
  }

  private func quantile(_ permille: Int, of values: [UInt64]) -> HandlingReport.Figure {
    let n = values.count
    if n == 0 { return .none }
    if query.quantiles == .nearest {
      // The first rank from 1 that covers the share asked for.
      let rank = (1...n).first { $0 * 1_000 >= permille * n }!
      return .whole(Int(values[rank - 1]))
    }
    let thousandths = permille * (n - 1)
    let (low, rest) = (thousandths / 1_000, thousandths % 1_000)
    if rest == 0 || values[low] == values[low + 1] { return .whole(Int(values[low])) }
    return .real(
      (Double(values[low]) * Double(1_000 - rest) + Double(values[low + 1]) * Double(rest)) / 1_000)
  }

  private func share(_ part: Int, of whole: Int) -> HandlingReport.Figure {
    whole == 0 ? .none : .real(Double(part) / Double(whole))
  }

  private static func mean(_ values: [UInt64]) -> HandlingReport.Figure {
    values.isEmpty ? .none : .real(Double(values.reduce(0, +)) / Double(values.count))
  }

  private static func rank(_ ranks: (low: Int?, high: Int?), _ bound: Measure.Bound) -> Int? {
    bound == .low ? ranks.low : ranks.high
  }
}

extension Contact.Rating {
  /// 1 to 5; `nil` where it has two values.
  fileprivate var stars: Int? { if case .of(let stars) = self { stars } else { nil } }

  /// 1 for satisfied, 0 for not.
  fileprivate var satisfaction: Int {
    switch self {
    case .of(let stars): stars >= 4 ? 1 : 0
    case .good: 1
    case .bad: 0
    }
  }
}

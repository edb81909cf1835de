internal import Foundation
internal import HandlingAnalytics

/// The answer to a question by plain loops over the synthetic contacts, without any of the product's code.
struct NaiveAnswer {
  /// What a row stands for: the digits of its labels, -1 beyond the last.
  private struct Key: Hashable {
    var first: Int
    var second = -1
    var third = -1
  }

  private var expected: [Key: [Double]] = [:]

  /// O(rows), plain.
  init(_ question: BenchmarkQuestion, rowCount: Int) {
    var contacts = SyntheticContacts(rowCount: rowCount)
    var values: [Key: [Int]] = [:]
    while let conversation = contacts.next() {
      guard Self.isCounted(conversation, question) else { continue }
      if question.name == "conversations-by-tag" {
        let seconds = conversation.contacts.compactMap(\.seconds)
        guard seconds.count == conversation.contacts.count else { continue }
        values[Key(first: Int(conversation.tags[0])), default: []].append(seconds.reduce(0) { $0 + Int($1) })
        continue
      }
      for contact in conversation.contacts where Self.isCounted(contact, question) {
        for key in Self.keys(conversation, contact, question) {
          if let seconds = contact.seconds {
            values[key, default: []].append(Int(seconds))
          } else if values[key] == nil {
            values[key] = []
          }
        }
      }
    }
    if let limit = question.query.limit {
      let totals = values.map { (key: $0.key, total: $0.value.reduce(0, +)) }
      let kept = totals.sorted {
        ($1.total, $0.key.first, $0.key.second) < ($0.total, $1.key.first, $1.key.second)
      }
      let first = kept.prefix(limit).map { ($0.key, values[$0.key] ?? []) }
      values = Dictionary(uniqueKeysWithValues: first)
    }
    expected = values.mapValues { Self.figures($0, question) }
  }

  /// What differs first between this and a report; `nil` when nothing does.
  func difference(from report: HandlingReport) -> String? {
    guard report.rows.count == expected.count else {
      return "\(report.rows.count) rows, not \(expected.count)"
    }
    for row in report.rows {
      let labels = row.labels.map { label in
        switch label {
        case .name(let name): Int(name.filter(\.isNumber)) ?? -1
        case .number(let number): Int(number)
        case .missing: -1
        }
      }
      let places = labels + [-1, -1]
      let key = Key(first: places[0], second: places[1], third: places[2])
      let found = row.figures.map { $0.number ?? .nan }
      guard let figures = expected[key] else { return "no such row: \(row.labels)" }
      let isEqual = zip(figures, found).allSatisfy {
        $0 == $1 || abs($0 - $1) <= 1e-9 * abs($0) || $0.isNaN && $1.isNaN
      }
      guard isEqual, figures.count == found.count else { return "\(row.labels): \(found), not \(figures)" }
    }
    return nil
  }

  private static func isCounted(_ conversation: SyntheticContacts.Conversation, _ question: BenchmarkQuestion)
    -> Bool
  {
    switch question.name {
    case "aht-by-tag-one-month-one-channel":
      conversation.channel == 0 && month(conversation.ended) == 202_305
    case "filtered-by-category":
      [3, 7, 12, 20].contains(conversation.tags[0]) && [0, 2].contains(conversation.channel)
    default: true
    }
  }

  private static func isCounted(_ contact: SyntheticContacts.Contact, _ question: BenchmarkQuestion) -> Bool {
    guard question.name == "filtered-by-category" else { return true }
    return !contact.isBot && contact.seconds.map { (60...1_800).contains($0) } ?? false
  }

  /// The rows of the answer in which a contact counts.
  private static func keys(
    _ conversation: SyntheticContacts.Conversation, _ contact: SyntheticContacts.Contact,
    _ question: BenchmarkQuestion
  ) -> [Key] {
    let tag = Int(conversation.tags[0])
    switch question.name {
    case "aht-by-tag-month": return [Key(first: tag, second: month(conversation.ended))]
    case "aht-by-tag-weekday-hour-paris":
      let local = Int(conversation.ended + parisOffset(conversation.ended))
      // 1970-01-01 was a Thursday, the fourth day of its week.
      return [Key(first: tag, second: (local / 86_400 + 3) % 7 + 1, third: local / 3_600 % 24)]
    case "aht-by-tags-list": return conversation.tags.map { Key(first: Int($0)) }
    case "aht-by-agent-tag": return [Key(first: Int(contact.agent), second: tag)]
    case "aht-by-agent-tag-large":
      return [Key(first: Int(contact.wideAgent), second: Int(conversation.wideTag))]
    case "filtered-by-category": return [Key(first: Int(conversation.category))]
    default: return [Key(first: tag)]
    }
  }

  private static func figures(_ values: [Int], _ question: BenchmarkQuestion) -> [Double] {
    let n = Double(values.count)
    let sum = values.reduce(0, +)
    switch question.name {
    case "spread-by-tag":
      let mean = Double(sum) / n
      let squares = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      return [
        n, mean, Double(values.min() ?? 0), Double(values.max() ?? 0), (squares / (n - 1)).squareRoot(),
      ]
    case "quantiles-by-tag":
      let sorted = values.sorted()
      return [0.5, 0.9, 0.95, 0.99].map { share in
        let rank = Double(values.count - 1) * share
        let low = sorted[Int(rank + 1e-9)]
        let high = sorted[min(Int(rank + 1e-9) + 1, values.count - 1)]
        return Double(low) + Double(high - low) * (rank - Double(Int(rank + 1e-9)))
      }
    case "conversations-by-tag": return [n, Double(sum) / n]
    default: return [n, Double(sum)]
    }
  }

  /// May 2023 as 202,305, by counting months off.
  private static func month(_ instant: Int64) -> Int {
    var day = instant / 86_400 - 18_628
    for year in 2021...2024 {
      let lengths: [Int64] = [31, year == 2024 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (month, length) in lengths.enumerated() {
        if day < length { return year * 100 + month + 1 }
        day -= length
      }
    }
    return -1
  }

  /// Summer time from the last Sunday of March to that of October, changed at 01:00 UTC.
  private static func parisOffset(_ instant: Int64) -> Int64 {
    let summers: [ClosedRange<Int64>] = [
      1_616_893_200...1_635_641_999, 1_648_342_800...1_667_091_599, 1_679_792_400...1_698_541_199,
      1_711_846_800...1_729_990_799,
    ]
    return summers.contains { $0.contains(instant) } ? 7_200 : 3_600
  }
}

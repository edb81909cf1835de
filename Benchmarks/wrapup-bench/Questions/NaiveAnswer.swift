internal import Foundation
internal import HandlingAnalytics

/// The answer to a question by plain loops over the synthetic contacts, without any of the product's code.
struct NaiveAnswer {
  /// Figures by labels as texts.
  private var expected: [[String]: [Double]] = [:]

  /// O(rows), slow and plain.
  init(_ question: BenchmarkQuestion, rowCount: Int) {
    var contacts = SyntheticContacts(rowCount: rowCount)
    var values: [[String]: [Int]] = [:]
    while let conversation = contacts.next() {
      guard Self.isCounted(conversation, question) else { continue }
      for keys in Self.keys(conversation, question) {
        if question.name == "conversations-by-tag" {
          let seconds = conversation.contacts.compactMap(\.seconds)
          guard seconds.count == conversation.contacts.count else { continue }
          values[keys, default: []].append(seconds.reduce(0) { $0 + Int($1) })
          continue
        }
        for contact in conversation.contacts where Self.isCounted(contact, question) {
          let labels = keys.map {
            $0 == "agent" ? Self.name(contact.agent) : $0 == "wide" ? Self.name(contact.wideAgent) : $0
          }
          values[labels, default: []] += contact.seconds.map { [Int($0)] } ?? []
        }
      }
    }
    for (labels, found) in values { expected[labels] = Self.figures(found, question) }
    if let limit = question.query.limit {
      let kept = expected.sorted {
        ($1.value[1], $0.key.joined(separator: " ")) < ($0.value[1], $1.key.joined(separator: " "))
      }
      expected = Dictionary(uniqueKeysWithValues: kept.prefix(limit).map { ($0.key, $0.value) })
    }
  }

  /// What differs first between this and a report; `nil` when nothing does.
  func difference(from report: HandlingReport) -> String? {
    guard report.rows.count == expected.count else {
      return "\(report.rows.count) rows, not \(expected.count)"
    }
    for row in report.rows {
      let labels = row.labels.map { label in
        switch label {
        case .name(let name): name
        case .number(let number): String(number)
        case .missing: "-"
        }
      }
      let found = row.figures.map { $0.number ?? .nan }
      guard let figures = expected[labels] else { return "no such row: \(labels)" }
      let isEqual = zip(figures, found).allSatisfy {
        $0 == $1 || abs($0 - $1) <= 1e-9 * abs($0) || $0.isNaN && $1.isNaN
      }
      guard isEqual, figures.count == found.count else { return "\(labels): \(found), not \(figures)" }
    }
    return nil
  }

  private static func name(_ number: UInt32) -> String { String(format: "%04d", Int(number)) }

  private static func isCounted(_ conversation: SyntheticContacts.Conversation, _ question: BenchmarkQuestion)
    -> Bool
  {
    switch question.name {
    case "aht-by-tag-one-month-one-channel":
      conversation.channel == 0 && month(conversation.ended) == "2023-05"
    case "filtered-by-category":
      [3, 7, 12, 20].contains(conversation.tags[0]) && [0, 2].contains(conversation.channel)
    default: true
    }
  }

  private static func isCounted(_ contact: SyntheticContacts.Contact, _ question: BenchmarkQuestion) -> Bool {
    guard question.name == "filtered-by-category" else { return true }
    return !contact.isBot && contact.seconds.map { (60...1_800).contains($0) } ?? false
  }

  /// The rows of the answer in which a conversation counts; agents are those of its contacts.
  private static func keys(_ conversation: SyntheticContacts.Conversation, _ question: BenchmarkQuestion)
    -> [[String]]
  {
    let tag = name(conversation.tags[0])
    switch question.name {
    case "aht-by-tag-month": return [[tag, month(conversation.ended)]]
    case "aht-by-tag-weekday-hour-paris":
      let local = conversation.ended + parisOffset(conversation.ended)
      // 1970-01-01 was a Thursday, the fourth day of its week.
      return [[tag, String((local / 86_400 + 3) % 7 + 1), String(local / 3_600 % 24)]]
    case "aht-by-tags-list": return conversation.tags.map { [name($0)] }
    case "aht-by-agent-tag": return [["agent", tag]]
    case "aht-by-agent-tag-large": return [["wide", name(conversation.wideTag)]]
    case "filtered-by-category": return [[name(conversation.category)]]
    default: return [[tag]]
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

  /// "2023-05", by counting months off.
  private static func month(_ instant: Int64) -> String {
    var day = instant / 86_400 - 18_628
    for year in 2021...2024 {
      let lengths: [Int64] = [31, year == 2024 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (month, length) in lengths.enumerated() {
        if day < length { return String(format: "%d-%02d", year, month + 1) }
        day -= length
      }
    }
    return "later"
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

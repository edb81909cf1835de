import Conversations
import TestSupport
import Testing

@testable import HandlingAnalytics

/// Questions of so many groups that rows are sorted into ranges of groups first.
struct RangedScanTests {
  /// Every measure that sums of contacts give.
  private static let measures: [Measure] = [
    .contacts, .handled, .unhandled, .n, .missing, .total, .hours, .mean, .min, .max, .sd, .share,
    .shareContacts,
  ]

  @Test(arguments: 1...12 as ClosedRange<UInt64>) func groupsByRangesAnswerAsByTheDefinition(seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    var generator = ContactGenerator(seed: seed + 300)
    generator.longest = [(1 << 24) - 1, 7_200].randomElement(using: &random)!
    let contacts = generator.contacts(conversations: 0..<Int64(random.next() % 300 + 60), openShare: 10)
    let table = contacts.table(blockLimit: [12, 100, ContactBlock.rowLimit].randomElement(using: &random)!)
    let calendar = ReferenceCalendar(zone: "Europe/Paris")
    var questions = QueryGenerator(seed: seed + 300, over: contacts, in: calendar)
    for dimensions in [[Dimension.agent, .tag], [.tag, .category, .hour], [.month, .agent, .tag]] {
      for _ in 0..<6 {
        var query = questions.next()
        (query.dimensions, query.measures) = (dimensions, Self.measures)
        (query.tagCounting, query.unit, query.order, query.limit) = (.each, .contact, nil, nil)
        let expected = ReferenceAnswer(query, over: contacts, in: calendar)
        for slices in [1, 2, 3, 8] {
          // So little memory that the rows of a few dozen contacts at a time are sorted.
          for memory in [300, 4_000] {
            let report = try table.answer(
              query, in: calendar.zone, over: contacts, on: .serial(slices: slices), memory: memory)
            if let difference = expected.difference(from: report) {
              Issue.record("\(slices) slices, memory \(memory): \(difference) \(query)")
            }
          }
        }
      }
    }
  }

  @Test(arguments: [1, 5, 20_000]) func aLimitKeepsTheFirstOfAllRanges(limit: Int) throws {
    var generator = ContactGenerator(seed: 400)
    generator.longest = 7_200
    let contacts = generator.contacts(conversations: 0..<3_500, openShare: 0)
    let table = contacts.table(blockLimit: 1_000)
    let measures: [Measure] = [.contacts, .total, .mean]
    // So many rows that those behind the last one wanted are passed over.
    let all = try table.answer(HandlingQuery(by: [.day, .agent, .tag], measures: measures)).rows
    #expect(all.count > 4_500)
    for key in measures {
      for isDescending in [false, true] {
        var query = HandlingQuery(by: [.day, .agent, .tag], measures: measures)
        query.order = HandlingQuery.Order(by: .measure(key), isDescending: isDescending)
        query.limit = limit
        let place = try #require(query.measures.firstIndex(of: key))
        let sorted = all.enumerated().sorted { one, other in
          let (first, second) = (one.element.figures[place].number, other.element.figures[place].number)
          guard first != second else { return one.offset < other.offset }
          guard let first, let second else { return second == nil }
          return isDescending ? first > second : first < second
        }
        let expected = sorted.prefix(limit).map(\.element)
        for (slices, memory) in [(1, 20_000), (3, 20_000), (2, nil)] {
          let report = try table.answer(query, on: .serial(slices: slices), memory: memory)
          #expect(Array(report.rows) == expected, "\(key) \(isDescending) \(slices)")
          #expect(report.rowCount == all.count)
        }
      }
    }
  }

  /// Packed sums are emptied before their time: three blocks of the greatest value under one group.
  @Test func sumsThatAreFullAreSetAside() throws {
    var rows = ContactRows()
    let greatest: UInt32 = (1 << 24) - 1
    for key in 1...180_000 as ClosedRange<Int64> {
      var row = ContactRows.Row(
        conversation: key, contact: key, startedAt: 0, endedAt: 100, reportedAt: 100,
        marks: ContactMarks(isBot: false, isHandled: true, conversationHasEnded: true, basis: .given))
      row.seconds = greatest
      row.tags = [1]
      row.channel = key.isMultiple(of: 1_000) ? 2 : 1
      rows.append(row)
    }
    var names = NameDictionaries()
    names[.tag] = ["a"]
    names[.channel] = ["chat", "call"]
    let table = ContactTable(
      ended: rows, open: ContactRows(), names: names, position: TablePosition(seq: 1, nonce: 1))
    let report = try table.answer(
      HandlingQuery(by: [.tag, .channel], measures: [.n, .total]), on: .serial(slices: 2), memory: 1_000)
    #expect(
      report.rows.map(\.figures) == [
        [.whole(180), .whole(180 * Int(greatest))], [.whole(179_820), .whole(179_820 * Int(greatest))],
      ])
  }
}

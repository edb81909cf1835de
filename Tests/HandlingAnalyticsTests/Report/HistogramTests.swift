import Testing

@testable import HandlingAnalytics

struct HistogramTests {
  @Test(
    arguments: [
      // (95th percentile, greatest value, width, number of ranges, where the open one begins)
      (0, 0, 1, 1, nil), (0, 1, 1, 1, 1), (1, 1, 1, 2, nil), (23.9, 23, 1, 24, nil), (23.9, 24, 1, 24, 24),
      (24, 24, 2, 13, nil), (24, 26, 2, 13, 26), (47.5, 50, 2, 24, 48), (48, 48, 5, 10, nil),
      (900, 4_294_967_294, 60, 16, 960), (86_400, 90_000, 7_200, 13, nil),
      (1e12, 1e13, 31_536_000, 24, 756_864_000),
    ] as [(Double, Double, UInt32, Int, UInt32?)])
  func rangesAreOfAWidthThatReadsWell(p95: Double, max: Double, width: UInt32, count: Int, open: UInt32?) {
    var expected = (0..<UInt32(count)).map { Measure.bin(from: $0 * width, through: ($0 + 1) * width - 1) }
    if let open { expected.append(.bin(from: open, through: .max)) }
    #expect(HistogramBins.bins(p95: p95, max: max) == expected)
  }

  @Test func withoutValuesThereAreNoRanges() throws {
    #expect(HistogramBins.bins(p95: nil, max: nil).isEmpty)
    let query = HandlingQuery(by: [], measures: [.n, .histogram, .max])
    let report = try [Contact.simple(1, seconds: nil)].table().answer(query)
    #expect(report.query.measures == [.n, .max])
    #expect(report.total == [.whole(0), .none])
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>, HandlingQuery.Unit.allCases)
  func everyValueLiesInOneRangeOfItsRow(seed: UInt64, unit: HandlingQuery.Unit) throws {
    var generator = ContactGenerator(seed: seed + 200)
    let contacts = generator.contacts(conversations: 0..<40)
    let calendar = ReferenceCalendar(zone: "UTC")
    var questions = QueryGenerator(seed: seed + 200, over: contacts, in: calendar)
    var query = questions.next()
    (query.tagCounting, query.unit) = (.each, unit)
    query.measures = [.n, .histogram, .total]
    let report = try contacts.table(blockLimit: 12).answer(query, over: contacts, on: .serial(slices: 2))
    #expect(report.query.measures.first == .n)
    #expect(report.query.measures.last == .total)
    let ranges = report.query.measures.dropFirst().dropLast()
    var next: UInt32? = 0
    for range in ranges {
      guard case .bin(let from, let through) = range else {
        Issue.record("\(range)")
        continue
      }
      #expect(from == next, "ranges follow one another from 0")
      next = through == .max ? nil : through + 1
    }
    for figures in report.rows.map(\.figures) + [report.total] {
      let counts = figures.dropFirst().dropLast().reduce(0.0) { $0 + ($1.number ?? .nan) }
      #expect(counts == figures[0].number)
    }
    let expected = ReferenceAnswer(report.query, over: contacts, in: calendar)
    #expect(expected.difference(from: report) == nil, "\(query)")
  }

  @Test func aRangeOfEveryValueCountsThemAll() throws {
    let contacts = [0, 7, .max - 1].enumerated().map { Contact.simple(Int64($0.offset), seconds: $0.element) }
    let query = HandlingQuery(by: [.tag], measures: [.bin(from: 0, through: .max)])
    let report = try contacts.table().answer(query)
    #expect(report.total == [.whole(3)])
    #expect(report.rows.map(\.figures) == [[.whole(3)]])
  }

  @Test func aRangeThatEndsBeforeItBeginsHoldsNothing() throws {
    let contacts = [5, 6, 7].enumerated().map { Contact.simple(Int64($0.offset), seconds: $0.element) }
    let query = HandlingQuery(by: [], measures: [.bin(from: 7, through: 5), .bin(from: 6, through: 6)])
    #expect(try contacts.table().answer(query).total == [.whole(0), .whole(1)])
  }
}

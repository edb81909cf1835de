import CivilTime
import Testing

@testable import HandlingAnalytics

/// Questions of more rows than a slice has room for, which are answered in several passes.
struct PartitionedReportTests {
  private static let contacts: [Contact] = {
    var generator = ContactGenerator(seed: 61)
    return generator.contacts(conversations: 1...120, openShare: 10)
  }()
  private static let table = contacts.table(blockLimit: 50)

  /// Room for a few rows at least, whatever is measured.
  private static let littleMemory = 4_000

  private static var questions: [HandlingQuery] {
    var several = HandlingQuery(by: [.day, .agent, .tag], measures: QueryGenerator.allMeasures)
    (several.target, several.trimPermille) = (600, 100)
    var conversations = several
    conversations.dimensions = [.tag, .hour]
    conversations.unit = .conversation
    var divided = HandlingQuery(by: [.tag, .day], measures: HandlingQuery.splitMeasures)
    divided.tagCounting = .split
    var limited = several
    limited.order = .init(by: .measure(.total), isDescending: true)
    limited.limit = 7
    return [several, conversations, divided, limited]
  }

  @Test(arguments: 0..<4, [1, 2, 7]) func thePassesOfAQuestionGiveTheAnswerOfOne(question: Int, slices: Int)
    throws
  {
    let query = Self.questions[question]
    let whole = try Self.table.answer(query)
    let parted = try Self.table.answer(query, on: .serial(slices: slices), memory: Self.littleMemory)
    #expect(parted == whole)
    #expect(whole.rowCount > 100)
  }

  @Test func withoutRoomASliceSaysSo() throws {
    var query = Self.questions[0]
    query.filter = nil
    for partition in [SliceScan.Partition(), SliceScan.Partition(number: 1, count: 4)] {
      var setting = QuerySetting(zone: .utc, now: .init(0))
      setting.memory = Self.littleMemory
      var scan = SliceScan(try ScanPlan(query, over: Self.table, setting), partition, rowCount: 120)
      #expect(throws: SliceScan.TooManyGroups.self) {
        for (block, hidden) in Self.table.blocks { try scan.add(block, hidden: hidden) }
      }
      setting.memory = 1 << 20
      var roomy = SliceScan(try ScanPlan(query, over: Self.table, setting), partition, rowCount: 120)
      for (block, hidden) in Self.table.blocks { try roomy.add(block, hidden: hidden) }
    }
  }
}

import Foundation
import MappedFiles
import Testing

@testable import HandlingAnalytics
@testable import SQLiteStore
@testable import WrapUpEngine

/// One store, 30% of whose conversations have changed: the same answers from every form that its columns can have,
/// from its exports, and from its rows.
///
/// WRAPUP_PARITY sets the number of contacts; the long run crosses the edge of a full block.
struct TableParityTests {
  private static let contacts = Int(ProcessInfo.processInfo.environment["WRAPUP_PARITY"] ?? "") ?? 1_200

  /// Every measure that has a form in SQL, several dimensions, filters, units and ways to count tags.
  private static let questions: [HandlingQuery] = {
    let counts: [Measure] = [.contacts, .handled, .unhandled, .conversations, .n, .missing, .total]
    let figures: [Measure] = [
      .mean, .sd, .sdPopulation, .min, .max, .quantile(permille: 500), .quantile(permille: 999), .within,
      .trimmedMean, .share, .shareContacts,
    ]
    let conversations: [Measure] = [.nConversation, .meanConversation, .reopens]
    let parts: [Measure] = [
      .partCount(.talk), .partMean(.talk), .partMean(.hold), .partMean(.wrapup), .nFirstReply,
      .firstReplyQuantile(permille: 950), .nRating, .rating, .nSatisfaction, .satisfaction,
      .surveyCount(.networkQuality), .surveyMean(.networkQuality), .engaged, .concurrency,
    ]
    func ask(
      _ dimensions: [HandlingAnalytics.Dimension], _ measures: [Measure],
      _ change: (inout HandlingQuery) -> Void = { _ in }
    )
      -> HandlingQuery
    {
      var query = HandlingQuery(by: dimensions, measures: measures)
      (query.target, query.trimPermille) = (600, 125)
      change(&query)
      return query
    }
    return [
      ask([.tag], counts + figures + conversations),
      ask([.tag, .channel], HandlingQuery.splitMeasures) { $0.tagCounting = .split },
      ask([.agent], parts + conversations) { ($0.includesOpen, $0.includesBots) = (true, true) },
      ask([.month, .category], counts + [.mean, .quantile(permille: 900)]) {
        $0.unit = .conversation
        $0.zone = "Europe/Paris"
      },
      ask([.weekday, .hour], counts + [.mean]) {
        $0.attribution = .started
        $0.includesOpen = true
        $0.filter = .any([.oneOf(.tag, ["Refund"]), .not(.oneOf(.channel, ["chat"]))])
      },
      ask([.closing, .rating, .group], counts + [.quantile(permille: 500)]) {
        $0.tagCounting = .primary
        $0.period = .between(from: "2015-12-14", to: "2015-12-17")
      },
    ]
  }()

  private static func engine(_ path: String, slices: Int) throws -> WrapUp {
    var settings = WrapUp.Settings()
    settings.sliceCount = slices
    return try WrapUp(store: path, createInZone: nil, settings: settings)
  }

  private static func table(of wrapup: WrapUp) throws -> ContactTable {
    try wrapup.withState { try $0.columns.current() }
  }

  /// Asks everything of new engines of 1, 2, 3 and 8 slices, or of some, after a look at their table.
  private static func expect(
    _ answers: [HandlingReport], of path: String, slices: [Int] = [1, 2, 3, 8], _ hint: String,
    _ look: (ContactTable) throws -> Void
  ) throws {
    for count in slices {
      let wrapup = try engine(path, slices: count)
      try look(try table(of: wrapup))
      for (question, answer) in zip(questions, answers) {
        #expect(try wrapup.report(question) == answer, "\(hint), \(count) slices: \(question)")
      }
    }
  }

  @Test("base, delta, compacted, rebuilt, in memory, straight from the exports and by SQL: the same answers")
  func everyForm() throws {
    try Tool.inFolder { folder in
      let path = folder.appending(path: "s.sqlite").path
      var export = LivingExport(contacts: Self.contacts, seed: 5)
      let files = try [export.first(), export.later(0..<3), export.later(3..<6)].enumerated().map {
        let file = folder.appending(path: "\($0).csv").path
        try Data($1.utf8).write(to: URL(filePath: file))
        return file
      }
      let final = folder.appending(path: "final.csv").path
      try Data(export.final.utf8).write(to: URL(filePath: final))
      let writer = try WrapUp(store: path)
      _ = try writer.importContacts(from: files[0])
      let inBase = try Self.table(of: writer).contactCount
      var answers: [HandlingReport] = []
      // Nobody gets to write: base as it was, and a delta of everything that has changed since.
      let held: Void? = try FileLock.whileHolding("\(path).columns-lock") {
        for file in files[1...] { _ = try writer.importContacts(from: file) }
        answers = try Self.questions.map { try writer.report($0) }
        for (question, answer) in zip(Self.questions, answers) {
          try SQLTruth.expect(answer, of: writer, "\(question)")
          #expect(answer.rows.count > 5)
          let exported = try ExportedFiles([final], engine: writer.settings).report(question).value
          #expect(exported.rows == answer.rows && exported.total == answer.total, "\(question)")
        }
        try Self.expect(answers, of: path, "base and delta") { table in
          #expect(table.basePosition.seq < table.position.seq)
          #expect(table.hiddenCount >= inBase / 4)
          #expect(table.deltaCount >= inBase * 3 / 10)
        }
      }
      #expect(held != nil)

      let changed = try Self.table(of: try Self.engine(path, slices: 1))
      // Above 4,096 contacts whoever comes first compacts on its own, and has done so when it ends.
      if try !changed.needsCompaction() {
        let (storeUUID, schema) = try writer.withState { ($0.store.uuid, $0.columns.schema) }
        try changed.writeBase(to: "\(path).columns", storeUUID: storeUUID, schema: schema)
      }
      try Self.expect(answers, of: path, "compacted") { table in
        #expect(table.basePosition == table.position)
        #expect(table.hiddenCount == 0)
      }
      try FileManager.default.removeItem(atPath: "\(path).columns")
      try Self.expect(answers, of: path, slices: [3], "rebuilt") { table in
        #expect(table.basePosition == table.position)
      }
      try FileManager.default.removeItem(atPath: "\(path).columns")
      _ = try FileLock.whileHolding("\(path).columns-lock") {
        try Self.expect(answers, of: path, slices: [8], "in memory") { _ in }
        #expect(!FileManager.default.fileExists(atPath: "\(path).columns"))
      }
    }
  }
}

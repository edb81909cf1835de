import Foundation
import Testing

@testable import WrapUpEngine

/// The same files asked directly and through a store: ledgers, answers and errors must be the same.
enum FileParity {
  /// Questions that between them need every column.
  static let questions: [HandlingQuery] = {
    var questions = [
      HandlingQuery(
        by: [.tag], measures: [.contacts, .handled, .n, .missing, .total, .conversations, .meanConversation]),
      HandlingQuery(by: [.agent, .month], measures: [.n, .mean, .engaged, .reopens, .conversations]),
      HandlingQuery(
        by: [.category, .closing], measures: [.nRating, .rating, .nSatisfaction, .satisfaction, .contacts]),
      HandlingQuery(
        by: [.channel, .group],
        measures: [
          .nFirstReply, .firstReplyQuantile(permille: 500), .partCount(.hold), .partMean(.wrapup),
          .partMean(.talk),
        ]),
      HandlingQuery(
        by: [.rating, .hour],
        measures: [
          .surveyCount(.networkQuality), .surveyMean(.productQuality), .contacts, .quantile(permille: 900),
        ]),
    ]
    for place in questions.indices {
      questions[place].includesOpen = place % 2 == 0
      questions[place].includesBots = place % 3 == 0
    }
    questions[1].attribution = .started
    questions[4].attribution = .ended
    var open = HandlingQuery(by: [.day, .tag], measures: [.contacts, .total])
    open.period = .between(from: "2016-01-02", to: "2016-02-20")
    open.tagCounting = .primary
    questions.append(open)
    for flag in ContactFlags.names {
      var flagged = HandlingQuery(by: [], measures: [.contacts, .total])
      flagged.filter = .flags(flag.flag)
      flagged.includesOpen = true
      flagged.includesBots = true
      questions.append(flagged)
    }
    var filtered = HandlingQuery(by: [.category], measures: [.contacts])
    filtered.filter = .any([.missingVisitor, .oneOf(.agent, ["ann"]), .basis([.derived, .parts])])
    questions.append(filtered)
    return questions
  }()

  struct Manner {
    var chunkSize = 1 << 16
    var slices = 2
    var settings = ImportSettings()
  }

  /// Holds every question's two answers to each other.
  static func check(
    _ files: [[UInt8]], _ manner: Manner = Manner(), questions: [HandlingQuery] = questions, hint: String
  ) throws {
    try check(files, [manner], questions: questions, hint: hint)
  }

  /// The same in several manners of reading, all with the settings of the first: one import serves them all.
  static func check(
    _ files: [[UInt8]], _ manners: [Manner], questions: [HandlingQuery] = questions, hint: String
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "parity-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = files.indices.map { folder.appending(path: "\($0).csv").path }
    for (path, bytes) in zip(paths, files) { try Data(bytes).write(to: URL(filePath: path)) }
    let wrapup = try WrapUp(store: folder.appending(path: "s.sqlite").path)
    let settings = manners[0].settings
    let expected = Result { try paths.map { try wrapup.importContacts(from: $0, settings) } }
    let reports = questions.map { question in Result { try wrapup.report(question) } }
    for manner in manners {
      let hint = "\(hint), chunks of \(manner.chunkSize), \(manner.slices) slices"
      var engine = WrapUp.Settings()
      engine.sliceCount = manner.slices
      var asked = ExportedFiles(paths, settings, engine: engine)
      asked.chunkSize = manner.chunkSize
      switch expected {
      case .failure(let error):
        #expect(throws: (error as? WrapUpError)!, "\(hint)") { try asked.report(questions[0]) }
      case .success(let ledgers):
        for (place, question) in questions.enumerated() {
          let hint = "\(hint), question \(place)"
          switch (reports[place], Result { try asked.report(question) }) {
          case (.success(let report), .success(let answer)):
            #expect(answer.ledgers == ledgers, "\(hint)")
            #expect(answer.value == report, "\(hint)")
          case (.failure(let one), .failure(let other)):
            #expect(one as? WrapUpError == other as? WrapUpError, "\(hint)")
          case (let report, let answer): Issue.record("\(hint): \(report) but \(answer)")
          }
        }
      }
    }
  }
}

import Foundation
import TestSupport
import Testing

@testable import HandlingAnalytics
@testable import SQLiteStore
@testable import WrapUpEngine

/// A running engine follows what others write, by the change log and to the last figure.
struct CatchUpTests {
  private static let question = HandlingQuery(
    by: [.tag, .channel],
    measures: [.contacts, .handled, .n, .total, .sd, .quantile(permille: 500), .meanConversation])

  private static let dialog = DialogContext(
    category: "Billing", agent: "Ann", text: "Where is word3, and word5?")

  /// What a process that knows nothing answers: columns and model made anew from the store.
  private static func anew(_ path: String) throws -> (HandlingReport, Recommendations) {
    let folder = URL(filePath: path).deletingLastPathComponent()
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where file.contains(".columns") || file.contains(".model") {
      try FileManager.default.removeItem(at: folder.appending(path: file))
    }
    let fresh = try WrapUp(store: path, createInZone: nil)
    return (try fresh.report(question), try fresh.recommend(dialog))
  }

  @Test("after imports, updates, opens and closes by another engine, answers equal those made anew")
  func twoEngines() throws {
    try Scratch.withStore { reader in
      let writer = try WrapUp(store: reader.path)
      _ = try writer.importContacts(from: Scratch.fixture("sample.csv"))
      var generator = SeededGenerator(seed: 11)
      var seqs: [Int64] = []
      for round in 0..<40 {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
          _ = try Scratch.importCSV(
            "id,startedAt,endedAt,handlingSeconds,tags,category,text\nx\(round),2026-01-05T10:00:00Z,2026-01-05T10:09:00Z,\(round),Refund,Billing,my word\(round % 7)\n",
            into: writer)
        case 1:
          // A later file changes a contact that was there, and with it its conversation.
          _ = try Scratch.importCSV(
            "id,contactId,startedAt,endedAt,handlingSeconds,tags\nupd,k,2026-01-05T10:00:00Z,2026-01-05T11:00:00Z,\(100 + round),Voucher\n",
            into: writer)
        default:
          try writer.open(
            "l\(round)", channel: round.isMultiple(of: 2) ? "chat" : "whatsapp", category: "Billing",
            agent: "Ann")
          if !round.isMultiple(of: 5) {
            _ = try writer.close(
              "l\(round)", tags: ["Refund", "New \(round % 7)"],
              text: round.isMultiple(of: 3) ? nil : "the word\(round % 7) and others")
            if round % 4 == 1 { _ = try writer.map(["New \(round % 7)"], to: "Billing") }
            if round % 8 == 3 { _ = try writer.unmap(["New \(round % 7)", "Refund"], from: "Billing") }
          }
        }
        let report = try reader.report(Self.question)
        seqs.append(report.seq)
        if round.isMultiple(of: 4) {
          let advice = try reader.recommend(Self.dialog)
          let (freshReport, freshAdvice) = try Self.anew(reader.path)
          #expect(report == freshReport, "round \(round)")
          #expect(advice == freshAdvice, "to the last bit, round \(round)")
          if round > 8 { #expect(advice.list.contains { $0.reasons.contains { "\($0)".contains("word") } }) }
        }
      }
      #expect(seqs == seqs.sorted() && Set(seqs).count > 35)
    }
  }

  @Test("many threads report and recommend while others close")
  func manyThreads() throws {
    try Scratch.withStore { wrapup in
      _ = try wrapup.importContacts(from: Scratch.fixture("sample.csv"))
      let failures = Guarded<[String]>([])
      let before = try wrapup.report(HandlingQuery(by: [])).basis.scanned
      WorkerThreads.runner(sliceCount: 6).run(6) { thread in
        do {
          for number in 0..<25 {
            if thread < 2 {
              try wrapup.open("t\(thread)-\(number)", channel: "chat", category: "Billing", agent: "Ann")
              _ = try wrapup.close("t\(thread)-\(number)", tags: ["Refund"])
            } else if thread < 4 {
              _ = try wrapup.report(Self.question)
            } else {
              _ = try wrapup.recommend(DialogContext(category: "Billing"))
            }
          }
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
      }
      #expect(failures.withLock { $0 }.isEmpty)
      #expect(try wrapup.report(HandlingQuery(by: [])).basis.scanned == before + 50)
    }
  }

  @Test("the same answer from 1, 2 and 7 slices over several blocks")
  func slices() throws {
    var text = "id,startedAt,endedAt,handlingSeconds,tags,agent\n"
    for row in 0..<80_000 {
      text +=
        "\(row / 2),\(row % 2 == 0 ? "2026-01-05T10:00:00Z,2026-01-05T10:30:00Z" : "2026-01-05T10:30:00Z,2026-01-05T11:00:00Z"),"
      text +=
        "\(row &* 2_654_435_761 % 5_000),\(row % 3 == 0 ? "" : "T\(row % 41);U\(row % 7)"),a\(row % 90)\n"
    }
    try Scratch.withStore { wrapup in
      #expect(try Scratch.importCSV(text, into: wrapup).added == 80_000)
      var answers: [HandlingReport] = []
      for count in [1, 2, 7] {
        var settings = WrapUp.Settings()
        settings.sliceCount = count
        answers.append(try WrapUp(store: wrapup.path, settings: settings).report(Self.question))
      }
      #expect(answers[0] == answers[1] && answers[0] == answers[2])
      #expect(answers[0].rows.count == 41 + 7, "no two neighbours are both untagged")
    }
  }
}

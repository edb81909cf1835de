import Foundation
import HandlingAnalytics
import Testing

@testable import SQLiteStore
@testable import WrapUpEngine

/// The columns do the work, not SQL.
struct SQLiteStepTests {
  private static let question = HandlingQuery(
    by: [.tag, .agent, .month],
    measures: [.contacts, .n, .mean, .sd, .quantile(permille: 950), .meanConversation])

  private static func steps(of wrapup: WrapUp) throws -> Int {
    try wrapup.withState { $0.store.connection.stepCount }
  }

  @Test("a report opens the store and answers with at most 50 SQLite steps, right after an import")
  func afterImport() throws {
    try Scratch.withStore { wrapup in
      _ = try wrapup.importContacts(from: Scratch.fixture("generated.csv"))
      let fresh = try WrapUp(store: wrapup.path, createInZone: nil)
      let report = try fresh.report(Self.question)
      #expect(report.rows.count > 500)
      let steps = try Self.steps(of: fresh)
      #expect(steps <= 50, "\(steps) steps")
      print("report: \(steps) SQLite steps from opening to answer")
    }
  }

  @Test("also after a day's closes: the delta is written before catching up gets long")
  func afterCloses() throws {
    try Scratch.withStore { wrapup in
      _ = try wrapup.importContacts(from: Scratch.fixture("generated.csv"))
      for number in 0..<200 {
        try wrapup.open("live-\(number)", channel: "chat", category: "Billing", agent: "Ann")
        _ = try wrapup.close("live-\(number)", tags: ["Refund"])
        // Every process that reports leaves the next one at most a few changes behind.
        if number.isMultiple(of: 3) {
          let next = try WrapUp(store: wrapup.path, createInZone: nil)
          let report = try next.report(Self.question)
          #expect(report.basis.scanned == 2_000 + number + 1)
          let steps = try Self.steps(of: next)
          #expect(steps <= 50, "\(steps) steps after close \(number)")
        }
      }
    }
  }
}

import Foundation
import Testing

@testable import WrapUpEngine

/// An import into a store that has conversations, and what happens while it goes on.
enum ChunkedImport {
  static let header =
    "id,contactId,startedAt,endedAt,endReason,agent,group,channel,category,tags,handlingSeconds"

  static func csv(_ rows: [String]) -> String { ([header] + rows).joined(separator: "\n") + "\n" }

  /// A contact all of whose names are `name`; it has ended if it has seconds.
  static func row(_ id: String, _ name: String, contact: Int = 1, seconds: Int? = 60) -> String {
    let end = seconds == nil ? "," : "2026-01-05T\(10 + contact):30:00Z,closed"
    let names = Array(repeating: name, count: 5).joined(separator: ",")
    return
      "\(id),\(contact),2026-01-05T\(10 + contact):00:00Z,\(end),\(names),\(seconds.map(String.init) ?? "")"
  }

  /// Conversations that no store has yet: more than a chunk has rows, and few enough for others to follow.
  static func newRows(_ name: String = "New") -> [String] { (0..<3_000).map { row("new-\($0)", name) } }

  /// Imports, and runs `body` once when some rows are written and others are not.
  ///
  /// - Parameters:
  ///   - engine: how the engine behaves that `body` is given.
  ///   - isCancelled: whether the import is given up after that.
  static func run(
    _ rows: [String], into wrapup: WrapUp, _ engine: WrapUp.Settings = WrapUp.Settings(),
    isCancelled: Bool = false, during body: @escaping @Sendable (WrapUp) throws -> Void
  ) throws -> ImportLedger {
    let (fault, calls, count, path) = (Guarded<(any Error)?>(nil), Guarded(0), rows.count, wrapup.path)
    var settings = ImportSettings()
    settings.isCancelled = { isCancelled && calls.withLock { $0 } > 0 }
    settings.progress = { done, _ in
      let isFirst = calls.withLock { calls in
        calls += 1
        return calls == 1
      }
      guard isFirst else { return }
      do {
        #expect(done < count)
        try body(try WrapUp(store: path, settings: engine))
      } catch {
        fault.withLock { $0 = error }
      }
    }
    defer { #expect(calls.withLock { $0 } > 0, "some rows are written by then") }
    do {
      let ledger = try Scratch.importCSV(csv(rows), into: wrapup, settings)
      if let fault = fault.withLock({ $0 }) { throw fault }
      return ledger
    } catch {
      throw fault.withLock { $0 } ?? error
    }
  }

  /// All that anybody can see of a store's conversations and names.
  static func sights(of wrapup: WrapUp) throws -> [String] {
    var sights: [String] = []
    for subject in ExportSubject.allCases { try wrapup.export(subject) { sights.append("\(subject) \($0)") } }
    for dimension in [Dimension.tag, .category, .channel, .agent, .group] {
      sights.append("\(dimension) \(try wrapup.knownNames(of: dimension))")
      let report = try wrapup.report(.init(by: [dimension], measures: [.contacts, .n, .mean]))
      sights += report.rows.map { "\($0.labels) \($0.figures)" } + ["\(report.basis.scanned)"]
    }
    sights += try wrapup.tags().map { "\($0)" } + wrapup.categories().map { "\($0)" }
    sights.append("\(try wrapup.recommend(DialogContext(category: "Old", agent: "Old")).list.map(\.tag))")
    sights.append("\(try wrapup.tagHealth().findings) \(try wrapup.reviewMapping().closes)")
    let evaluation = try wrapup.evaluate()
    sights.append("\(evaluation.learnt) \(evaluation.covered)")
    return sights
  }
}

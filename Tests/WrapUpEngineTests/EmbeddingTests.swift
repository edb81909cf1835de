import Foundation
import Testing
import WrapUpEngine

/// What the README shows to those who embed the library, compiled and run.
struct EmbeddingTests {
  /// A close dialog, from opening to close.
  private func dialog(store: String) throws -> [Recommendation] {
    // README: begin
    let wrapup = try WrapUp(store: store)

    // The dialog opens: who asks never waits for who learns.
    var context = DialogContext(category: "Delivery", channel: "chat", agent: "Ann")
    context.text = "my parcel never arrived, I want my money back"
    let ranked = try wrapup.recommend(context, limit: 5)
    for tag in ranked.list { print(tag.tag, "\(Int(100 * tag.chance))%", tag.reasons) }

    // A tag is ticked: the others are ranked by what goes with it.
    context.chosen = ["Refund"]
    let next = try wrapup.recommend(context, limit: 5)

    // The close is confirmed: on disk when this returns, and learnt before the next list.
    let tags = ["Refund", next.list[0].tag]
    try wrapup.close("chat-4712", tags: tags, text: context.text, shown: ranked.shown)
    // README: end
    return ranked.list
  }

  private func report(store: String, export: String) throws -> [String] {
    // README: begin
    let wrapup = try WrapUp(store: store)
    let ledger = try wrapup.importContacts(from: export)
    print("\(ledger.added) contacts, \(ledger.rejected) rejected")

    try wrapup.open("chat-4711", channel: "chat", category: "Delivery", agent: "Ann")
    let context = DialogContext(category: "Delivery", channel: "chat", agent: "Ann")
    let ranked = try wrapup.recommend(context, limit: 5).list
    let receipt = try wrapup.close("chat-4711", tags: [ranked[0].tag], note: "Sent again")
    print("chat-4711 is \(receipt.state.name)")

    var question = HandlingQuery(by: [.tag, .month], measures: [.n, .mean, .quantile(permille: 900)])
    question.zone = "Europe/Paris"
    let report = try wrapup.report(question)
    for row in report.rows { print(row.labels, row.figures) }
    // README: end
    return ranked.map(\.tag)
  }

  @Test("the example of the README works and is the one in the README")
  func exampleWorks() throws {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder = FileManager.default.temporaryDirectory.appending(path: "embedding-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = folder.appending(path: "shop.sqlite").path
    let tags = try report(store: store, export: root.appending(path: "Fixtures/sample.csv").path)
    #expect(tags.count == 5 && tags.contains("Late parcel"))
    let wrapup = try WrapUp(store: store)
    try wrapup.open("chat-4712", channel: "chat", category: "Delivery", agent: "Ann")
    #expect(try dialog(store: store).count == 5)
    #expect(try wrapup.conversation("chat-4712")?.tags.first == "Refund")
    #expect(try wrapup.acceptance().total.closes == 1)
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let examples = source.components(separatedBy: "    // README: begin\n").dropFirst().map {
      $0.components(separatedBy: "    // README: end\n")[0]
    }
    #expect(examples.count == 2)
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let lines = examples.joined().split(separator: "\n").filter { !$0.allSatisfy { $0 == " " } }
    #expect(lines.count >= 24)
    for line in lines {
      #expect(readme.contains(line.drop { $0 == " " }), "the README lacks: \(line)")
    }
  }
}

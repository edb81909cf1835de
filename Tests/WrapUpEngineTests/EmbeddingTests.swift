import Foundation
import Testing
import WrapUpEngine

/// What the README shows to those who embed the library, compiled and run.
struct EmbeddingTests {
  private func closeDialog(store: String, export: String) throws -> [String] {
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
    let tags = try closeDialog(
      store: folder.appending(path: "shop.sqlite").path,
      export: root.appending(path: "Fixtures/sample.csv").path)
    #expect(tags.count == 5 && tags.contains("Late parcel"))
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let example = source.components(separatedBy: "// README: begin\n")[1].components(
      separatedBy: "// README: end")[0]
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let lines = example.split(separator: "\n").filter { !$0.allSatisfy { $0 == " " } }
    #expect(lines.count >= 12)
    for line in lines {
      #expect(readme.contains(line.drop { $0 == " " }), "the README lacks: \(line)")
    }
  }
}

import Foundation

@testable import WrapUpEngine

/// A store in a folder of its own, removed when the test is done.
enum Scratch {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func fixture(_ name: String) -> String { root.appending(path: "Fixtures/\(name)").path }

  static func withStore<Value>(
    settings: WrapUp.Settings = WrapUp.Settings(), _ body: (WrapUp) throws -> Value
  ) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "engine-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(try WrapUp(store: folder.appending(path: "s.sqlite").path, settings: settings))
  }

  /// Writes rows as a CSV beside the store and imports them.
  static func importCSV(_ text: String, into wrapup: WrapUp, _ settings: ImportSettings = ImportSettings())
    throws
    -> ImportLedger
  {
    let file = wrapup.path + ".csv"
    try Data(text.utf8).write(to: URL(filePath: file))
    return try wrapup.importContacts(from: file, settings)
  }
}

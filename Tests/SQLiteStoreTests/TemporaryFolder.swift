import Foundation

/// A folder of a test's own, gone with the test.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String = "s.db") -> String { url.appending(path: name).path() }

  func write(_ bytes: Data, to name: String) throws { try bytes.write(to: url.appending(path: name)) }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: url.appending(path: name)) }

  /// Every file with its bytes.
  func contents() throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path())
    return try Dictionary(uniqueKeysWithValues: names.map { ($0, try bytes($0)) })
  }
}

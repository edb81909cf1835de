import Foundation
import Testing

/// Real data that lies beside the checkout on some machines: `../shared/data`.
enum SharedData {
  static let folder = Tool.root.deletingLastPathComponent().appending(path: "shared/data")

  static var exists: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// The content of a gzip file.
  static func unzipped(_ name: String) throws -> Data {
    let file = folder.appending(path: name).path
    let result = try Tool.launch("/usr/bin/env", ["gzip", "-dc", file])
    #expect(result.code == 0, "\(result.complaints)")
    return Data(result.output.utf8)
  }
}

/// On a server, a skipped test is a failed one.
struct SharedDataTests {
  private static let isRequired = ProcessInfo.processInfo.environment["WRAPUP_REQUIRE_DATA"] == "1"

  @Test("data that must be there is there", .enabled(if: isRequired, "WRAPUP_REQUIRE_DATA is not 1"))
  func isThereWhenRequired() {
    #expect(SharedData.exists, "WRAPUP_REQUIRE_DATA=1, but there is no \(SharedData.folder.path)")
  }
}

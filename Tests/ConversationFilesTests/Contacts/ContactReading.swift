import CivilTime
import Conversations

@testable import ConversationFiles

/// All that a contacts file gives, as values to compare.
struct ContactReading {
  var rows: [ImportRow] = []
  var rejections: [RowRejection] = []
  var texts: [String] = []
  var unusedHeaders: [String] = []

  init(_ bytes: [UInt8], options: ImportOptions = ImportOptions()) throws {
    var file = try ContactFile(ByteSource(bytes: bytes), options: options)
    unusedHeaders = file.unusedHeaders
    while let row = try file.next() {
      switch row {
      case .success(let row): rows.append(row)
      case .failure(let rejection): rejections.append(rejection)
      }
    }
    texts = file.texts.texts
  }

  init(_ text: String, options: ImportOptions = ImportOptions()) throws {
    try self.init(Array(text.utf8), options: options)
  }

  /// The contact of a file with the given columns and one row.
  static func record(_ columns: KeyValuePairs<String, String>, options: ImportOptions = ImportOptions())
    throws -> ContactRecord?
  {
    try Self(file(columns), options: options).rows.first?.record
  }

  /// A file with an id, a start and the given columns in one row.
  static func file(_ columns: KeyValuePairs<String, String>) -> String {
    let columns =
      [("id", "c1"), ("startedAt", "2016-02-29T10:00:00Z")].filter { name, _ in
        !columns.contains { $0.key == name }
      } + columns.map { ($0.key, $0.value) }
    return columns.map(\.0).joined(separator: ",") + "\n"
      + columns.map { "\"\($0.1)\"" }.joined(separator: ",") + "\n"
  }

  /// 2016-02-29T10:00:00Z
  static let start: Int64 = 1_456_740_000
}

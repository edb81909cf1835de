import Foundation
import MappedFiles

@testable import HandlingAnalytics

/// A folder of its own for a test's columns, gone with the last reference to it.
final class ColumnsFolder {
  static let uuid = "0123456789abcdef0123456789abcdef"
  let path: String
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "columns-\(UUID().uuidString)")
      .path(percentEncoded: false)
    path = "\(folder)/store.columns"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Base and delta, as far as there are such.
  var files: [String] {
    [path, path + "-delta"].filter { FileManager.default.fileExists(atPath: $0) }
  }

  func write(_ contacts: [Contact], seq: Int64 = 1, blockLimit: Int = ContactBlock.rowLimit) throws {
    let position = TablePosition(seq: seq, nonce: 7)
    try ContactTable.write(
      ended: contacts.ended.rows, open: contacts.open.rows, names: TestNames.dictionaries,
      identity: ColumnsFile.Identity(
        storeUUID: Self.uuid, schema: 3, position: position, basePosition: position),
      to: path, blockLimit: blockLimit)
  }

  func compact(_ table: ContactTable, blockLimit: Int = ContactBlock.rowLimit) throws {
    try table.writeBase(to: path, storeUUID: Self.uuid, schema: 3, blockLimit: blockLimit)
  }

  func open(uuid: String = ColumnsFolder.uuid, schema: UInt32 = 3) throws(ColumnsFault) -> ContactTable {
    try ContactTable(path: path, storeUUID: uuid, schema: schema)
  }

  func save(_ table: ContactTable) throws {
    try table.saveDelta(path: path, storeUUID: Self.uuid, schema: 3)
  }

  /// Why the table can't be opened; `nil` when it can.
  func faultOfOpening(uuid: String = ColumnsFolder.uuid, schema: UInt32 = 3) -> ColumnsFault? {
    do throws(ColumnsFault) {
      _ = try open(uuid: uuid, schema: schema)
      return nil
    } catch {
      return error
    }
  }

  func remove(_ file: String) throws {
    try FileManager.default.removeItem(atPath: file)
  }

  func bytes(of file: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: file)))
  }

  /// A new file in the old one's place: mappings of the old one stay as they were.
  func replace(_ file: String, with bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(filePath: file), options: .atomic)
  }
}

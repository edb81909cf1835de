import Foundation
import Testing

/// A file that cannot be taken, or not all of it, and every word that is said about it.
struct BadInput: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let bytes: Data
  var words: [String] = []
  let code: Int32
  /// All lines on standard error.
  let complaints: [String]
  /// Ids of the rows that are taken all the same.
  let taken: [String]

  /// Nothing of the file is taken.
  static func refused(_ name: String, _ bytes: Data, _ complaint: String) -> BadInput {
    BadInput(testDescription: name, bytes: bytes, code: 1, complaints: [complaint], taken: [])
  }

  /// Nothing of the file is taken.
  static func refused(_ name: String, _ text: String, _ complaint: String) -> BadInput {
    refused(name, Data(text.utf8), complaint)
  }

  /// Some rows are refused, the others taken.
  static func rows(
    _ name: String, _ text: String, _ words: [String] = [], taken: [String], _ complaints: String...
  ) -> BadInput {
    BadInput(
      testDescription: name, bytes: Data(text.utf8), words: words, code: taken.isEmpty ? 1 : 0,
      complaints: complaints + (taken.isEmpty ? ["wrapup: every row was rejected"] : []), taken: taken)
  }

  /// Any instant: no case is about it.
  static let start = "2026-01-05T10:00:00Z"

  /// A sound file of one contact.
  static let old = Data("id,startedAt,agent\nold,\(start),Ann\n".utf8)

  /// A sound file of the contacts r0, r1 and so on, some 140 bytes each.
  static func contacts(_ count: Int) -> Data {
    let note = String(repeating: "x", count: 100)
    return Data(
      ("id,startedAt,agent,note\n" + (0..<count).map { "r\($0),\(start),Ann,\(note)\n" }.joined()).utf8)
  }

  /// Runs a script that calls the tool as `"$TOOL"`.
  static func shell(_ script: String, in folder: URL) throws -> Tool.Result {
    try Tool.launch("/bin/sh", ["-c", script], in: folder, environment: ["TOOL": Tool.path])
  }

  /// Imports it into a new store and compares every word.
  func check() throws {
    try Tool.inFolder { folder in
      try bytes.write(to: folder.appending(path: "in.csv"))
      let result = try Tool.run(["import", "in.csv"] + words, in: folder)
      #expect(result.code == code)
      #expect(result.complaints == complaints.map { $0 + "\n" }.joined())
      try Self.expectSound(in: folder, holding: taken)
    }
  }

  /// The store holds these contacts and no others, wherever one looks, and takes a good file.
  static func expectSound(in folder: URL, holding ids: [String]) throws {
    let good = Data("id,startedAt,agent\ngood,\(start),Ann\n".utf8)
    let added = try Tool.succeed(["import", "-"], in: folder, input: good)
    #expect(added.contains("1 row: 1 added, 0 updated, 0 unchanged, 0 rejected"))
    let exported = try Tool.succeed(["export", "contacts"], in: folder).utf8.split(separator: 0x0A)
    let found = exported.dropFirst().map { String(Substring($0.prefix { $0 != 0x2C })) }
    #expect(found.sorted() == (ids + ["good"]).sorted())
    let answer = try Tool.succeed(
      ["stats", "--open", "--format", "csv", "--measures", "contacts"], in: folder)
    let counts = CSVTable(answer).rows[0]
    #expect(Int(counts["contacts"] ?? "") == ids.count + 1)
    let store = folder.appending(path: "wrapup.sqlite").path
    #expect(try StoreSQL.answer(to: "PRAGMA integrity_check", of: store).rows == [["ok"]])
    #expect(try StoreSQL.answer(to: "PRAGMA foreign_key_check", of: store).rows.isEmpty)
  }
}

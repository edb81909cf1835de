import Foundation
import TestSupport
import Testing

/// `.columns` and `.model` are derived: whatever happens to them, the answer is right and one line says what was
/// done.
struct DerivedFileTests {
  private static let words = [
    "stats", "--by", "tag,channel", "--format", "csv", "--open", "--measures", "n,total,p50,max",
  ]
  private static let asking = ["recommend", "--category", "Delivery", "--format", "json"]

  private static func withStore(_ body: (_ folder: URL, _ answer: String, _ advice: Substring) throws -> Void)
    throws
  {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(
        ["import", Tool.fixture("sample.csv"), "--mapping", Tool.fixture("sample.mapping.csv")], in: folder)
      let answer = try Tool.succeed(words, in: folder)
      let advice = Tool.recommendations(try Tool.succeed(asking, in: folder))
      try body(folder, answer, advice)
    }
  }

  /// Expects the right answer, one complaint, and then silence.
  private static func expectRepair(
    _ words: [String], _ answer: String, of file: String, in folder: URL, saying cause: String
  ) throws {
    let first = try Tool.run(words, in: folder)
    #expect(first.output == answer, "\(file) \(cause)")
    #expect(first.complaints.split(separator: "\n").count == 1, "\(first.complaints)")
    #expect(first.complaints.contains("\(file) was \(cause): rebuilt"), "\(first.complaints)")
    let second = try Tool.run(words, in: folder)
    #expect(second.output == answer && second.complaints.isEmpty, "\(second.complaints)")
  }

  @Test(
    "truncated, empty, foreign, too new and flipped columns are rebuilt with one line and the right answer")
  func damagedColumns() throws {
    try Self.withStore { folder, answer, _ in
      let file = folder.appending(path: "wrapup.sqlite.columns")
      let good = try Data(contentsOf: file)
      func damage(_ cause: String, _ bytes: Data) throws {
        try bytes.write(to: file)
        try Self.expectRepair(Self.words, answer, of: "wrapup.sqlite.columns", in: folder, saying: cause)
      }
      try damage("empty", Data())
      try damage("truncated", good.dropLast(100))
      try damage("truncated", good.prefix(40))
      try damage("foreign", Data("hello, this is a letter and no columns at all".utf8))
      var newer = good
      newer[8] = 200
      try damage("newer", newer)
      var otherStore = good
      otherStore[20] ^= 1
      try damage("damaged", otherStore)
      // The segments follow the header; the first to be touched is in the middle of one.
      var flipped = good
      flipped[good.count / 3] ^= 0x10
      try flipped.write(to: file)
      let result = try Tool.run(Self.words, in: folder)
      #expect(result.output == answer)
    }
  }

  @Test("no flipped bit anywhere in the columns makes a wrong answer")
  func everyFlipIsHarmless() throws {
    try Self.withStore { folder, answer, _ in
      let file = folder.appending(path: "wrapup.sqlite.columns")
      let good = try Data(contentsOf: file)
      var generator = SeededGenerator(seed: 7)
      for _ in 0..<60 {
        var flipped = good
        flipped[Int.random(in: 0..<good.count, using: &generator)] ^=
          UInt8(1) << UInt8.random(in: 0...7, using: &generator)
        try flipped.write(to: file)
        let result = try Tool.run(Self.words, in: folder)
        #expect(result.code == 0 && result.output == answer, "\(result.complaints)")
      }
    }
  }

  @Test("columns of an older state of the store are caught up with, those of another store rebuilt")
  func staleColumns() throws {
    try Self.withStore { folder, answer, _ in
      let file = folder.appending(path: "wrapup.sqlite.columns")
      let old = try Data(contentsOf: file)
      let more = Data(
        "id,startedAt,endedAt,handlingSeconds,tags\nnew-1,2026-02-01T10:00:00Z,2026-02-01T10:05:00Z,77,Refund\n"
          .utf8)
      _ = try Tool.succeed(["import", "-"], in: folder, input: more)
      let next = try Tool.succeed(Self.words, in: folder)
      #expect(next != answer)
      for file in [file.path, file.path + "-delta"] { try? FileManager.default.removeItem(atPath: file) }
      try old.write(to: file)
      #expect(try Tool.succeed(Self.words, in: folder) == next)
      _ = try Tool.succeed(["import", Tool.fixture("generated.csv"), "--store", "other.sqlite"], in: folder)
      try Data(contentsOf: folder.appending(path: "other.sqlite.columns")).write(to: file)
      try Self.expectRepair(Self.words, next, of: "wrapup.sqlite.columns", in: folder, saying: "foreign")
    }
  }

  @Test("without its delta a base is caught up with; a damaged delta is named and written anew")
  func damagedDelta() throws {
    try Self.withStore { folder, _, _ in
      for number in 0..<10 {
        _ = try Tool.succeed(["open", "late-\(number)", "--channel", "chat", "--agent", "Ann"], in: folder)
      }
      let answer = try Tool.succeed(Self.words, in: folder)
      let delta = folder.appending(path: "wrapup.sqlite.columns-delta")
      try FileManager.default.removeItem(at: delta)
      #expect(try Tool.succeed(Self.words, in: folder) == answer)
      let good = try Data(contentsOf: delta)
      for (cause, bytes) in [
        ("truncated", good.dropLast(10)), ("empty", Data()), ("foreign", Data("no".utf8 + good)),
      ] {
        try bytes.write(to: delta)
        try Self.expectRepair(
          Self.words, answer, of: "wrapup.sqlite.columns-delta", in: folder, saying: cause)
        #expect(try Data(contentsOf: delta) == good, "the same rows, the same bytes")
      }
    }
  }

  @Test("a damaged model is learnt anew, with one line and the same recommendations")
  func damagedModel() throws {
    try Self.withStore { folder, _, advice in
      let file = folder.appending(path: "wrapup.sqlite.model")
      let good = try Data(contentsOf: file)
      for (cause, bytes) in [
        ("empty", Data()), ("damaged", good.dropLast(9)), ("foreign", Data("no model at all".utf8)),
      ] {
        try bytes.write(to: file)
        let result = try Tool.run(Self.asking, in: folder)
        #expect(Tool.recommendations(result.output) == advice)
        #expect(result.complaints.contains("model was \(cause)"), "\(result.complaints)")
      }
    }
  }

  @Test("a store restored from a copy is not answered from the columns of its future")
  func restoredStore() throws {
    try Self.withStore { folder, answer, _ in
      let store = folder.appending(path: "wrapup.sqlite")
      let copy = try Data(contentsOf: store)
      let more = Data(
        "id,startedAt,endedAt,handlingSeconds,tags\nnew-1,2026-02-01T10:00:00Z,2026-02-01T10:05:00Z,77,Refund\n"
          .utf8)
      _ = try Tool.succeed(["import", "-"], in: folder, input: more)
      try copy.write(to: store)
      for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store.path + end) }
      try Self.expectRepair(Self.words, answer, of: "wrapup.sqlite.columns", in: folder, saying: "stale")
    }
  }

  @Test("without permission to write, answers come from memory")
  func readOnlyFolder() throws {
    try Self.withStore { folder, answer, _ in
      for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
      where file.contains("columns") {
        try FileManager.default.removeItem(at: folder.appending(path: file))
      }
      // A folder in the file's place can't be replaced by a file, whoever asks.
      try FileManager.default.createDirectory(
        at: folder.appending(path: "wrapup.sqlite.columns"), withIntermediateDirectories: false)
      let result = try Tool.run(Self.words, in: folder)
      #expect(result.code == 0 && result.output == answer)
      #expect(result.complaints.contains("can't be written"))
    }
  }
}

import Foundation
import Testing

/// SIGKILL at the worst moments: what was acknowledged is there, what was not is there whole or not at all.
///
/// Debug builds die at the fault point that WRAPUP_FAULT names. WRAPUP_CRASHES sets how often each point is hit;
/// the long run uses more.
struct CrashTests {
  private static let rounds = Int(ProcessInfo.processInfo.environment["WRAPUP_CRASHES"] ?? "") ?? 50

  private static func killed(_ words: [String], at point: String, in folder: URL, input: Data? = nil) throws {
    let result = try Tool.run(words, in: folder, input: input, environment: ["WRAPUP_FAULT": point])
    #expect(result.code == 9, "\(words) should have died at \(point): \(result.code) \(result.complaints)")
  }

  private static func contacts(in folder: URL) throws -> Int {
    let table = CSVTable(
      try Tool.succeed(["stats", "--open", "--format", "csv", "--measures", "contacts"], in: folder))
    return Int(table.rows[0]["contacts"]!)!
  }

  private static func csv(_ round: Int) -> Data {
    var text = "id,startedAt,endedAt,handlingSeconds,tags\n"
    for row in 0..<20 {
      text += "r\(round)-\(row),2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,\(60 + row),Refund\n"
    }
    return Data(text.utf8)
  }

  @Test(
    "killed before an import is decided: nobody sees a row of it, and it can be done again",
    arguments: ["between-chunks", "before-commit"])
  func importBeforeCommit(point: String) throws {
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", "-"], in: folder, input: Self.csv(0))
      for round in 1...Self.rounds {
        // Each begins with taking back what the one before has left.
        try Self.killed(["import", "-"], at: point, in: folder, input: Self.csv(round))
        if round.isMultiple(of: 10) { #expect(try Self.contacts(in: folder) == 20) }
      }
      #expect(try Self.contacts(in: folder) == 20)
      _ = try Tool.succeed(["import", "-"], in: folder, input: Self.csv(1))
      #expect(try Self.contacts(in: folder) == 40)
    }
  }

  @Test("killed before the commit of the first import: the store is empty and sound, and takes it afterwards")
  func firstImportBeforeCommit() throws {
    for _ in 1...max(1, Self.rounds / 10) {
      try Tool.inFolder { folder in
        for _ in 1...2 {
          try Self.killed(["import", "-"], at: "before-commit", in: folder, input: Self.csv(0))
        }
        #expect(try Self.contacts(in: folder) == 0)
        try Self.killed(["import", "-"], at: "before-commit", in: folder, input: Self.csv(0))
        _ = try Tool.succeed(["import", "-"], in: folder, input: Self.csv(0))
        #expect(try Self.contacts(in: folder) == 20)
      }
    }
  }

  @Test("killed between commit and acknowledgement: all of it is there")
  func importAfterCommit() throws {
    try Tool.inFolder { folder in
      for round in 1...Self.rounds {
        try Self.killed(["import", "-"], at: "after-commit", in: folder, input: Self.csv(round))
        if round.isMultiple(of: 10) {
          let result = try Tool.run(
            ["stats", "--open", "--format", "csv", "--measures", "contacts"], in: folder)
          #expect(CSVTable(result.output).rows[0]["contacts"] == "\(20 * round)")
        }
      }
      let again = try Tool.succeed(["import", "-"], in: folder, input: Self.csv(Self.rounds))
      #expect(again.contains("0 added, 0 updated, 20 unchanged"))
    }
  }

  @Test("killed while an import that is decided writes its updates: whoever comes next goes on with them")
  func importWhileApplying() throws {
    func rows(_ seconds: Int) -> Data {
      var text = "id,startedAt,endedAt,handlingSeconds,tags\n"
      for row in 0..<8_000 { text += "r\(row),2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,\(seconds),Refund\n" }
      return Data(text.utf8)
    }
    try Tool.inFolder { folder in
      _ = try Tool.succeed(["import", "-"], in: folder, input: rows(0))
      for round in 1...max(1, Self.rounds / 10) {
        try Self.killed(["import", "-"], at: "while-applying", in: folder, input: rows(round))
        let answer = CSVTable(
          try Tool.run(["stats", "--format", "csv", "--measures", "contacts,total"], in: folder).output)
        #expect(answer.rows[0]["contacts"] == "8000" && answer.rows[0]["total"] == "\(8_000 * round)")
        let again = try Tool.succeed(["import", "-"], in: folder, input: rows(round))
        #expect(again.contains("0 added, 0 updated, 8,000 unchanged"))
      }
    }
  }

  @Test(
    "killed around the rename of a derived file: the next answer is right",
    arguments: ["before-rename", "after-rename"])
  func derivedFile(point: String) throws {
    try Tool.inFolder { folder in
      for round in 1...Self.rounds {
        try Self.killed(["import", "-"], at: point, in: folder, input: Self.csv(round))
        if round.isMultiple(of: 10) {
          let result = try Tool.run(
            ["stats", "--by", "tag", "--format", "csv", "--measures", "contacts,total"], in: folder)
          #expect(CSVTable(result.output).rows[0]["contacts"] == "\(20 * round)")
          #expect(CSVTable(result.output).rows[0]["total"] == "\(round * (20 * 60 + 190))")
        }
      }
      let leftovers = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
        $0.hasSuffix(".tmp")
      }
      #expect(leftovers.count <= 1, "\(leftovers)")
    }
  }

  @Test(
    "killed while compacting: base and delta are of before or of after, and the next to come does it again",
    arguments: ["while-writing", "before-rename", "after-rename"])
  func compaction(point: String) throws {
    func rows(_ range: Range<Int>, _ seconds: Int) -> Data {
      var text = "id,startedAt,endedAt,handlingSeconds,tags\n"
      for row in range { text += "r\(row),2026-01-05T10:00:00Z,2026-01-05T10:10:00Z,\(seconds),Refund\n" }
      return Data(text.utf8)
    }
    try Tool.inFolder { folder in
      let columns = folder.appending(path: "wrapup.sqlite.columns")
      let delta = columns.path + "-delta"
      _ = try Tool.run(["import", "-"], in: folder, input: rows(0..<5_000, 10))
      // A delta that the compaction will take in, and that is of no base once it has.
      _ = try Tool.succeed(["import", "-"], in: folder, input: rows(0..<100, 11))
      _ = try Tool.succeed(["import", "-"], in: folder, input: rows(5_000..<7_100, 10))
      let (oldBase, oldDelta) = (try Data(contentsOf: columns), FileManager.default.contents(atPath: delta))
      #expect(oldDelta != nil)
      try Self.killed(["import", "-"], at: point, in: folder, input: rows(7_100..<9_200, 10))
      let isThere = point == "after-rename"
      #expect(try (Data(contentsOf: columns) == oldBase) == !isThere)
      #expect(FileManager.default.contents(atPath: delta) == oldDelta, "it goes after the base has come")
      for _ in 0..<2 {
        let answer = CSVTable(
          try Tool.succeed(["stats", "--format", "csv", "--measures", "contacts,total"], in: folder))
        #expect(answer.rows[0]["contacts"] == "9200" && answer.rows[0]["total"] == "92100")
      }
      #expect(try Data(contentsOf: columns) != oldBase, "compacted by now")
      #expect(try Data(contentsOf: columns).count > oldBase.count * 3 / 2)
    }
  }

  @Test("killed while closing: a close is there exactly when its transaction was")
  func closes() throws {
    try Tool.inFolder { folder in
      for round in 1...Self.rounds {
        _ = try Tool.succeed(["open", "c\(round)", "--channel", "chat", "--agent", "Ann"], in: folder)
        try Self.killed(["close", "c\(round)", "--tag", "Refund"], at: "before-commit", in: folder)
      }
      #expect(try Tool.succeed(["show", "c1", "--format", "json"], in: folder).contains(#""state":"open""#))
      for round in 1...Self.rounds {
        try Self.killed(["close", "c\(round)", "--tag", "Refund"], at: "after-commit", in: folder)
        let again = try Tool.run(["close", "c\(round)", "--tag", "Refund"], in: folder)
        #expect(again.code == 1 && again.complaints.contains("has ended"))
      }
      let table = CSVTable(
        try Tool.succeed(["stats", "--by", "tag", "--format", "csv", "--measures", "contacts,n"], in: folder))
      #expect(table.rows(by: ["tag"])[["Refund"]]?["n"] == "\(Self.rounds)")
    }
  }
}

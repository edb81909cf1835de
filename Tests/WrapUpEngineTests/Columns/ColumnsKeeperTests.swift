import CivilTime
import Foundation
import HandlingAnalytics
import MappedFiles
import Testing

@testable import SQLiteStore
@testable import WrapUpEngine

/// Several engines at one store, as several processes would be: one writes, nobody waits, all go on from the newest.
struct ColumnsKeeperTests {
  private static let question = HandlingQuery(
    by: [.tag, .channel], measures: [.contacts, .n, .total, .sd, .quantile(permille: 500), .meanConversation])

  private static func csv(_ rows: Range<Int>, seconds: Int = 60) -> String {
    var text = "id,contactId,channel,startedAt,endedAt,handlingSeconds,tags\n"
    for row in rows {
      text +=
        "r\(row),k,chat,2026-01-0\(row % 9 + 1)T10:00:00Z,\(row % 30 == 7 ? "" : "2026-01-0\(row % 9 + 1)T11:00:00Z"),\(seconds + row),T\(row % 7)\n"
    }
    return text
  }

  private static func engine(_ path: String, bound: Int = 4_096) throws -> WrapUp {
    let wrapup = try WrapUp(store: path, createInZone: nil)
    try wrapup.withState { $0.columns.compactionBound = bound }
    return wrapup
  }

  private static func table(of wrapup: WrapUp) throws -> ContactTable {
    try wrapup.withState { try $0.columns.current() }
  }

  private static func finishWriting(_ wrapup: WrapUp) throws {
    try wrapup.withState { $0.columns.finishWriting() }
  }

  /// What an engine answers that makes the columns anew and writes none.
  private static func anew(_ wrapup: WrapUp) throws -> HandlingReport {
    let folder = wrapup.path + "-anew"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let copy = folder + "/s.sqlite"
    try wrapup.withState { state in
      let statement = try state.store.connection.prepare("VACUUM INTO ?")
      statement.bind(1, copy)
      try statement.run()
    }
    return try WrapUp(store: copy, createInZone: nil).report(question)
  }

  @Test("one compacts; another goes on with what it has mapped and changes over when it looks again")
  func changingOver() throws {
    try Scratch.withStore { first in
      _ = try Scratch.importCSV(Self.csv(0..<600), into: first)
      let reader = try Self.engine(first.path)
      let before = try Self.table(of: reader)
      #expect(before.basePosition.seq == 1)
      let compactor = try Self.engine(first.path, bound: 50)
      _ = try Scratch.importCSV(Self.csv(500..<700, seconds: 99), into: compactor)
      let compacted = try Self.table(of: compactor)
      #expect(compacted.basePosition.seq > 1 && compacted.basePosition == compacted.position)
      let old = try before.report(Self.question, QuerySetting(zone: .utc, now: Instant(0)), on: .serial())
      #expect(old.seq == 1 && old.basis.scanned == 600, "what is mapped stays as it was")
      try first.open("one more", channel: "chat", agent: "Ann")
      let after = try Self.table(of: reader)
      #expect(after.basePosition == compacted.basePosition, "the reader did not make its own")
      #expect(try reader.report(Self.question) == Self.anew(first))
      let restart = try Self.table(of: try Self.engine(first.path))
      #expect(restart.basePosition == compacted.basePosition)
    }
  }

  @Test("while another holds the lock all are answered from memory, and written when it is free again")
  func heldLock() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.csv(0..<300), into: wrapup)
      let files = try Self.stamps(wrapup.path)
      let engines = try (0..<3).map { _ in try Self.engine(wrapup.path, bound: 20) }
      let held: Void? = try FileLock.whileHolding(wrapup.path + ".columns-lock") {
        for round in 0..<4 {
          _ = try Scratch.importCSV(
            Self.csv((round * 20)..<(round * 20 + 60), seconds: round), into: engines[0])
          let expected = try Self.anew(wrapup)
          for engine in engines { #expect(try engine.report(Self.question) == expected) }
          for engine in engines { try Self.finishWriting(engine) }
        }
        #expect(try Self.stamps(wrapup.path) == files, "nobody wrote without the lock")
      }
      #expect(held != nil)
      for engine in engines {
        try wrapup.open("after \(try Self.table(of: engine).position.seq)", channel: "chat", agent: "Ann")
        _ = try engine.report(Self.question)
        try Self.finishWriting(engine)
      }
      #expect(try Self.table(of: Self.engine(wrapup.path)).basePosition.seq > 1, "compacted by now")
      for engine in engines { #expect(try engine.report(Self.question) == Self.anew(wrapup)) }
    }
  }

  private static func stamps(_ path: String) throws -> [FileStamp?] {
    [FileStamp(path: path + ".columns"), FileStamp(path: path + ".columns-delta")]
  }

  @Test("any base beside any delta that this or another store ever had, whole or torn: the answer is right")
  func everyCombination() throws {
    try Scratch.withStore { other in
      _ = try Scratch.importCSV(Self.csv(0..<50), into: other)
      let foreign = try Data(contentsOf: URL(filePath: other.path + ".columns"))
      try Scratch.withStore { wrapup in
        var bases: [Data?] = [nil, foreign, Data()]
        var deltas: [Data?] = [nil, foreign, Data()]
        let files = [wrapup.path + ".columns", wrapup.path + ".columns-delta"]
        for round in 0..<4 {
          _ = try Scratch.importCSV(Self.csv((round * 50)..<(round * 50 + 120), seconds: round), into: wrapup)
          let compacts = round == 2
          try wrapup.withState { $0.columns.compactionBound = compacts ? 10 : 4_096 }
          for number in 0..<10 { try wrapup.open("o\(round)-\(number)", channel: "chat", agent: "Ann") }
          _ = try wrapup.report(Self.question)
          try Self.finishWriting(wrapup)
          if let base = FileManager.default.contents(atPath: files[0]), !bases.contains(base) {
            bases.append(base)
          }
          if let delta = FileManager.default.contents(atPath: files[1]), !deltas.contains(delta) {
            deltas.append(delta)
          }
        }
        bases.append(bases[3]?.dropLast(70))
        deltas.append(deltas[3]?.dropLast(70))
        #expect(bases.count >= 6 && deltas.count >= 6, "\(bases.count) bases, \(deltas.count) deltas")
        let expected = try Self.anew(wrapup)
        for (base, baseData) in bases.enumerated() {
          for (delta, deltaData) in deltas.enumerated() {
            for (file, data) in zip(files, [baseData, deltaData]) {
              try? FileManager.default.removeItem(atPath: file)
              try data?.write(to: URL(filePath: file))
            }
            let fresh = try Self.engine(wrapup.path)
            #expect(try fresh.report(Self.question) == expected, "base \(base), delta \(delta)")
            #expect(try wrapup.report(Self.question) == expected, "base \(base), delta \(delta)")
          }
        }
      }
    }
  }

  @Test("a change of a third of all conversations at once is followed or rebuilt, and right either way")
  func largeChange() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.csv(0..<9_000), into: wrapup)
      let follower = try Self.engine(wrapup.path)
      #expect(try Self.table(of: follower).position.seq == 1)
      _ = try Scratch.importCSV(Self.csv(0..<3_000, seconds: 500), into: wrapup)
      #expect(try follower.report(Self.question) == Self.anew(wrapup))
      _ = try Scratch.importCSV(Self.csv(2_000..<8_500, seconds: 900), into: wrapup)
      #expect(try follower.report(Self.question) == Self.anew(wrapup))
    }
  }
}

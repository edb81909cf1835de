import Foundation
import ReportRendering
import TestSupport
import Testing

@testable import SQLiteStore
@testable import WrapUpEngine

/// Many write while many ask: every report is exactly the store at the change it names.
///
/// Writers open, close, close again and import, some on connections of this process and one as processes of its own;
/// readers ask all the while, and the columns are compacted under them. Afterwards the same changes are made one by one
/// in another store, and at every change that a report named the answer is computed anew from SQLite.
///
/// WRAPUP_STORM sets the seconds; the long run takes 10.
struct CloseStormTests {
  private static let seconds = Double(ProcessInfo.processInfo.environment["WRAPUP_STORM"] ?? "") ?? 1.5
  private static let start: Int64 = 1_460_000_000

  private static let words = [
    "stats", "--by", "tag,channel", "--measures", "contacts,n,total,max,p90,mean_conversation", "--open",
    "--format", "json",
  ]
  private static let question: HandlingQuery = {
    var query = HandlingQuery(
      by: [.tag, .channel],
      measures: [.contacts, .n, .total, .max, .quantile(permille: 900), .meanConversation])
    query.includesOpen = true
    return query
  }()

  /// What a writer did, to be done again.
  fileprivate enum Deed: Sendable {
    case open(String, channel: String)
    case close(String, tags: [String], ending: Bool)
    case imported(String)
  }

  /// A deed and the instant at which it was done; `nil` where a process read the clock itself.
  fileprivate struct Done: Sendable {
    let deed: Deed
    let instant: Int64?
  }

  /// What was acknowledged, by conversation (an import by its file's prefix), and what was answered.
  fileprivate struct Log: Sendable {
    var done: [String: [Done]] = [:]
    var answers: [Int64: Set<String>] = [:]
    var failures: [String] = []
  }

  private final class Clock: Sendable {
    private let now = Guarded(CloseStormTests.start)
    /// Later than ever before.
    func tick() -> Int64 {
      now.withLock { now in
        now += 7
        return now
      }
    }
    func set(_ instant: Int64) { now.withLock { $0 = instant } }
    var instant: Int64 { now.withLock { $0 } }
  }

  private static func engine(_ path: String, _ clock: Clock) throws -> WrapUp {
    var settings = WrapUp.Settings()
    settings.sliceCount = 2
    settings.now = { clock.instant }
    let wrapup = try WrapUp(store: path, settings: settings)
    // A few seconds have room for several compactions; processes keep to the bound that is set for stores at work.
    try wrapup.withState { $0.columns.compactionBound = 200 }
    return wrapup
  }

  private static func csv(_ name: String, _ rows: Range<Int>, _ seed: Int) -> String {
    var text = "id,contactId,channel,startedAt,endedAt,handlingSeconds,tags,agent\n"
    for row in rows {
      let day = String(format: "2016-%02d-%02d", row % 12 + 1, row % 28 + 1)
      text +=
        "\(name)-\(row),k,\(row % 2 == 0 ? "chat" : "email"),\(day)T10:00:00Z,\(row % 40 == seed ? "" : "\(day)T11:00:00Z"),"
      text += "\((row * 31 + seed * 7) % 3_000),T\((row + seed) % 23);U\(row % 5),A\(row % 9)\n"
    }
    return text
  }

  // MARK: The storm

  @Test("every report of a close storm equals the recomputation at the change it names")
  func storm() throws {
    try Tool.inFolder { folder in
      let path = folder.appending(path: "wrapup.sqlite").path
      let log = Guarded(Log())
      try Self.engine(path, Clock()).importText(Self.csv("seed", 0..<300, 0), "seed", log)
      let before = try Self.baseSeq(path)
      let end = Date().addingTimeInterval(Self.seconds)
      WorkerThreads.runner(sliceCount: 7).run(7) { thread in
        do {
          switch thread {
          case 0, 1: try Self.close(path, thread, until: end, log)
          case 2: try Self.importAgain(path, until: end, log)
          case 3: try Self.closeByProcesses(folder, until: end, log)
          case 4, 5: try Self.ask(path, until: end, log)
          default: try Self.askByProcesses(folder, until: end, log)
          }
        } catch {
          log.withLock { $0.failures.append("\(error)") }
        }
      }
      let found = log.withLock { $0 }
      #expect(found.failures.isEmpty, "\(found.failures)")
      let compacted = try Self.baseSeq(path)
      #expect(compacted > before, "the base was compacted meanwhile")
      try Self.replay(path, found, in: folder)
    }
  }

  private static func close(_ path: String, _ thread: Int, until end: Date, _ log: Guarded<Log>) throws {
    let clock = Clock()
    clock.set(start + Int64(thread) * 1_000_000)
    let wrapup = try engine(path, clock)
    var generator = SeededGenerator(seed: UInt64(thread))
    var number = 0
    func note(_ id: String, _ deed: Deed) {
      log.withLock { $0.done[id, default: []].append(Done(deed: deed, instant: clock.instant)) }
    }
    while Date() < end {
      number += 1
      let id = "c\(thread)-\(number)"
      let isSocial = number % 3 == 0
      _ = clock.tick()
      try wrapup.open(id, channel: isSocial ? "whatsapp" : "chat", category: "Live", agent: "Ann")
      note(id, .open(id, channel: isSocial ? "whatsapp" : "chat"))
      if number % 5 == 0 { continue }
      for ending in isSocial ? [false, true] : [false] {
        let tags = ["T\(Int.random(in: 0..<23, using: &generator))", "New \(number % 30)"]
        _ = clock.tick()
        _ = try wrapup.close(id, tags: tags, ending: ending)
        note(id, .close(id, tags: tags, ending: ending))
      }
    }
  }

  /// Adds conversations and changes earlier ones: enough for a compaction, however slow the machine.
  private static func importAgain(_ path: String, until end: Date, _ log: Guarded<Log>) throws {
    let wrapup = try engine(path, Clock())
    var round = 0
    while Date() < end || round < 6 {
      round += 1
      let rows = round % 2 == 1 ? (round * 60)..<(round * 60 + 120) : (round * 20)..<(round * 20 + 40)
      try wrapup.importText(csv("seed", rows, round), "seed", log)
    }
  }

  private static func closeByProcesses(_ folder: URL, until end: Date, _ log: Guarded<Log>) throws {
    var number = 0
    while Date() < end {
      number += 1
      let id = "p-\(number)"
      _ = try Tool.succeed(
        ["open", id, "--channel", "call", "--category", "Live", "--agent", "Ann"], in: folder)
      log.withLock { $0.done[id, default: []].append(Done(deed: .open(id, channel: "call"), instant: nil)) }
      _ = try Tool.succeed(["close", id, "--tag", "T\(number % 23)"], in: folder)
      log.withLock {
        $0.done[id, default: []].append(
          Done(deed: .close(id, tags: ["T\(number % 23)"], ending: false), instant: nil))
      }
    }
  }

  private static func ask(_ path: String, until end: Date, _ log: Guarded<Log>) throws {
    let wrapup = try engine(path, Clock())
    var (last, asked): (Int64, Int) = (0, 0)
    while Date() < end || asked < 10 {
      asked += 1
      let report = try wrapup.report(question)
      #expect(report.seq >= last, "a reader never goes back")
      last = report.seq
      let text = try report.rendered(as: .json)
      log.withLock { _ = $0.answers[report.seq, default: []].insert(text) }
    }
  }

  private static func askByProcesses(_ folder: URL, until end: Date, _ log: Guarded<Log>) throws {
    while Date() < end {
      let text = try Tool.succeed(words, in: folder)
      let seq = try #require(text.firstMatch(of: /"seq":(\d+)/).flatMap { Int64($0.1) })
      log.withLock { _ = $0.answers[seq, default: []].insert(text) }
    }
  }

  /// The change up to which the base holds the store, from its header.
  private static func baseSeq(_ path: String) throws -> Int64 {
    let bytes = try Data(contentsOf: URL(filePath: "\(path).columns"))
    return bytes[56..<64].reversed().reduce(0) { $0 << 8 | Int64($1) }
  }

  // MARK: The recomputation

  /// Does everything again in the order of the change log, and stops wherever a report has looked.
  private static func replay(_ path: String, _ log: Log, in folder: URL) throws {
    let other = folder.appending(path: "replay.sqlite").path
    let clock = Clock()
    let replay = try engine(other, clock)
    let changes = try StoreSQL.answer(
      to: """
        SELECT g.seq, g.kind, c.id, t.started_at, c.ended_at FROM change AS g \
        LEFT JOIN conversation AS c ON c.key = g.conversation \
        LEFT JOIN contact AS t ON t.conversation = c.key AND substr(c.id, 1, 2) = 'p-' GROUP BY g.seq ORDER BY g.seq
        """, of: path
    ).rows
    var waiting = log.done
    // Some tens of the changes at which was asked, spread over all; the last one always.
    let asked = log.answers.keys.sorted()
    let stride = max(1, asked.count / Int(8 * max(1, seconds / 1.5)))
    let looked = Set(
      asked.enumerated().filter { $0.offset % stride == 0 || $0.offset == asked.count - 1 }.map(\.element))
    var place = 0
    while place < changes.count {
      // A change of names belongs to what follows it in one transaction.
      let next = changes[place...].first { !$0[2].isEmpty } ?? changes[place]
      let id = next[2].hasPrefix("seed") ? "seed" : next[2]
      let done = try #require(waiting[id]?.first, "a change that nobody made: \(next)")
      waiting[id]?.removeFirst()
      switch done.deed {
      case .open(let id, let channel):
        clock.set(try done.instant ?? #require(Int64(next[3])))
        try replay.open(id, channel: channel, category: "Live", agent: "Ann")
      case .close(let id, let tags, let ending):
        clock.set(try done.instant ?? #require(Int64(next[4])))
        _ = try replay.close(id, tags: tags, ending: ending)
      case .imported(let text): try replay.importText(text, "seed", Guarded(Log()))
      }
      let seq = try replay.withState { try $0.changes.position().seq }
      place = Int(seq)
      if looked.contains(seq) { try expect(log.answers[seq] ?? [], at: seq, of: other) }
    }
    #expect(!waiting.values.contains { !$0.isEmpty }, "what was acknowledged is there")
    #expect(looked.count >= 2 && asked.count > 2)
    print("storm: \(changes.count) changes, \(asked.count) answers, \(looked.count) recomputed")
  }

  /// Holds answers to columns made anew from SQLite, and those to plain SQL over its rows.
  private static func expect(_ answers: Set<String>, at seq: Int64, of path: String) throws {
    for file in ["\(path).columns", "\(path).columns-delta"] {
      try? FileManager.default.removeItem(atPath: file)
    }
    let fresh = try engine(path, Clock())
    let report = try fresh.report(question)
    #expect(report.seq == seq)
    #expect(answers == [try report.rendered(as: .json)], "change \(seq)")
    try SQLTruth.expect(report, of: fresh, "change \(seq)")
  }

  fileprivate static func note(_ text: String, _ name: String, _ log: Guarded<Log>) {
    log.withLock { $0.done[name, default: []].append(Done(deed: .imported(text), instant: nil)) }
  }
}

extension WrapUp {
  /// Imports rows and notes that.
  fileprivate func importText(_ text: String, _ name: String, _ log: Guarded<CloseStormTests.Log>) throws {
    let file = "\(path)-\(name).csv"
    try Data(text.utf8).write(to: URL(filePath: file))
    _ = try importContacts(from: file)
    CloseStormTests.note(text, name, log)
  }
}

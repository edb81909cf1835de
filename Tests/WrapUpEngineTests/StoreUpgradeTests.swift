import Conversations
import Foundation
import TestSupport
import Testing

@testable import SQLiteStore
@testable import WrapUpEngine

/// What depends on all contacts of a conversation is the same however they came into the store.
struct StoreUpgradeTests {
  private static let header =
    "id,contactId,startedAt,firstReplyAt,endedAt,endReason,bot,agent,handlingSeconds,wrapUpSeconds,tags,satisfaction"

  /// Rows of conversations with transfers, reopenings, bots, overlaps and equal starts, in any order.
  private static func rows(_ random: inout SeededGenerator) -> [String] {
    func instant(_ minute: Int) -> String { WrapUp.text(ofInstant: 1_767_600_000 + Int64(minute) * 60) }
    var rows: [String] = []
    for conversation in 0..<80 {
      var identities: Set<String> = []
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let start = Int.random(in: 0...12, using: &random)
        let end = Bool.random(using: &random) ? start + Int.random(in: 0...6, using: &random) : nil
        let reply =
          Bool.random(using: &random) ? Int.random(in: start...(end ?? start + 5), using: &random) : nil
        let contactID = ["", "", "k\(Int.random(in: 0...9, using: &random))"].randomElement(using: &random)!
        let agent = ["", "Ann", "Zoé", "k5"].randomElement(using: &random)!
        // Where keys are equal, no order is told by them.
        let key = contactID.isEmpty ? agent : contactID
        guard identities.insert("\(start) \(key)").inserted,
          contactID.isEmpty || identities.insert(key).inserted
        else { continue }
        let reason =
          end == nil ? "" : ["", "closed", "transferred", "snoozed"].randomElement(using: &random)!
        let cells: [String] = [
          "c\(conversation)", contactID, instant(start), reply.map(instant) ?? "", end.map(instant) ?? "",
          reason, Int.random(in: 0..<4, using: &random) == 0 ? "1" : "", agent, "60",
          ["", "900", "901"].randomElement(using: &random)!,
          ["", "A", "B;A"].randomElement(using: &random)!,
          ["", "1", "5", "9"].randomElement(using: &random)!,
        ]
        rows.append(cells.joined(separator: ","))
      }
    }
    return rows
  }

  private static func csv(_ rows: some Sequence<String>) -> String {
    ([header] + rows).joined(separator: "\n") + "\n"
  }

  /// All that a store says of its contacts, whatever their keys and the ids of names.
  private static func facts(_ wrapup: WrapUp) throws -> [String] {
    try wrapup.withState { state in
      var facts: [String] = []
      try state.conversations.forEach { key, _, summary in
        var summary = summary
        summary.tags = try summary.tags.map { try state.names(.tag).name(of: $0) == "A" ? 1 : 2 }
        for row in try state.ordered(try state.contacts.contacts(of: key)) {
          var record = row.record
          record.tags = []
          let agent = try record.agent.flatMap { try state.names(.agent).name(of: $0) } ?? ""
          record.agent = nil
          facts.append("\(agent) \(record) \(summary)")
        }
      }
      return facts.sorted()
    }
  }

  @Test("rows in any order, in one file or in two, make the same store", arguments: 0..<4 as Range<UInt64>)
  func anyOrder(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rows = Self.rows(&random)
    let expected = try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.csv(rows), into: wrapup)
      return try Self.facts(wrapup)
    }
    #expect(expected.contains { $0.contains("firstReplySeconds: Optional") })
    let shuffled = rows.shuffled(using: &random)
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.csv(shuffled), into: wrapup)
      #expect(try Self.facts(wrapup) == expected)
    }
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.csv(shuffled.prefix(rows.count / 2)), into: wrapup)
      _ = try Scratch.importCSV(Self.csv(shuffled.dropFirst(rows.count / 2)), into: wrapup)
      let withoutHistory = try Self.facts(wrapup).map {
        $0.replacing("isRequalified: true", with: "isRequalified: false")
      }
      #expect(withoutHistory == expected)
    }
  }

  @Test(
    "a store of version 1 becomes what an import of its contacts makes now",
    arguments: 10..<14 as Range<UInt64>)
  func migrated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let text = Self.csv(Self.rows(&random))
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(text, into: wrapup)
      let old = wrapup.path + ".old"
      try Self.writeVersion1(of: wrapup.path, to: old)
      let upgraded = try WrapUp(store: old, createInZone: nil)
      try upgraded.withState { state in
        try state.store.connection.execute("ATTACH '\(wrapup.path)' AS new")
        for table in ["conversation", "contact"] {
          for (one, other) in [("main", "new"), ("new", "main")] {
            let count = try state.store.connection.integer(
              "SELECT count(*) FROM (SELECT * FROM \(one).\(table) EXCEPT SELECT * FROM \(other).\(table))")
            #expect(count == 0, "\(table) in \(one)")
          }
        }
        let flags = ContactFlags.longWrapUp.rawValue
        for found in ["flags & \(flags)", "first_reply_seconds > 0"] {
          #expect(try state.store.connection.integer("SELECT count(*) FROM contact WHERE \(found)") > 20)
        }
        #expect(try state.store.connection.integer("SELECT sum(reopens) FROM conversation") > 3)
        try state.store.connection.execute("DETACH new")
      }
      #expect(
        try upgraded.report(HandlingQuery(by: [.tag])).rows == wrapup.report(HandlingQuery(by: [.tag])).rows)
      let again = try Scratch.importCSV(text, into: upgraded)
      #expect(again.unchanged == again.rows && again.rows > 80)
    }
  }

  /// Writes what version 1 would have stored of the same contacts.
  private static func writeVersion1(of path: String, to old: String) throws {
    let store = try Store(
      path: old, whenMissing: .create(zone: "UTC"), migrations: Array(StoreSchema.migrations.prefix(1)))
    try store.connection.execute("ATTACH '\(path)' AS new")
    for table in ["tag", "category", "channel", "agent", "agent_group", "conversation", "contact", "change"] {
      let columns = try store.connection.prepare(
        "SELECT group_concat(name, ', ') FROM pragma_table_info('\(table)', 'main')")
      guard try columns.step(), let names = columns.text(0) else { continue }
      columns.reset()
      try store.connection.execute("INSERT INTO \(table) (\(names)) SELECT \(names) FROM new.\(table)")
    }
    try store.connection.execute("UPDATE contact SET flags = flags & 255; DETACH new")
  }
}

import Foundation
import Testing

@testable import WrapUpEngine

/// Names are added, changed, retired and merged, and all of it can be taken back.
struct TaxonomyTests {
  static let rows = """
    id,startedAt,endedAt,category,tags,handlingSeconds
    a,2026-01-05T10:00:00Z,2026-01-05T10:05:00Z,Delivery,Refund;Refnd,100
    b,2026-01-05T11:00:00Z,2026-01-05T11:05:00Z,Delivery,Refnd,200
    c,2026-01-05T12:00:00Z,2026-01-05T12:05:00Z,Billing,Invoice,300

    """

  static func byTag(_ wrapup: WrapUp, asOf time: HandlingQuery.TagTime = .today, _ filter: Filter? = nil)
    throws -> [String: Int]
  {
    var query = HandlingQuery(by: [.tag], measures: [.total])
    (query.asOf, query.filter) = (time, filter)
    var totals: [String: Int] = [:]
    for row in try wrapup.report(query).rows {
      guard case .name(let name) = row.labels[0], case .whole(let total) = row.figures[0] else { continue }
      totals[name] = total
    }
    return totals
  }

  @Test("a file says the same after a renaming, in every command that takes names")
  func renaming() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.rows, into: wrapup)
      _ = try Self.byTag(wrapup)
      #expect(try wrapup.rename(" refund ", to: "Money back", in: .tag) == ("Refund", "Money back", nil))
      _ = try wrapup.rename("Delivery", to: "Shipping", in: .category)
      #expect(try Self.byTag(wrapup) == ["Money back": 100, "Refnd": 300, "Invoice": 300])
      let ledger = try Scratch.importCSV(Self.rows, into: wrapup)
      #expect(ledger.unchanged == 3 && ledger.updated == 0)
      let old = Filter.all([.oneOf(.tag, ["Refund"]), .oneOf(.category, ["delivery"])])
      #expect(try Self.byTag(wrapup, old) == ["Money back": 100, "Refnd": 100])
      #expect(try wrapup.map(["Refund"], to: "Delivery") == 1)
      let answer = try wrapup.recommend(DialogContext(category: "Delivery", chosen: ["REFND"]))
      #expect(answer.list.first?.tag == "Money back" && answer.unknown.isEmpty)
      #expect(answer.list.first?.reasons.first == .mapped(category: "Delivery"))
      // Another process sees it too, and so do columns made anew.
      #expect(try Self.byTag(WrapUp(store: wrapup.path)).keys.contains("Money back"))
      try FileManager.default.removeItem(atPath: wrapup.path + ".columns")
      #expect(try Self.byTag(WrapUp(store: wrapup.path)).keys.contains("Money back"))
    }
  }

  @Test("a name is had once, without case and accents, and its spelling can change")
  func taken() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.rows, into: wrapup)
      #expect(throws: WrapUpError.nameTaken(field: "tag", name: "Refnd")) {
        try wrapup.rename("Refund", to: "RÉFND", in: .tag)
      }
      #expect(throws: WrapUpError.emptyValue(field: "tag")) { try wrapup.rename("Refund", to: " ", in: .tag) }
      #expect(throws: WrapUpError.unknownName(field: "tag", name: "Refun", nearest: ["Refund"])) {
        try wrapup.rename("Refun", to: "X", in: .tag)
      }
      try wrapup.rename("refund", to: "REFUND", in: .tag)
      #expect(try Self.byTag(wrapup)["REFUND"] == 100)
      #expect(try wrapup.events(of: .tag).count == 1)
      // A name that was given up is free again; then it finds who has it now.
      try wrapup.rename("Refund", to: "Money back", in: .tag)
      let added = try wrapup.add(["refund", "REFUND", "Refnd"], to: .tag)
      #expect(added.added.map(\.name) == ["refund"] && added.known == ["REFUND", "Refnd"])
      #expect(added.taken.map(\.from) == ["Money back"])
      #expect(try wrapup.tags().map(\.name) == ["Invoice", "Money back", "Refnd", "refund"])
    }
  }

  @Test("what was done last is taken back, then what was done before")
  func undoing() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.rows, into: wrapup)
      try wrapup.rename("Refund", to: "Money back", in: .tag)
      #expect(try wrapup.switchTags(["Money back", "Refund"], on: false) == ["Money back"])
      _ = try wrapup.merge(["Money back"], into: "Invoice")
      #expect(try wrapup.undo("Money back", in: .tag).kind == .parted(from: "Invoice"))
      #expect(try wrapup.undo("Money back", in: .tag).kind == .switchedOn)
      let last = try wrapup.undo("Money back", in: .tag)
      #expect(last.kind == .renamed(from: "Money back", to: "Refund") && last.isUndo && last.name == "Refund")
      #expect(throws: WrapUpError.nothingToUndo(field: "tag", name: "Refund")) {
        try wrapup.undo("Refund", in: .tag)
      }
      #expect(
        try wrapup.events(of: .tag, named: "Refund").map(\.isUndo) == [false, false, false, true, true, true])
      let refund = try #require(try wrapup.tags().first { $0.name == "Refund" })
      #expect(refund.isOn && refund.mergedInto == nil && refund.conversations == 1)
      #expect(throws: WrapUpError.unknownName(field: "tag", name: "Money back", nearest: [])) {
        try wrapup.undo("Money back", in: .tag)
      }
      // Its old name is gone to another meanwhile.
      try wrapup.rename("Refund", to: "Money back", in: .tag)
      try wrapup.rename("Refnd", to: "Refund", in: .tag)
      #expect(throws: WrapUpError.nameTaken(field: "tag", name: "Refund")) {
        try wrapup.undo("Money back", in: .tag)
      }
    }
  }

  @Test("merges count once a conversation, in the past too, and can be looked behind")
  func merging() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.rows, into: wrapup)
      #expect(try wrapup.merge(["Refnd"], into: "Refund") == (["Refnd"], "Refund"))
      #expect(try Self.byTag(wrapup) == ["Refund": 300, "Invoice": 300])
      #expect(try Self.byTag(wrapup, asOf: .tagged) == ["Refund": 100, "Refnd": 300, "Invoice": 300])
      #expect(try Self.byTag(wrapup, .oneOf(.tag, ["Refnd"])) == ["Refund": 300])
      #expect(
        try Self.byTag(wrapup, asOf: .tagged, .oneOf(.tag, ["Refnd"])) == ["Refund": 100, "Refnd": 300])
      #expect(try wrapup.conversation("b")?.tags == ["Refnd"])
      #expect(throws: WrapUpError.tagMerged(name: "Refnd", into: "Refund")) {
        try wrapup.merge(["Refnd"], into: "Invoice")
      }
      #expect(throws: WrapUpError.tagMerged(name: "Refnd", into: "Refund")) {
        try wrapup.merge(["Invoice"], into: "Refnd")
      }
      #expect(throws: WrapUpError.tagMerged(name: "Refnd", into: "Refund")) {
        try wrapup.switchTags(["Invoice", "Refnd"], on: false)
      }
      #expect(throws: WrapUpError.mergedIntoItself(name: "Refund")) {
        try wrapup.merge(["Invoice", "Refund"], into: "refund")
      }
      #expect(try wrapup.tags().map(\.isOn) == [true, true, true])
      let ledger = try Scratch.importCSV(Self.rows, into: wrapup)
      #expect(ledger.unchanged == 3)
      _ = try wrapup.undo("Refnd", in: .tag)
      #expect(try Self.byTag(wrapup) == ["Refund": 100, "Refnd": 300, "Invoice": 300])
    }
  }

  @Test("a close takes no tag that is off, and records what a merged one has come to")
  func closing() throws {
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.rows, into: wrapup)
      _ = try wrapup.merge(["Refnd"], into: "Refund")
      _ = try wrapup.switchTags(["Invoice"], on: false)
      for id in ["d", "e"] { try wrapup.open(id, channel: "whatsapp", category: "Delivery", agent: "Ann") }
      #expect(throws: WrapUpError.tagOff(name: "Invoice")) {
        try wrapup.close("d", tags: ["Refund", "invoice"])
      }
      #expect(try wrapup.conversation("d")?.state == .open)
      let shown = try wrapup.recommend(DialogContext(category: "Delivery")).shown
      let receipt = try wrapup.close("d", tags: ["Refnd", "Refund"], shown: shown)
      #expect(receipt.merged.map(\.into) == ["Refund"] && receipt.created.isEmpty)
      #expect(try wrapup.conversation("d")?.tags == ["Refund"])
      let acceptance = try wrapup.acceptance(by: .tag)
      #expect(acceptance.rows.map(\.name) == ["Refund"] && acceptance.total.chosen == 1)
      // What it had before it was switched off, or merged into such a one, may stay.
      try wrapup.open("f", channel: "whatsapp")
      try wrapup.close("f", tags: ["Gone"])
      _ = try wrapup.merge(["Gone"], into: "Refund")
      try wrapup.close("e", tags: ["Refund"])
      _ = try wrapup.switchTags(["Refund"], on: false)
      try wrapup.close("e", tags: ["Refund"], ending: true)
      #expect(try wrapup.conversation("e")?.state == .ended)
      try wrapup.close("f", tags: ["Gone"], ending: true)
      #expect(try wrapup.conversation("f")?.tags == ["Refund"])
    }
  }
}

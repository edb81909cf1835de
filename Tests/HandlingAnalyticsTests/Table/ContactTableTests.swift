import Columnar
import TestSupport
import Testing

@testable import HandlingAnalytics

struct ContactTableTests {
  private static let later = TablePosition(seq: 9, nonce: 7)

  /// A store's life: conversations change, end, open again, vanish and appear.
  private struct Life {
    var generator: ContactGenerator
    var random: SeededGenerator
    var contacts: [Contact]

    init(seed: UInt64, openShare: Int = 20) {
      generator = ContactGenerator(seed: seed)
      random = SeededGenerator(seed: seed)
      contacts = generator.contacts(conversations: 1...80, openShare: openShare)
    }

    /// Changes some conversations here, and gives what the table must be told.
    mutating func change() -> (keys: Set<Int64>, rows: ContactRows) {
      let keys = Set((1...100 as ClosedRange<Int64>).shuffled(using: &random).prefix(25))
      let vanished = keys.filter { $0 % 7 == 0 }
      let new = generator.contacts(conversations: keys.subtracting(vanished).sorted(), openShare: 20)
      contacts = contacts.filter { !keys.contains($0.conversation) } + new
      return (keys, new.rows)
    }
  }

  private static func expectSame(_ table: ContactTable, as contacts: [Contact]) throws {
    let scratch = contacts.table(seq: later.seq)
    #expect(try table.everyAnswer() == scratch.everyAnswer())
    #expect(try table.everyAnswer(slices: 2) == scratch.everyAnswer())
    #expect(try table.everyContact() == scratch.everyContact())
    #expect(table.contactCount == contacts.count)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func changedConversationsReplaceTheirOldContacts(seed: UInt64) throws {
    var life = Life(seed: seed)
    var table = life.contacts.table()
    for _ in 0..<3 {
      let change = life.change()
      table = try table.replacing(
        change.keys, with: change.rows, names: TestNames.dictionaries, position: Self.later)
      try Self.expectSame(table, as: life.contacts)
    }
  }

  @Test(arguments: 31...34 as ClosedRange<UInt64>)
  func everyQuestionIsAnsweredAsByATableBuiltAnew(seed: UInt64) throws {
    var life = Life(seed: seed)
    var table = life.contacts.table(blockLimit: 30)
    for _ in 0..<2 {
      let change = life.change()
      table = try table.replacing(
        change.keys, with: change.rows, names: TestNames.dictionaries, position: Self.later)
    }
    #expect(table.hidden.contains { !$0.isEmpty })
    let rebuilt = life.contacts.table(seq: Self.later.seq, blockLimit: 30)
    let calendar = ReferenceCalendar(zone: "Europe/Paris")
    var questions = QueryGenerator(seed: seed, over: life.contacts, in: calendar)
    for _ in 0..<25 {
      var query = questions.next()
      (query.order, query.limit) = questions.order(of: query)
      let changed = try table.answer(query, in: calendar.zone, over: life.contacts, on: .serial(slices: 2))
      let scratch = try rebuilt.answer(query, in: calendar.zone, over: life.contacts)
      #expect(changed.withoutEffort == scratch.withoutEffort, "\(query)")
    }
  }

  @Test func theOldTableStaysAsItWas() throws {
    var life = Life(seed: 11)
    let table = life.contacts.table()
    let before = try table.everyAnswer()
    let change = life.change()
    _ = try table.replacing(
      change.keys, with: change.rows, names: TestNames.dictionaries, position: Self.later)
    #expect(try table.everyAnswer() == before)
  }

  @Test func replacingNothingChangesNothingButThePosition() throws {
    let life = Life(seed: 12)
    let table = try life.contacts.table().replacing(
      [], with: ContactRows(), names: TestNames.dictionaries, position: Self.later)
    try Self.expectSame(table, as: life.contacts)
    #expect(table.position == Self.later)
  }

  @Test func everyConversationCanBeTakenAway() throws {
    let life = Life(seed: 13)
    let table = try life.contacts.table().replacing(
      Set(1...80), with: ContactRows(), names: TestNames.dictionaries, position: Self.later)
    #expect(table.contactCount == 0)
    try Self.expectSame(table, as: [])
  }

  @Test(arguments: [0, 20]) func aSavedDeltaIsFoundAgain(openShare: Int) throws {
    var life = Life(seed: 14, openShare: openShare)
    let folder = try ColumnsFolder()
    try folder.write(life.contacts)
    for _ in 0..<3 {
      let change = life.change()
      let table = try folder.open().replacing(
        change.keys, with: change.rows, names: TestNames.dictionaries, position: Self.later)
      try folder.save(table)
      let reopened = try folder.open()
      #expect(reopened.position == Self.later)
      try Self.expectSame(reopened, as: life.contacts)
    }
  }

  @Test func aNewBaseTakesTheDeltaIn() throws {
    var life = Life(seed: 15)
    let folder = try ColumnsFolder()
    try folder.write(life.contacts)
    let change = life.change()
    try folder.save(
      try folder.open().replacing(
        change.keys, with: change.rows, names: TestNames.dictionaries, position: Self.later))
    try folder.write(life.contacts, seq: Self.later.seq)
    try Self.expectSame(folder.open(), as: life.contacts)
  }

  @Test func newNamesComeWithTheChange() throws {
    var names = TestNames.dictionaries
    let table = [Contact.simple(1, seconds: 5)].table()
    names[.agent].append("new")
    var contact = Contact.simple(1, seconds: 6)
    contact.agent = names[.agent].count
    let next = try table.replacing([1], with: [contact].rows, names: names, position: Self.later)
    let report = try next.answer(HandlingQuery(by: [.agent], measures: [.total]))
    #expect(report.rows.map(\.labels) == [[.name("new")]])
    #expect(report.rows.map(\.figures) == [[.whole(6)]])
  }

  @Test(arguments: [(4_096, false), (4_097, true)])
  func endedContactsBeyondAThresholdAskForANewBase(ended: Int, isNeeded: Bool) throws {
    let contacts = (1...Int64(ended)).map { Contact.simple($0, seconds: 1) }
    var open = (1...5_000 as ClosedRange<Int64>).map { Contact.simple($0 + 10_000, seconds: 1) }
    for index in open.indices { open[index].reportedAt = nil }
    let table = open.table()
    #expect(try !table.needsCompaction(), "open contacts have no other place")
    let next = try table.replacing(
      Set(contacts.map(\.conversation)), with: contacts.rows, names: TestNames.dictionaries,
      position: Self.later)
    #expect(try next.needsCompaction() == isNeeded)
  }
}

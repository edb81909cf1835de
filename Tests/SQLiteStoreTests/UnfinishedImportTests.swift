import Conversations
import Testing

@testable import SQLiteStore

struct UnfinishedImportTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(path: folder.path(), whenMissing: .create(zone: "UTC"))
  }

  private func add(_ id: String, from border: UnfinishedImport.Border? = nil) throws {
    let (record, columns) = (ContactRecord(startedAt: 0), ContactRepository.Column.allCases)
    let conversations = try ConversationInsertion(
      store, of: ConversationRepository.Column.allCases, firstKey: border?.conversation)
    let contacts = try ContactInsertion(store, of: columns, isLive: false, firstKey: border?.contact)
    let key = try conversations.insert(id: id, ConversationSummary(of: [record]))
    _ = try contacts.insert(record, conversation: key)
  }

  @Test func rowsBeyondTheBorderAreNobodys() throws {
    try add("old")
    let unfinished = UnfinishedImport(store)
    #expect(try unfinished.border() == nil)
    #expect(try !unfinished.isThere())
    let border = try unfinished.begin()
    try add("new", from: border)
    let (conversations, contacts) = (try ConversationRepository(store), try ContactRepository(store))
    func ids() throws -> [String] {
      var ids: [String] = []
      try conversations.forEach { _, id, _ in ids.append(id) }
      return ids
    }
    func contactCount() throws -> [Int] {
      var (count, fed) = (0, 0)
      try contacts.forEach { _ in count += 1 }
      let feed = try ContactFeed(all: store)
      while try feed.next() != nil { fed += 1 }
      return [count, fed]
    }
    #expect(try unfinished.border() == border)
    #expect(try ids() == ["old"])
    #expect(try contactCount() == [1, 1])
    #expect(try conversations.key(of: "new") == nil)
    #expect(try unfinished.key(of: "new") == border.conversation)
    // Who comes meanwhile takes keys below it.
    let live = try conversations.insert(id: "live", ConversationSummary(of: [ContactRecord(startedAt: 0)]))
    #expect(live == 2)
    #expect(try ids() == ["old", "live"])
    try unfinished.decide()
    #expect(try ids() == ["old", "live"])
    try unfinished.publish()
    #expect(try ids() == ["old", "live", "new"])
    #expect(try contactCount() == [2, 2])
    #expect(try !unfinished.isThere())
    #expect(try unfinished.key(of: "new") == nil)
    #expect(try conversations.key(of: "new") == border.conversation)
  }

  @Test func keysBelowTheBorderRunOut() throws {
    try add("old")
    let border = try UnfinishedImport(store).begin()
    try store.connection.execute(
      "INSERT INTO conversation (key, id, state) VALUES (\(border.conversation - 1), 'last', 0)")
    #expect(throws: SQLiteFault.busy) { try UnfinishedImport(store).nextConversationKey() }
  }

  @Test func rowsAreTakenBackFromTheEnd() throws {
    try add("old")
    let unfinished = UnfinishedImport(store)
    #expect(try !unfinished.removeLast(10))
    let border = try unfinished.begin()
    for number in 0..<25 {
      try add(
        "new\(number)",
        from: .init(
          conversation: border.conversation + Int64(number), contact: border.contact + Int64(number)))
    }
    try ConversationTexts(store).replace("text", ofContact: border.contact + 3)
    let staged = try StagedContacts(store)
    try staged.put(
      .init(key: staged.newKey(), conversation: 1, isLive: false, record: ContactRecord(startedAt: 0)))
    try staged.put("text", ofContact: StagedContacts.firstKey)
    var steps = 0
    while try unfinished.removeLast(10) { steps += 1 }
    #expect(steps == 1 + 3 + 3)
    for (table, count) in [
      ("conversation", 1), ("contact", 1), ("contact_text", 0), ("staged_contact", 0), ("staged_text", 0),
    ] {
      #expect(try store.connection.integer("SELECT count(*) FROM \(table)") == Int64(count), "\(table)")
    }
    #expect(try !unfinished.isThere())
    #expect(try ConversationRepository(store).key(of: "old") == 1)
  }

  @Test func namesOfAnUnfinishedImportAreNobodys() throws {
    let tags = NameRepository(.tag, of: store)
    _ = try tags.add("Old")
    try tags.add(["NEW", "Void"], from: 2)
    try tags.setUnused(2..<4)
    #expect(try tags.names() == ["Old", "", ""] && tags.unusedIDs() == [2, 3])
    #expect(try tags.id(of: "new") == nil && tags.allFolds() == ["old", "new", "void"])
    #expect(try TagStates(store).inactive == [2, 3])
    // Whoever adds it takes it up, in this spelling.
    let border = try UnfinishedImport(store).begin()
    #expect(border.conversation > 1)
    #expect(try tags.takeUp("other") == nil && tags.add("new") == 2 && tags.names() == ["Old", "new", ""])
    #expect(try !tags.use(2, spelt: "NEW") && tags.names()[1] == "new", "seen by now")
    // A name that nobody will see leaves its fold to another, but not while its import may go on.
    #expect(throws: SQLiteFault.busy) { try tags.rename(1, to: "void") }
    while try UnfinishedImport(store).removeLast(1) {}
    try tags.rename(1, to: "void")
    #expect(try tags.names() == ["void", "new", ""] && tags.id(of: "Void") == 1)
    // Nor is an id lost once no import goes on.
    #expect(
      try tags.add("Next") == 3 && tags.add("Last") == 4 && tags.names() == ["void", "new", "Next", "Last"])
    #expect(try tags.unusedIDs() == [])
  }
}

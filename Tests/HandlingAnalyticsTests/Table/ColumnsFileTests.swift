import Columnar
import Testing

@testable import HandlingAnalytics

struct ColumnsFileTests {
  @Test(arguments: [(1, 0), (1, 100), (60, 0), (60, 20), (60, 100), (0, 0)])
  func whatWasWrittenAnswersAsTheTableInMemory(conversations: Int64, openShare: Int) throws {
    var generator = ContactGenerator(seed: UInt64(conversations) + UInt64(openShare))
    let contacts = generator.contacts(conversations: 0..<conversations, openShare: openShare)
    let folder = try ColumnsFolder()
    try folder.write(contacts)
    let table = try folder.open()
    let memory = contacts.table()
    #expect(try table.everyAnswer() == memory.everyAnswer())
    #expect(try table.everyContact() == contacts.byKey)
    #expect(table.position == TablePosition(seq: 1, nonce: 7))
    #expect(table.names == TestNames.dictionaries)
    #expect(table.contactCount == contacts.count)
  }

  @Test func numbersTooFarApartForADistanceAreKeptInFull() throws {
    var contacts = [Contact.simple(3, seconds: 1, at: -2_208_988_800), .simple(1 << 40, seconds: 2)]
    contacts[1].startedAt = 7_289_654_399
    contacts[1].endedAt = nil
    contacts[1].reportedAt = 7_289_654_399
    contacts[1].tags = [70_000, 300]
    contacts[0].agent = 70_000
    contacts[1].group = 256
    let folder = try ColumnsFolder()
    try folder.write(contacts)
    #expect(try folder.open().everyContact() == contacts.byKey)
  }

  @Test(arguments: [0, 1, 2] as [Int64]) func distancesUpToTheMarkForMissingAreNarrow(beyond: Int64) throws {
    let span = Int64(UInt32.max) - 1 + beyond
    let contacts = [
      Contact.simple(1, seconds: 1, at: -span / 2), .simple(2, seconds: 2, at: span - span / 2),
    ]
    let table = contacts.table()
    let reportedAt = try table.base[0].offsets(.reportedAt)
    if case .narrow(_, _) = reportedAt { #expect(beyond == 0) } else { #expect(beyond > 0) }
    #expect(try table.everyContact() == contacts)
  }

  @Test func namesOfEveryScriptSurvive() throws {
    var names = NameDictionaries()
    names[.tag] = ["", "é", "日本語", String(repeating: "x", count: 256), "a\u{0}b"]
    names[.agent] = ["Ωmega"]
    let folder = try ColumnsFolder()
    let position = TablePosition(seq: 5, nonce: -1)
    try ContactTable.write(
      ended: [Contact.simple(1, seconds: 1)].rows, open: ContactRows(), names: names,
      identity: ColumnsFile.Identity(
        storeUUID: ColumnsFolder.uuid, schema: 3, position: position, basePosition: position),
      to: folder.path)
    let table = try folder.open()
    #expect(table.names == names)
    #expect(table.position == position)
  }

  @Test func anotherStoresFileIsForeignAndAnotherSchemaIsStale() throws {
    let folder = try ColumnsFolder()
    try folder.write([.simple(1, seconds: 1)])
    #expect(folder.faultOfOpening(uuid: "f123456789abcdef0123456789abcdef") == .foreign)
    #expect(folder.faultOfOpening(schema: 4) == .stale)
    #expect(folder.faultOfOpening() == nil)
  }

  @Test func whatIsNoBaseSaysWhatItIs() throws {
    let folder = try ColumnsFolder()
    #expect(folder.faultOfOpening() == .missing)
    try folder.replace(folder.path, with: [])
    #expect(folder.faultOfOpening() == .empty)
    try folder.replace(folder.path, with: [1, 2, 3])
    #expect(folder.faultOfOpening() == .truncated)
    try folder.replace(folder.path, with: [UInt8](repeating: 0x41, count: 500))
    #expect(folder.faultOfOpening() == .foreign)
  }

  @Test func anotherVersionIsToldApartFromDamage() throws {
    let folder = try ColumnsFolder()
    try folder.write([.simple(1, seconds: 1)])
    var bytes = try folder.bytes(of: folder.path)
    #expect(Array(bytes[8..<12]) == [6, 0, 0, 0])
    bytes[8] = 7
    try folder.replace(folder.path, with: bytes)
    #expect(folder.faultOfOpening() == .newer)
    bytes[8] = 4
    try folder.replace(folder.path, with: bytes)
    #expect(folder.faultOfOpening() == .stale)
  }

  @Test func aDeltaInTheBasesPlaceIsForeign() throws {
    let folder = try ColumnsFolder()
    try folder.write([.simple(1, seconds: 1)])
    let table = try folder.open().replacing(
      [1], with: ContactRows(), names: TestNames.dictionaries, position: TablePosition(seq: 2, nonce: 8))
    try folder.save(table)
    try folder.replace(folder.path, with: folder.bytes(of: folder.path + "-delta"))
    #expect(folder.faultOfOpening() == .foreign)
  }
}

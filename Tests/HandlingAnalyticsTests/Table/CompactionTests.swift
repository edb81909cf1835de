import Columnar
import TestSupport
import Testing

@testable import HandlingAnalytics

/// A new base made of the old one and what has changed equals one made anew.
struct CompactionTests {
  private static let limit = 12

  /// Contacts on disk, and some of their conversations changed, time and again.
  private struct Life {
    let folder: ColumnsFolder
    var generator: ContactGenerator
    var random: SeededGenerator
    var contacts: [Contact]
    var seq: Int64 = 1

    init(seed: UInt64, conversations: Int64 = 80) throws {
      folder = try ColumnsFolder()
      generator = ContactGenerator(seed: seed)
      random = SeededGenerator(seed: seed)
      contacts = generator.contacts(conversations: 1...conversations, openShare: 15)
      try folder.write(contacts, blockLimit: CompactionTests.limit)
    }

    mutating func change(_ table: ContactTable, _ keys: Set<Int64>, openShare: Int = 15) throws
      -> ContactTable
    {
      seq += 1
      let vanished = keys.filter { $0 % 11 == 0 }
      let new = generator.contacts(conversations: keys.subtracting(vanished).sorted(), openShare: openShare)
      contacts = contacts.filter { !keys.contains($0.conversation) } + new
      return try table.replacing(
        keys, with: new.rows, names: TestNames.dictionaries, position: TablePosition(seq: seq, nonce: 7),
        blockLimit: CompactionTests.limit)
    }

    /// A few conversations now, many at other times, in several steps.
    mutating func change(_ table: ContactTable) throws -> ContactTable {
      var table = table
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let count = [1, 1, 2, 30].randomElement(using: &random)!
        table = try change(table, Set((1...100 as ClosedRange<Int64>).shuffled(using: &random).prefix(count)))
      }
      return table
    }

    /// The same contacts written to another folder, as after a rebuild.
    func anew() throws -> (ContactTable, bytes: [UInt8]) {
      let other = try ColumnsFolder()
      try other.write(contacts, seq: seq, blockLimit: CompactionTests.limit)
      return (try other.open(), try other.bytes(of: other.path))
    }
  }

  /// Every row of a table's blocks in the order in which they lie.
  private static func order(of blocks: [ContactBlock]) throws -> [Contact] {
    try blocks.flatMap { block in
      let rows = try block.rows()
      return (0..<rows.count).map { Contact(rows[$0]) }
    }
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func theRowsAreThoseOfABaseMadeAnewInTheSameOrder(seed: UInt64) throws {
    var life = try Life(seed: seed)
    var table = try life.folder.open()
    for _ in 0..<4 {
      table = try life.change(table)
      try life.folder.compact(table, blockLimit: Self.limit)
      let compacted = try life.folder.open()
      let (anew, _) = try life.anew()
      #expect(compacted.position == table.position && compacted.basePosition == table.position)
      #expect(!compacted.hidden.contains { !$0.isEmpty })
      #expect(try Self.order(of: compacted.base) == Self.order(of: anew.base))
      #expect(try Self.order(of: compacted.delta) == Self.order(of: anew.delta))
      #expect(try compacted.everyAnswer(slices: 3) == anew.everyAnswer())
      #expect(try table.everyAnswer() == anew.everyAnswer(), "the mapping of the old base is still good")
      // Blocks neither overflow nor crumble: of two neighbours one at least is half full.
      let counts = compacted.base.map(\.rowCount)
      #expect(counts.allSatisfy { $0 <= Self.limit }, "\(counts)")
      #expect(
        zip(counts, counts.dropFirst()).allSatisfy { max($0, $1) >= Self.limit / 3 }, "\(counts)")
      table = compacted
    }
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func whatEndedLaterThanAllBeforeGivesTheSameFileByteByByte(seed: UInt64) throws {
    var life = try Life(seed: seed + 20)
    let table = try life.folder.open()
    let latest = life.contacts.compactMap(\.reportedAt).max()!
    var new: [Contact] = []
    for key in 101...(101 + Int64(seed) * 9) {
      var contact = Contact.simple(key, seconds: UInt32(key), at: latest + key)
      contact.reportedAt = latest + key
      new.append(contact)
    }
    life.contacts += new
    life.seq = 2
    let next = try table.replacing(
      Set(new.map(\.conversation)), with: new.rows, names: TestNames.dictionaries,
      position: TablePosition(seq: 2, nonce: 7), blockLimit: Self.limit)
    try life.folder.compact(next, blockLimit: Self.limit)
    let anew = try life.anew()
    #expect(try life.folder.bytes(of: life.folder.path) == anew.bytes)
  }

  @Test func whereEverythingHasChangedTheFileIsTheSameByteByByte() throws {
    var life = try Life(seed: 41)
    let table = try life.change(try life.folder.open(), Set(1...90))
    try life.folder.compact(table, blockLimit: Self.limit)
    let anew = try life.anew()
    #expect(try life.folder.bytes(of: life.folder.path) == anew.bytes)
  }

  @Test func blocksInWhichNothingHasChangedKeepTheirRows() throws {
    var life = try Life(seed: 42)
    let table = try life.folder.open()
    let touched = table.base.count / 2
    let key = try table.base[touched].rows().conversations[0]
    let next = try life.change(table, [key], openShare: 100)
    try life.folder.compact(next, blockLimit: Self.limit)
    let compacted = try life.folder.open()
    #expect(compacted.base.count == table.base.count)
    for number in table.base.indices where number != touched {
      let (kept, before) = (try compacted.base[number].rows(), try table.base[number].rows())
      #expect((0..<kept.count).map { kept.contacts[$0] } == (0..<before.count).map { before.contacts[$0] })
    }
  }

  @Test func aDamagedBlockIsNotCopied() throws {
    let life = try Life(seed: 43)
    var bytes = try life.folder.bytes(of: life.folder.path)
    let entry = ColumnsDirectory(bytes).entries.first { $0.column == ColumnID.startedAt.rawValue }!
    bytes[entry.range.lowerBound] ^= 1
    try life.folder.replace(life.folder.path, with: bytes)
    let table = try life.folder.open()
    #expect(throws: ColumnsFault.damaged) { try life.folder.compact(table, blockLimit: Self.limit) }
    #expect(try life.folder.bytes(of: life.folder.path) == bytes, "the old file is still in its place")
    #expect(life.folder.files == [life.folder.path])
  }

  @Test func aDeltaStaysAFewBlocksWhateverHasChanged() throws {
    var life = try Life(seed: 44)
    var table = try life.folder.open()
    for round in 0..<400 {
      table = try table.replacing(
        [Int64(round % 150 + 1)], with: [Contact.simple(Int64(round % 150 + 1), seconds: 1)].rows,
        names: TestNames.dictionaries, position: TablePosition(seq: Int64(round) + 2, nonce: 7),
        blockLimit: 64)
    }
    life.contacts = []
    #expect(table.deltaCount == 150)
    #expect(table.delta.count <= 10, "\(table.delta.map(\.rowCount))")
  }

  /// What a centre's export has: handling and wrap-up time, first reply, rating, one to three tags, 3,000 agents.
  private static func export(_ keys: ClosedRange<Int64>, _ generator: inout SeededGenerator) -> [Contact] {
    keys.map { key in
      var contact = Contact.simple(
        key, seconds: UInt32.random(in: 0...7_000, using: &generator), at: 1_480_000_000 + key * 40)
      contact.wrapUp = UInt32.random(in: 0...900, using: &generator)
      contact.firstReply = key % 4 == 0 ? nil : UInt32.random(in: 0...3_000, using: &generator)
      contact.channel = Int.random(in: 1...4, using: &generator)
      contact.category = Int.random(in: 1...5, using: &generator)
      contact.agent = Int.random(in: 1...3_000, using: &generator)
      contact.group = Int.random(in: 1...5, using: &generator)
      contact.rating = key % 5 == 0 ? .of(Int.random(in: 1...5, using: &generator)) : nil
      contact.tags = Array(
        (1...8).shuffled(using: &generator).prefix([1, 1, 2, 3].randomElement(using: &generator)!))
      return contact
    }
  }

  @Test func aContactTakesAtMostFortyBytesBeforeAndAfterItsChange() throws {
    var generator = SeededGenerator(seed: 45)
    let folder = try ColumnsFolder()
    try folder.write(Self.export(1...30_000, &generator))
    func size() throws -> Int { try folder.files.reduce(0) { try $0 + folder.bytes(of: $1).count } }
    #expect(try size() <= 40 * 30_000)
    // Three in ten change, all over the base.
    var table = try folder.open()
    for first: Int64 in stride(from: 1, through: 29_001, by: 1_000) {
      let keys = first...(first + 299)
      table = try table.replacing(
        Set(keys), with: Self.export(keys, &generator).rows, names: TestNames.dictionaries,
        position: TablePosition(seq: first + 1, nonce: 7))
    }
    #expect(table.hiddenCount == 9_000 && table.deltaCount == 9_000)
    try folder.compact(table)
    #expect(folder.files == [folder.path])
    #expect(try folder.open().contactCount == 30_000)
    #expect(try size() <= 40 * 30_000)
  }
}

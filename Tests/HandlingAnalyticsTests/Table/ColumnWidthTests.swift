import Columnar
import Conversations
import TestSupport
import Testing

@testable import HandlingAnalytics

/// The narrowest form of every column, and what comes out of it again.
struct ColumnWidthTests {
  private static func block(_ contacts: [Contact]) -> EncodedBlock {
    let rows = contacts.rows
    return EncodedBlock(rows, order: rows.order()[...])
  }

  private static func segment(_ column: ColumnID, of block: EncodedBlock) -> EncodedSegment {
    block.segments.first { $0.column == column.rawValue }!
  }

  private static func contacts(_ count: Int, _ change: (inout Contact, Int) -> Void) -> [Contact] {
    (0..<count).map { number in
      var contact = Contact.simple(Int64(number), seconds: 1)
      change(&contact, number)
      return contact
    }
  }

  @Test(
    arguments: [
      // (codes, bytes of one, base)
      ([0, 0, 0], 0, 0), ([7, 7, 7], 0, 7), ([70_000, 70_000], 0, 70_000),
      ([4_294_967_295, 4_294_967_295], 0, 4_294_967_295),
      ([5], 0, 5), ([0, 1], 1, 0), ([3, 255], 1, 0), ([0, 256], 2, 0), ([1, 65_535], 2, 0),
      ([2, 65_536], 4, 0),
      ([0, 4_294_967_295], 4, 0),
    ] as [([Int], Int, Int)])
  func codesTakeAsManyBytesAsTheGreatestNeeds(codes: [Int], width: Int, base: Int) throws {
    let contacts = Self.contacts(codes.count) { $0.agent = codes[$1] == 0 ? nil : codes[$1] }
    let block = Self.block(contacts)
    let segment = Self.segment(.agent, of: block)
    #expect(segment.width == UInt8(width))
    #expect(segment.bytes.count == width * codes.count)
    #expect(segment.base == Int64(base))
    #expect(segment.least == Int64(codes.min()!) && segment.greatest == Int64(codes.max()!))
    let stored = ContactBlock(block)
    let column = try stored.codes(.agent)
    #expect((0..<codes.count).map { column.code(at: $0) } == codes.map { UInt32($0) })
    #expect(try stored.range(of: .agent) == Int64(codes.min()!)...Int64(codes.max()!))
    #expect(stored.byteCount(of: .agent) == width * codes.count)
  }

  @Test(
    arguments: [
      // (seconds, bytes of one at most): a duration is kept as one more than it is, a missing one as 0.
      ([nil, nil], 0), ([0, 0], 0), ([90, 90, 90], 0), ([nil, 0], 1), ([nil, 254], 1), ([0, 255], 2),
      ([nil, 65_534], 2),
      ([0, 65_535], 4), ([nil, 4_294_967_294], 4), ([4_294_967_294, 4_294_967_294], 0),
    ] as [([UInt32?], Int)])
  func durationsAreCodesButForHandlingTimes(seconds: [UInt32?], width: Int) throws {
    let contacts = Self.contacts(seconds.count) { contact, number in
      for part in [\Contact.talk, \.hold, \.wrapUp, \.firstReply, \.seconds] {
        contact[keyPath: part] = seconds[number]
      }
      contact.basis = seconds[number] == nil ? .none : .given
    }
    let block = Self.block(contacts)
    let stored = ContactBlock(block)
    for column in [ColumnID.talk, .hold, .wrapUp, .firstReply] {
      #expect(Self.segment(column, of: block).bytes.count <= width * seconds.count, "\(column)")
      var decoded: [UInt32] = []
      try stored.codes(column).decodeDurations(into: &decoded)
      #expect(decoded == seconds.map { $0 ?? missingSeconds }, "\(column)")
    }
    #expect(Self.segment(.seconds, of: block).width == 4)
    let handling = try stored.numbers(.seconds)
    #expect(handling.span.indices.map { handling.span[$0] } == seconds.map { $0 ?? missingSeconds })
    #expect(try contacts.table().everyContact() == contacts)
  }

  @Test func whatASourceLacksTakesNoBytes() throws {
    var generator = ContactGenerator(seed: 90)
    var contacts = generator.contacts(conversations: 0..<1_000, openShare: 0)
    func bytes() -> Int { Self.block(contacts).segments.reduce(0) { $0 + $1.bytes.count } / contacts.count }
    // Everything there is: first replies take two bytes, further tags eight.
    #expect(bytes() <= 48)
    for row in contacts.indices {
      (contacts[row].talk, contacts[row].hold, contacts[row].wrapUp) = (nil, nil, nil)
      (contacts[row].firstReply, contacts[row].rating, contacts[row].reopens) = (nil, nil, 0)
      (contacts[row].networkQuality, contacts[row].productQuality) = (nil, nil)
      contacts[row].flags = []
      contacts[row].tags = Array(contacts[row].tags.prefix(1))
    }
    #expect(bytes() <= 31)
  }

  /// What one column holds in all rows of a block.
  private enum Content: CaseIterable {
    case nothing, one, narrow, wide, widest

    func code(_ row: Int, using generator: inout SeededGenerator) -> Int? {
      switch self {
      case .nothing: nil
      case .one: 12
      case .narrow: row.isMultiple(of: 3) ? nil : Int.random(in: 1...200, using: &generator)
      case .wide: Int.random(in: 1...60_000, using: &generator)
      case .widest: row.isMultiple(of: 4) ? nil : Int.random(in: 1...4_000_000_000, using: &generator)
      }
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func columnsOfEveryWidthGoToTheFileAndBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let contents = (0..<10).map { _ in Content.allCases.randomElement(using: &generator)! }
    var contacts = Self.contacts(30) { contact, row in
      func code(_ column: Int) -> Int? { contents[column].code(row, using: &generator) }
      (contact.agent, contact.group, contact.channel, contact.category) = (code(0), code(1), code(2), code(3))
      (contact.talk, contact.hold) = (code(4).map { UInt32($0) }, code(5).map { UInt32($0 - 1) })
      (contact.wrapUp, contact.firstReply) = (code(6).map { UInt32($0) }, code(7).map { UInt32($0) })
      contact.reopens = code(8) ?? 0
      contact.tags = [min(code(9) ?? 3, 65_534)] + (row.isMultiple(of: 7) ? [1, 60_000] : [])
      contact.networkQuality = row.isMultiple(of: 2) ? nil : 5
    }
    #expect(try contacts.table(blockLimit: 7).everyContact() == contacts)
    for row in contacts.indices.prefix(5) { contacts[row].reportedAt = nil }
    let folder = try ColumnsFolder()
    try folder.write(contacts)
    #expect(try folder.open().everyContact() == contacts)
  }
}

import Columnar
import Conversations

@testable import HandlingAnalytics

extension Contact {
  /// The contact as the table takes it.
  var row: ContactRows.Row {
    var row = ContactRows.Row(
      conversation: conversation, contact: key, startedAt: startedAt, endedAt: endedAt,
      reportedAt: reportedAt,
      marks: ContactMarks(
        isBot: isBot, isHandled: isHandled, conversationHasEnded: reportedAt != nil, basis: basis,
        isRequalified: isRequalified, hasVisitor: visitor != nil))
    row.seconds = seconds
    row.talk = talk
    row.hold = hold
    row.wrapUp = wrapUp
    row.firstReply = firstReply
    row.reopens = UInt32(reopens)
    row.flags = UInt32(flags.rawValue)
    row.channel = UInt32(channel ?? 0)
    row.category = UInt32(category ?? 0)
    row.agent = UInt32(agent ?? 0)
    row.group = UInt32(group ?? 0)
    row.closing = closing.map { [.agent: 1, .visitor: 2, .natural: 3, .bot: 4][$0]! } ?? 0
    switch rating {
    case .of(let rating): row.rating = UInt32(rating)
    case .bad: row.rating = 6
    case .good: row.rating = 7
    case nil: row.rating = 0
    }
    row.networkQuality = UInt32(networkQuality ?? 0)
    row.productQuality = UInt32(productQuality ?? 0)
    row.tags = tags.map { numericCast($0) }
    return row
  }

  /// The contact that the table has given back; the visitor is not in it.
  init(_ row: ContactRows.Row) {
    func code(_ code: UInt32) -> Int? { code == 0 ? nil : Int(code) }
    self.init(conversation: row.conversation, key: row.contact, startedAt: row.startedAt)
    endedAt = row.endedAt
    reportedAt = row.reportedAt
    (seconds, talk, hold, wrapUp) = (row.seconds, row.talk, row.hold, row.wrapUp)
    firstReply = row.firstReply
    basis = row.marks.basis
    flags = ContactFlags(rawValue: UInt16(row.flags))
    isBot = row.marks.bits & 1 != 0
    isHandled = row.marks.bits & 2 != 0
    isRequalified = row.marks.bits & 64 != 0
    (agent, group) = (code(row.agent), code(row.group))
    (channel, category) = (code(row.channel), code(row.category))
    closing = code(row.closing).map { [.agent, .visitor, .natural, .bot][$0 - 1] }
    rating = code(row.rating).map { $0 < 6 ? .of($0) : $0 == 6 ? .bad : .good }
    (networkQuality, productQuality) = (code(row.networkQuality), code(row.productQuality))
    reopens = Int(row.reopens)
    tags = row.tags.map { Int($0) }
  }

  /// The contact as it comes back from a table.
  var withoutVisitor: Contact {
    var contact = self
    contact.visitor = nil
    return contact
  }
}

extension [Contact] {
  /// All of them, in this order.
  var rows: ContactRows {
    var rows = ContactRows()
    for contact in self { rows.append(contact.row) }
    return rows
  }

  /// Those of conversations that have ended.
  var ended: [Contact] { filter { !$0.isOpen } }

  /// The others.
  var open: [Contact] { filter(\.isOpen) }

  /// All of them by key, as ``ContactTable/everyContact()`` gives them.
  var byKey: [Contact] { sorted { $0.key < $1.key }.map(\.withoutVisitor) }

  /// A table in memory that holds them all.
  func table(
    names: NameDictionaries = TestNames.dictionaries, seq: Int64 = 1, blockLimit: Int = ContactBlock.rowLimit
  ) -> ContactTable {
    ContactTable(
      ended: ended.rows, open: open.rows, names: names, position: TablePosition(seq: seq, nonce: 7),
      blockLimit: blockLimit)
  }
}

extension ContactTable {
  /// Every contact again, as it would be written: what reports don't show is seen too.
  func everyContact() throws -> [Contact] {
    var found: [Contact] = []
    for (block, hidden) in blocks {
      let rows = try block.rows()
      for row in 0..<rows.count where hidden?.contains(row) != true { found.append(Contact(rows[row])) }
    }
    return found.sorted { $0.key < $1.key }
  }
}

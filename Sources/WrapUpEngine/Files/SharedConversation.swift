internal import ConversationFiles
internal import Conversations
internal import SQLiteStore

/// A conversation with several rows, built up in memory as an import builds it up in a store.
///
/// The same rules as ``ContactImport``, from the same pieces; tests hold the two to each other.
struct SharedConversation: Sendable {
  /// A row with its names as ids.
  struct Row: Sendable {
    let file: Int
    /// In its file, from 1.
    let line: Int
    let record: ContactRecord
    let isElapsed: Bool
  }

  /// What an import of one file counts.
  struct Ledger: Sendable {
    var added = 0
    var updated = 0
    var unchanged = 0
    var givenRows = 0
    var elapsedRows = 0
    var flags: [ContactFlags] = []
    var rejections: [(place: Int, rejection: RowRejection)] = []
    /// Whether it was there before this file, and the file changed it.
    var isUpdated = false
  }

  private struct Contact: Sendable {
    var record: ContactRecord
    /// The file that added it, and the line there.
    let file: Int
    let line: Int
    /// Where the current file has named it, when an earlier one added it.
    var namedOn: Int?
  }

  private var contacts: [Contact] = []
  private(set) var summary = ConversationSummary(of: [])
  private(set) var ledgers: [Int: Ledger] = [:]
  private var known: [ContactIdentity: Int] = [:]
  private var tagUses: [Int32: Int] = [:]
  private let fields: [Set<ImportField>]
  private let agents: FileNames
  private var file = -1
  private var isChanged = false
  private var firstFile = -1

  /// - Parameters:
  ///   - rows: in the order of the files.
  ///   - fields: the fields that each file has.
  init(_ rows: [Row], fields: [Set<ImportField>], agents: FileNames) {
    self.fields = fields
    self.agents = agents
    for (place, row) in rows.enumerated() {
      if row.file != file { begin(row.file) }
      do throws(RowRejection) {
        try take(row)
        if row.record.handling.basis == .given {
          ledgers[file]!.givenRows += 1
          if row.isElapsed { ledgers[file]!.elapsedRows += 1 }
        }
      } catch {
        ledgers[file]!.rejections.append((place, error))
      }
    }
    sumUp()
  }

  /// What came of it, without what it took to find out.
  struct Outcome: Sendable {
    let summary: ConversationSummary
    /// The contacts in the order in which they came.
    let records: [ContactRecord]
    /// By file.
    let ledgers: [Int: Ledger]
  }

  var outcome: Outcome { Outcome(summary: summary, records: contacts.map(\.record), ledgers: ledgers) }

  private mutating func begin(_ next: Int) {
    if file >= 0 { sumUp() } else { firstFile = next }
    file = next
    ledgers[next] = Ledger()
    isChanged = false
    known = [:]
    tagUses = [:]
    for place in contacts.indices {
      contacts[place].namedOn = nil
      known[ContactIdentity(contacts[place].record)] = place
      replaceTags([], with: contacts[place].record.tags)
    }
  }

  private mutating func take(_ row: Row) throws(RowRejection) {
    guard !contacts.isEmpty else {
      summary = ConversationSummary(of: [row.record])
      var record = row.record
      record.firstReplySeconds = summary.firstReply?.seconds
      replaceTags([], with: record.tags)
      return add(record, row)
    }
    if let place = known[ContactIdentity(row.record)] { return try again(place, row) }
    guard contacts.count < Bounds.contactsOfConversation else {
      throw RowRejection(
        line: row.line, column: "id", reason: .tooManyContacts(limit: Bounds.contactsOfConversation))
    }
    try exchangeTags([], with: row.record.tags, line: row.line)
    add(row.record, row)
    isChanged = true
  }

  private mutating func add(_ record: ContactRecord, _ row: Row) {
    known[ContactIdentity(record)] = contacts.count
    contacts.append(Contact(record: record, file: file, line: row.line))
    ledgers[file]!.added += 1
    ledgers[file]!.flags.append(record.flags)
  }

  /// A contact that is there already: the same, an update, or a contradiction within this file.
  private mutating func again(_ place: Int, _ row: Row) throws(RowRejection) {
    var same = contacts[place].record
    same.flags.remove(.overlap)
    same.firstReplySeconds = nil
    let record = row.record.keeping(same, absent: fields[file])
    if let end = record.endedAt, end < record.startedAt {
      throw RowRejection(
        line: row.line, column: fields[file].contains(.endedAt) ? "endedAt" : "startedAt",
        reason: .endBeforeStart)
    }
    let isSame = same == record
    let isOfFile = contacts[place].file == file
    if let line = isOfFile ? contacts[place].line : contacts[place].namedOn, !isSame {
      throw RowRejection(line: row.line, reason: .conflictsWithLine(line))
    }
    if !isOfFile { contacts[place].namedOn = row.line }
    guard !isSame else {
      ledgers[file]!.unchanged += 1
      return
    }
    try exchangeTags(same.tags, with: record.tags, line: row.line)
    contacts[place].record = record
    isChanged = true
    ledgers[file]!.updated += 1
    ledgers[file]!.flags.append(record.flags)
  }

  private mutating func exchangeTags(_ old: [Int32], with new: [Int32], line: Int) throws(RowRejection) {
    replaceTags(old, with: new)
    guard tagUses.count <= Bounds.tagsOfConversation else {
      replaceTags(new, with: old)
      throw RowRejection(line: line, column: "tags", reason: .tooManyTags(limit: Bounds.tagsOfConversation))
    }
  }

  private mutating func replaceTags(_ old: [Int32], with new: [Int32]) {
    for tag in old {
      tagUses[tag, default: 1] -= 1
      if tagUses[tag] == 0 { tagUses[tag] = nil }
    }
    for tag in new { tagUses[tag, default: 0] += 1 }
  }

  /// Works out what holds for the conversation when a file has been read that changed it.
  private mutating func sumUp() {
    guard isChanged else { return }
    isChanged = false
    let order = ordered()
    let records = order.map { contacts[$0].record }
    var next = ConversationSummary(of: records)
    let overlaps = ConversationSummary.overlaps(in: records)
    for (place, contact) in order.enumerated() {
      let before = contacts[contact].record
      var flags = before.flags
      if overlaps[place] { flags.insert(.overlap) } else { flags.remove(.overlap) }
      contacts[contact].record.flags = flags
      contacts[contact].record.firstReplySeconds =
        next.firstReply.flatMap { $0.contact == place ? $0.seconds : nil }
      if overlaps[place], flags != before.flags { ledgers[file]!.flags.append(.overlap) }
    }
    if firstFile != file {
      ledgers[file]!.isUpdated = true
      next.isRequalified = summary.isRequalified || (summary.state == .ended && summary.tags != next.tags)
    }
    summary = next
  }

  /// The contacts by start and key, as the store orders them.
  private func ordered() -> [Int] {
    let keys = contacts.map { $0.record.contactID ?? $0.record.agent.map(agents.name) ?? "" }
    return contacts.indices.sorted {
      let (one, other) = (contacts[$0].record.startedAt, contacts[$1].record.startedAt)
      return one == other ? keys[$0].utf8.lexicographicallyPrecedes(keys[$1].utf8) : one < other
    }
  }
}

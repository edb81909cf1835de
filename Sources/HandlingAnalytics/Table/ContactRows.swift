internal import Columnar

/// Contacts on their way into columns: one array a field, so that a million of them stay small and sort fast.
///
/// Names are codes: the dense id of the name in the store, 0 for none.
package struct ContactRows: Sendable {
  /// One contact with what its conversation gives it.
  package struct Row: Equatable, Sendable {
    package var conversation: Int64
    package var contact: Int64
    package var startedAt: Int64
    package var endedAt: Int64?
    /// When the conversation ended; `nil` while it has not.
    package var reportedAt: Int64?
    package var seconds: UInt32?
    package var marks: ContactMarks
    package var channel: UInt32 = 0
    package var category: UInt32 = 0
    package var agent: UInt32 = 0
    package var group: UInt32 = 0
    package var tags: [Int32] = []

    /// A contact without names.
    package init(
      conversation: Int64, contact: Int64, startedAt: Int64, endedAt: Int64?, reportedAt: Int64?,
      seconds: UInt32?, marks: ContactMarks
    ) {
      self.conversation = conversation
      self.contact = contact
      self.startedAt = startedAt
      self.endedAt = endedAt
      self.reportedAt = reportedAt
      self.seconds = seconds
      self.marks = marks
    }
  }

  private(set) var conversations: [Int64] = []
  private(set) var contacts: [Int64] = []
  private(set) var startedAt: [Int64] = []
  private(set) var endedAt: [Int64] = []
  private(set) var reportedAt: [Int64] = []
  private(set) var seconds: [UInt32] = []
  private(set) var marks: [UInt8] = []
  private(set) var channels: [UInt32] = []
  private(set) var categories: [UInt32] = []
  private(set) var agents: [UInt32] = []
  private(set) var groups: [UInt32] = []
  private(set) var tags: [UInt32] = []
  /// `tags[tagEnds[i - 1]..<tagEnds[i]]` are the tags of row i.
  private(set) var tagEnds: [Int] = []

  /// No contacts.
  package init() {}

  /// Number of contacts.
  package var count: Int { contacts.count }

  /// Adds a contact. Amortised O(1 + tags).
  package mutating func append(_ row: Row) {
    conversations.append(row.conversation)
    contacts.append(row.contact)
    startedAt.append(row.startedAt)
    endedAt.append(row.endedAt ?? OffsetColumn.missing)
    reportedAt.append(row.reportedAt ?? OffsetColumn.missing)
    seconds.append(row.seconds ?? missingSeconds)
    marks.append(row.marks.bits)
    channels.append(row.channel)
    categories.append(row.category)
    agents.append(row.agent)
    groups.append(row.group)
    for tag in row.tags { tags.append(UInt32(bitPattern: tag)) }
    tagEnds.append(tags.count)
  }

  /// Drops the contacts of some conversations. O(n).
  package mutating func removeAll(ofConversations isDropped: (Int64) -> Bool) {
    var kept = ContactRows()
    for row in 0..<count where !isDropped(conversations[row]) { kept.append(self[row]) }
    self = kept
  }

  /// One contact again.
  subscript(row: Int) -> Row {
    var copy = Row(
      conversation: conversations[row], contact: contacts[row], startedAt: startedAt[row],
      endedAt: endedAt[row] == OffsetColumn.missing ? nil : endedAt[row],
      reportedAt: reportedAt[row] == OffsetColumn.missing ? nil : reportedAt[row],
      seconds: seconds[row] == missingSeconds ? nil : seconds[row], marks: ContactMarks(bits: marks[row]))
    copy.channel = channels[row]
    copy.category = categories[row]
    copy.agent = agents[row]
    copy.group = groups[row]
    copy.tags = tags(of: row).map { Int32(bitPattern: $0) }
    return copy
  }

  /// The tags of one row, in the order chosen.
  func tags(of row: Int) -> ArraySlice<UInt32> {
    tags[(row == 0 ? 0 : tagEnds[row - 1])..<tagEnds[row]]
  }

  /// The rows in the order of a base: by the instant their conversation ended (open ones first), then by
  /// conversation, start and key, so that a conversation's contacts are neighbours. O(n log n), O(n) when the
  /// rows came in that order.
  func order() -> [Int] {
    func precedes(_ one: Int, _ other: Int) -> Bool {
      (reportedAt[one], conversations[one], startedAt[one], contacts[one])
        < (reportedAt[other], conversations[other], startedAt[other], contacts[other])
    }
    let rows = Array(0..<count)
    if zip(rows, rows.dropFirst()).allSatisfy({ precedes($0, $1) }) { return rows }
    return rows.sorted(by: precedes)
  }
}

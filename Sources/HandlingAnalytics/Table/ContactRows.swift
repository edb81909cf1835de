internal import Columnar

/// Contacts on their way into columns: one array a field, so that a million of them stay small and sort fast.
///
/// Names are codes: the dense id of the name in the store, 0 for none.
package struct ContactRows: Sendable {
  /// One contact with what its conversation gives it.
  package struct Row: Sendable {
    package var conversation: Int64
    package var contact: Int64
    package var startedAt: Int64
    package var endedAt: Int64?
    /// When the conversation ended; `nil` while it has not.
    package var reportedAt: Int64?
    package var marks: ContactMarks
    package var tags: [Int32] = []
    /// The numbers of the columns ``ColumnID/words``, in that order.
    fileprivate var words: InlineArray<15, UInt32>

    /// A contact without names and durations.
    package init(
      conversation: Int64, contact: Int64, startedAt: Int64, endedAt: Int64?, reportedAt: Int64?,
      marks: ContactMarks
    ) {
      self.conversation = conversation
      self.contact = contact
      self.startedAt = startedAt
      self.endedAt = endedAt
      self.reportedAt = reportedAt
      self.marks = marks
      words = InlineArray { ColumnID.words[$0].isDuration ? missingSeconds : 0 }
    }

    /// Takes each number from what its place among ``ColumnID/words`` gives.
    mutating func setWords(_ word: (Int) -> UInt32) {
      for place in words.indices { words[place] = word(place) }
    }

    fileprivate subscript(place: Word) -> UInt32 {
      get { words[place.rawValue] }
      set { words[place.rawValue] = newValue }
    }
  }

  /// Where a column stands among ``ColumnID/words``.
  fileprivate enum Word: Int {
    case seconds, talk, hold, wrapUp, firstReply, reopens, flags, channel, category, agent, group
    case closing, rating, networkQuality, productQuality
  }

  var conversations = RowKeys()
  var contacts = RowKeys()
  var startedAt: [Int64] = []
  var endedAt: [Int64] = []
  var reportedAt: [Int64] = []
  var marks: [UInt8] = []
  /// One for each of ``ColumnID/words``.
  var words = [RowWords](repeating: RowWords(), count: ColumnID.words.count)
  var tags: [UInt32] = []
  /// `tags[tagEnds[i - 1]..<tagEnds[i]]` are the tags of row i.
  var tagEnds: [Int] = []

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
    marks.append(row.marks.bits)
    for place in words.indices { words[place].append(row.words[place]) }
    for tag in row.tags { tags.append(UInt32(bitPattern: tag)) }
    tagEnds.append(tags.count)
  }

  /// Adds some contacts of another run. O(contacts and their tags).
  mutating func append(_ rows: ContactRows, _ range: Range<Int>) {
    conversations.append(rows.conversations, range)
    contacts.append(rows.contacts, range)
    startedAt += rows.startedAt[range]
    endedAt += rows.endedAt[range]
    reportedAt += rows.reportedAt[range]
    marks += rows.marks[range]
    for place in words.indices { words[place].append(rows.words[place], range) }
    let first = range.lowerBound == 0 ? 0 : rows.tagEnds[range.lowerBound - 1]
    let shift = tags.count - first
    tagEnds += rows.tagEnds[range].lazy.map { $0 + shift }
    tags += rows.tags[first..<(range.isEmpty ? first : rows.tagEnds[range.upperBound - 1])]
  }

  /// Drops the first contacts. O(n).
  mutating func removeFirst(_ number: Int) {
    var rest = ContactRows()
    rest.append(self, number..<count)
    self = rest
  }

  /// Drops the contacts of some conversations. O(n).
  package mutating func removeAll(ofConversations isDropped: (Int64) -> Bool) {
    var kept = ContactRows()
    for row in 0..<count where !isDropped(conversations[row]) { kept.append(self[row]) }
    self = kept
  }

  /// One contact again.
  package subscript(row: Int) -> Row {
    var copy = Row(
      conversation: conversations[row], contact: contacts[row], startedAt: startedAt[row],
      endedAt: endedAt[row] == OffsetColumn.missing ? nil : endedAt[row],
      reportedAt: reportedAt[row] == OffsetColumn.missing ? nil : reportedAt[row],
      marks: ContactMarks(bits: marks[row]))
    for place in words.indices { copy.words[place] = words[place][row] }
    copy.tags = tags(of: row).map { Int32(bitPattern: $0) }
    return copy
  }

  /// The conversation of a row.
  package func conversation(of row: Int) -> Int64 { conversations[row] }

  /// The marks of a row.
  package func marks(of row: Int) -> ContactMarks { ContactMarks(bits: marks[row]) }

  /// The codes of the names that a close is learnt by.
  package func names(of row: Int) -> (channel: UInt32, category: UInt32, agent: UInt32) {
    (words[Word.channel.rawValue][row], words[Word.category.rawValue][row], words[Word.agent.rawValue][row])
  }

  /// When the conversation of a row ended; `nil` while it has not.
  package func reportedAt(of row: Int) -> Int64? {
    reportedAt[row] == OffsetColumn.missing ? nil : reportedAt[row]
  }

  /// The tags of one row, in the order chosen.
  package func tags(of row: Int) -> ArraySlice<UInt32> {
    tags[(row == 0 ? 0 : tagEnds[row - 1])..<tagEnds[row]]
  }

  /// The rows in the order of a base: by the instant their conversation ended (open ones first), then by
  /// conversation, start and key, so that a conversation's contacts are neighbours. O(n) where instants differ.
  func order() -> [Int] {
    InstantOrder.rows(count, instant: { reportedAt[$0] }) { one, other in
      (conversations[one], startedAt[one], contacts[one])
        < (conversations[other], startedAt[other], contacts[other])
    }
  }
}

extension ContactRows.Row {
  /// Handling seconds; `nil` when missing.
  package var seconds: UInt32? {
    get { duration(.seconds) }
    set { set(.seconds, newValue) }
  }
  package var talk: UInt32? {
    get { duration(.talk) }
    set { set(.talk, newValue) }
  }
  package var hold: UInt32? {
    get { duration(.hold) }
    set { set(.hold, newValue) }
  }
  package var wrapUp: UInt32? {
    get { duration(.wrapUp) }
    set { set(.wrapUp, newValue) }
  }
  /// How long its conversation's first human reply took, when this contact gave it.
  package var firstReply: UInt32? {
    get { duration(.firstReply) }
    set { set(.firstReply, newValue) }
  }
  /// How often the conversation was reopened.
  package var reopens: UInt32 {
    get { self[.reopens] }
    set { self[.reopens] = newValue }
  }
  /// Raw flags.
  package var flags: UInt32 {
    get { self[.flags] }
    set { self[.flags] = newValue }
  }
  package var channel: UInt32 {
    get { self[.channel] }
    set { self[.channel] = newValue }
  }
  package var category: UInt32 {
    get { self[.category] }
    set { self[.category] = newValue }
  }
  package var agent: UInt32 {
    get { self[.agent] }
    set { self[.agent] = newValue }
  }
  package var group: UInt32 {
    get { self[.group] }
    set { self[.group] = newValue }
  }
  /// The raw value of the conversation's closing plus one.
  package var closing: UInt32 {
    get { self[.closing] }
    set { self[.closing] = newValue }
  }
  /// The code of the conversation's rating.
  package var rating: UInt32 {
    get { self[.rating] }
    set { self[.rating] = newValue }
  }
  package var networkQuality: UInt32 {
    get { self[.networkQuality] }
    set { self[.networkQuality] = newValue }
  }
  package var productQuality: UInt32 {
    get { self[.productQuality] }
    set { self[.productQuality] = newValue }
  }

  private func duration(_ word: ContactRows.Word) -> UInt32? {
    self[word] == missingSeconds ? nil : self[word]
  }

  private mutating func set(_ word: ContactRows.Word, _ seconds: UInt32?) {
    self[word] = seconds ?? missingSeconds
  }
}

internal import ConversationFiles
internal import Conversations
internal import SQLiteStore

/// The values of one row of a batch on their way into the store; see ``ContactRecord`` and ``ConversationSummary``,
/// of which the parser has followed the rules.
@unsafe
struct ParsedValues {
  // Safe: the batch outlives this value.
  let columns: RowColumns
  let text: UnsafeRawBufferPointer
  let row: Int

  /// Notes what the store keeps of a row's conversation, when this is its only contact.
  @inline(__always)
  func bindConversation(
    _ wanted: [ConversationRepository.Column], channel: UInt32, category: UInt32, tags: [UInt8],
    to values: RowInsertion
  ) {
    let entry = unsafe Int(columns.ids[row])
    // Safe: the parser has written the words of every id.
    unsafe values.bind(
      1, utf8: UnsafeRawBufferPointer(start: columns.idWords + entry >> 9, count: entry & 511))
    var position: Int32 = 1
    for column in wanted {
      position &+= 1
      switch column {
      case .channel: unsafe bind(code: channel, position, values)
      case .category: unsafe bind(code: category, position, values)
      case .tags: unsafe tags.withUnsafeBytes { unsafe values.bind(position, utf8: $0) }
      case .state:
        let stated = unsafe columns[.statedState][row]
        let hasEnded = unsafe columns.marks[row] & RowMarks.ended != 0
        let state = hasEnded ? ConversationState.ended : .open
        values.bind(position, number: stated > 0 ? Int64(stated) - 1 : Int64(state.rawValue))
      case .closing: unsafe bind(raw: .closing, position, values)
      case .endedAt: unsafe bind(instant: columns.reportedAt[row], position, values)
      case .rating: unsafe bind(code: columns[.rating][row], position, values)
      case .note: unsafe bind(.note, .noteLength, position, values)
      case .visitor: unsafe bind(.visitor, .visitorLength, position, values)
      case .networkQuality: unsafe bind(code: columns[.networkQuality][row], position, values)
      case .productQuality: unsafe bind(code: columns[.productQuality][row], position, values)
      case .reopens, .isRequalified: values.bind(position, number: 0)
      }
    }
  }

  /// Notes what the store keeps of a row's contact.
  @inline(__always)
  func bindContact(
    _ wanted: [ContactRepository.Column], conversation: Int64, channel: UInt32, category: UInt32,
    agent: UInt32, group: UInt32, tags: [UInt8], to values: RowInsertion
  ) {
    let marks = unsafe columns.marks[row]
    var position: Int32 = 0
    for column in wanted {
      position &+= 1
      switch column {
      case .conversation: values.bind(position, number: conversation)
      case .contactID: unsafe bind(.contactID, .contactIDLength, position, values)
      case .channel: unsafe bind(code: channel, position, values)
      case .category: unsafe bind(code: category, position, values)
      case .tags: unsafe tags.withUnsafeBytes { unsafe values.bind(position, utf8: $0) }
      case .agent: unsafe bind(code: agent, position, values)
      case .group: unsafe bind(code: group, position, values)
      case .isBot: values.bind(position, number: marks & RowMarks.bot != 0 ? 1 : 0)
      case .startedAt: unsafe values.bind(position, number: columns.startedAt[row])
      case .firstReplyAt: unsafe bind(instant: columns.firstReplyAt[row], position, values)
      case .endedAt: unsafe bind(instant: columns.endedAt[row], position, values)
      case .endReason: unsafe bind(raw: .endReason, position, values)
      case .closing: unsafe bind(raw: .statedClosing, position, values)
      case .state: unsafe bind(raw: .statedState, position, values)
      case .handlingSeconds: unsafe bind(.seconds, position, values)
      case .handlingBasis: values.bind(position, number: Int64(marks >> RowMarks.basisShift & 3))
      case .talkSeconds: unsafe bind(.talk, position, values)
      case .holdSeconds: unsafe bind(.hold, position, values)
      case .wrapUpSeconds: unsafe bind(.wrapUp, position, values)
      case .rating: unsafe bind(code: columns[.rating][row], position, values)
      case .isHandled: values.bind(position, number: marks & RowMarks.handled != 0 ? 1 : 0)
      case .isLive: values.bind(position, number: 0)
      case .flags: unsafe values.bind(position, number: Int64(columns[.flags][row]))
      case .note: unsafe bind(.note, .noteLength, position, values)
      case .closedAt: break
      case .visitor: unsafe bind(.visitor, .visitorLength, position, values)
      case .firstMessageAt: unsafe bind(instant: columns.firstMessageAt[row], position, values)
      case .networkQuality: unsafe bind(code: columns[.networkQuality][row], position, values)
      case .productQuality: unsafe bind(code: columns[.productQuality][row], position, values)
      case .firstReplySeconds: unsafe bind(.firstReply, position, values)
      }
    }
  }

  @inline(__always)
  private func bind(code: UInt32, _ position: Int32, _ values: RowInsertion) {
    if code > 0 { values.bind(position, number: Int64(code)) }
  }

  /// A raw value, kept plus one.
  @inline(__always)
  private func bind(raw word: RowColumns.Word, _ position: Int32, _ values: RowInsertion) {
    let number = unsafe columns[word][row]
    if number > 0 { values.bind(position, number: Int64(number) - 1) }
  }

  /// A duration.
  @inline(__always)
  private func bind(_ word: RowColumns.Word, _ position: Int32, _ values: RowInsertion) {
    let seconds = unsafe columns[word][row]
    if seconds != .max { values.bind(position, number: Int64(seconds)) }
  }

  @inline(__always)
  private func bind(instant: Int64, _ position: Int32, _ values: RowInsertion) {
    if instant != .min { values.bind(position, number: instant) }
  }

  @inline(__always)
  private func bind(
    _ place: RowColumns.Word, _ length: RowColumns.Word, _ position: Int32, _ values: RowInsertion
  ) {
    let (start, count) = unsafe (Int(columns[place][row]), Int(columns[length][row]))
    if count > 0 {
      unsafe values.bind(position, utf8: UnsafeRawBufferPointer(rebasing: text[start..<(start + count)]))
    }
  }
}

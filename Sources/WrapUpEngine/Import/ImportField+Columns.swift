internal import ConversationFiles
internal import Conversations
internal import SQLiteStore

extension ContactRepository.Column {
  /// The columns that contacts of a file with these fields have values in.
  static func needed(for fields: Set<ImportField>) -> [ContactRepository.Column] {
    allCases.filter { column in
      switch column {
      case .conversation, .startedAt, .handlingSeconds, .handlingBasis, .isHandled, .flags: true
      case .contactID: fields.contains(.contactId)
      case .channel: fields.contains(.channel)
      case .category: fields.contains(.category)
      case .tags: fields.contains(.tags)
      case .agent: fields.contains(.agent)
      case .group: fields.contains(.group)
      case .isBot: fields.contains(.bot)
      case .firstReplyAt: fields.contains(.firstReplyAt)
      case .endedAt, .endReason: fields.contains(.endedAt)
      case .closing: fields.contains(.closing)
      case .state: fields.contains(.state)
      case .talkSeconds: fields.contains(.talkSeconds)
      case .holdSeconds: fields.contains(.holdSeconds)
      case .wrapUpSeconds: fields.contains(.wrapUpSeconds)
      case .rating: fields.contains(.satisfaction)
      case .note: fields.contains(.note)
      case .isLive, .closedAt: false
      }
    }
  }
}

extension ContactRecord {
  /// This record of a file that has only some fields, with what is stored in place of the fields it lacks: an
  /// empty cell clears a value, a column that is not there says nothing.
  func keeping(_ stored: ContactRecord, absent present: Set<ImportField>) -> ContactRecord {
    var kept = self
    func lacks(_ field: ImportField) -> Bool { !present.contains(field) }
    if lacks(.channel) { kept.channel = stored.channel }
    if lacks(.category) { kept.category = stored.category }
    if lacks(.tags) { kept.tags = stored.tags }
    if lacks(.agent) { kept.agent = stored.agent }
    if lacks(.group) { kept.group = stored.group }
    if lacks(.bot) { kept.isBot = stored.isBot }
    if lacks(.firstReplyAt) { kept.keepFlag(.replyOutOfRange, of: stored, value: \.firstReplyAt) }
    if lacks(.satisfaction) { kept.keepFlag(.ratingOutOfRange, of: stored, value: \.rating) }
    if lacks(.endedAt) { kept.endedAt = stored.endedAt }
    if lacks(.endReason) { kept.endReason = stored.endReason ?? kept.endReason }
    if lacks(.closing) { kept.closing = stored.closing }
    if lacks(.state) { kept.state = stored.state }
    if lacks(.talkSeconds) { kept.talkSeconds = stored.talkSeconds }
    if lacks(.holdSeconds) { kept.holdSeconds = stored.holdSeconds }
    if lacks(.wrapUpSeconds) { kept.wrapUpSeconds = stored.wrapUpSeconds }
    let hasParts = !present.isDisjoint(with: [.talkSeconds, .holdSeconds, .wrapUpSeconds])
    if lacks(.handlingSeconds), !hasParts || stored.handling.basis == .given {
      kept.handling = stored.handling
      let flags: ContactFlags = [.zero, .long, .partsDiffer, .exceedsElapsed]
      kept.flags = kept.flags.subtracting(flags).union(stored.flags.intersection(flags))
    }
    if lacks(.note) { kept.note = stored.note }
    kept.closedAt = stored.closedAt
    kept.isHandled = kept.showsHandling
    return kept
  }

  private mutating func keepFlag<Value>(
    _ flag: ContactFlags, of stored: ContactRecord, value: WritableKeyPath<ContactRecord, Value?>
  ) {
    self[keyPath: value] = stored[keyPath: value]
    flags = flags.subtracting(flag).union(stored.flags.intersection(flag))
  }
}

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
      case .endedAt: fields.contains(.endedAt)
      // An end without a stated reason is a close.
      case .endReason: fields.contains(.endedAt) || fields.contains(.endReason)
      case .closing: fields.contains(.closing)
      case .state: fields.contains(.state)
      case .talkSeconds: fields.contains(.talkSeconds)
      case .holdSeconds: fields.contains(.holdSeconds)
      case .wrapUpSeconds: fields.contains(.wrapUpSeconds)
      case .rating: fields.contains(.satisfaction)
      case .note: fields.contains(.note)
      case .visitor: fields.contains(.visitor)
      case .firstMessageAt: fields.contains(.firstMessageAt)
      case .networkQuality: fields.contains(.networkQuality)
      case .productQuality: fields.contains(.productQuality)
      case .firstReplySeconds: fields.contains(.firstReplyAt)
      case .isLive, .closedAt: false
      }
    }
  }
}

extension ConversationRepository.Column {
  /// The columns that new conversations of a file with these fields have values in while each has one contact.
  static func needed(for fields: Set<ImportField>) -> [ConversationRepository.Column] {
    allCases.filter { column in
      switch column {
      case .state: true
      case .channel: fields.contains(.channel)
      case .category: fields.contains(.category)
      case .tags: fields.contains(.tags)
      case .closing, .endedAt: fields.contains(.endedAt)
      case .rating: fields.contains(.satisfaction)
      case .note: fields.contains(.note)
      case .visitor: fields.contains(.visitor)
      case .networkQuality: fields.contains(.networkQuality)
      case .productQuality: fields.contains(.productQuality)
      case .reopens, .isRequalified: false
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
    if lacks(.visitor) { kept.visitor = stored.visitor }
    if lacks(.channel) { kept.channel = stored.channel }
    if lacks(.category) { kept.category = stored.category }
    if lacks(.tags) { kept.tags = stored.tags }
    if lacks(.agent) { kept.agent = stored.agent }
    if lacks(.group) { kept.group = stored.group }
    if lacks(.bot) { kept.isBot = stored.isBot }
    if lacks(.firstMessageAt) { kept.firstMessageAt = stored.firstMessageAt }
    if lacks(.firstReplyAt) { kept.keepFlag(.replyOutOfRange, of: stored, value: \.firstReplyAt) }
    kept.keepRatings(of: stored, absent: present)
    if lacks(.endedAt) { kept.endedAt = stored.endedAt }
    if lacks(.endReason) { kept.endReason = stored.endReason ?? kept.endReason }
    if lacks(.closing) { kept.closing = stored.closing }
    if lacks(.state) { kept.state = stored.state }
    if lacks(.talkSeconds) { kept.talkSeconds = stored.talkSeconds }
    if lacks(.holdSeconds) { kept.holdSeconds = stored.holdSeconds }
    if lacks(.wrapUpSeconds) { kept.keepFlag(.longWrapUp, of: stored, value: \.wrapUpSeconds) }
    let hasParts = !present.isDisjoint(with: [.talkSeconds, .holdSeconds, .wrapUpSeconds])
    if lacks(.handlingSeconds), !hasParts || stored.handling.basis == .given {
      // An elapsed time follows the contact's own instants; what was given or added up stays.
      let isElapsed = stored.handling.basis == .derived || stored.handling.basis == .none
      if !isElapsed || handling.basis != .derived { kept.handling = stored.handling }
      kept.flags = kept.flags.subtracting(.partsDiffer).union(stored.flags.intersection(.partsDiffer))
    } else if lacks(.handlingSeconds) {
      // The sum is over what is known now, not over this file's parts alone.
      func part(_ field: ImportField, _ seconds: UInt32?) -> HandlingValue.Part {
        seconds.map(HandlingValue.Part.seconds) ?? (lacks(field) ? .absentColumn : .empty)
      }
      kept.handling = HandlingValue(
        given: nil,
        parts: [
          part(.talkSeconds, kept.talkSeconds), part(.holdSeconds, kept.holdSeconds),
          part(.wrapUpSeconds, kept.wrapUpSeconds),
        ], elapsed: handling.basis == .derived ? handling.seconds : nil)
    }
    if lacks(.note) { kept.note = stored.note }
    kept.closedAt = stored.closedAt
    kept.checkTogether()
    kept.isHandled = kept.showsHandling
    return kept
  }

  /// Checks values that came with different files against each other, as the door checks those of one row.
  private mutating func checkTogether() {
    if let reply = firstReplyAt, reply < startedAt || reply > endedAt ?? .max {
      firstReplyAt = nil
      flags.insert(.replyOutOfRange)
    }
    // Safe: instants lie within 300 years; a start after the end is refused by the caller.
    let elapsed = endedAt.flatMap { UInt32(exactly: $0 - startedAt) }
    if handling.basis == .derived { handling = HandlingValue(seconds: elapsed, basis: .derived) }
    flags.subtract([.zero, .long, .exceedsElapsed])
    guard let seconds = handling.seconds else { return }
    if seconds == 0 { flags.insert(.zero) }
    if seconds > Bounds.longSeconds { flags.insert(.long) }
    guard handling.basis == .given else { return }
    if let elapsed, seconds > elapsed { flags.insert(.exceedsElapsed) }
    // With a part unknown nobody can tell whether its column was there: what was noticed stands.
    guard let talkSeconds, let holdSeconds, let wrapUpSeconds else { return }
    let parts = [talkSeconds, holdSeconds, wrapUpSeconds].map { HandlingValue.Part.seconds($0) }
    if HandlingValue.sum(parts) == seconds { flags.remove(.partsDiffer) } else { flags.insert(.partsDiffer) }
  }

  private mutating func keepRatings(of stored: ContactRecord, absent present: Set<ImportField>) {
    let fields = [ImportField.satisfaction, .networkQuality, .productQuality]
    if !present.contains(fields[0]) { rating = stored.rating }
    if !present.contains(fields[1]) { networkQuality = stored.networkQuality }
    if !present.contains(fields[2]) { productQuality = stored.productQuality }
    // One flag stands for three columns. What was dropped left no value, so the stored flag stays as long as no
    // column of this file can have been its cause.
    let hadValue = [stored.rating != nil, stored.networkQuality != nil, stored.productQuality != nil]
    let isOfPresent = zip(fields, hadValue).contains { present.contains($0) && !$1 }
    if !isOfPresent { flags.formUnion(stored.flags.intersection(.ratingOutOfRange)) }
  }

  private mutating func keepFlag<Value>(
    _ flag: ContactFlags, of stored: ContactRecord, value: WritableKeyPath<ContactRecord, Value?>
  ) {
    self[keyPath: value] = stored[keyPath: value]
    flags = flags.subtracting(flag).union(stored.flags.intersection(flag))
  }
}

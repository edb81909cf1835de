internal import Conversations

extension ContactFile {
  /// The current row, checked by the rules of the door: refused, taken with a value dropped and a flag, or
  /// taken with a flag.
  mutating func row() throws(RowRejection) -> ImportRow {
    guard let id = try shortText(.id) else { throw rejection(.id, .missingValue) }
    var flags: ContactFlags = []
    guard let startedAt = try instant(.startedAt, &flags) else { throw rejection(.startedAt, .missingValue) }
    var row = ImportRow(line: line, id: id, idNumber: idNumber(), record: ContactRecord(startedAt: startedAt))
    row.record.contactID = try shortText(.contactId)
    row.record.visitor = try shortText(.visitor)
    row.channel = try name(.channel)
    row.category = try name(.category)
    row.agent = try name(.agent)
    row.group = try name(.group)
    row.tags = try tags()
    guard row.tags.count <= Bounds.tagsOfConversation else {
      throw rejection(.tags, .tooManyTags(limit: Bounds.tagsOfConversation))
    }
    row.record.isBot = try flag(.bot)
    row.record.note = try note()
    row.text = try longText()
    try readEnd(into: &row, &flags)
    try readDurations(into: &row, &flags)
    try readReply(into: &row, &flags)
    row.record.rating = rating(.satisfaction, &flags)
    row.record.networkQuality = quality(.networkQuality, &flags)
    row.record.productQuality = quality(.productQuality, &flags)
    flags.formUnion(try noticedBefore())
    // The agent is not in the record yet, but its name is.
    row.record.isHandled = row.record.showsHandling || row.agent != nil
    row.record.flags = flags
    return row
  }

  private func readEnd(into row: inout ImportRow, _ flags: inout ContactFlags) throws(RowRejection) {
    row.record.endedAt = try instant(.endedAt, &flags)
    if let end = row.record.endedAt, end < row.record.startedAt { throw rejection(.endedAt, .endBeforeStart) }
    let reason = try word(.endReason, among: EndReason.allCases, name: \.name)
    row.record.endReason = reason ?? (row.record.endedAt == nil ? nil : .closed)
    row.record.closing = try word(.closing, among: Closing.allCases, name: \.name)
    row.record.state = try word(.state, among: [ConversationState.open, .closed, .ended], name: \.name)
    if row.record.state == .ended, row.record.endedAt == nil { throw rejection(.state, .endedWithoutEnd) }
  }

  private func readDurations(into row: inout ImportRow, _ flags: inout ContactFlags) throws(RowRejection) {
    let given = try seconds(.handlingSeconds)
    row.record.talkSeconds = try seconds(.talkSeconds)
    row.record.holdSeconds = try seconds(.holdSeconds)
    row.record.wrapUpSeconds = try seconds(.wrapUpSeconds)
    func part(_ field: ImportField, _ seconds: UInt32?) -> HandlingValue.Part {
      has(field) ? seconds.map(HandlingValue.Part.seconds) ?? .empty : .absentColumn
    }
    let parts = [
      part(.talkSeconds, row.record.talkSeconds), part(.holdSeconds, row.record.holdSeconds),
      part(.wrapUpSeconds, row.record.wrapUpSeconds),
    ]
    // Safe: an end is not before its start, and both lie within 300 years, but 32 bits end at 136.
    let elapsed = row.record.endedAt.flatMap { UInt32(exactly: $0 - row.record.startedAt) }
    row.record.handling = HandlingValue(
      given: given, parts: parts, elapsed: options.derivesHandling ? elapsed : nil)
    if let given, let basis = try basis() {
      // What is said to be worked out is what would be.
      let sum = [row.record.talkSeconds, row.record.holdSeconds, row.record.wrapUpSeconds]
        .reduce(UInt64(0)) { $0 + UInt64($1 ?? 0) }
      guard basis == .given || basis == .parts && sum == given || basis == .derived && elapsed == given else {
        throw rejection(.handlingBasis, .basisDiffers)
      }
      row.record.handling = HandlingValue(seconds: given, basis: basis)
    }
    if let given, row.record.handling.basis == .given {
      if let sum = HandlingValue.sum(parts), sum != given { flags.insert(.partsDiffer) }
      if let elapsed {
        if given > elapsed { flags.insert(.exceedsElapsed) }
        row.isElapsed = given == elapsed
      }
    }
    if let value = row.record.handling.seconds {
      if value == 0 { flags.insert(.zero) }
      if value > Bounds.longSeconds { flags.insert(.long) }
    }
    if row.record.wrapUpSeconds ?? 0 > Bounds.wrapUpSeconds { flags.insert(.longWrapUp) }
  }

  private func readReply(into row: inout ImportRow, _ flags: inout ContactFlags) throws(RowRejection) {
    row.record.firstMessageAt = try instant(.firstMessageAt, &flags)
    guard let reply = try instant(.firstReplyAt, &flags) else { return }
    if reply < row.record.startedAt || reply > row.record.endedAt ?? .max {
      flags.insert(.replyOutOfRange)
    } else {
      row.record.firstReplyAt = reply
    }
  }
}

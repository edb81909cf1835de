internal import CivilTime
internal import Conversations

extension ContactFile {
  /// The current row, checked by the rules of the door: refused, taken with a value dropped and a flag, or
  /// taken with a flag.
  mutating func row() throws(RowRejection) -> ImportRow {
    guard let id = text(.id) else { throw rejection(.id, .missingValue) }
    guard id.utf8.count <= Bounds.idBytes else { throw rejection(.id, .tooLong(limit: Bounds.idBytes)) }
    var flags: ContactFlags = []
    guard let startedAt = try instant(.startedAt, &flags) else { throw rejection(.startedAt, .missingValue) }
    var row = ImportRow(line: line, id: id, idNumber: idNumber(), record: ContactRecord(startedAt: startedAt))
    row.record.contactID = text(.contactId)
    guard row.record.contactID.map({ $0.utf8.count <= Bounds.idBytes }) ?? true else {
      throw rejection(.contactId, .tooLong(limit: Bounds.idBytes))
    }
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
    try readEnd(into: &row, &flags)
    try readDurations(into: &row, &flags)
    try readReplyAndRating(into: &row, &flags)
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
    if let given {
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
  }

  private func readReplyAndRating(into row: inout ImportRow, _ flags: inout ContactFlags) throws(RowRejection)
  {
    if let reply = try instant(.firstReplyAt, &flags) {
      if reply < row.record.startedAt || reply > row.record.endedAt ?? .max {
        flags.insert(.replyOutOfRange)
      } else {
        row.record.firstReplyAt = reply
      }
    }
    if let text = text(.satisfaction) {
      if text.utf8.count == 1, let rating = UInt8(text), (1...5).contains(rating) {
        row.record.rating = rating
      } else {
        flags.insert(.ratingOutOfRange)
      }
    }
  }

  private func instant(_ field: ImportField, _ flags: inout ContactFlags) throws(RowRejection) -> Int64? {
    let bytes = cell(field)
    guard bytes.count > 0 else { return nil }
    let parsed: ISO8601.ParsedInstant
    do throws(ISO8601.Fault) {
      parsed = try ISO8601.parse(bytes)
    } catch {
      throw rejection(field, error == .outOfRange ? .instantOutOfRange : .unreadableInstant)
    }
    switch parsed {
    case .instant(let instant): return instant.seconds
    case .local(let local):
      guard let zone = options.zone else { throw rejection(field, .noZone) }
      switch zone.resolve(local) {
      case .unique(let instant): return instant.seconds
      case .repeated(let first):
        flags.insert(.repeatedHour)
        return first.seconds
      case .skipped: throw rejection(field, .skippedHour)
      }
    }
  }

  private func seconds(_ field: ImportField) throws(RowRejection) -> UInt32? {
    let bytes = cell(field)
    guard bytes.count > 0 else { return nil }
    var number: Int64 = 0
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { throw notWhole(field) }
      // Saturates far above every limit instead of overflowing.
      number = min(number * 10 + Int64(byte - UInt8(ascii: "0")), 1 << 40)
    }
    guard number <= options.maxDuration, number < Int64(UInt32.max) else {
      throw rejection(field, .durationTooLong(limit: min(options.maxDuration, Int64(UInt32.max) - 1)))
    }
    return UInt32(number)
  }

  private func notWhole(_ field: ImportField) -> RowRejection {
    guard let text = text(field), let number = Double(text), number.isFinite else {
      return rejection(field, .notWholeSeconds)
    }
    if number < 0 { return rejection(field, .negative) }
    return rejection(field, text.contains(".") ? .fractional : .notWholeSeconds)
  }

  private func flag(_ field: ImportField) throws(RowRejection) -> Bool {
    guard let text = text(field) else { return false }
    switch text.lowercased() {
    case "true", "1": return true
    case "false", "0": return false
    default: throw rejection(field, .unknownWord(expected: ["true", "false", "1", "0"]))
    }
  }

  private func word<Word>(_ field: ImportField, among words: [Word], name: (Word) -> String)
    throws(RowRejection) -> Word?
  {
    guard let text = text(field)?.lowercased() else { return nil }
    guard let word = words.first(where: { name($0) == text }) else {
      throw rejection(field, .unknownWord(expected: words.map(name)))
    }
    return word
  }

  private func note() throws(RowRejection) -> String? {
    guard let note = text(.note) else { return nil }
    guard note.count <= Bounds.noteCharacters else {
      throw rejection(.note, .tooLong(limit: Bounds.noteCharacters))
    }
    return note
  }
}

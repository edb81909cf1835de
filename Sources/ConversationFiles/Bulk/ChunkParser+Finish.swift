internal import Conversations

extension ChunkParser {
  /// Checks a plain row as the exact reader would, sums it up as a conversation of its own, and adds it to the
  /// columns; false when the exact reader has something to say about it.
  ///
  /// The rules are those of `ContactFile.row()` and `ConversationSummary`; tests hold the two ways to each other.
  @inline(__always)
  mutating func finish(_ row: inout PlainRow, _ place: Int) -> Bool {
    let none = Int64.min
    let hasEnd = row.endedAt != none
    guard row.startedAt != none, row.idLength > 0, !hasEnd || row.endedAt >= row.startedAt else {
      return false
    }
    let ended = ConversationState.ended.rawValue
    if row.state == ended, !hasEnd { return false }
    var flags: ContactFlags = []
    // Safe: both lie within 300 years, so that the difference is far from overflow.
    let distance = hasEnd ? row.endedAt &- row.startedAt : .max
    let hasElapsed = distance < Int64(UInt32.max)
    // The one distance that is a number and the mark of none at once.
    if distance == Int64(UInt32.max) { return false }

    var basis = HandlingBasis.given
    var seconds = row.handling
    let parts = sumOfParts(row)
    if seconds != .max {
      tally.givenRows &+= 1
      if parts != .max, parts != UInt64(seconds) { flags.insert(.partsDiffer) }
      if hasElapsed {
        if Int64(seconds) > distance { flags.insert(.exceedsElapsed) }
        if Int64(seconds) == distance { tally.elapsedRows &+= 1 }
      }
    } else if parts != .max {
      seconds = UInt32(truncatingIfNeeded: parts)
      basis = .parts
    } else if derivesHandling, hasElapsed {
      seconds = UInt32(truncatingIfNeeded: distance)
      basis = .derived
    } else {
      basis = .none
    }
    if seconds == 0 { flags.insert(.zero) }
    if seconds != .max, seconds > longSeconds { flags.insert(.long) }
    if row.wrapUp != .max, row.wrapUp > wrapUpSeconds { flags.insert(.longWrapUp) }

    var reply = row.firstReplyAt
    if reply != none, reply < row.startedAt || (hasEnd && reply > row.endedAt) {
      flags.insert(.replyOutOfRange)
      reply = none
    }
    var wait = UInt32.max
    if reply != none, !row.isBot {
      let since = row.firstMessageAt == none ? row.startedAt : row.firstMessageAt
      // Safe: as above. A wait without room in a column is none.
      wait = UInt32(exactly: reply &- since) ?? .max
    }
    let isHandled = seconds != .max || reply != none || row.agent >= 0
    let hasEnded =
      row.state >= 0 ? row.state == ended : hasEnd && row.endReason <= EndReason.closed.rawValue

    let at = count
    if wanted.has(.startedAt) { unsafe out.startedAt[at] = row.startedAt }
    if wanted.has(.endedAt) { unsafe out.endedAt[at] = row.endedAt }
    if wanted.has(.reportedAt) { unsafe out.reportedAt[at] = hasEnded ? row.endedAt : none }
    unsafe out.marks[at] =
      RowMarks.sole | (row.isBot ? RowMarks.bot : 0) | (isHandled ? RowMarks.handled : 0)
      | (hasEnded ? RowMarks.ended : 0)
      | UInt8(truncatingIfNeeded: basis.rawValue) &<< RowMarks.basisShift
      | (row.visitor.length > 0 ? RowMarks.visitor : 0)
    unsafe out[.seconds][at] = seconds
    if wanted.has(.talk) { unsafe out[.talk][at] = row.talk }
    if wanted.has(.hold) { unsafe out[.hold][at] = row.hold }
    if wanted.has(.wrapUp) { unsafe out[.wrapUp][at] = row.wrapUp }
    if wanted.has(.firstReply) { unsafe out[.firstReply][at] = wait }
    if wanted.has(.flags) { unsafe out[.flags][at] = UInt32(flags.rawValue) }
    if wanted.has(.closing) {
      unsafe out[.closing][at] = hasEnded ? UInt32(truncatingIfNeeded: max(row.closing, 0) &+ 1) : 0
    }
    if wanted.has(.rating) { unsafe out[.rating][at] = row.rating }
    if wanted.has(.networkQuality) { unsafe out[.networkQuality][at] = row.networkQuality }
    if wanted.has(.productQuality) { unsafe out[.productQuality][at] = row.productQuality }
    let channel = channels.use(row.channel)
    if wanted.has(.channel) { unsafe out[.channel][at] = channel }
    let category = categories.use(row.category)
    if wanted.has(.category) { unsafe out[.category][at] = category }
    let agent = agents.use(row.agent)
    if wanted.has(.agent) { unsafe out[.agent][at] = agent }
    let group = groups.use(row.group)
    if wanted.has(.group) { unsafe out[.group][at] = group }
    unsafe out[.firstTag][at] = finishTags(at)
    if wanted.contains(.asWritten) {
      unsafe out.firstMessageAt[at] = row.firstMessageAt
      unsafe out.firstReplyAt[at] = reply
      let reason = row.endReason >= 0 || !hasEnd ? row.endReason : EndReason.closed.rawValue
      unsafe out[.endReason][at] = UInt32(truncatingIfNeeded: reason &+ 1)
      unsafe out[.statedClosing][at] = UInt32(truncatingIfNeeded: row.closing &+ 1)
      unsafe out[.statedState][at] = UInt32(truncatingIfNeeded: row.state &+ 1)
      unsafe out[.contactID][at] = row.contactID.place
      unsafe out[.contactIDLength][at] = row.contactID.length
      unsafe out[.visitor][at] = row.visitor.place
      unsafe out[.visitorLength][at] = row.visitor.length
      unsafe out[.note][at] = row.note.place
      unsafe out[.noteLength][at] = row.note.length
    }
    if !hasEnded { tally.hasOpen = true }
    if !flags.isEmpty { tally.count(flags) }
    finishRow(idLength: row.idLength, place)
    return true
  }

  /// Talk + hold + wrap-up over the columns that there are; `.max` when there is none or one of them is empty.
  @inline(__always)
  private func sumOfParts(_ row: PlainRow) -> UInt64 {
    guard hasPart.talk || hasPart.hold || hasPart.wrapUp else { return .max }
    var sum: UInt64 = 0
    for (has, seconds) in [(hasPart.talk, row.talk), (hasPart.hold, row.hold), (hasPart.wrapUp, row.wrapUp)]
    where has {
      if seconds == .max { return .max }
      // Safe: three numbers of 32 bits.
      sum &+= UInt64(seconds)
    }
    return sum
  }
}

extension CellNames {
  /// Counts the use of a text and gives its code in the columns; 0 for a negative number, which is none.
  @inline(__always)
  mutating func use(_ text: Int32) -> UInt32 {
    guard text >= 0 else { return 0 }
    count(text)
    return fold(of: text) &+ 1
  }
}

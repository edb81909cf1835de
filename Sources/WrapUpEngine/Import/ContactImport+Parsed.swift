internal import ConversationFiles
internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore

/// The way of a file into an empty store: stretches of rows that are conversations of their own go from the parser's
/// columns into the store and the columns beside it; the others are taken one by one, as everywhere else.
extension ContactImport {
  /// Takes in a batch, in the order of its rows.
  mutating func take(_ batch: ParsedBatches.Batch, _ parsed: inout ParsedRows) throws {
    addFolds(batch.newFolds)
    parsed.texts += batch.newTexts
    parsed.further = 0
    if batch.expectedRows > 0 { reserve(batch.expectedRows) }
    enter(batch.tally, firstLine: batch.firstLine)
    var row = 0
    for single in batch.singles {
      while row < single.row { row = try takeRun(row..<single.row, of: batch, &parsed) }
      takeBack(single.values)
      if try !takeOrReject(single.values, parsed.texts) { refuseTexts(of: single.values, parsed.texts) }
      row += 1
    }
    while row < batch.columns.count { row = try takeRun(row..<batch.columns.count, of: batch, &parsed) }
  }

  /// Makes room once: growing copies everything again and again.
  private mutating func reserve(_ rows: Int) {
    keys.reserveCapacity(rows)
    lines.reserveCapacity(rows)
    fresh.reserve(rows)
  }

  /// Enters what the parser counted, as if every row were taken as it stands.
  private mutating func enter(_ tally: ChunkTally, firstLine: Int) {
    ledger.rows += tally.rows
    ledger.refused.add(tally.refused, movedBy: firstLine)
    ledger.givenRows += tally.givenRows
    ledger.elapsedRows += tally.elapsedRows
    ledger.unixTimes.formUnion(tally.unixTimes)
    for place in ledger.flagged.indices { ledger.flagged[place] += tally.flagged[place] }
  }

  /// Forgets what the parser counted of a row that is taken one by one, or refused.
  private mutating func takeBack(_ row: ImportRow) {
    if row.record.handling.basis == .given {
      ledger.givenRows -= 1
      if row.isElapsed { ledger.elapsedRows -= 1 }
    }
    for (place, entry) in ContactFlags.names.enumerated() where row.record.flags.contains(entry.flag) {
      ledger.flagged[place] -= 1
    }
  }

  /// Takes rows that are conversations of their own, and returns where it stopped: behind a row that had to be
  /// refused because a dictionary is full, else at the end.
  private mutating func takeRun(
    _ rows: Range<Int>, of batch: ParsedBatches.Batch, _ parsed: inout ParsedRows
  ) throws -> Int {
    parsed.beginRun()
    // Reached once, not once a row.
    let (columns, tally, firstLine) = (batch.columns, batch.tally, batch.firstLine)
    var tagLists = ContactRows.TagLists()
    let first = (
      conversation: firstNewConversation + Int64(ledger.conversations),
      contact: firstNewContact + Int64(lines.count)
    )
    var row = rows.lowerBound
    var blamed: String?
    var open = 0
    while row < rows.upperBound {
      blamed = resolveNames(ofRow: row, of: columns, &parsed)
      if blamed != nil { break }
      let place = row - rows.lowerBound
      let key = first.conversation + Int64(place)
      tagLists.append(parsed.tags.span)
      keys.append(key)
      unsafe batch.chunk.bytes.withUnsafeBytes { text in
        let values = unsafe ParsedValues(columns: columns, text: text, row: row)
        unsafe values.bindConversation(
          parsed.conversationColumns, channel: parsed.channels[place],
          category: parsed.categories[place], tags: parsed.tagText, to: conversationInsertion.values)
        unsafe values.bindContact(
          parsed.contactColumns, conversation: key, channel: parsed.channels[place],
          category: parsed.categories[place], agent: parsed.agents[place], group: parsed.groups[place],
          tags: parsed.tagText, to: insertion.values)
      }
      _ = try conversationInsertion.added()
      _ = try insertion.added()
      if unsafe hasContactIDs && columns[.contactIDLength][row] > 0 { named.insert(key) }
      lines.append(UInt32(clamping: firstLine + tally.line(ofRow: row)))
      if unsafe columns.marks[row] & RowMarks.ended == 0 { open += 1 }
      row += 1
    }
    let count = row - rows.lowerBound
    ledger.conversations += count
    ledger.added += count
    fresh.appendRun(
      firstConversation: first.conversation, firstContact: first.contact, count: count, open: open
    ) { target in
      parsed.add(rows.lowerBound..<row, of: columns, tagLists, to: &target)
    }
    guard let blamed else { return row }
    refuse(row: row, of: batch, column: blamed, &parsed)
    return row + 1
  }

  /// The row has a name for which its dictionary has no room.
  private mutating func refuse(
    row: Int, of batch: ParsedBatches.Batch, column: String, _ parsed: inout ParsedRows
  ) {
    let line = batch.firstLine + batch.tally.line(ofRow: row)
    let limit = column == "tags" ? Bounds.tags : Bounds.names
    ledger.reject(RowRejection(line: line, column: column, reason: .tooManyNames(limit: limit)))
    refuseNames()
    keys.append(0)
    guard let (values, texts) = parsed.values(ofRow: row, of: batch) else { return }
    takeBack(values)
    refuseTexts(of: values, texts)
  }
}

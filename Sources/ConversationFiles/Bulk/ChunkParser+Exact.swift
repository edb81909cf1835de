internal import Conversations

extension ChunkParser {
  /// Reads a record as an import does, and adds it to the columns as the sum of a conversation of its own.
  @unsafe @inline(never)
  mutating func exactRow(_ record: UnsafeRawBufferPointer, _ place: Int) throws(ContactFileFault) {
    defer { tally.lines = exact.nextLine }
    guard let read = unsafe try exact.row(of: record, line: tally.lines) else { return }
    tally.rows += 1
    switch read {
    case .failure(let rejection): tally.reject(rejection)
    case .success(let row):
      if wanted.contains(.asWritten) { out.exactRows.append((count, row)) }
      add(row, place)
    }
  }

  private mutating func add(_ row: ImportRow, _ place: Int) {
    let texts = exact.texts.texts
    var record = row.record
    let channel = row.channel.map { channels.number(of: texts[$0]) }
    let category = row.category.map { categories.number(of: texts[$0]) }
    let agent = row.agent.map { agents.number(of: texts[$0]) }
    let group = row.group.map { groups.number(of: texts[$0]) }
    // Which names they are does not matter to the sum, only that they are there.
    record.channel = channel
    record.category = category
    record.agent = agent
    beginTags()
    for text in row.tags { addTag(tags.number(of: texts[text])) }
    let summary = ConversationSummary(of: [record])
    let at = count
    unsafe out.startedAt[at] = record.startedAt
    unsafe out.endedAt[at] = record.endedAt ?? .min
    unsafe out.reportedAt[at] = summary.endedAt ?? .min
    unsafe out.marks[at] =
      RowMarks.sole | (record.isBot ? RowMarks.bot : 0) | (record.isHandled ? RowMarks.handled : 0)
      | (summary.state == .ended ? RowMarks.ended : 0)
      | UInt8(record.handling.basis.rawValue) << RowMarks.basisShift
      | (summary.visitor == nil ? 0 : RowMarks.visitor)
    unsafe out[.seconds][at] = record.handling.seconds ?? .max
    unsafe out[.talk][at] = record.talkSeconds ?? .max
    unsafe out[.hold][at] = record.holdSeconds ?? .max
    unsafe out[.wrapUp][at] = record.wrapUpSeconds ?? .max
    unsafe out[.firstReply][at] = summary.firstReply?.seconds ?? .max
    unsafe out[.flags][at] = UInt32(record.flags.rawValue)
    unsafe out[.closing][at] = summary.closing.map { UInt32($0.rawValue + 1) } ?? 0
    unsafe out[.rating][at] = UInt32(summary.rating?.code ?? 0)
    unsafe out[.networkQuality][at] = UInt32(summary.networkQuality ?? 0)
    unsafe out[.productQuality][at] = UInt32(summary.productQuality ?? 0)
    unsafe out[.channel][at] = channels.use(channel)
    unsafe out[.category][at] = categories.use(category)
    unsafe out[.agent][at] = agents.use(agent)
    unsafe out[.group][at] = groups.use(group)
    unsafe out[.firstTag][at] = finishTags(at)
    if summary.state != .ended { tally.hasOpen = true }
    if record.handling.basis == .given {
      tally.givenRows += 1
      if row.isElapsed { tally.elapsedRows += 1 }
    }
    tally.count(record.flags)
    var id = Array(row.id.utf8)
    let length = id.count
    id.append(contentsOf: repeatElement(0, count: 8 - length % 8))
    unsafe id.withUnsafeBytes { bytes in
      for word in 0..<(length + 7) / 8 {
        // Safe: the bytes have been filled up to whole words.
        unsafe out.idWords[idWordCount + word] = PlainCell.word(bytes.baseAddress! + 8 * word)
      }
    }
    finishRow(idLength: length, place)
  }

  /// Begins the list of a row's tags.
  @inline(__always)
  mutating func beginTags() {
    rowTextCount = 0
    rowTagCount = 0
  }

  /// Adds a tag to the row's, unless another spelling of it is there.
  ///
  /// - Precondition: the row has fewer than ``tagRoom``.
  @inline(__always)
  mutating func addTag(_ text: Int32) {
    // Safe: the count is below the room of both lists.
    unsafe rowTexts[rowTextCount] = text
    rowTextCount &+= 1
    let fold = tags.fold(of: text)
    var place = 0
    while place < rowTagCount {
      if unsafe rowTags[place] == fold { return }
      place &+= 1
    }
    unsafe rowTags[rowTagCount] = fold
    rowTagCount &+= 1
  }

  /// Puts the row's tags into the columns, the first of them as the answer.
  @inline(__always)
  mutating func finishTags(_ row: Int) -> UInt32 {
    var place = 0
    while place < rowTextCount {
      unsafe tags.count(rowTexts[place])
      place &+= 1
    }
    guard rowTagCount > 0 else { return 0 }
    place = 1
    while place < rowTagCount {
      // Safe: a chunk has at most one further tag in two bytes.
      unsafe out.furtherRows[furtherCount] = UInt32(truncatingIfNeeded: row)
      unsafe out.furtherTags[furtherCount] = rowTags[place] &+ 1
      furtherCount &+= 1
      place &+= 1
    }
    return unsafe rowTags[0] &+ 1
  }

  /// Takes in the row whose columns and id words have been written.
  @inline(__always)
  mutating func finishRow(idLength: Int, _ place: Int) {
    let at = count
    let words = (idLength &+ 7) &>> 3
    tally.note(row: at)
    unsafe out.places[at] = UInt32(truncatingIfNeeded: place)
    unsafe out.ids[at] = UInt32(truncatingIfNeeded: idWordCount &<< 9 | idLength)
    if at > 0 {
      let before = unsafe out.ids[at &- 1]
      let order = unsafe Self.order(
        out.idWords + Int(before &>> 9), Int(before & 511), out.idWords + idWordCount, idLength)
      if order > 0 { tally.idsAscend = false }
      if order == 0 { tally.repeats.append(UInt32(truncatingIfNeeded: at)) }
    }
    idWordCount &+= words
    count = at &+ 1
  }

  /// Below, at or above 0 as the first id comes before, is, or comes after the other: by length, then by bytes.
  @unsafe @inline(__always)
  package static func order(
    _ one: UnsafePointer<UInt64>, _ length: Int, _ other: UnsafePointer<UInt64>, _ otherLength: Int
  ) -> Int {
    if length != otherLength { return length < otherLength ? -1 : 1 }
    var word = 0
    while word < (length &+ 7) &>> 3 {
      let (first, second) = unsafe (one[word].byteSwapped, other[word].byteSwapped)
      if first != second { return first < second ? -1 : 1 }
      word &+= 1
    }
    return 0
  }
}

extension CellNames {
  /// Counts the use of a text and gives its code in the columns; 0 for none.
  @inline(__always)
  mutating func use(_ text: Int32?) -> UInt32 {
    use(text ?? -1)
  }
}

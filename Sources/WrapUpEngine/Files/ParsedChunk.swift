internal import ConversationFiles
internal import HandlingAnalytics

/// What is kept of a chunk of a file once it has been taken apart.
struct ParsedChunk: Sendable {
  /// The contacts of up to a block's rows.
  struct Part: Sendable {
    let firstRow: Int
    var block: BlockAssembly
    let hasEnded: Bool
    /// Columns of names as numbers of the parser's own.
    let names: [(column: ColumnID, numbers: Numbers)]
    let furtherRows: [UInt16]
    let furtherTags: [UInt32]
  }

  /// A column of names in as few bytes as hold it.
  enum Numbers: Sendable {
    case narrow([UInt16])
    case wide([UInt32])

    init(_ numbers: Span<UInt32>) {
      var all: UInt32 = 0
      for row in numbers.indices { all |= numbers[row] }
      if all <= UInt32(UInt16.max) {
        self = .narrow(
          [UInt16](capacity: numbers.count) { target in
            for row in numbers.indices { target.append(UInt16(truncatingIfNeeded: numbers[row])) }
          })
      } else {
        self = .wide(numbers.indices.map { numbers[$0] })
      }
    }
  }

  let number: Int
  /// Where it lies in the file, bytes.
  let place: Int
  let byteCount: Int
  /// Which parser took it apart.
  let parser: Int
  let rowCount: Int
  var parts: [Part] = []
  /// The length of all ids, where they have one, and then ``ids`` is empty; else 0.
  private let idLength: Int
  /// See ``RowColumns``.
  private let ids: [UInt32]
  let idWords: [UInt64]
  let places: [UInt32]
  let tally: ChunkTally

  /// Names and the columns they stand in.
  static let names: [(column: ColumnID, word: RowColumns.Word, field: ImportField)] = [
    (.firstTag, .firstTag, .tags), (.category, .category, .category), (.channel, .channel, .channel),
    (.agent, .agent, .agent), (.group, .group, .group),
  ]
  private static let numbers: [(column: ColumnID, word: RowColumns.Word)] = [
    (.seconds, .seconds), (.talk, .talk), (.hold, .hold), (.wrapUp, .wrapUp), (.firstReply, .firstReply),
    (.flags, .flags), (.closing, .closing), (.rating, .rating), (.networkQuality, .networkQuality),
    (.productQuality, .productQuality),
  ]

  /// What a parser has to fill for a question.
  static func columns(for wanted: Set<ColumnID>) -> RowColumns.Wanted {
    let pairs =
      numbers + names.map { ($0.column, $0.word) } + [
        (.startedAt, .startedAt), (.endedAt, .endedAt), (.reportedAt, .reportedAt),
      ]
    return pairs.reduce(into: []) { if wanted.contains($1.column) { $0.insert(RowColumns.Wanted($1.word)) } }
  }

  /// Copies what a question needs of a chunk.
  init(
    _ chunk: RowChunks.Chunk, parser: Int, _ columns: RowColumns, _ tally: ChunkTally,
    wanted: Set<ColumnID>
  ) {
    number = chunk.number
    place = chunk.place
    byteCount = chunk.count
    self.parser = parser
    self.tally = tally
    rowCount = columns.count
    // Safe: every column has been written up to `count`, the words of the ids up to theirs.
    let ids = unsafe UnsafeBufferPointer(start: columns.ids, count: columns.count)
    let length = unsafe (ids.first ?? 0) & 511
    // Safe: the list is looked at before the columns change.
    let areEqual = unsafe ids.allSatisfy { $0 & 511 == length }
    idLength = areEqual ? Int(length) : 0
    self.ids = areEqual ? [] : unsafe [UInt32](ids)
    places = unsafe [UInt32](UnsafeBufferPointer(start: columns.places, count: columns.count))
    idWords = unsafe [UInt64](UnsafeBufferPointer(start: columns.idWords, count: columns.idWordCount))
    var further = 0
    for start in stride(from: 0, to: columns.count, by: ContactBlock.rowLimit) {
      let count = min(ContactBlock.rowLimit, columns.count - start)
      // A conversation lies in one block, so that its key needs to be its own there only.
      var block = BlockAssembly(rowCount: count, firstKey: 0)
      func span<Element>(_ column: UnsafeMutablePointer<Element>) -> Span<Element> {
        // Safe: as above; the columns outlive this function.
        unsafe _overrideLifetime(
          Span(_unsafeStart: UnsafePointer(column) + start, count: count), copying: ())
      }
      unsafe block.setMarks(span(columns.marks))
      if wanted.contains(.startedAt) { unsafe block.set(.startedAt, span(columns.startedAt)) }
      if wanted.contains(.endedAt) { unsafe block.set(.endedAt, span(columns.endedAt)) }
      if wanted.contains(.reportedAt) { unsafe block.set(.reportedAt, span(columns.reportedAt)) }
      for (column, word) in Self.numbers where wanted.contains(column) {
        unsafe block.set(column, span(columns[word]))
      }
      var names: [(column: ColumnID, numbers: Numbers)] = []
      for (column, word, _) in Self.names where wanted.contains(column) {
        unsafe names.append((column, Numbers(span(columns[word]))))
      }
      var rows: [UInt16] = []
      var tags: [UInt32] = []
      if wanted.contains(.firstTag) {
        while further < columns.furtherCount, unsafe Int(columns.furtherRows[further]) < start + count {
          // Safe: a block has at most 65,536 rows.
          unsafe rows.append(UInt16(truncatingIfNeeded: columns.furtherRows[further] &- UInt32(start)))
          unsafe tags.append(columns.furtherTags[further])
          further += 1
        }
      }
      parts.append(
        Part(
          firstRow: start, block: block, hasEnded: !tally.hasOpen, names: names, furtherRows: rows,
          furtherTags: tags))
    }
  }

  /// One id of the chunk.
  @inline(__always)
  func id(_ row: Int) -> (words: Range<Int>, length: Int) {
    if idLength > 0 {
      let words = (idLength + 7) >> 3
      return (row * words..<(row + 1) * words, idLength)
    }
    let entry = Int(ids[row])
    return (entry >> 9..<(entry >> 9) + (entry & 511 + 7) >> 3, entry & 511)
  }

  /// Whether two rows have one id.
  static func haveSameID(_ one: ParsedChunk, _ row: Int, _ other: ParsedChunk, _ otherRow: Int) -> Bool {
    let (first, second) = (one.id(row), other.id(otherRow))
    guard first.length == second.length else { return false }
    for place in 0..<first.words.count
    where one.idWords[first.words.lowerBound + place] != other.idWords[second.words.lowerBound + place] {
      return false
    }
    return true
  }
}

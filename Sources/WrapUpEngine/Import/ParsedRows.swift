internal import ConversationFiles
internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore

/// What the taker of parsed batches works with: the columns of the current batch, and the current run's names as
/// ids of the store.
struct ParsedRows: ~Copyable {
  /// The columns of the store that the file has values for.
  let contactColumns: [ContactRepository.Column]
  let conversationColumns: [ConversationRepository.Column]
  /// The texts that numbers in single rows stand for.
  var texts: [String] = []
  /// The names of the current run, row by row.
  var channels: [UInt32] = []
  var categories: [UInt32] = []
  var agents: [UInt32] = []
  var groups: [UInt32] = []
  /// The tags of the current row.
  var tags: [UInt32] = []
  /// Whether a row has had names looked up since one began.
  var hasNewNames = true
  /// Tags beyond the first of the current batch that belong to rows before the current one.
  var further = 0
  /// The text of a row's tags; lists of one tag are kept.
  private(set) var tagText: [UInt8] = []
  private var tagTexts: [[UInt8]] = []
  private var exact: RowReader

  init(
    _ exact: consuming RowReader, contact: [ContactRepository.Column],
    conversation: [ConversationRepository.Column]
  ) {
    self.exact = exact
    contactColumns = contact
    conversationColumns = conversation
  }

  mutating func beginRun() {
    hasNewNames = true
    channels.removeAll(keepingCapacity: true)
    categories.removeAll(keepingCapacity: true)
    agents.removeAll(keepingCapacity: true)
    groups.removeAll(keepingCapacity: true)
  }

  /// Makes the text of the current row's ``tags``.
  mutating func writeTagText() {
    if tags.count == 1 {
      let tag = Int(tags[0])
      while tagTexts.count <= tag { tagTexts.append(Array(TagList.text([Int32(tagTexts.count)]).utf8)) }
      tagText = tagTexts[tag]
    } else {
      tagText = Array(TagList.text(tags.map { Int32(bitPattern: $0) }).utf8)
    }
  }

  /// Adds a run's rows to the columns beside the store.
  func add(
    _ rows: Range<Int>, of columns: RowColumns, _ tags: ContactRows.TagLists, to target: inout ContactRows
  ) {
    func span<Element>(_ column: UnsafeMutablePointer<Element>) -> Span<Element> {
      // Safe: the parser has written every column up to its count; they outlive this function.
      unsafe _overrideLifetime(
        Span(_unsafeStart: UnsafePointer(column) + rows.lowerBound, count: rows.count), copying: ())
    }
    unsafe target.append(
      startedAt: span(columns.startedAt), endedAt: span(columns.endedAt),
      reportedAt: span(columns.reportedAt),
      marks: span(columns.marks))
    let words: [(ColumnID, RowColumns.Word)] = [
      (.seconds, .seconds), (.talk, .talk), (.hold, .hold), (.wrapUp, .wrapUp), (.firstReply, .firstReply),
      (.flags, .flags), (.closing, .closing), (.rating, .rating), (.networkQuality, .networkQuality),
      (.productQuality, .productQuality),
    ]
    for (column, word) in words { unsafe target.append(span(columns[word]), to: column) }
    target.append(repeating: 0, count: rows.count, to: .reopens)
    target.append(channels.span.extracting(first: rows.count), to: .channel)
    target.append(categories.span.extracting(first: rows.count), to: .category)
    target.append(agents.span.extracting(first: rows.count), to: .agent)
    target.append(groups.span.extracting(first: rows.count), to: .group)
    target.append(tags)
  }

  /// Reads a row of a batch again, with all that stands in it, and the names in it as written.
  mutating func values(ofRow row: Int, of batch: ParsedBatches.Batch) -> (ImportRow, texts: [String])? {
    let place = unsafe Int(batch.columns.places[row])
    let end = exact.end(of: place, in: batch.chunk.bytes, count: batch.chunk.count)
    guard let values = exact.row(of: batch.chunk.bytes[place..<end]) else { return nil }
    return (values, exact.texts)
  }
}

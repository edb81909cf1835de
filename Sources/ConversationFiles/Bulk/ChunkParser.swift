package import Conversations

/// Takes chunks of a contacts file apart, a row at a time, into columns.
///
/// A row in the forms that nearly all files use goes a short way; every other row goes to the exact reader, which
/// also says what is wrong with it. Both ways give the same columns.
@safe
package struct ChunkParser: ~Copyable {
  /// What is in a column and how its plain cells are read.
  enum Cell: UInt8 {
    case id, text, visitor, longText, unused
    /// What only the exact reader takes, unless it is empty.
    case exact
    case channel, category, agent, group, tags
    case startedAt, firstMessageAt, firstReplyAt, endedAt
    case handling, talk, hold, wrapUp
    case satisfaction, networkQuality, productQuality
    case bot, endReason, closing, state
  }

  /// The names of one dictionary that this parser met.
  package struct Names: Sendable {
    /// The texts as written, the number of each one's fold, and in how many rows taken it stands.
    package let texts: [String]
    package let foldOfText: [UInt32]
    package var uses: [UInt32]
    /// The folds by number.
    package let folds: [String]
  }

  var exact: ContactFile
  let options: ImportOptions
  let delimiter: UInt8
  // Safe: `cells` addresses `columnCount` elements from init to deinit.
  let cells: UnsafeMutablePointer<Cell>
  let columnCount: Int
  /// Whether the file has columns for talk, hold and wrap-up.
  let hasPart: (talk: Bool, hold: Bool, wrapUp: Bool)
  var channels: CellNames
  var categories: CellNames
  var agents: CellNames
  var groups: CellNames
  var tags: CellNames
  var instants = PlainInstants()
  // Safe: both address `tagRoom` elements from init to deinit.
  /// The current row's tags: numbers of texts and of folds, those of one fold once.
  let rowTexts: UnsafeMutablePointer<Int32>
  let rowTags: UnsafeMutablePointer<UInt32>
  var rowTextCount = 0
  var rowTagCount = 0
  static let tagRoom = 64
  /// Elements of the columns written so far.
  var count = 0
  var idWordCount = 0
  var furtherCount = 0
  // Bounds as values of this parser's own: they are asked for in every row.
  let idBytes = Bounds.idBytes
  let longSeconds = Bounds.longSeconds
  let wrapUpSeconds = Bounds.wrapUpSeconds
  let maxDuration: UInt64
  let derivesHandling: Bool
  let wanted: RowColumns.Wanted
  var out: RowColumns
  var tally = ChunkTally()

  init(
    _ file: borrowing ContactFile, folding fold: [ImportField: @Sendable (String) -> String],
    wanted: RowColumns.Wanted
  ) {
    self.wanted = wanted
    exact = ContactFile(recordsOf: file)
    options = file.options
    maxDuration = UInt64(max(file.options.maxDuration, 0))
    derivesHandling = file.options.derivesHandling
    unsafe rowTexts = .allocate(capacity: Self.tagRoom)
    unsafe rowTags = .allocate(capacity: Self.tagRoom)
    delimiter = file.delimiter
    let fields = file.fieldOfColumn
    columnCount = fields.count
    unsafe cells = .allocate(capacity: fields.count)
    for (column, field) in fields.enumerated() { unsafe cells[column] = Self.cell(of: field) }
    hasPart = (file.has(.talkSeconds), file.has(.holdSeconds), file.has(.wrapUpSeconds))
    func names(_ field: ImportField) -> CellNames { CellNames(fold: fold[field] ?? { $0 }) }
    channels = names(.channel)
    categories = names(.category)
    agents = names(.agent)
    groups = names(.group)
    tags = names(.tags)
    out = RowColumns(bytes: 0, columns: 1)
  }

  deinit {
    unsafe cells.deallocate()
    unsafe rowTexts.deallocate()
    unsafe rowTags.deallocate()
  }

  private static func cell(of field: ImportField?) -> Cell {
    switch field {
    // Texts are for learning: whoever takes files apart into columns has no use for them.
    case nil, .text: .unused
    case .id: .id
    case .contactId: .text
    case .visitor: .visitor
    case .note: .longText
    case .channel: .channel
    case .category: .category
    case .agent: .agent
    case .group: .group
    case .tags: .tags
    case .startedAt: .startedAt
    case .firstMessageAt: .firstMessageAt
    case .firstReplyAt: .firstReplyAt
    case .endedAt: .endedAt
    case .handlingSeconds: .handling
    case .talkSeconds: .talk
    case .holdSeconds: .hold
    case .wrapUpSeconds: .wrapUp
    case .satisfaction: .satisfaction
    case .networkQuality: .networkQuality
    case .productQuality: .productQuality
    case .bot: .bot
    case .endReason: .endReason
    case .closing: .closing
    case .state: .state
    case .handlingBasis, .importFlags: .exact
    }
  }

  /// Takes a chunk apart. The columns are good until the next call.
  ///
  /// - Parameter columns: of an earlier chunk, to be used again instead of the last one's, which then stay.
  package mutating func parse(_ chunk: inout RowChunks.Chunk, into columns: RowColumns? = nil) -> (
    columns: RowColumns, tally: ChunkTally
  ) {
    tally = ChunkTally()
    if let columns { out = columns }
    out.exactRows.removeAll(keepingCapacity: true)
    if out.capacity < chunk.count / columnCount + 2 {
      out = RowColumns(bytes: chunk.count, columns: columnCount)
    }
    (count, idWordCount, furtherCount) = (0, 0, 0)
    let byteCount = chunk.count
    // A line feed behind the last record, so that a search for one always ends.
    chunk.bytes[byteCount] = CSVByte.lineFeed
    unsafe chunk.bytes.withUnsafeBytes { bytes in
      // Safe: the buffer is longer than the chunk by the padding, and stays for the call.
      unsafe parse(bytes.baseAddress!, byteCount)
    }
    (out.count, out.idWordCount, out.furtherCount) = (count, idWordCount, furtherCount)
    tally.unixTimes = exact.unixTimes
    return (out, tally)
  }

  private mutating func parse(_ bytes: UnsafeRawPointer, _ count: Int) {
    let ends = unsafe RecordEnds(bytes, count: count, delimiter: delimiter)
    // A last record without its line feed ends as the exact reader says.
    var plainEnd = count
    while plainEnd > 0, unsafe bytes.load(fromByteOffset: plainEnd - 1, as: UInt8.self) != CSVByte.lineFeed {
      plainEnd -= 1
    }
    var place = 0
    while place < count {
      if place < plainEnd {
        let next = unsafe plainRow(bytes, place)
        if next > 0 {
          place = next
          tally.lines &+= 1
          tally.rows &+= 1
          continue
        }
      }
      let end = ends.end(from: place)
      let record = unsafe UnsafeRawBufferPointer(start: bytes + place, count: end - place)
      do throws(ContactFileFault) {
        try unsafe exactRow(record, place)
      } catch {
        tally.failure = error
        return
      }
      place = end
    }
  }

  /// Reads a row of the chunk that was parsed last once more, exactly.
  ///
  /// - Parameters:
  ///   - place: where it begins in the chunk.
  ///   - line: the line that it is to be known by.
  package mutating func row(of chunk: borrowing RowChunks.Chunk, at place: Int, line: Int) -> ImportRow? {
    let (count, delimiter) = (chunk.count, delimiter)
    return unsafe chunk.bytes.withUnsafeBytes { bytes in
      // Safe: the buffer is longer than the chunk and stays for the call.
      let ends = unsafe RecordEnds(bytes.baseAddress!, count: count, delimiter: delimiter)
      let record = unsafe UnsafeRawBufferPointer(rebasing: bytes[place..<ends.end(from: place)])
      guard case .success(let row)? = unsafe try? exact.row(of: record, line: line) else { return nil }
      return row
    }
  }

  /// The texts that the numbers in exactly read rows stand for.
  package var exactTexts: [String] { exact.texts.texts }

  /// The folds met so far of one dictionary, by number.
  package func folds(_ field: ImportField) -> [String] {
    switch field {
    case .channel: channels.folds
    case .category: categories.folds
    case .agent: agents.folds
    case .group: groups.folds
    default: tags.folds
    }
  }

  /// The names met so far.
  package func names(_ field: ImportField) -> Names {
    switch field {
    case .channel: channels.list
    case .category: categories.list
    case .agent: agents.list
    case .group: groups.list
    default: tags.list
    }
  }
}

extension CellNames {
  /// What others may keep.
  var list: ChunkParser.Names {
    ChunkParser.Names(texts: texts, foldOfText: foldOfText, uses: uses, folds: folds)
  }
}

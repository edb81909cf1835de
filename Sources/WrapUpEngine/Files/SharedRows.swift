internal import ConversationFiles
internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore

/// The rows of conversations that have several, read again with all that stands in them.
struct SharedRows: Sendable {
  /// A row with its names as ids.
  struct Row: Sendable {
    let record: ContactRecord
    let isElapsed: Bool
  }

  /// The rows of one chunk, ascending.
  private struct ChunkRows: Sendable {
    let numbers: [Int]
    var rows: [Row] = []
  }

  private let chunks: [Int: ChunkRows]

  /// - Parameters:
  ///   - places: the rows wanted.
  ///   - chunks: all chunks, with the file that each is of.
  ///   - names: all names that the files have.
  /// - Throws: that a file can't be read, or is no longer what it was.
  init(
    _ places: [SharedIDs.RowPlace], _ chunks: [(file: Int, chunk: ParsedChunk)], _ files: [ParsedFile],
    _ inputs: [InputFile], _ names: [NameRepository.Kind: FileNames], on runner: SliceRunner
  ) throws(WrapUpError) {
    var wanted: [Int: [Int]] = [:]
    for place in places { wanted[place.chunk, default: []].append(place.row) }
    let numbers = wanted.keys.sorted()
    let slices = max(1, min(runner.sliceCount, numbers.count))
    let lists = wanted.mapValues { $0.sorted() }
    let found = Places<Result<[(chunk: Int, rows: ChunkRows)], WrapUpError>>(slices)
    runner.run(slices) { slice in
      var mine: [(chunk: Int, rows: ChunkRows)] = []
      var buffer: [UInt8] = []
      var ids = files.map { _ in KnownIDs() }
      do throws(WrapUpError) {
        for place in stride(from: slice, to: numbers.count, by: slices) {
          let (file, chunk) = chunks[numbers[place]]
          var rows = ChunkRows(numbers: lists[numbers[place]] ?? [])
          rows.rows.reserveCapacity(rows.numbers.count)
          try Self.read(rows.numbers, of: chunk, inputs[file], &files[file].readers[slice].value, &buffer) {
            row, texts in
            rows.rows.append(ids[file].resolved(row, texts, names))
          }
          mine.append((numbers[place], rows))
        }
        found[slice] = .success(mine)
      } catch {
        found[slice] = .failure(error)
      }
    }
    var all: [Int: ChunkRows] = [:]
    for slice in 0..<slices {
      guard let result = found[slice] else { continue }
      for (chunk, rows) in try result.get() { all[chunk] = rows }
    }
    self.chunks = all
  }

  subscript(place: SharedIDs.RowPlace) -> Row {
    // Every place asked for was read.
    let rows = chunks[place.chunk]!
    var low = 0
    var high = rows.numbers.count
    while low < high {
      let middle = (low + high) / 2
      if rows.numbers[middle] < place.row { low = middle + 1 } else { high = middle }
    }
    return rows.rows[low]
  }

  /// How one row's names are written.
  static func names(ofRow row: Int, of chunk: ParsedChunk, _ input: InputFile, _ reader: OwnReader)
    throws(WrapUpError) -> [(kind: NameRepository.Kind, text: String)]
  {
    var names: [(kind: NameRepository.Kind, text: String)] = []
    var buffer: [UInt8] = []
    try read([row], of: chunk, input, &reader.value, &buffer) { row, texts in
      let written: [(kind: NameRepository.Kind, number: Int?)] = [
        (.channel, row.channel), (.category, row.category), (.agent, row.agent), (.group, row.group),
      ]
      for (kind, number) in written + row.tags.map({ (.tag, $0) }) {
        if let number { names.append((kind, texts[number])) }
      }
    }
    return names
  }

  /// The ids of a reader's texts, looked up once.
  private struct KnownIDs {
    private var ids: [NameRepository.Kind: [Int32]] = [:]

    mutating func resolved(
      _ row: ImportRow, _ texts: [String], _ names: [NameRepository.Kind: FileNames]
    ) -> Row {
      var record = row.record
      func id(_ number: Int?, _ kind: NameRepository.Kind) -> Int32? {
        guard let number else { return nil }
        if let known = ids[kind], number < known.count, known[number] != 0 { return known[number] }
        var known = ids.removeValue(forKey: kind) ?? []
        known.append(contentsOf: repeatElement(0, count: max(0, texts.count - known.count)))
        known[number] = names[kind]!.id(of: texts[number])
        defer { ids[kind] = known }
        return known[number]
      }
      record.channel = id(row.channel, .channel)
      record.category = id(row.category, .category)
      record.agent = id(row.agent, .agent)
      record.group = id(row.group, .group)
      for tag in row.tags {
        if let tag = id(tag, .tag), !record.tags.contains(tag) { record.tags.append(tag) }
      }
      return Row(record: record, isElapsed: row.isElapsed)
    }
  }

  /// Bytes read at once where few rows of a chunk are wanted.
  private static let window = 4096
  /// From how many rows on a chunk is read as a whole.
  private static let manyRows = 128

  private static func read(
    _ rows: [Int], of chunk: ParsedChunk, _ input: InputFile, _ reader: inout RowReader,
    _ buffer: inout [UInt8],
    _ take: (ImportRow, [String]) -> Void
  ) throws(WrapUpError) {
    var start = 0
    var count = 0
    if rows.count >= manyRows { count = try input.read(chunk.byteCount, at: chunk.place, into: &buffer) }
    for row in rows {
      let place = Int(chunk.places[row])
      let rest = chunk.byteCount - place
      if rows.count < manyRows {
        start = place
        count = try input.read(min(window, rest), at: chunk.place + place, into: &buffer)
      }
      var end = reader.end(of: place - start, in: buffer, count: count)
      if end == count, rows.count < manyRows, count < rest {
        count = try input.read(rest, at: chunk.place + place, into: &buffer)
        end = reader.end(of: 0, in: buffer, count: count)
      }
      guard place - start < end, let read = reader.row(of: buffer[(place - start)..<end]),
        isID(read.id, of: row, chunk)
      else { throw .input(path: input.path, .changed) }
      take(read, reader.texts)
    }
  }

  private static func isID(_ id: String, of row: Int, _ chunk: ParsedChunk) -> Bool {
    let (words, length) = chunk.id(row)
    return id.utf8.count == length
      && id.utf8.enumerated().allSatisfy { place, byte in
        chunk.idWords[words.lowerBound + place / 8] >> UInt64(8 * (place % 8)) & 0xFF == UInt64(byte)
      }
  }
}

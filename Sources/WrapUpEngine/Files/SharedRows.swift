internal import ConversationFiles
internal import Conversations
internal import HandlingAnalytics
internal import SQLiteStore

/// The rows of conversations that have several, read again with all that stands in them.
struct SharedRows {
  /// A row and the texts of its names.
  struct Row: Sendable {
    var row: ImportRow
    var channel: String?
    var category: String?
    var agent: String?
    var group: String?
    var tags: [String]
  }

  /// By chunk, in the order of `places`.
  private let rows: [Int: [Int: Row]]

  /// - Parameters:
  ///   - places: the rows wanted.
  ///   - chunks: all chunks, with the file that each is of.
  /// - Throws: that a file can't be read, or is no longer what it was.
  init(
    _ places: [SharedIDs.RowPlace], _ chunks: [(file: Int, chunk: ParsedChunk)], _ files: [ParsedFile],
    _ inputs: [InputFile], on runner: SliceRunner
  ) throws(WrapUpError) {
    var wanted: [Int: [Int]] = [:]
    for place in places { wanted[place.chunk, default: []].append(place.row) }
    let numbers = wanted.keys.sorted()
    let slices = max(1, min(runner.sliceCount, numbers.count))
    let lists = wanted.mapValues { $0.sorted() }
    let found = Places<Result<[Int: [Int: Row]], WrapUpError>>(slices)
    runner.run(slices) { slice in
      var mine: [Int: [Int: Row]] = [:]
      var buffer: [UInt8] = []
      do throws(WrapUpError) {
        for place in stride(from: slice, to: numbers.count, by: slices) {
          let (file, chunk) = chunks[numbers[place]]
          mine[numbers[place]] = try Self.read(
            lists[numbers[place]] ?? [], of: chunk, inputs[file], &files[file].readers[slice].value, &buffer)
        }
        found[slice] = .success(mine)
      } catch {
        found[slice] = .failure(error)
      }
    }
    var all: [Int: [Int: Row]] = [:]
    for slice in 0..<slices {
      guard let result = found[slice] else { continue }
      all.merge(try result.get()) { first, _ in first }
    }
    rows = all
  }

  subscript(place: SharedIDs.RowPlace) -> Row {
    // Safe to unwrap: every place asked for was read.
    rows[place.chunk]![place.row]!
  }

  /// Bytes read at once where few rows of a chunk are wanted.
  private static let window = 4096
  /// From how many rows on a chunk is read as a whole.
  private static let manyRows = 128

  private static func read(
    _ rows: [Int], of chunk: ParsedChunk, _ input: InputFile, _ reader: inout RowReader,
    _ buffer: inout [UInt8]
  ) throws(WrapUpError) -> [Int: Row] {
    var found: [Int: Row] = [:]
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
      let texts = reader.texts
      found[row] = Row(
        row: read, channel: read.channel.map { texts[$0] }, category: read.category.map { texts[$0] },
        agent: read.agent.map { texts[$0] }, group: read.group.map { texts[$0] },
        tags: read.tags.map { texts[$0] })
    }
    return found
  }

  private static func isID(_ id: String, of row: Int, _ chunk: ParsedChunk) -> Bool {
    let (words, length) = chunk.id(row)
    return id.utf8.count == length
      && id.utf8.enumerated().allSatisfy { place, byte in
        chunk.idWords[words.lowerBound + place / 8] >> UInt64(8 * (place % 8)) & 0xFF == UInt64(byte)
      }
  }
}

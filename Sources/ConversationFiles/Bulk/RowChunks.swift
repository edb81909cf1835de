package import Conversations

/// A contacts file cut into chunks of whole records, so that several threads can take it apart at once.
package struct RowChunks: ~Copyable {
  /// A stretch of whole records in a buffer that is used again.
  package struct Chunk {
    /// The bytes and ``padding`` more.
    package internal(set) var bytes: [UInt8] = []
    /// Bytes that belong to the chunk.
    package fileprivate(set) var count = 0
    /// Chunks are numbered from 0 in the order of the file.
    package fileprivate(set) var number = 0
    /// Where it begins in the file, bytes.
    package fileprivate(set) var place = 0

    package init() {}
  }

  /// Bytes behind a chunk that a reader may look at.
  static let padding = 64

  private var file: ContactFile
  private let size: Int
  private let recordLimit = CSVLimits.standard.record
  /// What was read beyond the last chunk.
  private var ahead: [UInt8] = []
  private var isAtEnd = false
  private var next = 0
  private var place: Int
  /// The line that the first chunk begins on.
  package let firstLine: Int
  /// The fields that the file has columns for.
  package var fields: Set<ImportField> { file.fields }
  package var unusedHeaders: [String] { file.unusedHeaders }

  /// Whether these first bytes are those of a file that can be cut into chunks.
  package static func canCut(_ head: [UInt8]) -> Bool { !JSONRecords.areLines(head) }

  /// Opens a file by reading its header.
  ///
  /// - Parameter size: bytes of a chunk, more where a record is longer.
  package init(_ source: consuming ByteSource, options: ImportOptions, size: Int) throws(ContactFileFault) {
    self.init(try ContactFile(source, options: options), size: size)
  }

  /// Takes over a file of which only the header has been read.
  package init(_ file: consuming ContactFile, size: Int) {
    self.size = max(size, 1)
    place = file.bytesConsumed
    firstLine = file.nextLine
    self.file = file
  }

  /// A parser for the chunks of this file; every thread needs one of its own.
  package func parser(
    folding fold: [ImportField: @Sendable (String) -> String], wanted: RowColumns.Wanted = .all
  ) -> ChunkParser {
    ChunkParser(file, folding: fold, wanted: wanted)
  }

  /// A reader for single rows of this file, found by their places.
  package func rowReader() -> RowReader { RowReader(file) }

  /// Bytes of the whole file, if that can be known.
  package var byteCount: Int? { file.byteCount }

  /// Bytes handed out so far.
  package var bytesRead: Int { place }

  /// Reads the next chunk into a buffer; false at the end of the file.
  ///
  /// Where a record has no end within the permitted length, its front is the last chunk: who takes it apart finds
  /// what is wrong with it.
  package mutating func read(_ chunk: inout Chunk) throws(ContactFileFault) -> Bool {
    if isAtEnd, ahead.isEmpty { return false }
    var filled = ahead.count
    var wanted = max(size, filled)
    Self.makeRoom(wanted, in: &chunk.bytes)
    for index in 0..<filled { chunk.bytes[index] = ahead[index] }
    ahead.removeAll(keepingCapacity: true)
    while true {
      while filled < wanted, !isAtEnd {
        let count = try file.pass(into: &chunk.bytes, at: filled..<wanted)
        filled += count
        isAtEnd = count == 0
      }
      if filled == 0 { return false }
      var end = filled
      if !isAtEnd {
        let delimiter = file.delimiter
        end = unsafe chunk.bytes.withUnsafeBytes { bytes in
          // Safe: the buffer holds `filled` bytes and stays for the call.
          unsafe RecordEnds(bytes.baseAddress!, count: filled, delimiter: delimiter).last()
        }
        if end == 0, filled <= recordLimit {
          wanted = min(2 * wanted, 2 * recordLimit + 2)
          Self.makeRoom(wanted, in: &chunk.bytes)
          continue
        }
        if end == 0 {
          end = filled
          isAtEnd = true
        }
      }
      ahead.append(contentsOf: chunk.bytes[end..<filled])
      chunk.count = end
      chunk.number = next
      chunk.place = place
      next += 1
      place += end
      return true
    }
  }

  private static func makeRoom(_ count: Int, in bytes: inout [UInt8]) {
    let missing = count + padding - bytes.count
    if missing > 0 { bytes.append(contentsOf: repeatElement(0, count: missing)) }
  }
}

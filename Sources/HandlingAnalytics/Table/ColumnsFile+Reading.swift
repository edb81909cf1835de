internal import Columnar
internal import MappedFiles

extension ColumnsFile {
  /// A file whose header and directory are sound; its segments are checked when they are touched.
  struct Contents {
    let identity: Identity
    let blocks: [ContactBlock]
    /// How many of the blocks, the first ones, make up a base.
    let endedBlocks: Int
    let names: NameDictionaries
    /// Words of hidden rows by base block.
    let hidden: [Int: StoredSegment]
    /// Which version of the file was read.
    let stamp: FileStamp
  }

  /// Maps and checks a file.
  ///
  /// - Parameter storeUUID: the store it must belong to.
  static func read(_ kind: Kind, path: String, storeUUID: String, schema: UInt32) throws(ColumnsFault)
    -> Contents
  {
    let file: MappedFile
    do {
      file = try MappedFile(path: path)
    } catch {
      throw error.isMissingFile ? .missing : .damaged
    }
    let header = try Header(file.bytes)
    guard header.kind == kind.rawValue, header.identity.storeUUID == storeUUID else { throw .foreign }
    guard header.identity.schema == schema else { throw .stale }
    let entries = try header.entries(in: file.bytes)
    var segmentsByBlock: [UInt32: (rows: Int, segments: [UInt16: StoredSegment])] = [:]
    var hidden: [Int: StoredSegment] = [:]
    var names = NameDictionaries()
    for entry in entries {
      let segment = entry.segment(in: file)
      if let dictionary = NameDictionaries.Kind(rawValue: entry.column) {
        guard segment.isSound else { throw .damaged }
        names[dictionary] = try Self.names(in: segment, count: entry.rows)
      } else if entry.column == ColumnID.hiddenRows {
        guard segment.isSound, segment.width == 8 else { throw .damaged }
        hidden[Int(entry.block)] = segment
      } else {
        segmentsByBlock[entry.block, default: (entry.rows, [:])].segments[entry.column] = segment
      }
    }
    var blocks: [ContactBlock] = []
    for number in 0..<UInt32(segmentsByBlock.count) {
      guard let found = segmentsByBlock[number],
        let block = ContactBlock(rowCount: found.rows, segments: found.segments)
      else { throw .damaged }
      blocks.append(block)
    }
    guard header.endedBlocks <= blocks.count else { throw .damaged }
    return Contents(
      identity: header.identity, blocks: blocks, endedBlocks: header.endedBlocks, names: names,
      hidden: hidden,
      stamp: file.stamp)
  }

  /// What the header of a file says, without its directory. O(1).
  static func identity(of kind: Kind, path: String, storeUUID: String, schema: UInt32) -> Identity? {
    guard let file = try? MappedFile(path: path), let header = try? Header(file.bytes),
      header.kind == kind.rawValue, header.identity.storeUUID == storeUUID, header.identity.schema == schema
    else { return nil }
    return header.identity
  }

  private static func names(in segment: StoredSegment, count: Int) throws(ColumnsFault) -> [String] {
    let column = segment.column(of: UInt8.self)
    // Safe: bytes are plain values.
    var reader = unsafe ByteReader(column.span.bytes)
    var names: [String] = []
    for _ in 0..<count {
      guard let length = reader.next(UInt32.self), let bytes = reader.next(count: Int(length)) else {
        throw .damaged
      }
      names.append(String(decoding: bytes, as: UTF8.self))
    }
    return names
  }

  private struct Header {
    let kind: UInt32
    let identity: Identity
    let endedBlocks: Int
    private let segmentCount: Int
    private let directoryOffset: Int
    private let directoryChecksum: UInt64

    init(_ bytes: RawSpan) throws(ColumnsFault) {
      if bytes.byteCount == 0 { throw .empty }
      var reader = ByteReader(bytes)
      guard reader.next(count: 8) == magic else { throw bytes.byteCount < 8 ? .truncated : .foreign }
      guard let version = reader.next(UInt32.self) else { throw .truncated }
      if version > ColumnsFile.version { throw .newer }
      if version < ColumnsFile.version { throw .stale }
      guard bytes.byteCount >= headerSize,
        let kind = reader.next(UInt32.self), let uuid = reader.next(count: 32),
        let schema = reader.next(UInt32.self), let segments = reader.next(UInt32.self),
        let seq = reader.next(Int64.self), let nonce = reader.next(Int64.self),
        let baseSeq = reader.next(Int64.self), let baseNonce = reader.next(Int64.self),
        let directoryOffset = reader.next(UInt64.self), let directoryChecksum = reader.next(UInt64.self),
        let length = reader.next(UInt64.self), let endedBlocks = reader.next(UInt64.self),
        let headerChecksum = reader.next(UInt64.self)
      else { throw .truncated }
      guard Checksum.of(bytes.extracting(0..<120)) == headerChecksum else { throw .damaged }
      guard length == UInt64(bytes.byteCount) else { throw .truncated }
      guard directoryOffset <= length, UInt64(segments) * UInt64(entrySize) == length - directoryOffset else {
        throw .damaged
      }
      self.kind = kind
      identity = Identity(
        storeUUID: String(decoding: uuid, as: UTF8.self), schema: schema,
        position: TablePosition(seq: seq, nonce: nonce),
        basePosition: TablePosition(seq: baseSeq, nonce: baseNonce))
      self.endedBlocks = Int(clamping: endedBlocks)
      segmentCount = Int(segments)
      self.directoryOffset = Int(directoryOffset)
      self.directoryChecksum = directoryChecksum
    }

    func entries(in bytes: RawSpan) throws(ColumnsFault) -> [Entry] {
      guard Checksum.of(bytes.extracting(directoryOffset..<bytes.byteCount)) == directoryChecksum else {
        throw .damaged
      }
      var entries: [Entry] = []
      entries.reserveCapacity(segmentCount)
      for number in 0..<segmentCount {
        guard let entry = Entry(bytes, at: directoryOffset + number * entrySize, limit: directoryOffset)
        else {
          throw .damaged
        }
        entries.append(entry)
      }
      return entries
    }
  }

  private struct Entry {
    let column: UInt16
    let block: UInt32
    let rows: Int
    private let width: UInt8
    private let bits: UInt8
    private let base: Int64
    private let least: Int64
    private let greatest: Int64
    private let range: Range<Int>
    private let checksum: UInt64

    init?(_ bytes: RawSpan, at offset: Int, limit: Int) {
      var reader = ByteReader(bytes, at: offset)
      guard let column = reader.next(UInt16.self), let width = reader.next(UInt8.self),
        let bits = reader.next(UInt8.self), let block = reader.next(UInt32.self),
        let rows = reader.next(UInt64.self), let base = reader.next(Int64.self),
        let least = reader.next(Int64.self), let greatest = reader.next(Int64.self),
        let start = reader.next(UInt64.self), let length = reader.next(UInt64.self),
        let checksum = reader.next(UInt64.self),
        rows <= UInt64(UInt32.max), start.isMultiple(of: UInt64(alignment)),
        start <= UInt64(limit), length <= UInt64(limit) - start
      else { return nil }
      self.column = column
      self.block = block
      self.rows = Int(rows)
      self.width = width
      self.bits = bits
      self.base = base
      self.least = least
      self.greatest = greatest
      self.range = Int(start)..<Int(start + length)
      self.checksum = checksum
    }

    func segment(in file: MappedFile) -> StoredSegment {
      unsafe StoredSegment(
        width: width, bits: bits, base: base, least: least, greatest: greatest,
        // Safe: the range was checked to lie within the file, which the column keeps mapped.
        bytes: Column(viewing: file.buffer(range), ownedBy: file), checksum: checksum)
    }
  }
}

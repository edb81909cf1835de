internal import Columnar
internal import MappedFiles

/// Writes a file of columns segment by segment; dropped before ``finish(_:_:)``, it leaves nothing.
struct ColumnsFileWriter: ~Copyable {
  private var file: ReplacementFile
  private var directory: [UInt8] = []
  private var segmentCount: UInt32 = 0
  private var blockCount = 0
  private var endedBlocks = 0

  init(path: String) throws(FileFault) {
    var file = try ReplacementFile(path: path)
    try file.append([UInt8](repeating: 0, count: ColumnsFile.headerSize))
    self.file = file
  }

  /// One column of one block, or one dictionary.
  mutating func append(_ segment: EncodedSegment, block: Int, rows: Int) throws(FileFault) {
    try begin(
      segment.column, width: segment.width, bits: segment.bits, block: block, rows: rows, base: segment.base,
      least: segment.least,
      greatest: segment.greatest, length: segment.bytes.count, checksum: Checksum.of(segment.bytes))
    try file.append(segment.bytes)
  }

  /// Rows as blocks of their own, sorted among themselves.
  mutating func append(_ rows: ContactRows, limit: Int = ContactBlock.rowLimit) throws(FileFault) {
    for cut in EncodedBlock.cuts(of: rows, limit: limit) { try append(EncodedBlock(rows, order: cut)) }
  }

  /// As many of sorted rows as make a block; how many those were.
  mutating func appendFirst(of rows: ContactRows, limit: Int) throws(FileFault) -> Int {
    guard let cut = EncodedBlock.cuts(of: rows, limit: limit).first else { return 0 }
    try append(EncodedBlock(rows, order: cut))
    return cut.count
  }

  private mutating func append(_ block: EncodedBlock) throws(FileFault) {
    for segment in block.segments { try append(segment, block: blockCount, rows: block.rowCount) }
    blockCount += 1
  }

  /// A block as it is, byte by byte, after a look at its checksums.
  mutating func append(_ block: ContactBlock) throws {
    for (column, segment) in try block.checkedSegments() {
      try begin(
        column.rawValue, width: segment.width, bits: segment.bits, block: blockCount, rows: block.rowCount,
        base: segment.base,
        least: segment.least, greatest: segment.greatest, length: segment.byteCount,
        checksum: segment.checksum)
      // Safe: bytes are plain values.
      try file.append(unsafe segment.bytes.span.bytes)
    }
    blockCount += 1
  }

  /// Blocks from here on hold contacts of conversations that have not ended.
  mutating func endBase() { endedBlocks = blockCount }

  private mutating func begin(
    _ column: UInt16, width: UInt8, bits: UInt8, block: Int, rows: Int, base: Int64, least: Int64,
    greatest: Int64,
    length: Int, checksum: UInt64
  ) throws(FileFault) {
    try file.pad(to: ColumnsFile.alignment)
    directory.append(littleEndian: column)
    directory.append(littleEndian: width)
    directory.append(littleEndian: bits)
    directory.append(littleEndian: UInt32(block))
    directory.append(littleEndian: UInt64(rows))
    directory.append(littleEndian: base)
    directory.append(littleEndian: least)
    directory.append(littleEndian: greatest)
    directory.append(littleEndian: UInt64(file.count))
    directory.append(littleEndian: UInt64(length))
    directory.append(littleEndian: checksum)
    segmentCount += 1
  }

  /// The dictionaries.
  mutating func append(_ names: NameDictionaries) throws(FileFault) {
    for kind in NameDictionaries.Kind.allCases {
      var bytes: [UInt8] = []
      for name in names[kind] {
        bytes.append(littleEndian: UInt32(name.utf8.count))
        bytes.append(contentsOf: name.utf8)
      }
      try append(
        EncodedSegment(column: kind.rawValue, width: 1, bytes: bytes), block: 0, rows: names[kind].count)
    }
  }

  /// Directory and header; the file is in its place and on disk when this returns.
  mutating func finish(_ kind: ColumnsFile.Kind, _ identity: ColumnsFile.Identity) throws(FileFault) {
    try file.pad(to: ColumnsFile.alignment)
    let directoryOffset = file.count
    try file.append(directory)
    var header = ColumnsFile.magic
    header.append(littleEndian: ColumnsFile.version)
    header.append(littleEndian: kind.rawValue)
    header.append(contentsOf: identity.storeUUID.utf8)
    header.append(littleEndian: identity.schema)
    header.append(littleEndian: segmentCount)
    header.append(littleEndian: identity.position.seq)
    header.append(littleEndian: identity.position.nonce)
    header.append(littleEndian: identity.basePosition.seq)
    header.append(littleEndian: identity.basePosition.nonce)
    header.append(littleEndian: UInt64(directoryOffset))
    header.append(littleEndian: Checksum.of(directory))
    header.append(littleEndian: UInt64(file.count))
    header.append(littleEndian: UInt64(endedBlocks))
    header.append(littleEndian: Checksum.of(header))
    try file.overwriteStart(with: header)
    try file.commit()
  }
}

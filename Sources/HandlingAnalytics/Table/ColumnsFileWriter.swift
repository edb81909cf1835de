internal import MappedFiles

/// Writes a file of columns segment by segment; dropped before ``finish(_:_:)``, it leaves nothing.
struct ColumnsFileWriter: ~Copyable {
  private var file: ReplacementFile
  private var directory: [UInt8] = []
  private var segmentCount: UInt32 = 0
  private var blockCount = 0

  init(path: String) throws(FileFault) {
    var file = try ReplacementFile(path: path)
    try file.append([UInt8](repeating: 0, count: ColumnsFile.headerSize))
    self.file = file
  }

  /// One column of one block, or one dictionary.
  mutating func append(_ segment: EncodedSegment, block: Int, rows: Int) throws(FileFault) {
    try file.pad(to: ColumnsFile.alignment)
    directory.append(littleEndian: segment.column)
    directory.append(littleEndian: segment.width)
    directory.append(littleEndian: UInt8(0))
    directory.append(littleEndian: UInt32(block))
    directory.append(littleEndian: UInt64(rows))
    directory.append(littleEndian: segment.base)
    directory.append(littleEndian: segment.least)
    directory.append(littleEndian: segment.greatest)
    directory.append(littleEndian: UInt64(file.count))
    directory.append(littleEndian: UInt64(segment.bytes.count))
    directory.append(littleEndian: Checksum.of(segment.bytes))
    try file.append(segment.bytes)
    segmentCount += 1
  }

  /// Rows as blocks of their own, sorted among themselves.
  mutating func append(_ rows: ContactRows) throws(FileFault) {
    for cut in EncodedBlock.cuts(of: rows) {
      let block = EncodedBlock(rows, order: cut)
      for segment in block.segments { try append(segment, block: blockCount, rows: block.rowCount) }
      blockCount += 1
    }
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
    header.append(littleEndian: UInt64(identity.openContacts))
    header.append(littleEndian: Checksum.of(header))
    try file.overwriteStart(with: header)
    try file.commit()
  }
}

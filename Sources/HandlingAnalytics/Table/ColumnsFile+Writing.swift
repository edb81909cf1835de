internal import Columnar
internal import Conversations
internal import MappedFiles

extension ColumnsFile {
  /// Writes a base: all of `rows`, sorted, with the names. Returns when it is on disk in its place.
  static func writeBase(
    _ rows: ContactRows, names: NameDictionaries, identity: Identity, to path: String
  ) throws(FileFault) {
    var writer = try Writer(path: path)
    try writer.append(rows)
    try writer.append(names)
    try writer.finish(.base, identity)
  }

  /// Writes a delta: the rows that replace hidden ones of the base, and which those are, block by block.
  static func writeDelta(
    _ rows: ContactRows, hidden: [Selection], names: NameDictionaries, identity: Identity, to path: String
  ) throws(FileFault) {
    var writer = try Writer(path: path)
    try writer.append(rows)
    for (block, selection) in hidden.enumerated() where selection.count > 0 {
      try writer.append(
        EncodedSegment(
          column: ColumnID.hiddenRows, width: 8, bytes: EncodedBlock.littleEndian(selection.words)),
        block: block, rows: selection.rowCount)
    }
    try writer.append(names)
    try writer.finish(.delta, identity)
  }

  private struct Writer: ~Copyable {
    private var file: ReplacementFile
    private var directory: [UInt8] = []
    private var segmentCount: UInt32 = 0
    private var blockCount = 0

    init(path: String) throws(FileFault) {
      var file = try ReplacementFile(path: path)
      try file.append([UInt8](repeating: 0, count: headerSize))
      self.file = file
    }

    mutating func append(_ segment: EncodedSegment, block: Int, rows: Int) throws(FileFault) {
      try file.pad(to: alignment)
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

    mutating func append(_ rows: ContactRows) throws(FileFault) {
      for cut in EncodedBlock.cuts(of: rows) {
        let block = EncodedBlock(rows, order: cut)
        for segment in block.segments { try append(segment, block: blockCount, rows: block.rowCount) }
        blockCount += 1
      }
    }

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

    mutating func finish(_ kind: Kind, _ identity: Identity) throws(FileFault) {
      try file.pad(to: alignment)
      let directoryOffset = file.count
      try file.append(directory)
      var header = magic
      header.append(littleEndian: version)
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
}

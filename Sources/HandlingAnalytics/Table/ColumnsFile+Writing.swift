internal import Columnar
internal import Conversations
internal import MappedFiles

extension ColumnsFile {
  /// Writes a base: all of `rows`, sorted, with the names. Returns when it is on disk in its place.
  static func writeBase(
    _ rows: ContactRows, names: NameDictionaries, identity: Identity, to path: String
  ) throws(FileFault) {
    var writer = try ColumnsFileWriter(path: path)
    try writer.append(rows)
    try writer.append(names)
    try writer.finish(.base, identity)
  }

  /// Writes a delta: the rows that replace hidden ones of the base, and which those are, block by block.
  static func writeDelta(
    _ rows: ContactRows, hidden: [Selection], names: NameDictionaries, identity: Identity, to path: String
  ) throws(FileFault) {
    var writer = try ColumnsFileWriter(path: path)
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
}

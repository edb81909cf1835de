internal import Columnar
package import MappedFiles

extension ContactTable {
  /// Writes a base of some contacts to `path`: those that have ended sorted by when, the others behind them.
  ///
  /// One writer at a time is the caller's duty.
  package static func write(
    ended: ContactRows, open: ContactRows, names: NameDictionaries, identity: ColumnsFile.Identity,
    to path: String, blockLimit: Int = ContactBlock.rowLimit
  ) throws(FileFault) {
    var file = try ContactTableFile(path: path, blockLimit: blockLimit)
    try file.append(ended)
    try file.append(open: open)
    try file.finish(names: names, identity)
  }

  /// Writes the whole table as a new base to `path`, in the place of an older one or of none.
  ///
  /// Blocks in which nothing has changed are copied, the others merged with what is new; a few blocks are in memory
  /// at a time. The rows are those of a base made anew from the store, in the same order. One writer at a time is the
  /// caller's duty; who has the older base open keeps it.
  ///
  /// - Parameter blockLimit: the most rows of a block, at least those of a conversation.
  /// - Throws: ``ColumnsFault`` when what is to be merged is damaged, ``FileFault``.
  /// - Complexity: O(contacts).
  package func writeBase(
    to path: String, storeUUID: String, schema: UInt32, blockLimit: Int = ContactBlock.rowLimit
  ) throws {
    var writer = try ColumnsFileWriter(path: path)
    try Self.append(try BlockMerge(.ended, of: blocks), to: &writer, limit: blockLimit)
    writer.endBase()
    try Self.append(try BlockMerge(.open, of: blocks), to: &writer, limit: blockLimit)
    try writer.append(names)
    try writer.finish(
      .base,
      ColumnsFile.Identity(
        storeUUID: storeUUID, schema: schema, position: position, basePosition: position))
    // Of the older base: nobody who has opened the new one looks at it.
    ReplacementFile.remove(ColumnsFile.deltaPath(path))
  }

  private static func append(_ merge: BlockMerge, to writer: inout ColumnsFileWriter, limit: Int) throws {
    var merge = merge
    var rows = ContactRows()
    while true {
      // What goes between two whole blocks becomes blocks of at least half the limit: one row more in a full block
      // must not move the rows of all that follow, nor leave a block of one row.
      if rows.count == 0 || rows.count >= limit / 2, let block = merge.nextWhole(ofAtLeast: limit / 2) {
        let isLong = rows.count > limit
        try writer.append(rows, limit: isLong ? (rows.count + 1) / 2 : limit)
        rows = ContactRows()
        try writer.append(block)
      } else if try merge.append(to: &rows) {
        while rows.count >= 2 * limit { rows.removeFirst(try writer.appendFirst(of: rows, limit: limit)) }
      } else {
        return try writer.append(rows, limit: limit)
      }
    }
  }

  /// Writes the delta beside the base at `path`, which must be this table's: the rows that replace hidden ones, and
  /// which those are. A table that has nothing but its base needs none.
  ///
  /// - Throws: as ``writeBase(to:storeUUID:schema:blockLimit:)``.
  package func saveDelta(path: String, storeUUID: String, schema: UInt32) throws {
    let deltaPath = ColumnsFile.deltaPath(path)
    guard position != basePosition else { return ReplacementFile.remove(deltaPath) }
    var writer = try ColumnsFileWriter(path: deltaPath)
    for (block, hidden) in zip(delta, hiddenInDelta) {
      if hidden.isEmpty {
        try writer.append(block)
      } else {
        var kept = hidden
        kept.invert()
        try writer.append(try block.rows(kept), limit: ContactBlock.rowLimit)
      }
    }
    for (block, selection) in hidden.enumerated() where !selection.isEmpty {
      try writer.append(
        EncodedSegment(
          column: ColumnID.hiddenRows, width: 8, bytes: EncodedBlock.littleEndian(selection.words)),
        block: block, rows: selection.rowCount)
    }
    try writer.append(names)
    try writer.finish(
      .delta,
      ColumnsFile.Identity(
        storeUUID: storeUUID, schema: schema, position: position, basePosition: basePosition))
  }
}

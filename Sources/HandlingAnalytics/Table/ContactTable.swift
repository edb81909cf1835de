internal import Columnar
internal import MappedFiles

/// Every contact of a store as columns, at one place of its change log: what reports scan.
///
/// An immutable base, a bitmap of base rows that are out of date, and a delta that holds those rows anew
/// together with all contacts of conversations that have not ended. The unit of change is the conversation.
/// The delta is a few sorted blocks, the newest last and smallest, with bitmaps of their own.
package final class ContactTable: Sendable {
  /// The change up to which the table holds the store.
  package let position: TablePosition
  /// Names behind the codes.
  package let names: NameDictionaries
  /// The change up to which its base holds the store.
  package let basePosition: TablePosition
  /// What was wrong with a delta on disk that the table does without; `nil` when nothing was.
  package let deltaFault: ColumnsFault?
  let base: [ContactBlock]
  let hidden: [Selection]
  let delta: [ContactBlock]
  let hiddenInDelta: [Selection]
  /// Every block with the rows of it that still hold: the base's, then the delta's.
  let blocks: [(block: ContactBlock, hidden: Selection?)]
  /// How many tags count as others.
  package let mergedTagCount: Int

  init(
    position: TablePosition, names: NameDictionaries, basePosition: TablePosition, base: [ContactBlock],
    hidden: [Selection], delta: [ContactBlock], hiddenInDelta: [Selection]? = nil,
    deltaFault: ColumnsFault? = nil, hasOnlyEndedInBase: Bool = true
  ) {
    self.position = position
    self.names = names
    self.basePosition = basePosition
    self.deltaFault = deltaFault
    self.base = base.map { block in
      var block = block
      if hasOnlyEndedInBase { (block.hasEnded, block.isSorted) = (true, true) }
      return block
    }
    self.hidden = hidden
    self.delta = delta
    self.hiddenInDelta = hiddenInDelta ?? Self.nothingHidden(in: delta)
    mergedTagCount = 0
    blocks =
      zip(self.base, hidden).map { ($0, $1.isEmpty ? nil : $1) }
      + zip(delta, self.hiddenInDelta).map { ($0, $1.isEmpty ? nil : $1) }
  }

  /// The same contacts with some tags counting as others.
  private init(_ table: ContactTable, tagMap: CodeMap, mergedTagCount: Int) {
    (position, names, basePosition) = (table.position, table.names, table.basePosition)
    (deltaFault, base, hidden) = (table.deltaFault, table.base, table.hidden)
    (delta, hiddenInDelta) = (table.delta, table.hiddenInDelta)
    self.mergedTagCount = mergedTagCount
    blocks = table.blocks.map { block, hidden in
      var block = block
      block.tagMap = tagMap
      return (block, hidden)
    }
  }

  /// The same contacts as questions see them where tags were merged: one that two of its conversation's tags have come
  /// to counts once. To be asked, not to be changed or saved. O(blocks + tags).
  ///
  /// - Parameter merged: what each merged tag has come to.
  package func merging(_ merged: [Int32: Int32]) -> ContactTable {
    if merged.isEmpty { return self }
    var codes = (0...UInt32(names[.tag].count)).map { $0 }
    for (tag, target) in merged where codes.indices.contains(Int(tag)) && codes.indices.contains(Int(target))
    {
      codes[Int(tag)] = UInt32(target)
    }
    return ContactTable(self, tagMap: CodeMap(codes), mergedTagCount: merged.count)
  }

  /// A table in memory only: where nothing may be written, and in tests. O(n log n).
  ///
  /// - Parameters:
  ///   - ended: contacts of conversations that have ended.
  ///   - open: the others.
  ///   - blockLimit: the most rows of a block, at least those of a conversation.
  package convenience init(
    ended: ContactRows, open: ContactRows, names: NameDictionaries, position: TablePosition,
    blockLimit: Int = ContactBlock.rowLimit
  ) {
    let base = Self.blocks(of: ended, limit: blockLimit)
    self.init(
      position: position, names: names, basePosition: position, base: base,
      hidden: Self.nothingHidden(in: base), delta: Self.blocks(of: open, limit: blockLimit))
  }

  /// Opens the base at `path` and the delta beside it.
  ///
  /// - Throws: what is wrong with the base. A delta that is wrong, or of another base, is ignored: that leaves the
  ///   table further behind but right, for a base holds all there was at its change.
  package convenience init(path: String, storeUUID: String, schema: UInt32) throws(ColumnsFault) {
    var base = try ColumnsFile.read(.base, path: path, storeUUID: storeUUID, schema: schema)
    var delta: ColumnsFile.Contents?
    var deltaFault: ColumnsFault?
    // Another process may put its base in place, and a delta beside it, between the two readings.
    for _ in 0..<4 {
      (delta, deltaFault) = (nil, nil)
      do throws(ColumnsFault) {
        let found = try ColumnsFile.read(
          .delta, path: ColumnsFile.deltaPath(path), storeUUID: storeUUID, schema: schema)
        if found.identity.basePosition == base.identity.position {
          delta = found
          break
        }
      } catch {
        deltaFault = error == .missing || error == .stale ? nil : error
      }
      if FileStamp(path: path) == base.stamp { break }
      base = try ColumnsFile.read(.base, path: path, storeUUID: storeUUID, schema: schema)
    }
    let ended = Array(base.blocks.prefix(base.endedBlocks))
    var hidden = Self.nothingHidden(in: ended)
    if let found = delta {
      do throws(ColumnsFault) {
        for (block, segment) in found.hidden {
          hidden[block] = try Self.selection(segment, of: block, in: ended)
        }
      } catch {
        (delta, deltaFault) = (nil, error)
        hidden = Self.nothingHidden(in: ended)
      }
    }
    self.init(
      position: delta?.identity.position ?? base.identity.position, names: delta?.names ?? base.names,
      basePosition: base.identity.position, base: ended, hidden: hidden,
      delta: delta?.blocks ?? Array(base.blocks.dropFirst(base.endedBlocks)), deltaFault: deltaFault)
  }

  private static func selection(_ segment: StoredSegment, of block: Int, in blocks: [ContactBlock])
    throws(ColumnsFault) -> Selection
  {
    guard blocks.indices.contains(block), segment.byteCount.isMultiple(of: 8),
      let selection = Selection(
        rowCount: blocks[block].rowCount, words: segment.column(of: UInt64.self).elements)
    else { throw .damaged }
    return selection
  }

  static func blocks(of rows: ContactRows, limit: Int = ContactBlock.rowLimit) -> [ContactBlock] {
    EncodedBlock.cuts(of: rows, limit: limit).map { ContactBlock(EncodedBlock(rows, order: $0)) }
  }

  static func nothingHidden(in blocks: [ContactBlock]) -> [Selection] {
    blocks.map { Selection(rowCount: $0.rowCount, all: false) }
  }

  /// Number of contacts. O(blocks).
  package var contactCount: Int {
    blocks.reduce(0) { $0 + $1.block.rowCount - ($1.hidden?.count ?? 0) }
  }

  /// Number of rows of the base that are out of date. O(base rows / 64).
  package var hiddenCount: Int { hidden.reduce(0) { $0 + $1.count } }

  /// Number of contacts outside the base. O(blocks of the delta).
  package var deltaCount: Int {
    zip(delta, hiddenInDelta).reduce(0) { $0 + $1.0.rowCount - $1.1.count }
  }
}

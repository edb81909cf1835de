internal import Columnar
package import MappedFiles

/// Every contact of a store as columns, at one place of its change log: what reports scan.
///
/// An immutable base, a bitmap of base rows that are out of date, and a delta that holds those rows anew
/// together with all contacts of conversations that have not ended. The unit of change is the conversation.
package final class ContactTable: Sendable {
  /// The change up to which the table holds the store.
  package let position: TablePosition
  /// Names behind the codes.
  package let names: NameDictionaries
  let basePosition: TablePosition
  /// Contacts that were left to the delta when the base was written.
  private let openInBase: Int
  let base: [ContactBlock]
  let hidden: [Selection]
  let delta: [ContactBlock]

  init(
    position: TablePosition, names: NameDictionaries, basePosition: TablePosition, openInBase: Int,
    base: [ContactBlock], hidden: [Selection], delta: [ContactBlock], hasOnlyEndedInBase: Bool = true
  ) {
    self.position = position
    self.names = names
    self.basePosition = basePosition
    self.openInBase = openInBase
    self.base = base.map { block in
      var block = block
      if hasOnlyEndedInBase { (block.hasEnded, block.isSorted) = (true, true) }
      return block
    }
    self.hidden = hidden
    self.delta = delta
    blocks = zip(self.base, hidden).map { ($0, $1.isEmpty ? nil : $1) } + delta.map { ($0, nil) }
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
      position: position, names: names, basePosition: position, openInBase: open.count, base: base,
      hidden: base.map { Selection(rowCount: $0.rowCount, all: false) },
      delta: Self.blocks(of: open, limit: blockLimit))
  }

  /// Opens the base at `path` and the delta beside it.
  ///
  /// - Throws: what is wrong with the base, or with a delta that the base can't do without. Another delta that
  ///   is wrong is ignored, which leaves the table further behind but right.
  package convenience init(path: String, storeUUID: String, schema: UInt32) throws(ColumnsFault) {
    let base = try ColumnsFile.read(.base, path: path, storeUUID: storeUUID, schema: schema)
    var hidden = base.blocks.map { Selection(rowCount: $0.rowCount, all: false) }
    do throws(ColumnsFault) {
      let delta = try ColumnsFile.read(.delta, path: path + "-delta", storeUUID: storeUUID, schema: schema)
      guard delta.identity.basePosition == base.identity.position else { throw .stale }
      for (block, segment) in delta.hidden {
        guard base.blocks.indices.contains(block), segment.byteCount.isMultiple(of: 8) else { throw .damaged }
        let words = segment.column(of: UInt64.self)
        guard
          let selection = Selection(
            rowCount: base.blocks[block].rowCount, words: words.span.indices.map { words.span[$0] })
        else { throw .damaged }
        hidden[block] = selection
      }
      self.init(
        position: delta.identity.position, names: delta.names, basePosition: base.identity.position,
        openInBase: base.identity.openContacts, base: base.blocks, hidden: hidden, delta: delta.blocks)
    } catch {
      guard base.identity.openContacts == 0 else { throw error == .missing ? .stale : error }
      hidden = base.blocks.map { Selection(rowCount: $0.rowCount, all: false) }
      self.init(
        position: base.identity.position, names: base.names, basePosition: base.identity.position,
        openInBase: 0, base: base.blocks, hidden: hidden, delta: [])
    }
  }

  static func blocks(of rows: ContactRows, limit: Int = ContactBlock.rowLimit) -> [ContactBlock] {
    EncodedBlock.cuts(of: rows, limit: limit).map { ContactBlock(EncodedBlock(rows, order: $0)) }
  }

  /// Every block with the rows of it that still hold.
  let blocks: [(block: ContactBlock, hidden: Selection?)]

}

extension ContactTable {
  /// Number of contacts.
  package var contactCount: Int {
    (base + delta).reduce(0) { $0 + $1.rowCount } - hidden.reduce(0) { $0 + $1.count }
  }

  /// The table after the conversations with the keys `changed` have become `rows`.
  ///
  /// Their base rows are hidden and their delta rows replaced. O(base rows + delta rows).
  package func replacing(
    _ changed: Set<Int64>, with rows: ContactRows, names: NameDictionaries, position: TablePosition
  ) throws(ColumnsFault) -> ContactTable {
    var hidden = hidden
    var keys: [Int64] = []
    if let least = changed.min(), let greatest = changed.max() {
      for (number, block) in base.enumerated() {
        guard let range = try block.range(of: .conversation), range.overlaps(least...greatest) else {
          continue
        }
        try block.offsets(.conversation).decode(into: &keys)
        for (row, key) in keys.enumerated() where key >= least && key <= greatest && changed.contains(key) {
          hidden[number].insert(row)
        }
      }
    }
    var deltaRows = rows
    for block in delta { try block.appendRows(to: &deltaRows, unless: changed.contains) }
    return ContactTable(
      position: position, names: names, basePosition: basePosition, openInBase: openInBase, base: base,
      hidden: hidden, delta: Self.blocks(of: deltaRows))
  }

  /// Whether so many ended contacts have gathered outside the base that it should be written anew: above
  /// max(4,096, 1% of the base).
  package func needsCompaction() throws(ColumnsFault) -> Bool {
    var ended = 0
    for block in delta {
      let marks = try block.marks()
      ended += Selection(marks.span, masked: ContactMarks.ended, equal: ContactMarks.ended).count
    }
    return ended > max(4_096, base.reduce(0) { $0 + $1.rowCount } / 100)
  }

  /// Writes the delta beside the base at `path`, unless another process has put a base of its own there.
  package func saveDelta(path: String, storeUUID: String, schema: UInt32) throws(FileFault) {
    let stored = try? ColumnsFile.read(.base, path: path, storeUUID: storeUUID, schema: schema)
    guard stored?.identity.position == basePosition else { return }
    var rows = ContactRows()
    do {
      for block in delta { try block.appendRows(to: &rows, unless: { _ in false }) }
    } catch {
      // The delta's own segments are damaged: leave the files as they are, the next reader rebuilds.
      return
    }
    try ColumnsFile.writeDelta(
      rows, hidden: hidden, names: names,
      identity: ColumnsFile.Identity(
        storeUUID: storeUUID, schema: schema, position: position, basePosition: basePosition,
        openContacts: openInBase),
      to: path + "-delta")
  }

  /// Writes a base of the ended contacts and a delta of the open ones to `path` and beside it.
  ///
  /// The delta goes first: until the new base is in place, it belongs to none and the old base is found stale.
  package static func write(
    ended: ContactRows, open: ContactRows, names: NameDictionaries, identity: ColumnsFile.Identity,
    to path: String
  ) throws(FileFault) {
    try ColumnsFile.writeDelta(open, hidden: [], names: names, identity: identity, to: path + "-delta")
    try ColumnsFile.writeBase(ended, names: names, identity: identity, to: path)
  }
}

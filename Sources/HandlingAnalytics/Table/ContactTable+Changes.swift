internal import Columnar

extension ContactTable {
  /// The table after the conversations with the keys `changed` have become `rows`.
  ///
  /// Their old rows are hidden, the new ones a further block of the delta. The last blocks are merged while the one
  /// before is not twice as large, so that they stay few and a row is copied O(log(delta rows)) times in all.
  /// O(rows of the blocks whose conversations are about the changed ones).
  ///
  /// - Parameter blockLimit: the most rows of a block, at least those of a conversation.
  package func replacing(
    _ changed: Set<Int64>, with rows: ContactRows, names: NameDictionaries, position: TablePosition,
    blockLimit: Int = ContactBlock.rowLimit
  ) throws(ColumnsFault) -> ContactTable {
    var (hidden, hiddenInDelta) = (hidden, hiddenInDelta)
    // What the delta has is hidden in the base already.
    var sought = changed
    for (number, block) in delta.enumerated() {
      let found = try Self.hide(changed, in: block, &hiddenInDelta[number])
      sought.subtract(found)
    }
    for (number, block) in base.enumerated() { _ = try Self.hide(sought, in: block, &hidden[number]) }
    let new = Self.blocks(of: rows, limit: blockLimit)
    let parts = try Self.merged(
      zip(delta + new, hiddenInDelta + Self.nothingHidden(in: new)).map { ($0, $1) }, limit: blockLimit)
    return ContactTable(
      position: position, names: names, basePosition: basePosition, base: base, hidden: hidden,
      delta: parts.map(\.block), hiddenInDelta: parts.map(\.hidden), deltaFault: deltaFault)
  }

  /// Whether so much lies outside the base or is hidden in it that it should be written anew: contacts of ended
  /// conversations above a bound and above 1% of the base. O(delta rows + base rows / 64).
  package func needsCompaction(above bound: Int = 4_096) throws(ColumnsFault) -> Bool {
    let bound = max(bound, base.reduce(0) { $0 + $1.rowCount } / 100)
    if hiddenCount > bound { return true }
    var ended = 0
    for (block, hidden) in zip(delta, hiddenInDelta) {
      let marks = try block.marks()
      var selection = Selection(marks.span, masked: ContactMarks.ended, equal: ContactMarks.ended)
      selection.subtract(hidden)
      ended += selection.count
    }
    return ended > bound
  }

  /// Hides the rows of some conversations, and says of which there were any that were not hidden.
  private static func hide(_ conversations: Set<Int64>, in block: ContactBlock, _ hidden: inout Selection)
    throws(ColumnsFault) -> Set<Int64>
  {
    var found = Set<Int64>()
    guard let range = try block.range(of: .conversation) else { return found }
    let candidates = conversations.filter(range.contains)
    guard let least = candidates.min(), let greatest = candidates.max() else { return found }
    func hide(_ row: Int, _ key: Int64) {
      guard candidates.contains(key), !hidden.contains(row) else { return }
      hidden.insert(row)
      found.insert(key)
    }
    switch try block.offsets(.conversation) {
    case .narrow(let base, let column):
      // Distances below the mark of a missing value: `least` and `greatest` lie in the block's range.
      let bounds = UInt32(clamping: least &- base)...UInt32(clamping: greatest &- base)
      let span = column.span
      for row in span.indices where bounds.contains(span[row]) { hide(row, base &+ Int64(span[row])) }
    case .wide(let column):
      let span = column.span
      for row in span.indices where span[row] >= least && span[row] <= greatest { hide(row, span[row]) }
    }
    return found
  }

  private typealias Part = (block: ContactBlock, hidden: Selection)

  /// The blocks of a delta with the last ones merged.
  private static func merged(_ parts: [Part], limit: Int) throws(ColumnsFault) -> [Part] {
    func count(_ part: Part) -> Int { part.block.rowCount - part.hidden.count }
    var parts = parts.filter { count($0) > 0 }
    while parts.count > 1 {
      let (last, previous) = (parts[parts.count - 1], parts[parts.count - 2])
      guard count(previous) <= 2 * count(last), count(previous) + count(last) <= limit else { break }
      var rows = ContactRows()
      for part in [previous, last] {
        var kept = part.hidden
        kept.invert()
        let some = try part.block.rows(kept)
        rows.append(some, 0..<some.count)
      }
      parts.removeLast(2)
      for block in blocks(of: rows, limit: limit) {
        parts.append((block, Selection(rowCount: block.rowCount, all: false)))
      }
    }
    return parts
  }
}

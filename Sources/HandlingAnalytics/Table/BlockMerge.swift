internal import Columnar

/// The contacts of many sorted blocks in one order, read block by block: what a new base is made from.
///
/// A block is decoded when the order reaches its least key and let go after its last row, so that only blocks that
/// overlap are in memory together: of a base sorted by the ended instant one, and beside it those of the delta.
struct BlockMerge {
  /// Which contacts are wanted.
  enum Part {
    /// Those of conversations that have ended, by the instant of that.
    case ended
    /// The others, by conversation.
    case open
  }

  /// What the order goes by; a conversation lies in one block, where start and key have put its contacts in order.
  private struct Key: Comparable {
    var instant = Int64.min
    var conversation = Int64.min

    static func < (one: Key, other: Key) -> Bool {
      (one.instant, one.conversation) < (other.instant, other.conversation)
    }
  }

  private struct Source {
    let block: ContactBlock
    let kept: Selection
    let least: Key
    let greatest: Key
    /// Its place in the table, where the blocks of a base are in order.
    let number: Int
    var isOfBase: Bool { block.hasEnded }
  }

  private struct Cursor {
    let rows: ContactRows
    var next = 0

    func key(_ row: Int) -> Key { Key(instant: rows.reportedAt[row], conversation: rows.conversations[row]) }
    var nextKey: Key { key(next) }

    /// The first row from the next on whose key is not before `limit`. O(log(rows)).
    func end(before limit: Key) -> Int {
      var (low, high) = (next, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if key(middle) < limit { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  /// Not yet opened, the least key last.
  private var waiting: [Source] = []
  private var cursors: [Cursor] = []

  /// Begins with the contacts of `blocks` that are not hidden and of `part`; those of a base come first, in order.
  init(_ part: Part, of blocks: [(block: ContactBlock, hidden: Selection?)]) throws(ColumnsFault) {
    for number in blocks.indices {
      let block = blocks[number].block
      var kept = try Self.rows(of: part, in: block)
      if let hidden = blocks[number].hidden { kept.subtract(hidden) }
      if kept.isEmpty { continue }
      let range = try block.range(of: part == .ended ? .reportedAt : .conversation) ?? (.min ... .max)
      var (least, greatest) = (Key(), Key())
      switch part {
      case .ended:
        least.instant = range.lowerBound
        greatest = Key(instant: range.upperBound, conversation: .max)
      case .open:
        least.conversation = range.lowerBound
        greatest.conversation = range.upperBound
      }
      waiting.append(Source(block: block, kept: kept, least: least, greatest: greatest, number: number))
    }
    waiting.sort { $0.least == $1.least ? $0.number > $1.number : $0.least > $1.least }
  }

  private static func rows(of part: Part, in block: ContactBlock) throws(ColumnsFault) -> Selection {
    if block.hasEnded { return Selection(rowCount: block.rowCount, all: part == .ended) }
    let marks = try block.marks()
    return Selection(
      marks.span, masked: ContactMarks.ended, equal: part == .ended ? ContactMarks.ended : 0)
  }

  /// The next block of the base when no row of the delta comes before its last: it can be taken as it is.
  ///
  /// The last block is not taken before rows of the delta, which fill it up.
  mutating func nextWhole(ofAtLeast rowCount: Int) -> ContactBlock? {
    guard cursors.isEmpty, let next = waiting.last, next.isOfBase, next.block.rowCount >= rowCount,
      next.kept.count == next.block.rowCount
    else { return nil }
    let others = waiting.dropLast()
    guard others.isEmpty || others.contains(where: \.isOfBase),
      !others.contains(where: { !$0.isOfBase && $0.least <= next.greatest })
    else { return nil }
    waiting.removeLast()
    return next.block
  }

  /// Appends the next rows to `rows`: all that one block has before the next of another. False at the end.
  mutating func append(to rows: inout ContactRows) throws(ColumnsFault) -> Bool {
    try openDue()
    guard let first = cursors.indices.min(by: { cursors[$0].nextKey < cursors[$1].nextKey }) else {
      return false
    }
    var limit = waiting.last?.least ?? Key(instant: .max, conversation: .max)
    for other in cursors.indices where other != first {
      if cursors[other].nextKey < limit { limit = cursors[other].nextKey }
    }
    // One row at least, whatever a file may claim about its order.
    let end = max(cursors[first].end(before: limit), cursors[first].next + 1)
    rows.append(cursors[first].rows, cursors[first].next..<end)
    cursors[first].next = end
    if end == cursors[first].rows.count { cursors.remove(at: first) }
    return true
  }

  private func isDue(_ least: Key) -> Bool { cursors.allSatisfy { least <= $0.nextKey } }

  /// Opens the blocks that may hold the next row.
  private mutating func openDue() throws(ColumnsFault) {
    while !waiting.isEmpty, isDue(waiting[waiting.count - 1].least) {
      let source = waiting.removeLast()
      cursors.append(Cursor(rows: try source.block.rows(source.kept)))
    }
  }
}

internal import Columnar

/// A condition on contacts in terms of columns: what a ``Filter`` becomes once names are codes.
indirect enum ContactTest: Sendable {
  case all([ContactTest])
  case any([ContactTest])
  case not(ContactTest)
  /// The code is marked in a list with a place for every code.
  case codes(ColumnID, wanted: [Bool])
  /// One of the tags is marked; place 0 stands for having none.
  case tags(wanted: [Bool])
  /// The bucket of the instant is marked.
  case calendar(ColumnID, CalendarCodes, wanted: [Bool])
  /// The masked marks are this.
  case marks(mask: UInt8, equal: UInt8)
  /// One of these flags is set.
  case flags(UInt32)
  /// The handling value lies in the range.
  case seconds(ClosedRange<UInt32>)
  /// The code of a duration, one above it, lies in the range.
  case duration(ColumnID, codes: ClosedRange<UInt32>)
  /// The instant lies in the range; a missing one does not.
  case instants(ColumnID, ClosedRange<Int64>)
  /// The conversation is one of these.
  case conversations(Set<Int64>)

  /// Which rows of a block a condition keeps.
  enum Verdict {
    case none
    case all
    case some(Selection)

    /// As a bitmap.
    func selection(rowCount: Int) -> Selection {
      switch self {
      case .none: Selection(rowCount: rowCount, all: false)
      case .all: Selection(rowCount: rowCount, all: true)
      case .some(let selection): selection
      }
    }

    init(_ selection: Selection) {
      self = selection.isEmpty ? .none : .some(selection)
    }
  }

  /// The columns that are read.
  var columns: Set<ColumnID> {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.columns) }
    case .not(let part): part.columns
    case .codes(let column, _), .calendar(let column, _, _), .duration(let column, _),
      .instants(let column, _):
      [column]
    case .tags: [.firstTag, .furtherTagRows, .furtherTagCodes]
    case .marks: [.marks]
    case .flags: [.flags]
    case .seconds: [.seconds]
    case .conversations: [.conversation]
    }
  }

  /// What a block's least and greatest values tell: none or all of its rows, or `nil` when they must be looked at.
  /// O(size of the condition).
  func verdictByRange(_ block: ContactBlock) throws(ColumnsFault) -> Bool? {
    switch self {
    case .all(let parts):
      var isSure = true
      for part in parts {
        let verdict = try part.verdictByRange(block)
        if verdict == false { return false }
        if verdict == nil { isSure = false }
      }
      return isSure ? true : nil
    case .any(let parts):
      var isSure = true
      for part in parts {
        let verdict = try part.verdictByRange(block)
        if verdict == true { return true }
        if verdict == nil { isSure = false }
      }
      return isSure ? false : nil
    case .not(let part): return try part.verdictByRange(block).map { !$0 }
    case .codes(let column, let wanted):
      guard let range = try block.range(of: column) else { return nil }
      let codes = wanted[Int(range.lowerBound)...Int(range.upperBound)]
      if !codes.contains(true) { return false }
      return codes.contains(false) ? nil : true
    case .duration(let column, let codes):
      guard let range = try block.range(of: column) else { return nil }
      return Self.verdict(range, in: Int64(codes.lowerBound)...Int64(codes.upperBound), allPresent: true)
    case .instants(let column, let wanted):
      // Without any instant there is nothing to keep; with some, others may be missing.
      guard let range = try block.range(of: column) else { return false }
      return Self.verdict(
        range, in: wanted, allPresent: column == .startedAt || column == .reportedAt && block.hasEnded)
    case .conversations(let keys):
      guard let range = try block.range(of: .conversation) else { return nil }
      return keys.contains(where: range.contains) ? nil : false
    case .tags, .calendar, .marks, .flags, .seconds: return nil
    }
  }

  private static func verdict(_ range: ClosedRange<Int64>, in wanted: ClosedRange<Int64>, allPresent: Bool)
    -> Bool?
  {
    if !range.overlaps(wanted) { return false }
    let isInside = wanted.contains(range.lowerBound) && wanted.contains(range.upperBound)
    return isInside && allPresent ? true : nil
  }

  /// The rows of a block that the condition keeps. O(rows) a column, nothing where least and greatest value decide.
  func verdict(_ block: ContactBlock) throws(ColumnsFault) -> Verdict {
    if let isKept = try verdictByRange(block) { return isKept ? .all : .none }
    switch self {
    case .all(let parts): return try Self.conjunction(parts, block)
    case .any(let parts):
      // Not any is all not: one loop for both.
      switch try Self.conjunction(parts.map { .not($0) }, block) {
      case .none: return .all
      case .all: return .none
      case .some(var selection):
        selection.invert()
        return Verdict(selection)
      }
    case .not(let part):
      switch try part.verdict(block) {
      case .none: return .all
      case .all: return .none
      case .some(var selection):
        selection.invert()
        return Verdict(selection)
      }
    default: return Verdict(try rows(block))
    }
  }

  private static func conjunction(_ parts: [ContactTest], _ block: ContactBlock) throws(ColumnsFault)
    -> Verdict
  {
    var kept: Selection?
    for part in parts {
      guard let before = kept else {
        switch try part.verdict(block) {
        case .none: return .none
        case .all: continue
        case .some(let selection): kept = selection
        }
        continue
      }
      let rest = try part.rows(among: before, of: block)
      if rest.isEmpty { return .none }
      kept = rest
    }
    return kept.map(Verdict.some) ?? .all
  }

  /// Those of some rows that the condition keeps: what has none of them is not looked at.
  func rows(among before: Selection, of block: ContactBlock) throws(ColumnsFault) -> Selection {
    if let isKept = try verdictByRange(block) {
      return isKept ? before : Selection(rowCount: block.rowCount, all: false)
    }
    switch self {
    case .seconds(let range):
      let seconds = try block.numbers(.seconds)
      return before.filter(seconds.span, in: range)
    case .marks(let mask, let value):
      let marks = try block.marks()
      return before.filter(marks.span, masked: mask, equal: value)
    case .codes(let column, let wanted): return before.filter(try block.codes(column), wanted: wanted)
    default:
      var kept = before
      kept.intersect(try verdict(block).selection(rowCount: block.rowCount))
      return kept
    }
  }

  /// About what a look at a row costs, in bytes: the cheap ones of several conditions come first.
  var cost: Int {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.cost }
    case .not(let part): part.cost
    case .codes, .marks: 1
    case .tags: 2
    case .seconds, .duration, .flags: 4
    case .instants: 5
    case .calendar, .conversations: 16
    }
  }

  /// The rows that a single column decides.
  private func rows(_ block: ContactBlock) throws(ColumnsFault) -> Selection {
    switch self {
    case .codes(let column, let wanted): return Selection(try block.codes(column), wanted: wanted)
    case .tags(let wanted):
      let lists = try block.tags()
      var kept = Selection(lists.first, wanted: wanted)
      let rows = lists.furtherRows.span
      for place in rows.indices where wanted[Int(lists.furtherCodes.code(at: place))] {
        kept.insert(Int(rows[place]))
      }
      return kept
    case .calendar(let column, let calendar, let wanted):
      var instants: [Int64] = []
      try block.offsets(column).decode(into: &instants)
      var kept = Selection(rowCount: block.rowCount, all: false)
      var cursor = CalendarCodes.Cursor()
      for (row, instant) in instants.enumerated()
      where wanted[Int(calendar.code(of: instant, cursor: &cursor))] { kept.insert(row) }
      return kept
    case .marks(let mask, let value):
      let marks = try block.marks()
      return Selection(marks.span, masked: mask, equal: value)
    case .flags(let mask):
      var flags: [UInt32] = []
      try block.codes(.flags).decode(into: &flags)
      return Selection(flags, anyOf: mask)
    case .seconds(let range):
      let seconds = try block.numbers(.seconds)
      return Selection(seconds.span, in: range)
    case .duration(let column, let range):
      var codes: [UInt32] = []
      try block.codes(column).decode(into: &codes)
      return Selection(codes.span, in: range)
    case .instants(let column, let range):
      var instants: [Int64] = []
      try block.offsets(column).decode(into: &instants)
      return Selection(instants, in: range)
    case .conversations(let keys):
      var conversations: [Int64] = []
      try block.offsets(.conversation).decode(into: &conversations)
      var kept = Selection(rowCount: block.rowCount, all: false)
      for (row, conversation) in conversations.enumerated() where keys.contains(conversation) {
        kept.insert(row)
      }
      return kept
    case .all, .any, .not: throw .damaged
    }
  }
}

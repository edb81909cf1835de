internal import Columnar

/// The values themselves, for figures that sums can't give: a second pass files them under the groups of the first.
struct ValueCollector: Sendable {
  private let needs: FigureNeeds
  private(set) var values: GroupedValues<UInt32>
  private(set) var totalValues: GroupedValues<UInt32>
  private(set) var conversationValues: GroupedValues<UInt64>
  private(set) var totalConversationValues: GroupedValues<UInt64>
  private(set) var replies: GroupedValues<UInt32>
  private(set) var totalReplies: GroupedValues<UInt32>
  private(set) var intervals = OwnedIntervals()
  private(set) var totalIntervals = OwnedIntervals()

  /// Makes room for what a slice has counted.
  init(_ needs: FigureNeeds, groups: GroupSums, total: GroupSums) {
    self.needs = needs
    func counts(_ isWanted: Bool, _ sums: GroupSums, _ count: (Int) -> Int) -> [Int] {
      isWanted ? (0..<sums.count).map(count) : []
    }
    let byContact = !needs.orderedValues.isEmpty && !needs.isPerConversation
    let byConversation = !needs.orderedValues.isEmpty && needs.isPerConversation
    let ofReplies = !needs.orderedReplies.isEmpty
    values = GroupedValues(counts: counts(byContact, groups, groups.valueCount))
    totalValues = GroupedValues(counts: counts(byContact, total, total.valueCount))
    conversationValues = GroupedValues(counts: counts(byConversation, groups, groups.valueCount))
    totalConversationValues = GroupedValues(counts: counts(byConversation, total, total.valueCount))
    replies = GroupedValues(counts: counts(ofReplies, groups) { Int(groups.replies[$0]) })
    totalReplies = GroupedValues(counts: counts(ofReplies, total) { Int(total.replies[$0]) })
  }

  mutating func add(
    _ block: ContactBlock, rows: [UInt32], groups: [UInt32], entries: inout ConversationEntries
  ) throws(ColumnsFault) {
    try Self.add(
      block, rows, groups, &entries, needs, &values, &conversationValues, &replies, &intervals)
  }

  mutating func addToTotal(
    _ block: ContactBlock, rows: [UInt32], groups: [UInt32], entries: inout ConversationEntries
  ) throws(ColumnsFault) {
    try Self.add(
      block, rows, groups, &entries, needs, &totalValues, &totalConversationValues, &totalReplies,
      &totalIntervals)
  }

  private static func add(
    _ block: ContactBlock, _ rows: [UInt32], _ groups: [UInt32], _ entries: inout ConversationEntries,
    _ needs: FigureNeeds, _ values: inout GroupedValues<UInt32>,
    _ conversationValues: inout GroupedValues<UInt64>,
    _ replies: inout GroupedValues<UInt32>, _ intervals: inout OwnedIntervals
  ) throws(ColumnsFault) {
    if !needs.orderedValues.isEmpty {
      if needs.isPerConversation {
        try entries.fill(block, rows: rows, groups: groups)
        conversationValues.add(entries)
      } else {
        let marks = try block.marks()
        let seconds = try block.numbers(.seconds)
        values.add(
          rows: rows, groups: groups, seconds: seconds.span, marks: marks.span,
          handledBit: ContactMarks.handled)
      }
    }
    if !needs.orderedReplies.isEmpty {
      var durations: [UInt32] = []
      try block.codes(.firstReply).decodeDurations(into: &durations)
      replies.add(rows: rows, groups: groups, durations: durations)
    }
    if needs.intervals {
      var starts: [Int64] = []
      var ends: [Int64] = []
      try block.offsets(.startedAt).decode(into: &starts)
      try block.offsets(.endedAt).decode(into: &ends)
      intervals.add(rows: rows, groups: groups, owners: try block.codes(.agent), starts: starts, ends: ends)
    }
  }
}

extension FigureNeeds {
  /// Whether a second pass over the table is needed.
  var secondPass: Bool { !orderedValues.isEmpty || !orderedReplies.isEmpty || intervals }
}

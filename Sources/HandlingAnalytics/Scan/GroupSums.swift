internal import Columnar

/// What groups have added up: one place a group in each list that the question needs.
struct GroupSums: Sendable {
  let needs: FigureNeeds
  private(set) var count = 0
  private(set) var tallies: [Tally] = []
  private(set) var conversations: [ConversationTally] = []
  /// In the order of ``FigureNeeds/parts``.
  private(set) var parts: [[CountAndSum]]
  private(set) var replies: [UInt64] = []
  private(set) var ratings: [CountAndSum] = []
  private(set) var satisfied: [CountAndSum] = []
  /// In the order of ``FigureNeeds/surveys``.
  private(set) var surveys: [[CountAndSum]]
  private(set) var reopens: [UInt64] = []
  private(set) var ranges: RangeCounts

  /// No groups.
  init(_ needs: FigureNeeds) {
    self.needs = needs
    parts = needs.parts.map { _ in [] }
    surveys = needs.surveys.map { _ in [] }
    ranges = RangeCounts(edges: needs.edges)
  }

  /// Groups that need tallies only.
  init(_ needs: FigureNeeds, tallies: [Tally]) {
    self.init(needs)
    self.tallies = tallies
    count = tallies.count
  }

  /// Makes room for groups up to `count`.
  mutating func grow(to count: Int) {
    let missing = count - self.count
    guard missing > 0 else { return }
    self.count = count
    tallies.append(contentsOf: repeatElement(Tally(), count: missing))
    if needs.conversations {
      conversations.append(contentsOf: repeatElement(ConversationTally(), count: missing))
    }
    for place in parts.indices {
      parts[place].append(contentsOf: repeatElement(CountAndSum(), count: missing))
    }
    if needs.replies { replies.append(contentsOf: repeatElement(0, count: missing)) }
    if needs.satisfaction {
      ratings.append(contentsOf: repeatElement(CountAndSum(), count: missing))
      satisfied.append(contentsOf: repeatElement(CountAndSum(), count: missing))
    }
    for place in surveys.indices {
      surveys[place].append(contentsOf: repeatElement(CountAndSum(), count: missing))
    }
    if needs.reopens { reopens.append(contentsOf: repeatElement(0, count: missing)) }
    if !needs.edges.isEmpty { ranges.grow(to: count) }
  }

  /// The score of each rating code: none, 1 to 5, bad, good.
  private static let ratingScores: [UInt64?] = [nil, 1, 2, 3, 4, 5, nil, nil]
  private static let satisfactionScores: [UInt64?] = [nil, 0, 0, 0, 1, 1, 0, 1]
  private static let surveyScores: [UInt64?] = [nil, 1, 2, 3, 4, 5]

  /// Adds contacts and their values to their groups. O(entries) over the columns needed.
  mutating func addTallies(_ block: ContactBlock, rows: [UInt32], groups: [UInt32]) throws(ColumnsFault) {
    let marks = try block.marks()
    let seconds = try block.numbers(.seconds)
    var span = tallies.mutableSpan
    tally(
      rows: rows, groups: groups, seconds: seconds.span, marks: marks.span, handledBit: ContactMarks.handled,
      into: &span)
  }

  /// Adds conversations to their groups. O(entries).
  mutating func add(_ entries: ConversationEntries) {
    let spread = needs.spread
    var span = conversations.mutableSpan
    tally(entries, spread: spread, into: &span)
  }

  /// Adds conversations, each with one entry, to the first group. O(entries).
  mutating func addToFirst(_ entries: ConversationEntries) {
    tally(entries, spread: needs.spread, into: &conversations[0])
  }

  /// Adds what was found elsewhere of contacts.
  ///
  /// - Parameter ofSole: whether they are the only ones of their conversations, which are added too.
  mutating func merge(_ found: Tally, _ group: Int, ofSole: Bool) {
    tallies[group].merge(found)
    if ofSole, needs.conversations { conversations[group].merge(ConversationTally(sole: found)) }
  }

  /// Adds whatever else a question needs of the kept contacts of a block. O(entries) over the columns needed.
  mutating func addExtras(
    _ block: ContactBlock, rows: [UInt32], groups: [UInt32], entries: inout ConversationEntries
  ) throws(ColumnsFault) {
    guard needs.extras else { return }
    let marks = try block.marks()
    let seconds = try block.numbers(.seconds)
    var durations: [UInt32] = []
    for (place, part) in needs.parts.enumerated() {
      try block.codes(part.column).decodeDurations(into: &durations)
      var span = parts[place].mutableSpan
      tallyParts(
        rows: rows, groups: groups, seconds: durations, marks: marks.span, handledBit: ContactMarks.handled,
        into: &span)
    }
    if needs.replies {
      try block.codes(.firstReply).decodeDurations(into: &durations)
      var span = replies.mutableSpan
      Columnar.count(rows: rows, groups: groups, having: durations, into: &span)
    }
    if needs.satisfaction || needs.reopens || !needs.surveys.isEmpty
      || needs.isPerConversation && !needs.edges.isEmpty
    {
      try entries.fill(block, rows: rows, groups: groups)
      try addAnswers(entries, of: block)
    }
    guard !needs.edges.isEmpty else { return }
    if needs.isPerConversation {
      ranges.add(entries)
    } else {
      ranges.add(
        rows: rows, groups: groups, seconds: seconds.span, marks: marks.span, handledBit: ContactMarks.handled
      )
    }
  }

  private mutating func addAnswers(_ entries: ConversationEntries, of block: ContactBlock)
    throws(ColumnsFault)
  {
    if needs.satisfaction {
      let codes = try block.codes(.rating)
      var ratingSpan = ratings.mutableSpan
      tallyAnswers(entries, codes: codes, score: Self.ratingScores, into: &ratingSpan)
      var satisfiedSpan = satisfied.mutableSpan
      tallyAnswers(entries, codes: codes, score: Self.satisfactionScores, into: &satisfiedSpan)
    }
    for (place, survey) in needs.surveys.enumerated() {
      let codes = try block.codes(survey.column)
      var span = surveys[place].mutableSpan
      tallyAnswers(entries, codes: codes, score: Self.surveyScores, into: &span)
    }
    if needs.reopens {
      let codes = try block.codes(.reopens)
      var span = reopens.mutableSpan
      addUp(entries, codes: codes, into: &span)
    }
  }

  /// One group of another slice and the one of this that it is added to.
  struct Place {
    let from: Int32
    let to: Int32
  }

  /// Adds groups of another slice to some of this. O(places), list after list.
  mutating func merge(_ other: GroupSums, _ places: [Place]) {
    Self.merge(other.tallies, places, into: &tallies) { $0.merge($1) }
    if needs.conversations {
      Self.merge(other.conversations, places, into: &conversations) { $0.merge($1) }
    }
    for part in parts.indices { Self.merge(other.parts[part], places, into: &parts[part]) { $0.merge($1) } }
    if needs.replies { Self.merge(other.replies, places, into: &replies, +=) }
    if needs.satisfaction {
      Self.merge(other.ratings, places, into: &ratings) { $0.merge($1) }
      Self.merge(other.satisfied, places, into: &satisfied) { $0.merge($1) }
    }
    for survey in surveys.indices {
      Self.merge(other.surveys[survey], places, into: &surveys[survey]) { $0.merge($1) }
    }
    if needs.reopens { Self.merge(other.reopens, places, into: &reopens, +=) }
    guard !needs.edges.isEmpty else { return }
    for place in places { ranges.merge(Int(place.from), of: other.ranges, into: Int(place.to)) }
  }

  @inline(__always)
  private static func merge<Sum>(
    _ others: [Sum], _ places: [Place], into sums: inout [Sum], _ merge: (inout Sum, Sum) -> Void
  ) {
    for place in places { merge(&sums[Int(place.to)], others[Int(place.from)]) }
  }

  /// How many values a group has, in the unit of the question.
  func valueCount(of group: Int) -> Int {
    Int(needs.isPerConversation ? conversations[group].n : tallies[group].n)
  }
}

extension ConversationEntries {
  /// Replaces the entries by those of a block's kept contacts.
  mutating func fill(_ block: ContactBlock, rows: [UInt32], groups: [UInt32]) throws(ColumnsFault) {
    let marks = try block.marks()
    let seconds = try block.numbers(.seconds)
    fill(
      rows: rows, groups: groups, seconds: seconds.span, marks: marks.span,
      bits: MarkBits(handled: ContactMarks.handled, bot: ContactMarks.bot, sole: ContactMarks.sole),
      conversations: try block.offsets(.conversation))
  }
}

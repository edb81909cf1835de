/// What has to be added up for the figures of a question.
struct FigureNeeds: Sendable {
  var conversations = false
  var parts: [Measure.Part] = []
  var replies = false
  var surveys: [Measure.Survey] = []
  var satisfaction = false
  var reopens = false
  var intervals = false
  /// Ascending edges between which values are counted; empty when they are not.
  var edges: [UInt64] = []
  /// Measures that need the values themselves, in order.
  var orderedValues: [Measure] = []
  /// Measures that need the first replies' times themselves.
  var orderedReplies: [Measure] = []
  /// Whether squares, least and greatest values are wanted.
  var spread = false
  /// Whether a value is one of a conversation.
  let isPerConversation: Bool

  init(_ query: HandlingQuery) {
    isPerConversation = query.unit == .conversation
    conversations = isPerConversation
    spread = isPerConversation
    var edges: Set<UInt64> = []
    for measure in query.measures {
      switch measure {
      case .conversations, .nConversation, .meanConversation: conversations = true
      case .partCount(let part), .partMean(let part): if !parts.contains(part) { parts.append(part) }
      case .nFirstReply: replies = true
      case .firstReplyQuantile:
        replies = true
        orderedReplies.append(measure)
      case .nRating, .rating, .nSatisfaction, .satisfaction: satisfaction = true
      case .surveyCount(let survey), .surveyMean(let survey):
        if !surveys.contains(survey) { surveys.append(survey) }
      case .reopens: reopens = true
      case .min, .max, .sd, .sdPopulation, .meanInterval: spread = true
      case .engaged, .concurrency: intervals = true
      case .within: edges.insert(UInt64(query.target ?? 0))
      case .bin(let from, let through):
        if from > 0 { edges.insert(UInt64(from) - 1) }
        edges.insert(UInt64(through))
      case .quantile, .trimmedMean, .quantileInterval: orderedValues.append(measure)
      default: break
      }
    }
    self.edges = edges.sorted()
  }

  /// Whether anything is added up beyond contacts, their values and their conversations.
  var extras: Bool {
    satisfaction || reopens || replies || !surveys.isEmpty || !parts.isEmpty || !edges.isEmpty
  }

  /// Whether conversations have to be put together.
  var entries: Bool { conversations || satisfaction || reopens || !surveys.isEmpty }

  /// The columns that are read, but for keys and cohort.
  var columns: Set<ColumnID> {
    var columns: Set<ColumnID> = [.seconds, .marks]
    if entries { columns.insert(.conversation) }
    for part in parts { columns.insert(part.column) }
    if replies { columns.insert(.firstReply) }
    if satisfaction { columns.insert(.rating) }
    for survey in surveys { columns.insert(survey.column) }
    if reopens { columns.insert(.reopens) }
    return columns
  }

  /// Bytes that one group takes while it is added up, at most.
  var bytesPerGroup: Int {
    96 + (entries ? 96 : 0) + parts.count * 16 + (satisfaction ? 32 : 0) + surveys.count * 16
      + (replies ? 8 : 0) + (reopens ? 8 : 0) + (edges.isEmpty ? 0 : (edges.count + 1) * 8)
  }
}

extension Measure.Part {
  var column: ColumnID {
    switch self {
    case .talk: .talk
    case .hold: .hold
    case .wrapup: .wrapUp
    }
  }
}

extension Measure.Survey {
  var column: ColumnID {
    switch self {
    case .networkQuality: .networkQuality
    case .productQuality: .productQuality
    }
  }
}

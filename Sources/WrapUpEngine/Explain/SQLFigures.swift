internal import HandlingAnalytics

/// The figures of a question as SQL, and what they are made of: tables with a row for each line of the answer, or for
/// each line and conversation.
///
/// They rest on `grouped`, which has a row for each line and contact in it.
struct SQLFigures {
  let query: HandlingQuery
  /// Whether in every group n times the sum of the squared deviations from the mean fits SQLite's whole numbers.
  let hasSmallSquares: Bool

  /// Columns that contacts must have in `grouped`.
  var contacts = SQLColumns("contact")
  /// Over the contacts of a line.
  var contactSums = SQLColumns("contact_sums")
  /// A row for each line and conversation.
  var conversations = SQLColumns("conversation_values")
  /// Over the conversations of a line.
  var conversationSums = SQLColumns("conversation_sums")
  /// Over the handling values of a line.
  var valueSums = SQLColumns("value_sums")
  /// The same of their distances from the whole number below their mean.
  var deviationSums = SQLColumns("deviation_sums")
  /// What depends on the values' order.
  var valueRanks = SQLColumns("value_ranks")
  /// The same of first replies' times.
  var replyRanks = SQLColumns("reply_ranks")
  /// Engaged seconds of a line.
  var engagement = SQLColumns("engagement")
  /// Over the contacts of a line, and over its values, each in the share of its conversation.
  var contactShares = SQLColumns("contact_shares")
  var valueShares = SQLColumns("value_shares")

  init(_ query: HandlingQuery, hasSmallSquares: Bool) {
    self.query = query
    self.hasSmallSquares = hasSmallSquares
  }

  /// The figure of a line, NULL where it is undefined; `nil` for what plain SQL can't say.
  mutating func expression(_ measure: Measure) -> String? {
    if query.countsShares { return share(of: measure) }
    switch measure {
    case .contacts: return Self.count(takeContacts())
    case .handled: return Self.count(takeHandled())
    case .unhandled: return Self.count("\(takeContacts()) - \(takeHandled())")
    case .conversations: return Self.count(takeConversation("conversations", "count(*)"))
    case .n: return Self.count(takeN())
    case .missing:
      let handled =
        query.unit == .conversation ? takeConversation("handled", "sum(is_handled)") : takeHandled()
      return "\(Self.count(handled)) - \(Self.count(takeN()))"
    case .total: return Self.count(takeTotal())
    case .hours: return "\(Self.count(takeTotal())) / 3600.0"
    case .mean: return "1.0 * \(takeTotal()) / \(takeN())"
    case .sd: return deviation(over: "(\(takeN()) - 1)")
    case .sdPopulation: return deviation(over: takeN())
    case .min: return valueSums.take("least", "min(value)")
    case .max: return valueSums.take("greatest", "max(value)")
    case .quantile(let permille): return quantile(permille, \.valueRanks)
    case .firstReplyQuantile(let permille):
      takeContact("first_reply_seconds")
      return quantile(permille, \.replyRanks)
    case .trimmedMean: return trimmedMean()
    case .within:
      let within = valueSums.take("within", "sum(value <= \(query.target ?? 0))")
      return "1.0 * \(within) / \(takeN())"
    case .bin(let from, let through):
      let condition = through == .max ? "value >= \(from)" : "value BETWEEN \(from) AND \(through)"
      return Self.count(valueSums.take(measure.name, "sum(\(condition))"))
    case .nConversation: return Self.count(takeConversationN())
    case .meanConversation:
      return "1.0 * \(takeConversation("total", "sum(value)")) / \(takeConversationN())"
    case .share: return Self.share(takeTotal(), "total", of: valueSums)
    case .shareContacts: return Self.share(takeContacts(), "contacts", of: contactSums)
    case .partCount(let part): return Self.count(takePart(part).count)
    case .partMean(let part):
      let (count, sum) = takePart(part)
      return "1.0 * \(sum) / \(count)"
    case .nFirstReply:
      takeContact("first_reply_seconds")
      return Self.count(contactSums.take("n_first_reply", "count(first_reply_seconds)"))
    case .nRating: return Self.count(takeRating().count)
    case .rating:
      let (count, sum) = takeRating()
      return "1.0 * \(sum) / \(count)"
    case .nSatisfaction: return Self.count(takeSatisfaction().count)
    case .satisfaction:
      let (count, sum) = takeSatisfaction()
      return "1.0 * \(sum) / \(count)"
    case .surveyCount(let survey): return Self.count(takeSurvey(survey).count)
    case .surveyMean(let survey):
      let (count, sum) = takeSurvey(survey)
      return "1.0 * \(sum) / \(count)"
    case .reopens: return Self.count(takeReopens())
    case .engaged: return Self.count(takeEngaged())
    case .concurrency:
      let total = contactSums.take("seconds", "sum(seconds)")
      return "1.0 * \(Self.count(total)) / \(takeEngaged())"
    case .meanInterval, .quantileInterval, .histogram: return nil
    }
  }
}

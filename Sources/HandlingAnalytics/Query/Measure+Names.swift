extension Measure {
  private static let named: [(name: String, measure: Measure)] = {
    var named: [(name: String, measure: Measure)] = [
      ("contacts", .contacts), ("handled", .handled), ("unhandled", .unhandled),
      ("conversations", .conversations), ("n", .n), ("missing", .missing), ("total", .total),
      ("hours", .hours), ("mean", .mean), ("sd", .sd), ("sd_pop", .sdPopulation), ("min", .min),
      ("max", .max), ("trimmed_mean", .trimmedMean), ("within", .within), ("histogram", .histogram),
      ("ci95_low", .meanInterval(.low)), ("ci95_high", .meanInterval(.high)),
      ("n_conversation", .nConversation), ("mean_conversation", .meanConversation), ("share", .share),
      ("share_contacts", .shareContacts),
    ]
    for part in Part.allCases {
      named.append(("n_\(part.rawValue)", .partCount(part)))
      named.append(("mean_\(part.rawValue)", .partMean(part)))
    }
    named += [
      ("n_first_reply", .nFirstReply), ("n_rating", .nRating), ("rating", .rating),
      ("n_csat", .nSatisfaction), ("csat", .satisfaction),
    ]
    for survey in Survey.allCases {
      named.append(("n_\(survey.rawValue)", .surveyCount(survey)))
      named.append((survey.rawValue, .surveyMean(survey)))
    }
    return named + [("reopens", .reopens), ("engaged", .engaged), ("concurrency", .concurrency)]
  }()

  private static let nameOfFixed = [Measure: String](
    uniqueKeysWithValues: named.map { ($0.measure, $0.name) })

  /// Every fixed name, in the order of the documentation; quantiles come on top as pNN and pNN.N.
  public static let names =
    named.map(\.name).filter { !$0.hasPrefix("ci95_") } + ["ci95", "first_reply_p50", "p50_ci95"]

  /// The name in the command line, CSV and JSON.
  public var name: String {
    switch self {
    case .quantile(let permille): Self.quantileName(permille)
    case .firstReplyQuantile(let permille): "first_reply_\(Self.quantileName(permille))"
    case .quantileInterval(let permille, let bound): "\(Self.quantileName(permille))_ci95_\(bound.rawValue)"
    case .bin(let from, _): "from_\(from)"
    default: Self.nameOfFixed[self] ?? ""
    }
  }

  private static func quantileName(_ permille: Int) -> String {
    permille.isMultiple(of: 10) ? "p\(permille / 10)" : "p\(permille / 10).\(permille % 10)"
  }

  /// The measure of one column called `name`: a fixed name in any case, `median`, or a form with pNN or pNN.N
  /// above 0 and below 100.
  public init?(name: String) {
    guard let measures = Self.all(named: name), measures.count == 1 else { return nil }
    self = measures[0]
  }

  /// The measures that `name` stands for, in any case: an interval is two columns, all others are one; `nil` when
  /// there is no such name.
  public static func all(named name: String) -> [Measure]? {
    let folded = name.lowercased()
    if let fixed = named.first(where: { $0.name == folded })?.measure { return [fixed] }
    if folded == "median" { return [.quantile(permille: 500)] }
    if folded == "ci95" { return Bound.allCases.map { .meanInterval($0) } }
    if let permille = permille(folded[...]) { return [.quantile(permille: permille)] }
    let replyPrefix = "first_reply_"
    if folded.hasPrefix(replyPrefix), let permille = permille(folded.dropFirst(replyPrefix.count)) {
      return [.firstReplyQuantile(permille: permille)]
    }
    for (suffix, bounds) in [("_ci95", Bound.allCases), ("_ci95_low", [.low]), ("_ci95_high", [.high])]
    where folded.hasSuffix(suffix) {
      guard let permille = permille(folded.dropLast(suffix.count)) else { return nil }
      return bounds.map { .quantileInterval(permille: permille, $0) }
    }
    return nil
  }

  private static func permille(_ name: Substring) -> Int? {
    guard name.first == "p" else { return nil }
    let parts = name.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), (1...2).contains(parts[0].utf8.count),
      parts.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }), let whole = Int(parts[0])
    else { return nil }
    var tenth = 0
    if parts.count == 2 {
      guard parts[1].utf8.count == 1, let digit = Int(parts[1]) else { return nil }
      tenth = digit
    }
    let permille = whole * 10 + tenth
    return permille > 0 ? permille : nil
  }
}

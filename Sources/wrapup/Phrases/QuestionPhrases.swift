internal import WrapUpEngine

/// What is wrong with a question, as sentences that say what would be right.
enum QuestionPhrases {
  /// - Parameter place: what was asked.
  static func phrase(for mistake: QueryMistake, askedOf place: String = "the store") -> String {
    switch mistake {
    case .dimensions:
      return "a question takes at most \(HandlingQuery.dimensionLimit) dimensions, each once"
    case .notSplittable(let measure):
      return
        "\(measure.name) has no meaning where a conversation is split among its tags; --tags split takes contacts, n, total and mean"
    case .targetMissing: return "within compares with a target: --target SECONDS"
    case .trimMissing:
      return "trimmed_mean needs to know how much to drop: --trim PERCENT, above 0 and below 50"
    case .orderNotInAnswer: return "an answer is sorted by one of its own columns"
    case .limit: return "a limit is at least 1 row"
    case .unknownName(let dimension, let name, let nearest):
      let several =
        "; to give several, repeat the option: --\(dimension.rawValue) A --\(dimension.rawValue) B"
      return "there is no \(dimension.rawValue) \"\(name)\" in \(place)" + Phrase.didYouMean(nearest)
        + (name.contains(",") ? several : "")
    case .nothingToCompare:
      return "--compare needs a period to compare: --period, or --from and --to"
    case .period(let fault): return phrase(for: fault)
    }
  }

  static func phrase(for fault: PeriodFault) -> String {
    switch fault {
    case .unreadable(.name, let text, let nearest):
      return "there is no period \"\(text)\"" + Phrase.didYouMean(nearest)
        + (nearest.isEmpty
          ? "; periods are like last-month, 30d, 2016-Q1, 2016-02 or 2016-02-01..2016-02-15" : "")
    case .unreadable(let part, let text, _):
      return
        "\(option(part)) can't be \"\(text)\": it is a date such as 2016-02-29 or an instant such as 2016-02-29T13:30:00Z"
    case .impossible(let part, let text):
      return "\(option(part)) can't be \"\(text)\": the calendar has no such time"
    case .offsetMissing(let part, let text):
      return
        "\(option(part)) \"\(text)\" is a local time: add its offset, such as +01:00 or Z, or give a date alone"
    case .outOfYears(let part, let text):
      return "\(option(part)) \"\(text)\" lies outside the years 1900 to 2200"
    case .backwards(let from, let to): return "the period ends (\(to)) before it begins (\(from))"
    case .noPrevious:
      return
        "there is no previous period of the same kind: it takes two dates, two instants or a named period"
    }
  }

  private static func option(_ part: PeriodFault.Part) -> String {
    part == .name ? "--period" : "--\(part.rawValue)"
  }

  /// Points at the place in a condition where it stops being one.
  static func phrase(for fault: FilterFault, in text: String) -> String {
    let found = fault.found.map { "\"\($0)\"" } ?? "the end"
    return
      "--where: at character \(fault.column), \(found) stands where \(expectation(fault.expected)) should"
      + Phrase.didYouMean(fault.nearest)
  }

  private static func expectation(_ expected: FilterFault.Expectation) -> String {
    switch expected {
    case .condition: "a field such as tag, channel or handling, or not, or ("
    case .comparison(let comparisons): "one of \(comparisons.joined(separator: ", "))"
    case .value: "a value"
    case .quotes: "a value (a keyword is quoted: 'and')"
    case .closingQuote: "the quote that closes it"
    case .list: "( and a list of values"
    case .listEnd: ", or )"
    case .closingParenthesis: "and, or, or )"
    case .connective: "and, or, or the end"
    case .words(let words): "one of \(words.joined(separator: ", "))"
    case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .seconds: "a whole number of seconds"
    case .bucket(let dimension): "a \(dimension.rawValue) such as \(bucket(dimension))"
    case .period(let fault): "a period (\(phrase(for: fault)))"
    case .upperBound: "an upper end that is not below the lower one"
    case .fewerBytes(let limit): "a condition of at most \(Phrase.grouped(limit)) bytes"
    case .lessNesting(let limit): "at most \(limit) levels of ( and not"
    }
  }

  private static func bucket(_ dimension: Dimension) -> String {
    switch dimension {
    case .day: "2016-02-29"
    case .week: "2016-W09"
    case .month: "2016-02"
    default: "2016-Q1"
    }
  }
}

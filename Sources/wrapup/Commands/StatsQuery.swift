internal import WrapUpEngine

/// From the words of `wrapup stats` to the question they ask.
struct StatsQuery {
  private let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  /// - Throws: ``UsageError`` naming the option, its value and what would be right.
  func query() throws -> HandlingQuery {
    var query = try cohort()
    query.dimensions = try dimensions()
    query.unit = try arguments.choice("--per", default: .contact)
    query.tagCounting = try arguments.choice("--tags", default: .each)
    query.target = try wholeNumber("--target", what: "seconds")
    query.trimPermille = try trim()
    query.quantiles = try arguments.choice("--quantiles", default: .type7)
    query.measures = try measures(of: query)
    query.order = try order(of: query)
    do {
      try query.check()
    } catch {
      throw arguments.error(QuestionPhrases.phrase(for: error))
    }
    return query
  }

  /// Which contacts count, and how many rows are wanted.
  func cohort() throws -> HandlingQuery {
    var query = HandlingQuery(by: [])
    query.zone = arguments["--zone"]
    query.attribution = try arguments.choice("--attribute", default: .reported)
    query.asOf = try arguments.choice("--as-of", default: .today)
    query.includesOpen = arguments.has("--open")
    query.includesBots = arguments.has("--bots")
    query.period = try period()
    query.filter = try StatsFilters(arguments).filter()
    query.limit = try wholeNumber("--limit", what: "rows").map(Int.init)
    if query.limit == 0 { throw arguments.error("--limit 0 leaves nothing to show") }
    return query
  }

  /// The order of a list of contacts: slowest first, or as they came.
  func contactOrder() throws -> ContactOrder {
    guard let text = arguments["--sort"] else { return ContactOrder(by: .reported, isDescending: false) }
    let parts = text.lowercased().split(separator: ":", maxSplits: 1).map(String.init)
    let direction = parts.count == 2 ? parts[1] : nil
    guard let name = parts.first, let key = ContactOrder.Key(rawValue: name),
      direction == nil || direction == "asc" || direction == "desc"
    else {
      let keys = ContactOrder.Key.allCases.map(\.rawValue)
      throw arguments.error(
        "--sort can't be \"\(text)\" with --rows: it is one of \(keys.joined(separator: ", ")), with :asc or :desc"
      )
    }
    return ContactOrder(by: key, isDescending: direction.map { $0 == "desc" } ?? (key == .handling))
  }

  private func dimensions() throws -> [Dimension] {
    guard let names = arguments["--by"] else { return [] }
    let dimensions = try names.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let name = part.trimmingBlanks
      guard let dimension = Dimension(name: name) else {
        let known = Dimension.allCases.map(\.rawValue)
        throw arguments.error(
          "there is no dimension \"\(name)\"" + Phrase.didYouMean(name, among: known, else: ".")
            + " Dimensions are \(known.joined(separator: ", "))")
      }
      return dimension
    }
    guard dimensions.count <= HandlingQuery.dimensionLimit else {
      throw arguments.error("--by takes at most \(HandlingQuery.dimensionLimit) dimensions")
    }
    guard Set(dimensions).count == dimensions.count else {
      throw arguments.error("--by names a dimension twice")
    }
    return dimensions
  }

  /// What others call measures.
  private static let otherWords = [
    "average": "mean", "avg": "mean", "aht": "mean", "count": "contacts", "sum": "total", "stddev": "sd",
    "p100": "max", "p0": "min",
  ]

  private func measures(of query: HandlingQuery) throws -> [Measure] {
    guard let names = arguments["--measures"] else { return standardMeasures(of: query) }
    let measures = try names.split(separator: ",", omittingEmptySubsequences: false).flatMap { part in
      let name = part.trimmingBlanks
      guard let measures = Measure.all(named: name) else {
        let meant = Self.otherWords[name.lowercased()].map { Phrase.didYouMean([$0]) }
        throw arguments.error(
          "there is no measure \"\(name)\""
            + (meant ?? Phrase.didYouMean(name, among: Measure.names, else: "."))
            + " Measures are \(Measure.names.joined(separator: ", ")), pNN")
      }
      return measures
    }
    guard Set(measures).count == measures.count else {
      throw arguments.error("--measures names a measure twice")
    }
    let isHistogramDrawn = measures == [.histogram] && query.dimensions.isEmpty && arguments.asksForPicture
    return isHistogramDrawn ? StatsPicture.histogramMeasures : measures
  }

  /// What is shown when nothing is named: the usual figures, and those that another option is about.
  private func standardMeasures(of query: HandlingQuery) -> [Measure] {
    if query.dimensions.isEmpty, arguments.asksForPicture { return StatsPicture.histogramMeasures }
    var measures: [Measure] =
      arguments.has("--compare")
      ? [.n, .mean]
      : query.tagCounting == .split
        ? HandlingQuery.splitMeasures
        : query.unit == .conversation ? HandlingQuery.conversationMeasures : HandlingQuery.defaultMeasures
    if query.target != nil { measures.append(.within) }
    if query.trimPermille != nil { measures.append(.trimmedMean) }
    // What the rows are to be sorted by is to be seen.
    if let sort = arguments["--sort"]?.prefix(while: { $0 != ":" }),
      let measure = Measure(name: String(sort)),
      Dimension(name: String(sort)).map(query.dimensions.contains) != true, !measures.contains(measure)
    {
      measures.append(measure)
    }
    return measures
  }

  private func wholeNumber(_ name: String, what: String) throws -> UInt32? {
    guard let text = arguments[name] else { return nil }
    guard let number = UInt32(text), number < .max else {
      throw arguments.error("\(name) can't be \"\(text)\": it is a whole number of \(what)")
    }
    return number
  }

  private func trim() throws -> Int? {
    guard let text = arguments["--trim"] else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = UInt8(parts[0]),
      let tenth = parts.count == 2 && parts[1].count == 1 ? UInt8(parts[1]) : parts.count == 1 ? 0 : nil,
      (1...499).contains(Int(whole) * 10 + Int(tenth))
    else {
      throw arguments.error(
        "--trim can't be \"\(text)\": it is the percentage to drop at either end, above 0 and below 50")
    }
    return Int(whole) * 10 + Int(tenth)
  }

  private func period() throws -> Period? {
    let (from, to) = (arguments["--from"], arguments["--to"])
    guard let name = arguments["--period"] else {
      return from == nil && to == nil ? nil : .between(from: from, to: to)
    }
    guard from == nil, to == nil else {
      throw arguments.error("--period says from when to when; --from and --to can't say it again")
    }
    return .named(name)
  }

  private func order(of query: HandlingQuery) throws -> HandlingQuery.Order? {
    guard let text = arguments["--sort"] else { return nil }
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let direction = parts.count == 2 ? parts[1].lowercased() : nil
    guard !parts.isEmpty, direction == nil || direction == "asc" || direction == "desc" else {
      throw arguments.error(
        "--sort can't be \"\(text)\": it is a column of the answer, or COLUMN:asc or COLUMN:desc")
    }
    if let dimension = Dimension(name: parts[0]), query.dimensions.contains(dimension) {
      return .init(by: .dimension(dimension), isDescending: direction == "desc")
    }
    if let measure = Measure(name: parts[0]), query.measures.contains(measure) {
      return .init(by: .measure(measure), isDescending: direction != "asc")
    }
    let columns = query.dimensions.map(\.rawValue) + query.measures.map(\.name)
    throw arguments.error(
      "--sort \(parts[0]): the answer has no such column"
        + Phrase.didYouMean(parts[0], among: columns, else: ".")
        + " Its columns are \(columns.joined(separator: ", "))")
  }
}

extension Substring {
  var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

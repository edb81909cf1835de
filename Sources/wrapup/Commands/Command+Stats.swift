internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let stats = Command(
    name: "stats", summary: "exact handling times by tag, category, agent, month …",
    options: [
      Option(
        name: "--by", value: "DIMENSIONS", summary: "up to three, by commas; without it, the total alone"),
      Option(name: "--measures", value: "MEASURES", summary: "by commas; see below"),
      Option(name: "--zone", value: "ZONE", summary: "IANA zone of calendar buckets; else the store's"),
      Option(
        name: "--attribute", value: "WHEN",
        summary: "reported (default: when the conversation ended), ended or started (the contact's own)"),
      Option(name: "--open", summary: "count conversations that have not ended too"),
      Option(name: "--bots", summary: "count contacts of bots too"),
      Option(
        name: "--quantiles", value: "METHOD",
        summary: "type7 (default: interpolated) or nearest (nearest rank)"),
      Option(name: "--format", value: "FORMAT", summary: "table (default), csv or json"),
      Option(name: "--no-total", summary: "leave the total row out"),
      Option(
        name: "--slices", value: "COUNT", summary: "parts to scan at once; the answer does not depend on it"),
      .store,
    ],
    examples: [
      ("wrapup stats --by tag", "handling time by tag"),
      ("wrapup stats --by tag,month --measures n,mean,p50,p90 --format csv", "for a spreadsheet, in seconds"),
      (
        "wrapup stats --by weekday,hour --attribute started --zone Europe/Paris",
        "when work comes in, on the clocks of Paris"
      ),
    ],
    notes: [
      "DIMENSIONS  \(Dimension.allCases.map(\.rawValue).joined(separator: ", "))",
      """
      MEASURES  contacts, handled, unhandled, conversations; n (handled with a value), missing (without);
        total, mean, sd, sd_pop, min, max, pNN and pNN.N (p50, p95, p99.9);
        n_conversation and mean_conversation (the same per conversation instead of per contact).
        Tables show durations as h:mm:ss, CSV and JSON seconds in full precision.
      """,
    ],
    run: runStats)

  private static func runStats(_ arguments: Arguments) throws {
    var query = HandlingQuery(by: try dimensions(arguments))
    if let names = arguments["--measures"] { query.measures = try measures(names, arguments) }
    query.zone = arguments["--zone"]
    query.attribution = try arguments.choice("--attribute", default: .reported)
    query.includesOpen = arguments.has("--open")
    query.includesBots = arguments.has("--bots")
    query.quantiles = try arguments.choice("--quantiles", default: .type7)
    let format: ReportFormat = try arguments.choice("--format", default: .table)
    let report = try WrapUp.opened(arguments, creating: false).report(query)
    Terminal.say(
      report.rendered(as: format, showsTotal: !arguments.has("--no-total"), isStyled: Terminal.isStyled))
  }

  private static func dimensions(_ arguments: Arguments) throws -> [Dimension] {
    guard let names = arguments["--by"] else { return [] }
    let dimensions = try names.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let name = part.trimmingBlanks
      guard let dimension = Dimension(name: name) else {
        let known = Dimension.allCases.map(\.rawValue)
        throw arguments.error(
          "there is no dimension \"\(name)\"" + Phrase.didYouMean(name, among: known)
            + ". Dimensions are \(known.joined(separator: ", "))")
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

  private static func measures(_ names: String, _ arguments: Arguments) throws -> [Measure] {
    let measures = try names.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let name = part.trimmingBlanks
      guard let measure = Measure(name: name) else {
        throw arguments.error(
          "there is no measure \"\(name)\"" + Phrase.didYouMean(name, among: Measure.names)
            + ". Measures are \(Measure.names.joined(separator: ", ")), pNN")
      }
      return measure
    }
    guard Set(measures).count == measures.count else {
      throw arguments.error("--measures names a measure twice")
    }
    return measures
  }
}

extension Substring {
  var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

internal import WrapUpEngine

/// The filter that the options of `wrapup stats` make together.
struct StatsFilters {
  private let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  /// The options, for help and parsing.
  static let options: [Command.Option] = [
    option("--tag", "TAG", .names(of: .tag), "conversations with all of the tags given"),
    option("--any-tag", "TAG", .names(of: .tag), "conversations with any of the tags given"),
    option("--category", "NAME", .names(of: .category), "conversations of any of these categories"),
    option("--channel", "NAME", .names(of: .channel), "… of any of these channels"),
    option("--agent", "NAME", .names(of: .agent), "contacts of any of these agents"),
    option("--group", "NAME", .names(of: .group), "… of any of these groups"),
    option(
      "--closing", "WHO", .words(Closing.allCases.map(\.name)),
      "conversations ended by agent, visitor, natural or bot"),
    option("--rating", "RATING", .words(Rating.allCases.map(\.name)), "… rated 1 to 5, good or bad"),
    option("--min-handling", "SECONDS", .any, "contacts handled in at least so many seconds"),
    option("--max-handling", "SECONDS", .any, "… in at most so many"),
    option(
      "--flag", "FLAG", .words(ContactFlags.names.map(\.name)),
      "contacts with any of these flags (zero, long, overlap …)"),
    option(
      "--basis", "BASIS", .words(HandlingBasis.allCases.map { "\($0)" }),
      "… whose handling time is given, parts, derived or none"),
    .init(
      name: "--where", value: "CONDITION", isRepeatable: true, hasNegation: true,
      summary: "any condition: 'channel in (chat, email) and not tag = Spam and handling > 300'"),
  ]

  private static func option(
    _ name: String, _ value: String, _ values: Command.Values, _ summary: String
  ) -> Command.Option {
    .init(
      name: name, value: value, values: values, isRepeatable: true, hasNegation: true, summary: summary)
  }

  /// All options together; `nil` when none is given.
  func filter() throws -> Filter? {
    var parts: [Filter] = []
    for option in Self.options {
      parts += try filters(option.name, arguments.all(option.name))
      let dropped = try filters(option.name, arguments.all(option.negatedName))
      parts += dropped.map { .not($0) }
    }
    return parts.isEmpty ? nil : parts.count == 1 ? parts[0] : .all(parts)
  }

  /// What the values of one option keep: one filter for each value where all must hold, else one for all.
  private func filters(_ name: String, _ values: [String]) throws -> [Filter] {
    guard !values.isEmpty else { return [] }
    switch name {
    case "--tag": return values.map { .oneOf(.tag, [$0]) }
    case "--any-tag": return [.oneOf(.tag, values)]
    case "--category", "--channel", "--agent", "--group":
      return [.oneOf(Dimension(rawValue: String(name.dropFirst(2)))!, values)]
    case "--closing": return [.oneOf(.closing, try words(name, values, among: Closing.allCases.map(\.name)))]
    case "--rating": return [.oneOf(.rating, try words(name, values, among: Rating.allCases.map(\.name)))]
    case "--basis":
      let names = HandlingBasis.allCases.map { "\($0)" }
      let wanted = try words(name, values, among: names)
      return [.basis(HandlingBasis.allCases.filter { wanted.contains("\($0)") })]
    case "--flag":
      let wanted = try words(name, values, among: ContactFlags.names.map(\.name))
      return [
        .flags(ContactFlags.names.reduce(into: []) { if wanted.contains($1.name) { $0.insert($1.flag) } })
      ]
    case "--min-handling":
      return [.any(try values.map { .seconds(.handling, from: try seconds(name, $0), through: .max - 1) })]
    case "--max-handling":
      return [.any(try values.map { .seconds(.handling, from: 0, through: try seconds(name, $0)) })]
    default: return try values.map(condition)
    }
  }

  /// The values, each one of the words in any case.
  private func words(_ name: String, _ values: [String], among words: [String]) throws -> [String] {
    try values.flatMap { $0.split(separator: ",").map(\.trimmingBlanks) }.map { value in
      guard let word = words.first(where: { $0 == value.lowercased() }) else {
        throw arguments.error(
          "\(name) can't be \"\(value)\"" + Phrase.didYouMean(value, among: words)
            + ": it is one of \(words.joined(separator: ", "))")
      }
      return word
    }
  }

  private func seconds(_ name: String, _ text: String) throws -> UInt32 {
    guard let seconds = UInt32(text), seconds < .max else {
      throw arguments.error("\(name) can't be \"\(text)\": it is a whole number of seconds")
    }
    return seconds
  }

  private func condition(_ text: String) throws -> Filter {
    do {
      return try Filter(where: text)
    } catch {
      throw arguments.error(QuestionPhrases.phrase(for: error, in: text))
    }
  }
}

internal import WrapUpEngine

/// What may come next on a command line that is being typed: the side of completion that all shells share.
struct CommandLineCompletion {
  /// One way to go on.
  struct Candidate: Equatable {
    /// The whole word as it would stand.
    let word: String
    let summary: String
  }

  /// What a shell can be told.
  enum Answer: Equatable {
    case candidates([Candidate])
    /// Files, which the shell knows better than anybody.
    case files
  }

  typealias Names = (_ of: Dimension, _ command: Command, _ words: [String]) -> [String]

  private let commands: [Command]
  /// The names that the store knows; asked for only when they are wanted.
  private let names: Names
  private let queries: () -> [String]

  private typealias WordsSoFar = (command: Command, words: ArraySlice<String>)

  /// - Parameters:
  ///   - commands: those that may be given.
  ///   - names: those of the store that the words so far, all of them complete, name.
  ///   - queries: names of saved queries.
  init(
    _ commands: [Command], names: @escaping Names, queries: @escaping () -> [String]
  ) {
    self.commands = commands
    self.names = names
    self.queries = queries
  }

  /// - Parameter words: those behind the program's name, without quotes; the last one is being typed and may be empty.
  func answer(for words: [String]) -> Answer {
    guard let typed = words.last else { return .candidates([]) }
    let before = Array(words.dropLast())
    guard let first = before.first else { return firstWords(typed) }
    if first == "help" { return following(before.dropFirst().first, typed) }
    let name = first == "type" ? "tag" : first
    if let command = commands.first(where: { $0.name == name }) {
      return answer(command, Array(before.dropFirst()), typed)
    }
    guard before.count > 1 else { return following(name, typed) }
    guard let command = commands.first(where: { $0.name == "\(name) \(before[1])" }) else {
      return .candidates([])
    }
    return answer(command, Array(before.dropFirst(2)), typed)
  }

  private func firstWords(_ typed: String) -> Answer {
    let general = [
      Candidate(word: "help", summary: "explain a command"),
      Candidate(word: "--help", summary: "all commands"),
      Candidate(word: "--version", summary: "version and licences"),
    ]
    return matching(typed, commandNames(of: nil) + (typed.hasPrefix("-") ? general : [general[0]]))
  }

  /// The word behind that of a family, or that names a command.
  private func following(_ family: String?, _ typed: String) -> Answer {
    matching(typed, commandNames(of: family))
  }

  /// First words, each once; or the second words of a family.
  private func commandNames(of family: String?) -> [Candidate] {
    var found: [Candidate] = []
    for command in commands {
      let parts = command.name.split(separator: " ").map(String.init)
      if let family {
        if parts.count == 2, parts[0] == family {
          found.append(Candidate(word: parts[1], summary: command.summary))
        }
      } else if !found.contains(where: { $0.word == parts[0] }) {
        let summary = parts.count == 1 ? command.summary : Usage.familySummary(parts[0], commands)
        found.append(Candidate(word: parts[0], summary: summary))
      }
    }
    return found
  }

  private func answer(_ command: Command, _ before: [String], _ typed: String) -> Answer {
    var open: Command.Option?
    var given: Set<String> = []
    var operandCount = 0
    var isPastOptions = false
    for word in before {
      if open != nil {
        open = nil
        continue
      }
      if word == "--", !isPastOptions {
        isPastOptions = true
      } else if word.hasPrefix("-"), word != "-", !isPastOptions {
        let name = String(word.prefix { $0 != "=" })
        guard let option = command.allOptions.first(where: { $0.canonicalName(of: name) != nil }) else {
          continue
        }
        given.insert(option.canonicalName(of: name)!)
        if option.value != nil, !word.contains("=") { open = option }
      } else {
        operandCount += 1
      }
    }
    let soFar = (command, before.dropLast(open == nil ? 0 : 1))
    if let open { return values(open.values, typed, soFar) }
    if typed.hasPrefix("-"), typed != "-", !isPastOptions {
      if let equals = typed.firstIndex(of: "=") { return valueOfOption(command, typed, equals, soFar) }
      return matching(typed, options(of: command, without: given))
    }
    if command.takesSavedQueries, typed.hasPrefix("@") {
      return matching(typed, queries().map { Candidate(word: "@\($0)", summary: "saved query") })
    }
    guard operandCount < command.operandCount.upperBound, let last = command.operandValues.last else {
      return operandCount < command.operandCount.upperBound
        ? .candidates([]) : matching(typed, options(of: command, without: given))
    }
    let values = operandCount < command.operandValues.count ? command.operandValues[operandCount] : last
    return self.values(values, typed, soFar)
  }

  /// `--option=value` as one word.
  private func valueOfOption(
    _ command: Command, _ typed: String, _ equals: String.Index, _ soFar: WordsSoFar
  ) -> Answer {
    let name = String(typed[..<equals])
    guard let option = command.allOptions.first(where: { $0.canonicalName(of: name) != nil }),
      case .candidates(let found) = values(
        option.values, String(typed[typed.index(after: equals)...]), soFar)
    else { return .candidates([]) }
    return .candidates(found.map { Candidate(word: "\(name)=\($0.word)", summary: $0.summary) })
  }

  private func options(of command: Command, without given: Set<String>) -> [Candidate] {
    command.allOptions.flatMap { option in
      option.names.filter { option.isRepeatable || !given.contains($0) }
        .map { Candidate(word: $0, summary: option.summary) }
    }
  }

  private func values(_ values: Command.Values, _ typed: String, _ soFar: WordsSoFar) -> Answer {
    switch values {
    case .any: .candidates([])
    case .files: .files
    case .words(let words): matching(typed, words.map { Candidate(word: $0, summary: "") })
    case .list(let words): list(typed, words)
    case .names(let dimension):
      matching(
        typed, names(dimension, soFar.command, Array(soFar.words)).map { Candidate(word: $0, summary: "") })
    case .zones: matching(typed, WrapUp.zoneNames.map { Candidate(word: $0, summary: "") })
    case .commands: matching(typed, commandNames(of: nil))
    }
  }

  /// Goes on behind the last comma, with what does not stand there yet.
  private func list(_ typed: String, _ words: [String]) -> Answer {
    let end = typed.lastIndex(of: ",").map { typed.index(after: $0) } ?? typed.startIndex
    let head = typed[..<end]
    let given = Set(head.split(separator: ",").map(String.init))
    return matching(
      typed, words.filter { !given.contains($0) }.map { Candidate(word: head + $0, summary: "") })
  }

  /// Those that begin as typed; where none does, those that do but for case.
  private func matching(_ typed: String, _ candidates: [Candidate]) -> Answer {
    let exact = candidates.filter { $0.word.hasPrefix(typed) }
    if !exact.isEmpty { return .candidates(exact) }
    let lower = typed.lowercased()
    return .candidates(candidates.filter { $0.word.lowercased().hasPrefix(lower) })
  }
}

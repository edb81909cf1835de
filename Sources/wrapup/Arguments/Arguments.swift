/// A command line, taken apart by the options of its command.
struct Arguments {
  let command: Command
  /// What holds where the command line says nothing.
  let configuration: Configuration
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// - Throws: ``UsageError`` naming what is wrong and the nearest thing that would be right.
  init(_ words: [String], of command: Command, _ configuration: Configuration = .empty) throws {
    try self.init(parsing: words, command, configuration)
    if command.takesSavedQueries { try takeSavedQuery() }
    guard operands.count >= command.operandCount.lowerBound else {
      let names = command.operands.split(separator: " ").map(String.init)
      throw error("\(names[min(operands.count, names.count - 1)]) is missing")
    }
    guard operands.count <= command.operandCount.upperBound else {
      throw error("\"\(operands[command.operandCount.upperBound])\" is one operand too many")
    }
  }

  /// A command line that is still being typed, of which operands may be missing.
  init(unfinished words: [String], of command: Command, _ configuration: Configuration) throws {
    try self.init(parsing: words, command, configuration)
  }

  private init(parsing words: [String], _ command: Command, _ configuration: Configuration) throws {
    self.command = command
    self.configuration = configuration
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      } else if word.hasPrefix("-"), word != "-" {
        try take(word, &rest)
      } else {
        operands.append(word)
      }
    }
  }

  private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) throws {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let written = String(parts[0])
    guard let option = command.allOptions.first(where: { $0.canonicalName(of: written) != nil }),
      let name = option.canonicalName(of: written)
    else {
      throw error(
        "unknown option \(written)" + Phrase.didYouMean(written, among: command.allOptions.flatMap(\.names)))
    }
    if !option.isRepeatable, values[name] != nil { throw error("\(name) is given twice") }
    if option.value == nil {
      guard parts.count == 1 else { throw error("\(name) takes no value") }
      values[name] = []
    } else if parts.count == 2 {
      values[name, default: []].append(String(parts[1]))
    } else {
      guard let value = rest.popFirst() else {
        throw error("\(name) needs a value: \(name) \(option.value!)")
      }
      values[name, default: []].append(value)
    }
  }

  /// Options that say one thing together: who gives one of them says it anew.
  private static let sameThing: [Set<String>] = [["--period", "--from", "--to"]]

  /// Takes an operand `@NAME` for the words of a saved query, which what is said beside it replaces.
  private mutating func takeSavedQuery() throws {
    let names = operands.filter { $0.hasPrefix("@") }
    guard let operand = names.first else { return }
    guard names.count == 1 else { throw error("\(names[1]) is a second saved query: ask them one by one") }
    let saved = try configuration.query(String(operand.dropFirst()), command)
    let base: Arguments
    do {
      base = try Arguments(parsing: saved.words, command, configuration)
    } catch let error as UsageError {
      throw UsageError("\(saved.place): \(error.message)", command: command.name)
    }
    let replaced = Self.sameThing.filter { !$0.isDisjoint(with: values.keys) }.reduce(into: Set()) {
      $0.formUnion($1)
    }
    values.merge(base.values.filter { !replaced.contains($0.key) }) { given, _ in given }
    operands = base.operands + operands.filter { $0 != operand }
  }

  /// Whether a switch is on, or an option was given.
  func has(_ name: String) -> Bool {
    values[name] != nil
      || command.options.contains { $0.name == name && $0.value == nil } && self[name] == "yes"
  }

  /// The value of an option, else what the configuration says; `nil` when neither does.
  subscript(name: String) -> String? {
    values[name]?.last ?? configuration.setting(name, of: command).last?.value
  }

  /// All values of a repeatable option.
  func all(_ name: String) -> [String] {
    values[name] ?? configuration.setting(name, of: command).map(\.value)
  }

  /// The value of an option among words.
  func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, default standard: Choice) throws
    -> Choice
  where Choice.RawValue == String {
    guard let word = self[name] else { return standard }
    guard let choice = Choice(rawValue: word.lowercased()) else {
      let words = Choice.allCases.map(\.rawValue)
      throw error("\(name) can't be \"\(word)\": it is one of \(words.joined(separator: ", "))")
    }
    return choice
  }

  /// A wrong use of this command.
  func error(_ message: String) -> UsageError { UsageError(message, command: command.name) }

  /// Where the store is: the option, else the environment, else the configuration, else here.
  var storePath: String {
    values["--store"]?.last ?? Terminal.environment("WRAPUP_STORE").flatMap { $0.isEmpty ? nil : $0 }
      ?? self["--store"] ?? "wrapup.sqlite"
  }
}

extension Arguments {
  /// The store and what may lie beside it.
  var storeFiles: [String] {
    let ends =
      ["", "-wal", "-shm", "-journal"]
      + [".columns", ".columns-delta", ".model"].flatMap { [$0, "\($0)-lock"] }
    return ends.map { storePath + $0 } + (1...9).map { "\(storePath).bak-v\($0)" }
  }
}

/// A command line that can't be understood.
struct UsageError: Error {
  let message: String
  /// The command whose help would explain.
  let command: String?

  init(_ message: String, command: String?) {
    self.message = message
    self.command = command
  }
}

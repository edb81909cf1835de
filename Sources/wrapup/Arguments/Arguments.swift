/// A command line, taken apart by the options of its command.
struct Arguments {
  let command: Command
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// - Throws: ``UsageError`` naming what is wrong and the nearest thing that would be right.
  init(_ words: [String], of command: Command) throws {
    self.command = command
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
    guard operands.count >= command.operandCount.lowerBound else {
      throw error("\(command.operands) is missing")
    }
    guard operands.count <= command.operandCount.upperBound else {
      throw error("\"\(operands[command.operandCount.upperBound])\" is one operand too many")
    }
  }

  private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) throws {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let written = String(parts[0])
    guard let option = command.options.first(where: { $0.canonicalName(of: written) != nil }),
      let name = option.canonicalName(of: written)
    else {
      throw error(
        "unknown option \(written)" + Phrase.didYouMean(written, among: command.options.flatMap(\.names)))
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

  /// Whether a switch is on.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of an option; `nil` when it is not given.
  subscript(name: String) -> String? { values[name]?.last }

  /// All values of a repeatable option.
  func all(_ name: String) -> [String] { values[name] ?? [] }

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

  /// Where the store is: the option, else the environment, else here.
  var storePath: String {
    self["--store"] ?? Terminal.environment("WRAPUP_STORE").flatMap { $0.isEmpty ? nil : $0 }
      ?? "wrapup.sqlite"
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

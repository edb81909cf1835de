import Foundation
import Testing

/// A case of `Fixtures/Rules`: a readable page whose `console` blocks are commands and what they answer.
struct RuleCase: CustomTestStringConvertible, Sendable {
  /// One line after `$ `, and the lines beneath it.
  struct Step: Sendable {
    let command: String
    let expected: [String]

    /// The words as a shell would split them; quotes keep blanks.
    var words: [String] {
      var words: [String] = []
      var word: String?
      var quote: Character?
      for character in command {
        switch (character, quote) {
        case (_, .some(character)): quote = nil
        case (_, .some): word?.append(character)
        case ("'", nil), ("\"", nil):
          quote = character
          word = word ?? ""
        case (" ", nil):
          if let word { words.append(word) }
          word = nil
        default: word = (word ?? "") + String(character)
        }
      }
      return words + (word.map { [$0] } ?? [])
    }

    /// The dimensions that the command asks for.
    var dimensions: [String] {
      words.firstIndex(of: "--by").map { words[$0 + 1].split(separator: ",").map(String.init) } ?? []
    }

    var isImport: Bool { words.starts(with: ["wrapup", "import"]) }
    var isCSV: Bool { words.contains("csv") }
    var isSorted: Bool { words.contains("--sort") }
  }

  let name: String
  let steps: [Step]

  var testDescription: String { name }

  static let folder = URL(filePath: Tool.fixture("Rules"))

  /// The names of the files in the folder that end in `.` and `ending`.
  static func files(_ ending: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".\(ending)") }.sorted()
  }

  /// Every page but the index.
  static let all = files("md").filter { $0 != "README.md" }.map { RuleCase(name: $0, text: text($0)) }

  static func text(_ name: String) -> String {
    (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
  }

  init(name: String, text: String) {
    self.name = name
    var steps: [Step] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), expected: []))
      } else if isInside, let last = steps.popLast() {
        steps.append(Step(command: last.command, expected: last.expected + [line]))
      }
    }
    self.steps = steps
  }
}

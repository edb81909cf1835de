internal import WrapUpEngine

/// One command: the single definition from which it is parsed, explained, completed and run.
struct Command: Sendable {
  let name: String
  /// One line for the overview.
  let summary: String
  /// The operands as help shows them, and how many there may be.
  var operands = ""
  var operandCount: ClosedRange<Int> = 0...0
  /// What may stand for each operand; the last one for all that follow.
  var operandValues: [Values] = []
  var options: [Option] = []
  /// Command lines that work, each with what it does.
  var examples: [(line: String, purpose: String)] = []
  /// Further paragraphs of help.
  var notes: [String] = []
  /// Whether `@NAME` among its operands stands for a query of the configuration file.
  var takesSavedQueries = false
  let run: @Sendable (Arguments) throws -> Void

  /// The options that may follow the command, those of every command among them.
  var allOptions: [Option] { options + [.color, .help] }

  /// What may stand for a value of the command line.
  enum Values: Sendable {
    /// Whatever its user likes.
    case any
    /// The path of a file.
    case files
    /// One of these words.
    case words([String])
    /// Some of these words, by commas.
    case list([String])
    /// A name that the store knows.
    case names(of: Dimension)
    /// An IANA zone.
    case zones
    /// A command.
    case commands

    /// One of an enumeration's words.
    static func words<Choice: RawRepresentable & CaseIterable>(of choice: Choice.Type) -> Values
    where Choice.RawValue == String {
      .words(choice.allCases.map(\.rawValue))
    }
  }
}

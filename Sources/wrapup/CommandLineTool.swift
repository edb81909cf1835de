internal import Glibc
internal import WrapUpEngine

/// Commands that belong together.
struct CommandGroup: Sendable {
  let title: String
  let commands: [Command]
}

/// The `wrapup` command.
@main
enum CommandLineTool {
  static let groups: [CommandGroup] = [
    CommandGroup(
      title: "Conversations in and out",
      commands: [.demo, .importing, .export, .open, .close, .show, .forget]),
    CommandGroup(title: "Figures", commands: [.stats]),
    CommandGroup(
      title: "Tags for close dialogs",
      commands: [.recommend, .evaluate, .acceptance, .mappingPropose, .train]),
    CommandGroup(
      title: "Looking after tags and categories",
      commands: [
        .tagList, .tagHealth, .add(to: .tag), .rename(in: .tag), .tagOff, .tagOn, .tagMerge, .undo(in: .tag),
        .log(of: .tag), .categoryList, .add(to: .category), .rename(in: .category), .categoryMap,
        .categoryUnmap, .undo(in: .category), .log(of: .category),
      ]),
    CommandGroup(title: "The command line itself", commands: [.config, .completion, .manual]),
  ]
  static let commands: [Command] = groups.flatMap(\.commands)

  static func main() {
    // A limit on file sizes is reported like a full disk instead of killing the process.
    signal(SIGXFSZ, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs one command line; its exit code: 0, 1 for failed work, 2 for wrong usage, 130 for work interrupted.
  static func run(_ words: [String]) -> Int32 {
    do {
      try dispatch(words)
      return Terminal.hasSaidAll() ? 0 : 1
    } catch let error as UsageError {
      Terminal.complain(error.message)
      Terminal.complain(
        error.command.map { "Try 'wrapup \($0) --help'." } ?? "Try 'wrapup --help'.", isBare: true)
      return 2
    } catch let failure as Failure {
      if !failure.message.isEmpty { Terminal.complain(failure.message) }
      return failure.code
    } catch {
      Terminal.complain(ErrorPhrases.phrase(for: error))
      return 1
    }
  }

  private static func dispatch(_ words: [String]) throws {
    guard let first = words.first, first != "--help", first != "-h" else {
      return Terminal.say(Usage.overview(groups, on: Terminal.screen))
    }
    switch first {
    case "--version": return Terminal.say(VersionText.all)
    case "help":
      guard words.count > 1 else { return Terminal.say(Usage.overview(groups, on: Terminal.screen)) }
      return Terminal.say(Usage.text(for: try command(words.dropFirst()).command, on: Terminal.screen))
    case "complete": return Command.complete(Array(words.dropFirst()))
    default: break
    }
    let (command, rest) = try command(words[...])
    // Help is given wherever it is asked for, but not when it is the value of something after `--`.
    if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      return Terminal.say(Usage.text(for: command, on: Terminal.screen))
    }
    let arguments = try Arguments(Array(rest), of: command, Configuration.load())
    // NO_COLOR comes between what the command line says and what the file says.
    let isFileHeard = arguments.has("--color") || (Terminal.environment("NO_COLOR") ?? "").isEmpty
    Terminal.colour = isFileHeard ? try arguments.choice("--color", default: .auto) : .auto
    try command.run(arguments)
  }

  /// The command that the first word or the first two name, and the words behind.
  private static func command(_ words: ArraySlice<String>) throws -> (
    command: Command, rest: ArraySlice<String>
  ) {
    // Whatever takes a tag takes a type.
    let name = words.first == "type" ? "tag" : words.first ?? ""
    if let command = commands.first(where: { $0.name == name }) { return (command, words.dropFirst()) }
    let family = commands.filter { $0.name.hasPrefix("\(name) ") }
    guard !family.isEmpty else {
      throw UsageError(
        "there is no command \"\(name)\"" + Phrase.didYouMean(name, among: commands.map(\.name)), command: nil
      )
    }
    let second = words.dropFirst().first ?? ""
    if let command = family.first(where: { $0.name == "\(name) \(second)" }) {
      return (command, words.dropFirst(2))
    }
    if second.isEmpty || second == "--help" || second == "-h" {
      throw UsageError(
        "say what to do: " + family.map { "wrapup \($0.name)" }.joined(separator: ", "), command: nil)
    }
    throw UsageError(
      "there is no command \"\(name) \(second)\""
        + Phrase.didYouMean("\(name) \(second)", among: family.map(\.name)), command: nil)
  }
}

/// Work that was asked for rightly and did not succeed.
struct Failure: Error {
  let message: String
  var code: Int32 = 1
}

internal import ReportRendering
internal import WrapUpEngine

/// What helps at the prompt: completion and manual pages, both made from the commands' definitions.
extension Command {
  static let completion = Command(
    name: "completion", summary: "have the Tab key complete commands, options, tags and more",
    operands: "bash|zsh|fish", operandCount: 1...1, operandValues: [.words(of: CompletionScript.self)],
    examples: [
      (#"eval "$(wrapup completion bash)""#, "in ~/.bashrc; in ~/.zshrc behind compinit, with zsh"),
      (
        "mkdir -p ~/.config/fish/completions; wrapup completion fish > ~/.config/fish/completions/wrapup.fish",
        "once"
      ),
    ],
    run: { arguments in
      let word = arguments.operands[0]
      guard let script = CompletionScript(rawValue: word) else {
        let words = CompletionScript.allCases.map(\.rawValue)
        throw arguments.error(
          "there is no completion for \"\(word)\"; it is one of \(words.joined(separator: ", "))")
      }
      Terminal.say(script.text)
    })

  /// What the scripts ask: a way to go on a line, with what it means behind a tab.
  ///
  /// - Parameter words: the command line up to the cursor, as it was typed; and where the shell replaces less than the
  ///   whole word, as bash does behind `=`, the part that it replaces.
  static func complete(_ words: [String]) {
    let line = ShellWord.words(of: words.first ?? "")
    let typed = Array(line.words.dropFirst()) + (line.endsWithinWord ? [] : [""])
    var kept = 0
    if words.count > 1, let last = typed.last {
      let replaced = ShellWord.words(of: words[1]).words.first ?? ""
      let rest = ["=", ":", "@"].contains(replaced) ? "" : replaced
      if last.hasSuffix(rest) { kept = last.count - rest.count }
      // An @ parts words too, and is replaced with what follows.
      if last.dropLast(rest.count).hasSuffix("@") { kept -= 1 }
    }
    let completion = CommandLineCompletion(
      CommandLineTool.commands,
      names: { dimension, command, words in
        let configuration = (try? Configuration.load()) ?? .empty
        guard let path = (try? Arguments(unfinished: words, of: command, configuration))?.storePath,
          let wrapup = try? WrapUp(store: path, createInZone: nil),
          let names = try? wrapup.knownNames(of: dimension)
        else { return [] }
        return names
      },
      queries: { ((try? Configuration.load()) ?? .empty).queries.keys.sorted() })
    switch completion.answer(for: typed) {
    case .files: Terminal.say(CompletionScript.filesMark + "\n")
    case .candidates(let found):
      // A name that no terminal can show can't be typed either.
      for candidate in found where PrintableText.of(candidate.word) == candidate.word {
        Terminal.say(
          PrintableText.of(String(candidate.word.dropFirst(kept)))
            + (candidate.summary.isEmpty ? "" : "\t\(candidate.summary)")
            + "\n")
      }
    }
  }

  static let manual = Command(
    name: "manual", summary: "the manual page of a command, or all of them for man(1)",
    operands: "[COMMAND]", operandCount: 0...2, operandValues: [.commands],
    options: [
      Option(
        name: "--into", value: "FOLDER", values: .files,
        summary: "write every page there: wrapup.1, wrapup-stats.1 and so on")
    ],
    examples: [
      ("wrapup manual stats | man -l -", "read one"),
      (
        "mkdir -p ~/.local/share/man/man1; wrapup manual --into ~/.local/share/man/man1",
        "then 'man wrapup' and 'man wrapup-stats' work"
      ),
    ],
    run: { arguments in
      let pages = ManualPage.all(CommandLineTool.groups)
      if let folder = arguments["--into"] {
        if folder.isEmpty { throw arguments.error("--into needs a folder; . is this one") }
        guard arguments.operands.isEmpty else {
          throw arguments.error("--into writes every page: leave \(arguments.operands[0]) out")
        }
        try Folder.make(folder)
        for page in pages {
          var file = try LineFile("\(folder)/\(page.name).1")
          file.write(String(page.text.dropLast()))
          try file.close()
        }
        return Terminal.say("\(Phrase.count(pages.count, "page")) written to \(folder)\n")
      }
      let name = (["wrapup"] + arguments.operands).joined(separator: "-")
      guard let page = pages.first(where: { $0.name == name }) else {
        throw arguments.error(
          "there is no command \"\(arguments.operands.joined(separator: " "))\""
            + Phrase.didYouMean(
              arguments.operands.joined(separator: " "), among: CommandLineTool.commands.map(\.name)))
      }
      Terminal.say(page.text)
    })
}

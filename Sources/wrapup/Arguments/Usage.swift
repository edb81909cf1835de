internal import ReportRendering

/// Help, made from the commands' definitions.
enum Usage {
  /// What the first word of two-word commands is about.
  static func familySummary(_ family: String, _ commands: [Command]) -> String {
    let seconds = commands.filter { $0.name.hasPrefix("\(family) ") }.map {
      $0.name.dropFirst(family.count + 1)
    }
    return seconds.joined(separator: ", ")
  }

  /// What `wrapup` alone says.
  static func overview(_ groups: [CommandGroup], on screen: Screen) -> String {
    var text = """
      wrapup: ranked tags for close dialogs, exact handling times for managers

      USAGE  wrapup COMMAND [OPTIONS]

      """
    let width = groups.flatMap(\.commands).map(\.name.count).max() ?? 0
    for group in groups {
      text += "\n\(group.title.uppercased())\n"
      for command in group.commands {
        text += entry(command.name, command.summary, headWidth: width, on: screen)
      }
    }
    text += """

      START HERE
        wrapup demo                              a shop of 50,000 conversations to play with
        wrapup import conversations.csv          take in an export; names the store it went to
        wrapup stats --by tag                    handling time by tag
        wrapup recommend --category Delivery     the tags a close dialog should show first


      """
    text += screen.lines(of: "'wrapup help COMMAND' explains one command. Exit codes: \(exitCodes)")
    return text
  }

  /// How commands end.
  static let exitCodes = "0 done, 1 failed, 2 wrong usage, 130 interrupted."

  /// How a command is called.
  static func synopsis(of command: Command) -> String {
    let operands = command.operands.isEmpty ? "" : " \(command.operands)"
    return "wrapup \(command.name)\(operands) [OPTIONS]"
  }

  /// Help for one command.
  static func text(for command: Command, on screen: Screen) -> String {
    var text = screen.lines(of: "wrapup \(command.name): \(command.summary)")
    text += "\n" + screen.lines(of: "USAGE  " + synopsis(of: command))
    text += "\nOPTIONS\n"
    let width = command.allOptions.map(\.head.count).max() ?? 0
    for option in command.allOptions {
      text += entry(option.head, option.summary, headWidth: width, on: screen)
    }
    for note in command.notes { text += "\n\(note)\n" }
    if !command.examples.isEmpty {
      text += "\nEXAMPLES\n"
      for example in command.examples { text += "  \(example.line)\n      \(example.purpose)\n" }
    }
    return text
  }

  /// A head and what it means beside it, in as many lines as that takes.
  private static func entry(_ head: String, _ meaning: String, headWidth: Int, on screen: Screen) -> String {
    let indent = headWidth + 4
    let lines = screen.width.map { WrappedText.lines(of: meaning, within: max($0 - indent, 24)) } ?? [meaning]
    return zip(lines.indices, lines).map { place, line in
      (place == 0 ? "  \(head.padded(to: headWidth))  " : String(repeating: " ", count: indent)) + line + "\n"
    }.joined()
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

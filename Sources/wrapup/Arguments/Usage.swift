/// Help, made from the commands' definitions.
enum Usage {
  static let version = "0.1.0"

  /// What `wrapup` alone says.
  static func overview(_ commands: [Command]) -> String {
    let width = commands.map(\.name.count).max() ?? 0
    var text = """
      wrapup: ranked tags for close dialogs, exact handling times for managers

      USAGE  wrapup COMMAND [OPTIONS]


      """
    for command in commands {
      text += "  \(command.name.padded(to: width))  \(command.summary)\n"
    }
    text += """

      START HERE
        wrapup import conversations.csv          take in an export; names the store it went to
        wrapup stats --by tag                    handling time by tag
        wrapup recommend --category Delivery     the tags a close dialog should show first

      'wrapup help COMMAND' explains one command. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.

      """
    return text
  }

  /// Help for one command.
  static func text(for command: Command) -> String {
    var text = "wrapup \(command.name): \(command.summary)\n\n"
    let operands = command.operands.isEmpty ? "" : " \(command.operands)"
    text += "USAGE  wrapup \(command.name)\(operands)\(command.options.isEmpty ? "" : " [OPTIONS]")\n"
    if !command.options.isEmpty {
      text += "\nOPTIONS\n"
      let heads = command.options.map(\.head)
      let width = heads.map(\.count).max() ?? 0
      for (head, option) in zip(heads, command.options) {
        text += "  \(head.padded(to: width))  \(option.summary)\n"
      }
    }
    for note in command.notes { text += "\n\(note)\n" }
    if !command.examples.isEmpty {
      text += "\nEXAMPLES\n"
      for example in command.examples { text += "  \(example.line)\n      \(example.purpose)\n" }
    }
    return text
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

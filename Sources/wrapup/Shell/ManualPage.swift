/// A manual page in the macros of man(7), made from a command's definition.
struct ManualPage {
  /// As man(1) finds it: `wrapup`, `wrapup-tag-merge`.
  let name: String
  let text: String

  /// The page of the program and one for each command.
  static func all(_ groups: [CommandGroup]) -> [ManualPage] {
    [overview(groups)] + groups.flatMap(\.commands).map(page)
  }

  private static func overview(_ groups: [CommandGroup]) -> ManualPage {
    var text = head("wrapup", "ranked tags for close dialogs, exact handling times for managers")
    text += ".SH SYNOPSIS\n.B wrapup\n.I COMMAND\n[\\fIOPTIONS\\fR]\n"
    for group in groups {
      text += ".SH \(escaped(group.title.uppercased()))\n"
      for command in group.commands {
        text += ".TP\n.BR \(dashed(pageName(command)))(1)\n\(escaped(command.summary))\n"
      }
    }
    text += ".SH CONFIGURATION\n"
    text += preformatted(Configuration.explanation)
    text += ".SH ENVIRONMENT\n"
    for variable in environment { text += ".TP\n.B \(variable.name)\n\(escaped(variable.meaning))\n" }
    text += ".SH EXIT STATUS\n\(Usage.exitCodes)\n"
    return ManualPage(name: "wrapup", text: text)
  }

  /// What the program looks at beyond its command line.
  private static let environment = [
    ("WRAPUP_STORE", "the store, unless --store names one"),
    ("WRAPUP_CONFIG", "the configuration file; empty for none"),
    ("XDG_CONFIG_HOME", "the folder of wrapup/config; else ~/.config"),
    ("NO_COLOR", "when it is set and not empty, nothing is coloured unless --color says so"),
    ("COLUMNS", "the width of pictures that are not drawn on a terminal"),
    ("TZDIR", "the folder of the time zones"),
  ].map { (name: $0.0, meaning: $0.1) }

  private static func page(of command: Command) -> ManualPage {
    var text = head(pageName(command), command.summary)
    text += ".SH SYNOPSIS\n.B \(dashed("wrapup \(command.name)"))\n"
    if !command.operands.isEmpty { text += "\(escaped(command.operands))\n" }
    text += "[\\fIOPTIONS\\fR]\n.SH OPTIONS\n"
    for option in command.allOptions {
      text += ".TP\n.B \(dashed(option.head))\n\(escaped(option.summary))\n"
    }
    if !command.notes.isEmpty { text += ".SH DESCRIPTION\n" + preformatted(command.notes) }
    if !command.examples.isEmpty { text += ".SH EXAMPLES\n" }
    for example in command.examples {
      text += ".TP\n\(dashed(example.line))\n\(escaped(example.purpose))\n"
    }
    text +=
      ".SH EXIT STATUS\n\(Usage.exitCodes)\n.SH SEE ALSO\n.BR wrapup (1)\n"
    return ManualPage(name: pageName(command), text: text)
  }

  private static func pageName(_ command: Command) -> String {
    "wrapup-" + command.name.split(separator: " ").joined(separator: "-")
  }

  private static func head(_ name: String, _ summary: String) -> String {
    ".TH \(dashed(name.uppercased())) 1 \"\(VersionText.date)\" \"Wrapup \(VersionText.version)\"\n.SH NAME\n\(dashed(name)) \\- \(escaped(summary))\n"
  }

  /// Paragraphs whose lines and columns stand as they are.
  private static func preformatted(_ paragraphs: [String]) -> String {
    paragraphs.map { paragraph in
      ".nf\n"
        + paragraph.split(separator: "\n", omittingEmptySubsequences: false)
        .map { dashed(String($0)) + "\n" }.joined() + ".fi\n"
    }.joined(separator: ".PP\n")
  }

  /// Words as they stand, with dashes that can be copied into a shell.
  private static func dashed(_ text: String) -> String {
    escaped(text).split(separator: "-", omittingEmptySubsequences: false).joined(separator: "\\-")
  }

  /// Words as they stand: no character of theirs is a command of roff.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\": escaped += "\\e"
      case "'": escaped += "\\(aq"
      case "`": escaped += "\\(ga"
      case "^": escaped += "\\(ha"
      case "~": escaped += "\\(ti"
      case "\"": escaped += "\\(dq"
      default:
        // No reader of manuals needs to be told how the page is encoded.
        for scalar in character.unicodeScalars {
          escaped +=
            scalar.isASCII
            ? String(scalar) : "\\[u\(String(scalar.value, radix: 16).uppercased().leftPadded(to: 4))]"
        }
      }
    }
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}

internal import Glibc

/// What the configuration file says: values of options that a command line leaves out, and saved queries.
struct Configuration: Sendable {
  /// A value and where it stands.
  struct Setting: Sendable {
    let value: String
    /// `FILE:LINE`.
    let place: String
  }

  /// A line that can't be taken.
  struct Fault: Error {
    let place: String
    let message: String
  }

  /// The section of saved queries.
  static let queriesSection = "queries"
  /// Says nothing.
  static let empty = Configuration()

  /// Settings by section, then by the option's name; the section "" is of all commands.
  var settings: [String: [String: [Setting]]] = [:]
  /// Saved queries by name, as words of a command line.
  var queries: [String: Setting] = [:]

  /// Where the file is looked for: `$WRAPUP_CONFIG`, else `wrapup/config` under `$XDG_CONFIG_HOME`, else under
  /// `~/.config`; `nil` where none of these is known, or `$WRAPUP_CONFIG` is empty.
  static var path: String? {
    if let path = Terminal.environment("WRAPUP_CONFIG") { return path.isEmpty ? nil : path }
    if let folder = Terminal.environment("XDG_CONFIG_HOME"), !folder.isEmpty {
      return "\(folder)/wrapup/config"
    }
    return Terminal.environment("HOME").map { "\($0)/.config/wrapup/config" }
  }

  /// The file as it is now. One that is not there says nothing, unless `$WRAPUP_CONFIG` names it.
  ///
  /// - Throws: ``Failure`` naming file, line and what would be right.
  static func load() throws -> Configuration {
    guard let path else { return empty }
    let isNamed = Terminal.environment("WRAPUP_CONFIG") != nil
    if !isNamed, unsafe access(path, F_OK) != 0 { return empty }
    let text = try InputText.whole(path, limit: 1 << 20)
    do throws(Fault) {
      return try Configuration(text, path: path, commands: CommandLineTool.commands)
    } catch {
      throw Failure(message: "\(error.place): \(error.message)")
    }
  }

  /// What is said of an option of a command: in its own section, in that of its family (`tag` of `tag list`), or for all;
  /// several values of a repeatable one.
  func setting(_ name: String, of command: Command) -> [Setting] {
    guard !settings.isEmpty, command.allOptions.contains(where: { $0.name == name && $0.isSetting }) else {
      return []
    }
    let family = String(command.name.prefix { $0 != " " })
    return settings[command.name]?[name] ?? settings[family]?[name] ?? settings[""]?[name] ?? []
  }

  /// The words of a saved query, and where they stand.
  func query(_ name: String, _ command: Command) throws -> (words: [String], place: String) {
    guard let saved = queries[name] else {
      let hint =
        queries.isEmpty ? "; 'wrapup help config' shows how to save one" : ""
      throw UsageError(
        "there is no saved query @\(name)" + Phrase.didYouMean(name, among: Array(queries.keys)) + hint,
        command: command.name)
    }
    return (ShellWord.words(of: saved.value).words, saved.place)
  }
}

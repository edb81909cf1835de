extension Configuration {
  /// - Parameters:
  ///   - text: lines `name = value` under headings `[command]`; `#` begins a line that says nothing.
  ///   - path: what the file is called in messages; its folder is where relative paths begin.
  ///   - commands: those whose options may be said.
  init(_ text: String, path: String, commands: [Command]) throws(Fault) {
    var section = ""
    let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    // As a character, CR and LF are one.
    for (place, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let place = "\(path):\(place + 1)"
      let line = Self.trimmed(line)
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("[") {
        guard line.hasSuffix("]") else {
          throw Fault(place: place, message: "a heading ends with ], such as [stats]")
        }
        section = Self.trimmed(line.dropFirst().dropLast())
        try Self.check(section: section, commands, place)
        continue
      }
      guard let equals = line.firstIndex(of: "=") else {
        throw Fault(place: place, message: "\"\(line)\" is neither NAME = VALUE nor [COMMAND] nor # a remark")
      }
      let name = Self.trimmed(line[..<equals])
      let setting = Setting(value: Self.trimmed(line[line.index(after: equals)...]), place: place)
      if section == Self.queriesSection {
        try addQuery(name, setting)
      } else {
        try add(name, setting, section, commands, path: path)
      }
    }
  }

  private mutating func add(
    _ name: String, _ setting: Setting, _ section: String, _ commands: [Command], path: String
  ) throws(Fault) {
    let options = Self.commands(of: section, commands).flatMap(\.allOptions).filter(\.isSetting)
    guard let option = options.first(where: { $0.name == "--\(name)" }) else {
      let names = Set(options.map { String($0.name.dropFirst(2)) }).sorted()
      let known = names.isEmpty ? "nothing" : names.joined(separator: ", ")
      let owner = section.isEmpty ? "before the first heading" : "under [\(section)]"
      throw Fault(
        place: setting.place,
        message: "\(owner) there is no \"\(name)\"" + Phrase.didYouMean(name, among: names)
          + "; there may stand \(known)")
    }
    var value = setting.value
    guard !value.isEmpty else {
      throw Fault(place: setting.place, message: "\(name) needs a value: \(name) = \(option.value ?? "yes")")
    }
    switch option.values {
    case .any where option.value == nil:
      guard ["yes", "no"].contains(value) else {
        throw Fault(place: setting.place, message: "\(name) can't be \"\(value)\": it is yes or no")
      }
    case .words(let words):
      guard words.contains(value.lowercased()) else {
        throw Fault(
          place: setting.place,
          message: "\(name) can't be \"\(value)\": it is one of \(words.joined(separator: ", "))")
      }
    case .files:
      value = Self.resolved(value, besides: path)
    default: break
    }
    guard option.isRepeatable || settings[section]?[option.name] == nil else {
      throw Fault(place: setting.place, message: "\(name) is said twice")
    }
    settings[section, default: [:]][option.name, default: []].append(
      Setting(value: value, place: setting.place))
  }

  private mutating func addQuery(_ name: String, _ setting: Setting) throws(Fault) {
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) else {
      throw Fault(
        place: setting.place,
        message: "a query can't be called \"\(name)\": letters, digits, - _ and . make its name")
    }
    guard queries[name] == nil else {
      throw Fault(place: setting.place, message: "there is a query \(name) already")
    }
    let (words, isOpen, _) = ShellWord.words(of: setting.value)
    guard !isOpen else {
      throw Fault(place: setting.place, message: "the query \(name) has a quote that nothing closes")
    }
    guard !words.isEmpty else {
      throw Fault(
        place: setting.place, message: "the query \(name) needs options of 'wrapup stats', such as --by tag")
    }
    queries[name] = setting
  }

  private static func check(section: String, _ commands: [Command], _ place: String) throws(Fault) {
    guard section != queriesSection, Self.commands(of: section, commands).isEmpty || section.isEmpty else {
      return
    }
    let names = commands.map(\.name) + [queriesSection]
    throw Fault(
      place: place,
      message: "there is no command \"\(section)\"" + Phrase.didYouMean(section, among: names)
        + "; headings are commands and [\(queriesSection)]")
  }

  /// The commands that a section speaks of.
  private static func commands(of section: String, _ commands: [Command]) -> [Command] {
    section.isEmpty ? commands : commands.filter { $0.name == section || $0.name.hasPrefix("\(section) ") }
  }

  private static func trimmed(_ text: Substring) -> String {
    let text = text.drop { $0.isWhitespace }
    return String(String(text.reversed().drop { $0.isWhitespace }.reversed()))
  }

  /// A path as the file means it: `~/` is the user's folder, and what is relative begins where the file lies.
  private static func resolved(_ value: String, besides path: String) -> String {
    if value.hasPrefix("~/"), let home = Terminal.environment("HOME") { return home + value.dropFirst(1) }
    if value.hasPrefix("/") { return value }
    guard let slash = path.lastIndex(of: "/") else { return value }
    return path[...slash] + value
  }
}

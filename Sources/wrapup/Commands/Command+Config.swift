internal import Glibc
internal import ReportRendering
internal import WrapUpEngine

extension Configuration {
  /// What the file may say, for help and manual.
  static let explanation = [
    """
    FILE  $WRAPUP_CONFIG, else wrapup/config under $XDG_CONFIG_HOME, else ~/.config/wrapup/config. What a command line
      says comes first, then the environment (WRAPUP_STORE, NO_COLOR), then the file, then what is built in.
    """,
    """
    LINES  are NAME = VALUE, named like options without their dashes. Those before the first heading are for every
      command that has the option; those under [COMMAND] for that one, or under [tag] for all that begin with tag.
      A path begins at the file's folder or with ~/. Lines that begin with # say nothing; a value is all behind its =.

        store = ~/support/wrapup.sqlite
        color = never

        [stats]
        zone = Europe/Paris

        [import]
        map = id=Case Number
        map = agent=Owner
        derive-handling = yes

        [queries]
        weekly = --by tag --period last-week --sort total --limit 10
        slow = --rows --sort handling --limit 20 --where 'handling > 3600'
    """,
    """
    QUERIES  'wrapup stats @weekly' asks what stands under that name. Options beside it replace the saved ones of the
      same name: 'wrapup stats @weekly --limit 3 --channel chat'.
    """,
  ]
}

extension Command {
  static let config = Command(
    name: "config", summary: "what the configuration file says, and how to write one",
    options: [.tableFormat],
    examples: [
      ("wrapup config", "settings and saved queries in force, and where each comes from"),
      ("wrapup stats @weekly", "asks the query that is saved as weekly"),
    ],
    notes: Configuration.explanation,
    run: { arguments in
      let form: RecordTable.Form = try arguments.choice("--format", default: .table)
      let configuration = arguments.configuration
      var rows: [[RecordTable.Cell]] = []
      func add(_ command: String, _ name: String, _ value: String, _ place: String) {
        rows.append([.text(command), .text(name), .text(value), .text(place)])
      }
      let inFile = configuration.settings[""]?["--store"]
      if let path = Terminal.environment("WRAPUP_STORE"), !path.isEmpty {
        add("every", "store", path, "$WRAPUP_STORE")
      } else if inFile == nil {
        add("every", "store", "wrapup.sqlite", "built in")
      }
      for (section, settings) in configuration.settings.sorted(by: { $0.key < $1.key }) {
        for (name, setting) in settings.sorted(by: { $0.key < $1.key }).flatMap({ name, all in
          all.map { (name, $0) }
        }) {
          add(section.isEmpty ? "every" : section, String(name.dropFirst(2)), setting.value, setting.place)
        }
      }
      for (name, query) in configuration.queries.sorted(by: { $0.key < $1.key }) {
        add("stats", "@\(name)", query.value, query.place)
      }
      let table = RecordTable(
        [.words("command"), .words("name"), .words("value"), .words("from")], rows: rows, notes: [fileNote])
      Terminal.say(table.text(as: form, on: Terminal.screen))
    })

  private static var fileNote: String {
    guard let path = Configuration.path else {
      return "No configuration file: $WRAPUP_CONFIG is empty, or there is no $HOME."
    }
    return unsafe access(path, F_OK) == 0
      ? "From \(path)." : "\(path) is not there; 'wrapup help config' shows what it may say."
  }
}

import Foundation
import Testing

/// Every example that help gives, run by a shell as its reader would.
struct HelpExamplesTests {
  /// Command lines under EXAMPLES in the help of every command.
  private static let lines: [String] = {
    let overview = (try? Tool.run([]).output) ?? ""
    let commands = overview.split(separator: "\n").prefix { $0 != "START HERE" }.filter { $0.hasPrefix("  ") }
    return commands.flatMap { line in
      let name = line.dropFirst(2).prefix { $0 != " " }
      let second = line.dropFirst(2 + name.count + 1).prefix { $0 != " " }
      let words = second.isEmpty ? [String(name)] : [String(name), String(second)]
      let help = (try? Tool.run(["help"] + words).output) ?? ""
      let examples = help.components(separatedBy: "\nEXAMPLES\n").last ?? ""
      return examples.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
        .map { String($0.dropFirst(2)) }
    }
  }()

  /// What has to be there before an example means anything, by how it begins.
  private static let preparations = [
    ("wrapup open", ""),
    ("wrapup tag merge", #"wrapup tag add Refnd "Money back""#),
    ("wrapup tag undo Refnd", "wrapup tag add Refnd; wrapup tag merge Refnd --into Refund"),
    ("wrapup tag undo Refund", "wrapup tag off Refund"),
    ("wrapup tag off", #"wrapup tag add "Fax order""#),
    ("wrapup tag on", #"wrapup tag add "Fax order"; wrapup tag off "Fax order""#),
    ("wrapup category undo", "wrapup category rename Delivery Shipping"),
    ("", "wrapup open c-17 --channel chat --category Delivery --agent Ann"),
  ]

  private static func shell(_ script: String, in folder: URL) throws -> Tool.Result {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try Tool.launch(
      "/bin/bash", ["-c", "set -eo pipefail\n" + script], in: folder,
      environment: [
        "PATH": "\(URL(filePath: Tool.path).deletingLastPathComponent().path):\(path)", "HOME": folder.path,
        "WRAPUP_CONFIG": folder.appending(path: "config").path, "MANPAGER": "cat",
      ])
  }

  /// The files that examples speak of, and a store with contacts of last month too.
  private static func prepare(_ folder: URL) throws {
    let sample = try String(contentsOf: URL(filePath: Tool.fixture("sample.csv")), encoding: .utf8)
    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    for name in ["conversations.csv", "march.csv", "big.csv"] { try write(name, sample) }
    try FileManager.default.copyItem(
      atPath: Tool.fixture("sample.mapping.csv"), toPath: folder.appending(path: "mapping.csv").path)
    try write(
      "april.csv",
      "id,startedAt,tags,handlingSeconds,endedAt\nx,2016-04-01T10:00Z,Refund,60,2016-04-01T10:05Z\n")
    try write("tickets.csv", "Reference,startedAt,Owner\n7,2026-01-05T10:00:00Z,Bob\n8,nonsense,Bob\n")
    let closes = ["train", "test"].map { part in
      #"{"split":"\#(part)","category":"Delivery","tags":["Refund"],"text":"my money back","endedAt":"2016-01-01T10:00:00Z"}"#
    }
    try write("closes.jsonl", closes.joined(separator: "\n") + "\n")
    try write("config", "[queries]\nweekly = --by tag --period 2016-W05\n")
    let calendar = Calendar(identifier: .gregorian)
    let lastMonth = calendar.date(byAdding: .month, value: -1, to: Date())!
    let day = lastMonth.formatted(.iso8601.year().month().day())
    try write(
      "recent.csv",
      "id,startedAt,endedAt,channel,category,tags,agent,handlingSeconds\n"
        + (0..<30).map {
          "n\($0),\(day)T10:00:\(10 + $0)Z,\(day)T10:30:00Z,chat,Delivery,Refund,Ann,\(60 + $0)\n"
        }.joined())
    let result = try shell(
      "gzip big.csv; wrapup import conversations.csv recent.csv --mapping mapping.csv", in: folder)
    #expect(result.code == 0, "\(result.complaints)")
  }

  @Test("every example does what it says")
  func examples() throws {
    #expect(Self.lines.count > 50 && Self.lines.contains("wrapup stats --by tag"))
    try Tool.inFolder { folder in
      let model = folder.appending(path: "model")
      try FileManager.default.createDirectory(at: model, withIntermediateDirectories: false)
      try Self.prepare(model)
      for (place, line) in Self.lines.enumerated() {
        let copy = folder.appending(path: "\(place)")
        try FileManager.default.copyItem(at: model, to: copy)
        let preparation = Self.preparations.first { line.hasPrefix($0.0) }!.1
        #expect(try Self.shell(preparation, in: copy).code == 0, "\(preparation)")
        let result = try Self.shell(line, in: copy)
        #expect(result.code == 0, "\(line): \(result.complaints)")
        try FileManager.default.removeItem(at: copy)
      }
    }
  }
}

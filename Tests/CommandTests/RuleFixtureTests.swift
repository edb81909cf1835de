import Foundation
import Testing

/// The cases of `Fixtures/Rules`, small enough to add up by hand: every figure of every answer written there.
struct RuleFixtureTests {
  @Test("a rule gives the figures that its case adds up by hand", arguments: RuleCase.all)
  func everyFigureAgrees(rule: RuleCase) throws {
    let imports = rule.steps.count { $0.isImport }
    #expect(imports > 0, "\(rule.name) imports nothing")
    #expect(imports < rule.steps.count, "\(rule.name) asks nothing")
    try Tool.inFolder { folder in
      for file in RuleCase.files("csv") {
        try FileManager.default.copyItem(
          at: RuleCase.folder.appending(path: file), to: folder.appending(path: file))
      }
      var files = AskedFiles()
      for step in rule.steps {
        let place = "\(rule.name): $ \(step.command)"
        let words = step.words
        guard words.count > 1, words[0] == "wrapup", ["import", "stats"].contains(words[1]) else {
          Issue.record("\(place) is neither an import nor a question")
          continue
        }
        let result = try Tool.run(Array(words.dropFirst()), in: folder)
        #expect(result.code == 0, "\(place): exit code \(result.code), \(result.complaints)")
        guard result.code == 0 else { continue }
        if step.isImport {
          files.note(words)
          continue
        }
        #expect(!step.expected.isEmpty, "\(place) expects nothing")
        if step.isCSV {
          Self.compare(CSVTable(result.output), with: step, at: place)
        } else {
          for line in step.expected {
            let isSaid = (result.output + result.complaints).contains(line)
            #expect(isSaid, "\(place): \"\(line)\" is not said in\n\(result.output)\(result.complaints)")
          }
        }
        if let direct = files.question(words) {
          let straight = try Tool.run(direct, in: folder)
          #expect(straight.code == 0 && straight.output == result.output, "\(place), straight from its files")
        }
      }
      let count = ["stats", "--open", "--bots", "--measures", "conversations", "--format", "csv"]
      let conversations = CSVTable(try Tool.run(count, in: folder).output).rows.first?["conversations"]
      #expect(
        Int(conversations ?? "") ?? 0 >= 3, "\(rule.name) has \(conversations ?? "no") conversations, not 3")
    }
  }

  @Test("there are cases enough, each file belongs to one, and the index names them all")
  func folderIsWhole() {
    #expect(RuleCase.all.count >= 30)
    let imported = Set(RuleCase.all.flatMap { $0.steps.filter(\.isImport).flatMap(\.words) })
    for file in RuleCase.files("csv") {
      #expect(imported.contains(file), "\(file) is imported by no case")
    }
    let index = RuleCase.text("README.md")
    for rule in RuleCase.all {
      #expect(index.contains("(\(rule.name))"), "README.md does not link \(rule.name)")
    }
  }

  private static func compare(_ found: CSVTable, with step: RuleCase.Step, at place: String) {
    let expected = CSVTable(step.expected.map { $0 + "\n" }.joined())
    guard found.header == expected.header else {
      Issue.record("\(place): columns \(found.header), not \(expected.header)")
      return
    }
    let dimensions = step.dimensions
    func key(_ row: [String: String]) -> [String] { dimensions.map { row[$0] ?? "" } }
    let keys = expected.rows.map(key)
    let foundKeys = found.rows.map(key)
    let areSame =
      step.isSorted
      ? foundKeys == keys : foundKeys.sorted(by: precedes) == keys.sorted(by: precedes)
    #expect(areSame, "\(place): rows \(foundKeys), not \(keys)")
    let foundRows = found.rows(by: dimensions)
    for row in expected.rows {
      guard let other = foundRows[key(row)] else { continue }
      for column in expected.header where !dimensions.contains(column) {
        let figure = other[column] ?? "nothing"
        let truth = row[column] ?? "a figure that the case lacks"
        #expect(
          agree(figure, truth), "\(place): row \(key(row)), column \(column): \(figure), not \(truth)")
      }
    }
  }

  private static func precedes(_ one: [String], _ other: [String]) -> Bool {
    one.lexicographicallyPrecedes(other)
  }

  /// Whole numbers exactly, others within 1e-9 relative, an empty cell only with another.
  private static func agree(_ one: String, _ other: String) -> Bool {
    if let first = Int(one), let second = Int(other) { return first == second }
    return CSVTable.agree(one, other)
  }
}

/// The imports of a case so far, so that its questions can be asked of the files themselves.
private struct AskedFiles {
  /// By store, the files with the options of their import.
  private var imports: [String: (files: [String], options: Set<[String]>)] = [:]

  mutating func note(_ words: [String]) {
    let (store, rest) = Self.split(Array(words.dropFirst(2)))
    var files: [String] = []
    var options: [String] = []
    var place = 0
    while place < rest.count {
      switch rest[place] {
      case "--derive-handling": options.append(rest[place])
      case "--zone", "--max-duration":
        options += [rest[place] == "--zone" ? "--file-zone" : rest[place], rest[place + 1]]
        place += 1
      // A zone of the store is the questions' own from then on.
      case let word where word.hasPrefix("-"): options.append("unknown")
      default: files.append(rest[place])
      }
      place += 1
    }
    imports[store, default: ([], [])].files += files
    imports[store]?.options.insert(options)
  }

  /// The same question of the files; `nil` when they were imported in different ways.
  func question(_ words: [String]) -> [String]? {
    let (store, rest) = Self.split(Array(words.dropFirst(2)))
    guard let known = imports[store], known.options.count == 1, let options = known.options.first,
      !options.contains("unknown"), !rest.contains("--explain")
    else { return nil }
    return ["stats"] + known.files + options + rest
  }

  private static func split(_ words: [String]) -> (store: String, rest: [String]) {
    guard let place = words.firstIndex(of: "--store") else { return ("", words) }
    return (words[place + 1], Array(words[..<place] + words[(place + 2)...]))
  }
}

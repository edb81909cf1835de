import Foundation
import Testing

/// The walls: what each folder may import, how long a file may be, what the project may depend on.
struct ArchitectureTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Modules of this package and of the system that each target may import; the standard library's own
  /// (Synchronization) are free to all.
  private static let table: [String: Set<String>] = [
    "Columnar": ["CLanes"],
    "Conversations": [],
    "CivilTime": ["Glibc"],
    "MappedFiles": ["Glibc"],
    "HandlingAnalytics": ["Columnar", "Conversations", "CivilTime", "MappedFiles"],
    "TagRanking": ["CLanes", "Conversations", "MappedFiles"],
    "ConversationFiles": ["CLanes", "Conversations", "CivilTime", "Glibc", "FoundationEssentials"],
    "SQLiteStore": ["CSQLite", "Conversations", "Glibc"],
    "WrapUpEngine": [
      "Columnar", "Conversations", "CivilTime", "MappedFiles", "HandlingAnalytics", "TagRanking",
      "ConversationFiles", "SQLiteStore", "Glibc",
    ],
    "ReportRendering": ["HandlingAnalytics", "Conversations"],
    "wrapup": ["WrapUpEngine", "ReportRendering", "FoundationEssentials", "Glibc"],
  ]

  private static func swiftFiles(in folder: String) throws -> [URL] {
    let start = root.appending(path: folder)
    let walk = try #require(FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil))
    return walk.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }

  private static func imports(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
        words[..<place].allSatisfy({
          ["public", "package", "internal", "@_exported", "@testable"].contains($0)
        })
      else { return nil }
      return String(words[place + 1])
    }
  }

  @Test("every folder of Sources stands in the import table")
  func foldersAreKnown() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "Sources").path)
    #expect(Set(folders).subtracting(["CLanes", "CSQLite"]) == Set(Self.table.keys))
  }

  @Test("a target imports what the table allows and nothing else", arguments: table.keys.sorted())
  func importsFollowTheTable(target: String) throws {
    let allowed = try #require(Self.table[target]).union(["Synchronization"])
    let files = try Self.swiftFiles(in: "Sources/\(target)")
    #expect(!files.isEmpty)
    for file in files {
      let foreign = Set(try Self.imports(of: file)).subtracting(allowed)
      #expect(foreign.isEmpty, "\(file.lastPathComponent) imports \(foreign.sorted())")
    }
  }

  @Test("no file is longer than 350 lines, generated ones excepted")
  func filesAreShort() throws {
    for folder in ["Sources", "Tests", "Benchmarks"] {
      for file in try Self.swiftFiles(in: folder) where file.lastPathComponent != "NameFoldTable.swift" {
        let lines = try String(contentsOf: file, encoding: .utf8).count { $0 == "\n" }
        #expect(lines <= 350, "\(file.lastPathComponent) has \(lines) lines")
      }
    }
  }

  @Test("the package depends on no other package")
  func noDependencies() throws {
    let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
    #expect(!manifest.contains(".package("))
  }

  @Test("a module and a type never share a name")
  func typesAndModulesDiffer() throws {
    let declaration = try Regex(
      "(?:struct|class|enum|protocol|actor) (\(Self.table.keys.joined(separator: "|")))\\b")
    for file in try Self.swiftFiles(in: "Sources") {
      let source = try String(contentsOf: file, encoding: .utf8)
      #expect(source.firstMatch(of: declaration) == nil, "\(file.lastPathComponent)")
    }
  }

  @Test("every unsafe expression outside the C edges says why it is safe near by")
  func unsafeIsExplained() throws {
    for target in ["Columnar", "HandlingAnalytics", "TagRanking"] {
      for file in try Self.swiftFiles(in: "Sources/\(target)") {
        let lines = try String(contentsOf: file, encoding: .utf8).split(
          separator: "\n", omittingEmptySubsequences: false)
        guard lines.contains(where: { $0.contains("unsafe ") }) else { continue }
        #expect(lines.contains { $0.contains("// Safe:") }, "\(file.lastPathComponent) has no // Safe: line")
      }
    }
  }
}

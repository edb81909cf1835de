import Foundation
import Testing

/// Runs the built `wrapup` as a user would: words in, output, complaints and exit code out.
struct Tool {
  struct Result {
    let output: String
    let complaints: String
    let code: Int32
  }

  /// Beside the test runner lie the products of the same build; WRAPUP_TOOL names another.
  static let path: String =
    ProcessInfo.processInfo.environment["WRAPUP_TOOL"]
    ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "wrapup").path

  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func fixture(_ name: String) -> String { root.appending(path: "Fixtures/\(name)").path }

  /// Runs `wrapup` in `folder`.
  @discardableResult
  static func run(
    _ words: [String], in folder: URL? = nil, input: Data? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    try launch(path, words, in: folder, input: input, environment: environment)
  }

  /// A `wrapup` that is not started yet, for tests that meddle with it while it runs.
  static func process(_ words: [String], in folder: URL) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = words
    process.currentDirectoryURL = folder
    process.environment = environment([:])
    return process
  }

  /// This process's variables and some more. What the user of this machine has configured is no part of any test.
  private static func environment(_ more: [String: String]) -> [String: String] {
    ProcessInfo.processInfo.environment.merging(["WRAPUP_CONFIG": ""]) { $1 }.merging(more) { $1 }
  }

  /// Runs any program and waits for it.
  static func launch(
    _ program: String, _ words: [String], in folder: URL? = nil, input: Data? = nil,
    environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = words
    process.currentDirectoryURL = folder
    process.environment = Self.environment(environment)
    // Files rather than pipes: no output is long enough to block a program that nobody reads.
    let scratch = FileManager.default.temporaryDirectory.appending(path: "tool-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    func file(_ name: String, _ content: Data = Data()) throws -> URL {
      let url = scratch.appending(path: name)
      try content.write(to: url)
      return url
    }
    let output = try file("out")
    let complaints = try file("err")
    process.standardInput = try FileHandle(forReadingFrom: try file("in", input ?? Data()))
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: complaints)
    try process.run()
    process.waitUntilExit()
    return Result(
      output: try String(contentsOf: output, encoding: .utf8),
      complaints: try String(contentsOf: complaints, encoding: .utf8), code: process.terminationStatus)
  }

  /// A folder of its own for one test, removed when the test is done.
  static func inFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "wrapup-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// Runs `wrapup` and expects it to succeed without a complaint; its output.
  static func succeed(_ words: [String], in folder: URL, input: Data? = nil) throws -> String {
    let result = try run(words, in: folder, input: input)
    #expect(result.code == 0 && result.complaints.isEmpty, "\(words): \(result.code) \(result.complaints)")
    return result.output
  }

  /// The recommendations of an answer as JSON, without what differs from one asking to the next: how long ranking took
  /// and when.
  static func recommendations(_ answer: String) -> Substring {
    answer.range(of: ",\"context\":").map { answer[..<$0.lowerBound] } ?? answer[...]
  }
}

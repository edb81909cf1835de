internal import Foundation

/// Times commands as whole processes: start-up, work and exit.
struct ProcessBenchmarks {
  let tool: String
  let rows: Int

  struct WrongAnswer: Error, CustomStringConvertible {
    let description: String
  }

  func run() throws { try inFolder(run) }

  /// Runs `body` with a folder of its own, which is removed afterwards.
  func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "wrapup-bench-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
      try? FileManager.default.removeItem(at: folder)
      try? FileManager.default.removeItem(atPath: outputFile)
    }
    try body(folder)
  }

  private func run(_ folder: URL) throws {
    let file = folder.appending(path: "contacts.csv")
    let store = folder.appending(path: "bench.sqlite").path
    _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    let handle = try FileHandle(forWritingTo: file)
    var contacts = GeneratedContacts()
    contacts.writeCSV(rows: rows) { handle.write($0) }
    // What is still on its way to the disk would be paid for by the first command that syncs.
    try handle.synchronize()
    try handle.close()

    let (imported, seconds) = try timed(["import", file.path, "--store", store])
    guard imported.contains("\(grouped(rows)) added") else { throw WrongAnswer(description: imported) }
    print("whole processes over \(grouped(rows)) generated contacts, \(tool)\n")
    print("| command | median | least | |")
    print("|---|---|---|---|")
    print("| import | \(milliseconds(seconds)) | | \(grouped(Int(Double(rows) / seconds))) rows/s |")

    let byTag = [
      "stats", "--by", "tag", "--measures", "contacts,n,total", "--format", "csv", "--store", store,
    ]
    try check(try timed(byTag).output, contacts.expected)
    try report("stats --by tag", ["stats", "--by", "tag", "--store", store])
    try report(
      "stats --by tag, four percentiles",
      ["stats", "--by", "tag", "--measures", "n,p50,p90,p95,p99", "--store", store])
    try report("stats --by agent,tag", ["stats", "--by", "agent,tag", "--format", "csv", "--store", store])
    try report(
      "stats --by weekday,hour, Europe/Paris",
      ["stats", "--by", "weekday,hour", "--zone", "Europe/Paris", "--store", store])
    try report(
      "recommend --category",
      ["recommend", "--category", "Category 3", "--channel", "chat", "--store", store])
    try report("--help", ["--help"])
  }

  /// The counts and sums of every tag, against those added up while generating.
  private func check(_ csv: String, _ expected: [String: GeneratedContacts.Expected]) throws {
    var found: [String: GeneratedContacts.Expected] = [:]
    for line in csv.split(separator: "\n").dropFirst(2) {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      found[String(fields[0])] = GeneratedContacts.Expected(
        contacts: Int(fields[1])!, n: Int(fields[2])!, total: Int(fields[3])!)
    }
    guard found == expected else {
      throw WrongAnswer(description: "stats --by tag differs from the plain sums")
    }
  }

  private func report(_ title: String, _ arguments: [String]) throws {
    var times: [Double] = []
    for _ in 0..<11 { times.append(try timed(arguments).seconds) }
    times.sort()
    print("| \(title) | \(milliseconds(times[times.count / 2])) | \(milliseconds(times[0])) | |")
  }

  func timed(_ arguments: [String]) throws -> (output: String, seconds: Double) {
    let run = try TimedProcess(tool, arguments, outputFile: outputFile)
    guard run.status == 0 else {
      throw WrongAnswer(description: "\(arguments) ended with status \(run.status)")
    }
    return (run.output, run.seconds)
  }

  private var outputFile: String {
    FileManager.default.temporaryDirectory.appending(path: "wrapup-bench-\(getpid()).out").path
  }

  func milliseconds(_ seconds: Double) -> String {
    String(format: "%.1f ms", seconds * 1000)
  }

  func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0, place.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}

internal import Foundation
internal import WrapUpEngine

/// Times closes through the library while another process imports into the same store.
///
/// A fifth of the file's contacts are in the store before. Everything must be there in the end.
struct CloseBenchmarks {
  let processes: ProcessBenchmarks
  let rows: Int

  /// A dialog every so often, seconds.
  private static let interval = 0.02

  init(tool: String, rows: Int) {
    processes = ProcessBenchmarks(tool: tool, rows: rows)
    self.rows = rows
  }

  func run() throws {
    try processes.inFolder { folder in
      let (part, whole) = (folder.appending(path: "part.csv"), folder.appending(path: "whole.csv"))
      try Self.write(rows / 5, to: part)
      try Self.write(rows, to: whole)
      let store = folder.appending(path: "bench.sqlite").path
      _ = try processes.timed(["import", part.path, "--store", store])

      let wrapup = try WrapUp(store: store)
      var closer = Closer(wrapup: wrapup)
      for _ in 0..<200 { try closer.closeOne() }
      let alone = closer.take()
      let importer = Process()
      importer.executableURL = URL(filePath: processes.tool)
      importer.arguments = ["import", whole.path, "--store", store]
      importer.standardOutput = FileHandle.nullDevice
      let watch = Stopwatch()
      try importer.run()
      while importer.isRunning {
        try closer.closeOne()
        Thread.sleep(forTimeInterval: Self.interval)
      }
      let seconds = watch.read().wall
      let during = closer.take()
      let report = try wrapup.report(HandlingQuery(by: [], measures: [.contacts]))
      guard importer.terminationStatus == 0, report.total == [.whole(rows + closer.count)] else {
        throw ProcessBenchmarks.WrongAnswer(description: "\(report.total) contacts")
      }

      let speed = processes.grouped(Int(Double(rows) / seconds))
      print(
        "closes while \(processes.grouped(rows)) rows are imported, a fifth of them known, at \(speed) rows/s\n"
      )
      print("| | n | median | p99 | longest |")
      print("|---|---:|---:|---:|---:|")
      for (title, times) in [
        ("open, alone", alone.opens), ("close, alone", alone.closes), ("open, meanwhile", during.opens),
        ("close, meanwhile", during.closes),
      ] {
        let sorted = times.sorted()
        let figures = [sorted.count / 2, sorted.count * 99 / 100, sorted.count - 1].map {
          processes.milliseconds(sorted[$0])
        }
        print("| \(title) | \(times.count) | \(figures.joined(separator: " | ")) |")
      }
    }
  }

  private static func write(_ rows: Int, to file: URL) throws {
    _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    let handle = try FileHandle(forWritingTo: file)
    var contacts = GeneratedContacts()
    contacts.writeCSV(rows: rows) { handle.write($0) }
    try handle.close()
  }
}

/// Opens and closes conversations, and notes how long each took, seconds.
private struct Closer {
  let wrapup: WrapUp
  private(set) var count = 0
  private var opens: [Double] = []
  private var closes: [Double] = []

  init(wrapup: WrapUp) {
    self.wrapup = wrapup
  }

  mutating func closeOne() throws {
    count += 1
    let id = "live-\(count)"
    var watch = Stopwatch()
    try wrapup.open(id, channel: "chat", category: "Category 5", agent: "agent 6")
    opens.append(watch.read().wall)
    watch = Stopwatch()
    try wrapup.close(id, tags: ["Tag 3"])
    closes.append(watch.read().wall)
  }

  mutating func take() -> (opens: [Double], closes: [Double]) {
    defer { (opens, closes) = ([], []) }
    return (opens, closes)
  }
}

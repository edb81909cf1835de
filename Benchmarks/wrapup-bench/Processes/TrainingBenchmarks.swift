internal import Foundation

/// Times learning a whole history anew, and commands that start from what was learnt.
///
/// 300 tags in 20 categories, 30 words a close. The lists must be right: a fresh close's tag has to come first in most of
/// them.
struct TrainingBenchmarks {
  let processes: ProcessBenchmarks
  let closes: Int

  private static let starts = 21

  init(tool: String, closes: Int) {
    processes = ProcessBenchmarks(tool: tool, rows: closes)
    self.closes = closes
  }

  func run() throws {
    try processes.inFolder { folder in
      var texts = SyntheticCloses(tags: 300, categories: 20, words: 30)
      let (file, mapping) = (folder.appending(path: "closes.csv"), folder.appending(path: "mapping.csv"))
      try Self.write(closes, of: &texts, to: file)
      let links = texts.mapping.map { "Category \($0.category),\(texts.names[Int($0.tag) - 1])\n" }
      try Data(("category,tag\n" + links.joined()).utf8).write(to: mapping)
      let store = folder.appending(path: "bench.sqlite").path

      print("learning \(processes.grouped(closes)) closes of 300 tags in 20 categories, 30 words each\n")
      print("| command | |")
      print("|---|---|")
      let imported = try processes.timed([
        "import", file.path, "--mapping", mapping.path, "--store", store,
      ])
      print(String(format: "| import, learning included | %.1f s |", imported.seconds))
      let trained = try processes.timed(["train", "--store", store])
      print(String(format: "| train | %.1f s |", trained.seconds))
      let size = try FileManager.default.attributesOfItem(atPath: "\(store).model")[.size] as? Int ?? 0
      print(String(format: "| the checkpoint | %.1f MB |", Double(size) / 1e6))
      try reportStarts(store, &texts)
    }
  }

  /// From spawn to exit, by words and by counts alone.
  private func reportStarts(_ store: String, _ texts: inout SyntheticCloses) throws {
    var times: (words: [Double], counts: [Double]) = ([], [])
    var hits = 0
    for _ in 0..<Self.starts {
      let close = texts.next()
      let command = [
        "recommend", "--category", "Category \(close.category)", "--limit", "1", "--format", "json",
        "--store", store,
      ]
      let ranked = try processes.timed(command + ["--text", close.text])
      times.words.append(ranked.seconds)
      hits += ranked.output.contains(texts.names[Int(close.tag) - 1]) ? 1 : 0
      times.counts.append(try processes.timed(command).seconds)
    }
    guard hits * 2 > Self.starts else { throw ProcessBenchmarks.WrongAnswer(description: "\(hits) hits") }
    for (title, times) in [("recommend --text", times.words), ("recommend", times.counts)] {
      print(
        "| \(title), from spawn to exit, median | \(processes.milliseconds(times.sorted()[Self.starts / 2])) |"
      )
    }
  }

  private static func write(_ count: Int, of texts: inout SyntheticCloses, to file: URL) throws {
    _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    let handle = try FileHandle(forWritingTo: file)
    var lines = "id,category,tags,channel,agent,startedAt,endedAt,handlingSeconds,text\n"
    for number in 0..<count {
      let close = texts.next()
      // A close every half minute.
      let start = Date(timeIntervalSince1970: TimeInterval(1_600_000_000 + 30 * number))
      lines += "c\(number),Category \(close.category),\(texts.names[Int(close.tag) - 1]),chat,"
      lines += "Agent \(number % 100),\(start.formatted(.iso8601)),\((start + 600).formatted(.iso8601)),"
      lines += "\(60 + number % 900),\(close.text)\n"
      if lines.utf8.count > 1 << 20 {
        handle.write(Data(lines.utf8))
        lines = ""
      }
    }
    handle.write(Data(lines.utf8))
    try handle.synchronize()
    try handle.close()
  }
}

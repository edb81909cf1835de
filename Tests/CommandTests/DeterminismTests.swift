import Foundation
import Testing

/// Swift seeds its hash tables anew in every process: nothing that is learnt may depend on it.
struct DeterminismTests {
  @Test("processes with other hash seeds learn the same bytes and answer the same")
  func hashSeeds() throws {
    try Tool.inFolder { folder in
      let rows = (0..<1_500).map { number in
        let (day, tag) = (number % 9 + 1, "Tag \(number * 31 % 97 % 40)")
        return "c\(number),2026-01-0\(day)T00:00:00Z,2026-01-0\(day)T01:00:00Z,Topic \(number % 7),"
          + "\(tag);Tag \(number % 5),Agent \(number % 6),\(tag) about \(number % 61)\n"
      }
      try Data(("id,startedAt,endedAt,category,tags,agent,text\n" + rows.joined()).utf8)
        .write(to: folder.appending(path: "rows.csv"))
      _ = try Tool.succeed(["import", "rows.csv"], in: folder)
      let model = folder.appending(path: "wrapup.sqlite.model")
      var (models, answers): (Set<Data>, Set<String>) = ([try Data(contentsOf: model)], [])
      for seeding in [nil, nil, nil, "1"] as [String?] {
        let environment = seeding.map { ["SWIFT_DETERMINISTIC_HASHING": $0] } ?? [:]
        try FileManager.default.removeItem(at: model)
        let training = try Tool.run(["train"], in: folder, environment: environment)
        #expect(training.code == 0)
        models.insert(try Data(contentsOf: model))
        let answer = try Tool.run(
          [
            "recommend", "--category", "Topic 3", "--text", "tag 7 about 12", "--limit", "40", "--format",
            "json",
          ],
          in: folder, environment: environment)
        answers.insert(String(Tool.recommendations(answer.output)))
      }
      #expect(models.count == 1)
      #expect(answers.count == 1 && answers.first?.isEmpty == false)
    }
  }
}

import Foundation

/// A table of `Fixtures/intervals.truth`, which `Tests/Referee/intervals.py` writes and describes.
enum IntervalTruth {
  /// The rows of a table by column name. No cell in it holds a quote or a comma.
  static func rows(_ name: String) throws -> [[String: String]] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "Fixtures/intervals.truth/\(name).csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  /// The values of each set, ascending.
  static func values() throws -> [String: [UInt64]] {
    var sets: [String: [UInt64]] = [:]
    for row in try rows("values") {
      let value = UInt64(row["value"]!)!
      sets[row["set"]!, default: []] += [UInt64](repeating: value, count: Int(row["count"]!)!)
    }
    return sets
  }
}

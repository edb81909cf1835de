import Foundation
import Testing

/// The UCI incidents through standard input against the truth tables beside them (pandas and DuckDB agree on
/// those). They are elapsed times of a help desk; real, skewed, with gaps.
@Suite(.enabled(if: SharedData.exists, "there is no ../shared/data"))
struct IncidentTruthTests {
  private static let tables: [(key: String, by: String, zone: String)] = [
    ("tag", "tag", "UTC"), ("category", "category", "UTC"), ("channel", "channel", "UTC"),
    ("agent", "agent", "UTC"),
    ("category_month", "category,month", "UTC"), ("weekday_hour.utc", "weekday,hour", "UTC"),
    ("weekday_hour.saopaulo", "weekday,hour", "America/Sao_Paulo"),
  ]
  private static let measures = "contacts,n,total,mean,sd,sd_pop,min,p50,p90,p95,p99,max"

  @Test("all 23,504 cells of the truth tables, in UTC and in São Paulo, by both definitions of a quantile")
  func everyCellAgrees() throws {
    try Tool.inFolder { folder in
      let input = try SharedData.unzipped("uci_incidents.csv.gz")
      let imported = try Tool.succeed(["import", "-"], in: folder, input: input)
      #expect(imported.contains("24,918 added"))
      #expect(imported.contains("elapsed time, not handling time"))
      var cells = 0
      for table in Self.tables { cells += try Self.compare(table, in: folder) }
      #expect(cells == 23_504)
      let byTag = CSVTable(try Tool.succeed(Self.words("tag", "UTC"), in: folder)).rows(by: ["tag"])
      #expect(byTag["*"]?["contacts"] == "24918")
      #expect(byTag[""]?["contacts"] == "8")
      let shown = try Tool.succeed(
        ["stats", "--by", "channel", "--open", "--attribute", "started"], in: folder)
      #expect(!shown.contains("AHT"))
    }
  }

  private static func words(_ by: String, _ zone: String) -> [String] {
    [
      "stats", "--open", "--attribute", "started", "--format", "csv", "--by", by, "--zone", zone,
      "--measures", measures,
    ]
  }

  private static func compare(_ table: (key: String, by: String, zone: String), in folder: URL) throws -> Int
  {
    let truth = try CSVTable(
      contentsOf: SharedData.folder.appending(path: "uci_incidents.truth.\(table.key).csv"))
    let dimensions = table.by.split(separator: ",").map(String.init)
    let linear = CSVTable(try Tool.succeed(words(table.by, table.zone), in: folder)).rows(by: dimensions)
    let nearest = CSVTable(
      try Tool.succeed(words(table.by, table.zone) + ["--quantiles", "nearest"], in: folder)
    ).rows(by: dimensions)
    var cells = 0
    for row in truth.rows {
      let key = dimensions.map { row[$0]! }
      for (column, value) in row where !dimensions.contains(column) {
        let found =
          switch column {
          case "sum": linear[key]?["total"]
          case "sd_samp": linear[key]?["sd"]
          case let name where name.hasSuffix("_cont"): linear[key]?[String(name.dropLast(5))]
          case let name where name.hasSuffix("_disc"): nearest[key]?[String(name.dropLast(5))]
          default: linear[key]?[column]
          }
        #expect(
          CSVTable.agree(found, value), "\(table.key) \(key) \(column): \(found ?? "no row"), not \(value)")
        cells += 1
      }
    }
    return cells
  }
}

extension [[String]: [String: String]] {
  fileprivate subscript(name: String) -> [String: String]? { self[[name]] }
}

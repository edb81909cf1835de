import Foundation
import Testing

@testable import CivilTime

/// Our reading of the system's tz database against that of Python's zoneinfo, which reads the same files.
struct ZoneRefereeTests {
  /// Zones with something odd each; WRAPUP_ALL_ZONES=1 compares every zone there is.
  private static let oddZones = [
    "Africa/Casablanca", "Africa/Monrovia", "America/New_York", "America/Sao_Paulo", "America/St_Johns",
    "Antarctica/Troll", "Asia/Gaza", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Dublin", "Europe/Paris",
    "Pacific/Apia",
  ]

  private struct Change: Equatable {
    var second: Int64
    var before: Int
    var at: Int
    var after: Int
  }

  @Test func everyChangeFrom1900To2200IsWhereZoneinfoSeesIt() throws {
    let wantsAll = ProcessInfo.processInfo.environment["WRAPUP_ALL_ZONES"] == "1"
    let database = ZoneDatabase.system
    let verdict = try Self.verdict(on: wantsAll ? [] : Self.oddZones, in: database)
    #expect(verdict.count >= (wantsAll ? 300 : Self.oddZones.count))
    if wantsAll { #expect(Set(verdict.map(\.zone)) == Set(database.names())) }
    for (zone, first, expected) in verdict {
      let rules = try TimeZoneRules(identifier: zone)
      let runs = rules.offsetRuns(from: .earliest, through: .latest)
      #expect(
        runs.first == TimeZoneRules.OffsetRun(start: Instant.earliest.seconds, offset: first), "\(zone)")
      let found = runs.dropFirst().map { run in
        Change(
          second: run.start, before: rules.offset(at: Instant(run.start - 1)), at: Int(run.offset),
          after: rules.offset(at: Instant(run.start + 1)))
      }
      let difference = zip(found, expected).first { $0 != $1 }
      #expect(difference == nil, "\(zone)")
      #expect(found.count == expected.count, "\(zone)")
    }
  }

  private static func verdict(
    on zones: [String], in database: ZoneDatabase
  ) throws -> [(zone: String, first: Int32, changes: [Change])] {
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Referee/zone_referee.py")
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = ["python3", script.path(percentEncoded: false), database.root] + zones
    let output = Pipe()
    python.standardOutput = output
    try python.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    python.waitUntilExit()
    try #require(python.terminationStatus != 127, "python3 was not found: install python3 to run this test")
    try #require(python.terminationStatus == 0)

    var verdict: [(zone: String, first: Int32, changes: [Change])] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words[0] == "zone" {
        verdict.append((String(words[1]), try #require(Int32(words[2])), []))
      } else {
        let numbers = words.compactMap { Int($0) }
        try #require(numbers.count == 4)
        verdict[verdict.count - 1].changes.append(
          Change(second: Int64(numbers[0]), before: numbers[1], at: numbers[2], after: numbers[3]))
      }
    }
    return verdict
  }
}

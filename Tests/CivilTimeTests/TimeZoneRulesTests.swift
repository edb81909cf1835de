import Foundation
import Testing

@testable import CivilTime

struct TimeZoneRulesTests {
  private static func instant(_ text: String) throws -> Instant {
    let bytes = Array(text.utf8)
    guard case .instant(let instant) = try ISO8601.parse(bytes.span) else { throw ISO8601.Fault.unreadable }
    return instant
  }

  private static func local(_ text: String) throws -> LocalDateTime {
    LocalDateTime(secondsSinceEpochAsIfUTC: try instant(text + "Z").seconds)
  }

  @Test func utcNeedsNoFile() throws {
    let nowhere = ZoneDatabase(root: "/nonexistent")
    #expect(throws: TimeZoneRules.Fault.unknownZone(nearest: [])) {
      try TimeZoneRules(identifier: "Europe/Paris", database: nowhere)
    }
    let utc = try TimeZoneRules(identifier: "UTC")
    #expect(utc.identifier == "UTC")
    #expect(utc.offset(at: Instant(.min)) == 0)
    #expect(
      utc.offsetRuns(from: Instant(5), through: Instant(9)) == [TimeZoneRules.OffsetRun(start: 5, offset: 0)])
    #expect(utc.resolve(LocalDateTime(secondsSinceEpochAsIfUTC: 7)) == .unique(Instant(7)))
  }

  @Test(arguments: [
    ("Europe/Paris", "2016-03-27T01:59:59", "2016-03-27T00:59:59Z"),
    ("Europe/Paris", "2016-03-27T03:00:00", "2016-03-27T01:00:00Z"),
    ("Europe/Paris", "2016-10-30T03:00:00", "2016-10-30T02:00:00Z"),
    ("Europe/Paris", "2150-07-01T12:00:00", "2150-07-01T10:00:00Z"),
    ("Asia/Kathmandu", "2016-02-29T07:01:00", "2016-02-29T01:16:00Z"),
    ("Pacific/Apia", "2011-12-29T23:59:59", "2011-12-30T09:59:59Z"),
    ("Pacific/Apia", "2011-12-31T00:00:00", "2011-12-30T10:00:00Z"),
  ])
  func readingsThatAreUnique(zone: String, local: String, instant: String) throws {
    let rules = try TimeZoneRules(identifier: zone)
    #expect(try rules.resolve(Self.local(local)) == .unique(Self.instant(instant)))
    #expect(try rules.firstInstant(atOrAfter: Self.local(local)) == Self.instant(instant))
  }

  @Test(arguments: [
    ("Europe/Paris", "2016-10-30T02:00:00", "2016-10-30T00:00:00Z"),
    ("Europe/Paris", "2016-10-30T02:59:59", "2016-10-30T00:59:59Z"),
    ("Australia/Lord_Howe", "2016-04-03T01:30:00", "2016-04-02T14:30:00Z"),
    ("America/Sao_Paulo", "2016-02-20T23:15:00", "2016-02-21T01:15:00Z"),
    ("America/St_Johns", "2010-11-06T23:30:00", "2010-11-07T02:00:00Z"),
  ])
  func readingsThatTheClockRepeats(zone: String, local: String, first: String) throws {
    let rules = try TimeZoneRules(identifier: zone)
    #expect(try rules.resolve(Self.local(local)) == .repeated(first: Self.instant(first)))
    #expect(try rules.firstInstant(atOrAfter: Self.local(local)) == Self.instant(first))
  }

  @Test(arguments: [
    ("Europe/Paris", "2016-03-27T02:00:00", "2016-03-27T01:00:00Z"),
    ("Europe/Paris", "2016-03-27T02:59:59", "2016-03-27T01:00:00Z"),
    ("America/Sao_Paulo", "2016-10-16T00:00:00", "2016-10-16T03:00:00Z"),
    ("Pacific/Apia", "2011-12-30T00:00:00", "2011-12-30T10:00:00Z"),
    ("Pacific/Apia", "2011-12-30T23:59:59", "2011-12-30T10:00:00Z"),
    ("Antarctica/Troll", "2016-03-27T01:30:00", "2016-03-27T01:00:00Z"),
  ])
  func readingsThatTheClockSkips(zone: String, local: String, next: String) throws {
    let rules = try TimeZoneRules(identifier: zone)
    #expect(try rules.resolve(Self.local(local)) == .skipped)
    #expect(try rules.firstInstant(atOrAfter: Self.local(local)) == Self.instant(next))
  }

  @Test(arguments: ["Europe/Paris", "Africa/Casablanca", "Pacific/Apia", "Antarctica/Troll", "Asia/Manila"])
  func resolvingFindsExactlyTheInstantsThatShowTheReading(zone: String) throws {
    let rules = try TimeZoneRules(identifier: zone)
    let runs = rules.offsetRuns(from: .earliest, through: .latest)
    let offsets = Set(runs.map { Int64($0.offset) })
    for run in runs.dropFirst() {
      for step in stride(from: Int64(-90_000), through: 90_000, by: 900) {
        let reading = run.start + Int64(run.offset) + step
        let instants = offsets.map { Instant(reading - $0) }.filter {
          $0.seconds + Int64(rules.offset(at: $0)) == reading
        }.sorted()
        let expected: TimeZoneRules.LocalResolution =
          switch instants.count {
          case 0: .skipped
          case 1: .unique(instants[0])
          default: .repeated(first: instants[0])
          }
        let found = rules.resolve(LocalDateTime(secondsSinceEpochAsIfUTC: reading))
        if found != expected { Issue.record("\(zone) \(reading): \(found), not \(expected)") }
      }
    }
  }

  @Test func runsAreCutToTheInterval() throws {
    let paris = try TimeZoneRules(identifier: "Europe/Paris")
    let from = try Self.instant("2016-01-01T00:00:00Z")
    let spring = try Self.instant("2016-03-27T01:00:00Z")
    let autumn = try Self.instant("2016-10-30T01:00:00Z")
    let winter = TimeZoneRules.OffsetRun(start: from.seconds, offset: 3600)
    let summer = TimeZoneRules.OffsetRun(start: spring.seconds, offset: 7200)
    let next = TimeZoneRules.OffsetRun(start: autumn.seconds, offset: 3600)
    #expect(paris.offsetRuns(from: from, through: autumn) == [winter, summer, next])
    #expect(paris.offsetRuns(from: from, through: Instant(spring.seconds - 1)) == [winter])
    #expect(paris.offsetRuns(from: spring, through: spring) == [summer])
    #expect(paris.offsetRuns(from: autumn, through: from) == [next])
    #expect(paris.offsetRuns(from: .earliest, through: .latest).count < 2 * 301)
    #expect(paris.offset(at: Instant(.max)) == 3600)
  }

  @Test(arguments: [
    ("europe/paris", "Europe/Paris"), ("Paris", "Europe/Paris"), ("Europe/Pariss", "Europe/Paris"),
    ("new york", "America/New_York"), ("America/Los Angeles", "America/Los_Angeles"), ("utc", "UTC"),
    ("Utc", "UTC"),
    ("Europe", "Eire"), ("berlin", "Europe/Berlin"), ("Asia/Kathmandú", "Asia/Kathmandu"),
  ])
  func unknownZonesComeWithTheNearest(name: String, nearest: String) {
    do throws(TimeZoneRules.Fault) {
      _ = try TimeZoneRules(identifier: name)
      Issue.record("\(name) was found")
    } catch {
      guard case .unknownZone(let names) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(names.first == nearest)
      #expect(names.count == 3)
    }
  }

  @Test(arguments: [
    "localtime", "posixrules", "zone.tab", "tzdata.zi", "right/Europe/Paris", "Europe/Paris/Paris",
  ])
  func whatLiesBesideTheZonesIsNoZone(name: String) throws {
    #expect {
      try TimeZoneRules(identifier: name)
    } throws: { error in
      if case .unknownZone? = error as? TimeZoneRules.Fault { true } else { false }
    }
  }

  @Test(arguments: [
    "", "/", "/etc/passwd", "Europe/", "Europe//Paris", "../zoneinfo/Europe/Paris", "Europe/../Europe/Paris",
    ".", "..",
    "./Europe/Paris", "Europe/./Paris", "Europe/Paris\0", "Europe\n/Paris",
    String(repeating: "A", count: 256),
  ])
  func namesThatAreNotLookedFor(name: String) {
    #expect(throws: TimeZoneRules.Fault.badName) { try TimeZoneRules(identifier: name) }
  }

  @Test func filesThatAreNoZonesAreRefused() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let database = ZoneDatabase(root: folder.path(percentEncoded: false))
    try Data().write(to: folder.appending(path: "Empty"))
    try Data("Not a zone".utf8).write(to: folder.appending(path: "Text"))
    try Data(TZifText().bytes).write(to: folder.appending(path: "Sound"))
    try Data(TZifText().bytes + [UInt8](repeating: 0, count: 1 << 20)).write(
      to: folder.appending(path: "Huge"))
    let pipe = folder.appending(path: "Pipe").path(percentEncoded: false)
    // Safe: the call keeps nothing of the string.
    let isMade = unsafe mkfifo(pipe, 0o600) == 0
    #expect(isMade)
    for name in ["Empty", "Text", "Huge", "Pipe"] {
      #expect(throws: TimeZoneRules.Fault.unreadableFile, "\(name)") {
        try TimeZoneRules(identifier: name, database: database)
      }
    }
    #expect(try TimeZoneRules(identifier: "Sound", database: database).offset(at: Instant(0)) == 0)
  }
}

import TestSupport
import Testing

@testable import CivilTime

struct TZifFileTests {
  private static func paris() throws -> [UInt8] {
    try #require(try ZoneDatabase.system.contents(of: "Europe/Paris"))
  }

  private static func isRefused(_ bytes: [UInt8]) -> Bool {
    do throws(TimeZoneRules.Fault) {
      _ = try TZifFile(bytes.span)
      return false
    } catch {
      return error == .unreadableFile
    }
  }

  @Test func aFileCutAnywhereIsRefused() throws {
    let paris = try Self.paris()
    #expect(!Self.isRefused(paris))
    for end in paris.indices { #expect(Self.isRefused(Array(paris[..<end])), "\(end) bytes") }
  }

  @Test func flippedBitsNeverTrap() throws {
    let sound = try Self.paris()
    let headers = [0..<44, (sound.count - 30)..<sound.count]
    var random = SeededGenerator(seed: 20_160_229)
    var accepted = 0
    for round in 0..<4000 {
      var bytes = sound
      // Every other round damages a header or the footer, where most of the reading is decided.
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        let range = round.isMultiple(of: 2) ? bytes.indices : headers[round / 2 % 2]
        bytes[Int.random(in: range, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      guard let file = try? TZifFile(bytes.span) else { continue }
      accepted += 1
      Self.ask(TimeZoneRules(identifier: "Damaged", timeline: OffsetTimeline(file)))
    }
    // Damage to unread parts and to single numbers is not to be seen.
    #expect(accepted > 100)
  }

  @Test func countsOfRandomSizeNeverTrap() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<4000 {
      var bytes = TZifText(transitions: [(0, 0)], footer: "CET-1CEST,M3.5.0,M10.5.0/3").bytes
      let header = Bool.random(using: &random) ? 0 : 44 + 6 + 4
      for index in 20..<44 where Int.random(in: 0..<4, using: &random) == 0 {
        bytes[header + index] = UInt8.random(in: 0...255, using: &random)
      }
      if let file = try? TZifFile(bytes.span) {
        Self.ask(TimeZoneRules(identifier: "", timeline: OffsetTimeline(file)))
      }
    }
  }

  private static func ask(_ rules: TimeZoneRules) {
    for second in [Int64.min, -(1 << 59), -2_208_988_800, 0, 4_000_000_000, 1 << 59, .max] {
      _ = rules.offset(at: Instant(second))
      _ = rules.resolve(LocalDateTime(secondsSinceEpochAsIfUTC: second))
      _ = rules.firstInstant(atOrAfter: LocalDateTime(secondsSinceEpochAsIfUTC: second))
    }
    _ = rules.offsetRuns(from: Instant(.min), through: Instant(.max))
  }

  @Test func departuresFromTheFormatAreRefused() {
    var badMagic = TZifText().bytes
    badMagic[0] = UInt8(ascii: "t")
    let files: [(String, [UInt8])] = [
      ("nothing", []), ("magic", badMagic),
      ("version 1 as a digit", TZifText(version: UInt8(ascii: "1")).bytes),
      ("no type", TZifText(offsets: []).bytes), ("type out of range", TZifText(transitions: [(0, 1)]).bytes),
      ("descending", TZifText(transitions: [(1, 0), (0, 0)]).bytes),
      ("repeated", TZifText(transitions: [(1, 0), (1, 0)]).bytes),
      ("before the Big Bang", TZifText(transitions: [(.min, 0)]).bytes),
      ("after the end", TZifText(transitions: [(.max, 0)]).bytes),
      ("offset", TZifText(offsets: [.min]).bytes), ("offset of 26 h", TZifText(offsets: [93_600]).bytes),
      ("daylight flag", TZifText(isDaylight: 2).bytes), ("abbreviation", TZifText(abbreviation: 4).bytes),
      ("leap seconds", TZifText(leapSeconds: [(78_796_800, 1)]).bytes),
      ("indicators", TZifText(indicators: 2).bytes), ("no footer", TZifText(footer: nil).bytes),
      ("footer", TZifText(footer: "CET").bytes),
    ]
    for (name, bytes) in files { #expect(Self.isRefused(bytes), "\(name)") }
  }

  @Test func everyVersionIsRead() throws {
    for version in [0, UInt8(ascii: "2"), UInt8(ascii: "3"), UInt8(ascii: "4")] {
      let file = TZifText(
        version: version, transitions: [(-5, 1), (9, 0)], offsets: [600, -3600], indicators: 2)
      let expected: [(Int64, Int32)] = [(Instant.earliest.seconds, 600), (-5, -3600), (9, 600)]
      #expect(try file.runs() == expected.map { TimeZoneRules.OffsetRun(start: $0, offset: $1) })
    }
  }

  @Test func whatComesBeforeTheFirstTransitionIsTypeZero() throws {
    let file = TZifText(transitions: [(0, 1)], offsets: [-1800, 3600])
    #expect(try file.rules().offset(at: Instant(-1)) == -1800)
    #expect(try file.rules().offset(at: Instant(.min)) == -1800)
    #expect(try file.rules().offset(at: Instant(0)) == 3600)
  }

  @Test func transitionsThatChangeNoOffsetAreMerged() throws {
    let file = TZifText(transitions: [(0, 1), (10, 2), (20, 0)], offsets: [0, 3600, 3600])
    #expect(try file.runs().map(\.offset) == [0, 3600, 0])
  }

  @Test func aFooterGivesTheSameAsTransitionsWrittenOut() throws {
    let footer = "CET-1CEST,M3.5.0,M10.5.0/3"
    let all = try #require(FooterRule(text: footer)).changes(inYears: 1990...2037)
    func file(through year: Int) -> TZifText {
      let written = all.prefix(2 * (year - 1989))
      return TZifText(
        transitions: written.map { ($0.start, $0.offset == 7200 ? 1 : 0) }, offsets: [3600, 7200],
        footer: footer)
    }
    let fat = try file(through: 2037).runs()
    #expect(fat.count == 1 + 2 * (2200 - 1990 + 1))
    for year in [1990, 1995, 2007, 2036] { #expect(try file(through: year).runs() == fat) }
  }

  @Test func aFooterChangesNothingBeforeItsNextChange() throws {
    // A compact America/Ojinaga: standard time from 2022-10-30 on, under a rule whose season ends a week
    // later.
    let file = TZifText(
      transitions: [(1_667_116_800, 0)], offsets: [-21_600], footer: "CST6CDT,M3.2.0,M11.1.0")
    let runs = try file.rules().offsetRuns(from: Instant(1_667_116_800), through: Instant(1_678_608_000))
    #expect(runs.map(\.start) == [1_667_116_800, 1_678_608_000])
    #expect(runs.map(\.offset) == [-21_600, -18_000])
  }

  @Test func aFooterAloneHoldsForAllTime() throws {
    let rules = try TZifText(footer: "EST5EDT,M3.2.0,M11.1.0").rules()
    #expect(rules.offset(at: Instant(1_456_708_560)) == -18_000)
    #expect(rules.offset(at: Instant(1_467_331_200)) == -14_400)
    #expect(rules.offset(at: .earliest) == -18_000)
  }
}

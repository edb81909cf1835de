import TestSupport
import Testing

@testable import Columnar

struct CalendarCodesTests {
  /// Runs with a jump forward, one back, an odd offset in seconds and one that is west of UTC.
  private static let runs: [(start: Int64, offset: Int64)] = [
    (-400_000_000, 561), (-200_000_000, 3_600), (-199_990_000, 7_200), (-100_000, 3_600), (0, -10_800),
    (50_000_000, -7_200), (50_000_001, 45_900), (300_000_000, 0),
  ]
  private static let firstDay: Int64 = -5_000
  private static let dayCount = 10_000

  private static func calendar(_ grain: CalendarCodes.Grain) -> CalendarCodes {
    CalendarCodes(runStarts: runs.map(\.start), offsets: runs.map(\.offset), grain: grain)
  }

  /// The local second by looking at every run.
  private static func local(_ instant: Int64) -> Int64 {
    var offset = runs[0].offset
    for run in runs where run.start <= instant { offset = run.offset }
    return instant + offset
  }

  /// The local day by counting seconds off, without a division of negative numbers.
  private static func day(_ local: Int64) -> Int64 {
    let shift: Int64 = 10_000
    return (local + shift * 86_400) / 86_400 - shift
  }

  private static func instants(seed: UInt64, sorted: Bool) -> [Int64] {
    var generator = SeededGenerator(seed: seed)
    var instants = (0..<2_000).map { _ in Int64.random(in: -399_999_999...400_000_000, using: &generator) }
    for run in runs { instants += [run.start - 1, run.start, run.start + 1].filter { $0 >= -400_000_000 } }
    instants += [-86_401, -86_400, -86_399, -3_601, -1, 0, 1, 86_399, 86_400]
    return sorted ? instants.sorted() : instants.shuffled(using: &generator)
  }

  private static func codes(_ calendar: CalendarCodes, of instants: [Int64]) -> [UInt32] {
    var cursor = CalendarCodes.Cursor()
    return instants.map { calendar.code(of: $0, cursor: &cursor) }
  }

  @Test(arguments: [true, false]) func daysFollowTheOffsetOfTheirRun(sorted: Bool) {
    let dayCodes = (0..<Self.dayCount).map { UInt32($0) * 3 + 1 }
    let calendar = Self.calendar(.days(first: Self.firstDay, codes: dayCodes))
    let instants = Self.instants(seed: 1, sorted: sorted)
    let expected = instants.map { UInt32(Self.day(Self.local($0)) - Self.firstDay) * 3 + 1 }
    #expect(Self.codes(calendar, of: instants) == expected)
  }

  @Test(arguments: [true, false]) func hoursAreThoseOfTheLocalDay(sorted: Bool) {
    let instants = Self.instants(seed: 2, sorted: sorted)
    let expected = instants.map { instant in
      let local = Self.local(instant)
      return UInt32((local - Self.day(local) * 86_400) / 3_600 + 1)
    }
    #expect(Self.codes(Self.calendar(.hours), of: instants) == expected)
  }

  @Test func aMissingInstantHasCode0AndLeavesTheCursorAlone() {
    let calendar = Self.calendar(.hours)
    let instants: [Int64] = [OffsetColumn.missing, 0, OffsetColumn.missing, 1, 50_000_001]
    // Three hours west of UTC it is 21 o'clock; 12 h 45 min east at 14:53:21 + 12:45 it is 2 o'clock.
    let expected: [UInt32] = [0, 22, 0, 22, UInt32((50_000_001 + 45_900) % 86_400 / 3_600) + 1]
    #expect(Self.codes(calendar, of: instants) == expected)
  }

  @Test func midnightBelongsToTheDayItBegins() {
    let calendar = CalendarCodes(
      runStarts: [0], offsets: [0], grain: .days(first: -2, codes: [10, 11, 12, 13]))
    #expect(
      Self.codes(calendar, of: [-172_800, -86_401, -86_400, -1, 0, 86_399, 86_400])
        == [10, 10, 11, 11, 12, 12, 13])
  }

  @Test func aClockPutBackShowsItsHourTwice() {
    // At 7,200 the offset falls from one hour to none.
    let calendar = CalendarCodes(runStarts: [0, 7_200], offsets: [3_600, 0], grain: .hours)
    #expect(Self.codes(calendar, of: [0, 3_600, 7_199, 7_200, 10_799, 10_800]) == [2, 3, 3, 3, 3, 4])
  }

  @Test(arguments: [
    CalendarCodes.Grain.hours, .days(first: firstDay, codes: (0..<UInt32(dayCount)).map { $0 / 9 }),
  ])
  func runsCoverTheRowsOfTheirCode(grain: CalendarCodes.Grain) {
    let calendar = Self.calendar(grain)
    var generator = SeededGenerator(seed: 12)
    let close = (0..<5_000).map { _ in Int64.random(in: -5_000...20_000, using: &generator) }
    for instants in [
      [], [5], Self.instants(seed: 9, sorted: true), close.sorted(), [Int64](repeating: 7, count: 300),
    ] {
      for column in [OffsetColumn.narrow(instants), .wide(Column(instants))] {
        var codes: [UInt32] = []
        var last: UInt32?
        for run in calendar.runs(of: column) {
          #expect(run.end > codes.count)
          #expect(run.code != last, "neighbours of one code are one run")
          last = run.code
          codes += repeatElement(run.code, count: run.end - codes.count)
        }
        #expect(codes == Self.codes(calendar, of: instants))
        var unsorted: [UInt32] = []
        calendar.codes(of: column).decode(into: &unsorted)
        #expect(unsorted == codes)
      }
    }
  }
}

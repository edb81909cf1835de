import CivilTime
import Testing

@testable import HandlingAnalytics

struct DimensionOrdinalsTests {
  private static let calendar: [Dimension] = [.day, .week, .month, .quarter, .year]

  @Test(arguments: calendar)
  func neighboursDifferByOne(dimension: Dimension) throws {
    // From 1900-01-03 to 2200-12-26: buckets know two days more on either side, and the next week is one of 2201.
    let seconds = Int64(-25_565) * 86_400...Int64(84_365) * 86_400
    let labels = CalendarBuckets(dimension, over: seconds, in: .utc).labels.dropFirst()
    let ordinals = labels.compactMap(dimension.ordinal)
    #expect(ordinals.count == labels.count)
    let isGapless = zip(ordinals, ordinals.dropFirst()).allSatisfy { $0 + 1 == $1 }
    #expect(isGapless)
    let isInverse = zip(ordinals, labels).allSatisfy { dimension.label(at: $0) == $1 }
    #expect(isInverse)
  }

  @Test func hoursAndWeekdaysAreTheirNumbers() {
    #expect(Dimension.hour.ordinal(of: .number(23)) == 23)
    #expect(Dimension.weekday.ordinal(of: .number(7)) == 7)
    #expect(Dimension.weekday.label(at: 3) == .number(3))
  }

  @Test func whatHasNoPlaceHasNoOrdinal() {
    for dimension in Dimension.allCases { #expect(dimension.ordinal(of: .missing) == nil) }
    #expect(Dimension.tag.ordinal(of: .name("2016")) == nil)
    #expect(Dimension.tag.label(at: 1) == nil)
    #expect(Dimension.rating.ordinal(of: .number(3)) == nil)
    #expect(Dimension.month.ordinal(of: .name("2016-Q1")) == nil)
    #expect(Dimension.month.ordinal(of: .name("2016-13")) == nil)
    #expect(Dimension.year.ordinal(of: .name("1899")) == nil)
  }
}

import Testing

@testable import HandlingAnalytics

struct QueryMistakeTests {
  private static func mistake(_ change: (inout HandlingQuery) -> Void) -> QueryMistake? {
    var query = HandlingQuery(by: [.tag])
    change(&query)
    do {
      try query.check()
      return nil
    } catch {
      return error
    }
  }

  @Test func dimensionsAreUpToThreeDifferentOnes() {
    #expect(Self.mistake { $0.dimensions = [.tag, .agent, .day] } == nil)
    #expect(Self.mistake { $0.dimensions = [] } == nil)
    #expect(Self.mistake { $0.dimensions = [.tag, .agent, .day, .hour] } == .dimensions)
    #expect(Self.mistake { $0.dimensions = [.tag, .tag] } == .dimensions)
  }

  @Test func aMeasureThatCannotBeDividedIsNamed() {
    #expect(
      Self.mistake {
        $0.tagCounting = .split
        $0.measures = [.n, .max, .sd]
      } == .notSplittable(.max))
    #expect(
      Self.mistake {
        $0.tagCounting = .split
        $0.measures = HandlingQuery.splitMeasures
      } == nil)
    #expect(
      Self.mistake {
        $0.dimensions = [.agent]
        $0.tagCounting = .split
        $0.measures = [.max]
      } == nil, "nothing is divided without tags")
  }

  @Test func whatAMeasureNeedsMustBeThere() {
    #expect(Self.mistake { $0.measures = [.within] } == .targetMissing)
    #expect(Self.mistake { ($0.measures, $0.target) = ([.within], 0) } == nil)
    for trim in [nil, -1, 0, 500, 1_000] {
      #expect(Self.mistake { ($0.measures, $0.trimPermille) = ([.trimmedMean], trim) } == .trimMissing)
    }
    for trim in [1, 499] {
      #expect(Self.mistake { ($0.measures, $0.trimPermille) = ([.trimmedMean], trim) } == nil)
    }
  }

  @Test func anOrderIsThatOfAColumnOfTheAnswer() {
    #expect(Self.mistake { $0.order = .init(by: .dimension(.tag), isDescending: true) } == nil)
    #expect(Self.mistake { $0.order = .init(by: .measure(.mean), isDescending: true) } == nil)
    #expect(Self.mistake { $0.order = .init(by: .dimension(.day), isDescending: true) } == .orderNotInAnswer)
    #expect(Self.mistake { $0.order = .init(by: .measure(.sd), isDescending: true) } == .orderNotInAnswer)
  }

  @Test func aLimitIsAtLeastOne() {
    #expect(Self.mistake { $0.limit = 1 } == nil)
    #expect(Self.mistake { $0.limit = 0 } == .limit)
    #expect(Self.mistake { $0.limit = -5 } == .limit)
  }

  @Test func aMistakeIsFoundBeforeAnythingIsScanned() throws {
    var query = HandlingQuery(by: [.tag], measures: [.histogram, .within])
    #expect(throws: QueryFault.mistake(.targetMissing)) { try [Contact]().table().answer(query) }
    query.measures = [.n, .histogram]
    query.tagCounting = .split
    #expect(throws: QueryFault.mistake(.notSplittable(.histogram))) {
      try [Contact.simple(1, seconds: 5)].table().answer(query)
    }
    #expect(throws: QueryFault.mistake(.notSplittable(.histogram))) { try [Contact]().table().answer(query) }
  }
}

import TestSupport
import Testing

@testable import Columnar

struct GroupIndexTests {
  @Test func keysBelowTheLimitAreNumbersThemselves() {
    var index = GroupIndex(keyBound: 1 << 20, rowCount: 1 << 20)
    var groups: [UInt32] = [7]
    #expect(index.count == 1 << 20)
    #expect(index.group(of: 0) == 0)
    #expect(index.group(of: (1 << 20) - 1) == (1 << 20) - 1)
    #expect(index.existingGroup(of: 12) == 12)
    #expect(index.key(of: 77) == 77)
    #expect(index.groups(of: [5, 3, 5], into: &groups))
    #expect(groups == [5, 3, 5])
  }

  @Test func keysBeyondTheLimitAreNumberedAsTheyAreFirstSeen() {
    var index = GroupIndex(keyBound: (1 << 20) + 1, rowCount: 1 << 30)
    var groups: [UInt32] = []
    #expect(index.count == 0)
    #expect(index.groups(of: [900, 4, 900, 0, 4, 1 << 20], into: &groups))
    #expect(groups == [0, 1, 0, 2, 1, 3])
    #expect(index.count == 4)
    #expect((0..<4).map { index.key(of: $0) } == [900, 4, 0, 1 << 20])
    #expect(index.existingGroup(of: 0) == 2)
    #expect(index.existingGroup(of: 1) == nil)
  }

  @Test(arguments: [
    // (key bound, rows, whether an array of all keys is worth its room)
    (4_096, 0, true), (4_097, 0, false), (5_000, 5_000, true), (5_001, 5_000, false),
    (1 << 20, 1 << 30, true),
    ((1 << 20) + 1, 1 << 30, false),
  ])
  func keysAreNumbersThemselvesWhereRowsAreManyEnough(keyBound: UInt64, rowCount: Int, isDense: Bool) {
    let index = GroupIndex(keyBound: keyBound, rowCount: rowCount)
    #expect(index.count == (isDense ? Int(keyBound) : 0))
  }

  @Test(
    arguments: [
      // (multiplier, distinct keys): neighbours, keys apart in their high bits only, and keys far apart.
      (1, 3_000), (1 << 20, 3_000), (1 << 44, 3_000), (0x9E37_79B9, 3_000),
    ] as [(UInt64, UInt64)])
  func everyKeyKeepsItsNumberWhileTheTableGrows(multiplier: UInt64, distinct: UInt64) {
    var generator = SeededGenerator(seed: multiplier)
    var index = GroupIndex(keyBound: 1 << 62, rowCount: 12_000)
    var numbers: [UInt64: Int] = [:]
    var mistakes = 0
    for _ in 0..<12_000 {
      let key = UInt64.random(in: 0..<distinct, using: &generator) * multiplier
      if index.existingGroup(of: key) != numbers[key] { mistakes += 1 }
      let number = numbers[key] ?? numbers.count
      numbers[key] = number
      if index.group(of: key) != number { mistakes += 1 }
    }
    for (key, number) in numbers where index.key(of: number) != key { mistakes += 1 }
    #expect(mistakes == 0)
    #expect(index.count == numbers.count)
    #expect(numbers.count > 2_500)
  }

  @Test func moreGroupsThanTheLimitAreToldAndLeftNumbered() {
    var index = GroupIndex(keyBound: .max, rowCount: 100, limit: 3)
    var groups: [UInt32] = []
    #expect(index.groups(of: [9, 1, 9, .max - 1], into: &groups))
    #expect(groups == [0, 1, 0, 2])
    #expect(index.groups(of: [1, 1], into: &groups), "exactly as many as the limit")
    #expect(groups == [1, 1])
    #expect(!index.groups(of: [9, 5], into: &groups))
    #expect(groups == [0, 3])
  }

  @Test(arguments: [
    // (key bound, limit, whether keys are numbers themselves)
    (100, 100, true), (101, 100, false), (4_096, 4_095, false), (4_096, 4_096, true), (1, 1, true),
  ])
  func possibleKeysBeyondTheLimitAreOnlyNumberedAsTheyCome(keyBound: UInt64, limit: Int, isDense: Bool) {
    var index = GroupIndex(keyBound: keyBound, rowCount: 10_000, limit: limit)
    #expect(index.count == (isDense ? Int(keyBound) : 0))
    var groups: [UInt32] = []
    #expect(index.groups(of: [0], into: &groups))
    // Whatever the form, what counts is how many there are.
    #expect(index.groups(of: (0..<keyBound).map { $0 }, into: &groups) == (keyBound <= UInt64(limit)))
  }
}

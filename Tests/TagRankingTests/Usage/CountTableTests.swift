import TestSupport
import Testing

@testable import TagRanking

struct CountTableTests {
  @Test(arguments: 0..<5 as Range<UInt64>)
  func agreesWithADictionary(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var table = CountTable()
    var reference: [UInt64: HalfLives.Lanes] = [:]
    // Dense keys, packed keys and keys that share their low bits.
    let shift = [0, 16, 36, 56, 8][Int(seed)]
    for _ in 0..<20_000 {
      let key = UInt64.random(in: 1...3000, using: &random) << shift
      guard key != 0 else { continue }
      let amount =
        HalfLives.Lanes(0, 1, 2, 3)
        + HalfLives.Lanes(repeating: Double(Int.random(in: -3...9, using: &random)))
      table.add(amount, to: key)
      reference[key, default: .zero] += amount
    }
    let isScaled = { (key: UInt64) in (key >> shift) % 3 == 0 }
    let factor = HalfLives.Lanes(0.5, 0.25, 2, 1)
    table.scale(by: factor, where: isScaled)
    for key in reference.keys where isScaled(key) { reference[key]! *= factor }
    #expect(table.count == reference.count)
    #expect(table.count * 2 <= table.keys.count)
    for (key, value) in reference { #expect(table[key] == value) }
    for missing in 3001...3200 as ClosedRange<UInt64> where reference[missing << shift] == nil {
      #expect(table[missing << shift] == .zero)
    }
    let restored = try #require(CountTable(keys: table.keys, values: table.values))
    #expect(restored == table)
    #expect(restored.count == reference.count)
  }

  @Test func slotsThatCannotBeATables() {
    let (keys, values) = ([UInt64](repeating: 0, count: 1024), [Double](repeating: 0, count: 4096))
    #expect(CountTable(keys: keys, values: values) == CountTable())
    #expect(CountTable(keys: keys, values: values.dropLast()) == nil)
    #expect(CountTable(keys: [], values: []) == nil)
    #expect(CountTable(keys: Array(keys[..<512]), values: Array(values[..<2048])) == nil)
    #expect(CountTable(keys: keys + [0], values: values + [0, 0, 0, 0]) == nil)
    // More than half full, a look-up might never end.
    let full = (1...1024).map { UInt64($0) }
    #expect(CountTable(keys: Array(full[..<512]) + keys[512...], values: values)?.count == 512)
    #expect(CountTable(keys: Array(full[..<513]) + keys[513...], values: values) == nil)
  }

  @Test func whatIsCountedNeverSharesAKey() {
    var keys: Set<UInt64> = []
    var count = 0
    for one in [0, 1, 65_534] as [Int32] {
      for other in [0, 1, 1_000_000] as [Int32] {
        for category in [0, 1, 1_000_000] as [Int32] {
          keys.insert(UsageKey.channel(category, other, one))
          keys.insert(UsageKey.agent(category, other, one))
          count += 2
        }
        keys.insert(UsageKey.category(other, one))
        keys.insert(UsageKey.closes(other, one))
        count += 2
      }
      keys.insert(UsageKey.overall(one))
      count += 1
    }
    for (one, other) in [(1, 2), (1, 3), (2, 3), (65_533, 65_534)] as [(Int32, Int32)] {
      #expect(UsageKey.pair(one, other) == UsageKey.pair(other, one))
      keys.insert(UsageKey.pair(one, other))
      count += 1
    }
    #expect(keys.count == count)
    #expect(!keys.contains(0))
    #expect(keys.count { !UsageKey.decays($0) } == 9)
  }
}

/// Sparse counts by packed key: linear probing over a power of two, at most half full.
///
/// The layout follows from the order of insertion alone, so equal histories give equal bytes. Keys are packed
/// from ids that the store numbered itself; key 0 marks a free slot.
struct CountTable: Equatable, Sendable {
  private(set) var keys: [UInt64]
  private(set) var values: [Double]
  private(set) var count = 0

  init() {
    keys = Array(repeating: 0, count: 1024)
    values = Array(repeating: 0, count: 1024)
  }

  /// Restores a table from its slots; `nil` when they can't be one's.
  init?(keys: [UInt64], values: [Double]) {
    guard keys.count == values.count, keys.count >= 1024, keys.count.nonzeroBitCount == 1 else { return nil }
    let used = keys.count { $0 != 0 }
    guard used * 2 <= keys.count else { return nil }
    self.keys = keys
    self.values = values
    count = used
  }

  /// The count of a key, 0 when it has none. Expected O(1).
  subscript(key: UInt64) -> Double {
    var slot = Self.hash(key) & (keys.count - 1)
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return 0
  }

  /// Adds to a key's count. Amortised O(1).
  mutating func add(_ amount: Double, to key: UInt64) {
    var slot = Self.hash(key) & (keys.count - 1)
    while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
    if keys[slot] == 0 {
      keys[slot] = key
      count += 1
    }
    values[slot] += amount
    if count * 2 > keys.count { grow() }
  }

  /// Multiplies every count for which `isScaled` holds.
  mutating func scale(by factor: Double, where isScaled: (UInt64) -> Bool) {
    for slot in keys.indices where keys[slot] != 0 && isScaled(keys[slot]) { values[slot] *= factor }
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = Array(repeating: 0, count: oldKeys.count * 2)
    values = Array(repeating: 0, count: oldKeys.count * 2)
    for (key, value) in zip(oldKeys, oldValues) where key != 0 {
      var slot = Self.hash(key) & (keys.count - 1)
      while keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
      keys[slot] = key
      values[slot] = value
    }
  }

  private static func hash(_ key: UInt64) -> Int {
    let mixed = (key ^ (key >> 31)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 29)) >> 8)
  }
}

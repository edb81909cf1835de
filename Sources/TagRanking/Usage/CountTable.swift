/// Sparse counts by packed key: linear probing over a power of two, at most half full.
///
/// The layout follows from the order of insertion alone, so equal histories give equal bytes. Keys are packed
/// from ids that the store numbered itself; key 0 marks a free slot.
struct CountTable: Equatable, Sendable {
  // Side by side: in a large table a key and its count are one miss of the caches, not two.
  private struct Slot: Equatable {
    var key: UInt64 = 0
    var value: Double = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 1024)
  private(set) var count = 0

  init() {}

  /// Restores a table from its slots; `nil` when they can't be one's.
  init?(keys: [UInt64], values: [Double]) {
    guard keys.count == values.count, keys.count >= 1024, keys.count.nonzeroBitCount == 1 else { return nil }
    let used = keys.count { $0 != 0 }
    guard used * 2 <= keys.count else { return nil }
    slots = zip(keys, values).map { Slot(key: $0, value: $1) }
    count = used
  }

  /// The key of each slot. O(slots).
  var keys: [UInt64] { slots.map(\.key) }
  /// The count of each slot. O(slots).
  var values: [Double] { slots.map(\.value) }

  /// The count of a key, 0 when it has none. Expected O(1).
  subscript(key: UInt64) -> Double { slots[slot(of: key)].value }

  /// Adds to a key's count. Amortised O(1).
  mutating func add(_ amount: Double, to key: UInt64) {
    let slot = slot(of: key)
    slots[slot].value += amount
    guard slots[slot].key == 0 else { return }
    slots[slot].key = key
    count += 1
    if count * 2 > slots.count { grow() }
  }

  /// Multiplies every count for which `isScaled` holds.
  mutating func scale(by factor: Double, where isScaled: (UInt64) -> Bool) {
    for slot in slots.indices where slots[slot].key != 0 && isScaled(slots[slot].key) {
      slots[slot].value *= factor
    }
  }

  /// Where a key stands, or would.
  private func slot(of key: UInt64) -> Int {
    let mask = slots.count &- 1
    var slot = Self.hash(key) & mask
    while slots[slot].key != 0, slots[slot].key != key { slot = (slot &+ 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for entry in old where entry.key != 0 { slots[slot(of: entry.key)] = entry }
  }

  private static func hash(_ key: UInt64) -> Int {
    let mixed = (key ^ (key >> 31)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 29)) >> 8)
  }
}

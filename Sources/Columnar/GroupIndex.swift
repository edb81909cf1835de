/// From composite keys to the dense numbers under which groups are accumulated.
///
/// Where the radices multiply to no more groups than there are rows, the key is the number; beyond, keys that occur are numbered
/// in the order of their first sight through an open-addressing table. The numbering differs from slice to
/// slice, so slices are merged by key and answers are ordered by key, never by number.
package struct GroupIndex: Sendable {
  /// Above this bound the table is used, however many rows there are.
  package static let denseLimit: UInt64 = 1 << 20

  /// The keys by number; empty while keys are numbers themselves.
  private var keyOfGroup: [UInt64] = []
  /// Slots holding group + 1, 0 when free; a power of two long, at most half full.
  private var slots: [UInt32] = []
  /// Whether keys are group numbers themselves.
  package let isDense: Bool
  private let limit: Int
  private var denseCount: Int

  /// - Parameters:
  ///   - keyBound: every key is below this.
  ///   - rowCount: about how many entries there will be: an array much longer than these costs more to clear and
  ///     to look through than a table costs to ask.
  ///   - limit: the most groups there may be.
  package init(keyBound: UInt64, rowCount: Int, limit: Int = .max) {
    self.limit = limit
    isDense = keyBound <= min(Self.denseLimit, UInt64(limit), max(4_096, UInt64(rowCount)))
    denseCount = isDense ? Int(keyBound) : 0
    if !isDense { slots = Array(repeating: 0, count: 1024) }
  }

  /// Number of groups: of possible ones when dense, else of those seen.
  package var count: Int { isDense ? denseCount : keyOfGroup.count }

  /// The composite key of a group.
  package func key(of group: Int) -> UInt64 { isDense ? UInt64(group) : keyOfGroup[group] }

  /// The group of a key, numbered now if it is new. Amortised O(1).
  package mutating func group(of key: UInt64) -> Int {
    if isDense { return Int(key) }
    var slot = Self.hash(key) & (slots.count - 1)
    while slots[slot] != 0 {
      let group = Int(slots[slot]) - 1
      if keyOfGroup[group] == key { return group }
      slot = (slot + 1) & (slots.count - 1)
    }
    keyOfGroup.append(key)
    slots[slot] = UInt32(keyOfGroup.count)
    if keyOfGroup.count * 2 > slots.count { grow() }
    return keyOfGroup.count - 1
  }

  /// The group of a key that was numbered before; `nil` when it was not. O(1).
  package func existingGroup(of key: UInt64) -> Int? {
    if isDense { return Int(key) }
    var slot = Self.hash(key) & (slots.count - 1)
    while slots[slot] != 0 {
      let group = Int(slots[slot]) - 1
      if keyOfGroup[group] == key { return group }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The groups of many keys; false when there are more groups than the limit. O(keys).
  package mutating func groups(of keys: [UInt64], into groups: inout [UInt32]) -> Bool {
    groups.removeAll(keepingCapacity: true)
    groups.reserveCapacity(keys.count)
    if isDense {
      for key in keys { groups.append(UInt32(truncatingIfNeeded: key)) }
    } else {
      for key in keys { groups.append(UInt32(truncatingIfNeeded: group(of: key))) }
    }
    return count <= limit
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (group, key) in keyOfGroup.enumerated() {
      var slot = Self.hash(key) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(group + 1)
    }
  }

  // Keys are built from codes that the store numbered itself, so nobody outside can aim at one slot.
  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: mixed(key) & 0x7FFF_FFFF)
  }

  /// Every bit of the result depends on every bit of the key: the finalising steps of MurmurHash3 (A. Appleby). Keys of
  /// one partition share the upper half of it, so that slots are taken from the lower.
  static func mixed(_ key: UInt64) -> UInt64 {
    var mixed = key
    mixed ^= mixed >> 33
    mixed &*= 0xFF51_AFD7_ED55_8CCD
    mixed ^= mixed >> 33
    mixed &*= 0xC4CE_B9FE_1A85_EC53
    return mixed ^ (mixed >> 33)
  }
}

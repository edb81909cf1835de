/// Sparse counts by packed key, each once for every half-life: linear probing over a power of two, at most half full.
///
/// The layout follows from the order of insertion alone, so equal histories give equal bytes. Keys are packed
/// from ids that the store numbered itself; key 0 marks a free slot.
struct CountTable: Equatable, Sendable {
  // Side by side: in a large table a key and its counts are one miss of the caches, not two.
  struct Slot: Equatable {
    var key: UInt64 = 0
    // One by one: as a vector they would take 64 bytes with the key, not 40.
    var counts: (Double, Double, Double, Double) = (0, 0, 0, 0)

    var value: HalfLives.Lanes {
      get { HalfLives.Lanes(counts.0, counts.1, counts.2, counts.3) }
      set { counts = (newValue[0], newValue[1], newValue[2], newValue[3]) }
    }

    static func == (one: Slot, other: Slot) -> Bool { one.key == other.key && one.value == other.value }
  }

  private var slots = [Slot](repeating: Slot(), count: 1024)
  private(set) var count = 0

  init() {}

  /// Restores a table from its slots; `nil` when they can't be one's.
  ///
  /// - Parameter values: four for each key.
  init?(keys: [UInt64], values: [Double]) {
    guard keys.count * 4 == values.count, keys.count >= 1024, keys.count.nonzeroBitCount == 1 else {
      return nil
    }
    let used = keys.count { $0 != 0 }
    guard used * 2 <= keys.count else { return nil }
    slots = keys.indices.map { place in
      let first = 4 * place
      return Slot(
        key: keys[place], counts: (values[first], values[first + 1], values[first + 2], values[first + 3]))
    }
    count = used
  }

  /// The key of each slot. O(slots).
  var keys: [UInt64] { slots.map(\.key) }
  /// The counts of each slot, four after four. O(slots).
  var values: [Double] { slots.flatMap { [$0.counts.0, $0.counts.1, $0.counts.2, $0.counts.3] } }

  /// The counts of a key, 0 when it has none. Expected O(1).
  subscript(key: UInt64) -> HalfLives.Lanes { slots[slot(of: key)].value }

  /// Adds to a key's counts. Amortised O(1).
  mutating func add(_ amount: HalfLives.Lanes, to key: UInt64) {
    let slot = slot(of: key)
    slots[slot].value += amount
    guard slots[slot].key == 0 else { return }
    slots[slot].key = key
    count += 1
    if count * 2 > slots.count { grow() }
  }

  /// Multiplies every count for which `isScaled` holds.
  mutating func scale(by factor: HalfLives.Lanes, where isScaled: (UInt64) -> Bool) {
    for slot in slots.indices where slots[slot].key != 0 && isScaled(slots[slot].key) {
      slots[slot].value *= factor
    }
  }

  /// Where a key stands, or would.
  private func slot(of key: UInt64) -> Int { look { $0.slot(of: key) } }

  /// Has many keys looked up in a row, without what each look-up would cost on its own.
  func look<Result>(_ body: (Reader) -> Result) -> Result {
    unsafe slots.withUnsafeBufferPointer { unsafe body(Reader(slots: $0)) }
  }

  /// Looks up keys while the table stands still.
  @safe
  struct Reader {
    // Safe: valid while ``look(_:)`` has it, which is as long as anyone does.
    fileprivate let slots: UnsafeBufferPointer<Slot>

    fileprivate init(slots: UnsafeBufferPointer<Slot>) { unsafe self.slots = slots }

    /// The counts of a key, 0 when it has none. Expected O(1).
    @inline(__always)
    subscript(key: UInt64) -> HalfLives.Lanes {
      // Safe: a slot of the table.
      unsafe slots[slot(of: key)].value
    }

    @inline(__always)
    fileprivate func slot(of key: UInt64) -> Int {
      let mask = unsafe slots.count &- 1
      var slot = CountTable.hash(key) & mask
      // Safe: the mask keeps the place inside, and a table is at most half full.
      while true {
        let found = unsafe slots[slot].key
        if found == key || found == 0 { return slot }
        slot = (slot &+ 1) & mask
      }
    }
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for entry in old where entry.key != 0 { slots[slot(of: entry.key)] = entry }
  }

  @inline(__always)
  fileprivate static func hash(_ key: UInt64) -> Int {
    let mixed = (key ^ (key >> 31)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 29)) >> 8)
  }
}

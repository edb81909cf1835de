/// What the learner keeps of the weights beside what readers see: their lower halves, the sums of squares of AdaGrad, and
/// when each block was last learnt.
///
/// When the ceiling is reached, the blocks that have gone longest without learning are given up, an eighth at a time.
final class WeightLearner {
  typealias Block = WeightTable.Block

  /// Directory places that are kept at most, for each block of the ceiling.
  private static let placesPerBlock = 2
  private static let leastPlaces = 1 << 17

  /// Blocks that are kept at most; each takes 132 bytes, both tables of readers included.
  let ceiling: Int
  let lower: SlotMemory<UInt16>
  let sums: SlotMemory<UInt16>
  /// By slot: the step that last learnt it.
  var stamps: [UInt32] = []
  /// Slots given up.
  private(set) var free: [UInt32] = []
  /// Number of the current learning step.
  var clock: UInt32 = 0
  /// Blocks in use.
  private(set) var count = 0
  /// Places that the directory had when it was last written anew: at twice as many it is written anew again.
  private(set) var compactPlaces = leastPlaces
  /// What has changed in the scorer since a second one was last like it.
  var changes = ScorerChanges()

  init(ceiling: Int) {
    self.ceiling = Swift.max(ceiling, 4096)
    lower = SlotMemory(capacity: self.ceiling)
    sums = SlotMemory(capacity: self.ceiling)
  }

  /// A learner as a checkpoint holds it.
  ///
  /// - Precondition: slots are free or in use, as many as there are stamps and no more than the ceiling.
  init(ceiling: Int, stamps: [UInt32], free: [UInt32], clock: UInt32, count: Int, compactPlaces: Int) {
    self.ceiling = Swift.max(ceiling, 4096)
    lower = SlotMemory(capacity: self.ceiling)
    sums = SlotMemory(capacity: self.ceiling)
    (self.stamps, self.free, self.clock, self.count) = (stamps, free, clock, count)
    self.compactPlaces = compactPlaces
  }

  /// Memory of the blocks and of what finds them, with two tables for readers, bytes.
  func byteCount(_ table: WeightTable) -> Int {
    let slots = SlotMemory<UInt16>.slotBytes * 4 + 4
    let places = table.rows.count * MemoryLayout<WeightTable.Row>.stride + table.directory.capacity * 4
    return stamps.count * slots + 2 * places + free.capacity * 4
  }

  /// The slot of a feature's block in a table, made of zeros if there was none. Amortised O(1).
  ///
  /// - Precondition: the row exists and the count is below the ceiling; see ``makeRoom(for:in:)``.
  func slot(_ feature: Int, _ block: Int, in table: WeightTable) -> Int {
    let place = table.place(of: feature, block: block)
    if table.directory[place] > 0 { return Int(table.directory[place]) - 1 }
    count += 1
    let slot: Int
    if let freed = free.popLast() {
      slot = Int(freed)
      table.upper.clear(slot)
      lower.clear(slot)
      sums.clear(slot)
    } else {
      slot = stamps.count
      stamps.append(0)
    }
    table.directory[place] = UInt32(slot + 1)
    changes.noteRow(feature)
    return slot
  }

  /// Gives up the blocks that have gone longest without learning until `needed` more fit under the ceiling, an
  /// eighth of the ceiling at least; whether there were any. Equal histories give up equal blocks. O(blocks) when there
  /// is no room.
  func makeRoom(for needed: Int, in table: WeightTable) -> Bool {
    let before = count
    if count + needed > ceiling { giveUp(max(needed, ceiling / 8), in: table) }
    guard table.directory.count > 2 * compactPlaces else { return count < before }
    table.compact()
    // Rows that stay long have few blocks far apart.
    while table.directory.count > Self.placesPerBlock * ceiling, count > 0 {
      giveUp(max(count / 4, 1), in: table)
      table.compact()
    }
    compactPlaces = max(table.directory.count, Self.leastPlaces)
    changes.noteAll()
    return count < before
  }

  private func giveUp(_ target: Int, in table: WeightTable) {
    changes.noteAll()
    var used: [UInt32] = []
    used.reserveCapacity(count)
    table.forEachPlace { place in
      if table.directory[place] > 0 { used.append(stamps[Int(table.directory[place]) - 1]) }
    }
    guard !used.isEmpty else { return }
    let bound = Self.number(at: min(target, used.count) - 1, of: used)
    // All blocks of the step at the bound go: which of them stayed would be a matter of order.
    table.forEachPlace { place in
      let entry = table.directory[place]
      guard entry > 0, stamps[Int(entry) - 1] <= bound else { return }
      table.directory[place] = 0
      free.append(entry - 1)
      count -= 1
    }
  }

  /// The number that stands at a place once they are sorted, without sorting them: by the upper halves, then by the
  /// lower ones of those that share the right upper half. O(n).
  static func number(at place: Int, of numbers: [UInt32]) -> UInt32 {
    var rest = place
    func half(_ numbers: some Sequence<Int>) -> Int {
      var counts = [Int](repeating: 0, count: 65_536)
      for number in numbers { counts[number] += 1 }
      var half = 0
      while counts[half] <= rest {
        rest -= counts[half]
        half += 1
      }
      return half
    }
    let upper = half(numbers.lazy.map { Int($0 >> 16) })
    let lower = half(numbers.lazy.filter { Int($0 >> 16) == upper }.map { Int($0 & 0xFFFF) })
    return UInt32(upper << 16 | lower)
  }
}

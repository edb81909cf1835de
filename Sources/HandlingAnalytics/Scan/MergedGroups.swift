internal import Columnar

/// The groups of all slices, merged by key, in ascending order of key.
struct MergedGroups: Sendable {
  /// Composite keys of the groups that occur.
  let keys: [UInt64]
  let sums: GroupSums
  let total: GroupSums

  /// O(n log n) in the groups of all slices.
  init(_ scans: [SliceScan], _ needs: FigureNeeds) {
    var found: [(key: UInt64, slice: Int32, group: Int32)] = []
    for (slice, scan) in scans.enumerated() {
      for (group, tally) in scan.groups.tallies.enumerated() where tally.contacts > 0 {
        found.append((scan.index.key(of: group), Int32(slice), Int32(group)))
      }
    }
    found.sort { $0.key < $1.key }
    var keys: [UInt64] = []
    for (place, entry) in found.enumerated() where place == 0 || found[place - 1].key != entry.key {
      keys.append(entry.key)
    }
    var sums = GroupSums(needs)
    sums.grow(to: keys.count)
    var own = -1
    for (place, entry) in found.enumerated() {
      if place == 0 || found[place - 1].key != entry.key { own += 1 }
      sums.merge(Int(entry.group), of: scans[Int(entry.slice)].groups, into: own)
    }
    var total = GroupSums(needs)
    total.grow(to: 1)
    for scan in scans { total.merge(0, of: scan.total, into: 0) }
    self.keys = keys
    self.sums = sums
    self.total = total
  }

  /// The place of a key among ``keys``. O(log groups).
  func place(of key: UInt64) -> Int? {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == key ? low : nil
  }
}

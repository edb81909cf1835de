internal import Columnar

/// The groups of all slices, merged by key, in ascending order of key.
struct MergedGroups: Sendable {
  /// Composite keys of the groups that occur.
  let keys: [UInt64]
  let sums: GroupSums
  let total: GroupSums

  /// Groups that have been merged elsewhere.
  init(keys: [UInt64], sums: GroupSums, total: GroupSums) {
    self.keys = keys
    self.sums = sums
    self.total = total
  }

  /// O(places) where keys are group numbers in all slices, else O(n log n) in their groups.
  init(_ scans: [SliceScan], _ needs: FigureNeeds) {
    var sums = GroupSums(needs)
    if scans.allSatisfy(\.index.isDense) {
      let count = scans.map(\.groups.count).max() ?? 0
      var contacts = [UInt64](repeating: 0, count: count)
      for scan in scans {
        for (group, tally) in scan.groups.tallies.enumerated() { contacts[group] += tally.contacts }
      }
      let keys = contacts.indices.filter { contacts[$0] > 0 }.map { UInt64($0) }
      sums.grow(to: keys.count)
      for scan in scans {
        let places = keys.indices.prefix { Int(keys[$0]) < scan.groups.count }.map {
          GroupSums.Place(from: Int32(keys[$0]), to: Int32($0))
        }
        sums.merge(scan.groups, places)
      }
      self.keys = keys
    } else {
      self.keys = Self.mergedByKey(scans, into: &sums)
    }
    var total = GroupSums(needs)
    total.grow(to: 1)
    for scan in scans { total.merge(scan.total, [GroupSums.Place(from: 0, to: 0)]) }
    self.sums = sums
    self.total = total
  }

  private static func mergedByKey(_ scans: [SliceScan], into sums: inout GroupSums) -> [UInt64] {
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
    sums.grow(to: keys.count)
    var own: Int32 = -1
    var places = scans.map { _ in [GroupSums.Place]() }
    for (place, entry) in found.enumerated() {
      if place == 0 || found[place - 1].key != entry.key { own += 1 }
      places[Int(entry.slice)].append(GroupSums.Place(from: entry.group, to: own))
    }
    for (scan, places) in zip(scans, places) { sums.merge(scan.groups, places) }
    return keys
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
